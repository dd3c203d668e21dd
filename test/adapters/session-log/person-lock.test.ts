import { Dexie } from 'dexie';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { waitMs } from '../../../src/adapters/session-log/attempt-limit.ts';
import { createRecoveryCode, recoverySecret } from '../../../src/adapters/session-log/key-slot.ts';
import type { PeopleKeeper } from '../../../src/adapters/session-log/people-keeper.ts';
import { RowVault } from '../../../src/adapters/session-log/row-vault.ts';
import { createSessionDatabase } from '../../../src/adapters/session-log/session-database.ts';
import type { SessionRecorder } from '../../../src/core/recording/session-recorder.ts';
import { recordingInputs } from '../../../src/core/recording/recording-inputs.ts';
import { EMPTY_RESULT, startOf, twoSensorInputs } from '../session-inputs.ts';
import { createDevice } from './people-bench.ts';

const INPUTS = twoSensorInputs(80);
const RESULT = { ...EMPTY_RESULT, painBefore: 7, calibrationQuality: NaN };
const NOTHING = () => undefined;

async function begin(keeper: PeopleKeeper, sessionId: string): Promise<SessionRecorder> {
  const { repository } = await keeper.storage();
  const recorder = await repository.open(startOf(sessionId), { onStored: NOTHING, onTrouble: NOTHING });
  if (recorder === 'recordingElsewhere') throw new Error('The lock should be free.');
  for (const input of INPUTS) {
    if (input.kind === 'packet') recorder.appendPacket(input.order, input);
    else recorder.appendCommand(input.order, input.hostTimeMs, input.command);
  }
  const note = { about: 'stopReason', reason: 'unwell' } as const;
  recorder.appendCommand(INPUTS.length, 9000, { kind: 'annotate', note });
  return recorder;
}

async function expectWhole(keeper: PeopleKeeper, sessionId: string): Promise<void> {
  const { repository } = await keeper.storage();
  const inputs = [...recordingInputs(await repository.readRecording(sessionId))];
  expect(inputs.slice(0, INPUTS.length)).toEqual(INPUTS);
  expect(await repository.read(sessionId)).toMatchObject({ stopReason: 'unwell' });
}

async function setPassphrase(keeper: PeopleKeeper, passphrase: string): Promise<string> {
  const code = await keeper.preparePassphrase(passphrase);
  await keeper.setPassphrase(NOTHING);
  return code;
}

async function allRows(database: Dexie): Promise<Record<string, unknown>[]> {
  await database.open();
  const rows = await Promise.all(database.tables.map((table) => table.toArray()));
  return rows.flat() as Record<string, unknown>[];
}

const passphrase = (typed: string) => ({ kind: 'passphrase', passphrase: typed }) as const;

