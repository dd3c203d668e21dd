import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CareEvent, JournalEntry } from '../../../../src/core/care/care-journal.ts';
import {
  byNeed,
  DECISIONS,
  patientReview,
  type PatientReview,
} from '../../../../src/core/care/clinic/patient-review.ts';
import {
  ALERT_LEVELS,
  type AlertLevel,
  type ReviewSource,
} from '../../../../src/core/care/clinic/review-alerts.ts';
import { asPlanned } from '../../../../src/core/care/clinic/plan-problems.ts';
import type { MeasureId } from '../../../../src/core/care/outcomes/outcome-event.ts';
import type { ProgrammePlan, RuleFiring } from '../../../../src/core/care/programme/programme-plan.ts';
import {
  answer,
  DAY_MS,
  journalOf,
  momentOf,
  rangeReport,
  sessionWith,
} from '../../../support/care-journal.ts';
import { clinicPlan } from '../../../support/clinic-plans.ts';
import { full, mistake, sessionDone } from '../safety/journal-of.ts';

const START = 20_000;
type Written = readonly [day: number, event: CareEvent];

/** What the files of one patient say, told until a day after the start. */
function review(
  written: readonly Written[],
  {
    until = 1,
    today,
    plan = null,
  }: { readonly until?: number; readonly today?: number; readonly plan?: ReviewSource['plan'] } = {},
): PatientReview {
  return patientReview({
    patientId: 'ana',
    journal: journalOf(...written.map(([day, event]) => [START + day, event] as const)),
    plan,
    told: momentOf(START + until),
    today: START + (today ?? until),
  });
}

const kinds = ({ alerts }: PatientReview) => alerts.map(({ subject }) => subject.kind);
const signed = (signedDay: number, change = {}) => ({
  signed: clinicPlan({ reviewDay: START + 28, ...change }),
  signedDay: START + signedDay,
});
const taken = (change = {}): CareEvent => ({
  kind: 'clinicPlanTaken',
  plan: clinicPlan(change),
  digest: 'a'.repeat(64),
  clinicName: 'Clinic',
});

function planSet(change: Partial<ProgrammePlan> = {}, ...ruleIds: readonly string[]): CareEvent {
  const firings = ruleIds.map((ruleId): RuleFiring => ({
    ruleId,
    exerciseId: null,
    inputs: {},
    before: 'a',
    after: 'b',
  }));
  return {
    kind: 'planSet',
    plan: {
      phase: 0,
      irritability: 'moderate',
      fitness: 'F2',
      exercises: clinicPlan().exercises.map(asPlanned),
      sessionsPerWeek: 5,
      minutesPerSession: 15,
      state: 'running',
      ...change,
    },
    firings,
    rulesVersion: '1.2.0',
    by: 'auto',
  };
}

function session(painDuring: number | null, quality: number | null = null, painBefore = 2): CareEvent {
  return {
    ...(sessionDone as Extract<CareEvent, { kind: 'sessionDone' }>),
    painBefore,
    exercises: [
      {
        exerciseId: 'E01',
        variation: null,
        painDuring,
        repetitionsDone: 8,
        repetitionsPlanned: 8,
        quality,
        effort: null,
        selfReported: quality === null,
      },
    ],
  };
}

const weeksOfPain = (...weeks: readonly number[]): Written[] =>
  weeks.flatMap((pain, week) =>
    Array.from({ length: 7 }, (_, day): Written => [7 * week + day, answer('pain.avg24', pain)]),
  );

