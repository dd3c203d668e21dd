import { type AuditEntry, type AuditFact, chained } from '../../core/recording/audit-chain.ts';
import { canonical } from '../../core/recording/canonical-json.ts';
import type { OutboxRow } from '../../core/recording/outbox-row.ts';
import {
  CLINIC_CLEAR_FIELDS,
  type ClinicDatabase,
  type ClinicIdentityRow,
  type ClinicPatientRow,
  type ClinicRows,
} from './clinic-database.ts';
import { OutboxKeeper } from './outbox-keeper.ts';
import { RowVault, type VaultKey } from './row-vault.ts';
import { ServerLinkKeeper } from './server-link-keeper.ts';
import { StorageError } from './storage-error.ts';

const TABLES = [
  'identity',
  'patients',
  'audit',
  'drafts',
  'serverLinks',
  'outbox',
] as const satisfies readonly (keyof ClinicRows)[];

/** What a clinic keeps of its patients, in one place and under one key (or none). Used by one tab at a time. */
export class ClinicStore {
  readonly #database: ClinicDatabase;
  readonly #vault: RowVault<ClinicRows, typeof CLINIC_CLEAR_FIELDS>;
  readonly serverLink: ServerLinkKeeper;
  readonly outbox: OutboxKeeper;

  constructor(database: ClinicDatabase, key: VaultKey) {
    this.#database = database;
    this.#vault = new RowVault(key, CLINIC_CLEAR_FIELDS);
    this.serverLink = new ServerLinkKeeper(database, this.#vault);
    this.outbox = new OutboxKeeper(database, this.#vault);
  }

  async identity(): Promise<ClinicIdentityRow | null> {
    const row = await this.#database.identity.get('own');
    return row === undefined ? null : this.#vault.open('identity', row);
  }

  async addIdentity(row: ClinicIdentityRow): Promise<void> {
    await this.#database.identity.add(await this.#vault.seal('identity', row));
  }

  /** Newest first. */
  async patients(): Promise<readonly ClinicPatientRow[]> {
    const rows = await this.#database.patients.orderBy('createdAtUtc').reverse().toArray();
    return this.#vault.openAll('patients', rows);
  }

  async patient(patientId: string): Promise<ClinicPatientRow | null> {
    const row = await this.#database.patients.get(patientId);
    return row === undefined ? null : this.#vault.open('patients', row);
  }

  /** Opens nothing: for what is asked often. */
  async hasPatient(patientId: string): Promise<boolean> {
    return (await this.#database.patients.where('patientId').equals(patientId).count()) > 0;
  }

  async putPatient(row: ClinicPatientRow): Promise<void> {
    await this.#database.patients.put(await this.#vault.seal('patients', row));
  }

  /** With what was being written for them, and what waits for a server or is known of it. */
  async erasePatient(patientId: string, isTheirs: (row: OutboxRow) => boolean): Promise<void> {
    const { patients, drafts, outbox } = this.#database;
    const rowIds = await this.#rowsThat(isTheirs);
    await this.#database.transaction('rw', [patients, drafts, outbox], async () => {
      await patients.delete(patientId);
      await outbox.bulkDelete(rowIds);
      await drafts.where('draftId').startsWith(`${patientId} `).delete();
    });
  }

  /** For who is paired anew: what waited was for the keys of before. */
  async forgetSent(isTheirs: (row: OutboxRow) => boolean): Promise<void> {
    await this.#database.outbox.bulkDelete(await this.#rowsThat(isTheirs));
  }

  async #rowsThat(isTheirs: (row: OutboxRow) => boolean): Promise<string[]> {
    const rows = await this.#vault.openAll('outbox', await this.#database.outbox.toArray());
    return rows.filter(isTheirs).map(({ rowId }) => rowId);
  }

  async draft(draftId: string): Promise<string | null> {
    const row = await this.#database.drafts.get(draftId);
    return row === undefined ? null : (await this.#vault.open('drafts', row)).text;
  }

  /** @param text null: it was sent, or given up */
  async keepDraft(draftId: string, text: string | null): Promise<void> {
    if (text === null) await this.#database.drafts.delete(draftId);
    else await this.#database.drafts.put(await this.#vault.seal('drafts', { draftId, text }));
  }

  /** By order. */
  async audit(): Promise<readonly AuditEntry[]> {
    return this.#vault.openAll('audit', await this.#database.audit.orderBy('order').toArray());
  }

  /** Entries are added, never changed. */
  async note(fact: AuditFact): Promise<void> {
    const row = await this.#database.audit.orderBy('order').last();
    const last = row === undefined ? null : await this.#vault.open('audit', row);
    const entry = await chained(fact, last, sha256);
    await this.#database.audit.add(await this.#vault.seal('audit', entry));
  }

  /** Lays in what a backup holds, all of it or nothing. @param given null: that stays as it is here */
  async restore(given: {
    readonly identity: ClinicIdentityRow | null;
    readonly patients: readonly ClinicPatientRow[];
    readonly audit: readonly AuditEntry[] | null;
  }): Promise<void> {
    const { identity, patients, audit } = this.#database;
    const since = given.audit === null ? [] : await this.audit();
    const entries = [...(given.audit ?? [])];
    // What was done here before it comes behind what was done then.
    for (const entry of since) entries.push(await chained(entry, entries.at(-1) ?? null, sha256));
    const own = given.identity === null ? null : await this.#vault.seal('identity', given.identity);
    const rows = await this.#vault.sealAll('patients', given.patients);
    const log = await this.#vault.sealAll('audit', entries);
    await this.#database.transaction('rw', [identity, patients, audit], async () => {
      if (own !== null) await identity.add(own);
      await patients.bulkPut(rows);
      if (given.audit === null) return;
      await audit.clear();
      await audit.bulkAdd(log);
    });
  }

  /** Copies everything to another place, and proves that it holds the same. Nothing here is changed. */
  async copyTo(target: ClinicStore): Promise<void> {
    for (const table of TABLES) {
      await target.#database.table(table).clear();
      const rows = await this.#vault.openAll(table, await this.#database.table(table).toArray());
      await target.#database.table(table).bulkAdd(await target.#vault.sealAll(table, rows));
      const copied = await target.#vault.openAll(table, await target.#database.table(table).toArray());
      if (canonical(copied) !== canonical(rows)) throw new StorageError('storageFailed', table);
    }
  }

  close(): void {
    this.#database.close();
  }
}

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
}
