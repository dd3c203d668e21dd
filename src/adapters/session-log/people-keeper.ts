import type {
  AuditEvent,
  DataEvent,
  People,
  PeopleState,
  Person,
  UnlockAnswer,
  UnlockSecret,
} from '../../ui/services.ts';
import { NO_ATTEMPTS, tryLock, waitMs } from './attempt-limit.ts';
import { DEVICE_DATABASE_NAME, DEVICE_DATABASE_VERSION } from './device-database.ts';
import type { DeviceDatabase, LockRow, PersonRow } from './device-database.ts';
import { GyroBiasMemory } from './gyro-bias-memory.ts';
import { JournalKeeper } from './journal-keeper.ts';
import { ClinicLinkKeeper } from './clinic-link-keeper.ts';
import { OutboxKeeper } from './outbox-keeper.ts';
import { PassportKeeper } from './passport-keeper.ts';
import { KitMemory, parseKnownSensors } from './kit-memory.ts';
import type { StretchSecret } from './key-slot.ts';
import { isFromNewerThora } from './newer-database.ts';
import type { DatabaseLister } from './newer-database.ts';
import { runningSessionIds } from './recording-lock.ts';
import type { LockPort } from './recording-lock.ts';
import type { ResultReserve } from './result-reserve.ts';
import { RowVault } from './row-vault.ts';
import type { VaultKey } from './row-vault.ts';
import { SESSION_DATABASE_NAME, SESSION_DATABASE_VERSION } from './session-database.ts';
import type { SessionDatabase } from './session-database.ts';
import { ServerLinkKeeper } from './server-link-keeper.ts';
import { SessionRepository } from './session-repository.ts';
import { mapStorageError, StorageError } from './storage-error.ts';
import type { VaultedStore } from './store-move.ts';

/** Whoever is alone on a device is never asked who they are. The fixed id keeps two tabs from making two of them. */
const FIRST_PERSON_ID = 'first';

export interface PeoplePorts {
  readonly device: DeviceDatabase;
  openDatabase(name: string): SessionDatabase;
  deleteDatabase(name: string): Promise<void>;
  /** Where results wait that found no room in the database of this name. */
  reserveOf(databaseName: string): ResultReserve;
  readonly lister: DatabaseLister;
  readonly locks: LockPort;
  readonly stretch: StretchSecret;
  utcMs(): number;
  createId(): string;
  /** Who was chosen in this tab; it forgets when the tab closes. */
  readonly chosen: { read(): string | null; write(personId: string | null): void };
  /** The other tabs of this browser, told when people or their locks change. */
  readonly otherTabs: { tell(): void; onTold(listener: () => void): void };
  /** What versions before 3 kept of the kit; given once. */
  takeOldPlaces(): string | null;
}

/** Where the sessions of whoever is chosen lie: what a worker must know to write there. */
export interface StorageAccess {
  readonly databaseName: string;
  readonly key: VaultKey;
}

/** Everything of one person, opened. */
interface OpenStorage extends VaultedStore {
  readonly access: StorageAccess;
  readonly repository: SessionRepository;
  readonly calibrations: GyroBiasMemory;
  readonly kits: KitMemory;
  readonly passports: PassportKeeper;
  readonly clinicLink: ClinicLinkKeeper;
  readonly serverLink: ServerLinkKeeper;
  readonly outbox: OutboxKeeper;
  readonly journal: JournalKeeper;
}

/** A lock whose recovery code was shown and that was not set yet. */
interface PreparedLock {
  readonly lock: LockRow;
  readonly key: CryptoKey;
}

/** The people of this device, and the store of the one who is chosen. */
export class PeopleKeeper implements People {
  readonly #ports: PeoplePorts;
  readonly #listeners = new Set<() => void>();
  readonly #opened: Promise<void>;
  #state: PeopleState = { kind: 'opening' };
  #storage: OpenStorage;
  #prepared: PreparedLock | null = null;
  /** Whoever sits here has just shown that they know the secret of the lock that is in force. */
  #confirmed = false;
  #moves = false;