describe('an alert', () => {
  it('says which answers lock, names their entry, and stands while the lock does', () => {
    const emergency = review([[0, full({ 'R-01': ['yes'] })]], { until: 40 });
    expect(emergency.alerts).toEqual([
      expect.objectContaining({
        subject: { kind: 'lock', action: 'emergency', flagIds: ['R-01'] },
        level: 'critical',
        day: START,
        entry: expect.objectContaining({ order: 0 }) as JournalEntry,
      }),
    ]);
    expect(emergency.decisions).toContain('callToday');
  });

  it('stays critical when an emergency is said to have been a mistake, for two weeks', () => {
    const written: Written[] = [
      [0, full({ 'R-01': ['yes'] })],
      [0, mistake('R-01', 'no')],
    ];
    expect(kinds(review(written))).toEqual(['emergencyTakenBack']);
    expect(kinds(review(written, { until: 14 }))).toEqual([]);
  });

  it('tells of pain above the ceiling of the plan that held then, once for an exercise', () => {
    const written: Written[] = [
      [0, full()],
      [0, session(4)],
      [1, taken({ painCeiling: 3 })],
      [2, session(4)],
      [3, session(5)],
      [4, session(3)],
    ];
    const { alerts, decisions } = review(written, { until: 5, plan: signed(0) });
    expect(alerts.map(({ subject, level, day }) => ({ subject, level, day }))).toEqual([
      {
        subject: { kind: 'painOverLimit', exerciseId: 'E01', pain: 5, ceiling: 3, times: 2 },
        level: 'medium',
        day: START + 3,
      },
    ]);
    expect(alerts[0]?.entry?.order).toBe(4);
    expect(decisions).toEqual(['lowerDose']);
  });

  it('tells a long flare from a fresh one', () => {
    const written: Written[] = [
      [0, planSet({}, 'ENTRY')],
      [3, session(2)],
      [4, planSet({ state: 'flare' }, 'G6')],
    ];
    const flareOn = (until: number) =>
      review(written, { until }).alerts.find(({ subject }) => subject.kind === 'flare');
    expect(flareOn(9)).toMatchObject({ level: 'low', subject: { days: 5 }, entry: { order: 2 } });
    expect(flareOn(10)).toMatchObject({ level: 'medium', subject: { days: 6 } });
  });

  it('calls nothing done only what the files say, and silence by its own name', () => {
    const written: Written[] = [
      [0, planSet({}, 'ENTRY')],
      [1, session(1)],
    ];
    expect(kinds(review(written, { until: 7 }))).toEqual([]);
    expect(kinds(review(written, { until: 8 }))).toEqual(['nothingDone']);
    expect(kinds(review(written, { until: 2, today: 15 }))).toEqual([]);
    expect(kinds(review(written, { until: 2, today: 16 }))).toEqual(['noFile']);
  });

  it('blames nobody behind a lock, or after the programme, for doing nothing', () => {
    expect(
      kinds(
        review(
          [
            [0, planSet({}, 'ENTRY')],
            [1, full({ 'R-01': ['yes'] })],
          ],
          { until: 20 },
        ),
      ),
    ).toEqual(['lock']);
  });

  it('tells of reviews that are due, and of plans that did not arrive', () => {
    const plan = signed(0, { version: 2, reviewDay: START + 20 });
    expect(kinds(review([[1, taken({ version: 1 })]], { until: 6, plan }))).toEqual([]);
    const late = review([[1, taken({ version: 1 })]], { until: 20, plan });
    expect(late.alerts.map(({ subject }) => subject)).toEqual([
      { kind: 'reviewDue', days: 0 },
      { kind: 'planNotTaken', version: 2, takenVersion: 1 },
    ]);
    expect(kinds(review([[1, taken({ version: 2 })]], { until: 19, plan }))).toEqual([]);
  });

  it('asks for a look at the sensors after three poor sessions in a row, and not after two', () => {
    const poor = [1, 2, 3].map((day): Written => [day, session(1, 50)]);
    expect(kinds(review(poor, { until: 4 }))).toEqual(['lowQuality']);
    expect(kinds(review(poor.slice(1), { until: 4 }))).toEqual([]);
    expect(kinds(review([...poor, [4, session(1, 80)]], { until: 5 }))).toEqual([]);
  });

  it('hands on what the rules would show a doctor', () => {
    const { alerts, decisions } = review([
      [0, planSet({}, 'ENTRY')],
      [0, session(1)],
      [1, planSet({}, 'R-24')],
    ]);
    expect(alerts).toMatchObject([{ subject: { kind: 'rule', ruleId: 'R-24' }, level: 'medium' }]);
    expect(decisions).toContain('referOn');
  });

  it('passes over what a newer app asked, and says so', () => {
    const { alerts } = review([[0, answer('mood' as MeasureId, 3)]]);
    expect(alerts).toMatchObject([{ subject: { kind: 'notReadable', count: 1 }, level: 'low' }]);
  });
});

