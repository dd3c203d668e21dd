import { describe, expect, it } from 'vitest';
import { parseMountTriple } from '../../../src/core/body/mount-triple.ts';
import { orientRefined } from '../../../src/core/pipeline/analysis-orientation.ts';
import { analyseSeries, type RecordingAnalysis } from '../../../src/core/pipeline/recording-analysis.ts';
import { imuSeriesFromTable, parseTableTrial } from '../../../src/core/recording/table-trial.ts';
import type { SeatedNuisance } from '../../../src/core/simulation/seated-person.ts';
import { createSeatedTrial, type SeatedTrial } from '../../../src/core/simulation/seated-trial.ts';

/** The same as `evaluate -- cycles`, in small; THORA_LONG runs as many as a statement about the share needs. */
const LONG = process.env['THORA_LONG'] !== undefined;

function bytesOf({ values }: SeatedTrial): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

function analyse(trial: SeatedTrial): RecordingAnalysis {
  const table = parseTableTrial(JSON.stringify(trial.description), bytesOf(trial), trial.name);
  return analyseSeries(
    trial.sensors.map(({ role, prefix, mount }) => ({
      role,
      prefix,
      series: imuSeriesFromTable(table, prefix),
      rateHz: table.rateHz,
      qSegmentFromSensor: mount === null ? null : parseMountTriple(mount),
    })),
    { mode: 'refined', neutral: null, pose: 'upright' },
    orientRefined,
  );
}

const cyclesOf = (analysis: RecordingAnalysis): number[] =>
  (['flexionExtension', 'lateral', 'rotation'] as const).map(
    (plane) => analysis.cycles.filter((cycle) => cycle.plane === plane && cycle.valid).length,
  );

/** Seeds whose trial is not exact. */
function inexact(
  seeds: readonly number[],
  forced: readonly SeatedNuisance[] = [],
  excluded: readonly SeatedNuisance[] = ['longGap'],
): number[] {
  return seeds.filter((seed) => {
    const trial = createSeatedTrial(seed, forced, excluded);
    const counted = cyclesOf(analyse(trial));
    return counted.some((count, i) => count !== trial.truth.cycles[i]);
  });
}

const seeds = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i);

describe('simulated seated trials', () => {
  it('are the same for the same seed @slow', () => {
    const [a, b] = [createSeatedTrial(5), createSeatedTrial(5)];
    expect(bytesOf(a).equals(bytesOf(b))).toBe(true);
    expect(a.truth).toEqual(b.truth);
    expect(bytesOf(createSeatedTrial(6)).equals(bytesOf(a))).toBe(false);
  });

  it('are counted exactly with everything that goes wrong @slow', () => {
    const count = LONG ? 600 : 5;
    expect(inexact(seeds(101, count)).length / count).toBeLessThanOrEqual(LONG ? 0.03 : 0);
  });

  it('are not refused for a reach that shifts the sensor as far as gravity alone would turn it @slow', () => {
    expect(inexact([30034, 30143, 30201])).toEqual([]);
  });

  it('are counted in the right plane when only side bends or turns were made and no mounting is stated @slow', () => {
    expect(inexact(seeds(201, LONG ? 100 : 4), ['onePlane', 'mountUnknown', 'turnedSensors'])).toEqual([]);
  });
});

describe('neutral', () => {
  it('is the rest at the start, however the person slumps later', () => {
    for (const seed of [100, 301]) {
      const { neutral } = analyse(createSeatedTrial(seed, ['slump'], ['noRestAtStart', 'midMovementStart']));
      expect(neutral.startS, `seed ${seed}`).toBeLessThan(0.5);
    }
  });

  it('is not the hold at the end of a movement that the recording begins with @slow', () => {
    for (const seed of [10, 98]) {
      const trial = createSeatedTrial(seed);
      const { neutral } = analyse(trial);
      const hold = trial.truth.excursions.find(
        ({ startS, endS }) => neutral.startS > startS + 0.3 && neutral.endS < endS - 0.3,
      );
      expect(hold, `seed ${seed}`).toBeUndefined();
    }
  });
});
