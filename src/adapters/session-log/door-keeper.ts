import type { AuditEvent, DoorLock, DoorState, UnlockAnswer, UnlockSecret } from '../../ui/services.ts';
import { NO_ATTEMPTS, tryLock, waitMs } from './attempt-limit.ts';
import type { DeviceDatabase, DoorRow, LockRow } from './device-database.ts';
import { createLock, openLock, type StretchSecret } from './key-slot.ts';
import { StorageError } from './storage-error.ts';

const DOOR = 'patients';

export interface DoorPorts {
  readonly device: DeviceDatabase;
  readonly stretch: StretchSecret;
  utcMs(): number;
  /** The other tabs of this browser, told when the lock changes. */
  readonly otherTabs: { tell(): void; onTold(listener: () => void): void };
  note(event: AuditEvent): Promise<void>;
}

/** The lock on the door of who looks after patients. Open for one tab until it is locked, or the page goes. */
export class DoorKeeper implements DoorLock {
  readonly #ports: DoorPorts;
  readonly #listeners = new Set<() => void>();
  #state: DoorState = { kind: 'opening' };
  #isOpen = false;
  #confirmed = false;
  #prepared: LockRow | null = null;

  constructor(ports: DoorPorts) {
    this.#ports = ports;
    ports.otherTabs.onTold(() => void this.#refresh().catch(() => undefined));
    // A browser that keeps nothing has no lock either.
    void this.#refresh().catch(() => this.#set({ kind: 'none' }));
  }

  state(): DoorState {
    return this.#state;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async unlock(secret: UnlockSecret): Promise<UnlockAnswer> {
    const answer = await this.#try(secret);
    this.#isOpen ||= answer === 'open';
    await this.#refresh();
    return answer;
  }

  async lock(): Promise<void> {
    this.#isOpen = false;
    this.#confirmed = false;
    this.#prepared = null;
    await this.#refresh();
  }

  async confirm(secret: UnlockSecret): Promise<UnlockAnswer> {
    const answer = await this.#try(secret);
    this.#confirmed = answer === 'open';
    return answer;
  }

  async prepare(passphrase: string): Promise<string> {
    await this.#requireConfirmed();
    const { lock, code } = await createLock(passphrase, this.#ports.stretch);
    this.#prepared = lock;
    return code;
  }

  async set(): Promise<void> {
    const lock = this.#prepared;
    if (lock === null) throw new Error('The passphrase was not prepared.');
    const before = await this.#requireConfirmed();
    await this.#ports.device.doors.put({ door: DOOR, lock, attempts: NO_ATTEMPTS });
    await this.#changed(before === undefined ? 'doorLockSet' : 'doorLockChanged');
    // Whoever set it is inside.
    this.#isOpen = true;
    await this.#refresh();
  }

  async remove(): Promise<void> {
    await this.#requireConfirmed();
    await this.#ports.device.doors.delete(DOOR);
    await this.#changed('doorLockRemoved');
    await this.#refresh();
  }

  async #changed(event: AuditEvent): Promise<void> {
    this.#prepared = null;
    this.#confirmed = false;
    await this.#ports.note(event);
    this.#ports.otherTabs.tell();
  }

  async #requireConfirmed(): Promise<DoorRow | undefined> {
    const row = await this.#ports.device.doors.get(DOOR);
    if (row !== undefined && !this.#confirmed) throw new StorageError('locked', DOOR);
    return row;
  }

  async #try(secret: UnlockSecret): Promise<UnlockAnswer> {
    const { device, stretch } = this.#ports;
    const row = await device.doors.get(DOOR);
    if (row === undefined) return 'open';
    const key = await tryLock(
      row.attempts,
      this.#ports.utcMs(),
      (attempts) => device.doors.update(DOOR, { attempts }),
      () => openLock(row.lock, secret, stretch),
    );
    return typeof key === 'string' ? key : 'open';
  }

  async #refresh(): Promise<void> {
    const row = await this.#ports.device.doors.get(DOOR);
    if (row === undefined) this.#set({ kind: 'none' });
    else if (this.#isOpen) this.#set({ kind: 'open' });
    else this.#set({ kind: 'locked', waitMs: waitMs(row.attempts, this.#ports.utcMs()) });
  }

  #set(state: DoorState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
