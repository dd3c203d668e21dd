import { Dexie } from 'dexie';
import type { DexieOptions, EntityTable, Table } from 'dexie';
import type { HandOverContent } from '../../core/recording/clinic-record.ts';
import type { PartyCard } from '../../core/recording/party-card.ts';
import { letGoWhenReplaced } from './newer-database.ts';
import type { KeptRow } from './session-database.ts';

/** The clinic on its own device. Its private keys can be used there and nowhere else: nothing reads them out. */
export interface ClinicIdentityRow {
  readonly identityId: 'own';
  readonly card: PartyCard;
  readonly signKey: CryptoKey;
  readonly agreeKey: CryptoKey;
}

export interface ClinicNote {
  readonly noteId: string;
  readonly text: string;
  readonly writtenAtUtc: string;
}

/** One patient, with all that went to them and came from them. */
export interface ClinicPatientRow {
  readonly patientId: string;
  readonly name: string;
  readonly createdAtUtc: string;
  /** Null until their card was opened. */
  readonly card: PartyCard | null;
  /** Somebody compared the code with the patient. */
  readonly isConfirmed: boolean;
  readonly sentSequence: number;
  readonly lastSequence: number;
  readonly takenFileIds: readonly string[];
  readonly lastTakenAtUtc: string | null;
  /** When the patient wrote the last file that was taken, by their clock; missing: before such times were kept. */
  readonly lastWrittenAtUtc?: string;
  /** Of the clinic, for itself: no file carries them. */
  readonly notes?: readonly ClinicNote[];
  readonly content: HandOverContent;
}

export interface ClinicDatabase extends Dexie {
  readonly identity: EntityTable<ClinicIdentityRow, 'identityId'>;
  readonly patients: EntityTable<ClinicPatientRow, 'patientId'>;
  /** The clinic's own server. No token of it is kept: whoever sits here logs in anew. */
  readonly serverLinks: Table<KeptRow<'serverLinks'>, string>;
  readonly outbox: Table<KeptRow<'outbox'>, string>;
}

/** What a clinic keeps of its patients; apart from what people on this device keep of themselves. */
export function createClinicDatabase(name = 'thora-clinic', options: DexieOptions = {}): ClinicDatabase {
  const database = new Dexie(name, { chromeTransactionDurability: 'strict', ...options }) as ClinicDatabase;
  database.version(1).stores({ identity: 'identityId', patients: 'patientId, createdAtUtc' });
  database.version(2).stores({ serverLinks: 'linkId', outbox: 'rowId, order, [state+order]' });
  letGoWhenReplaced(database);
  return database;
}
