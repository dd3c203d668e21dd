import { Dexie } from 'dexie';
import type { Table } from 'dexie';
import { isSameResult } from '../../core/report/engine-change.ts';
import type { BackupSession } from '../../core/recording/backup-entry.ts';
import type { SessionResult } from '../../core/pipeline/session-result.ts';
import { canonical } from '../../core/recording/canonical-json.ts';
import { withoutPackets, type SessionRecording } from '../../core/recording/session-recording.ts';
import type {
  RecorderListener,
  SessionRecorder,
  SessionStart,
  SessionStore,
} from '../../core/recording/session-recorder.ts';
import type { HistoryPage, HistoryQuery, StoredSession } from '../../ui/services.ts';
import { RecordedRoles } from './recorded-roles.ts';
import { ResultKeeper } from './result-keeper.ts';
import { NO_RESERVE } from './result-reserve.ts';
import type { ResultReserve } from './result-reserve.ts';
import { holdRecordingLock, runningSessionIds, takeRecordingLock } from './recording-lock.ts';
import type { LockPort } from './recording-lock.ts';
import { RowVault } from './row-vault.ts';
import { describeRow, lastStopReason, NO_RECORDER } from './stored-session.ts';
import { answerOf, putSessionDurably, sessionKeyRange } from './session-database.ts';
import type {
  ChunkRow,
  CommandRow,
  KeptRow,
  RepetitionRow,
  SessionDatabase,
  SessionRow,
} from './session-database.ts';
import { isQuotaError, mapStorageError, mapStorageTrouble, StorageError } from './storage-error.ts';

/** Sessions on this device. The same class serves window and worker, each with its own connection. */
export class SessionRepository implements SessionStore {
  readonly #database: SessionDatabase;
  readonly #locks: LockPort;
  readonly #vault: RowVault;
  readonly #results: ResultKeeper;

  constructor(
    database: SessionDatabase,
    locks: LockPort,
    vault = new RowVault(null),
    reserve: ResultReserve = NO_RESERVE,
  ) {
    this.#database = database;
    this.#locks = locks;
    this.#vault = vault;
    this.#results = new ResultKeeper(database, locks, reserve);
  }

