import fc from 'fast-check';
import { countedSessions } from '../../../src/core/care/programme/done-share.ts';
import { describe, expect, it } from 'vitest';
import type { CareEvent, JournalEntry } from '../../../src/core/care/care-journal.ts';
import { progressTiles } from '../../../src/core/care/outcomes/progress-tiles.ts';
import { rangeTables } from '../../../src/core/report/referrer-ranges.ts';
import { REPORT_ROOM, referrerReport, type CheckedKit } from '../../../src/core/report/referrer-report.ts';
import { answer, journalOf, momentOf, rangeReport, sessionWith } from '../../support/care-journal.ts';
import { COURSE_DAYS, simulateCourse } from '../../support/simulated-course.ts';

const KIT: CheckedKit = {
  kitName: 'Kit 1',
  checkedBy: 'A. Tester',
  madeAtUtc: '2026-01-05T09:00:00.000Z',
  verdict: 'fit',
  simulated: false,
  isExpired: false,
};
const WHO = { name: 'Ana', kit: KIT };

function planSet(sessionsPerWeek: number, ...ruleIds: readonly string[]): CareEvent {
  return {
    kind: 'planSet',
    plan: {
      phase: 0,
      irritability: 'moderate',
      fitness: 'F1',
      exercises: [],
      sessionsPerWeek,
      minutesPerSession: 15,
      state: 'running',
    },
    firings: ruleIds.map((ruleId) => ({ ruleId, exerciseId: null, inputs: {}, before: '', after: ruleId })),
    rulesVersion: '1',
    by: 'auto',
  };
}

function sessionDone(more: Partial<Extract<CareEvent, { kind: 'sessionDone' }>> = {}): CareEvent {
  return { ...sessionWith([]), session: 'plan', ...more } as CareEvent;
}

const both = (leftDeg: number, rightDeg: number, layout = 'upperBack + lowerBack') => [
  rangeReport(leftDeg, { layout, side: 'left' }),
  rangeReport(rightDeg, { layout, side: 'right' }),
];

