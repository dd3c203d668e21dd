import { describe, expect, it } from 'vitest';
import {
  isFiltering,
  layoutOf,
  matchesFilter,
  NO_FILTER,
  painChange,
  queryBounds,
  type HistoryFilter,
} from '../../src/ui/history-filter.ts';
import { readHistory } from '../../src/ui/hooks/use-history.ts';
import type { HistoryQuery, StoredSession } from '../../src/ui/services.ts';

function session(more: Partial<StoredSession> = {}, result: object = {}): StoredSession {
  return {
    sessionId: 'a',
    startedAtUtc: '2026-05-04T10:00:00.000Z',
    durationS: 360,
    simulated: false,
    state: 'finished',
    roles: ['upperBack', 'lowerBack'],
    result: { sets: [{ exerciseId: 'E01' }], painBefore: 5, painAfter: 3, ...result },
    report: null,
    earlierReports: [],
    stopReason: null,
    ...more,
  } as unknown as StoredSession;
}

const matches = (
  filter: Partial<HistoryFilter>,
  stored = session(),
  words = 'Rotação sentada, maio de 2026',
) => matchesFilter(stored, { ...NO_FILTER, ...filter }, () => words);

describe('the filter of the history', () => {
  it('lets everything through that nobody asked to leave out', () => {
    expect(matches({})).toBe(true);
    expect(isFiltering(NO_FILTER)).toBe(false);
    expect(isFiltering({ ...NO_FILTER, pain: 'same' })).toBe(true);
  });

  it('asks for every word, whatever its accents and capitals', () => {
    expect(matches({ text: 'rotacao MAIO' })).toBe(true);
    expect(matches({ text: 'rotacao junho' })).toBe(false);
    expect(matches({ text: '  ' })).toBe(true);
  });

  it('knows movement and place', () => {
    expect(matches({ exerciseId: 'E01' })).toBe(true);
    expect(matches({ exerciseId: 'E05' })).toBe(false);
    expect(matches({ layout: layoutOf(['upperBack', 'lowerBack']) })).toBe(true);
    expect(matches({ layout: layoutOf(['upperBack']) })).toBe(false);
  });

  it.each([
    [5, 3, 'less'],
    [3, 3, 'same'],
    [0, 1, 'more'],
    [null, 3, 'notSaid'],
    [3, null, 'notSaid'],
  ] as const)('takes pain of %s before and %s after as "%s"', (painBefore, painAfter, change) => {
    const stored = session({}, { painBefore, painAfter });
    expect(painChange(stored)).toBe(change);
    expect(matches({ pain: change }, stored)).toBe(true);
  });

  it('takes whole days as the calendar here has them, whatever zone the start is written in', () => {
    const late = new Date('2026-05-04T23:59:59.999');
    const stored = session({ startedAtUtc: late.toISOString() });
    expect(matches({ fromDay: '2026-05-04', toDay: '2026-05-04' }, stored)).toBe(true);
    expect(matches({ fromDay: '2026-05-05' }, stored)).toBe(false);
    const elsewhere = session({ startedAtUtc: '2026-05-05T09:30:00+14:00' });
    expect(matches({ fromDay: '2026-05-06' }, elsewhere)).toBe(false);
    const { fromUtc, toUtc } = queryBounds({ ...NO_FILTER, fromDay: '2026-05-04', toDay: '2026-05-04' });
    for (const start of [late.toISOString(), '2026-05-05T09:30:00+14:00'])
      expect(fromUtc! < start && start < toUtc!).toBe(true);
  });

  it('keeps every session of the two days on which the clocks change', () => {
    // 25 and 23 hours where the zone of this machine has such days, 24 where it has none.
    for (const day of ['2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01']) {
      const first = new Date(`${day}T00:00`);
      const next = new Date(first);
      next.setDate(next.getDate() + 1);
      for (const ms of [first.getTime(), next.getTime() - 1]) {
        const stored = session({ startedAtUtc: new Date(ms).toISOString() });
        expect(matches({ fromDay: day, toDay: day }, stored)).toBe(true);
      }
      const stored = session({ startedAtUtc: next.toISOString() });
      expect(matches({ fromDay: day, toDay: day }, stored)).toBe(false);
    }
  });
});

describe('reading the history', () => {
  /** A thousand sessions; every fiftieth was a bow. */
  function createLog() {
    const queries: HistoryQuery[] = [];
    const page = (query: HistoryQuery) => {
      queries.push(query);
      const from = query.after === null ? 0 : Number(query.after.sessionId) + 1;
      const sessions = Array.from({ length: Math.min(query.limit, 1000 - from) }, (_, k) =>
        session(
          { sessionId: String(from + k) },
          { sets: [{ exerciseId: (from + k) % 50 === 0 ? 'E05' : 'E01' }] },
        ),
      );
      const last = sessions.at(-1);
      const next = from + query.limit >= 1000 || last === undefined ? null : last;
      return Promise.resolve({ sessions, next });
    };
    return { log: { page }, queries };
  }

  it('asks for no row more than is shown', async () => {
    const { log, queries } = createLog();
    const { sessions, next } = await readHistory(log, NO_FILTER, () => '', null);
    expect(sessions).toHaveLength(20);
    expect(queries.map(({ limit }) => limit)).toEqual([20]);
    const more = await readHistory(log, NO_FILTER, () => '', next);
    expect(more.sessions[0]!.sessionId).toBe('20');
  });

  it('looks on until enough match or none are left, and finds them all', async () => {
    const { log, queries } = createLog();
    const filter: HistoryFilter = { ...NO_FILTER, exerciseId: 'E05' };
    const { sessions, next } = await readHistory(log, filter, () => '', null);
    expect(sessions.map(({ sessionId }) => Number(sessionId))).toEqual(
      Array.from({ length: 20 }, (_, i) => 50 * i),
    );
    expect(next).toBeNull();
    expect(queries.reduce((sum, { limit }) => sum + limit, 0)).toBeLessThan(1101);
  });

  it('stops looking when something else is wanted', async () => {
    const { log, queries } = createLog();
    await readHistory(
      log,
      { ...NO_FILTER, exerciseId: 'E05' },
      () => '',
      null,
      () => queries.length >= 2,
    );
    expect(queries).toHaveLength(2);
  });
});
