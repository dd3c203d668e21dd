import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { createDeviceDatabase } from '../../../src/adapters/session-log/device-database.ts';
import { PeopleKeeper } from '../../../src/adapters/session-log/people-keeper.ts';
import { createSessionDatabase } from '../../../src/adapters/session-log/session-database.ts';
import { FakeLocks } from '../fake-locks.ts';

/** One device: its disk, its clock, and tabs that are opened on it. */
export function createDevice() {
  const options = { indexedDB: new IDBFactory(), IDBKeyRange };
  const locks = new FakeLocks();
  const clock = { utcMs: Date.UTC(2026, 4, 4) };
  const device = { oldPlaces: null as string | null };
  let idCount = 0;
  return {
    ...options,
    locks,
    clock,
    device,
    openTab() {
      let chosen: string | null = null;
      return new PeopleKeeper({
        device: createDeviceDatabase(undefined, options),
        openDatabase: (name) => createSessionDatabase(name, options),
        lister: options.indexedDB,
        locks,
        utcMs: () => clock.utcMs++,
        createId: () => `person-${++idCount}`,
        chosen: { read: () => chosen, write: (personId) => (chosen = personId) },
        takeOldPlaces: () => {
          const taken = device.oldPlaces;
          device.oldPlaces = null;
          return taken;
        },
      });
    },
  };
}
