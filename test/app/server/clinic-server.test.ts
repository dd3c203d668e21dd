import type { Patient } from '@medplum/fhirtypes';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { cardDocument } from '../../../src/adapters/fhir/mapping/document-resources.ts';
import { resourcesOf } from '../../../src/adapters/fhir/mapping/resources-of.ts';
import { createClinicDesk } from '../../../src/app/clinic-desk.ts';
import { createClinicServer } from '../../../src/app/server/clinic-server.ts';
import { emptyContent, type HandOverContent } from '../../../src/core/recording/clinic-record.ts';
import { writeCard } from '../../../src/core/recording/party-card.ts';
import { createDevice } from '../../adapters/session-log/people-bench.ts';
import { NO_RECORDINGS } from '../../support/clinic-desk.ts';
import { contextOf } from '../../support/fhir-parties.ts';
import { type FhirServer, start } from '../../support/fhir-server.ts';
import { loadFhirDefinitions } from '../../support/fhir-store.ts';
import { createParty, type TestParty } from '../../support/hand-over-parties.ts';
import { NO_LOGIN } from '../../support/no-login.ts';

/* The clinic's end of an open server, over HTTP; the patient's end is the mapping itself. */

const HOUR_MS = 3_600_000;
const nothing = () => undefined;

let server: FhirServer;

beforeAll(() => loadFhirDefinitions(), 60_000);
beforeEach(async () => void (server = await start()));
afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
});

async function clinicAt(url: string) {
  const device = createDevice();
  const door = device.openDoor();
  const desk = createClinicDesk(door, NO_RECORDINGS);
  await desk.setName('Clinic of the test');
  const clinic = createClinicServer(door, desk, device.locks, NO_LOGIN);
  await clinic.connect(await clinic.offer(url), { clientId: '', patientNumber: null });
  const exchange = (patientId: string) => clinic.exchange(patientId, nothing, new AbortController().signal);
  return { device, door, desk, clinic, exchange };
}

type Clinic = Awaited<ReturnType<typeof clinicAt>>;

/** A patient who is added to the server, paired by it, and whose code was compared. */
async function pairedPatient({ desk, clinic, exchange }: Clinic, name: string) {
  const patientId = await desk.add(name);
  await clinic.add(patientId);
  const patientReference = `Patient/${await clinic.numberOf(patientId)}`;
  const party = await createParty('patient', patientId);
  const context = { ...contextOf(party), patientReference, patientId };
  const file = { card: party.card, patientId, patientName: name };
  await post((await cardDocument(await writeCard(file, party.crypto), file, context)).resource);
  await exchange(patientId);
  await desk.confirmCode(patientId, (await desk.read(patientId))!.code!);
  const writes = async (part: Partial<HandOverContent>) => {
    for (const { resource } of await resourcesOf({ ...emptyContent(patientId), ...part }, context))
      await post(resource);
  };
  return { patientId, patientReference, party, writes };
}

const post = (resource: object) => server.store.createResource(resource as never);

const said = (text: string) => ({
  messages: [
    {
      messageId: `m-${text.replaceAll(' ', '-')}`,
      from: 'patient',
      text,
      writtenAtUtc: '2026-11-20T10:00:00.000Z',
    } as const,
  ],
});

const lines = async ({ desk }: Clinic, patientId: string) =>
  (await desk.read(patientId))!.content.messages.map(({ text }) => text);

