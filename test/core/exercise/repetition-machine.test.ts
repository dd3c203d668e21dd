import { describe, expect, it } from 'vitest';
import type { ExerciseId, Side } from '../../../src/core/exercise/motion-definition.ts';
import { motionDefinition } from '../../../src/core/exercise/motion-definitions.ts';
import { RepetitionMachine, type RepetitionSettings } from '../../../src/core/exercise/repetition-machine.ts';
import type { RepetitionResult } from '../../../src/core/exercise/repetition-result.ts';
import { repetitionThresholds } from '../../../src/core/exercise/repetition-thresholds.ts';
import { AngleSmoother } from '../../../src/core/exercise/angle-smoother.ts';
import { Random } from '../../../src/core/simulation/random.ts';

const RAD = Math.PI / 180;
const STEP_S = 0.01;

interface Move {
  readonly peakDeg: number;
  readonly outS: number;
  readonly holdS: number;
  readonly backS: number;
  readonly pauseS: number;
}

function smooth(t: number): number {
  return t <= 0 ? 0 : t >= 1 ? 1 : t * t * t * (10 - 15 * t + 6 * t * t);
}

/** Angles in degrees at 100 Hz: one second of rest, then the moves. */
function performance(moves: readonly Move[]): number[] {
  const angles: number[] = Array.from({ length: 100 }, () => 0);
  for (const move of moves) {
    const total = move.outS + move.holdS + move.backS + move.pauseS;
    for (let t = STEP_S; t <= total + 1e-9; t += STEP_S) {
      const out = smooth(t / move.outS) - smooth((t - move.outS - move.holdS) / move.backS);
      angles.push(move.peakDeg * out);
    }
  }
  for (let i = 0; i < 100; i++) angles.push(0);
  return angles;
}

function settings(exerciseId: ExerciseId, changes: Partial<RepetitionSettings> = {}): RepetitionSettings {
  return {
    motion: motionDefinition(exerciseId),
    side: null,
    personalMaximumRad: { positive: null, negative: null },
    targetFraction: 0.8,
    test: false,
    noiseRad: 0.25 * RAD,
    drifts: false,
    ...changes,
  };
}

function run(
  plan: RepetitionSettings,
  anglesDeg: readonly number[],
  noise: { readonly whiteDeg: number; readonly swayDeg: number; readonly seed: number },
  compensation: number | null = 0,
): { machine: RepetitionMachine; ended: RepetitionResult[] } {
  const machine = new RepetitionMachine(plan);
  const smoother = new AngleSmoother(1 / STEP_S);
  const random = new Random(noise.seed);
  const ended: RepetitionResult[] = [];
  anglesDeg.forEach((deg, i) => {
    const gauss = random.gaussian();
    const sway = noise.swayDeg * Math.sin(2 * Math.PI * 0.3 * i * STEP_S + noise.seed);
    smoother.push((deg + noise.whiteDeg * gauss + sway) * RAD);
    const { angleRad, speedRadPerS } = smoother;
    machine.step({
      timeMs: i * STEP_S * 1000,
      angleRad,
      speedRadPerS,
      halfWidth95Rad: 2 * RAD,
      compensation,
    });
    for (let done = machine.takeEnded(); done !== null; done = machine.takeEnded()) ended.push(done);
  });
  return { machine, ended };
}

const SILENT = { whiteDeg: 0, swayDeg: 0, seed: 1 };
const NOISY = { whiteDeg: 0.25, swayDeg: 0.25, seed: 1 };

describe('thresholds', () => {
  it('are those of the worked example', () => {
    const limits = repetitionThresholds(motionDefinition('E01'), 40 * RAD, 0.8, false, 0.25 * RAD);
    expect(limits.targetRad / RAD).toBeCloseTo(32);
    expect(limits.startRad / RAD).toBeCloseTo(6);
    expect(limits.startSpeedRadPerS / RAD).toBeCloseTo(4.8);
    expect(limits.enterTargetRad / RAD).toBeCloseTo(27.2);
    expect(limits.holdFloorRad / RAD).toBeCloseTo(25.6);
    expect(limits.backRad / RAD).toBeCloseTo(24);
    expect(limits.returnRad / RAD).toBeCloseTo(8);
  });

  it('shrink with a small range', () => {
    const limits = repetitionThresholds(motionDefinition('E05'), 8 * RAD, 0.8, false, 0);
    expect(limits.targetRad / RAD).toBeCloseTo(6.4);
    expect(limits.startRad / RAD).toBeCloseTo(2);
    expect(limits.enterTargetRad / RAD).toBeCloseTo(5.44);
    expect(limits.backRad / RAD).toBeCloseTo(4.8);
    expect(limits.returnRad / RAD).toBeCloseTo(2);
    expect(limits.fullRad / RAD).toBeCloseTo(5.4);
  });

  it('count from the smallest amplitude while no maximum is known', () => {
    const limits = repetitionThresholds(motionDefinition('E01'), null, 0.8, false, 0);
    expect(limits.targetRad / RAD).toBeCloseTo(12);
    expect(limits.isProvisional).toBe(true);
  });
});