describe('a passphrase', () => {
  it('seals what there is and what comes, and nothing of it lies open any more', async () => {
    const device = createDevice();
    const tab = device.openTab();
    await (await begin(tab, 'before')).finish(RESULT);
    await (await tab.storage()).kits.remember('upperBack', 'unit-0');
    await setPassphrase(tab, 'heron at dusk');
    await (await begin(tab, 'after')).finish(RESULT);
    const { database, access } = await tab.storage();
    for (const row of await allRows(database)) {
      const clear = ['sessionId', 'startedAtUtc', 'origin', 'state', 'sensorIndex', 'firstOrder', 'order'];
      for (const field of Object.keys(row)) expect([...clear, 'role', 'sealed']).toContain(field);
    }
    expect((access.key as CryptoKey).extractable).toBe(false);
    const names = (await device.indexedDB.databases()).map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(['thora-device', access.databaseName]));
    for (const sessionId of ['before', 'after']) await expectWhole(tab, sessionId);
    const list = await (await tab.storage()).repository.list();
    expect(list.map(({ result }) => result)).toEqual([RESULT, RESULT]);
    expect([...(await (await tab.storage()).kits.known())]).toEqual([['upperBack', 'unit-0']]);
  });

  it('is asked for in a new tab and after locking; nothing is read or written before', async () => {
    const device = createDevice();
    const first = device.openTab();
    await (await begin(first, 'a')).finish(RESULT);
    const code = await setPassphrase(first, 'Über den Fluß');
    const tab = device.openTab();
    const { repository } = await tab.storage();
    expect(tab.state()).toMatchObject({ kind: 'locked', failedCount: 0, waitMs: 0 });
    await expect(repository.list()).rejects.toMatchObject({ code: 'locked' });
    const troubles: unknown[] = [];
    await repository.open(startOf('b'), {
      onStored: NOTHING,
      onTrouble: (trouble) => troubles.push(trouble),
    });
    expect(troubles).toHaveLength(1);
    expect(await tab.unlock(passphrase('over the river'))).toBe('wrong');
    expect(tab.state()).toMatchObject({ kind: 'locked', failedCount: 1 });
    // Composed and decomposed letters look the same, and are the same.
    expect(await tab.unlock(passphrase('U\u0308ber den Fluß '))).toBe('open');
    await expectWhole(tab, 'a');
    await tab.lock();
    expect(tab.state()).toMatchObject({ kind: 'locked', failedCount: 0 });
    expect(await tab.unlock({ kind: 'code', code: code.toLowerCase().replaceAll('-', ' ') })).toBe('open');
    await expectWhole(tab, 'a');
  });

  it('leaves an unfinished session to be found after unlocking, and does not lock while one is recorded', async () => {
    const device = createDevice();
    const tab = device.openTab();
    await tab.storage();
    await setPassphrase(tab, 'heron at dusk');
    const recorder = await begin(tab, 'a');
    await expect(tab.lock()).rejects.toMatchObject({ code: 'sessionRunning' });
    await recorder.close();
    const next = device.openTab();
    await next.storage();
    await next.unlock(passphrase('heron at dusk'));
    expect(await (await next.storage()).repository.list()).toMatchObject([{ state: 'unfinished' }]);
    await expectWhole(next, 'a');
    await (await next.storage()).repository.storeResult('a', RESULT);
    expect(await (await next.storage()).repository.read('a')).toMatchObject({ result: RESULT });
  });

  it('can be changed, with a new code, and removed @slow', async () => {
    const device = createDevice();
    const tab = device.openTab();
    await (await begin(tab, 'a')).finish(RESULT);
    const oldCode = await setPassphrase(tab, 'heron at dusk');
    await tab.confirm({ kind: 'code', code: oldCode });
    await setPassphrase(tab, 'otter at dawn');
    const next = device.openTab();
    await next.storage();
    expect(await next.unlock(passphrase('heron at dusk'))).toBe('wrong');
    expect(await next.unlock({ kind: 'code', code: oldCode })).toBe('wrong');
    expect(await next.unlock(passphrase('otter at dawn'))).toBe('open');
    await next.confirm(passphrase('otter at dawn'));
    await next.removePassphrase(NOTHING);
    const open = device.openTab();
    await open.storage();
    expect(open.state()).toMatchObject({ kind: 'ready', person: { hasPassphrase: false } });
    await expectWhole(open, 'a');
    // The tab that held the old place learns of the new one.
    await expectWhole(tab, 'a');
  });

  it('is changed or removed by nobody who only sits before it', async () => {
    const tab = createDevice().openTab();
    await tab.storage();
    await setPassphrase(tab, 'heron at dusk');
    const refused = { code: 'locked' };
    await expect(tab.preparePassphrase('otter at dawn')).rejects.toMatchObject(refused);
    await expect(tab.removePassphrase(NOTHING)).rejects.toMatchObject(refused);
    expect(await tab.confirm(passphrase('heron at dawn'))).toBe('wrong');
    await expect(tab.removePassphrase(NOTHING)).rejects.toMatchObject(refused);
    expect(await tab.confirm(passphrase('heron at dusk'))).toBe('open');
    await tab.lock();
    await tab.unlock(passphrase('heron at dusk'));
    await expect(tab.removePassphrase(NOTHING)).rejects.toMatchObject(refused);
    // Tries count here as they do at the lock.
    for (let i = 0; i < 3; i++) expect(await tab.confirm(passphrase('no'))).toBe('wrong');
    expect(await tab.confirm(passphrase('heron at dusk'))).toBe('wait');
  });

  it('waits longer after each failure, over a reload too, and no clock shortens it', async () => {
    const device = createDevice();
    const first = device.openTab();
    await first.storage();
    await setPassphrase(first, 'heron at dusk');
    for (let i = 0; i < 3; i++) {
      const tab = device.openTab();
      await tab.storage();
      expect(await tab.unlock(passphrase('no'))).toBe('wrong');
    }
    const paid = device.stretched.length;
    const tab = device.openTab();
    await tab.storage();
    expect(tab.state()).toMatchObject({ kind: 'locked', failedCount: 3 });
    expect(await tab.unlock(passphrase('heron at dusk'))).toBe('wait');
    device.clock.utcMs -= 86_400_000;
    expect(await tab.unlock(passphrase('heron at dusk'))).toBe('wait');
    expect(device.stretched).toHaveLength(paid);
    device.clock.utcMs += 86_400_000 + 5_000;
    expect(await tab.unlock(passphrase('heron at dusk'))).toBe('open');
  });

  it('waits between 5 s and 15 min', () => {
    const waits = [0, 2, 3, 4, 5, 30].map((failedCount) => waitMs({ failedCount, lastUtcMs: 100 }, 100));
    expect(waits).toEqual([0, 0, 5_000, 10_000, 20_000, 900_000]);
  });
});

