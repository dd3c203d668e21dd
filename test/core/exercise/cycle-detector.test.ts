import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  detectCycles,
  medianAround,
  type MovementCycle,
  type MovementPlane,
} from '../../../src/core/exercise/cycle-detector.ts';
import { DEG_PER_RAD, RAD_PER_DEG } from '../../../src/core/math/angle.ts';

const RATE_HZ = 50;
type TrunkPlane = 'flexionExtension' | 'lateral' | 'rotation';
const TRUNK: readonly TrunkPlane[] = ['flexionExtension', 'lateral', 'rotation'];

/** Small seeded generator, uniform in 0 to 1. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

/** A person's recording, written as they would move: stretches are added one after the other. */
class Recording {
  readonly angles: Record<TrunkPlane, number[]> = { flexionExtension: [], lateral: [], rotation: [] };
  private readonly random: () => number;
  constructor(seed = 1) {
    this.random = createRandom(seed);
  }
  get length(): number {
    return this.angles.lateral.length;
  }
  rest(seconds: number): this {
    for (let i = 0; i < seconds * RATE_HZ; i++) for (const plane of TRUNK) this.angles[plane].push(0);
    return this;
  }
  /** Out to `peakDeg` and back; `couplings` are shares that go along in other planes. */
  swing(
    plane: TrunkPlane,
    peakDeg: number,
    options: { outS?: number; holdS?: number; couplings?: Partial<Record<TrunkPlane, number>> } = {},
  ): this {
    const { outS = 1.2, holdS = 0.2, couplings = {} } = options;
    const out = Math.round(outS * RATE_HZ),
      hold = Math.round(holdS * RATE_HZ);
    for (let i = 0; i < 2 * out + hold; i++) {
      const phase = i < out ? i / out : i < out + hold ? 1 : 1 - (i - out - hold) / out;
      const value = peakDeg * (0.5 - 0.5 * Math.cos(Math.PI * phase));
      for (const other of TRUNK)
        this.angles[other].push(other === plane ? value : value * (couplings[other] ?? 0));
    }
    return this;
  }
  /** Adds an offset to one plane over a time, with ramps of `rampS`. */
  offset(plane: TrunkPlane, deg: number, fromS: number, toS: number, rampS = 1): this {
    const values = this.angles[plane];
    for (let i = 0; i < values.length; i++) {
      const t = i / RATE_HZ;
      const share = Math.max(0, Math.min(1, (t - fromS) / rampS, (toS - t) / rampS));
      values[i] = (values[i] ?? 0) + deg * share;
    }
    return this;
  }
  drift(plane: TrunkPlane, degPerMinute: number): this {
    const values = this.angles[plane];
    for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) + (degPerMinute * i) / RATE_HZ / 60;
    return this;
  }
  noise(deg: number): this {
    let slow = 0;
    for (const plane of TRUNK)
      for (let i = 0; i < this.length; i++) {
        slow += 0.05 * ((this.random() - 0.5) * 8 * deg - slow);
        this.angles[plane][i] = (this.angles[plane][i] ?? 0) + slow + (this.random() - 0.5) * deg;
      }
    return this;
  }
  gap(fromS: number, toS: number): this {
    for (const plane of TRUNK)
      for (let i = Math.round(fromS * RATE_HZ); i < toS * RATE_HZ; i++) this.angles[plane][i] = NaN;
    return this;
  }
  detect(): MovementCycle[] {
    const timeS = Float64Array.from({ length: this.length }, (_, i) => i / RATE_HZ);
    return detectCycles(
      timeS,
      TRUNK.map((plane) => ({
        plane,
        angleRad: Float64Array.from(this.angles[plane], (a) => a * RAD_PER_DEG),
      })),
    );
  }
}

