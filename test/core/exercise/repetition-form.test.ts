import { describe, expect, it } from 'vitest';
import { COMPENSATION_SIGNALS, type CompensationSignal } from '../../../src/core/exercise/cue-rules.ts';
import type { AngleQuantity } from '../../../src/core/exercise/motion-definition.ts';
import { RepetitionFormTracker } from '../../../src/core/exercise/repetition-form.ts';

const STEP_S = 0.01;

/** One repetition of 4 s: angle and other signals as functions of time. */
function formOf(
  quantity: AngleQuantity,
  angleAt: (timeS: number) => number,
  signalsAt: (timeS: number) => Partial<Record<CompensationSignal, number>> = () => ({}),
) {
  const tracker = new RepetitionFormTracker(quantity);
  const signals = new Float64Array(COMPENSATION_SIGNALS.length);
  tracker.begin();
  for (let timeS = 0; timeS <= 4; timeS += STEP_S) {
    const seen = signalsAt(timeS);
    COMPENSATION_SIGNALS.forEach((name, i) => (signals[i] = seen[name] ?? Number.NaN));
    const speed = (angleAt(timeS + STEP_S / 2) - angleAt(timeS - STEP_S / 2)) / STEP_S;
    tracker.update(angleAt(timeS), speed, signals);
  }
  return tracker.form();
}

const swing = (timeS: number): number => 0.35 * (1 - Math.cos((Math.PI * timeS) / 2));

describe('the form of a repetition', () => {
  it('knows nothing of what is not worn', () => {
    expect(formOf('rotation', swing)).toEqual({ purity: null, smoothness: 1, ownShare: null });
  });

  it('is pure where the other planes stay still, and less so the more they move', () => {
    const still = formOf('rotation', swing, () => ({ upperFlexion: 0, upperSideBend: 0 }));
    expect(still.purity).toBe(1);
    const equal = formOf('rotation', swing, (timeS) => ({ upperFlexion: 0, upperSideBend: -swing(timeS) }));
    expect(equal.purity).toBeCloseTo(Math.SQRT1_2, 6);
  });

  it('is smooth in one swing out and back, and rough with stops on the way', () => {
    expect(formOf('flexion', swing).smoothness).toBe(1);
    // Four stops on the way out and four on the way back.
    const halting = (timeS: number): number => swing(timeS) + 0.045 * Math.sin(2 * Math.PI * 2 * timeS);
    const { smoothness } = formOf('flexion', halting);
    expect(smoothness).toBeGreaterThan(0.1);
    expect(smoothness).toBeLessThan(0.5);
  });

  it('holds at the end without becoming rough', () => {
    const held = (timeS: number): number =>
      timeS < 1.5 ? swing((2 * timeS) / 1.5) : timeS < 2.5 ? swing(2) : swing(2 + (2 * (timeS - 2.5)) / 1.5);
    expect(formOf('flexion', held).smoothness).toBe(1);
  });

  it('says how much of a turn the lower back made, and how much of a raised arm the trunk', () => {
    const turn = formOf('rotation', swing, (timeS) => ({ lowerTurn: swing(timeS) / 4 }));
    expect(turn.ownShare).toBeCloseTo(0.8, 6);
    const arm = formOf(
      'armElevation',
      (timeS) => 3 * swing(timeS),
      (timeS) => ({
        upperFlexion: -0.3 * swing(timeS),
        upperSideBend: 0.4 * swing(timeS),
      }),
    );
    expect(arm.ownShare).toBeCloseTo(3 / 3.5, 6);
  });

  it('begins anew with each repetition', () => {
    const tracker = new RepetitionFormTracker('flexion');
    const signals = new Float64Array(COMPENSATION_SIGNALS.length).fill(1);
    tracker.update(2, 3, signals);
    tracker.begin();
    expect(tracker.form()).toEqual({ purity: null, smoothness: null, ownShare: null });
  });
});
