import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { argon2id } from 'hash-wasm';
import { createClinicDatabase } from '../../../src/adapters/session-log/clinic-database.ts';
import { createDeviceDatabase } from '../../../src/adapters/session-log/device-database.ts';
import { DoorKeeper } from '../../../src/adapters/session-log/door-keeper.ts';
import type { StretchSecret } from '../../../src/adapters/session-log/key-slot.ts';
import { PeopleKeeper, type PeoplePorts } from '../../../src/adapters/session-log/people-keeper.ts';
import { createSessionDatabase } from '../../../src/adapters/session-log/session-database.ts';
import { fileReserve } from '../../../src/adapters/session-log/result-reserve.ts';
import { FakeFiles } from '../fake-files.ts';
import { FakeLocks } from '../fake-locks.ts';

/** The real Argon2id at its weakest: what a secret costs is not what these tests look at. */
export const stretchQuickly: StretchSecret = (secret, { salt }) =>
  argon2id({
    password: secret,
    salt,
    parallelism: 1,
    iterations: 1,
    memorySize: 8,
    hashLength: 32,
    outputType: 'binary',
  }) as Promise<Uint8Array<ArrayBuffer>>;

let deviceCount = 0;

/** One device: its disk, its clock, and tabs that are opened on it. */
export function createDevice() {
  const options = { indexedDB: new IDBFactory(), IDBKeyRange };
  const locks = new FakeLocks();
  const clock = { utcMs: Date.UTC(2026, 4, 4) };
  const device = { oldPlaces: null as string | null };
  const name = `device-${++deviceCount}`;
  let idCount = 0;
  /** Called before every row that is written to any person's store. */
  const onWrite: { listener: () => void } = { listener: () => undefined };
  /** Called before every row that is written behind the door. */
  const onClinicWrite: { listener: () => void } = { listener: () => undefined };
  const openDatabase = (name: string) => {
    const database = createSessionDatabase(name, options);
    for (const table of database.tables) table.hook('creating', () => onWrite.listener());
    return database;
  };
  const files = new FakeFiles();
  const reserveOf = (name: string) => fileReserve(files.openFolder, name);
  const stretched: string[] = [];
  const stretch: StretchSecret = (secret, how) => {
    stretched.push(secret);
    return stretchQuickly(secret, how);
  };
  const tabs: [owner: object, listener: () => void][] = [];
  /** What one tab tells, the others hear. */
  const openChannel = (): PeoplePorts['otherTabs'] => {
    const mine = {};
    return {
      tell: () => {
        for (const [owner, listener] of tabs) if (owner !== mine) listener();
      },
      onTold: (listener) => tabs.push([mine, listener]),
    };
  };
  return {
    ...options,
    locks,
    clock,
    device,
    files,
    reserveOf,
    onWrite,
    onClinicWrite,
    /** Every secret that somebody paid for. */
    stretched,
    openTab() {
      let chosen: string | null = null;
      return new PeopleKeeper({
        device: createDeviceDatabase(undefined, options),
        openDatabase,
        deleteDatabase: (name) => createSessionDatabase(name, options).delete(),
        reserveOf,
        lister: options.indexedDB,
        locks,
        stretch,
        utcMs: () => clock.utcMs++,
        createId: () => `${name}-${++idCount}`,
        chosen: { read: () => chosen, write: (personId) => (chosen = personId) },
        otherTabs: openChannel(),
        takeOldPlaces: () => {
          const taken = device.oldPlaces;
          device.oldPlaces = null;
          return taken;
        },
      });
    },
    /** The door of who looks after patients, in a tab of its own. */
    openDoor() {
      const database = createDeviceDatabase(undefined, options);
      let who: string | null = null;
      return new DoorKeeper({
        device: database,
        openDatabase: (clinicName) => {
          const clinic = createClinicDatabase(clinicName, options);
          for (const table of clinic.tables) table.hook('creating', () => onClinicWrite.listener());
          return clinic;
        },
        deleteDatabase: (clinicName) => createClinicDatabase(clinicName, options).delete(),
        locks,
        stretch,
        createId: () => `${name}-${++idCount}`,
        who: { read: () => who, write: (typed) => (who = typed) },
        utcMs: () => clock.utcMs++,
        otherTabs: openChannel(),
        note: async (event) => {
          await database.audit.add({ atUtc: new Date(clock.utcMs).toISOString(), event });
        },
      });
    },
  };
}