  constructor(ports: PeoplePorts) {
    this.#ports = ports;
    this.#storage = this.#open(SESSION_DATABASE_NAME, null);
    this.#opened = this.#start();
    ports.otherTabs.onTold(() => void this.#refresh().catch(() => undefined));
  }

  state(): PeopleState {
    return this.#state;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The chosen person's store; waits until it is known who is there. */
  async storage(): Promise<OpenStorage> {
    await this.#opened;
    return this.#storage;
  }

  /** As known now, for a worker that starts. */
  access(): StorageAccess {
    return this.#storage.access;
  }

  async choose(personId: string): Promise<void> {
    await this.#requireRow(personId);
    await this.#refuseWhileRecording();
    this.#confirmed = false;
    this.#ports.chosen.write(personId);
    await this.#refresh();
  }

  async leave(): Promise<void> {
    await this.#refuseWhileRecording();
    this.#ports.chosen.write(null);
    this.#close();
    await this.#refresh();
  }

  async add(name: string): Promise<void> {
    const personId = this.#ports.createId();
    await this.#ports.device.people.add(this.#describeNew(personId, name, this.#createDatabaseName()));
    await this.note('personAdded');
    this.#ports.otherTabs.tell();
    await this.choose(personId);
  }

  async rename(personId: string, name: string): Promise<void> {
    await this.#ports.device.people.update(personId, { name });
    this.#ports.otherTabs.tell();
    await this.#refresh();
  }

  /** Everything of the chosen person, from every table, for good. */
  async erase(): Promise<void> {
    await this.#refuseWhileRecording();
    const row = await this.#requireChosen();
    this.#close();
    // The person goes last: a kill in between leaves somebody whose data are gone, and who can be erased again.
    for (const name of [row.databaseName, row.move?.databaseName, ...row.obsoleteDatabaseNames])
      if (name !== undefined) await this.#delete(name);
    await this.#ports.device.people.delete(row.personId);
    await this.note('personErased');
    this.#ports.chosen.write(null);
    await this.#ensureFirstPerson();
    this.#ports.otherTabs.tell();
    await this.#refresh();
  }

  async unlock(secret: UnlockSecret): Promise<UnlockAnswer> {
    const row = await this.#requireChosen();
    const key = await this.#try(row, secret);
    if (key !== null && typeof key !== 'string') this.#storage = this.#open(row.databaseName, key);
    await this.#refresh();
    return typeof key === 'string' ? key : 'open';
  }

  async confirm(secret: UnlockSecret): Promise<UnlockAnswer> {
    const key = await this.#try(await this.#requireChosen(), secret);
    this.#confirmed = typeof key !== 'string';
    return typeof key === 'string' ? key : 'open';
  }

  /** @returns null where there is no lock */
  async #try(
    { personId, lock, attempts }: PersonRow,
    secret: UnlockSecret,
  ): Promise<CryptoKey | null | 'wrong' | 'wait'> {
    if (lock === null) return null;
    return tryLock(
      attempts,
      this.#ports.utcMs(),
      (counted) => this.#ports.device.people.update(personId, { attempts: counted }),
      () => this.#openLock(lock, secret),
    );
  }

  async lock(): Promise<void> {
    // Whoever waits for their sessions to be sealed is there; and what is half copied needs its key.
    if (this.#moves) return;
    await this.#refuseWhileRecording();
    this.#close();
    await this.#refresh();
  }

  async preparePassphrase(passphrase: string): Promise<string> {
    await this.#requireConfirmed();
    const { createLock } = await import('./key-slot.ts');
    const { code, ...prepared } = await createLock(passphrase, this.#ports.stretch);
    this.#prepared = prepared;
    return code;
  }

  async setPassphrase(onProgress: (share: number) => void): Promise<void> {
    const prepared = this.#prepared;
    if (prepared === null) throw new Error('The passphrase was not prepared.');
    await this.#beginMove(prepared.lock);
    await this.#finishMove(prepared.key, onProgress);
    this.#prepared = null;
  }

  async removePassphrase(onProgress: (share: number) => void): Promise<void> {
    await this.#requireConfirmed();
    await this.#beginMove(null);
    await this.#finishMove(null, onProgress);
  }

  async continueMove(passphrase: string, onProgress: (share: number) => void): Promise<UnlockAnswer> {
    const { move } = await this.#requireChosen();
    if (move === null) return 'open';
    const key =
      move.lock === null ? null : await this.#openLock(move.lock, { kind: 'passphrase', passphrase });
    if (move.lock !== null && key === null) return 'wrong';
    await this.#finishMove(key, onProgress);
    return 'open';
  }

  async giveUpMove(): Promise<void> {
    const row = await this.#requireChosen();
    if (row.move === null) return;
    await this.#ports.device.people.update(row.personId, {
      move: null,
      obsoleteDatabaseNames: [...row.obsoleteDatabaseNames, row.move.databaseName],
    });
    await this.#sweep();
    await this.#refresh();
  }

  /** An open page is no proof of who sits before it. */
  async #requireConfirmed(): Promise<void> {
    const { personId, lock } = await this.#requireChosen();
    if (lock !== null && !this.#confirmed) throw new StorageError('locked', personId);
  }

  async #beginMove(lock: LockRow | null): Promise<void> {
    await this.#refuseWhileRecording();
    const row = await this.#requireChosen();
    const left = row.move === null ? [] : [row.move.databaseName];
    await this.#ports.device.people.update(row.personId, {
      move: { databaseName: this.#createDatabaseName(), lock },
      obsoleteDatabaseNames: [...row.obsoleteDatabaseNames, ...left],
    });
  }

  /** Until the one write in the middle the old place is the person's, untouched; after it the new one is. */
  async #finishMove(key: CryptoKey | null, onProgress: (share: number) => void): Promise<void> {
    const row = await this.#requireChosen();
    const { move } = row;
    if (move === null) throw new Error('Nothing is being moved.');
    const { copyStore } = await import('./store-move.ts');
    const target = this.#open(move.databaseName, key);
    this.#moves = true;
    try {
      // What waits for room would stay behind, and open.
      if (!(await this.#storage.repository.takeWaiting())) throw new StorageError('storageFull', '');
      await copyStore(this.#storage, target, this.#ports.locks, onProgress);
      await this.#ports.device.people.update(row.personId, {
        databaseName: move.databaseName,
        lock: move.lock,
        attempts: NO_ATTEMPTS,
        move: null,
        obsoleteDatabaseNames: [...row.obsoleteDatabaseNames, row.databaseName],
      });
    } catch (error) {
      target.database.close();
      await this.#refresh();
      throw mapStorageError(error, '');
    } finally {
      this.#moves = false;
    }
    this.#storage.database.close();
    this.#storage = target;
    this.#confirmed = false;
    await this.note(move.lock === null ? 'lockRemoved' : row.lock === null ? 'lockSet' : 'lockChanged');
    await this.#sweep();
    this.#ports.otherTabs.tell();
    await this.#refresh();
  }

  async #openLock(lock: LockRow, secret: UnlockSecret): Promise<CryptoKey | null> {
    const { openLock } = await import('./key-slot.ts');
    return openLock(lock, secret, this.#ports.stretch);
  }

  async #start(): Promise<void> {
    try {
      if (await isFromNewerThora(this.#ports.lister, DEVICE_DATABASE_NAME, DEVICE_DATABASE_VERSION)) {
        this.#set({ kind: 'newerData' });
        return;
      }
      await this.#ensureFirstPerson();
      await this.#refresh();
    } catch {
      // A browser that keeps nothing still works, for one person, and says what it cannot keep where that happens.
      const person = { personId: FIRST_PERSON_ID, name: '', hasPassphrase: false };
      this.#set({ kind: 'ready', person, people: [], unfinishedMove: null });
    }
    if (this.#state.kind === 'ready') await this.#adoptOldPlaces().catch(() => undefined);
    // Nobody waits for what is left behind.
    void this.#sweep().catch(() => undefined);
  }

  async #ensureFirstPerson(): Promise<void> {
    const { people } = this.#ports.device;
    if ((await people.count()) > 0) return;
    await people.put(this.#describeNew(FIRST_PERSON_ID, '', SESSION_DATABASE_NAME));
  }

  #describeNew(personId: string, name: string, databaseName: string): PersonRow {
    return {
      personId,
      name,
      createdAtUtc: this.#nowUtc(),
      databaseName,
      lock: null,
      attempts: NO_ATTEMPTS,
      move: null,
      obsoleteDatabaseNames: [],
      backup: null,
      keepPacketsOf: null,
    };
  }

  /** They were of the device: whoever is first gets them. */
  async #adoptOldPlaces(): Promise<void> {
    const places = parseKnownSensors(this.#ports.takeOldPlaces());
    for (const [role, sensorId] of places) await this.#storage.kits.remember(role, sensorId);
  }

  /** Deletes what moves have left behind. */
  async #sweep(): Promise<void> {
    for (const { personId, obsoleteDatabaseNames } of await this.#rows()) {
      if (obsoleteDatabaseNames.length === 0) continue;
      for (const name of obsoleteDatabaseNames) await this.#delete(name);
      await this.#ports.device.people.update(personId, { obsoleteDatabaseNames: [] });
    }
  }

  async #delete(databaseName: string): Promise<void> {
    await this.#ports.reserveOf(databaseName).drop();
    await this.#ports.deleteDatabase(databaseName);
  }

  async #refresh(): Promise<void> {
    const rows = await this.#rows();
    const people = rows.map(describePerson);
    const alone = rows.length === 1 ? rows[0] : undefined;
    const chosenId = this.#ports.chosen.read();
    const row = rows.find(({ personId }) => personId === chosenId) ?? alone;
    if (row === undefined) {
      this.#close();
      this.#set({ kind: 'choosing', people });
      return;
    }
    if (await isFromNewerThora(this.#ports.lister, row.databaseName, SESSION_DATABASE_VERSION)) {
      this.#set({ kind: 'newerData' });
      return;
    }
    const { databaseName, key } = this.#storage.access;
    // Erased in another tab, and begun anew under the same name.
    const wasLetGo = this.#storage.database.hasBeenClosed();
    const isOther = databaseName !== row.databaseName;
    if (isOther || wasLetGo || (row.lock === null ? key === 'locked' : key === null)) {
      this.#storage.database.close();
      this.#storage = this.#open(row.databaseName, row.lock === null ? null : 'locked');
    }
    const person = describePerson(row);
    if (this.#storage.access.key === 'locked')
      this.#set({
        kind: 'locked',
        person,
        people,
        failedCount: row.attempts.failedCount,
        waitMs: waitMs(row.attempts, this.#ports.utcMs()),
      });
    else {
      void this.#storage.repository.takeWaiting().catch(() => undefined);
      this.#set({
        kind: 'ready',
        person,
        people,
        unfinishedMove: row.move === null ? null : row.move.lock === null ? 'remove' : 'set',
      });
    }
  }

  /** Forgets the key. */
  #close(): void {
    this.#storage.database.close();
    this.#storage = this.#open(this.#storage.access.databaseName, 'locked');
    this.#prepared = null;
    this.#confirmed = false;
  }

  #open(databaseName: string, key: VaultKey): OpenStorage {
    const database = this.#ports.openDatabase(databaseName);
    const vault = new RowVault(key);
    return {
      access: { databaseName, key },
      database,
      vault,
      repository: new SessionRepository(
        database,
        this.#ports.locks,
        vault,
        this.#ports.reserveOf(databaseName),
      ),
      calibrations: new GyroBiasMemory(database, () => this.#ports.utcMs(), vault),
      kits: new KitMemory(database, vault),
      passports: new PassportKeeper(database, vault),
      clinicLink: new ClinicLinkKeeper(database, vault),
      serverLink: new ServerLinkKeeper(database, vault),
      outbox: new OutboxKeeper(database, vault),
      journal: new JournalKeeper(database, vault, () => this.#ports.createId()),
    };
  }

  async #refuseWhileRecording(): Promise<void> {
    if (this.#moves) throw new StorageError('sessionRunning', '');
    const [running] = await runningSessionIds(this.#ports.locks);
    if (running !== undefined) throw new StorageError('sessionRunning', running);
  }

  #createDatabaseName(): string {
    return `${SESSION_DATABASE_NAME}-${this.#ports.createId()}`;
  }

  async #requireChosen(): Promise<PersonRow> {
    await this.#opened;
    const state = this.#state;
    if (state.kind !== 'ready' && state.kind !== 'locked') throw new StorageError('personMissing', '');
    return this.#requireRow(state.person.personId);
  }

  async #requireRow(personId: string): Promise<PersonRow> {
    const row = await this.#ports.device.people.get(personId);
    if (row === undefined) throw new StorageError('personMissing', personId);
    return row;
  }

  #rows(): Promise<PersonRow[]> {
    return this.#ports.device.people.orderBy('createdAtUtc').toArray();
  }

  /** Newest first. */
  events(count: number): Promise<DataEvent[]> {
    return this.#ports.device.audit.reverse().limit(count).toArray();
  }

  readChosen(): Promise<PersonRow> {
    return this.#requireChosen();
  }

  readPerson(personId: string): Promise<PersonRow> {
    return this.#requireRow(personId);
  }

  async updatePerson(
    personId: string,
    change: Partial<Pick<PersonRow, 'backup' | 'keepPacketsOf'>>,
  ): Promise<void> {
    await this.#ports.device.people.update(personId, change);
  }

  async note(event: AuditEvent): Promise<void> {
    await this.#ports.device.audit.add({ atUtc: this.#nowUtc(), event });
  }

  #nowUtc(): string {
    return new Date(this.#ports.utcMs()).toISOString();
  }

  #set(state: PeopleState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function describePerson({ personId, name, lock }: PersonRow): Person {
  return { personId, name, hasPassphrase: lock !== null };
}
