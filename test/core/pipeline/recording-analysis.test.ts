import { describe, expect, it } from 'vitest';
import { parseMountTriple } from '../../../src/core/body/mount-triple.ts';
import type { SegmentRole } from '../../../src/core/body/segment-role.ts';
import { DEG_PER_RAD, RAD_PER_DEG } from '../../../src/core/math/angle.ts';
import type { AnalysisSensor } from '../../../src/core/pipeline/analysis-input.ts';
import { orientLive, orientRefined } from '../../../src/core/pipeline/analysis-orientation.ts';
import {
  analyseSeries,
  type Measurement,
  type RecordingAnalysis,
} from '../../../src/core/pipeline/recording-analysis.ts';
import type { MovementDirection } from '../../../src/core/pipeline/analysis-rom.ts';
import { createSeatedSession, type SeatedPerson } from '../../support/seated-protocol.ts';
import { createRandom, gaussian, misplaced, wearSensor } from '../../support/worn-body.ts';

const STATED: Readonly<Record<string, string>> = {
  upperBack: 'x:up,y:left,z:back',
  lowerBack: 'x:down,y:right,z:back',
  pelvis: 'x:left,y:down,z:back',
};

function createPerson(random: () => number): SeatedPerson {
  const between = (low: number, high: number) => low + (high - low) * random();
  return {
    flexion: between(35, 65),
    extension: between(15, 25),
    lateral: between(24, 40),
    rotation: between(26, 45),
    thoraxShare: between(0.55, 0.75),
    pelvisShare: between(0.02, 0.15),
    coupling: between(-0.35, 0.35),
    outS: between(0.9, 2.2),
    restS: between(1, 6),
  };
}

interface Wearing {
  readonly roles: readonly SegmentRole[];
  readonly mounted: boolean;
  readonly mountErrorDeg: number;
  readonly softTissue: number;
  readonly biasDegPerS: number;
}

function record(seed: number, wearing: Wearing): { person: SeatedPerson; sensors: AnalysisSensor[] } {
  const random = createRandom(seed);
  const person = createPerson(random);
  const session = createSeatedSession(person);
  const conditions = {
    rateHz: 50,
    headingRad: 6 * random(),
    gyroNoiseRadPerS: 0.1 * RAD_PER_DEG,
    accNoiseMetersPerS2: 0.03,
    random,
  };
  const bias = () => wearing.biasDegPerS * RAD_PER_DEG * gaussian(random);
  const sensors = wearing.roles.map((role): AnalysisSensor => {
    const stated = parseMountTriple(STATED[role] ?? '');
    const series = wearSensor(
      {
        role,
        qSegmentFromSensor: misplaced(stated, wearing.mountErrorDeg * RAD_PER_DEG, random),
        gyroBiasRadPerS: [bias(), bias(), bias()],
        softTissue: wearing.softTissue * random(),
      },
      session.poseAt,
      session.durationS,
      conditions,
    );
    return { role, prefix: role, series, rateHz: 50, qSegmentFromSensor: wearing.mounted ? stated : null };
  });
  return { person, sensors };
}

const analyse = (
  sensors: readonly AnalysisSensor[],
  mode: 'live' | 'refined' = 'refined',
): RecordingAnalysis =>
  analyseSeries(
    sensors,
    { mode, neutral: null, pose: 'upright' },
    mode === 'live' ? orientLive : orientRefined,
  );

function cyclesOf(measurement: Measurement): number[] {
  return (['flexionExtension', 'lateral', 'rotation'] as const).map(
    (plane) => measurement.cycles.filter((cycle) => cycle.plane === plane && cycle.valid).length,
  );
}

function truthDeg(person: SeatedPerson, share: number): Partial<Record<MovementDirection, number>> {
  return {
    flexion: person.flexion * share,
    extension: person.extension * share,
    lateralRight: person.lateral * share,
    lateralLeft: person.lateral * share,
    rotationLeft: person.rotation * share,
    rotationRight: person.rotation * share,
  };
}

