import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, it, vi } from 'vitest';
import { RowVault } from '../../../src/adapters/session-log/row-vault.ts';
import { createSessionDatabase } from '../../../src/adapters/session-log/session-database.ts';
import type { SessionDatabase } from '../../../src/adapters/session-log/session-database.ts';
import { SessionRepository } from '../../../src/adapters/session-log/session-repository.ts';
import { recordingInputs } from '../../../src/core/recording/recording-inputs.ts';
import type { RecordedInput } from '../../../src/core/recording/recording-inputs.ts';
import type { SessionRecorder, StorageTrouble } from '../../../src/core/recording/session-recorder.ts';
import { FakeLocks } from '../fake-locks.ts';
import { EMPTY_RESULT, startOf, twoSensorInputs } from '../session-inputs.ts';

interface Bench {
  readonly database: SessionDatabase;
  readonly log: SessionRepository;
  readonly locks: FakeLocks;
  readonly stored: number[];
  readonly troubles: StorageTrouble[];
  open(sessionId: string, startedAtUtc?: string): Promise<SessionRecorder>;
}

function createBench(): Bench {
  const database = createSessionDatabase('log', { indexedDB: new IDBFactory(), IDBKeyRange });
  const locks = new FakeLocks();
  const log = new SessionRepository(database, locks);
  const stored: number[] = [];
  const troubles: StorageTrouble[] = [];
  return {
    database,
    log,
    locks,
    stored,
    troubles,
    async open(sessionId, startedAtUtc) {
      const recorder = await log.open(startOf(sessionId, startedAtUtc), {
        onStored: (order) => stored.push(order),
        onTrouble: (trouble) => troubles.push(trouble),
      });
      if (recorder === 'recordingElsewhere') throw new Error('The lock should be free.');
      return recorder;
    },
  };
}

/** Packets so long that some tens of them make a block. */
function longInputs(packetCount: number): RecordedInput[] {
  return twoSensorInputs(packetCount).map((input) =>
    input.kind === 'packet' ? { ...input, bytes: new Uint8Array(600).fill(input.order & 0xff) } : input,
  );
}

function append(recorder: SessionRecorder, inputs: readonly RecordedInput[]): void {
  for (const input of inputs) {
    if (input.kind === 'packet') recorder.appendPacket(input.order, input);
    else recorder.appendCommand(input.order, input.hostTimeMs, input.command);
  }
}

