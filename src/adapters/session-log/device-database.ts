import { Dexie } from 'dexie';
import type { DexieOptions, EntityTable } from 'dexie';
import type { Attempts } from './attempt-limit.ts';
import type { KeySlot } from './key-slot.ts';
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
}

/** Either secret opens the key under which everything of a person is sealed. */
export interface LockRow {
  readonly passphrase: KeySlot;
  readonly recovery: KeySlot;
}

/** That something was done to what is kept, and when: no names, no content. */
export interface AuditRow {
  readonly entryId?: number;
  readonly atUtc: string;
  readonly event: AuditEvent;
}

export type AuditEvent = 'personAdded' | 'personErased' | 'lockSet' | 'lockChanged' | 'lockRemoved';

export interface DeviceDatabase extends Dexie {
  readonly people: EntityTable<PersonRow, 'personId'>;
  readonly audit: EntityTable<AuditRow, 'entryId'>;
}

export const DEVICE_DATABASE_NAME = 'thora-device';
export const DEVICE_DATABASE_VERSION = 1;

/** Who is on this device. Small, seldom written, and nothing without it can be found again: each write waits for the disk. */
export function createDeviceDatabase(
  name: string = DEVICE_DATABASE_NAME,
  options: DexieOptions = {},
): DeviceDatabase {
  const database = new Dexie(name, { chromeTransactionDurability: 'strict', ...options }) as DeviceDatabase;
  database.version(DEVICE_DATABASE_VERSION).stores({ people: 'personId, createdAtUtc', audit: '++entryId' });
  letGoWhenReplaced(database);
  return database;
}