describe('a seated session of two sensors', () => {
  const wearing: Wearing = {
    roles: ['upperBack', 'lowerBack'],
    mounted: true,
    mountErrorDeg: 15,
    softTissue: 0,
    biasDegPerS: 0.5,
  };

  it('counts three of each and measures within the interval it states @slow', () => {
    let inside = 0,
      total = 0,
      worst = 0;
    for (let seed = 1; seed <= 8; seed++) {
      const { person, sensors } = record(seed, { ...wearing, softTissue: 0.08 });
      const analysis = analyse(sensors);
      expect(cyclesOf(analysis), `person ${seed}`).toEqual([3, 3, 3]);
      for (const [direction, truth] of Object.entries(truthDeg(person, person.thoraxShare))) {
        const range = analysis.rom[direction as MovementDirection];
        if (range === undefined) continue;
        const error = Math.abs(range.meanBest3Rad * DEG_PER_RAD - truth);
        total++;
        if (Math.abs(truth - range.centreRad * DEG_PER_RAD) <= range.halfWidth95Rad * DEG_PER_RAD) inside++;
        worst = Math.max(worst, error);
      }
    }
    expect(inside / total).toBeGreaterThan(0.9);
    expect(worst).toBeLessThan(6);
  });

  it('agrees live and refined within their intervals', () => {
    const { sensors } = record(3, wearing);
    const refined = analyse(sensors),
      live = analyse(sensors, 'live');
    for (const [direction, range] of Object.entries(refined.rom)) {
      const other = live.rom[direction as MovementDirection];
      expect(other, direction).toBeDefined();
      expect(Math.abs(range.meanBest3Rad - (other?.meanBest3Rad ?? NaN))).toBeLessThan(
        range.halfWidth95Rad + (other?.halfWidth95Rad ?? 0),
      );
    }
  });

  it('finds the mounting by itself, with signs, and says so @slow', () => {
    for (const seed of [1, 2, 12]) {
      const { person, sensors } = record(seed, { ...wearing, mounted: false, mountErrorDeg: 25 });
      const analysis = analyse(sensors);
      expect(cyclesOf(analysis)).toEqual([3, 3, 3]);
      expect(analysis.flags.map((flag) => flag.flag)).toContain('MOUNTING_UNSURE');
      expect(analysis.signSure).toBe(true);
      const truth = truthDeg(person, person.thoraxShare);
      for (const [direction, range] of Object.entries(analysis.rom))
        expect(
          Math.abs(range.meanBest3Rad * DEG_PER_RAD - (truth[direction as MovementDirection] ?? NaN)),
          `${seed} ${direction}`,
        ).toBeLessThan(6);
    }
  });

  it('does not depend on the order of the sensors @slow', () => {
    const { sensors } = record(5, wearing);
    const forward = analyse(sensors),
      backward = analyse([...sensors].reverse());
    expect(backward.rom).toEqual(forward.rom);
    expect(backward.layout).toBe('upperBack+lowerBack');
  });
});

describe('turns that begin out of complete rest', () => {
  /** Left, right, pause, three times; nothing else moves, and a raised cosine begins slowly. */
  const turn = (timeS: number, outS: number, firstDeg: number): number => {
    const inCycle = (timeS - 6) % (2 * outS + 2);
    if (timeS < 6 || timeS > 6 + 3 * (2 * outS + 2) || inCycle > 2 * outS) return 0;
    const size = (firstDeg / 2) * (1 - Math.cos((2 * Math.PI * inCycle) / outS));
    return inCycle < outS ? size : -size;
  };

  it.each([
    [2, 35],
    [2, -35],
    [4, 35],
    [6, -55],
  ])('lose none of their first degrees: %d s a side, first to %d deg', (outS, firstDeg) => {
    for (const mode of ['refined', 'live'] as const) {
      const random = createRandom(7);
      const sensors = (['upperBack', 'lowerBack'] as const).map((role): AnalysisSensor => {
        const mounting = parseMountTriple(STATED[role] ?? '');
        const series = wearSensor(
          { role, qSegmentFromSensor: mounting, gyroBiasRadPerS: [0.005, -0.004, 0.003], softTissue: 0 },
          (timeS) => ({ pelvis: [0, 0, 0], lumbar: [0, 0, 0], thorax: [0, 0, turn(timeS, outS, firstDeg)] }),
          10 + 3 * (2 * outS + 2),
          {
            rateHz: 50,
            headingRad: 4 * random(),
            gyroNoiseRadPerS: 0.05 * RAD_PER_DEG,
            accNoiseMetersPerS2: 0.02,
            random,
          },
        );
        return { role, prefix: role, series, rateHz: 50, qSegmentFromSensor: mounting };
      });
      const { rom } = analyse(sensors, mode);
      for (const direction of ['rotationLeft', 'rotationRight'] as const) {
        const range = rom[direction];
        const deg = (range?.meanBest3Rad ?? NaN) * DEG_PER_RAD;
        expect(Math.abs(deg - Math.abs(firstDeg)), `${mode} ${direction}`).toBeLessThan(0.8);
        const low = ((range?.centreRad ?? NaN) - (range?.halfWidth95Rad ?? NaN)) * DEG_PER_RAD;
        expect(low, `${mode} ${direction}`).toBeLessThan(Math.abs(firstDeg));
      }
    }
  });
});

describe('other layouts', () => {
  it('measures the trunk, the lean and the spine below as alternatives', () => {
    const { person, sensors } = record(7, {
      roles: ['upperBack', 'lowerBack', 'pelvis'],
      mounted: true,
      mountErrorDeg: 5,
      softTissue: 0,
      biasDegPerS: 0.3,
    });
    const analysis = analyse(sensors);
    expect([analysis.measures, ...analysis.alternatives.map((other) => other.measures)]).toEqual([
      'thorax relative to lower back',
      'trunk',
      'upper-back lean',
      'lower back relative to pelvis',
    ]);
    const trunk = analysis.alternatives[0];
    expect(cyclesOf(trunk!)).toEqual([3, 3, 3]);
    expect((trunk!.rom.rotationLeft?.meanBest3Rad ?? NaN) * DEG_PER_RAD).toBeCloseTo(person.rotation, -1);
  });

  it('leaves out rotation with one upright sensor, and says nothing about sides it cannot know', () => {
    const { sensors } = record(8, {
      roles: ['upperBack'],
      mounted: true,
      mountErrorDeg: 5,
      softTissue: 0,
      biasDegPerS: 0.3,
    });
    const analysis = analyse(sensors);
    expect(analysis.measures).toBe('upper-back lean');
    expect(cyclesOf(analysis)).toEqual([3, 3, 0]);
    expect(Object.keys(analysis.rom).sort()).toEqual(['extension', 'flexion', 'lateralLeft', 'lateralRight']);
  });
});