describe('repetition machine', () => {
  const exercises: readonly { id: ExerciseId; side: Side | null; sign: 1 | -1; largestDeg: number }[] = [
    { id: 'E01', side: 'left', sign: 1, largestDeg: 60 },
    { id: 'E01', side: 'right', sign: -1, largestDeg: 60 },
    { id: 'E02', side: 'left', sign: 1, largestDeg: 60 },
    { id: 'E05', side: null, sign: -1, largestDeg: 25 },
    { id: 'E08', side: 'right', sign: 1, largestDeg: 33 },
    { id: 'E11', side: 'right', sign: 1, largestDeg: 175 },
  ];

  it('counts every repetition once, slowest and fastest, smallest to largest, with noise and sway @slow', () => {
    const failures: string[] = [];
    for (const { id, side, sign, largestDeg } of exercises) {
      const motion = motionDefinition(id);
      for (const targetDeg of [
        motion.detection.minimumAmplitudeDeg,
        (motion.detection.minimumAmplitudeDeg + largestDeg) / 2,
        largestDeg,
      ])
        for (const pace of ['min', 'max'] as const)
          for (const pauseS of [0, 0.7])
            for (const holdS of [motion.tempo.holdS, 0]) {
              const maximumRad = (targetDeg / 0.8) * RAD;
              const move = {
                peakDeg: sign * targetDeg,
                outS: motion.tempo.outS[pace],
                backS: motion.tempo.backS[pace],
                holdS,
                pauseS,
              };
              const plan = settings(id, {
                side,
                personalMaximumRad: { positive: maximumRad, negative: maximumRad },
              });
              for (const seed of [1, 2]) {
                const { machine, ended } = run(plan, performance([move, move, move, move, move]), {
                  ...NOISY,
                  seed,
                });
                if (machine.countedRepetitions !== 5 || ended.length !== 5)
                  failures.push(
                    `${id} ${targetDeg} ${pace} ${pauseS} ${machine.countedRepetitions}/${ended.length}`,
                  );
              }
            }
    }
    expect(failures).toEqual([]);
  });

  it('counts nothing from a sway of 1.5 deg', () => {
    for (const { id, side } of exercises) {
      const { ended } = run(
        settings(id, { side }),
        performance([]).concat(Array.from({ length: 6000 }, () => 0)),
        {
          whiteDeg: 0.25,
          swayDeg: 1.5,
          seed: 3,
        },
      );
      expect(ended.filter((repetition) => repetition.counted)).toEqual([]);
    }
  });

  it('gives the worked example full marks', () => {
    const plan = settings('E01', {
      side: 'left',
      personalMaximumRad: { positive: 40 * RAD, negative: 40 * RAD },
    });
    const { ended } = run(
      plan,
      performance([{ peakDeg: 33, outS: 2.5, holdS: 2.1, backS: 2.5, pauseS: 1 }]),
      SILENT,
    );
    expect(ended).toHaveLength(1);
    expect(ended[0]).toMatchObject({
      verdict: 'full',
      counted: true,
      quality: 100,
      side: 'left',
      reasons: [],
    });
    expect(ended[0].peakRad / RAD).toBeCloseTo(33, 0);
    expect(ended[0].targetRad! / RAD).toBeCloseTo(32);
  });

  it('calls 26 of 32 deg partial, and a movement under 0.6 of the target small', () => {
    const plan = settings('E01', {
      side: 'left',
      personalMaximumRad: { positive: 40 * RAD, negative: 40 * RAD },
    });
    const move = { outS: 2.5, holdS: 2.1, backS: 2.5, pauseS: 1 };
    const { ended } = run(
      plan,
      performance([
        { ...move, peakDeg: 26 },
        { ...move, peakDeg: 15 },
      ]),
      SILENT,
    );
    expect(ended.map((repetition) => repetition.verdict)).toEqual(['partial', 'small']);
    expect(ended[0].reasons).toContain('shortOfTarget');
    expect(ended[0].quality).toBe(93);
    expect(ended[1].counted).toBe(false);
  });

  it('asks for the hold', () => {
    const plan = settings('E01', {
      side: 'left',
      personalMaximumRad: { positive: 40 * RAD, negative: 40 * RAD },
    });
    const { ended } = run(
      plan,
      performance([{ peakDeg: 34, outS: 2, holdS: 0, backS: 2, pauseS: 1 }]),
      SILENT,
    );
    expect(ended[0].verdict).toBe('good');
    expect(ended[0].reasons).toContain('holdTooShort');
  });

  it('names the wrong side and does not count it', () => {
    const { machine, ended } = run(
      settings('E01', { side: 'left' }),
      performance([{ peakDeg: -30, outS: 2, holdS: 2, backS: 2, pauseS: 1 }]),
      SILENT,
    );
    expect(ended.map((repetition) => [repetition.verdict, repetition.side])).toEqual([
      ['wrongSide', 'right'],
    ]);
    expect(machine.countedRepetitions).toBe(0);
  });

  it('notices haste', () => {
    const { ended } = run(
      settings('E01', { side: 'left' }),
      performance([{ peakDeg: 40, outS: 0.6, holdS: 2, backS: 2, pauseS: 1 }]),
      SILENT,
    );
    expect(ended[0].verdict).toBe('tooFast');
  });

  it('alternates sides without asking which comes first', () => {
    const move = { outS: 2, holdS: 2, backS: 2, pauseS: 0 };
    const { machine, ended } = run(
      settings('E01'),
      performance([
        { ...move, peakDeg: 30 },
        { ...move, peakDeg: -28 },
        { ...move, peakDeg: 31 },
        { ...move, peakDeg: -29 },
      ]),
      NOISY,
    );
    expect(ended.map((repetition) => repetition.side)).toEqual(['left', 'right', 'left', 'right']);
    expect(machine.expectedSign).toBe(1);
  });

  it('lets an endless excursion time out and goes on counting', () => {
    const { machine, ended } = run(
      settings('E01', { side: 'left' }),
      performance([
        { peakDeg: 30, outS: 2, holdS: 20, backS: 2, pauseS: 1 },
        { peakDeg: 30, outS: 2, holdS: 2, backS: 2, pauseS: 1 },
      ]),
      SILENT,
    );
    expect(ended.map((repetition) => repetition.verdict)).toEqual(['timeout', 'full']);
    expect(machine.countedRepetitions).toBe(1);
  });

  it('accepts, corrects or refuses what did not come back to the start', () => {
    for (const [residualDeg, drift] of [
      [1.2, 'accepted'],
      [3.5, 'corrected'],
      [6.5, 'rejected'],
    ] as const) {
      const angles = performance([{ peakDeg: 40, outS: 2, holdS: 2, backS: 2, pauseS: 1 }]).map(
        (deg, i, all) => deg + residualDeg * Math.min(1, Math.max(0, i - 100) / (all.length - 300)),
      );
      const { ended } = run(
        settings('E01', {
          side: 'left',
          drifts: true,
          personalMaximumRad: { positive: 45 * RAD, negative: null },
        }),
        angles,
        SILENT,
      );
      expect(ended).toHaveLength(1);
      expect(ended[0].drift).toBe(drift);
      expect(ended[0].counted).toBe(true);
      if (drift === 'corrected') expect(ended[0].peakRad / RAD).toBeCloseTo(40, 0);
    }
  });

  it.each(['signalLost', 'stopped'] as const)(
    'ends a running repetition uncounted and says why: %s',
    (cause) => {
      const machine = new RepetitionMachine(settings('E01', { side: 'left' }));
      const smoother = new AngleSmoother(100);
      performance([{ peakDeg: 40, outS: 2, holdS: 2, backS: 2, pauseS: 1 }])
        .slice(0, 350)
        .forEach((deg, i) => {
          smoother.push(deg * RAD);
          const { angleRad, speedRadPerS } = smoother;
          machine.step({ timeMs: i * 10, angleRad, speedRadPerS, halfWidth95Rad: 0, compensation: null });
        });
      expect(machine.isOut).toBe(true);
      machine.interrupt(3500, cause);
      const ended = machine.takeEnded();
      expect(ended).toMatchObject({ verdict: cause, counted: false });
      expect(ended?.reasons[0]).toBe(cause);
      expect(machine.phase).toBe('wait');
    },
  );
});

describe('who does not come all the way home', () => {
  const plan = settings('E08', {
    side: 'right',
    personalMaximumRad: { positive: 20 * RAD, negative: 20 * RAD },
  });

  it('is back where they rest, counted once, and counted again from there', () => {
    const move = { peakDeg: 24, outS: 2, holdS: 2, backS: 2, pauseS: 1 };
    // Comes to rest 8 deg out: a third of the way, beyond the return band.
    const once = performance([move]).map((deg, i) => (i > 500 ? Math.max(deg, 8) : deg));
    const again = performance([{ ...move, peakDeg: 12 }]).map((deg) => 8 + deg);
    const { machine, ended } = run(plan, [...once, ...again], NOISY);
    expect(ended.map(({ verdict }) => verdict)).toEqual(['full', 'full']);
    expect(machine.countedRepetitions).toBe(2);
  });

  it('has left when the signal comes back far out', () => {
    const whole = performance([{ peakDeg: 18, outS: 1.5, holdS: 3, backS: 2, pauseS: 1 }]);
    // One second of the way out is missing: the angle jumps.
    const { ended } = run(plan, [...whole.slice(0, 120), ...whole.slice(290)], NOISY);
    expect(ended.map(({ counted }) => counted)).toEqual([true]);
  });
});
