import { describe, expect, it } from 'vitest';
import { THRESHOLDS_VERSION } from '../../../src/core/exercise/coaching-thresholds.ts';
import { isPainToEaseFor, painZone } from '../../../src/core/exercise/pain-zone.ts';
import type { RepetitionResult } from '../../../src/core/exercise/repetition-result.ts';
import {
  allowedRestS,
  beginCoaching,
  coach,
  offDay,
  type CoachingDecision,
  type CoachingEvent,
  type CoachingSettings,
  type CoachingState,
} from '../../../src/core/exercise/session-controller.ts';

const RAD = Math.PI / 180;
const PM_DEG = 40;

const SETTINGS: CoachingSettings = {
  targetFraction: 0.8,
  repetitions: 10,
  painBefore: 2,
  isMobility: true,
  mayExceedMaximum: false,
  mayRaise: true,
};

function repetition(changes: Partial<RepetitionResult> = {}): CoachingEvent {
  return {
    kind: 'repetition',
    repetition: {
      exerciseId: 'E01',
      index: 0,
      side: 'left',
      startMs: 0,
      peakMs: 3000,
      endMs: 6000,
      peakRad: 33 * RAD,
      peakHalfWidth95Rad: RAD,
      targetRad: 0.8 * PM_DEG * RAD,
      holdS: 2,
      peakSpeedRadPerS: 0.5,
      returnResidualRad: 0,
      verdict: 'full',
      counted: true,
      drift: 'accepted',
      quality: 95,
      reasons: [],
      compensation: 0,
      ...changes,
    },
  };
}

const partial = repetition({ verdict: 'partial', peakRad: 26 * RAD, reasons: ['shortOfTarget'] });
const bent = repetition({ compensation: 1, reasons: ['compensation'] });

function run(
  events: readonly CoachingEvent[],
  settings: Partial<CoachingSettings> = {},
): { state: CoachingState; decisions: readonly CoachingDecision[] } {
  let state = beginCoaching({ ...SETTINGS, ...settings });
  const decisions: CoachingDecision[] = [];
  for (const event of events) {
    const coached = coach(state, event);
    state = coached.state;
    decisions.push(...coached.decisions);
  }
  return { state, decisions };
}

const rules = (decisions: readonly CoachingDecision[]): string[] => decisions.map(({ ruleId }) => ruleId);
const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