describe('what a referrer reads', () => {
  it('counts sessions against what each plan asked for while it held', () => {
    const report = referrerReport(
      journalOf(
        [100, planSet(7, 'ENTRY')],
        [101, sessionDone()],
        [103, sessionDone({ simulated: true })],
        [104, sessionWith(both(30, 31))],
        [107, planSet(3, 'A2')],
      ),
      momentOf(114),
      WHO,
    );
    expect(report.sessions).toEqual({ done: 2, planned: 10, simulated: 1, selfReported: 2, cutShort: 0 });
    expect(report.hasSimulated).toBe(true);
    expect(report.fromDay).toBe(100);
    expect(report.changes.shown.map(({ firing }) => firing.ruleId)).toEqual(['A2', 'ENTRY']);
  });

  it('tells apart the sessions of which an exercise was cut short', () => {
    const breaths = {
      exerciseId: 'E22',
      variation: null,
      painDuring: null,
      repetitionsDone: 30,
      repetitionsPlanned: 30,
      quality: null,
      effort: null,
      selfReported: true,
    } as const;
    const { sessions } = referrerReport(
      journalOf(
        [100, planSet(7, 'ENTRY')],
        [101, sessionDone({ exercises: [{ ...breaths, secondsDone: 300, secondsPlanned: 300 }] })],
        [
          102,
          sessionDone({
            exercises: [breaths, { ...breaths, repetitionsDone: 20, secondsDone: 200, secondsPlanned: 300 }],
          }),
        ],
        // Of earlier versions, which knew the number alone.
        [103, sessionDone({ exercises: [{ ...breaths, repetitionsDone: 10 }] })],
      ),
      momentOf(104),
      WHO,
    );
    expect(sessions).toMatchObject({ done: 3, cutShort: 2 });
  });

  it('counts one session of the plan a day, here and at the clinic', () => {
    const journal = journalOf(
      [100, planSet(7, 'ENTRY')],
      [101, sessionDone()],
      [101, sessionDone()],
      [102, sessionDone({ session: 'flare' })],
      [102, sessionDone({ session: 'flare' })],
      [103, sessionDone({ session: 'tests' })],
    );
    expect(referrerReport(journal, momentOf(104), WHO).sessions.done).toBe(3);
    expect(countedSessions(journal).map(({ order }) => order)).toEqual([1, 3, 4]);
  });

  it('counts no session in which nothing was done', () => {
    const { sessions } = referrerReport(
      journalOf([100, planSet(7, 'ENTRY')], [101, sessionDone()], [102, sessionDone({ durationS: 0 })]),
      momentOf(104),
      WHO,
    );
    expect(sessions).toMatchObject({ done: 1, selfReported: 1 });
  });

  it('says nothing of what was planned before a week has passed', () => {
    const { sessions } = referrerReport(journalOf([100, planSet(7, 'ENTRY')]), momentOf(106), WHO);
    expect(sessions.planned).toBeNull();
  });

  it('compares sides of one day with their interval, and no sides of different days', () => {
    const sameDay = referrerReport(journalOf([10, sessionWith(both(50, 30))]), momentOf(11), WHO);
    expect(sameDay.ranges).toHaveLength(1);
    expect(sameDay.ranges[0]?.sides).toEqual([
      {
        metric: 'locked.rotation',
        day: 10,
        difference: { valueDeg: 20, lowDeg: 20 - Math.hypot(3, 3), highDeg: 20 + Math.hypot(3, 3) },
        share: 0.4,
        verdict: 'marked',
      },
    ]);
    const near = referrerReport(journalOf([10, sessionWith(both(34, 30))]), momentOf(11), WHO);
    expect(near.ranges[0]?.sides[0]?.verdict).toBe('symmetric');
    const [left, right] = both(50, 30);
    const apart = referrerReport(
      journalOf([10, sessionWith([left])], [12, sessionWith([right])]),
      momentOf(13),
      WHO,
    );
    expect(apart.ranges[0]?.rows).toHaveLength(2);
    expect(apart.ranges[0]?.sides).toEqual([]);
  });

  it('keeps the places of the sensors apart, says which are simulated, and judges those used now', () => {
    const report = referrerReport(
      journalOf(
        [10, sessionWith(both(30, 30, 'virtual: upperBack'))],
        [30, sessionWith(both(50, 50))],
        [45, sessionWith(both(52, 52))],
      ),
      momentOf(46),
      WHO,
    );
    expect(report.ranges.map(({ worn, isPresent }) => [worn.places, worn.simulated, isPresent])).toEqual([
      [['upperBack', 'lowerBack'], false, true],
      [['upperBack'], true, false],
    ]);
    const [present, old] = report.ranges;
    expect(present?.rows.map(({ first, change }) => [first?.day, change?.valueDeg])).toEqual([
      [30, 2],
      [30, 2],
    ]);
    expect(old?.rows.map(({ verdict, neededDeg }) => [verdict, neededDeg])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(report.hasSimulated).toBe(true);
  });

  it('shows no range without an interval, and counts none', () => {
    const point = (day: number, interval: readonly [number, number] | null) => ({ day, value: 40, interval });
    const of = (points: readonly ReturnType<typeof point>[]) =>
      rangeTables(
        [
          {
            name: { kind: 'range', metric: 'locked.rotation', side: 'left', layout: 'upperBack + lowerBack' },
            unit: 'deg',
            helpful: 1,
            points,
            start: { day: 1, value: 40 },
            needed: 7,
            verdict: null,
          },
        ],
        10,
      );
    expect(of([point(1, [38, 42]), point(9, null)])).toEqual({ tables: [], leftOut: 0 });
    const [table] = of([point(1, null), point(9, [38, 42])]).tables;
    expect(table?.rows).toMatchObject([{ latest: { day: 9, lowDeg: 38 }, first: null, change: null }]);
  });

  it('calls a drop of pain worth it only where it is larger than chance and a third', () => {
    const course = (before: number, after: number) =>
      journalOf(
        ...Array.from({ length: 21 }, (_, day): [number, CareEvent] => [
          day,
          answer('pain.avg24', day < 7 ? before : after),
        ]),
      );
    const worth = (before: number, after: number) =>
      referrerReport(course(before, after), momentOf(21), WHO).outcomes.map((row) => [
        row.verdict,
        row.change,
        row.worth,
      ]);
    expect(worth(6, 3)).toEqual([['improved', -3, 'reached']]);
    expect(worth(8, 6)).toEqual([['noClearChange', -2, 'notReached']]);
    expect(worth(1, 0)).toEqual([['lowFromStart', -1, 'lowFromStart']]);
    // The person's days scatter by 2 points: a drop of 3 is no more than they do anyway.
    const restless = journalOf(
      ...Array.from({ length: 21 }, (_, day): [number, CareEvent] => [
        day,
        answer('pain.avg24', (day < 7 ? 6 : 3) + (day % 2 === 0 ? 2 : -2)),
      ]),
    );
    expect(referrerReport(restless, momentOf(21), WHO).outcomes[0]?.worth).toBe('withinChance');
  });

  it('shortens long words and lists, and says by how much', () => {
    const report = referrerReport(
      journalOf([
        1,
        { kind: 'intakeAnswered', answers: { hardThings: ['x'.repeat(400), 'b', 'c', 'd', 'e'] } },
      ]),
      momentOf(1),
      { name: `  ${'n'.repeat(99)}`, kit: null },
    );
    const { hardThings } = report.complaint;
    expect(hardThings.shown[0]).toBe(`${'x'.repeat(REPORT_ROOM.hardThingCharacters - 1)}…`);
    expect([hardThings.shown.length, hardThings.leftOut]).toEqual([3, 2]);
    expect(report.name).toHaveLength(REPORT_ROOM.nameCharacters);
  });

  it('puts the answers that lock before the others, and counts the rest', () => {
    const answers = { 'R-01': ['no'], 'R-19': ['44'], 'R-08': ['yes'], 'R-21': ['yes'] };
    const { safety, ageYears } = referrerReport(
      journalOf([5, { kind: 'safetyAnswered', form: 'full', answers }]),
      momentOf(6),
      WHO,
    );
    expect(ageYears).toBe(44);
    expect(safety.lock).toBe('urgent');
    expect(safety.told).toEqual({ shown: ['R-08', 'R-21'], leftOut: 0 });
    expect([safety.clearCount, safety.day]).toEqual([1, 5]);
  });
});

const LAYOUTS = ['upperBack', 'upperBack + lowerBack', 'virtual: upperBack + lowerBack', 'odd'];

/** A simulated course in which the sensors change places now and then. */
const course = fc
  .record({
    seed: fc.nat(10_000),
    rangeCount: fc.integer({ min: 0, max: 8 }),
    until: fc.integer({ min: 0, max: COURSE_DAYS }),
    layouts: fc.array(fc.constantFrom(...LAYOUTS), { minLength: 1, maxLength: 6 }),
  })
  .map(({ seed, rangeCount, until, layouts }) => ({
    until,
    journal: simulateCourse(seed, { changes: null, rangeCount })
      .filter(({ day }) => day <= until)
      .map((entry, i): JournalEntry => {
        if (entry.event.kind !== 'sessionDone') return entry;
        const layout = layouts[i % layouts.length] ?? '';
        const ranges = entry.event.ranges.map((range) => ({ ...range, layout }));
        return { ...entry, event: { ...entry.event, ranges } };
      }),
  }));

describe('on any course', () => {
  it('no figure stands without its interval or without a reason for having none, and none is from another kit', () => {
    fc.assert(
      fc.property(course, ({ journal, until }) => {
        const report = referrerReport(journal, momentOf(until), WHO);
        const tested = new Map<string, number[]>();
        for (const { day, event } of journal)
          if (event.kind === 'sessionDone')
            for (const { layout, metric, side, valueDeg } of event.ranges) {
              const key = `${layout} ${metric} ${side}`;
              tested.set(key, [...(tested.get(key) ?? []), day, valueDeg]);
            }
        for (const { layout, rows, sides } of report.ranges) {
          for (const { metric, side, first, latest, change, verdict, neededDeg } of rows) {
            const own = tested.get(`${layout} ${metric} ${side}`) ?? [];
            for (const figure of [latest, first])
              if (figure !== null) {
                expect(own[own.indexOf(figure.day) + 1]).toBe(figure.valueDeg);
                expect(figure.highDeg - figure.lowDeg).toBeCloseTo(6, 9);
              }
            expect(change === null).toBe(first === null);
            if (change !== null) {
              expect(change.highDeg).toBeGreaterThan(change.valueDeg);
              expect(change.lowDeg).toBeLessThan(change.valueDeg);
            }
            expect(verdict === null).toBe(neededDeg === null);
          }
          for (const { difference } of sides) expect(difference.highDeg).toBeGreaterThan(difference.lowDeg);
        }
        for (const { name, change, first, verdict, needed } of report.outcomes) {
          expect(report.notes).toContain(name.kind);
          expect(change === null).toBe(first === null);
          expect(verdict === null).toBe(needed === null);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('the page has the same verdicts as the app, room for what it shows, and counts what it leaves out', () => {
    fc.assert(
      fc.property(course, ({ journal, until }) => {
        const report = referrerReport(journal, momentOf(until), WHO);
        const shown = report.ranges.flatMap(({ rows, sides }) => [...rows, ...sides]).length;
        expect(shown + report.ranges.length).toBeLessThanOrEqual(REPORT_ROOM.rangeLines);
        const series = progressTiles(journal, momentOf(until)).flatMap((tile) => tile.series);
        const ranges = series.filter(({ name }) => name.kind === 'range');
        const rows = report.ranges.flatMap((table) =>
          table.rows.map((row) => ({ ...row, layout: table.layout })),
        );
        expect(rows.length + report.rangesLeftOut).toBeGreaterThanOrEqual(ranges.length);
        for (const { layout, metric, side, verdict } of rows)
          expect(verdict).toBe(
            ranges.find(
              ({ name }) =>
                name.kind === 'range' &&
                name.layout === layout &&
                name.metric === metric &&
                name.side === side,
            )?.verdict,
          );
        expect(report.outcomes.length).toBeLessThanOrEqual(6);
        expect(new Set(report.notes).size).toBe(report.notes.length);
        expect(referrerReport([...journal], momentOf(until), WHO)).toEqual(report);
      }),
      { numRuns: 60 },
    );
  });
});
