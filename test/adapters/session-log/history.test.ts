import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RecomputeAll } from '../../../src/adapters/session-log/recompute-all.ts';
import {
  createSessionDatabase,
  type SessionRow,
} from '../../../src/adapters/session-log/session-database.ts';
import { SessionRepository } from '../../../src/adapters/session-log/session-repository.ts';
import { recordingInputs } from '../../../src/core/recording/recording-inputs.ts';
import { NO_FILTER } from '../../../src/ui/history-filter.ts';
import { readHistory } from '../../../src/ui/hooks/use-history.ts';
import type { HistoryPlace, HistoryQuery } from '../../../src/ui/services.ts';
import { yearsOfSessions } from '../../support/session-history.ts';
import { FakeLocks } from '../fake-locks.ts';
import { EMPTY_RESULT, startOf, twoSensorInputs } from '../session-inputs.ts';

const ALL: HistoryQuery = { after: null, fromUtc: null, toUtc: null, limit: 7 };

async function createBench(rows: readonly SessionRow[]) {
  const database = createSessionDatabase('log', { indexedDB: new IDBFactory(), IDBKeyRange });
  const locks = new FakeLocks();
  const log = new SessionRepository(database, locks);
  await database.sessions.bulkAdd(rows);
  const read = { rows: 0 };
  database.sessions.hook('reading', (row) => {
    read.rows++;
    return row;
  });
  return { database, locks, log, read };
}

function rowsAt(starts: readonly string[]): SessionRow[] {
  const [like] = yearsOfSessions(1, EMPTY_RESULT, '2026-11-26T10:00:00.000Z');
  return starts.map((startedAtUtc, i) => ({ ...like!, sessionId: `s${i}`, startedAtUtc }));
}

async function allPages(log: SessionRepository, query: HistoryQuery): Promise<string[]> {
  const ids: string[] = [];
  let after: HistoryPlace | null = null;
  do {
    const page = await log.page({ ...query, after });
    ids.push(...page.sessions.map(({ sessionId }) => sessionId));
    after = page.next;
  } while (after !== null);
  return ids;
}

describe('a page of the history', () => {
  it('reads only its own rows, however many years there are', async () => {
    const { log, read } = await createBench(yearsOfSessions(1000, EMPTY_RESULT, '2026-11-26T10:00:00.000Z'));
    const { sessions } = await readHistory(log, NO_FILTER, () => '', null);
    expect(sessions).toHaveLength(20);
    expect(sessions[0]!.sessionId).toBe('past-00000');
    expect(read.rows).toBe(20);
    read.rows = 0;
    const filter = { ...NO_FILTER, fromDay: '2026-11-01', toDay: '2026-11-20' };
    const november = await readHistory(log, filter, () => '', null);
    expect(november.sessions.length).toBeGreaterThan(10);
    expect(read.rows).toBeLessThan(20);
  });

  it('follows another without a hole or a double, also among sessions of one instant', async () => {
    const same = Array.from({ length: 17 }, () => '2026-05-04T10:00:00.000Z');
    const { log } = await createBench(
      rowsAt(['2026-05-03T10:00:00.000Z', ...same, '2026-05-05T10:00:00.000Z']),
    );
    const ids = await allPages(log, ALL);
    expect(ids).toEqual((await log.list()).map(({ sessionId }) => sessionId));
    expect(new Set(ids).size).toBe(19);
  });

  it('does not lose its place when a session before it is deleted', async () => {
    const { log } = await createBench(yearsOfSessions(30, EMPTY_RESULT, '2026-11-26T10:00:00.000Z'));
    const first = await log.page(ALL);
    await log.remove(first.sessions[2]!.sessionId);
    const second = await log.page({ ...ALL, after: first.next });
    expect(second.sessions[0]!.sessionId).toBe('past-00007');
  });

  it('leaves out the session that is being recorded', async () => {
    const { log } = await createBench(rowsAt(['2026-05-03T10:00:00.000Z']));
    const recorder = await log.open(startOf('now'), { onStored: vi.fn(), onTrouble: vi.fn() });
    expect(await allPages(log, ALL)).toEqual(['s0']);
    if (recorder !== 'recordingElsewhere') await recorder.close();
    expect(await allPages(log, ALL)).toEqual(['now', 's0']);
  });
});

describe('a deleted session', () => {
  it('comes back as it was, every row of it', async () => {
    const { database, log } = await createBench([]);
    for (const id of ['a', 'ab']) {
      const recorder = await log.open(startOf(id), { onStored: vi.fn(), onTrouble: vi.fn() });
      if (recorder === 'recordingElsewhere') throw new Error('The lock should be free.');
      for (const input of twoSensorInputs(40)) {
        if (input.kind === 'packet') recorder.appendPacket(input.order, input);
        else recorder.appendCommand(input.order, input.hostTimeMs, input.command);
      }
      recorder.appendCommand(50, 2000, { kind: 'annotate', note: { about: 'painBefore', value: 3 } });
      await recorder.finish(EMPTY_RESULT);
    }
    const everything = () => Promise.all(database.tables.map((table) => table.toArray()));
    const before = await everything();
    const restore = await log.remove('a');
    expect((await everything()).flat()).toHaveLength(before.flat().length / 2);
    expect([...recordingInputs(await log.readRecording('ab'))]).toHaveLength(43);
    await restore();
    expect(await everything()).toEqual(before);
  });
});