describe('a passphrase that is being set when the page is killed', () => {
  /** Kills at the write with this number: every write of the copy fails from there on. */
  async function killedAt(writeCount: number) {
    const device = createDevice();
    const tab = device.openTab();
    for (const sessionId of ['a', 'b', 'c']) await (await begin(tab, sessionId)).finish(RESULT);
    await tab.preparePassphrase('heron at dusk');
    let left = writeCount;
    device.onWrite.listener = () => {
      if (left-- <= 0) throw new DOMException('killed', 'AbortError');
    };
    const killed = await tab.setPassphrase(NOTHING).then(
      () => false,
      () => true,
    );
    device.onWrite.listener = NOTHING;
    return { device, killed };
  }

  it('leaves everything as it was at every moment, and is ended or given up later @slow', async () => {
    let killCount = 0;
    for (let writeCount = 1; writeCount < 40; writeCount += 3) {
      const { device, killed } = await killedAt(writeCount);
      const tab = device.openTab();
      await tab.storage();
      if (killed) {
        killCount++;
        expect(tab.state()).toMatchObject({ kind: 'ready', unfinishedMove: 'set' });
        // Life goes on meanwhile: one session is deleted, one comes.
        await (await tab.storage()).repository.remove('b');
        await (await begin(tab, 'd')).finish(RESULT);
        if (writeCount % 2 === 0) await tab.giveUpMove();
        else {
          expect(await tab.continueMove('something else', NOTHING)).toBe('wrong');
          expect(await tab.continueMove('heron at dusk', NOTHING)).toBe('open');
          expect(tab.state()).toMatchObject({ person: { hasPassphrase: true }, unfinishedMove: null });
        }
        const ids = (await (await tab.storage()).repository.list()).map(({ sessionId }) => sessionId);
        expect(ids.toSorted()).toEqual(['a', 'c', 'd']);
        for (const sessionId of ids) await expectWhole(tab, sessionId);
      } else expect(tab.state()).toMatchObject({ kind: 'locked' });
      const { access } = await tab.storage();
      const names = (await device.indexedDB.databases()).map(({ name }) => name);
      expect(new Set(names)).toEqual(new Set(['thora-device', access.databaseName]));
    }
    expect(killCount).toBeGreaterThan(3);
  }, 60_000);
});

