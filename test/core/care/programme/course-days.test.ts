import { describe, expect, it } from 'vitest';
import { safetyStatus } from '../../../../src/core/care/safety/safety-status.ts';
import { clearing, full, one } from '../safety/journal-of.ts';
import { ABLE, Diary, FIRST_DAY, range } from './programme-person.ts';

/** Twelve weeks by the day: what a person says, and what the plan has to be on the days that the tables name. */

interface Expected {
  readonly phase?: number;
  readonly state?: string;
  /** Among the rules that fired on the day, in the morning or after the session. */
  readonly fires?: readonly string[];
  readonly never?: readonly string[];
  readonly share?: number;
  /** What there is to do: a session's kind, or the next step. */
  readonly today?: string;
  readonly minutesAtMost?: number;
  readonly includes?: readonly string[];
  readonly excludes?: readonly string[];
  readonly tests?: readonly string[];
  readonly notices?: readonly string[];
}

interface Course {
  readonly pain: (day: number) => number;
  /** Written before the morning's decision. */
  readonly says?: (diary: Diary, day: number) => void;
  readonly table: Readonly<Record<number, Expected>>;
}

function follow({ pain, says, table }: Course): void {
  const diary = new Diary(ABLE);
  diary.write(full());
  const last = Math.max(...Object.keys(table).map(Number));
  const seen: Record<number, unknown> = {};
  for (let n = 0; n <= last; n++, diary.day++) {
    diary.hour = 8;
    says?.(diary, n);
    const { lock, profiles, restrictions } = safetyStatus(diary.journal, diary.moment);
    diary.context = { profiles, restrictions, locked: lock !== null };
    diary.answer('pain.avg24', pain(n));
    if (n > 0) diary.morning('same');
    if (n % 14 === 0) {
      diary.answer('func1', Math.min(10, 4 + n / 14));
      diary.answer('conf', Math.min(10, 6 + n / 28));
      for (const id of ['int.work', 'int.sleep'] as const) diary.answer(id, 2);
    }
    const fired = [...rulesOf(diary)];
    const today = diary.today();
    const expected = table[n];
    if (expected !== undefined) {
      const say = `day ${n}`;
      const ids = today.kind === 'session' ? today.exercises.map(({ exerciseId }): string => exerciseId) : [];
      if (expected.phase !== undefined) expect(diary.plan.phase, say).toBe(expected.phase);
      if (expected.state !== undefined) expect(diary.plan.state, say).toBe(expected.state);
      if (expected.share !== undefined) expect(diary.plan.volumeShare, say).toBe(expected.share);
      if (expected.today !== undefined)
        expect(today.kind === 'session' ? today.session : today.step, say).toBe(expected.today);
      if (expected.minutesAtMost !== undefined)
        expect(today.kind === 'session' && today.minutes, say).toBeLessThanOrEqual(expected.minutesAtMost);
      for (const id of expected.includes ?? []) expect(ids, say).toContain(id);
      for (const id of expected.excludes ?? []) expect(ids, say).not.toContain(id);
      if (expected.tests !== undefined)
        expect(today.kind === 'session' && today.tests, say).toEqual(expected.tests);
      if (expected.notices !== undefined) expect(today.notices, say).toEqual(expected.notices);
      seen[n] = true;
    }
    diary.hour = 18;
    const results = today.kind === 'session' ? today.tests.flatMap((id) => tested(id, n)) : [];
    diary.trainToday({
      pain: pain(n),
      during: Math.min(2, pain(n)),
      quality: 88,
      effort: 5,
      ranges: results,
    });
    fired.push(...rulesOf(diary));
    for (const rule of expected?.fires ?? []) expect(fired, `day ${n}`).toContain(rule);
    for (const rule of expected?.never ?? []) expect(fired, `day ${n}`).not.toContain(rule);
  }
  expect(Object.keys(seen)).toEqual(Object.keys(table));
}

function rulesOf(diary: Diary): readonly string[] {
  return diary.decide()?.firings.map(({ ruleId }) => ruleId) ?? [];
}

function tested(exerciseId: string, day: number): ReturnType<typeof range>[] {
  switch (exerciseId) {
    case 'E01':
      return [range('thoracic.rotation', 30, 'left'), range('thoracic.rotation', 31, 'right')];
    case 'E02':
      return [
        range('locked.rotation', 32 + day / 4, 'left'),
        range('locked.rotation', 33 + day / 4, 'right'),
      ];
    case 'E05':
      return [range('thoracic.extension', 9)];
    case 'E08':
      return [range('thoracic.sideBend', 24, 'left'), range('thoracic.sideBend', 24, 'right')];
    default:
      return [range('arm.elevation', 158, 'right')];
  }
}

