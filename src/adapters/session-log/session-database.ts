import { Dexie } from 'dexie';
import type { DexieOptions, EntityTable, Table } from 'dexie';
import type { SegmentRole } from '../../core/body/segment-role.ts';
import type { RepetitionResult } from '../../core/exercise/repetition-result.ts';
import type { PipelineCommand, SessionNote } from '../../core/pipeline/pipeline-command.ts';
import type { SessionResult } from '../../core/pipeline/session-result.ts';
import type { KitPassport } from '../../core/recording/kit-passport.ts';
import type { OutboxRow } from '../../core/recording/outbox-row.ts';
import type { PartyCard } from '../../core/recording/party-card.ts';
import type { KeptJournalEntry } from '../../core/recording/journal-schema.ts';
import { letGoWhenReplaced } from './newer-database.ts';
import type { PackedChunk } from './packed-chunk.ts';

/** One session. `open` until its result is stored: an open session that nobody records is an unfinished one. */
export interface SessionRow {
  readonly sessionId: string;
  readonly startedAtUtc: string;
  readonly simulated: boolean;
  readonly engineVersion: string;
  readonly origin: 'recorded' | 'imported';
  readonly state: 'open' | 'finished';
  /** Host stamps of the first and last stored input, ms; NaN before the first. */
  readonly firstHostTimeMs: number;
  readonly lastHostTimeMs: number;
  readonly roles: readonly SegmentRole[];
  /** What the screen showed. */
  readonly result: SessionResult | null;
  /** The same with the whole recording known; missing until it was computed. */
  readonly report?: SessionResult;
  /** When it was computed last. */
  readonly reportedAtUtc?: string;
  /** What other engines said before, newest first: numbers that were once shown are not lost. */
  readonly earlierReports?: readonly SessionResult[];
  /** The packets were removed to save room; the results stay for ever. */
  readonly packetsRemoved?: true;
}

/** Packets of one sensor: over at most half a second, or laid together later, see `chunk-writer.ts`. */
export interface ChunkRow extends PackedChunk {
  readonly sessionId: string;
  readonly sensorIndex: number;
}

export interface CommandRow {
  readonly sessionId: string;
  readonly order: number;
  readonly hostTimeMs: number;
  readonly command: PipelineCommand;
}

export interface RepetitionRow {
  readonly sessionId: string;
  /** Counts the session's repetitions from 0. */
  readonly position: number;
  readonly repetition: RepetitionResult;
}

/** What the person said: pain, effort, why it ended. The commands hold it too, between the packets. */
export interface AnswerRow {
  readonly sessionId: string;
  readonly order: number;
  readonly hostTimeMs: number;
  readonly note: SessionNote;
}

/** What a session found of one sensor's gyroscope. Of no session: it stays when sessions are deleted. */
export interface CalibrationRow {
  readonly sensorId: string;
  readonly gyroBiasRadPerS: readonly [number, number, number];
  readonly sigmaRadPerS: number;
  readonly foundAtUtcMs: number;
}

/** The sensor that the person last wore in one place. */
export interface KitRow {
  readonly role: SegmentRole;
  readonly sensorId: string;
}

/** What a bench check found of a kit. */
export interface PassportRow {
  readonly passportId: string;
  readonly passport: KitPassport;
}

/** The person's own end of the link to their clinic. The keys open what the clinic sends: they lie sealed with the rest. */
export interface ClinicLinkRow {
  readonly linkId: 'clinic';
  readonly card: PartyCard;
  readonly signKey: JsonWebKey;
  readonly agreeKey: JsonWebKey;
  readonly clinic: PartyCard;
  readonly patientId: string;
  /** The person compared the code with the clinic. */
  readonly isConfirmed: boolean;
  readonly sentSequence: number;
  readonly lastSequence: number;
  readonly takenFileIds: readonly string[];
}

/** The server of a clinic, as a person agreed to it. What logs them in again lies sealed with the rest. */
export interface ServerLinkRow {
  readonly linkId: 'server';
  readonly baseUrl: string;
  /** As it was shown when they agreed. */
  readonly name: string;
  /** As the clinic registered this app; null: the server asks for no login. */
  readonly clientId: string | null;
  /** "Patient/123" of the person at that server; null: not known yet, or a clinic's own link. */
  readonly patientReference: string | null;
  readonly refreshToken: string | null;
  readonly agreedAtUtc: string;
  /** When an exchange with it was finished last. */
  readonly lastExchangeUtc: string | null;
}

export interface Rows {
  readonly sessions: SessionRow;
  readonly chunks: ChunkRow;
  readonly commands: CommandRow;
  readonly results: RepetitionRow;
  readonly answers: AnswerRow;
  readonly calibrations: CalibrationRow;
  readonly kits: KitRow;
  readonly passports: PassportRow;
  readonly clinicLinks: ClinicLinkRow;
  readonly serverLinks: ServerLinkRow;
  readonly outbox: OutboxRow;
  /** The person's care journal. */
  readonly journal: KeptJournalEntry;
}

/** What of a row can be read on the disk under a lock too: what it is found and ordered by. */
export const CLEAR_FIELDS = {
  sessions: ['sessionId', 'startedAtUtc', 'origin', 'state'],
  chunks: ['sessionId', 'sensorIndex', 'firstOrder'],
  commands: ['sessionId', 'order'],
  results: ['sessionId', 'position'],
  answers: ['sessionId', 'order'],
  calibrations: ['sensorId'],
  kits: ['role'],
  passports: ['passportId'],
  clinicLinks: ['linkId'],
  serverLinks: ['linkId'],
  outbox: ['rowId', 'state', 'order', 'revision'],
  journal: ['order'],
} as const satisfies { readonly [T in keyof Rows]: readonly (keyof Rows[T])[] };

