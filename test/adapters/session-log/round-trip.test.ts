import { readdirSync, readFileSync } from 'node:fs';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { BrowserFileGate } from '../../../src/adapters/files/file-gate.ts';
import { RowVault, type VaultKey } from '../../../src/adapters/session-log/row-vault.ts';
import { createSessionDatabase } from '../../../src/adapters/session-log/session-database.ts';
import { SessionRepository } from '../../../src/adapters/session-log/session-repository.ts';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import { readRecordingFile, writeRecordingFile } from '../../../src/core/recording/recording-file.ts';
import {
  withoutPackets,
  type PacketLog,
  type SessionRecording,
} from '../../../src/core/recording/session-recording.ts';
import { builtInScript } from '../../../src/core/simulation/session-script.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';
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

  it.each(Object.entries(oddSessions()))('is the same to the byte: %s', async (_what, recording) => {
    const first = writeRecordingFile(recording);
    for (const key of [null, await createKey()])
      expect(Buffer.from(await throughStore(first, createLog(key))).equals(first)).toBe(true);
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

  it('gives a session its packets back that had let them go, if it is its own', async () => {
    const name = RECORDINGS[0]!;
    const recording = readRecordingFile(readFileSync(new URL(name, EXAMPLES)), name);
    const { recordingId } = recording;
    const log = createLog(await createKey());
    await log.storeImported(recordingId, recording);
    const gate = createGate(log);
    const bring = (one: SessionRecording) =>
      gate.importRecording(new File([new Uint8Array(writeRecordingFile(one))], name));
    const whole = writeRecordingFile(await log.readRecording(recordingId));
    const { result } = recording;
    const report = { ...result!, engineVersion: 'another' };
    await log.storeReport(recordingId, report, '2026-05-04T10:00:00.000Z');
    await log.removePackets(recordingId);
    // Another recording of the same instant is no part of it.
    const others = { ...recording, commands: recording.commands.slice(0, -1) };
    expect(await bring(others)).toMatchObject({ stored: { sessionId: 'fresh' }, wasHere: false });
    await expect(log.readRecording(recordingId)).rejects.toMatchObject({ code: 'packetsRemoved' });
    expect(await bring(recording)).toMatchObject({ stored: { sessionId: recordingId }, wasHere: false });
    expect(Buffer.from(writeRecordingFile(await log.readRecording(recordingId))).equals(whole)).toBe(true);
    expect((await log.read(recordingId))?.report).toEqual(report);
    expect(await bring(recording)).toMatchObject({ stored: { sessionId: recordingId }, wasHere: true });
  });

  it('computes to the same bits before and after @slow', async () => {
    const name = RECORDINGS[0]!;
    const recording = readRecordingFile(readFileSync(new URL(name, EXAMPLES)), name);
    const log = createLog();
    await log.storeImported(recording.recordingId, recording);
    expect(replaySession(await log.readRecording(recording.recordingId))).toEqual(replaySession(recording));
  });
});

function createGate(log: SessionRepository): BrowserFileGate {
  return new BrowserFileGate({
    encode: writeRecordingFile,
    decode: readRecordingFile,
    readRecording: (sessionId) => log.readRecording(sessionId),
    convert: () => Promise.resolve([]),
    listSessions: () => log.list(),
    readSession: (sessionId) => log.read(sessionId),
    storeImported: (sessionId, recording) => log.storeImported(sessionId, recording),
    returnPackets: (sessionId, recording) => log.returnPackets(sessionId, recording),
    createSessionId: () => 'fresh',
    examplesUrl: new URL('https://thora.example/examples/'),
  });
}

/** Sessions of which little is as usual; each ends as its replay says. */
function oddSessions(): Record<string, SessionRecording> {
  const five = ['upperBack', 'lowerBack', 'pelvis', 'upperArmLeft', 'upperArmRight'] as const;
  const { recording } = simulateSession(builtInScript('arm-elevation', 1)!, {
    roles: five,
    seed: 5,
    rateHz: 26,
    samplesPerPacket: 13,
  });
  const [left, right] = [3, 4] as const;
  const finished = (one: SessionRecording): SessionRecording => ({
    ...one,
    result: replaySession(one).result,
  });
  const last = recording.commands.at(-1)!;
  const swaps = [
    [left, 'upperArmRight'],
    [right, 'upperArmLeft'],
  ] as const;
  const swapped: SessionRecording = {
    ...recording,
    sensors: recording.sensors.map((sensor, i) => ({
      ...sensor,
      role: swaps.find(([index]) => index === i)?.[1] ?? sensor.role,
    })),
    commands: [
      ...recording.commands.slice(0, -1),
      ...swaps.map(([sensorIndex, role], i) => ({
        order: last.order + i,
        hostTimeMs: last.hostTimeMs,
        command: { kind: 'assignRole', sensorIndex, role } as const,
      })),
      { ...last, order: last.order + swaps.length },
    ],
  };
  return {
    'five sensors': finished(recording),
    'arms exchanged at the end': finished(swapped),
    'no repetition': finished({
      ...recording,
      commands: recording.commands.filter(({ command }) => !command.kind.endsWith('Set')),
    }),
    'one sensor without a packet': finished({
      ...recording,
      sensors: recording.sensors
        .slice(0, 1)
        .map((sensor) => withoutPackets({ ...recording, sensors: [sensor] }).sensors[0]!),
      commands: recording.commands.filter(
        ({ command }) => command.kind !== 'attachSensor' || command.sensor.sensorIndex === 0,
      ),
    }),
    'holes in every sensor': finished({
      ...recording,
      sensors: recording.sensors.map((sensor, i) => ({ ...sensor, packets: thinned(sensor.packets, i + 2) })),
    }),
    'never finished': { ...recording, commands: recording.commands.slice(0, -1), result: null },
  };
}

/** Every so many packets lost. */
function thinned(log: PacketLog, every: number): PacketLog {
  const kept = Array.from(log.order.keys()).filter((i) => i % every > 0);
  const parts = kept.map((i) => log.bytes.slice(log.offsets[i], log.offsets[i + 1]));
  const offsets = new Uint32Array(kept.length + 1);
  parts.forEach((part, i) => (offsets[i + 1] = offsets[i]! + part.length));
  return {
    count: kept.length,
    order: Uint32Array.from(kept, (i) => log.order[i]!),
    hostTimeMs: Float64Array.from(kept, (i) => log.hostTimeMs[i]!),
    offsets,
    bytes: new Uint8Array(Buffer.concat(parts)),
  };
}

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