describe("the clinic's end of a server", () => {
  it.each([true, false])(
    'misses nothing where the clock of this device is hours ahead; the server shows its own: %s',
    async (showsItsClock) => {
      if (!showsItsClock) hideClock();
      const at = await clinicAt(server.url);
      const realNow = Date.now.bind(Date);
      vi.spyOn(Date, 'now').mockImplementation(() => realNow() + 3 * HOUR_MS);
      const ana = await pairedPatient(at, 'Ana');
      await ana.writes(said('first'));
      await at.exchange(ana.patientId);
      await ana.writes(said('second'));
      await at.exchange(ana.patientId);
      expect(await lines(at, ana.patientId)).toEqual(['first', 'second']);
      const row = await at.door.behind((store) => store.patient(ana.patientId));
      expect(row!.server).toHaveProperty('readUntilUtc');
    },
  );

  it('asks again for what only a later Thora could read @slow', async () => {
    const at = await clinicAt(server.url);
    const ana = await pairedPatient(at, 'Ana');
    await ana.writes(said('of a later Thora'));
    let isNewer = true;
    server.setFault(({ url }) =>
      isNewer && url.startsWith('/Communication')
        ? { kind: 'change', change: (body) => body.replaceAll('"valueInteger":1', '"valueInteger":2') }
        : null,
    );
    expect((await at.exchange(ana.patientId)).refused).toMatchObject([{ code: 'newerVersion' }]);
    const row = await at.door.behind((store) => store.patient(ana.patientId));
    expect(row!.server).not.toHaveProperty('readUntilUtc');
    isNewer = false;
    await at.exchange(ana.patientId);
    expect(await lines(at, ana.patientId)).toEqual(['of a later Thora']);
  });

  it('does not take its own writing for a sign of the patient @slow', async () => {
    const at = await clinicAt(server.url);
    const ana = await pairedPatient(at, 'Ana');
    await at.desk.write(ana.patientId, 'by the clinic, just now');
    await at.exchange(ana.patientId);
    await ana.writes(said('long ago'));
    const longAgo = '2026-10-01T10:00:00.000Z';
    server.setFault(({ url }) =>
      url.startsWith('/Communication?')
        ? { kind: 'change', change: (body) => dated(body, ana.party, longAgo) }
        : null,
    );
    await at.exchange(ana.patientId);
    expect((await lines(at, ana.patientId)).toSorted()).toEqual(['by the clinic, just now', 'long ago']);
    expect((await at.desk.read(ana.patientId))!.told!.utcMs).toBe(Date.parse(longAgo));
  });

  it('sends nothing any more of a patient who was erased while it waited, and keeps no trace of it @slow', async () => {
    const at = await clinicAt(server.url);
    const ana = await pairedPatient(at, 'Ana');
    const bea = await pairedPatient(at, 'Bea');
    await at.desk.write(ana.patientId, 'of Ana alone');
    server.setFault(({ method }) => (method === 'POST' ? { kind: 'answer', status: 503 } : null));
    await at.exchange(ana.patientId).catch(nothing);
    server.setFault(null);
    expect((await at.clinic.look())!.waitingCount).toBeGreaterThan(0);
    await at.desk.erase(ana.patientId);
    expect((await at.clinic.look())!.waitingCount).toBe(0);
    await at.exchange(bea.patientId);
    expect(server.seen.filter(({ body }) => body.includes('of Ana alone')).length).toBeLessThanOrEqual(1);
    const found = await server.store.search({ resourceType: 'Communication', count: 100 });
    expect(JSON.stringify(found)).not.toContain('of Ana alone');
    const left = await at.door.behind(async (store) => [
      ...(await store.outbox.page('sent', -1, 100)),
      ...(await store.outbox.page('waiting', -1, 100)),
    ]);
    expect(left.length).toBeGreaterThan(0);
    expect(JSON.stringify(left)).not.toContain(ana.patientId);
  });

  it('puts nothing more on its way for a patient who is erased in the middle of an exchange @slow', async () => {
    const at = await clinicAt(server.url);
    const ana = await pairedPatient(at, 'Ana');
    for (let i = 0; i < 5; i++) await at.desk.write(ana.patientId, `of Ana ${i}`);
    const erased = new Promise<void>((resolve, reject) => {
      at.device.onClinicWrite.listener = () => {
        at.device.onClinicWrite.listener = nothing;
        // Not from within the write itself.
        setTimeout(() => void at.desk.erase(ana.patientId).then(resolve, reject));
      };
    });
    await expect(at.exchange(ana.patientId)).rejects.toThrow('not on this device');
    await erased;
    expect((await at.clinic.look())!.waitingCount).toBe(0);
    expect(server.seen.some(({ body }) => body.includes('of Ana'))).toBe(false);
  });

  it('sends nothing that waited for a patient with new keys, before their code was compared @slow', async () => {
    const at = await clinicAt(server.url);
    const ana = await pairedPatient(at, 'Ana');
    await at.desk.write(ana.patientId, 'to the keys of before');
    server.setFault(({ method }) => (method === 'POST' ? { kind: 'answer', status: 503 } : null));
    await at.exchange(ana.patientId).catch(nothing);
    server.setFault(null);
    const before = server.seen.length;
    const { card, crypto } = await createParty('patient', ana.patientId);
    const bytes = await writeCard({ card, patientId: ana.patientId, patientName: 'Ana' }, crypto);
    await at.desk.openFile(ana.patientId, new File([new Uint8Array(bytes)], 'card'));
    await at.exchange(ana.patientId);
    const sent = server.seen.slice(before).filter(({ method }) => method !== 'GET');
    expect(sent.every(({ body }) => body.includes('"resourceType":"DocumentReference"'))).toBe(true);
    await at.desk.confirmCode(ana.patientId, (await at.desk.read(ana.patientId))!.code!);
    await at.exchange(ana.patientId);
    expect(server.seen.at(-1)!.body).toContain('to the keys of before');
  });

  it('brings a patient once, however often it is asked at the same time', async () => {
    const at = await clinicAt(server.url);
    const { id } = (await post({ resourceType: 'Patient', name: [{ text: 'Ana' }] })) as { id: string };
    const patient = { number: id, name: 'Ana', birthDate: null, patientId: null };
    const [one, two] = await Promise.all([at.clinic.bring(patient), at.clinic.bring(patient)]);
    expect(one).toBe(two);
    expect(await at.desk.list()).toHaveLength(1);
  });

  it('brings who came here by a backup to their own place, and never to a second number', async () => {
    const at = await clinicAt(server.url);
    const other = await clinicAt(server.url);
    const patientId = await at.desk.add('Ana');
    await at.clinic.add(patientId);
    const number = (await at.clinic.numberOf(patientId))!;
    await other.desk.add('Ana', patientId);
    const patient = { number, name: 'Ana', birthDate: null, patientId: null };
    expect(await other.clinic.bring(patient)).toBe(patientId);
    expect(await other.clinic.numberOf(patientId)).toBe(number);
    const { id: _id, meta: _meta, ...copy } = await server.store.readResource<Patient>('Patient', number);
    const { id } = (await post(copy)) as { id: string };
    await expect(other.clinic.bring({ ...patient, number: id })).rejects.toMatchObject({
      code: 'notAllowed',
    });
    expect(await other.clinic.numberOf(patientId)).toBe(number);
  });

  it('believes what a server says of itself now, not what it said before @slow', async () => {
    await server.close();
    let mayAsk = true;
    let fhirVersion = '4.0.1';
    server = await start({
      capabilities: (statement) => ({
        ...statement,
        fhirVersion: fhirVersion as '4.0.1',
        rest: statement.rest!.map((rest) => ({
          ...rest,
          resource: rest.resource!.map((one) =>
            one.type === 'DocumentReference' ? { ...one, conditionalCreate: mayAsk } : one,
          ),
        })),
      }),
    });
    const at = await clinicAt(server.url);
    const ana = await pairedPatient(at, 'Ana');
    const lookedFor = () =>
      server.seen.filter(({ method, url }) => method === 'GET' && url.includes('identifier=')).length;
    await at.desk.write(ana.patientId, 'one');
    await at.exchange(ana.patientId);
    expect(lookedFor()).toBe(0);
    mayAsk = false;
    await at.desk.write(ana.patientId, 'two');
    await at.exchange(ana.patientId);
    expect(lookedFor()).toBeGreaterThan(0);
    fhirVersion = '5.0.0';
    await at.desk.write(ana.patientId, 'three');
    await expect(at.exchange(ana.patientId)).rejects.toMatchObject({ code: 'notFhir' });
    expect(server.seen.some(({ body }) => body.includes('three'))).toBe(false);
  });

  it('leaves nothing for the next server where it is left in the middle of an exchange', async () => {
    const at = await clinicAt(server.url);
    const ana = await pairedPatient(at, 'Ana');
    await at.desk.write(ana.patientId, 'of the first server');
    const next = await start();
    try {
      const left: Promise<void>[] = [];
      server.setFault(({ url }) => {
        if (url.startsWith('/DocumentReference') && left.length === 0) left.push(at.clinic.leave());
        return null;
      });
      await expect(at.exchange(ana.patientId)).rejects.toMatchObject({ code: 'stopped' });
      await Promise.all(left);
      await at.clinic.connect(await at.clinic.offer(next.url), { clientId: '', patientNumber: null });
      expect((await at.clinic.look())!.waitingCount).toBe(0);
      expect(server.seen.some(({ body }) => body.includes('of the first server'))).toBe(false);
    } finally {
      await next.close();
    }
  });
});

/** As a server whose `Date` web pages may not read. */
function hideClock(): void {
  const real = fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (...asked) => {
    const response = await real(...asked);
    const headers = new Headers(response.headers);
    headers.delete('date');
    return Object.defineProperty(response, 'headers', { value: headers });
  });
}

/** What this party wrote, as if the server had it since then. */
function dated(body: string, { card }: TestParty, utc: string): string {
  const bundle = JSON.parse(body) as { entry?: { resource: { meta: { lastUpdated: string } } }[] };
  for (const { resource } of bundle.entry ?? [])
    if (JSON.stringify(resource).includes(`"valueString":"${card.partyId}"`)) resource.meta.lastUpdated = utc;
  return JSON.stringify(bundle);
}