describe('the answer', () => {
  it('is better, the same or worse as the tiles say, with what counts and what matters', () => {
    const better = review(weeksOfPain(6, 3, 3), { until: 21 });
    expect(better.answer).toBe('better');
    expect(better.outcomes[0]).toMatchObject({
      id: 'pain',
      answer: 'better',
      lines: [{ start: 6, now: 3, change: -3, isDetectable: true, isMeaningful: true }],
    });
    expect(review(weeksOfPain(6, 6, 6), { until: 21 }).answer).toBe('same');
    // A point less is within the noise, though it is less.
    expect(review(weeksOfPain(6, 5, 5), { until: 21 }).outcomes[0]).toMatchObject({
      answer: 'same',
      lines: [{ change: -1, isDetectable: false, isMeaningful: false }],
    });
    const worse = review(weeksOfPain(3, 6, 6), { until: 21 });
    expect(worse.answer).toBe('worse');
    expect(worse.alerts).toMatchObject([{ subject: { kind: 'painWorse', isSure: true }, level: 'medium' }]);
    expect(worse.decisions).toContain('reviewPlan');
  });

  it('cannot be told while one look is all there is, or before any file', () => {
    expect(review(weeksOfPain(6, 3), { until: 14 }).answer).toBe('cannotTell');
    const none = patientReview({ patientId: 'ana', journal: [], plan: null, told: null, today: START });
    expect(none).toMatchObject({ answer: 'cannotTell', toldDay: null, alerts: [], decisions: ['makePlan'] });
  });

  it('is mixed where one thing is better and another worse', () => {
    const worseRange = [0, 12, 24].map((day): Written => [
      day,
      sessionWith([rangeReport(day === 0 ? 50 : 20)]),
    ]);
    const written = [...weeksOfPain(6, 3, 3, 3), ...worseRange].sort(([a], [b]) => a - b);
    expect(review(written, { until: 28 }).answer).toBe('mixed');
  });
});

describe('ranges', () => {
  it('are never joined across the ways sensors were worn', () => {
    const { ranges } = review(
      [
        [0, sessionWith([rangeReport(30, { layout: 'UB+LB' })])],
        [12, sessionWith([rangeReport(50, { layout: 'UB' })])],
        [
          24,
          sessionWith([rangeReport(52, { layout: 'UB' }), rangeReport(40, { layout: 'UB', side: 'right' })]),
        ],
      ],
      { until: 25 },
    );
    const told = ranges.map(({ layout, lines }) => [
      layout,
      ...lines.map(({ start, now, change }) => [start, now, change]),
    ]);
    expect(Object.fromEntries(told.map(([layout, ...lines]) => [layout, lines]))).toEqual({
      'UB+LB': [[30, 30, null]],
      UB: [
        [50, 52, 2],
        [40, 40, null],
      ],
    });
  });
});

describe('the weeks', () => {
  it('count sessions against the plan that held, tests left out', () => {
    const written: Written[] = [
      [0, planSet({ sessionsPerWeek: 3 }, 'ENTRY')],
      ...[1, 2, 4, 8].map((day): Written => [day, session(1)]),
      [9, sessionWith([])],
    ];
    const { weeks, adherence } = review(written, { until: 13 });
    expect(weeks.map(({ done, planned }) => [done, planned])).toEqual([
      [3, 3],
      [1, 3],
    ]);
    expect(adherence).toBeCloseTo(4 / ((3 * 13) / 7));
  });
});

