import type { People, PeopleState, Person } from '../../ui/services.ts';
import { DEVICE_DATABASE_NAME, DEVICE_DATABASE_VERSION } from './device-database.ts';
import type { AuditEvent, DeviceDatabase, PersonRow } from './device-database.ts';
import { GyroBiasMemory } from './gyro-bias-memory.ts';
import { KitMemory, parseKnownSensors } from './kit-memory.ts';
import { isFromNewerThora } from './newer-database.ts';
import type { DatabaseLister } from './newer-database.ts';
import type { LockPort } from './recording-lock.ts';
import { runningSessionIds } from './recording-lock.ts';
import { SESSION_DATABASE_NAME, SESSION_DATABASE_VERSION } from './session-database.ts';
import type { SessionDatabase } from './session-database.ts';
import { SessionRepository } from './session-repository.ts';
import { StorageError } from './storage-error.ts';

/** Whoever is alone on a device is never asked who they are. The fixed id keeps two tabs from making two of them. */
const FIRST_PERSON_ID = 'first';

export interface PeoplePorts {
  readonly device: DeviceDatabase;
  openDatabase(name: string): SessionDatabase;
  readonly lister: DatabaseLister;
  readonly locks: LockPort;
  utcMs(): number;
  createId(): string;
  /** Who was chosen in this tab; it forgets when the tab closes. */
  readonly chosen: { read(): string | null; write(personId: string | null): void };
  /** What versions before 3 kept of the kit; given once. */
  takeOldPlaces(): string | null;
}

/** Where the sessions of whoever is chosen lie: what a worker must know to write there. */
export interface StorageAccess {
  readonly databaseName: string;
}

/** Everything of one person, opened. */
interface OpenStorage {
  readonly access: StorageAccess;
  readonly repository: SessionRepository;
  readonly calibrations: GyroBiasMemory;
  readonly kits: KitMemory;
}

/** The people of this device, and the store of the one who is chosen. */
export class PeopleKeeper implements People {
  readonly #ports: PeoplePorts;
  readonly #listeners = new Set<() => void>();
  readonly #opened: Promise<void>;
  #state: PeopleState = { kind: 'opening' };
  #storage: OpenStorage;

  constructor(ports: PeoplePorts) {
    this.#ports = ports;
    this.#storage = this.#open(SESSION_DATABASE_NAME);
    this.#opened = this.#start();
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
    const rows = await this.#rows();
    const row = rows.find((one) => one.personId === personId);
    if (row === undefined) throw new StorageError('personMissing', personId);
    await this.#refuseWhileRecording();
    this.#ports.chosen.write(personId);
    await this.#enter(row, rows);
  }

  async leave(): Promise<void> {
    await this.#refuseWhileRecording();
    this.#ports.chosen.write(null);
    await this.#refresh();
  }

  async add(name: string): Promise<void> {
    const personId = this.#ports.createId();
    await this.#ports.device.people.add({
      personId,
      name,
      createdAtUtc: this.#nowUtc(),
      databaseName: `${SESSION_DATABASE_NAME}-${personId}`,
    });
    await this.#note('personAdded');
    await this.choose(personId);
  }

  async rename(personId: string, name: string): Promise<void> {
    await this.#ports.device.people.update(personId, { name });
    await this.#refresh();
  }

  async #start(): Promise<void> {
    try {
      if (await isFromNewerThora(this.#ports.lister, DEVICE_DATABASE_NAME, DEVICE_DATABASE_VERSION)) {
        this.#set({ kind: 'newerData' });
        return;
      }
      await this.#ensureFirstPerson();
      await this.#refresh();
      if (this.#state.kind === 'ready') await this.#adoptOldPlaces();
    } catch {
      // A browser that keeps nothing still works, for one person, and says what it cannot keep where that happens.
      this.#set({ kind: 'ready', person: { personId: FIRST_PERSON_ID, name: '' }, people: [] });
    }
  }

  async #ensureFirstPerson(): Promise<void> {
    const { people } = this.#ports.device;
    if ((await people.count()) > 0) return;
    await people.put({
      personId: FIRST_PERSON_ID,
      name: '',
      createdAtUtc: this.#nowUtc(),
      databaseName: SESSION_DATABASE_NAME,
    });
  }

  async #adoptOldPlaces(): Promise<void> {
    const places = parseKnownSensors(this.#ports.takeOldPlaces());
    if (places.size === 0) return;
    const first = new KitMemory(this.#ports.openDatabase(SESSION_DATABASE_NAME));
    for (const [role, sensorId] of places) await first.remember(role, sensorId);
  }

  async #refresh(): Promise<void> {
    const rows = await this.#rows();
    const alone = rows.length === 1 ? rows[0] : undefined;
    const chosenId = this.#ports.chosen.read();
    const chosen = rows.find(({ personId }) => personId === chosenId) ?? alone;
    if (chosen === undefined) this.#set({ kind: 'choosing', people: rows.map(describePerson) });
    else await this.#enter(chosen, rows);
  }

  async #enter(row: PersonRow, rows: readonly PersonRow[]): Promise<void> {
    if (await isFromNewerThora(this.#ports.lister, row.databaseName, SESSION_DATABASE_VERSION)) {
      this.#set({ kind: 'newerData' });
      return;
    }
    if (row.databaseName !== this.#storage.access.databaseName) this.#storage = this.#open(row.databaseName);
    this.#set({ kind: 'ready', person: describePerson(row), people: rows.map(describePerson) });
  }

  #open(databaseName: string): OpenStorage {
    const database = this.#ports.openDatabase(databaseName);
    return {
      access: { databaseName },
      repository: new SessionRepository(database, this.#ports.locks),
      calibrations: new GyroBiasMemory(database, () => this.#ports.utcMs()),
      kits: new KitMemory(database),
    };
  }

  async #refuseWhileRecording(): Promise<void> {
    const [running] = await runningSessionIds(this.#ports.locks);
    if (running !== undefined) throw new StorageError('sessionRunning', running);
  }

  #rows(): Promise<PersonRow[]> {
    return this.#ports.device.people.orderBy('createdAtUtc').toArray();
  }

  async #note(event: AuditEvent): Promise<void> {
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

function describePerson({ personId, name }: PersonRow): Person {
  return { personId, name };
}
