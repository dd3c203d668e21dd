import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import {
  createClinicDatabase,
  type ClinicPatientRow,
} from '../../../src/adapters/session-log/clinic-database.ts';
import type { ClinicStore } from '../../../src/adapters/session-log/clinic-store.ts';
import { createDeviceDatabase } from '../../../src/adapters/session-log/device-database.ts';
import type { DoorKeeper } from '../../../src/adapters/session-log/door-keeper.ts';
import { createHandOverCrypto, createKeys, publicKeys } from '../../../src/adapters/hand-over/web-crypto.ts';
import { brokenLinks } from '../../../src/core/recording/audit-chain.ts';
import { emptyContent } from '../../../src/core/recording/clinic-record.ts';
import { createDevice } from './people-bench.ts';

const passphrase = (typed: string) => ({ kind: 'passphrase', passphrase: typed }) as const;
const NAME = 'Ana of the heron';

function patientRow(patientId: string, name = NAME): ClinicPatientRow {
  return {
    patientId,
    name,
    createdAtUtc: '2026-05-04T10:00:00.000Z',
    card: null,
    isConfirmed: false,
    sentSequence: 0,
    lastSequence: 0,
    takenFileIds: [],
    lastTakenAtUtc: null,
    content: emptyContent(patientId),
  };
}

async function identityRow() {
  const keys = await createKeys(false);
  const card = {
    partyId: 'clinic-1',
    role: 'clinic',
    name: 'Clinic of the heron',
    ...(await publicKeys(keys)),
  } as const;
  return { identityId: 'own', card, signKey: keys.sign.privateKey, agreeKey: keys.agree.privateKey } as const;
}

type Device = ReturnType<typeof createDevice>;

/** All rows of all databases of a clinic on this device, as text. */
async function onDisk(device: Device): Promise<string> {
  const names = (await device.indexedDB.databases()).map(({ name }) => name ?? '');
  let text = '';
  for (const name of names.filter((one) => one.startsWith('thora-clinic'))) {
    const database = createClinicDatabase(name, device);
    for (const table of database.tables)
      for (const row of await table.toArray())
        text += Object.values(row as object)
          .map((value) =>
            value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value),
          )
          .join(' ');
    database.close();
  }
  return text;
}

async function clinicWithPatient() {
  const device = createDevice();
  const door = device.openDoor();
  door.introduce('Dr. Tester');
  await door.behind(async (store) => {
    await store.addIdentity(await identityRow());
    await store.putPatient(patientRow('patient-1'));
    await store.note(door.fact('patientAdded', 'patient-1'));
  });
  return { device, door };
}

async function lockDoor(door: DoorKeeper, typed = 'heron at dusk'): Promise<void> {
  await door.prepare(typed);
  await door.set();
}

const names = (store: ClinicStore) => store.patients().then((rows) => rows.map(({ name }) => name));
const deeds = (door: DoorKeeper) =>
  door.behind(async (store) => (await store.audit()).map(({ deed, who }) => `${deed} ${who}`.trim()));