describe('session controller', () => {
  it('raises the target by 5 % of the maximum after three full repetitions, as in the worked example', () => {
    const { state, decisions } = run(times(3, repetition()));
    expect(decisions).toEqual([
      {
        ruleId: 'RT1',
        reason: 'threeFull',
        changes: [{ kind: 'target', from: 0.8, to: 0.85 }],
        inputs: { fullRepetitions: 3 },
        thresholdsVersion: THRESHOLDS_VERSION,
      },
    ]);
    expect(state.targetFraction * PM_DEG).toBeCloseTo(34);
    // Another raise needs three more.
    expect(rules(run(times(5, repetition())).decisions)).toEqual(['RT1']);
    expect(rules(run(times(6, repetition())).decisions)).toEqual(['RT1', 'RT1']);
  });

  it('never raises beyond the maximum, or a little where a clinician lets mobility', () => {
    const many = times(30, repetition());
    expect(run(many, { targetFraction: 0.95, repetitions: 100 }).state.targetFraction).toBe(1);
    const beyond = { targetFraction: 0.95, repetitions: 100, mayExceedMaximum: true };
    expect(run(many, beyond).state.targetFraction).toBe(1.05);
    expect(run(many, { ...beyond, isMobility: false }).state.targetFraction).toBe(1);
  });

  it('does not raise what hurts, what is not well made, or what another movement helps', () => {
    for (const one of [
      repetition({ quality: 79 }),
      repetition({ verdict: 'good' }),
      repetition({ reasons: ['compensation'], compensation: 0.5 }),
    ])
      expect(run(times(4, one)).state.targetFraction).toBe(0.8);
    expect(run([{ kind: 'pain', value: 3 }, ...times(4, repetition())]).state.targetFraction).toBe(0.8);
    // Pain that was there before and has not risen is no reason to hold back.
    expect(
      run([{ kind: 'pain', value: 4 }, ...times(3, repetition())], { painBefore: 4 }).state.targetFraction,
    ).toBe(0.85);
  });

  it('raises nothing on a day of pain', () => {
    const easy = repetition({ peakRad: 1.2 * PM_DEG * RAD });
    const { state, decisions } = run([easy, easy, easy, easy, easy], { mayRaise: false, painBefore: 7 });
    expect(decisions).toEqual([]);
    expect(state.targetFraction).toBe(0.8);
    const asUsual = run([easy, easy, easy]).decisions.map(({ ruleId }) => ruleId);
    expect(asUsual).toContain('RT10');
  });

  it('lowers the target by 10 % after two partial repetitions, down to half', () => {
    expect(run([...times(3, repetition()), partial, partial]).state.targetFraction * PM_DEG).toBeCloseTo(30);
    expect(run([partial, repetition(), partial]).decisions).toEqual([]);
    const { state, decisions } = run(times(12, partial), { repetitions: 100 });
    expect(state.targetFraction).toBe(0.5);
    expect(rules(decisions)).toEqual(times(6, 'RT2'));
  });

  it('shows the technique after two of three failed compensations, and an easier way the third time', () => {
    const { decisions } = run(times(6, bent), { repetitions: 100 });
    expect(rules(decisions)).toEqual(['RT3', 'RT3', 'RT3']);
    expect(decisions[0]?.changes.map(({ kind }) => kind)).toEqual(['target', 'showTechnique']);
    expect(decisions[2]?.changes).toEqual([{ kind: 'easierVariation' }]);
    expect(run([bent, repetition(), repetition(), bent]).decisions.map(({ ruleId }) => ruleId)).not.toContain(
      'RT3',
    );
  });

  it('gives a beat after two of three hurried ones, once', () => {
    const fast = repetition({ verdict: 'tooFast', reasons: ['tooFast'] });
    expect(rules(run([fast, repetition(), fast, fast, fast]).decisions)).toEqual(['RT4']);
  });

  it('ends a tiring set early, but not before most of it is done', () => {
    const tired = repetition({ peakRad: 27 * RAD, verdict: 'good' });
    const good = repetition({ verdict: 'good' });
    const events = [...times(4, good), ...times(4, tired)];
    const { decisions } = run(events);
    expect(rules(decisions)).toEqual(['RT5']);
    expect(decisions[0]?.changes).toEqual([{ kind: 'endSet' }, { kind: 'rest', addS: 20 }]);
    expect(run(events, { repetitions: 14 }).decisions).toEqual([]);
    const slow = repetition({ verdict: 'good', endMs: 9000 });
    expect(rules(run([...times(4, good), ...times(4, slow)]).decisions)).toEqual(['RT5']);
    // The weaker side taking its turn is no tiredness.
    const right = repetition({ side: 'right', peakRad: 24 * RAD, verdict: 'good' });
    expect(run([good, right, good, right, good, right, good, right]).decisions).toEqual([]);
  });

  it('rests longer and does less after a hard set or a shaking hold', () => {
    const expected = [
      { kind: 'rest', addS: 30 },
      { kind: 'repetitions', from: 10, to: 8 },
    ];
    expect(run([{ kind: 'effort', value: 8 }]).decisions[0]?.changes).toEqual(expected);
    expect(run([{ kind: 'effort', value: 7 }]).decisions).toEqual([]);
    expect(run([{ kind: 'hold', sdRad: 4.5 * RAD }]).decisions[0]?.changes).toEqual(expected);
    expect(run([{ kind: 'hold', sdRad: 3 * RAD }]).decisions).toEqual([]);
  });

  it('gives exactly one answer to every pain after every start', () => {
    for (let before = 0; before <= 10; before++)
      for (let pain = 0; pain <= 10; pain++) {
        const { decisions } = run([{ kind: 'pain', value: pain }], { painBefore: before });
        const zone = painZone(pain, before);
        const expected =
          zone === 'stop'
            ? ['RT9']
            : isPainToEaseFor(pain, before)
              ? ['RT8']
              : zone === 'amber'
                ? ['RT7']
                : [];
        expect(rules(decisions), `${pain} after ${before}`).toEqual(expected);
      }
  });

  it('eases what hurts more, and takes an easier way the second time', () => {
    const { state, decisions } = run([
      { kind: 'pain', value: 4 },
      { kind: 'pain', value: 4 },
    ]);
    expect(rules(decisions)).toEqual(['RT8', 'RT8']);
    expect(state.targetFraction).toBe(0.5);
    expect(state.repetitions).toBe(6);
    expect(decisions[0]?.changes.map(({ kind }) => kind)).toEqual(['target', 'repetitions']);
    expect(decisions[1]?.changes.map(({ kind }) => kind)).toContain('easierVariation');
  });

  it('stops for good at too much pain', () => {
    const { state, decisions } = run([{ kind: 'pain', value: 6 }, ...times(5, repetition())]);
    expect(rules(decisions)).toEqual(['RT9']);
    expect(state.isStopped).toBe(true);
  });

  it('takes a larger maximum for now from three easy ones at the very beginning', () => {
    const far = repetition({ peakRad: 46 * RAD });
    const { decisions } = run(times(3, far));
    expect(rules(decisions)).toEqual(['RT10']);
    expect(decisions[0]?.changes).toEqual([{ kind: 'maximum', times: 1.1 }]);
    expect(rules(run([{ kind: 'setBegan' }, ...times(3, far)]).decisions)).toEqual(['RT1']);
  });

  it('goes on by the clock when the signal is lost, and judges nothing that was cut off', () => {
    expect(run([{ kind: 'signalLost' }]).decisions[0]?.changes).toEqual([{ kind: 'guidedTimer' }]);
    const cut = repetition({ verdict: 'signalLost', counted: false });
    expect(rules(run([repetition(), cut, repetition(), cut, repetition()]).decisions)).toEqual(['RT1']);
  });

  it('begins each set anew', () => {
    expect(rules(run([repetition(), repetition(), { kind: 'setBegan' }, repetition()]).decisions)).toEqual(
      [],
    );
  });

  it('asks less of a day that starts worse', () => {
    expect(offDay(5, 3, null)).toMatchObject({ ruleId: 'RT12', inputs: { painNow: 5, weekMean: 3 } });
    expect(offDay(4, 3, null)).toBeNull();
    expect(offDay(2, 2, 7)).toMatchObject({ reason: 'offDay' });
    expect(offDay(2, null, null)).toBeNull();
  });

  it('lets a rest be longer, and no shorter than a quarter of a minute', () => {
    expect(allowedRestS(90)).toBe(90);
    expect(allowedRestS(5)).toBe(15);
  });
});

describe('pain zones', () => {
  it.each([
    [2, 0, 'green'],
    [4, 5, 'green'],
    [4, 3, 'amber'],
    [2, 1, 'green'],
    [6, 5, 'amber'],
    [6, 6, 'amber'],
    [3, 0, 'stop'],
    [8, 8, 'stop'],
  ] as const)('%i during after %i before is %s', (during, before, zone) => {
    expect(painZone(during, before)).toBe(zone);
  });
});
