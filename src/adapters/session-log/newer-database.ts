import type { Dexie } from 'dexie';

/** Dexie counts in tens, to leave room for its own. */
const NATIVE_PER_VERSION = 10;

export type DatabaseLister = Partial<Pick<IDBFactory, 'databases'>>;

/**
 * Whether a newer Thora wrote the database. Asked before it is opened: Dexie opens what it does not know, and adds to it
 * what it misses. A browser that does not list its databases cannot tell; there the answer is no.
 */
export async function isFromNewerThora(
  lister: DatabaseLister,
  name: string,
  version: number,
): Promise<boolean> {
  const installed = (await lister.databases?.()) ?? [];
  const found = installed.find((database) => database.name === name)?.version ?? 0;
  return found >= NATIVE_PER_VERSION * (version + 1);
}

/** When another tab upgrades or deletes the database, this one lets go of it for good and opens nothing of it again. */
export function letGoWhenReplaced(database: Dexie): void {
  database.on('versionchange', () => {
    database.close();
    return false;
  });
}
