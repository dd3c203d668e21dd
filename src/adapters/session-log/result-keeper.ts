import { putSessionDurably, type KeptRow, type SessionDatabase } from './session-database.ts';
import { holdRecordingLock, type LockPort } from './recording-lock.ts';
import type { ResultReserve } from './result-reserve.ts';
import { isQuotaError } from './storage-error.ts';

/**
 * Sees that a finished session's result is kept on a full disk too: what finds no room in the database waits in the reserve,
 * and moves over as soon as there is some.
 */
export class ResultKeeper {
  readonly #database: SessionDatabase;
  readonly #locks: LockPort;
  readonly #reserve: ResultReserve;

  constructor(database: SessionDatabase, locks: LockPort, reserve: ResultReserve) {
    this.#database = database;
    this.#locks = locks;
    this.#reserve = reserve;
  }

  /** For whoever holds the recording lock: before a session. @returns whether its result will be kept on a full disk */
  async prepare(): Promise<boolean> {
    await this.#moveOver();
    return this.#reserve.hold();
  }

  /** The disk is full: gives room to what is small. */
  giveRoom(): Promise<void> {
    return this.#reserve.giveBack();
  }

  /** For whoever holds the recording lock. Rejects where neither the database nor the reserve has room. */
  async put(row: KeptRow<'sessions'>, isNew: boolean): Promise<void> {
    try {
      await putSessionDurably(this.#database, row);
    } catch (error) {
      if (!isQuotaError(error) || !(await this.#reserve.write({ row, isNew }))) throw error;
      await this.#reserve.giveBack();
      await this.#moveOver();
    }
  }

  /** Moves over what waits, unless a tab records just now. @returns whether nothing waits any more */
  async takeWaiting(): Promise<boolean> {
    if ((await this.#reserve.read()).length === 0) return true;
    const release = await holdRecordingLock(this.#locks);
    if (release === null) return false;
    try {
      return await this.#moveOver();
    } finally {
      release();
    }
  }

  /** The same rows, with what waits in place of those that it will replace. */
  async overlay(rows: readonly KeptRow<'sessions'>[]): Promise<readonly KeptRow<'sessions'>[]> {
    if (!rows.some(isOpen)) return rows;
    const waiting = new Map((await this.#reserve.read()).map(({ row }) => [row.sessionId, row]));
    return rows.map((row) => (isOpen(row) ? (waiting.get(row.sessionId) ?? row) : row));
  }

  /** Of a session that the database knows nothing of. */
  async readNew(sessionId: string): Promise<KeptRow<'sessions'> | undefined> {
    const waiting = await this.#reserve.read();
    return waiting.find(({ row, isNew }) => isNew && row.sessionId === sessionId)?.row;
  }

  async #moveOver(): Promise<boolean> {
    const waiting = await this.#reserve.read();
    if (waiting.length === 0) return true;
    try {
      for (const { row, isNew } of waiting) {
        const kept = await this.#database.sessions.get(row.sessionId);
        // Finished otherwise meanwhile, or deleted: it stays so.
        if (kept === undefined ? isNew : isOpen(kept)) await putSessionDurably(this.#database, row);
      }
    } catch {
      return false;
    }
    await this.#reserve.drop();
    return true;
  }
}

function isOpen({ origin, state }: KeptRow<'sessions'>): boolean {
  return origin === 'recorded' && state === 'open';
}