describe('a sealed row', () => {
  const createKey = () =>
    crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

  it('opens as it was, to the bit', async () => {
    const vault = new RowVault(await createKey());
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.double(),
        fc.nat(),
        async (bytes, hostTimeMs, n) => {
          const chunk = { sessionId: 'ä', sensorIndex: 1, firstOrder: n, count: n, crc: n, bytes };
          expect(await vault.open('chunks', await vault.seal('chunks', chunk))).toEqual(chunk);
          const command = { sessionId: 'ä', order: n, hostTimeMs, command: { kind: 'finish' } } as const;
          const opened = await vault.open('commands', await vault.seal('commands', command));
          expect(Object.is(opened.hostTimeMs, hostTimeMs)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('fits in no other place, and no other key, and no bit of it may change', async () => {
    const vault = new RowVault(await createKey());
    const chunk = {
      sessionId: 'a',
      sensorIndex: 1,
      firstOrder: 0,
      count: 1,
      crc: 9,
      bytes: Uint8Array.of(1, 2),
    };
    const kept = await vault.seal('chunks', chunk);
    const damaged = { code: 'damaged' };
    await expect(vault.open('chunks', { ...kept, sensorIndex: 2 })).rejects.toMatchObject(damaged);
    await expect(new RowVault(await createKey()).open('chunks', kept)).rejects.toMatchObject(damaged);
    await expect(vault.open('chunks', chunk)).rejects.toMatchObject(damaged);
    for (let i = 0; i < kept.sealed!.length; i++) {
      const sealed = kept.sealed!.slice();
      sealed[i]! ^= 1;
      await expect(vault.open('chunks', { ...kept, sealed })).rejects.toMatchObject(damaged);
    }
  });

  it('that was changed on the disk is left out of a recording', async () => {
    const device = createDevice();
    const tab = device.openTab();
    await tab.storage();
    await setPassphrase(tab, 'heron at dusk');
    await (await begin(tab, 'a')).finish(RESULT);
    const { database, repository } = await tab.storage();
    const [victim] = await database.chunks.toArray();
    await database.chunks.put({ ...victim!, sealed: new Uint8Array(40) });
    const kept = [...recordingInputs(await repository.readRecording('a'))];
    expect(kept.length).toBeGreaterThan(40);
    expect(kept.length).toBeLessThan(INPUTS.length + 1);
    // Neither does it keep the passphrase from being changed.
    await tab.confirm(passphrase('heron at dusk'));
    await setPassphrase(tab, 'otter at dawn');
    expect([...recordingInputs(await (await tab.storage()).repository.readRecording('a'))]).toEqual(kept);
  });
});

describe('a recovery code', () => {
  it('is read from a hurried hand', () => {
    const code = createRecoveryCode();
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
    const hurried = code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('-', '  ');
    expect(recoverySecret(hurried)).toBe(recoverySecret(code));
  });
});

describe('erasing a person', () => {
  it('leaves nothing of them, and everything of the others', async () => {
    const device = createDevice();
    const tab = device.openTab();
    await (await begin(tab, 'a')).finish(RESULT);
    await tab.rename('first', 'Ana');
    await tab.add('Rui');
    await (await begin(tab, 'b')).finish(RESULT);
    await setPassphrase(tab, 'heron at dusk');
    await tab.erase();
    expect(tab.state()).toMatchObject({ kind: 'ready', person: { name: 'Ana' }, people: [{}] });
    await expectWhole(tab, 'a');
    const names = (await device.indexedDB.databases()).map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(['thora-device', 'thora-sessions']));
    const left = JSON.stringify(await allRows(new Dexie('thora-device', device)));
    expect(left).toContain('personErased');
    expect(left).not.toContain('Rui');
  });

  it('who is alone leaves a device as new', async () => {
    const device = createDevice();
    const tab = device.openTab();
    await (await begin(tab, 'a')).finish(RESULT);
    await setPassphrase(tab, 'heron at dusk');
    await tab.erase();
    expect(tab.state()).toMatchObject({ kind: 'ready', person: { name: '', hasPassphrase: false } });
    expect(await (await tab.storage()).repository.list()).toEqual([]);
    expect(await createSessionDatabase('thora-sessions', device).sessions.count()).toBe(0);
  });
});