describe('what lies behind the door', () => {
  it('is sealed with the lock, leaves nothing open, and can still be signed with', async () => {
    const { device, door } = await clinicWithPatient();
    expect(await onDisk(device)).toContain(NAME);
    await lockDoor(door);
    const disk = await onDisk(device);
    for (const word of [NAME, 'Clinic of the heron', 'Dr. Tester', 'patientAdded'])
      expect(disk).not.toContain(word);
    expect(await door.behind(names)).toEqual([NAME]);
    const bytes = new TextEncoder().encode('words');
    const isSigned = await door.behind(async (store) => {
      const own = (await store.identity())!;
      const crypto = createHandOverCrypto(own, own.card.agreeKey);
      return crypto.verify(own.card.signKey, await crypto.sign(bytes), bytes);
    });
    expect(isSigned).toBe(true);
    expect(
      (await device.indexedDB.databases()).filter(({ name }) => name?.startsWith('thora-clinic')),
    ).toHaveLength(1);
  });

  it('is read by no tab without the passphrase, and by no key of before', async () => {
    const { device, door } = await clinicWithPatient();
    const other = device.openDoor();
    expect(await other.behind(names)).toEqual([NAME]);
    await lockDoor(door);
    await expect(other.behind(names)).rejects.toMatchObject({ code: 'locked' });
    expect(await other.unlock(passphrase('heron at dusk'), 'Second')).toBe('open');
    expect(await other.behind(names)).toEqual([NAME]);
    await door.confirm(passphrase('heron at dusk'));
    await lockDoor(door, 'otter at dawn');
    await expect(other.behind(names)).rejects.toMatchObject({ code: 'locked' });
    await door.lock();
    await expect(door.behind(names)).rejects.toMatchObject({ code: 'locked' });
  });

  it('lies open again once the lock is taken away', async () => {
    const { device, door } = await clinicWithPatient();
    await lockDoor(door);
    await door.confirm(passphrase('heron at dusk'));
    await door.remove();
    expect(await device.openDoor().behind(names)).toEqual([NAME]);
    expect(await onDisk(device)).toContain(NAME);
  });

  it('is sealed at the first opening where an older Thora set the lock alone', async () => {
    const { device, door } = await clinicWithPatient();
    await lockDoor(door);
    const devices = createDeviceDatabase(undefined, device);
    const row = (await devices.doors.get('patients'))!;
    const { databaseName: _name, obsoleteDatabaseNames: _obsolete, ...older } = row;
    await devices.doors.put(older);
    const left = createClinicDatabase(undefined, device);
    await left.patients.put(patientRow('patient-2'));
    left.close();
    const next = device.openDoor();
    await expect(next.behind(names)).rejects.toMatchObject({ code: 'locked' });
    expect(await next.unlock(passphrase('heron at dusk'), 'Dr. Tester')).toBe('open');
    expect(await next.behind(names)).toEqual([NAME]);
    expect((await devices.doors.get('patients'))!.databaseName).toMatch(/^thora-clinic-/);
    const usual = createClinicDatabase(undefined, device);
    expect(await usual.patients.count()).toBe(0);
    usual.close();
  });

  it('is brought forward from the database of an older Thora', async () => {
    const device = createDevice();
    const older = new Dexie('thora-clinic', device);
    older.version(1).stores({ identity: 'identityId', patients: 'patientId, createdAtUtc' });
    await older.table('identity').add(await identityRow());
    await older.table('patients').add(patientRow('patient-1'));
    older.close();
    const door = device.openDoor();
    expect(await door.behind(names)).toEqual([NAME]);
    expect(await door.behind((store) => store.audit())).toEqual([]);
    await lockDoor(door);
    expect(await door.behind(names)).toEqual([NAME]);
    expect((await door.behind((store) => store.identity()))?.card.name).toBe('Clinic of the heron');
  });

  it('stays whole where setting the lock was cut off, and is swept later', async () => {
    const { device, door } = await clinicWithPatient();
    await door.prepare('heron at dusk');
    device.onClinicWrite.listener = () => {
      throw new Error('cut off');
    };
    await expect(door.set()).rejects.toThrow();
    device.onClinicWrite.listener = () => undefined;
    const next = device.openDoor();
    expect(await next.behind(names)).toEqual([NAME]);
    await lockDoor(next, 'otter at dawn');
    expect(await next.behind(names)).toEqual([NAME]);
    expect(
      (await device.indexedDB.databases()).filter(({ name }) => name?.startsWith('thora-clinic')),
    ).toHaveLength(1);
  });

  it('keeps a log of who opened it, and of who could not', async () => {
    const { device, door } = await clinicWithPatient();
    await lockDoor(door);
    const other = device.openDoor();
    expect(await other.unlock(passphrase('heron at dawn'), 'Guest')).toBe('wrong');
    expect(other.who()).toBeNull();
    expect(await other.unlock(passphrase('heron at dusk'), ' Second ')).toBe('open');
    await other.lock();
    expect(await deeds(door)).toEqual([
      'patientAdded Dr. Tester',
      'lockSet Dr. Tester',
      'wrongPassphrase',
      'doorOpened Second',
      'doorClosed Second',
    ]);
    const entries = await door.behind((store) => store.audit());
    expect(
      await brokenLinks(
        entries,
        async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))),
      ),
    ).toEqual([]);
  });

  it('closes after the minutes that were chosen, in every tab', async () => {
    const { device, door } = await clinicWithPatient();
    await lockDoor(door);
    const other = device.openDoor();
    expect(other.idleMinutes()).toBe(10);
    await door.setIdleMinutes(2);
    await expect.poll(() => other.idleMinutes()).toBe(2);
    expect(door.state()).toEqual({ kind: 'open' });
  });

  it('keeps a draft sealed until it is sent', async () => {
    const { device, door } = await clinicWithPatient();
    await lockDoor(door);
    await door.behind((store) => store.keepDraft('patient-1 note', 'half a secret'));
    expect(await onDisk(device)).not.toContain('half a secret');
    expect(await door.behind((store) => store.draft('patient-1 note'))).toBe('half a secret');
    await door.behind((store) => store.erasePatient('patient-1', () => true));
    expect(await door.behind((store) => store.draft('patient-1 note'))).toBeNull();
    expect(await door.behind(names)).toEqual([]);
  });
});
