import { describe, expect, it } from 'vitest';
import { createClinicBackups } from '../../src/app/clinic-backup.ts';
import { createClinicDesk } from '../../src/app/clinic-desk.ts';
import { brokenLinks } from '../../src/core/recording/audit-chain.ts';
import { sha256 } from '../../src/adapters/hand-over/web-crypto.ts';
import { createDevice, stretchQuickly } from '../adapters/session-log/people-bench.ts';
import { NO_RECORDINGS } from '../support/clinic-desk.ts';
import { clinicPlan } from '../support/clinic-plans.ts';

const nowhere = (): void => undefined;

async function clinicWithAna() {
  const door = createDevice().openDoor();
  const desk = createClinicDesk(door, NO_RECORDINGS);
  await desk.setName('Clinic of the test');
  const id = await desk.add('Ana');
  const { planId: _id, version: _version, ...body } = clinicPlan();
  await desk.sign(id, body, { author: 'Dr. One', reviewDay: 30_000, onVersion: 0 });
  await desk.write(id, 'a message');
  await desk.addNote(id, 'a note');
  const saved: Blob[] = [];
  const backups = createClinicBackups(door, stretchQuickly, (blob) => saved.push(blob));
  await backups.write('heron at dusk');
  return { door, desk, id, backups, file: new File(saved, 'clinic.thora-backup') };
}

describe('a backup of a clinic', () => {
  it('brings everything back on another device, where patients are paired anew', async () => {
    const { desk, id, file } = await clinicWithAna();
    expect(await file.text()).not.toContain('Ana');
    const door = createDevice().openDoor();
    const other = createClinicDesk(door, NO_RECORDINGS);
    const restored = await createClinicBackups(door, stretchQuickly, nowhere).restore(file, 'heron at dusk');
    expect(restored).toEqual({ patientCount: 1, mustPairAnew: true });
    expect(await other.read(id)).toEqual(await desk.read(id));
    expect(await other.name()).toBe('Clinic of the test');
    const { entries } = await other.audit();
    expect(entries.map(({ deed }) => deed)).toEqual([
      'clinicNamed',
      'patientAdded',
      'planSigned',
      'messageWritten',
      'noteWritten',
      'backupWritten',
      'backupRestored',
      'patientSeen',
    ]);
    expect(await brokenLinks(entries, sha256)).toEqual([]);
  });

  it('loses nothing that came since, and adds nothing twice', async () => {
    const { desk, id, backups, file } = await clinicWithAna();
    await desk.addNote(id, 'a later note');
    await desk.write(id, 'a later message');
    const before = await desk.read(id);
    expect(await backups.restore(file, 'heron at dusk')).toEqual({ patientCount: 1, mustPairAnew: false });
    expect(await desk.read(id)).toEqual(before);
    await desk.erase(id);
    await backups.restore(file, 'heron at dusk');
    expect((await desk.read(id))?.notes.map(({ text }) => text)).toEqual(['a note']);
    expect((await desk.audit()).broken).toEqual([]);
  });

  it('keeps by which number the server of the clinic knows the patient', async () => {
    const { door, id, backups } = await clinicWithAna();
    const server = { baseUrl: 'https://records.example/fhir', number: '42' };
    await door.behind(async (store) => {
      const row = (await store.patient(id))!;
      await store.putPatient({ ...row, server: { ...server, readUntilUtc: '2026-11-26T10:00:00.000Z' } });
    });
    const saved: Blob[] = [];
    await createClinicBackups(door, stretchQuickly, (blob) => saved.push(blob)).write('heron at dusk');
    await door.behind((store) => store.erasePatient(id, () => true));
    await backups.restore(new File(saved, 'clinic.thora-backup'), 'heron at dusk');
    // What came from there until now is read once more.
    expect(await door.behind(async (store) => (await store.patient(id))?.server)).toEqual(server);
  });

  it('is refused whole with another passphrase, cut, or changed', async () => {
    const { file } = await clinicWithAna();
    const door = createDevice().openDoor();
    const backups = createClinicBackups(door, stretchQuickly, nowhere);
    await expect(backups.restore(file, 'otter at dawn')).rejects.toMatchObject({ code: 'wrongPassphrase' });
    const bytes = new Uint8Array(await file.arrayBuffer());
    for (const bad of [
      bytes.slice(0, -1),
      bytes.slice(0, 30),
      bytes.map((byte, i) => (i === 99 ? byte ^ 1 : byte)),
    ])
      await expect(backups.restore(new File([bad], 'bad'), 'heron at dusk')).rejects.toMatchObject({
        name: 'BackupError',
      });
    expect(await createClinicDesk(door, NO_RECORDINGS).list()).toEqual([]);
  });

  it('is the way out for who lost passphrase and code @slow', async () => {
    const { door, desk, id, file } = await clinicWithAna();
    await door.prepare('heron at dusk');
    await door.set();
    await door.lock();
    await door.giveUp();
    expect(door.state()).toEqual({ kind: 'none' });
    expect(await desk.list()).toEqual([]);
    await createClinicBackups(door, stretchQuickly, nowhere).restore(file, 'heron at dusk');
    expect((await desk.read(id))?.name).toBe('Ana');
  });
});