describe('a recorded session', () => {
  it('tells why the person stopped', async () => {
    const { open, log } = createBench();
    const recorder = await open('a');
    recorder.appendCommand(0, 0, { kind: 'annotate', note: { about: 'painBefore', value: 3 } });
    recorder.appendCommand(1, 5, { kind: 'annotate', note: { about: 'stopReason', reason: 'unwell' } });
    await recorder.finish(EMPTY_RESULT);
    expect((await log.read('a'))?.stopReason).toBe('unwell');

    await (await open('b')).finish(EMPTY_RESULT);
    expect((await log.read('b'))?.stopReason).toBeNull();
  });

  it('reads back input for input, in order', async () => {
    const { open, log } = createBench();
    const inputs = twoSensorInputs(200);
    const recorder = await open('a');
    append(recorder, inputs);
    await recorder.finish(EMPTY_RESULT);

    const recording = await log.readRecording('a');
    expect([...recordingInputs(recording)]).toEqual(inputs);
    expect(recording.sensors.map(({ role }) => role)).toEqual(['upperBack', 'lowerBack']);
    expect(recording.result).toEqual(EMPTY_RESULT);
  });

  it('holds one row per sensor per chunk, and no chunk spans more than half a second', async () => {
    const { open, database, stored } = createBench();
    const recorder = await open('a');
    append(recorder, twoSensorInputs(250));
    await vi.waitFor(() => expect(stored.at(-1)).toBe(251), { timeout: 2000 });

    const rows = await new RowVault(null).openAll('chunks', await database.chunks.toArray());
    // 250 packets at 20 ms are 5 s: 17 to 20 chunks of each of the two sensors.
    expect(rows.length).toBeGreaterThanOrEqual(34);
    expect(rows.length).toBeLessThanOrEqual(40);
    for (const { count } of rows) expect(count).toBeLessThanOrEqual(12);
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(250);
    // When it ends they become one.
    await recorder.close();
    expect(await database.chunks.count()).toBe(2);
  });

  it('is whole at every moment while its chunks become blocks @slow', async () => {
    const { log, database } = createBench();
    const inputs = longInputs(400);
    const seen: number[] = [];
    let fewerRows = 0;
    let rowsBefore = 0;
    const recorder = await log.open(startOf('a'), { onStored: vi.fn(), onTrouble: vi.fn() });
    if (recorder === 'recordingElsewhere') throw new Error('The lock should be free.');
    for (let from = 0; from < inputs.length; from += 10) {
      append(recorder, inputs.slice(from, from + 10));
      const orders = [...recordingInputs(await log.readRecording('a'))].map(({ order }) => order);
      expect(orders).toEqual(orders.map((_, i) => i));
      seen.push(orders.length);
      const rows = await database.chunks.count();
      if (rows < rowsBefore) fewerRows++;
      rowsBefore = rows;
    }
    await recorder.finish(EMPTY_RESULT);
    expect([...recordingInputs(await log.readRecording('a'))]).toEqual(inputs);
    expect(new Set(seen).size).toBeGreaterThan(20);
    expect(fewerRows).toBeGreaterThanOrEqual(3);
  });

  it('keeps its chunks where their block cannot be written', async () => {
    const { open, log, database, troubles, stored } = createBench();
    const inputs = longInputs(200);
    const recorder = await open('a');
    database.chunks.hook('deleting', () => {
      throw new DOMException('killed', 'AbortError');
    });
    for (let from = 0; from < inputs.length; from += 10) {
      append(recorder, inputs.slice(from, from + 10));
      await log.readRecording('a');
    }
    await recorder.close();
    expect(troubles).toMatchObject([{ kind: 'storageFailed' }]);
    const kept = [...recordingInputs(await log.readRecording('a'))];
    expect(kept).toEqual(inputs.slice(0, stored.at(-1)! + 1));
    expect(kept.length).toBeGreaterThan(80);
  });

  it('is stored without waiting for another packet', async () => {
    const { open, log, stored } = createBench();
    const recorder = await open('a');
    append(recorder, twoSensorInputs(4));
    await vi.waitFor(() => expect(stored.at(-1)).toBe(5), { timeout: 2000 });
    expect([...recordingInputs(await log.readRecording('a'))]).toHaveLength(6);
    await recorder.close();
  });

  it('is hidden while it runs, then unfinished until it has a result', async () => {
    const { open, log } = createBench();
    const recorder = await open('a');
    append(recorder, twoSensorInputs(51));
    expect(await log.list()).toEqual([]);
    await expect(log.remove('a')).rejects.toMatchObject({ code: 'sessionRunning', subject: 'a' });

    await recorder.close();
    expect(await log.list()).toMatchObject([
      { sessionId: 'a', state: 'unfinished', durationS: 1, roles: ['upperBack', 'lowerBack'], result: null },
    ]);
    await log.storeResult('a', EMPTY_RESULT);
    expect(await log.read('a')).toMatchObject({ state: 'finished', result: EMPTY_RESULT, report: null });
    const report = { ...EMPTY_RESULT, calibrationQuality: 88 };
    await log.storeReport('a', report, '2026-05-05T10:00:00.000Z');
    expect(await log.read('a')).toMatchObject({ state: 'finished', result: EMPTY_RESULT, report });
  });

  it('continues after its writer died', async () => {
    const { open, log } = createBench();
    const inputs = twoSensorInputs(60);
    const first = await open('a');
    append(first, inputs.slice(0, 40));
    await first.close();

    const reopened = await log.reopen('a', { onStored: () => undefined, onTrouble: () => undefined });
    if (reopened === 'recordingElsewhere') throw new Error('The lock should be free.');
    expect([...recordingInputs(reopened.recording)]).toEqual(inputs.slice(0, 40));
    append(reopened.recorder, inputs.slice(40));
    await reopened.recorder.finish(EMPTY_RESULT);
    expect([...recordingInputs(await log.readRecording('a'))]).toEqual(inputs);
  });

  it('keeps a second tab from recording until it ends @slow', async () => {
    const { open, log } = createBench();
    const recorder = await open('a');
    const listener = { onStored: () => undefined, onTrouble: () => undefined };
    expect(await log.open(startOf('b'), listener)).toBe('recordingElsewhere');
    expect(await log.read('b')).toBeNull();
    await recorder.close();
    expect(await log.open(startOf('b'), listener)).not.toBe('recordingElsewhere');
  });
});

