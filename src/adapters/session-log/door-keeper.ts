import type { AuditDeed, AuditFact } from '../../core/recording/audit-chain.ts';
import type { AuditEvent, DoorLock, DoorState, UnlockAnswer, UnlockSecret } from '../../ui/services.ts';
import { NO_ATTEMPTS, tryLock, waitMs } from './attempt-limit.ts';
import { CLINIC_DATABASE_NAME, type ClinicDatabase } from './clinic-database.ts';
import { ClinicStore } from './clinic-store.ts';
import type { DeviceDatabase, DoorRow, LockRow } from './device-database.ts';
import { createLock, openLock, type StretchSecret } from './key-slot.ts';
import type { LockPort } from './recording-lock.ts';
import type { VaultKey } from './row-vault.ts';
import { StorageError } from './storage-error.ts';

const DOOR = 'patients';
/** One tab at a time is at the patients' rows: two tabs lose nothing of each other, and a move loses nothing of either. */
const STORE_LOCK = 'thora-clinic-store';
const USUAL_IDLE_MINUTES = 10;
/** Of whoever goes on for days; the waits between tries make that many last hours. */
const MOST_WRONG_KEPT = 100;

export interface DoorPorts {
  readonly device: DeviceDatabase;
  openDatabase(name: string): ClinicDatabase;
  deleteDatabase(name: string): Promise<void>;
  readonly locks: LockPort;
  readonly stretch: StretchSecret;
  utcMs(): number;
  createId(): string;
  /** The name that somebody gave at the door in this tab; it forgets when the tab closes. */
  readonly who: { read(): string | null; write(name: string): void };
  /** The other tabs of this browser, told when the lock changes. */
  readonly otherTabs: { tell(): void; onTold(listener: () => void): void };
  note(event: AuditEvent): Promise<void>;
}

interface Place {
  readonly databaseName: string;
  readonly key: VaultKey;
  readonly store: ClinicStore;
}

/**
 * The door of who looks after patients: its lock, and what lies behind it, sealed under that lock. Open for one tab until
 * it is locked, or the page goes.
 */
export class DoorKeeper implements DoorLock {
  readonly #ports: DoorPorts;
  readonly #listeners = new Set<() => void>();
  #state: DoorState = { kind: 'opening' };
  #place: Place;
  #idleMinutes = USUAL_IDLE_MINUTES;
  #confirmed = false;
  #prepared: { readonly lock: LockRow; readonly key: CryptoKey } | null = null;

