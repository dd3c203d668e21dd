import type { CareEvent, CareMoment, JournalEntry } from '../../core/care/care-journal.ts';
import type { KeptJournalEntry } from '../../core/recording/journal-schema.ts';
import type { RowVault } from './row-vault.ts';
import { addJournalDurably, type SessionDatabase } from './session-database.ts';
import { mapStorageError } from './storage-error.ts';

/** Two tabs that write at the same moment take turns; more than this many turns lost in a row is a fault. */
const MOST_TURNS = 20;

type NewEntry = Omit<KeptJournalEntry, 'order'>;

/** The care journal of one person: entries are added and read, never changed. Rejects with StorageError. */
export class JournalKeeper {
  readonly #database: SessionDatabase;
  readonly #vault: RowVault;
  readonly #createId: () => string;
  /** Entries of one tab come one after the other, in the order they were given. */
  #last: Promise<unknown> = Promise.resolve();
  /** Safety answers that the disk has not taken: they lock all the same, and are written before whatever comes next. */
  readonly #unkept: NewEntry[] = [];

  constructor(database: SessionDatabase, vault: RowVault, createId: () => string) {
    this.#database = database;
    this.#vault = vault;
    this.#createId = createId;
  }

  /** All of it, in the order of writing; then the safety answers that still wait for room. */
  async read(): Promise<readonly KeptJournalEntry[]> {
    return storing(async () => {
      const rows = await this.#vault.openAll(
        'journal',
        await this.#database.journal.orderBy('order').toArray(),
      );
      // Not with the first page: schemas are large.
      const { isCareEvent } = await import('../../core/recording/journal-schema.ts');
      // Changed from outside: one such entry must take nothing else with it, and not pass for an answer.
      const written = rows.map((row) =>
        isCareEvent(row.event) ? row : { ...row, event: { kind: 'entryUnreadable' as const } },
      );
      const known = new Set(written.map((row) => row.entryId));
      const first = (written.at(-1)?.order ?? -1) + 1;
      const waiting = this.#unkept.filter((entry) => !known.has(entry.entryId));
      return [...written, ...waiting.map((entry, i) => ({ ...entry, order: first + i }))];
    });
  }

  /**
   * Resolves with the entry once the disk holds it. An answer about safety that the disk refuses still counts until the app
   * is closed: whoever tells of chest pain must not be let on because there was no room to write it down.
   */
  append(event: CareEvent, moment: CareMoment): Promise<JournalEntry> {
    const mine = this.#last.then(() => storing(() => this.#append(event, moment)));
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #append(event: CareEvent, { utcMs: atUtcMs, day }: CareMoment): Promise<JournalEntry> {
    const entry: NewEntry = { entryId: this.#createId(), atUtcMs, day, event };
    try {
      while (this.#unkept[0] !== undefined) {
        await this.#write(this.#unkept[0]);
        this.#unkept.shift();
      }
      return await this.#write(entry);
    } catch (error) {
      if (event.kind === 'safetyAnswered') this.#unkept.push(entry);
      throw error;
    }
  }

  async #write(entry: NewEntry): Promise<JournalEntry> {
    for (let turn = 1; ; turn++) {
      const newest = await this.#database.journal.orderBy('order').lastKey();
      const row: KeptJournalEntry = { ...entry, order: newest === undefined ? 0 : Number(newest) + 1 };
      try {
        await addJournalDurably(this.#database, await this.#vault.seal('journal', row));
        return row;
      } catch (error) {
        const isTaken = error instanceof DOMException && error.name === 'ConstraintError';
        if (!isTaken || turn === MOST_TURNS) throw error;
      }
    }
  }

  /**
   * Takes in what another copy of this journal holds and this one does not. A copy that only goes on where this one ends is
   * continued; two that went apart are laid together by the time of writing.
   *
   * @returns how many entries came in
   */
  async merge(theirs: readonly KeptJournalEntry[]): Promise<number> {
    const mine = await this.read();
    const known = new Set(mine.map((row) => row.entryId));
    const fresh = theirs.filter((row) => !known.has(row.entryId));
    if (fresh.length === 0) return 0;
    const goesOn = mine.every((row, i) => theirs[i]?.entryId === row.entryId);
    const merged = goesOn ? theirs : laidTogether(mine, theirs);
    const rows = await this.#vault.sealAll(
      'journal',
      merged.map((row, order) => ({ ...row, order })),
    );
    await storing(() =>
      this.#database.transaction('rw', this.#database.journal, async () => {
        await this.#database.journal.clear();
        await this.#database.journal.bulkAdd(rows);
      }),
    );
    // They were among what was laid together.
    this.#unkept.length = 0;
    return fresh.length;
  }
}

/** Each copy's own order stays; between them the earlier goes first. */
function laidTogether(
  mine: readonly KeptJournalEntry[],
  theirs: readonly KeptJournalEntry[],
): KeptJournalEntry[] {
  const known = new Set(mine.map((row) => row.entryId));
  const fresh = theirs.filter((row) => !known.has(row.entryId));
  const merged: KeptJournalEntry[] = [];
  let next = 0;
  for (const row of mine) {
    while (next < fresh.length && fresh[next]!.atUtcMs < row.atUtcMs) merged.push(fresh[next++]!);
    merged.push(row);
  }
  return [...merged, ...fresh.slice(next)];
}

async function storing<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw mapStorageError(error, '');
  }
}
