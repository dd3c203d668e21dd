import { Dexie } from 'dexie';
import type { DexieOptions, EntityTable, Table } from 'dexie';
import type { HandOverContent } from '../../core/recording/clinic-record.ts';
import type { AuditEntry } from '../../core/recording/audit-chain.ts';
import type { OutboxRow } from '../../core/recording/outbox-row.ts';
import type { PartyCard } from '../../core/recording/party-card.ts';
import type { SealedRow } from './row-vault.ts';
import { letGoWhenReplaced } from './newer-database.ts';
import { CLEAR_FIELDS, type ServerLinkRow } from './session-database.ts';

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

/** A recording that was opened for a patient. It lies among the sessions of whoever is chosen on this device. */
export interface ClinicRecording {
  readonly sessionId: string;
  readonly startedAtUtc: string;
  /** The patient's own files name this session; false: somebody at the clinic said that it is theirs. */
  readonly isNamed: boolean;
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
  /** Missing: none was opened. */
  readonly recordings?: readonly ClinicRecording[];
  /** As the clinic's server knows the patient; missing: it does not. */
  readonly server?: PatientAtServer;
}

export interface PatientAtServer {
  readonly baseUrl: string;
  /** The id of the Patient there. */
  readonly number: string;
  /** By the server's clock, until when what came from there is known here; missing: nothing came yet. */
  readonly readUntilUtc?: string;
}

/** What somebody was writing when the door closed. */
export interface ClinicDraftRow {
  readonly draftId: string;
  readonly text: string;
}

export interface ClinicRows {
  readonly identity: ClinicIdentityRow;
  readonly patients: ClinicPatientRow;
  readonly audit: AuditEntry;
  readonly drafts: ClinicDraftRow;
  /** The clinic's own server. No token of it is kept: whoever sits here logs in anew. */
  readonly serverLinks: ServerLinkRow;
  readonly outbox: OutboxRow;
}

/** What of a row can be read on the disk under a lock too. The keys are objects that no text can hold; nothing reads them out. */
export const CLINIC_CLEAR_FIELDS = {
  identity: ['identityId', 'signKey', 'agreeKey'],
  patients: ['patientId', 'createdAtUtc'],
  audit: ['order'],
  drafts: ['draftId'],
  serverLinks: CLEAR_FIELDS.serverLinks,
  outbox: CLEAR_FIELDS.outbox,
} as const satisfies { readonly [T in keyof ClinicRows]: readonly (keyof ClinicRows[T])[] };

type KeptClinicRow<T extends keyof ClinicRows> = SealedRow<ClinicRows, typeof CLINIC_CLEAR_FIELDS, T>;

export interface ClinicDatabase extends Dexie {
  readonly identity: EntityTable<KeptClinicRow<'identity'>, 'identityId'>;
  readonly patients: EntityTable<KeptClinicRow<'patients'>, 'patientId'>;
  readonly audit: EntityTable<KeptClinicRow<'audit'>, 'order'>;
  readonly drafts: EntityTable<KeptClinicRow<'drafts'>, 'draftId'>;
  readonly serverLinks: Table<KeptClinicRow<'serverLinks'>, string>;
  readonly outbox: Table<KeptClinicRow<'outbox'>, string>;
}

export const CLINIC_DATABASE_NAME = 'thora-clinic';

/** What a clinic keeps of its patients; apart from what people on this device keep of themselves. */
export function createClinicDatabase(
  name: string = CLINIC_DATABASE_NAME,
  options: DexieOptions = {},
): ClinicDatabase {
  const database = new Dexie(name, { chromeTransactionDurability: 'strict', ...options }) as ClinicDatabase;
  database.version(1).stores({ identity: 'identityId', patients: 'patientId, createdAtUtc' });
  database.version(2).stores({ audit: 'order', drafts: 'draftId' });
  database.version(3).stores({ serverLinks: 'linkId', outbox: 'rowId, order, [state+order]' });
  letGoWhenReplaced(database);
  return database;
}