const anyAlert = fc.record({
  level: fc.constantFrom(...ALERT_LEVELS),
  day: fc.integer({ min: START, max: START + 40 }),
});
const base = review([]);
const withAlerts = (
  patientId: string,
  alerts: readonly { readonly level: AlertLevel; readonly day: number }[],
): PatientReview => ({
  ...base,
  patientId,
  alerts: alerts.map(({ level, day }) => ({ level, day, subject: { kind: 'crisis' }, entry: null })),
});
const anyPanel = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) => fc.array(anyAlert, { maxLength: 4 }).map((alerts) => withAlerts(id, alerts))),
    ),
  );

describe('who comes first', () => {
  it('does not depend on how the patients were read', () => {
    fc.assert(
      fc.property(anyPanel, fc.infiniteStream(fc.nat()), (panel, draws) => {
        const shuffled = panel
          .map((one) => ({ one, at: draws.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const idsOf = (list: readonly PatientReview[]) =>
          list.toSorted(byNeed).map(({ patientId }) => patientId);
        expect(idsOf(shuffled)).toEqual(idsOf(panel));
      }),
    );
  });

  it('puts nobody with a graver alert behind somebody with none of that level', () => {
    fc.assert(
      fc.property(anyPanel, (panel) => {
        const worst = ({ alerts }: PatientReview) =>
          Math.min(ALERT_LEVELS.length, ...alerts.map(({ level }) => ALERT_LEVELS.indexOf(level)));
        const ranks = panel.toSorted(byNeed).map(worst);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
    );
  });

  it('never moves somebody back for one alert more', () => {
    fc.assert(
      fc.property(anyPanel, anyAlert, (panel, more) => {
        const [first] = panel;
        if (first === undefined) return;
        const needier = withAlerts(first.patientId, [...first.alerts, more]);
        const placeOf = (list: readonly PatientReview[]) =>
          list.toSorted(byNeed).findIndex(({ patientId }) => patientId === first.patientId);
        expect(placeOf([needier, ...panel.slice(1)])).toBeLessThanOrEqual(placeOf(panel));
      }),
    );
  });
});

describe('a review', () => {
  it('is made of any journal, always the same, with alerts in order, each from an entry that is there @slow', () => {
    const event = fc.oneof(
      fc.integer({ min: 0, max: 10 }).map((value) => answer('pain.avg24', value)),
      fc.integer({ min: 0, max: 10 }).map((pain) => session(pain, 10 * pain)),
      fc.constantFrom('ENTRY', 'R-24', 'G4W', 'A3', 'F4').map((ruleId) => planSet({}, ruleId)),
      fc.constant(planSet({ state: 'flare' }, 'G6')),
      fc.constantFrom('yes', 'no').map((code) => full({ 'R-01': [code] })),
      fc.constant(mistake('R-01', 'no')),
      fc.constant(taken()),
    );
    const entry = fc.tuple(fc.integer({ min: 0, max: 60 }), event);
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), fc.integer({ min: 0, max: 90 }), (written, today) => {
        const options = { until: Math.min(60, today), today, plan: signed(0) };
        const one = review(written, options);
        expect(review(written, options)).toEqual(one);
        const ranks = one.alerts.map(({ level }) => ALERT_LEVELS.indexOf(level));
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        for (const alert of one.alerts) {
          expect(alert.day).toBeLessThanOrEqual(START + Math.max(today, 60));
          if (alert.entry !== null) expect(alert.entry.atUtcMs % DAY_MS).toBe(0);
        }
        expect(one.decisions.length).toBeGreaterThan(0);
        expect(DECISIONS.filter((decision) => one.decisions.includes(decision))).toEqual(one.decisions);
      }),
    );
  });
});