/** A row as it lies on the disk, open or sealed: {@link RowVault} turns one into the other. */
export type KeptRow<T extends keyof Rows> = Pick<
  Rows[T],
  (typeof CLEAR_FIELDS)[T][number] & keyof Rows[T]
> & {
  readonly sealed?: Uint8Array;
};

export interface SessionDatabase extends Dexie {
  readonly sessions: EntityTable<KeptRow<'sessions'>, 'sessionId'>;
  readonly chunks: Table<KeptRow<'chunks'>, [string, number, number]>;
  readonly commands: Table<KeptRow<'commands'>, [string, number]>;
  readonly results: Table<KeptRow<'results'>, [string, number]>;
  readonly answers: Table<KeptRow<'answers'>, [string, number]>;
  readonly calibrations: EntityTable<KeptRow<'calibrations'>, 'sensorId'>;
  readonly kits: EntityTable<KeptRow<'kits'>, 'role'>;
  readonly passports: EntityTable<KeptRow<'passports'>, 'passportId'>;
  readonly clinicLinks: EntityTable<KeptRow<'clinicLinks'>, 'linkId'>;
  readonly serverLinks: Table<KeptRow<'serverLinks'>, string>;
  readonly outbox: Table<KeptRow<'outbox'>, string>;
  readonly journal: EntityTable<KeptRow<'journal'>, 'order'>;
}

/** Of the first person of this device. */
export const SESSION_DATABASE_NAME = 'thora-sessions';
export const SESSION_DATABASE_VERSION = 8;

/**
 * Everything of one person; opens on first use. Bytes sit inside rows and only keys are indexed. Transactions complete once the
 * operating system holds them: they survive the death of the browser at once, and a power cut as soon as the system
 * has flushed. Waiting for the disk at every chunk instead would let a busy disk hold back seconds of packets. What
 * must survive a power cut too goes through {@link putSessionDurably}.
 */
export function createSessionDatabase(
  name: string = SESSION_DATABASE_NAME,
  options: DexieOptions = {},
): SessionDatabase {
  const database = new Dexie(name, {
    chromeTransactionDurability: 'relaxed',
    ...options,
  }) as SessionDatabase;
  database.version(1).stores({
    sessions: 'sessionId, startedAtUtc',
    chunks: '[sessionId+sensorIndex+firstOrder]',
    commands: '[sessionId+order]',
    results: '[sessionId+position]',
  });
  database.version(2).stores({ gyroBiases: 'sensorId' });
  database
    .version(3)
    .stores({ gyroBiases: null, calibrations: 'sensorId', kits: 'role', answers: '[sessionId+order]' })
    .upgrade(async (transaction) => {
      await transaction.table('calibrations').bulkAdd(await transaction.table('gyroBiases').toArray());
      const commands = await transaction.table<CommandRow>('commands').toArray();
      await transaction.table('answers').bulkAdd(commands.map(answerOf).filter((answer) => answer !== null));
    });
  // The same tables; but an earlier Thora would take squeezed chunks for damaged ones.
  database.version(4).stores({});
  database.version(5).stores({ journal: 'order' });
  database.version(6).stores({ passports: 'passportId' });
  database.version(7).stores({ clinicLinks: 'linkId' });
  database
    .version(SESSION_DATABASE_VERSION)
    .stores({ serverLinks: 'linkId', outbox: 'rowId, order, [state+order]' });
  letGoWhenReplaced(database);
  return database;
}

/** The answer that a command carries; null where it carries none. */
export function answerOf({ sessionId, order, hostTimeMs, command }: CommandRow): AnswerRow | null {
  return command.kind === 'annotate' ? { sessionId, order, hostTimeMs, note: command.note } : null;
}

/** Stores a session's row and waits until the disk holds it, with all that was written before it. */
export async function putSessionDurably(database: SessionDatabase, row: KeptRow<'sessions'>): Promise<void> {
  await writeDurably(database, 'sessions', (sessions) => sessions.put(row));
}

/**
 * Adds an entry to the journal and waits until the disk holds it: a lock must outlive a power cut.
 * Rejects with ConstraintError where another tab has just written an entry of that order.
 */
export async function addJournalDurably(database: SessionDatabase, row: KeptRow<'journal'>): Promise<void> {
  await writeDurably(database, 'journal', (journal) => journal.add(row));
}

async function writeDurably(
  database: SessionDatabase,
  table: 'sessions' | 'journal',
  write: (store: IDBObjectStore) => IDBRequest,
): Promise<void> {
  await database.open();
  const transaction = database.backendDB().transaction(table, 'readwrite', { durability: 'strict' });
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    // An error that nobody handles aborts, and only then the transaction knows what it was.
    transaction.onabort = () => reject(transaction.error ?? new Error('The transaction was aborted.'));
  });
  write(transaction.objectStore(table));
  await done;
}

/** Key range of everything that belongs to one session in a table with `partCount` further key parts. */
export function sessionKeyRange(sessionId: string, partCount: 1 | 2): [unknown[], unknown[]] {
  const low: unknown[] = [sessionId];
  const high: unknown[] = [sessionId];
  for (let i = 0; i < partCount; i++) {
    low.push(Dexie.minKey);
    high.push(Dexie.maxKey);
  }
  return [low, high];
}