function countOf(cycles: readonly MovementCycle[]): Record<TrunkPlane, number> {
  const count = (plane: MovementPlane) => cycles.filter((c) => c.plane === plane && c.valid).length;
  return {
    flexionExtension: count('flexionExtension'),
    lateral: count('lateral'),
    rotation: count('rotation'),
  };
}
const deg = (rad: number | null | undefined): number => (rad ?? NaN) * DEG_PER_RAD;

describe('what a cycle is', () => {
  it('holds at most one excursion to each side', () => {
    const twice = new Recording().rest(2).swing('rotation', 30).swing('rotation', -28);
    twice.swing('rotation', 31).swing('rotation', -29).rest(2);
    const cycles = twice.detect();
    expect(countOf(cycles)).toEqual({ flexionExtension: 0, lateral: 0, rotation: 2 });
    expect(deg(cycles[0]?.peakPositiveRad)).toBeCloseTo(30, 0);
    expect(deg(cycles[0]?.peakNegativeRad)).toBeCloseTo(-28, 0);
    expect(cycles[0]?.peakS).toBeCloseTo(3.3, 0);
  });

  it('counts two excursions to one side as two', () => {
    const cycles = new Recording().rest(2).swing('rotation', 30).swing('rotation', 30).rest(2).detect();
    expect(countOf(cycles).rotation).toBe(2);
    expect(cycles.map((c) => c.peakNegativeRad)).toEqual([null, null]);
  });

  it('counts forward, backward past neutral and back as one', () => {
    const cycles = new Recording()
      .rest(2)
      .swing('flexionExtension', 35)
      .swing('flexionExtension', -15)
      .rest(2);
    expect(countOf(cycles.detect()).flexionExtension).toBe(1);
  });

  it('ends at a pause over 3 s', () => {
    const short = new Recording().rest(2).swing('lateral', 25).rest(2).swing('lateral', -25).rest(2);
    expect(countOf(short.detect()).lateral).toBe(1);
    const long = new Recording().rest(2).swing('lateral', 25).rest(4).swing('lateral', -25).rest(2);
    expect(countOf(long.detect()).lateral).toBe(2);
  });

  it('needs 8 deg, or a quarter of the largest excursion', () => {
    const small = new Recording().rest(2).swing('rotation', 7.5).rest(1).swing('rotation', 9).rest(2);
    expect(countOf(small.detect()).rotation).toBe(1);
    const quarter = new Recording().rest(2).swing('rotation', 60).rest(1).swing('rotation', 13).rest(1);
    quarter.swing('rotation', 17).rest(2);
    expect(countOf(quarter.detect()).rotation).toBe(2);
  });

  it('belongs to the plane of its largest swing', () => {
    const cycles = new Recording()
      .rest(2)
      .swing('lateral', 30, { couplings: { rotation: 0.8, flexionExtension: 0.4 } })
      .rest(1)
      .swing('rotation', 35, { couplings: { lateral: -0.6, flexionExtension: 0.3 } })
      .rest(2)
      .detect();
    expect(countOf(cycles)).toEqual({ flexionExtension: 0, lateral: 1, rotation: 1 });
  });

  it('does not take an arm that hangs from a bowed trunk for a raised arm', () => {
    const bow = new Recording().rest(2).swing('flexionExtension', 40).rest(2);
    const timeS = Float64Array.from({ length: bow.length }, (_, i) => i / RATE_HZ);
    const flexion = Float64Array.from(bow.angles.flexionExtension, (a) => a * RAD_PER_DEG);
    const elevation = flexion.map((a) => 1.3 * a);
    const cycles = detectCycles(timeS, [
      { plane: 'flexionExtension', angleRad: flexion },
      { plane: 'armElevationRight', angleRad: elevation, weighedRad: flexion.map((a) => 0.3 * a) },
    ]);
    expect(cycles.map((c) => c.plane)).toEqual(['flexionExtension']);
  });

  it('counts both arms raised together, each in its own plane', () => {
    const raise = new Recording().rest(2).swing('lateral', 150).rest(2);
    const timeS = Float64Array.from({ length: raise.length }, (_, i) => i / RATE_HZ);
    const elevation = Float64Array.from(raise.angles.lateral, (a) => a * RAD_PER_DEG);
    const cycles = detectCycles(timeS, [
      { plane: 'flexionExtension', angleRad: elevation.map((a) => -0.08 * a) },
      { plane: 'armElevationLeft', angleRad: elevation },
      { plane: 'armElevationRight', angleRad: elevation },
    ]);
    expect(cycles.map((c) => c.plane).sort()).toEqual(['armElevationLeft', 'armElevationRight']);
  });
});

