import { describe, expect, it } from 'vitest';
import type { CareEvent, JournalEntry } from '../../src/core/care/care-journal.ts';
import type { StoredSession, ThoraServices } from '../../src/ui/services.ts';
import { hasDayDone, programmeOf, tellUntold } from '../../src/ui/untold-session.ts';

/* A session of the programme that was cut off and kept counts as the day's session: once, and on its own day alone. */

const DAY = 20_000;
const AT_MS = DAY * 86_400_000 + 10 * 3_600_000;
const MOMENT = { utcMs: AT_MS + 3_600_000, day: DAY };
const PROGRAMME = { session: 'plan', planned: [] } as const;
const begun = (afterMs: number, event: CareEvent = { kind: 'sessionBegun', programme: PROGRAMME }) => ({
  order: afterMs,
  atUtcMs: AT_MS + afterMs,
  day: DAY,
  event,
});
const stored = (change: Partial<StoredSession> = {}): StoredSession =>
  ({
    sessionId: 'one',
    startedAtUtc: new Date(AT_MS + 20_000).toISOString(),
    state: 'finished',
    simulated: false,
    result: {
      sets: [],
      sensors: [],
      painBefore: 3,
      painAfter: null,
      unmeasuredSets: [{ exerciseId: 'E22', mode: 'breaths', repetitions: 8, seconds: 60, allDone: null }],
    },
    ...change,
  }) as unknown as StoredSession;

/** What is written for these entries and sessions; asked twice, as by a page that is opened again. */
async function toldOf(entries: readonly JournalEntry[], sessions: readonly StoredSession[]) {
  const journal = [...entries];
  const services = {
    journal: {
      read: () => Promise.resolve(journal),
      now: () => MOMENT,
      append: (event: CareEvent) => {
        journal.push({ order: 1e6 + journal.length, atUtcMs: MOMENT.utcMs, day: DAY, event });
        return Promise.resolve(journal.at(-1)!);
      },
    },
    log: {
      read: (id: string) => Promise.resolve(sessions.find(({ sessionId }) => sessionId === id) ?? null),
    },
  } as unknown as ThoraServices;
  await tellUntold(services, sessions);
  await tellUntold(services, sessions);
  return journal.slice(entries.length).map(({ event }) => event);
}

describe('a session of the programme that was cut off', () => {
  it('is told to the journal once it was kept, and once only', async () => {
    expect(await toldOf([begun(0)], [stored()])).toMatchObject([
      {
        kind: 'sessionDone',
        sessionId: 'one',
        session: 'plan',
        painBefore: 3,
        exercises: [{ exerciseId: 'E22' }],
      },
    ]);
  });

  it('is none where no exercise was begun, or it is not kept yet', async () => {
    expect(await toldOf([begun(0)], [stored({ state: 'unfinished' })])).toEqual([]);
    const none = { ...stored().result!, unmeasuredSets: [] };
    expect(await toldOf([begun(0)], [stored({ result: none })])).toEqual([]);
    expect(await toldOf([begun(0)], [])).toEqual([]);
    // Begun, and cut off in its first breath: the day's session is still to come.
    const [set] = stored().result!.unmeasuredSets!;
    const nothing = { ...none, unmeasuredSets: [{ ...set!, repetitions: 0, seconds: 0 }] };
    expect(await toldOf([begun(0)], [stored({ result: nothing })])).toEqual([]);
  });

  it('is one of tests where it was cut off before the exercises, and keeps what was tested', async () => {
    const test = { ...stored().result!.unmeasuredSets![0]!, exerciseId: 'E21', test: true } as const;
    const tested = { ...stored().result!, unmeasuredSets: [test] };
    expect(await toldOf([begun(0)], [stored({ result: tested })])).toMatchObject([
      { session: 'tests', exercises: [], uprightHoldS: 60 },
    ]);
  });

  it('is known from one of the own sessions that came before or after it', async () => {
    const own: CareEvent = { kind: 'sessionBegun' };
    expect(await toldOf([begun(0), begun(10_000, own)], [stored()])).toMatchObject([{ session: 'tests' }]);
    expect(await toldOf([begun(0, own), begun(10_000)], [stored()])).toMatchObject([{ session: 'plan' }]);
    expect(await toldOf([begun(0), begun(60_000, own)], [stored()])).toMatchObject([{ session: 'plan' }]);
  });

  it('is told where it was one of tests alone, unless nobody wore its sensors', async () => {
    const own = begun(0, { kind: 'sessionBegun' });
    const test = { ...stored().result!.unmeasuredSets![0]!, test: true };
    const tested = { ...stored().result!, unmeasuredSets: [test] };
    expect(await toldOf([own], [stored({ result: tested })])).toMatchObject([
      { kind: 'sessionDone', sessionId: 'one', session: 'tests', exercises: [] },
    ]);
    expect(await toldOf([own], [stored({ result: tested, simulated: true })])).toEqual([]);
    expect(await toldOf([own], [stored({ result: { ...tested, unmeasuredSets: [] } })])).toEqual([]);
    expect(await toldOf([], [stored({ result: tested })])).toEqual([]);
  });

  it('is not told twice where its end was reached, nor for another day', async () => {
    const [done] = await toldOf([begun(0)], [stored()]);
    expect(await toldOf([begun(0), begun(30_000, done)], [stored()])).toEqual([]);
    expect(programmeOf([begun(0)], stored(), MOMENT)).toEqual(PROGRAMME);
    expect(programmeOf([begun(0)], stored(), { ...MOMENT, day: DAY + 1 })).toBeNull();
    expect(programmeOf([], stored(), MOMENT)).toBeNull();
  });

  it('is told beside the one that was done after it, and said to count as one with it', async () => {
    const [done] = await toldOf([begun(0)], [stored()]);
    const again = begun(1_800_000);
    const after = begun(2_400_000, { ...done!, sessionId: 'two' } as CareEvent);
    expect(hasDayDone([begun(0), again], MOMENT)).toBe(false);
    expect(hasDayDone([begun(0), again, after], MOMENT)).toBe(true);
    expect(hasDayDone([begun(0), again, after], { ...MOMENT, day: DAY + 1 })).toBe(false);
    expect(await toldOf([begun(0), again, after], [stored()])).toMatchObject([
      { sessionId: 'one', session: 'plan', exercises: [{ exerciseId: 'E22' }] },
    ]);
  });
});
