import { describe, expect, it } from 'vitest';
import { parseMountTriple } from '../../../src/core/body/mount-triple.ts';
import { DEG_PER_RAD, RAD_PER_DEG } from '../../../src/core/math/angle.ts';
import { orientRefined } from '../../../src/core/pipeline/analysis-orientation.ts';
import { halfWidth95Rad, LiveBody, VARIANCE } from '../../../src/core/pipeline/live-body.ts';
import { analyseSeries, type RecordingAnalysis } from '../../../src/core/pipeline/recording-analysis.ts';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import { imuSeriesFromTable, parseTableTrial } from '../../../src/core/recording/table-trial.ts';
import { createSeatedTrial } from '../../../src/core/simulation/seated-trial.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';

const SIGMA_MS = 20;
const trial = createSeatedTrial(5, [], ['longGap']);
const { buffer, byteOffset, byteLength } = trial.values;
const table = parseTableTrial(
  JSON.stringify(trial.description),
  new Uint8Array(buffer, byteOffset, byteLength),
  trial.name,
);

/** The seated trial with its sensors' clocks stated so unsure, and the second one's axis moved. */
function analyse(sigmaMs: number | null, lateS = 0): RecordingAnalysis {
  return analyseSeries(
    trial.sensors.map(({ role, prefix, mount }, i) => {
      const series = imuSeriesFromTable(table, prefix);
      return {
        role,
        prefix,
        series: i === 1 ? { ...series, timeS: series.timeS.map((timeS) => timeS + lateS) } : series,
        rateHz: table.rateHz,
        qSegmentFromSensor: mount === null ? null : parseMountTriple(mount),
        ...(sigmaMs === null ? {} : { clock: { boundMs: 1.7 * sigmaMs, sigmaMs } }),
      };
    }),
    { mode: 'refined', neutral: null, pose: 'upright' },
    orientRefined,
  );
}

describe('a clock that is not known well', () => {
  it('widens a live interval by the turn that its error hides, of either segment', () => {
    const body = new LiveBody();
    const moving = body.segment('upperBack'),
      reference = body.segment('lowerBack');
    const width = (): number => halfWidth95Rad(0, moving, reference, 0, 1) * DEG_PER_RAD;
    const still = width();
    for (const segment of [moving, reference]) {
      // 60 deg/s, 30 ms: 1.8 deg.
      segment.variances[VARIANCE.clock] = (60 * RAD_PER_DEG * 0.03) ** 2;
      expect(width()).toBeCloseTo(Math.hypot(still, 1.96 * 1.8), 1);
      segment.variances[VARIANCE.clock] = 0;
    }
  });

  it('widens the live band while a person moves, and hardly at rest @slow', () => {
    const { recording } = simulateSession(
      { name: 'test', sets: [{ exerciseId: 'E01', side: null, repetitions: 2 }] },
      { roles: ['upperBack', 'lowerBack'], seed: 5, conditions: { jitterMs: 20 } },
    );
    let resting = 0,
      moving = 0;
    replaySession(recording, {
      onGrid: (_timeMs, body) => {
        const { sensor, variances, isValid } = body.segment('upperBack');
        if (!isValid || sensor === null) return;
        const deg = Math.sqrt(variances[VARIANCE.clock]) * DEG_PER_RAD;
        const degPerS = sensor.speedRadPerS * DEG_PER_RAD;
        expect(deg).toBeCloseTo((degPerS * sensor.clockSigmaMs) / 1000, 6);
        if (degPerS < 1) resting = Math.max(resting, deg);
        else moving = Math.max(moving, deg);
      },
    });
    expect(resting).toBeLessThan(0.03);
    expect(moving).toBeGreaterThan(0.2);
  });

  it('widens the range of motion by what a shift of that size does to it @slow', () => {
    const sure = analyse(null),
      unsure = analyse(SIGMA_MS),
      late = analyse(null, SIGMA_MS / 1000);
    const directions = Object.keys(sure.rom) as (keyof typeof sure.rom)[];
    expect(directions.length).toBeGreaterThanOrEqual(4);
    let widened = 0;
    for (const direction of directions) {
      const before = sure.rom[direction]!,
        after = unsure.rom[direction]!;
      expect(after.meanBest3Rad).toBe(before.meanBest3Rad);
      expect(after.halfWidth95Rad).toBeGreaterThanOrEqual(before.halfWidth95Rad);
      if (after.halfWidth95Rad > before.halfWidth95Rad) widened++;
      const addedDeg = Math.sqrt(after.halfWidth95Rad ** 2 - before.halfWidth95Rad ** 2) * DEG_PER_RAD;
      const shiftDeg = Math.abs(late.rom[direction]!.meanBest3Rad - before.meanBest3Rad) * DEG_PER_RAD;
      // Other instants of the grid fall on other samples: neutral and peaks are found anew.
      expect(shiftDeg).toBeLessThan(addedDeg + 0.25);
    }
    expect(widened).toBe(directions.length);
    expect(unsure.flags.filter(({ flag }) => flag === 'CLOCK_UNSURE')).toHaveLength(trial.sensors.length);
    expect(sure.flags.filter(({ flag }) => flag === 'CLOCK_UNSURE')).toEqual([]);
  });
});