describe('untidy recordings', () => {
  it('takes a tremor at the end of the range for one excursion', () => {
    const recording = new Recording().rest(2).swing('rotation', 40, { holdS: 4 }).rest(2);
    for (let i = 180; i < 340; i++)
      recording.angles.rotation[i] = (recording.angles.rotation[i] ?? 0) - 12 * Math.sin(i / 9) ** 2;
    expect(countOf(recording.detect()).rotation).toBe(1);
  });

  it('keeps neutral after a slump of 12 deg that passes', () => {
    const recording = new Recording().rest(3);
    for (let i = 0; i < 3; i++) recording.swing('lateral', 25).swing('lateral', -25);
    recording.rest(8);
    for (let i = 0; i < 3; i++) recording.swing('flexionExtension', 30).rest(0.6);
    recording.rest(3).offset('flexionExtension', 12, 6, 24);
    const cycles = recording.detect();
    expect(countOf(cycles)).toEqual({ flexionExtension: 3, lateral: 3, rotation: 0 });
    for (const cycle of cycles.filter((c) => c.plane === 'flexionExtension'))
      expect(deg(cycle.peakPositiveRad)).toBeCloseTo(30, 0);
  });

  it('counts on from a slumped posture that stays', () => {
    const recording = new Recording().rest(3);
    for (let i = 0; i < 3; i++) recording.swing('flexionExtension', 30).rest(0.8);
    recording.rest(7);
    for (let i = 0; i < 3; i++) recording.swing('flexionExtension', 22).rest(0.8);
    recording.rest(2).offset('flexionExtension', 12, 14, 1000);
    expect(countOf(recording.detect())).toEqual({ flexionExtension: 6, lateral: 0, rotation: 0 });
  });

  it('starts in mid-movement: that one is shown but not counted, the others are', () => {
    const whole = new Recording().swing('flexionExtension', 35).rest(3);
    for (let i = 0; i < 3; i++) whole.swing('flexionExtension', 35).rest(0.5);
    whole.rest(2);
    for (const plane of TRUNK) whole.angles[plane].splice(0, 60);
    const cycles = whole.detect();
    expect(countOf(cycles).flexionExtension).toBe(3);
    expect(cycles[0]).toMatchObject({ valid: false, reasons: ['startedOutsideNeutral'] });
  });

  it('finds its way when neutral was taken in a slump', () => {
    const recording = new Recording().rest(8);
    for (let i = 0; i < 3; i++) recording.swing('flexionExtension', 40).swing('flexionExtension', -14);
    recording.rest(5);
    for (let i = 0; i < 3; i++) recording.swing('rotation', 30).swing('rotation', -30);
    recording.rest(5).offset('flexionExtension', -15, 1.5, 1000);
    expect(countOf(recording.detect())).toEqual({ flexionExtension: 3, lateral: 0, rotation: 3 });
  });

  it('does not count a movement that a gap cuts, and bridges a lost packet', () => {
    const build = () => new Recording().rest(2).swing('rotation', 30).swing('rotation', -30).rest(2);
    expect(countOf(build().gap(2.9, 3.05).detect()).rotation).toBe(1);
    const cut = build().gap(2.9, 3.9).detect();
    expect(cut.filter((c) => !c.valid).every((c) => c.reasons.includes('gap'))).toBe(true);
    expect(countOf(cut).rotation).toBeLessThanOrEqual(1);
  });

  it('gives nothing for nothing', () => {
    expect(detectCycles(new Float64Array(0), [])).toEqual([]);
    expect(new Recording(3).rest(30).noise(2).detect()).toEqual([]);
    expect(new Recording(3).rest(5).gap(0, 5).detect()).toEqual([]);
  });

  it('counts 3, 3 and 3 for twelve kinds of people and their moods @slow', () => {
    const people = fc.record({
      seed: fc.integer({ min: 1, max: 1e6 }),
      flexion: fc.double({ min: 14, max: 60, noNaN: true }),
      extension: fc.double({ min: 0, max: 0.7, noNaN: true }),
      lateral: fc.double({ min: 17, max: 40, noNaN: true }),
      rotation: fc.double({ min: 17, max: 50, noNaN: true }),
      asymmetry: fc.double({ min: 0.7, max: 1.3, noNaN: true }),
      coupling: fc.double({ min: -0.6, max: 0.6, noNaN: true }),
      outS: fc.double({ min: 0.6, max: 2.5, noNaN: true }),
      holdS: fc.double({ min: 0, max: 2, noNaN: true }),
      betweenS: fc.double({ min: 0, max: 1.5, noNaN: true }),
      blockRestS: fc.double({ min: 1, max: 8, noNaN: true }),
      noiseDeg: fc.double({ min: 0, max: 0.8, noNaN: true }),
      driftDegPerMinute: fc.double({ min: -4, max: 4, noNaN: true }),
      slumpDeg: fc.double({ min: -4, max: 7, noNaN: true }),
    });
    fc.assert(
      fc.property(people, (p) => {
        const recording = new Recording(p.seed).rest(3);
        const tempo = { outS: p.outS, holdS: p.holdS };
        // A backward bend either counts clearly or clearly not: between lies a threshold, not a fault.
        const back = p.flexion * p.extension;
        const isClear = Math.abs(back - Math.max(8, p.flexion / 4)) > 2.5;
        for (let i = 0; i < 3; i++)
          recording
            .swing('flexionExtension', p.flexion, { ...tempo, couplings: { lateral: 0.15, rotation: -0.1 } })
            .rest(p.betweenS)
            .swing('flexionExtension', isClear ? -back : 0, tempo)
            .rest(p.betweenS);
        recording.rest(p.blockRestS);
        for (let i = 0; i < 3; i++)
          recording
            .swing('lateral', p.lateral, {
              ...tempo,
              couplings: { rotation: p.coupling, flexionExtension: 0.2 },
            })
            .rest(p.betweenS)
            .swing('lateral', -p.lateral * p.asymmetry, {
              ...tempo,
              couplings: { rotation: p.coupling, flexionExtension: -0.2 },
            })
            .rest(p.betweenS);
        recording.rest(p.blockRestS);
        for (let i = 0; i < 3; i++)
          recording
            .swing('rotation', p.rotation, { ...tempo, couplings: { lateral: -p.coupling } })
            .rest(p.betweenS)
            .swing('rotation', -p.rotation * p.asymmetry, { ...tempo, couplings: { lateral: -p.coupling } })
            .rest(p.betweenS);
        recording.rest(3);
        const half = recording.length / RATE_HZ / 2;
        recording.offset('flexionExtension', p.slumpDeg, half, 1000, 2);
        recording.drift('rotation', p.driftDegPerMinute).noise(p.noiseDeg);
        expect(countOf(recording.detect())).toEqual({ flexionExtension: 3, lateral: 3, rotation: 3 });
      }),
      { numRuns: 300, seed: 20261124 },
    );
  });
});

describe('the median round an extreme', () => {
  it('ignores missing values and single spikes', () => {
    expect(medianAround(Float64Array.of(1, 2, 99, NaN, 3), 2, 2)).toBe(2.5);
    expect(medianAround(Float64Array.of(NaN), 0, 2)).toBeNaN();
  });
});