describe('a report that is computed again', () => {
  it('keeps what was said before, when anything of it differs', async () => {
    const { log } = await createBench(rowsAt(['2026-05-03T10:00:00.000Z']));
    const first = { ...EMPTY_RESULT, calibrationQuality: 80 };
    const second = { ...EMPTY_RESULT, engineVersion: 'newer', calibrationQuality: NaN };
    await log.storeReport('s0', first, '2026-05-04T10:00:00.000Z');
    await log.storeReport('s0', first, '2026-05-05T10:00:00.000Z');
    const [, ...olderThanFirst] = (await log.read('s0'))!.earlierReports;
    expect(olderThanFirst).toEqual([]);
    await log.storeReport('s0', second, '2026-05-06T10:00:00.000Z');
    await log.storeReport('s0', structuredClone(second), '2026-05-07T10:00:00.000Z');
    expect(await log.read('s0')).toMatchObject({ report: second });
    expect((await log.read('s0'))!.earlierReports[0]).toEqual(first);
    expect((await log.read('s0'))!.earlierReports).toHaveLength(2);
  });
});

/** A promise with its key. */
function createGate() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve: () => resolve() };
}

describe('all sessions with today’s engine', () => {
  const SINCE = '2026-11-26T12:00:00.000Z';
  const runs: RecomputeAll[] = [];
  afterEach(() => {
    for (const run of runs.splice(0)) run.suspend();
  });

  /** Its engine says another number of every third session, and cannot read session 4. */
  async function createRun(begun: { since: string | null } = { since: null }, count = 9) {
    const rows = yearsOfSessions(count, EMPTY_RESULT, '2026-11-26T10:00:00.000Z');
    const bench = await createBench(rows);
    const computed: string[] = [];
    let hold: Promise<unknown> = Promise.resolve();
    const createRecomputing = () => {
      const recomputing = new RecomputeAll({
        openLog: () => Promise.resolve(bench.log),
        recompute: async (sessionId, signal) => {
          await hold;
          if (signal.aborted || sessionId === 'past-00004') throw new Error('cannot be read');
          computed.push(sessionId);
          const { report } = (await bench.log.read(sessionId))!;
          const quality = Number(sessionId.slice(-1)) % 3 === 0 ? 42 : report!.calibrationQuality;
          await bench.log.storeReport(sessionId, { ...report!, calibrationQuality: quality }, SINCE);
        },
        locks: bench.locks,
        nowUtc: () => SINCE,
        begun: { read: () => begun.since, write: (since) => (begun.since = since) },
      });
      runs.push(recomputing);
      return recomputing;
    };
    return {
      ...bench,
      begun,
      computed,
      createRecomputing,
      holdOn: (until: Promise<unknown>) => void (hold = until),
    };
  }

  it('are worked through, newest first; what changed and what failed is said', async () => {
    const { createRecomputing, computed, begun, log } = await createRun();
    const recomputing = createRecomputing();
    recomputing.start();
    expect(begun.since).toBe(SINCE);
    await vi.waitFor(() => expect(recomputing.state().kind).toBe('finished'));
    expect(recomputing.state()).toEqual({
      kind: 'finished',
      total: 9,
      changed: ['past-00000', 'past-00003', 'past-00006'],
      failed: ['past-00004'],
    });
    expect(computed).toHaveLength(8);
    expect(computed[0]).toBe('past-00000');
    expect(begun.since).toBeNull();
    expect((await log.read('past-00003'))!.earlierReports).toHaveLength(1);
  });

  it('go on after a reload where they were, computing none twice', async () => {
    const { createRecomputing, computed, begun, holdOn } = await createRun();
    const first = createRecomputing();
    const { promise, resolve } = createGate();
    first.start();
    const unwatch = first.onChange(() => {
      if (computed.length === 3) holdOn(promise);
    });
    await vi.waitFor(() => expect(computed).toHaveLength(3));
    await vi.waitFor(() => expect(first.state()).toMatchObject({ done: 3, total: 9 }));
    unwatch();
    const done = computed.length;
    // The page goes: what was under way is lost, what was stored is not.
    first.suspend();
    resolve();
    expect(begun.since).toBe(SINCE);
    const second = createRecomputing();
    second.resume();
    await vi.waitFor(() => expect(second.state().kind).toBe('finished'));
    expect(new Set(computed).size).toBe(8);
    expect(computed.length).toBe(8);
    expect(done).toBeLessThan(8);
  });

  it('stop for good when they are told to', async () => {
    const { createRecomputing, computed, begun, holdOn } = await createRun();
    const recomputing = createRecomputing();
    const { promise, resolve } = createGate();
    holdOn(promise);
    recomputing.start();
    await vi.waitFor(() => expect(recomputing.state()).toMatchObject({ kind: 'running', waits: false }));
    recomputing.stop();
    resolve();
    await new Promise((done) => setTimeout(done, 20));
    expect(recomputing.state()).toEqual({ kind: 'idle' });
    expect(computed).toEqual([]);
    expect(begun.since).toBeNull();
    recomputing.resume();
    expect(recomputing.state()).toEqual({ kind: 'idle' });
  });

  it('give way to a session that is being recorded @slow', async () => {
    const { createRecomputing, computed, log } = await createRun();
    const recorder = await log.open(startOf('now'), { onStored: vi.fn(), onTrouble: vi.fn() });
    const recomputing = createRecomputing();
    recomputing.start();
    await vi.waitFor(() => expect(recomputing.state()).toMatchObject({ total: 9, waits: true }));
    expect(computed).toEqual([]);
    if (recorder !== 'recordingElsewhere') await recorder.close();
    await vi.waitFor(() => expect(computed.length).toBeGreaterThan(0), { timeout: 5000 });
  });
});
