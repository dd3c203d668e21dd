import { Dexie } from 'dexie';
import { afterEach, describe, expect, it } from 'vitest';
import { GyroBiasMemory } from '../../src/adapters/session-log/gyro-bias-memory.ts';
import { PackedChunkBuilder } from '../../src/adapters/session-log/packed-chunk.ts';
import { createClinicDatabase } from '../../src/adapters/session-log/clinic-database.ts';
import { createDeviceDatabase } from '../../src/adapters/session-log/device-database.ts';
import { PeopleKeeper } from '../../src/adapters/session-log/people-keeper.ts';
import {
  createSessionDatabase,
  SESSION_DATABASE_NAME,
} from '../../src/adapters/session-log/session-database.ts';
import { NO_RESERVE } from '../../src/adapters/session-log/result-reserve.ts';
import { deleteThoroughly } from '../../src/adapters/session-log/thorough-delete.ts';
import { SessionRepository } from '../../src/adapters/session-log/session-repository.ts';
import { replaySession } from '../../src/core/pipeline/live-replay.ts';
import type { SessionRecording } from '../../src/core/recording/session-recording.ts';
import { builtInScript } from '../../src/core/simulation/session-script.ts';
import { simulateSession } from '../../src/core/simulation/simulate-session.ts';
import { describeSensor } from '../adapters/session-inputs.ts';

/** The schemas as they were released, in their own words: they never change again. */
const RELEASED: readonly Record<string, string | null>[] = [
  {
    sessions: 'sessionId, startedAtUtc',
    chunks: '[sessionId+sensorIndex+firstOrder]',
    commands: '[sessionId+order]',
    results: '[sessionId+position]',
  },
  { gyroBiases: 'sensorId' },
  { gyroBiases: null, calibrations: 'sensorId', kits: 'role', answers: '[sessionId+order]' },
  {},
  { journal: 'order' },
  { passports: 'passportId' },
  { clinicLinks: 'linkId' },
];
const OLD = 'thora-test-old';
const WRITER = 'thora-test-writer';
const DEVICE = 'thora-device';
const CLINIC = 'thora-test-clinic';
const BIAS = {
  sensorId: 'unit-0',
  gyroBiasRadPerS: [0.01, 0.02, 0.03],
  sigmaRadPerS: 0.0008,
  foundAtUtcMs: 7,
};

function openAs(version: number): Dexie {
  const database = new Dexie(OLD);
  RELEASED.slice(0, version).forEach((stores, i) => database.version(i + 1).stores(stores));
  return database;
}

/** A whole simulated session with an answer, as an app of that version left it on the disk. */
async function leaveSession(version: number): Promise<SessionRecording> {
  const script = builtInScript('seated-rotation', 1)!;
  const simulated = simulateSession(script, { roles: ['upperBack', 'lowerBack'], seed: 5 }).recording;
  const last = simulated.commands.at(-1)!;
  const annotate = { kind: 'annotate', note: { about: 'stopReason', reason: 'unwell' } } as const;
  const commands = [...simulated.commands, { ...last, order: last.order + 1, command: annotate }];
  const recording = { ...simulated, commands, result: replaySession(simulated).result };
  const writer = createSessionDatabase(WRITER);
  await new SessionRepository(writer, navigator.locks).storeImported('a', recording);
  const old = openAs(version);
  const tables = ['sessions', 'commands', 'results', ...(version >= 3 ? ['answers'] : [])];
  for (const name of tables) await old.table(name).bulkAdd(await writer.table(name).toArray());
  const chunks = version >= 4 ? await writer.table('chunks').toArray() : chunksOf(recording);
  await old.table('chunks').bulkAdd(chunks);
  if (version >= 2) await old.table(version >= 3 ? 'calibrations' : 'gyroBiases').add(BIAS);
  old.close();
  return { ...recording, recordingId: 'a' };
}

/** As they lay until version 3: four packets a chunk, nothing squeezed. */
function chunksOf({ sensors }: SessionRecording): object[] {
  return sensors.flatMap(({ description: { sensorIndex }, packets }) => {
    const builder = new PackedChunkBuilder();
    const rows: object[] = [];
    for (let i = 0; i < packets.count; i++) {
      const bytes = packets.bytes.subarray(packets.offsets[i], packets.offsets[i + 1]);
      builder.append(packets.order[i]!, packets.hostTimeMs[i]!, bytes);
      if (builder.count === 4 || i === packets.count - 1)
        rows.push({ sessionId: 'a', sensorIndex, ...builder.seal() });
    }
    return rows;
  });
}

afterEach(async () => {
  for (const name of [OLD, WRITER, DEVICE, CLINIC, SESSION_DATABASE_NAME]) await Dexie.delete(name);
});

