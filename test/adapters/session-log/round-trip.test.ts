import { readdirSync, readFileSync } from 'node:fs';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { RowVault, type VaultKey } from '../../../src/adapters/session-log/row-vault.ts';
import { createSessionDatabase } from '../../../src/adapters/session-log/session-database.ts';
import { SessionRepository } from '../../../src/adapters/session-log/session-repository.ts';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import { readRecordingFile, writeRecordingFile } from '../../../src/core/recording/recording-file.ts';
import type { SessionRecording } from '../../../src/core/recording/session-recording.ts';
import { FakeLocks } from '../fake-locks.ts';
import { startOf, twoSensorInputs } from '../session-inputs.ts';

const EXAMPLES = new URL('../../../public/examples/', import.meta.url);
const RECORDINGS = readdirSync(EXAMPLES).filter((name) => name.endsWith('.thora'));

/** A store of its own, on another device. */
function createLog(key: VaultKey = null): SessionRepository {
  const database = createSessionDatabase('log', { indexedDB: new IDBFactory(), IDBKeyRange });
  return new SessionRepository(database, new FakeLocks(), new RowVault(key));
}

/** Into a store as the app imports it, and out again. */
async function throughStore(file: Uint8Array, log: SessionRepository): Promise<Uint8Array> {
  const { recordingId, ...recording } = readRecordingFile(file, 'out.thora');
  await log.storeImported(recordingId, { recordingId, ...recording });
  return writeRecordingFile(await log.readRecording(recordingId));
}

const createKey = () =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

describe('a recording that goes out, in and out again', () => {
  it.each(RECORDINGS)('is the same to the byte: %s', async (name) => {
    const first = writeRecordingFile(readRecordingFile(readFileSync(new URL(name, EXAMPLES)), name));
    const second = await throughStore(first, createLog());
    expect(Buffer.from(second).equals(first)).toBe(true);
    const third = await throughStore(second, createLog(await createKey()));
    expect(Buffer.from(third).equals(first)).toBe(true);
  });

  it('is the same to the byte in whatever order its fields were written down', () => {
    const name = RECORDINGS[0]!;
    const recording = readRecordingFile(readFileSync(new URL(name, EXAMPLES)), name);
    const sensors = recording.sensors.map((sensor) => ({
      ...sensor,
      description: turnedAbout(sensor.description),
    }));
    const { commands, result } = recording;
    const other = { ...recording, sensors, commands: turnedAbout(commands), result: turnedAbout(result) };
    expect(JSON.stringify(other.result)).not.toBe(JSON.stringify(result));
    const first = writeRecordingFile(other);
    expect(Buffer.from(writeRecordingFile(readRecordingFile(first, name))).equals(first)).toBe(true);
  });

  it('is the same to the byte when it was recorded here, finished or not', async () => {
    for (const isFinished of [true, false]) {
      const log = createLog(await createKey());
      const recorder = await log.open(startOf('a'), {
        onStored: () => undefined,
        onTrouble: () => undefined,
      });
      if (recorder === 'recordingElsewhere') throw new Error('The lock should be free.');
      for (const input of twoSensorInputs(300)) {
        if (input.kind === 'packet') recorder.appendPacket(input.order, input);
        else recorder.appendCommand(input.order, input.hostTimeMs, input.command);
      }
      if (isFinished) await recorder.finish(resultOf(RECORDINGS[0]!));
      else await recorder.close();
      const first = writeRecordingFile(await log.readRecording('a'));
      expect(Buffer.from(await throughStore(first, createLog())).equals(first)).toBe(true);
    }
  });

  it('computes to the same bits before and after @slow', async () => {
    const name = RECORDINGS[0]!;
    const recording = readRecordingFile(readFileSync(new URL(name, EXAMPLES)), name);
    const log = createLog();
    await log.storeImported(recording.recordingId, recording);
    expect(replaySession(await log.readRecording(recording.recordingId))).toEqual(replaySession(recording));
  });
});

/** The same with the fields of every object in the opposite order. */
function turnedAbout<T>(value: T): T {
  if (Array.isArray(value)) return value.map(turnedAbout) as T;
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).reverse();
  return Object.fromEntries(fields.map(([key, inner]) => [key, turnedAbout(inner as unknown)])) as T;
}

function resultOf(name: string): NonNullable<SessionRecording['result']> {
  const { result } = readRecordingFile(readFileSync(new URL(name, EXAMPLES)), name);
  if (result === null) throw new Error(`${name} has no result.`);
  return result;
}
