import { Dexie } from 'dexie';
import type { DexieOptions, EntityTable } from 'dexie';
import type { Attempts } from './attempt-limit.ts';
import type { KeySlot } from './key-slot.ts';
import type { AuditEvent } from '../../ui/services.ts';
import { letGoWhenReplaced } from './newer-database.ts';

/** Somebody who uses Thora on this device. What is theirs lies in a database of their own. */
export interface PersonRow {
  readonly personId: string;
  /** As they want to be called on this device; '' while nobody was asked. */
  readonly name: string;
  readonly createdAtUtc: string;
  readonly databaseName: string;
  /** Null: what is theirs lies open. */
  readonly lock: LockRow | null;
  readonly attempts: Attempts;
  /** A lock that is being set, changed or removed: all is copied there, and then it is the place. */
  readonly move: { readonly databaseName: string; readonly lock: LockRow | null } | null;
  /** What a move left behind, until it is deleted. */
  readonly obsoleteDatabaseNames: readonly string[];
  readonly backup: BackupMark | null;
  /** The packets of older sessions than so many may go; null: none. Results stay for ever. */
  readonly keepPacketsOf: number | null;
}

/** The last backup that was written, and the last that was opened again and found to hold what is here. */
export interface BackupMark {
  readonly writtenAtUtc: string;
  readonly writtenIds: readonly string[];
  readonly checkedAtUtc: string | null;
  readonly checkedIds: readonly string[];
}

/** Either secret opens the key that both wrap: of a person, the one under which everything of theirs is sealed. */
export interface LockRow {
  readonly passphrase: KeySlot;
  readonly recovery: KeySlot;
}

/** The door of who looks after patients, and where what they keep of these lies. */
export interface DoorRow {
  readonly door: 'patients';
  /** Null: it stands open, and so does what lies behind it. */
  readonly lock: LockRow | null;
  readonly attempts: Attempts;
  /** Missing under a lock: it was set before patients were sealed. */
  readonly databaseName?: string;
  /** Copies that were not finished, and places that were left: to be deleted. */
  readonly obsoleteDatabaseNames?: readonly string[];
  /** Minutes without a touch after which it closes. */
  readonly idleMinutes?: number;
  /** When somebody was wrong, until the log behind the door can be told. */
  readonly wrongAtUtc?: readonly string[];
}

/** That something was done to what is kept, and when: no names, no content. */
export interface AuditRow {
  readonly entryId?: number;
  readonly atUtc: string;
  readonly event: AuditEvent;
}

export interface DeviceDatabase extends Dexie {
  readonly people: EntityTable<PersonRow, 'personId'>;
  readonly audit: EntityTable<AuditRow, 'entryId'>;
  readonly doors: EntityTable<DoorRow, 'door'>;
}

export const DEVICE_DATABASE_NAME = 'thora-device';
export const DEVICE_DATABASE_VERSION = 2;

/** Who is on this device. Small, seldom written, and nothing without it can be found again: each write waits for the disk. */
export function createDeviceDatabase(
  name: string = DEVICE_DATABASE_NAME,
  options: DexieOptions = {},
): DeviceDatabase {
  const database = new Dexie(name, { chromeTransactionDurability: 'strict', ...options }) as DeviceDatabase;
  database.version(1).stores({ people: 'personId, createdAtUtc', audit: '++entryId' });
  database.version(DEVICE_DATABASE_VERSION).stores({ doors: 'door' });
  letGoWhenReplaced(database);
  return database;
}