describe('a full disk', () => {
  it('is told once, harms nothing stored, and leaves the session running', async () => {
    const { open, log, database, troubles, stored } = createBench();
    const inputs = twoSensorInputs(100);
    const recorder = await open('a');
    append(recorder, inputs.slice(0, 30));
    await vi.waitFor(() => expect(stored.length).toBeGreaterThan(0));
    const storedBefore = stored.at(-1)!;
    let refuse = true;
    database.chunks.hook('creating', () => {
      if (refuse) throw new DOMException('The quota is used up.', 'QuotaExceededError');
    });
    append(recorder, inputs.slice(30));
    await vi.waitFor(() => expect(troubles).toEqual([{ kind: 'storageFull', keepsResult: false }]));
    refuse = false;
    await recorder.finish(EMPTY_RESULT);

    expect(troubles).toHaveLength(1);
    const kept = [...recordingInputs(await log.readRecording('a'))];
    expect(kept).toEqual(inputs.slice(0, kept.length));
    expect(kept.length).toBeGreaterThan(storedBefore);
    expect(await log.read('a')).toMatchObject({ state: 'finished', result: EMPTY_RESULT });
  });
});

describe('the log', () => {
  it('leaves a damaged chunk out and keeps the rest', async () => {
    const { open, log, database } = createBench();
    const recorder = await open('a');
    append(recorder, twoSensorInputs(100));
    await recorder.close();
    const [victim] = await new RowVault(null).openAll('chunks', await database.chunks.toArray());
    const bytes = victim!.bytes.slice();
    bytes[17]! ^= 0x10;
    const harmed = { ...victim!, bytes };
    await database.chunks.put(harmed);

    const kept = [...recordingInputs(await log.readRecording('a'))].filter(({ kind }) => kind === 'packet');
    expect(kept).toHaveLength(100 - victim!.count);
  });

  it('removes one session with everything of it, and nothing else', async () => {
    const { open, log, database } = createBench();
    for (const sessionId of ['a', 'ab', 'b']) {
      const recorder = await open(sessionId);
      append(recorder, twoSensorInputs(30));
      await recorder.close();
    }
    await log.remove('a');
    for (const table of [database.sessions, database.chunks, database.commands]) {
      const rows: { sessionId: string }[] = await table.toArray();
      expect(new Set(rows.map(({ sessionId }) => sessionId))).toEqual(new Set(['ab', 'b']));
    }
  });

  it('lists the newest first', async () => {
    const { open, log } = createBench();
    await (await open('old', '2026-01-01T08:00:00.000Z')).close();
    await (await open('new', '2026-03-01T08:00:00.000Z')).close();
    expect((await log.list()).map(({ sessionId }) => sessionId)).toEqual(['new', 'old']);
  });

  it('loses nothing where two tabs change one session at the same moment, sealed or not', async () => {
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    for (const vault of [new RowVault(null), new RowVault(key)]) {
      const disk = { indexedDB: new IDBFactory(), IDBKeyRange };
      const [one, other] = [0, 1].map(
        () => new SessionRepository(createSessionDatabase('log', disk), new FakeLocks(), vault),
      ) as [SessionRepository, SessionRepository];
      const recorder = await one.open(startOf('a'), {
        onStored: () => undefined,
        onTrouble: () => undefined,
      });
      if (recorder === 'recordingElsewhere') throw new Error('The lock should be free.');
      append(recorder, twoSensorInputs(30));
      await recorder.finish(EMPTY_RESULT);
      const said = (painAfter: number) => ({ ...EMPTY_RESULT, painAfter });
      await Promise.all([
        one.storeReport('a', said(1), '2026-05-04T11:00:00.000Z'),
        other.removePackets('a'),
        other.storeReport('a', said(2), '2026-05-04T11:00:00.000Z'),
      ]);
      await expect(one.readRecording('a')).rejects.toMatchObject({ code: 'packetsRemoved' });
      const { report, earlierReports } = (await one.read('a'))!;
      expect(new Set([report, ...earlierReports].map((result) => result!.painAfter))).toEqual(
        new Set([1, 2]),
      );
    }
  });

  it('stores an imported recording as it is, and refuses an id that is taken', async () => {
    const { open, log } = createBench();
    const recorder = await open('a');
    append(recorder, twoSensorInputs(300));
    await recorder.finish(EMPTY_RESULT);
    const recording = await log.readRecording('a');

    const imported = await log.storeImported('copy', recording);
    expect(imported).toMatchObject({ sessionId: 'copy', state: 'imported', result: EMPTY_RESULT });
    expect(await log.readRecording('copy')).toEqual({ ...recording, recordingId: 'copy' });
    await expect(log.storeImported('copy', recording)).rejects.toMatchObject({ subject: 'copy' });
    expect(await log.list()).toHaveLength(2);
  });
});