  async open(
    start: SessionStart,
    listener: RecorderListener,
  ): Promise<SessionRecorder | 'recordingElsewhere'> {
    const { ChunkWriter } = await import('./chunk-writer.ts');
    const release = await takeRecordingLock(this.#locks, start.sessionId);
    if (!release) return 'recordingElsewhere';
    const row: SessionRow = {
      ...start,
      origin: 'recorded',
      state: 'open',
      firstHostTimeMs: NaN,
      lastHostTimeMs: NaN,
      roles: [],
      result: null,
    };
    const keepsResult = await this.#results.prepare();
    const writer = (isNew: boolean) =>
      new ChunkWriter({
        database: this.#database,
        vault: this.#vault,
        results: this.#results,
        row,
        isNew,
        keepsResult,
        roles: new RecordedRoles(),
        listener,
        release,
      });
    try {
      await this.#database.sessions.add(await this.#vault.seal('sessions', row));
      return writer(false);
    } catch (error) {
      if (keepsResult && isQuotaError(error)) {
        const recorder = writer(true);
        recorder.stopRecording(error);
        return recorder;
      }
      release();
      listener.onTrouble(mapStorageTrouble(error));
      return NO_RECORDER;
    }
  }

  async reopen(
    sessionId: string,
    listener: RecorderListener,
  ): Promise<{ recorder: SessionRecorder; recording: SessionRecording } | 'recordingElsewhere'> {
    const { ChunkWriter } = await import('./chunk-writer.ts');
    const release = await takeRecordingLock(this.#locks, sessionId);
    if (!release) return 'recordingElsewhere';
    try {
      const row = await this.#requireRow(sessionId);
      const recording = await this.readRecording(sessionId);
      const roles = new RecordedRoles();
      for (const { command } of recording.commands) roles.note(command);
      const recorder = new ChunkWriter({
        database: this.#database,
        vault: this.#vault,
        results: this.#results,
        row,
        isNew: false,
        keepsResult: await this.#results.prepare(),
        roles,
        listener,
        release,
      });
      return { recorder, recording };
    } catch (error) {
      release();
      throw mapStorageError(error, sessionId);
    }
  }

  /** Rejects with StorageError 'packetsRemoved' where only the results are left. */
  async readRecording(sessionId: string): Promise<SessionRecording> {
    const { row, recording } = await this.#readKept(sessionId);
    if (row.packetsRemoved === true) throw new StorageError('packetsRemoved', sessionId);
    return recording;
  }

  /** All of a session as a backup keeps it, with what its recording does not say. */
  async readWhole(sessionId: string): Promise<{ about: BackupSession; recording: SessionRecording }> {
    const { row, recording } = await this.#readKept(sessionId);
    const kept = await this.#database.results
      .where(':id')
      .between(...sessionKeyRange(sessionId, 1))
      .toArray();
    const repetitions = await this.#vault.openAll('results', kept);
    const { origin, state, firstHostTimeMs, lastHostTimeMs, roles, report, earlierReports, packetsRemoved } =
      row;
    return {
      recording,
      about: {
        kind: 'session',
        sessionId,
        origin,
        state,
        firstHostTimeMs,
        lastHostTimeMs,
        roles,
        report: report ?? null,
        earlierReports: earlierReports ?? [],
        repetitions: repetitions.map(({ repetition }) => repetition),
        packetsRemoved: packetsRemoved === true,
      },
    };
  }

  async #readKept(sessionId: string): Promise<{ row: SessionRow; recording: SessionRecording }> {
    const { sessions, chunks, commands } = this.#database;
    const kept = await this.#database.transaction('r', [sessions, chunks, commands], async () => ({
      row: await sessions.get(sessionId),
      chunks: await chunks
        .where(':id')
        .between(...sessionKeyRange(sessionId, 2))
        .toArray(),
      commands: await commands
        .where(':id')
        .between(...sessionKeyRange(sessionId, 1))
        .toArray(),
    }));
    const keptRow = await this.#withWaiting(sessionId, kept.row);
    if (!keptRow) throw new StorageError('sessionMissing', sessionId);
    // A chunk that cannot be opened is left out, as one whose bytes are damaged is.
    const opened = kept.chunks.map((chunk) => this.#vault.open('chunks', chunk).catch(() => null));
    const row = await this.#vault.open('sessions', keptRow);
    const { assembleRecording } = await import('./recording-rows.ts');
    const recording = assembleRecording(
      row,
      (await Promise.all(opened)).filter((chunk) => chunk !== null),
      await this.#vault.openAll('commands', kept.commands),
    );
    return { row, recording };
  }

  /** Some of the newest, read by the index of their starts: no more rows than are asked for. */
  async page({ after, fromUtc, toUtc, limit }: HistoryQuery): Promise<HistoryPage> {
    const running = await runningSessionIds(this.#locks);
    const { sessions } = this.#database;
    // Of sessions that began at one instant, those that were given already are passed over.
    const seen =
      after === null
        ? 0
        : await sessions
            .where('startedAtUtc')
            .equals(after.startedAtUtc)
            .and(({ sessionId }) => sessionId >= after.sessionId)
            .count();
    const rows = await sessions
      .where('startedAtUtc')
      .between(fromUtc ?? Dexie.minKey, after?.startedAtUtc ?? toUtc ?? Dexie.maxKey, true, true)
      .reverse()
      .offset(seen)
      .limit(limit)
      .toArray();
    const last = rows.at(-1);
    const shown = await this.#results.overlay(rows.filter((row) => !running.has(row.sessionId)));
    return {
      sessions: (await this.#vault.openAll('sessions', shown)).map(describeRow),
      next:
        rows.length < limit || last === undefined
          ? null
          : { startedAtUtc: last.startedAtUtc, sessionId: last.sessionId },
    };
  }

  /** Whether another tab records now; one that is just closing is waited for. */
  async isRecordedElsewhere(): Promise<boolean> {
    const release = await holdRecordingLock(this.#locks);
    release?.();
    return release === null;
  }

  /** Newest first, without those that a tab is recording now. */
  async list(): Promise<StoredSession[]> {
    const running = await runningSessionIds(this.#locks);
    const rows = await this.#database.sessions.orderBy('startedAtUtc').reverse().toArray();
    const shown = await this.#results.overlay(rows.filter((row) => !running.has(row.sessionId)));
    return (await this.#vault.openAll('sessions', shown)).map(describeRow);
  }

  /** Oldest first, without those that a tab is recording now. */
  async idsAtRest(): Promise<string[]> {
    const running = await runningSessionIds(this.#locks);
    const ids = await this.#database.sessions.orderBy('startedAtUtc').primaryKeys();
    return ids.filter((sessionId) => !running.has(sessionId));
  }

  /** Finished sessions that still have their packets, newest first. */
  async idsWithPackets(): Promise<string[]> {
    const rows = await this.#database.sessions.orderBy('startedAtUtc').reverse().toArray();
    const opened = await this.#vault.openAll('sessions', rows);
    return opened
      .filter(
        ({ state, result, packetsRemoved }) =>
          state === 'finished' && result !== null && packetsRemoved !== true,
      )
      .map(({ sessionId }) => sessionId);
  }

  /** Of whom only the results are left. */
  async idsWithoutPackets(): Promise<string[]> {
    const rows = await this.#vault.openAll('sessions', await this.#database.sessions.toArray());
    return rows.filter(({ packetsRemoved }) => packetsRemoved === true).map(({ sessionId }) => sessionId);
  }

  /** Keeps the results of a finished session and lets its packets go. */
  async removePackets(sessionId: string): Promise<void> {
    await this.#refuseRunning(sessionId);
    const { sessions, chunks } = this.#database;
    await this.#database.transaction('rw', [sessions, chunks], async () => {
      const isThere = await this.#change(sessionId, (row) => {
        if (row.result === null) throw new StorageError('sessionMissing', sessionId);
        return { ...row, packetsRemoved: true };
      });
      if (!isThere) throw new StorageError('sessionMissing', sessionId);
      await chunks
        .where(':id')
        .between(...sessionKeyRange(sessionId, 2))
        .delete();
    });
    await this.#results.takeWaiting();
  }

  /**
   * Reads, changes and writes a session's row with nothing between: another tab may be at the same one. The transaction
   * waits for the vault.
   *
   * @returns false where it was deleted: it stays so
   */
  #change(sessionId: string, change: (row: SessionRow) => SessionRow): Promise<boolean> {
    const { sessions } = this.#database;
    return this.#database.transaction('rw', sessions, async () => {
      const kept = await sessions.get(sessionId);
      if (kept === undefined) return false;
      const row = change(await Dexie.waitFor(this.#vault.open('sessions', kept)));
      await sessions.put(await Dexie.waitFor(this.#vault.seal('sessions', row)));
      return true;
    });
  }

  async read(sessionId: string): Promise<StoredSession | null> {
    const kept = await this.#withWaiting(sessionId, await this.#database.sessions.get(sessionId));
    if (!kept) return null;
    const answers = await this.#database.answers
      .where(':id')
      .between(...sessionKeyRange(sessionId, 1))
      .toArray();
    return {
      ...describeRow(await this.#vault.open('sessions', kept)),
      stopReason: lastStopReason(await this.#vault.openAll('answers', answers)),
    };
  }

  /**
   * Deletes a session with everything of it. What it was stays in this page's memory alone, for as long as the returned
   * function is kept: calling that puts every row back.
   */
  async remove(sessionId: string): Promise<() => Promise<void>> {
    await this.#refuseRunning(sessionId);
    const { sessions, chunks, commands, answers, results } = this.#database;
    const tables: [Table, 0 | 1 | 2][] = [
      [sessions, 0],
      [chunks, 2],
      [commands, 1],
      [answers, 1],
      [results, 1],
    ];
    const stores = tables.map(([table]) => table);
    const taken = await this.#database.transaction('rw', stores, async () =>
      Promise.all(
        tables.map(async ([table, partCount]) => {
          const own =
            partCount === 0
              ? table.where(':id').equals(sessionId)
              : table.where(':id').between(...sessionKeyRange(sessionId, partCount));
          const rows: unknown[] = await own.toArray();
          await own.delete();
          return rows;
        }),
      ),
    );
    await this.#results.takeWaiting();
    return () =>
      this.#database.transaction('rw', stores, async () => {
        for (const [i, table] of stores.entries()) await table.bulkAdd(taken[i] ?? []);
      });
  }

  /** Moves results that waited for room into the database. @returns whether none waits any more */
  takeWaiting(): Promise<boolean> {
    return this.#results.takeWaiting();
  }

  /** Gives an unfinished session the result of its replay. */
  async storeResult(sessionId: string, result: SessionResult): Promise<StoredSession> {
    await this.#refuseRunning(sessionId);
    const row = await this.#requireRow(sessionId);
    // Its own result was only waiting for room: that knows more.
    if (row.state === 'finished') return describeRow(row);
    const roles = new RecordedRoles();
    roles.noteResult(result);
    const finished: SessionRow = { ...row, state: 'finished', roles: roles.list(), result };
    await putSessionDurably(this.#database, await this.#vault.seal('sessions', finished));
    return describeRow(finished);
  }

  /**
   * Keeps what the whole recording says beside what the screen showed, and what another engine, or the same one with
   * other numbers, had said before.
   */
  async storeReport(sessionId: string, report: SessionResult, reportedAtUtc: string): Promise<void> {
    await this.#refuseRunning(sessionId);
    await this.#change(sessionId, (row) => {
      const { report: before, earlierReports = [] } = row;
      const isNew = before !== undefined && !isSameResult(before, report);
      return {
        ...row,
        report,
        reportedAtUtc,
        ...(isNew && { earlierReports: [before, ...earlierReports] }),
      };
    });
  }

  /** Ids of all that can be computed again, newest first, without those whose report was made since `sinceUtc`. */
  async listToRecompute(sinceUtc: string): Promise<string[]> {
    const running = await runningSessionIds(this.#locks);
    const rows = await this.#database.sessions.orderBy('startedAtUtc').reverse().toArray();
    return (await this.#vault.openAll('sessions', rows))
      .filter(
        ({ sessionId, result, packetsRemoved, reportedAtUtc = '' }) =>
          result !== null && packetsRemoved !== true && reportedAtUtc < sinceUtc && !running.has(sessionId),
      )
      .map(({ sessionId }) => sessionId);
  }

  /** Stores a recording under `sessionId`, all of it or nothing. */
  async storeImported(sessionId: string, recording: SessionRecording): Promise<StoredSession> {
    const { disassembleRecording } = await import('./recording-rows.ts');
    const { row, chunkRows, commandRows } = disassembleRecording(sessionId, recording);
    await this.#storeWhole(row, chunkRows, commandRows, []);
    return describeRow(row);
  }

  /** Brings a session back as its backup holds it, all of it or nothing. */
  async storeRestored(about: BackupSession, recording: SessionRecording): Promise<void> {
    const { sessionId, origin, state, firstHostTimeMs, lastHostTimeMs, roles, report, packetsRemoved } =
      about;
    const { disassembleRecording } = await import('./recording-rows.ts');
    const { row, chunkRows, commandRows } = disassembleRecording(sessionId, recording);
    const restored: SessionRow = {
      ...row,
      origin,
      state,
      firstHostTimeMs,
      lastHostTimeMs,
      roles,
      ...(report === null ? {} : { report }),
      ...(about.earlierReports.length === 0 ? {} : { earlierReports: about.earlierReports }),
      ...(packetsRemoved ? { packetsRemoved } : {}),
    };
    const repetitions = about.repetitions.map((repetition, position) => ({
      sessionId,
      position,
      repetition,
    }));
    const kept = await this.#database.sessions.get(sessionId);
    const mine = kept === undefined ? null : await this.#vault.open('sessions', kept);
    if (mine?.packetsRemoved !== true) {
      await this.#storeWhole(restored, chunkRows, commandRows, repetitions);
      return;
    }
    // A session of which only the results are left gets its packets back, and keeps what was said of it since.
    const { packetsRemoved: _, ...whole } = mine;
    await this.#storeWhole(whole, chunkRows, commandRows, repetitions, true);
  }

  /**
   * Gives a session of which only the results are left its packets back, where the recording is its own: all that was
   * kept of it stands there too.
   *
   * @returns whether it did
   */
  async returnPackets(sessionId: string, recording: SessionRecording): Promise<boolean> {
    const { about, recording: kept } = await this.readWhole(sessionId);
    const own = withoutPackets({ ...recording, recordingId: sessionId });
    if (!about.packetsRemoved || canonical(own) !== canonical(kept)) return false;
    await this.storeRestored({ ...about, packetsRemoved: false }, recording);
    return true;
  }

  async #storeWhole(
    row: SessionRow,
    chunkRows: readonly ChunkRow[],
    commandRows: readonly CommandRow[],
    repetitionRows: readonly RepetitionRow[],
    replaces = false,
  ): Promise<void> {
    const vault = this.#vault;
    const answerRows = commandRows.map(answerOf).filter((answer) => answer !== null);
    const [keptRow, keptChunks, keptCommands, keptAnswers, keptRepetitions] = await Promise.all([
      vault.seal('sessions', row),
      vault.sealAll('chunks', chunkRows),
      vault.sealAll('commands', commandRows),
      vault.sealAll('answers', answerRows),
      vault.sealAll('results', repetitionRows),
    ]);
    const { sessions, chunks, commands, answers, results } = this.#database;
    try {
      await this.#database.transaction('rw', [sessions, chunks, commands, answers, results], async () => {
        if (replaces) await sessions.put(keptRow);
        else await sessions.add(keptRow);
        await chunks.bulkPut(keptChunks);
        await commands.bulkPut(keptCommands);
        await answers.bulkPut(keptAnswers);
        await results.bulkPut(keptRepetitions);
      });
    } catch (error) {
      throw mapStorageError(error, row.sessionId);
    }
  }

  async #requireRow(sessionId: string): Promise<SessionRow> {
    const kept = await this.#withWaiting(sessionId, await this.#database.sessions.get(sessionId));
    if (!kept) throw new StorageError('sessionMissing', sessionId);
    return this.#vault.open('sessions', kept);
  }

  /** What waits for room in the database stands for what the database holds. */
  async #withWaiting(
    sessionId: string,
    kept: KeptRow<'sessions'> | undefined,
  ): Promise<KeptRow<'sessions'> | undefined> {
    if (kept === undefined) return this.#results.readNew(sessionId);
    return (await this.#results.overlay([kept]))[0];
  }

  async #refuseRunning(sessionId: string): Promise<void> {
    const running = await runningSessionIds(this.#locks);
    if (running.has(sessionId)) throw new StorageError('sessionRunning', sessionId);
  }
}
