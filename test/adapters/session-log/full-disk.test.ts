import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fileReserve } from '../../../src/adapters/session-log/result-reserve.ts';
import { RowVault } from '../../../src/adapters/session-log/row-vault.ts';
import { createSessionDatabase } from '../../../src/adapters/session-log/session-database.ts';
import { SessionRepository } from '../../../src/adapters/session-log/session-repository.ts';
import type { SessionRecorder, StorageTrouble } from '../../../src/core/recording/session-recorder.ts';
import { FakeFiles } from '../fake-files.ts';
import { FakeLocks } from '../fake-locks.ts';
import { EMPTY_RESULT, startOf, twoSensorInputs } from '../session-inputs.ts';
import { createDevice } from './people-bench.ts';

const RESULT = { ...EMPTY_RESULT, painBefore: 3, painAfter: 2 };
const FULL: StorageTrouble = { kind: 'storageFull', keepsResult: true };

/** Until `makeRoom` is called no table of these names takes a row, nor does any file grow. */
function fill(disk: FakeFiles, tables: readonly string[]) {
  disk.isFull = true;
  const refuse = (method: 'add' | 'put') => {
    const original = IDBObjectStore.prototype[method];
    return vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (
      this: IDBObjectStore,
      ...row: [unknown]
    ) {
      if (tables.includes(this.name)) throw new DOMException('no room', 'QuotaExceededError');
      return original.apply(this, row);
    });
  };
  const spies = [refuse('add'), refuse('put')];
  return {
    makeRoom: () => {
      disk.isFull = false;
      for (const spy of spies) spy.mockRestore();
    },
  };
}

const RAW = ['chunks'];
const ALL = ['sessions', 'chunks', 'commands', 'answers', 'results'];

function createBench(key: CryptoKey | null = null) {
  const disk = new FakeFiles();
  const options = { indexedDB: new IDBFactory(), IDBKeyRange };
  const locks = new FakeLocks();
  const openLog = () =>
    new SessionRepository(
      createSessionDatabase('log', options),
      locks,
      new RowVault(key),
      fileReserve(disk.openFolder, 'log'),
    );
  const troubles: StorageTrouble[] = [];
  const worker = openLog();
  return {
    disk,
    troubles,
    window: openLog(),
    async open(sessionId: string): Promise<SessionRecorder> {
      const listener = { onStored: () => undefined, onTrouble: (one: StorageTrouble) => troubles.push(one) };
      const recorder = await worker.open(startOf(sessionId), listener);
      if (recorder === 'recordingElsewhere') throw new Error('The lock should be free.');
      return recorder;
    },
  };
}

function append(recorder: SessionRecorder, from: number, to: number): void {
  for (const input of twoSensorInputs(200).slice(from, to)) {
    if (input.kind === 'packet') recorder.appendPacket(input.order, input);
    else recorder.appendCommand(input.order, input.hostTimeMs, input.command);
  }
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a disk that is full in mid-session', () => {
  it('ends the packets alone: what is said, and the result, are kept', async () => {
    const { disk, troubles, window, open } = createBench();
    const recorder = await open('a');
    append(recorder, 0, 60);
    const room = fill(disk, RAW);
    append(recorder, 60, 120);
    await vi.waitFor(() => expect(troubles).toEqual([FULL]));
    recorder.appendCommand(300, 9000, { kind: 'annotate', note: { about: 'stopReason', reason: 'dizzy' } });
    await recorder.finish(RESULT);
    expect(await window.read('a')).toMatchObject({ state: 'finished', result: RESULT, stopReason: 'dizzy' });
    room.makeRoom();
    expect(troubles).toEqual([FULL]);
  });

  it('keeps a result that nothing else has room for, and moves it over once there is some', async () => {
    const { disk, troubles, window, open } = createBench();
    const recorder = await open('a');
    append(recorder, 0, 60);
    const room = fill(disk, ALL);
    append(recorder, 60, 120);
    await recorder.finish(RESULT);
    expect(troubles).toEqual([FULL]);
    const kept = { sessionId: 'a', state: 'finished', result: RESULT };
    expect(await window.read('a')).toMatchObject(kept);
    expect(await window.list()).toMatchObject([kept]);
    expect((await window.page({ after: null, fromUtc: null, toUtc: null, limit: 5 })).sessions).toMatchObject(
      [kept],
    );
    expect((await window.readWhole('a')).about.state).toBe('finished');
    // A recovery would know less.
    expect(await window.storeResult('a', EMPTY_RESULT)).toMatchObject(kept);

    expect(await window.takeWaiting()).toBe(false);
    room.makeRoom();
    expect(await window.takeWaiting()).toBe(true);
    expect(disk.files.size).toBe(0);
    expect(await window.read('a')).toMatchObject(kept);
  });

  it('keeps the results of sessions of which the database took nothing, one after the other', async () => {
    const { disk, troubles, window, open } = createBench();
    await (await open('before')).finish(EMPTY_RESULT);
    const room = fill(disk, ALL);
    for (const sessionId of ['a', 'b']) {
      const recorder = await open(sessionId);
      append(recorder, 0, 60);
      await recorder.finish(RESULT);
    }
    expect(troubles).toEqual([FULL, FULL]);
    for (const sessionId of ['a', 'b'])
      expect(await window.read(sessionId)).toMatchObject({ state: 'finished', result: RESULT });
    room.makeRoom();
    await window.remove('before');
    expect((await window.list()).map(({ sessionId }) => sessionId).toSorted()).toEqual(['a', 'b']);
  });

  it('brings nothing back that was deleted while its result waited', async () => {
    const { disk, window, open } = createBench();
    const recorder = await open('a');
    const room = fill(disk, ALL);
    append(recorder, 0, 60);
    await recorder.finish(RESULT);
    await window.remove('a');
    room.makeRoom();
    expect(await window.takeWaiting()).toBe(true);
    expect(await window.read('a')).toBeNull();
    expect(await window.list()).toEqual([]);
  });

  it('says that nothing is kept where no room could be held', async () => {
    const { disk, troubles, window, open } = createBench();
    const room = fill(disk, ALL);
    await (await open('a')).finish(RESULT);
    expect(troubles).toEqual([{ kind: 'storageFull', keepsResult: false }]);
    room.makeRoom();
    expect(await window.read('a')).toBeNull();
  });

  it('waits sealed where a passphrase was set', async () => {
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    const { disk, window, open } = createBench(key);
    const recorder = await open('a');
    const room = fill(disk, ALL);
    append(recorder, 0, 60);
    await recorder.finish({ ...RESULT, engineVersion: 'plain words' });
    const [file] = disk.files.values();
    expect(Buffer.from(file!).includes('plain words')).toBe(false);
    room.makeRoom();
    await window.takeWaiting();
    expect((await window.read('a'))?.result?.engineVersion).toBe('plain words');
  });
});

describe('a result that waits', () => {
  it('goes with its person, and before a lock is set', async () => {
    const device = createDevice();
    const keeper = device.openTab();
    const { repository, access } = await keeper.storage();
    const reserve = device.reserveOf(access.databaseName);
    await reserve.hold();
    const row = { ...startOf('a'), origin: 'recorded', state: 'finished' } as const;
    await reserve.write({ row, isNew: true });
    const room = fill(device.files, ALL);
    await keeper.preparePassphrase('a long passphrase');
    await expect(keeper.setPassphrase(() => undefined)).rejects.toMatchObject({ code: 'storageFull' });
    room.makeRoom();
    expect(await repository.takeWaiting()).toBe(true);
    await reserve.hold();
    await keeper.erase();
    expect(device.files.files.size).toBe(0);
  });
});