describe('a database of an earlier version', () => {
  it.each([1, 2, 3, 4, 5, 6, 7])(
    'of version %i opens with everything it held, to the bit',
    async (version) => {
      const recording = await leaveSession(version);
      const database = createSessionDatabase(OLD);
      const log = new SessionRepository(database, navigator.locks);
      expect(await log.list()).toMatchObject([{ sessionId: 'a', result: recording.result }]);
      expect(await log.readRecording('a')).toEqual(recording);
      expect(await log.read('a')).toMatchObject({ stopReason: 'unwell' });
      const worn = { ...describeSensor(0), simulated: false };
      const recalled = await new GyroBiasMemory(database, () => 1007).recall(worn);
      if (version === 1) expect(recalled).toBeNull();
      else expect(recalled).toMatchObject({ gyroBiasRadPerS: BIAS.gyroBiasRadPerS, ageS: 1 });
      expect([...database.backendDB().objectStoreNames]).not.toContain('gyroBiases');
      for (const table of ['passports', 'clinicLinks', 'serverLinks', 'outbox'])
        expect(await database.table(table).count()).toBe(0);
      await log.remove('a');
      for (const table of database.tables.filter(({ name }) => name !== 'calibrations'))
        expect(await table.count()).toBe(0);
      database.close();
    },
  );

  it('that cannot be brought forward stays as it was', async () => {
    await leaveSession(2);
    const old = openAs(2);
    // No app writes such a row; an upgrade that stumbles must leave everything in place all the same.
    await old.table('commands').add({ sessionId: 'a', order: 1e6 });
    old.close();
    const database = createSessionDatabase(OLD);
    const outcome = await database.open().then(
      () => 'opened',
      () => 'refused',
    );
    expect(outcome).toBe('refused');
    database.close();
    const again = openAs(2);
    await again.open();
    expect(again.backendDB().version).toBe(20);
    expect(await again.table('sessions').count()).toBe(1);
    expect(await again.table('gyroBiases').get('unit-0')).toEqual(BIAS);
    again.close();
  });
});

describe('the people of version 1', () => {
  it('are found by today, and their door gets its lock', async () => {
    const old = new Dexie(DEVICE);
    old.version(1).stores({ people: 'personId, createdAtUtc', audit: '++entryId' });
    const person = { personId: 'first', name: 'Ana', createdAtUtc: '2026-01-01T08:00:00.000Z' };
    await old.table('people').add(person);
    await old.table('audit').add({ atUtc: '2026-01-02T08:00:00.000Z', event: 'backupWritten' });
    old.close();
    const device = createDeviceDatabase();
    expect(await device.people.toArray()).toEqual([person]);
    expect(await device.audit.count()).toBe(1);
    expect(await device.doors.count()).toBe(0);
    device.close();
  });
});

describe('a clinic of version 1', () => {
  it('keeps its keys and its patients, and can have a server', async () => {
    const old = new Dexie(CLINIC);
    old.version(1).stores({ identity: 'identityId', patients: 'patientId, createdAtUtc' });
    const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
      'verify',
    ]);
    await old.table('identity').add({ identityId: 'own', signKey: privateKey });
    const patient = { patientId: 'a', name: 'Ana', createdAtUtc: '2026-01-01T08:00:00.000Z' };
    await old.table('patients').add(patient);
    old.close();
    const clinic = createClinicDatabase(CLINIC);
    expect((await clinic.identity.get('own'))?.signKey).toBeInstanceOf(CryptoKey);
    expect(await clinic.patients.toArray()).toEqual([patient]);
    expect(await clinic.outbox.count()).toBe(0);
    expect(await clinic.serverLinks.count()).toBe(0);
    clinic.close();
  });
});

describe('data of a newer version', () => {
  it.each([DEVICE, SESSION_DATABASE_NAME])('in %s are refused, and left as they are', async (name) => {
    const newer = new Dexie(name);
    newer.version(9).stores({ sessions: 'sessionId', letters: 'letterId' });
    await newer.table('sessions').add({ sessionId: 'a', startedAtUtc: 'not as today' });
    newer.close();
    const keeper = new PeopleKeeper({
      device: createDeviceDatabase(),
      openDatabase: createSessionDatabase,
      deleteDatabase: deleteThoroughly,
      reserveOf: () => NO_RESERVE,
      stretch: () => Promise.reject(new Error('not asked for')),
      otherTabs: { tell: () => undefined, onTold: () => undefined },
      lister: indexedDB,
      locks: navigator.locks,
      utcMs: () => Date.now(),
      createId: () => crypto.randomUUID(),
      chosen: { read: () => null, write: () => undefined },
      takeOldPlaces: () => '{"upperBack":"a"}',
    });
    await keeper.storage();
    expect(keeper.state()).toEqual({ kind: 'newerData' });

    const again = await new Dexie(name).open();
    expect(again.verno).toBe(9);
    expect(again.tables.map((table) => table.name).toSorted()).toEqual(['letters', 'sessions']);
    expect(await again.table('sessions').count()).toBe(1);
    again.close();
  });
});