const STEADY = (day: number): number => Math.max(1, Math.round(4 - day / 25));

describe('twelve weeks, day by day', () => {
  it('of somebody who does well: a phase at a time to maintenance @slow', () => {
    follow({
      pain: STEADY,
      says: (diary, day) => {
        if (day === 60) diary.write({ kind: 'moduleRead', moduleId: 'M06', answeredRight: true });
      },
      table: {
        0: {
          phase: 0,
          fires: ['ENTRY'],
          today: 'plan',
          minutesAtMost: 5,
          tests: ['E02', 'E11'],
          includes: ['E03'],
        },
        1: { phase: 0, today: 'plan', minutesAtMost: 8, tests: [] },
        3: { phase: 0, tests: ['E01', 'E05'] },
        4: {
          phase: 1,
          fires: ['PH1'],
          today: 'plan',
          minutesAtMost: 15,
          includes: ['E22', 'E12'],
          tests: ['E08'],
        },
        5: { tests: [] },
        10: { phase: 1, never: ['PH2'] },
        11: { phase: 2, fires: ['PH2'], includes: ['E13'] },
        12: { includes: ['E17'] },
        // The day after strength: none of the same kind before a day has passed.
        14: { phase: 2, fires: ['W1'] },
        24: { phase: 2, never: ['PH3'] },
        28: { phase: 2, fires: ['W1', 'PH3'], tests: ['E02', 'E11'] },
        29: { phase: 3 },
        48: { phase: 3, never: ['PH4'] },
        49: { phase: 4, fires: ['PH4'] },
        69: { phase: 4, state: 'running', never: ['D1'] },
        70: { phase: 4, state: 'maintenance', fires: ['D1'] },
        84: { state: 'maintenance', never: ['M1'] },
      },
    });
  });

  it('of somebody who flares: gentle days, half, three quarters, all of it, and a doctor at the third @slow', () => {
    const flares = [20, 34, 45];
    follow({
      pain: (day) => (flares.some((from) => day >= from && day < from + 2) ? 7 : 3),
      table: {
        19: { state: 'running' },
        20: {
          state: 'flare',
          fires: ['G6'],
          today: 'flare',
          minutesAtMost: 8,
          includes: ['E23', 'E03', 'E12'],
          excludes: ['E13', 'E17', 'E02'],
        },
        21: { state: 'flare', today: 'flare' },
        22: { state: 'returning', fires: ['F2'], share: 0.5, today: 'plan' },
        33: { state: 'running', share: 1 },
        34: { state: 'flare', fires: ['G6'], never: ['F5'] },
        36: { state: 'returning', share: 0.5 },
        45: { state: 'flare', fires: ['G6', 'F5'], notices: ['F5'] },
        47: { state: 'returning', notices: ['F5'] },
        60: { state: 'running', share: 1, notices: [] },
      },
    });
  });

  it('of somebody whose flare does not settle: gentle still, and the page for a doctor', () => {
    follow({
      pain: (day) => (day >= 20 ? 7 : 3),
      table: {
        20: { state: 'flare', fires: ['G6'] },
        24: { state: 'flare', notices: [] },
        25: { state: 'flare', fires: ['F4'], notices: ['F4'], today: 'flare' },
        27: { state: 'flare', never: ['F4'] },
      },
    });
  });

  it('of somebody with a red flag: nothing while it locks, and less after the gap', () => {
    follow({
      pain: STEADY,
      says: (diary, day) => {
        if (day === 15) diary.write(one('short', { 'R-08': ['yes'] }));
        if (day === 24) {
          diary.write({ kind: 'seenSaid', seenDay: FIRST_DAY + 23, byWhom: 'doctor', said: '' });
          diary.write(clearing());
        }
      },
      table: {
        14: { phase: 2, today: 'plan' },
        15: { today: 'locked', never: ['G1', 'PH2', 'PH3'] },
        20: { today: 'locked' },
        23: { today: 'locked', phase: 2 },
        24: { phase: 2, state: 'returning', share: 0.8, fires: ['A4'], today: 'plan' },
        27: { phase: 2, state: 'running', share: 1 },
      },
    });
  });

  it('of somebody told of weak bones in week three: out and half as far from that day on', () => {
    follow({
      pain: STEADY,
      says: (diary, day) => {
        if (day === 18) diary.write(full({ 'R-16': ['osteoporosis'] }));
      },
      table: {
        17: { phase: 2 },
        18: { phase: 2, fires: ['P1'], excludes: ['E02', 'E05', 'E07'] },
        40: { excludes: ['E02', 'E05', 'E06', 'E07'] },
      },
    });
  });
});
