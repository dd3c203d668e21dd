import { Dexie } from 'dexie';
import type { DexieOptions, EntityTable } from 'dexie';
import { letGoWhenReplaced } from './newer-database.ts';

/** Somebody who uses Thora on this device. What is theirs lies in a database of their own. */
export interface PersonRow {
  readonly personId: string;
  /** As they want to be called on this device; '' while nobody was asked. */
  readonly name: string;
  readonly createdAtUtc: string;
  readonly databaseName: string;
}

/** That something was done to what is kept, and when: no names, no content. */
export interface AuditRow {
  readonly entryId?: number;
  readonly atUtc: string;
  readonly event: AuditEvent;
}

export type AuditEvent = 'personAdded';

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