  constructor(ports: DoorPorts) {
    this.#ports = ports;
    this.#place = this.#open(CLINIC_DATABASE_NAME, 'locked');
    ports.otherTabs.onTold(() => void this.#refresh().catch(() => undefined));
    // A browser that keeps nothing has no lock either.
    void this.#refresh()
      .then(() => this.#sweep())
      .catch(() => this.#set({ kind: 'none' }));
  }

  state(): DoorState {
    return this.#state;
  }

  who(): string | null {
    return this.#ports.who.read();
  }

  idleMinutes(): number {
    return this.#idleMinutes;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  introduce(who: string): void {
    this.#ports.who.write(who.trim());
    this.#set({ ...this.#state });
  }

  async setIdleMinutes(minutes: number): Promise<void> {
    const row = await this.#row();
    await this.#ports.device.doors.put({ ...(row ?? OPEN_DOOR), idleMinutes: minutes });
    this.#ports.otherTabs.tell();
    await this.#refresh();
  }

  async unlock(secret: UnlockSecret, who?: string): Promise<UnlockAnswer> {
    const { answer, key } = await this.#try(secret);
    if (answer === 'open' && who !== undefined) this.#ports.who.write(who.trim());
    if (key !== null) await this.#enter(key, secret.kind === 'code' ? 'doorOpenedByCode' : 'doorOpened');
    await this.#refresh();
    return answer;
  }

  async lock(): Promise<void> {
    if (this.#state.kind === 'open')
      await this.behind((store) => store.note(this.fact('doorClosed'))).catch(() => undefined);
    this.#leave(this.#place.databaseName, 'locked');
    await this.#refresh();
  }

  async confirm(secret: UnlockSecret): Promise<UnlockAnswer> {
    const { answer } = await this.#try(secret);
    this.#confirmed = answer === 'open';
    return answer;
  }

  async prepare(passphrase: string): Promise<string> {
    await this.#requireConfirmed();
    const { code, ...prepared } = await createLock(passphrase, this.#ports.stretch);
    this.#prepared = prepared;
    return code;
  }

  async set(): Promise<void> {
    const prepared = this.#prepared;
    if (prepared === null) throw new Error('The passphrase was not prepared.');
    const before = await this.#requireConfirmed();
    const isNew = before?.lock == null;
    await this.#move(prepared.lock, prepared.key, isNew ? 'lockSet' : 'lockChanged');
    await this.#changed(isNew ? 'doorLockSet' : 'doorLockChanged');
  }

  async remove(): Promise<void> {
    await this.#requireConfirmed();
    await this.#move(null, null, 'lockRemoved');
    await this.#changed('doorLockRemoved');
  }

  async giveUp(): Promise<void> {
    await this.#alone(async () => {
      const row = await this.#row();
      this.#leave(CLINIC_DATABASE_NAME, null);
      for (const name of [CLINIC_DATABASE_NAME, row?.databaseName, ...(row?.obsoleteDatabaseNames ?? [])])
        if (name !== undefined) await this.#ports.deleteDatabase(name);
      await this.#ports.device.doors.delete(DOOR);
      // Deleting closed it for good.
      this.#leave(CLINIC_DATABASE_NAME, null);
    });
    await this.#changed('doorGivenUp');
  }

  /**
   * Works on what lies behind the door, alone among all tabs; must not be called from within such work. Rejects with
   * StorageError 'locked' where the door is, or was given another lock since.
   */
  behind<T>(work: (store: ClinicStore) => Promise<T>): Promise<T> {
    return this.#alone(async () => {
      const row = await this.#row();
      const { databaseName, key, store } = this.#at(row);
      if (key === 'locked') throw new StorageError('locked', databaseName);
      return work(store);
    });
  }

  /** What is done now, by whoever gave their name in this tab. */
  fact(deed: AuditDeed, patientId: string | null = null, detail = ''): AuditFact {
    return { atUtc: this.#nowUtc(), who: this.who() ?? '', deed, patientId, detail };
  }

  /** Somebody knew the secret: the patients are opened, and sealed where an older Thora left them open. */
  async #enter(key: CryptoKey, deed: AuditDeed): Promise<void> {
    const row = await this.#row();
    if (row?.lock != null && row.databaseName === undefined)
      await this.#move(row.lock, key, 'lockSet', this.#open(CLINIC_DATABASE_NAME, null));
    else this.#leave(row?.databaseName ?? CLINIC_DATABASE_NAME, key);
    await this.#alone(async () => {
      for (const atUtc of (await this.#row())?.wrongAtUtc ?? [])
        await this.#place.store.note({ ...this.fact('wrongPassphrase'), atUtc, who: '' });
      await this.#ports.device.doors.update(DOOR, { wrongAtUtc: [] });
      await this.#place.store.note(this.fact(deed));
    });
  }

  /** Until the one write in the middle the old place holds, untouched; after it the new one does. */
  async #move(lock: LockRow | null, key: CryptoKey | null, deed: AuditDeed, leftOpen?: Place): Promise<void> {
    const databaseName = `${CLINIC_DATABASE_NAME}-${this.#ports.createId()}`;
    await this.#alone(async () => {
      const row = (await this.#row()) ?? OPEN_DOOR;
      const from = leftOpen ?? this.#at(row);
      if (from.key === 'locked') throw new StorageError('locked', from.databaseName);
      const obsolete = row.obsoleteDatabaseNames ?? [];
      // Named before it is filled: a kill leaves nothing that nobody knows of.
      await this.#ports.device.doors.put({ ...row, obsoleteDatabaseNames: [...obsolete, databaseName] });
      const target = this.#open(databaseName, key);
      try {
        await from.store.copyTo(target.store);
        await target.store.note(this.fact(deed));
        await this.#ports.device.doors.put({
          ...row,
          lock,
          attempts: NO_ATTEMPTS,
          databaseName,
          obsoleteDatabaseNames: [...obsolete, from.databaseName],
        });
      } catch (error) {
        target.store.close();
        throw error;
      }
      from.store.close();
      this.#place.store.close();
      this.#place = target;
    });
    await this.#sweep();
  }

  /** Deletes what moves have left behind. */
  async #sweep(): Promise<void> {
    await this.#alone(async () => {
      const row = await this.#row();
      const names = row?.obsoleteDatabaseNames ?? [];
      if (row === undefined || names.length === 0) return;
      for (const name of names) if (name !== row.databaseName) await this.#ports.deleteDatabase(name);
      await this.#ports.device.doors.update(DOOR, { obsoleteDatabaseNames: [] });
    });
  }

  async #changed(event: AuditEvent): Promise<void> {
    this.#prepared = null;
    this.#confirmed = false;
    await this.#ports.note(event);
    this.#ports.otherTabs.tell();
    await this.#refresh();
  }

  async #requireConfirmed(): Promise<DoorRow | undefined> {
    const row = await this.#row();
    if (row?.lock != null && !this.#confirmed) throw new StorageError('locked', DOOR);
    return row;
  }

  async #try(secret: UnlockSecret): Promise<{ answer: UnlockAnswer; key: CryptoKey | null }> {
    const { device, stretch } = this.#ports;
    const row = await this.#row();
    if (row?.lock == null) return { answer: 'open', key: null };
    const { lock } = row;
    const key = await tryLock(
      row.attempts,
      this.#ports.utcMs(),
      (attempts) => device.doors.update(DOOR, { attempts }),
      () => openLock(lock, secret, stretch),
    );
    if (key === 'wrong') {
      const wrongAtUtc = [...(row.wrongAtUtc ?? []), this.#nowUtc()].slice(-MOST_WRONG_KEPT);
      await device.doors.update(DOOR, { wrongAtUtc });
    }
    return typeof key === 'string' ? { answer: key, key: null } : { answer: 'open', key };
  }

  async #refresh(): Promise<void> {
    const row = await this.#row();
    this.#idleMinutes = row?.idleMinutes ?? USUAL_IDLE_MINUTES;
    const { key } = this.#at(row);
    if (row?.lock == null) this.#set({ kind: 'none' });
    else if (key !== 'locked') this.#set({ kind: 'open' });
    else this.#set({ kind: 'locked', waitMs: waitMs(row.attempts, this.#ports.utcMs()) });
  }

  /** The place that holds by now, opened as far as this tab can: a key of before opens nothing. */
  #at(row: DoorRow | undefined): Place {
    const databaseName = row?.databaseName ?? CLINIC_DATABASE_NAME;
    const isOpen = row?.lock == null;
    const { key } = this.#place;
    const holds = this.#place.databaseName === databaseName && (isOpen ? key === null : key !== null);
    if (!holds) this.#leave(databaseName, isOpen ? null : 'locked');
    return this.#place;
  }

  /** Forgets the key of before. */
  #leave(databaseName: string, key: VaultKey): void {
    this.#place.store.close();
    this.#place = this.#open(databaseName, key);
    this.#prepared = null;
    this.#confirmed = false;
  }

  #open(databaseName: string, key: VaultKey): Place {
    return { databaseName, key, store: new ClinicStore(this.#ports.openDatabase(databaseName), key) };
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#ports.locks.request(STORE_LOCK, {}, work) as Promise<T>;
  }

  #row(): Promise<DoorRow | undefined> {
    return this.#ports.device.doors.get(DOOR);
  }

  #nowUtc(): string {
    return new Date(this.#ports.utcMs()).toISOString();
  }

  #set(state: DoorState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

const OPEN_DOOR: DoorRow = { door: DOOR, lock: null, attempts: NO_ATTEMPTS };
