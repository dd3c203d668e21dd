import { Dexie } from 'dexie';
import type { Table } from 'dexie';
import type { OutboxRow, OutboxState } from '../../core/recording/outbox-row.ts';
import type { KeptRow } from './session-database.ts';
import { StorageError } from './storage-error.ts';

/** A database that holds an outbox: a person's own, or the clinic's. */
export interface OutboxDatabase extends Dexie {
  readonly outbox: Table<KeptRow<'outbox'>, string>;
}

/** Of a person's rows, or of a clinic's. */
interface OutboxVault {
  readonly isLocked: boolean;
  seal(table: 'outbox', row: OutboxRow): Promise<KeptRow<'outbox'>>;
  open(table: 'outbox', kept: KeptRow<'outbox'>): Promise<OutboxRow>;
  openAll(table: 'outbox', kept: readonly KeptRow<'outbox'>[]): Promise<OutboxRow[]>;
}

/** Somebody else wrote on the row, or took its place, that many times in a row: a fault. */
const MOST_TURNS = 20;

/** The rows on their way to a clinic's server. Rejects with StorageError where they lie locked. */
export class OutboxKeeper {
  readonly #database: OutboxDatabase;
  readonly #vault: OutboxVault;

  constructor(database: OutboxDatabase, vault: OutboxVault) {
    this.#database = database;
    this.#vault = vault;
  }

  isOpen(): boolean {
    return !this.#vault.isLocked && !this.#database.hasBeenClosed();
  }

  async read(rowId: string): Promise<OutboxRow | null> {
    const kept = await this.#database.outbox.get(rowId);
    return kept === undefined ? null : this.#vault.open('outbox', kept);
  }

  /** In their order. */
  async page(state: OutboxState, afterOrder: number, count: number): Promise<readonly OutboxRow[]> {
    const kept = await this.#database.outbox
      .where('[state+order]')
      .between([state, afterOrder], [state, Dexie.maxKey], false, true)
      .limit(count)
      .toArray();
    return this.#vault.openAll('outbox', kept);
  }

  async counts(): Promise<Record<OutboxState, number>> {
    const count = (state: OutboxState) =>
      this.#database.outbox
        .where('[state+order]')
        .between([state, Dexie.minKey], [state, Dexie.maxKey])
        .count();
    return { waiting: await count('waiting'), setAside: await count('setAside'), sent: await count('sent') };
  }

  /**
   * Reads and writes one row as if nobody could come between. Sealing takes longer than a transaction of IndexedDB waits: so the
   * row is sealed first, and written only where it is still the one that was read.
   */
  async change(
    rowId: string,
    next: (row: OutboxRow | null) => Omit<OutboxRow, 'order' | 'revision'> | null,
  ): Promise<OutboxRow | null> {
    const { outbox } = this.#database;
    for (let turn = 1; turn <= MOST_TURNS; turn++) {
      const before = await this.read(rowId);
      const changed = next(before);
      if (changed === null) return before;
      const keepsPlace = before !== null && (changed.state !== 'waiting' || before.state === 'waiting');
      const order = keepsPlace ? before.order : await this.#nextOrder();
      const row: OutboxRow = { ...changed, order, revision: (before?.revision ?? 0) + 1 };
      const sealed = await this.#vault.seal('outbox', row);
      const isWritten = await this.#database.transaction('rw', outbox, async () => {
        const now = await outbox.get(rowId);
        if (now?.revision !== before?.revision) return false;
        if (!keepsPlace && (await this.#nextOrder()) !== order) return false;
        await outbox.put(sealed);
        return true;
      });
      if (isWritten) return row;
    }
    throw new StorageError('storageFailed', rowId);
  }

  async remove(rowId: string): Promise<void> {
    await this.#database.outbox.delete(rowId);
  }

  /** For who pairs anew: what waited was for the clinic of before. */
  async clear(): Promise<void> {
    await this.#database.outbox.clear();
  }

  async #nextOrder(): Promise<number> {
    return Number((await this.#database.outbox.orderBy('order').lastKey()) ?? -1) + 1;
  }
}
