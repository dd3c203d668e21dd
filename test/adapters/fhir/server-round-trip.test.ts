import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFhirClient, type FhirClient } from '../../../src/adapters/fhir/fhir-client.ts';
import { contentOf } from '../../../src/adapters/fhir/mapping/content-of.ts';
import { patientResource } from '../../../src/adapters/fhir/mapping/patient-resource.ts';
import { resourcesOf } from '../../../src/adapters/fhir/mapping/resources-of.ts';
import { recordSearches } from '../../../src/adapters/fhir/mapping/searches.ts';
import { createOutbox } from '../../../src/adapters/fhir/outbox.ts';
import { discoverSmart } from '../../../src/adapters/fhir/smart-discovery.ts';
import { createSmartLogin } from '../../../src/adapters/fhir/smart-login.ts';
import { createSmartSession } from '../../../src/adapters/fhir/smart-session.ts';
import type { Party } from '../../../src/adapters/fhir/smart-scopes.ts';
import { type HandOverContent, mergeContent } from '../../../src/core/recording/clinic-record.ts';
import { browseBack } from '../../support/browse-back.ts';
import { PATIENT_ID } from '../../support/fhir-content.ts';
import { contextOf, everything, expectedBy } from '../../support/fhir-parties.ts';
import { type FhirServer, start } from '../../support/fhir-server.ts';
import { loadFhirDefinitions } from '../../support/fhir-store.ts';
import { createParty, type TestParty } from '../../support/hand-over-parties.ts';
import { type OpenIdProvider, startOpenIdProvider } from '../../support/openid-provider.ts';
import { FakeLocks } from '../fake-locks.ts';
import { createMemoryOutbox } from './memory-outbox.ts';

const REDIRECT_URI = 'http://127.0.0.1:4394/';
const TOKEN_S = 120;

let clinic: TestParty;
let patient: TestParty;
let server: FhirServer;
let provider: OpenIdProvider;
let reference: string;
/** Of the devices; the servers keep the true time. */
let aheadMs = 0;

beforeAll(async () => {
  loadFhirDefinitions();
  clinic = await createParty('clinic', 'clinic-1');
  patient = await createParty('patient', PATIENT_ID);
}, 60_000);

beforeEach(async () => {
  aheadMs = 0;
  server = await start({
    pageSize: 15,
    authorize: (token) => provider.authorize(token),
    smartConfiguration: () => provider.smartConfiguration(),
  });
  const { writer, appVersion, sha256 } = contextOf(clinic);
  const { resource } = await patientResource(PATIENT_ID, 'Ana', { writer, appVersion, sha256 });
  const { id } = (await server.store.createResource(resource as never)) as { readonly id: string };
  reference = `Patient/${id}`;
  provider = await startOpenIdProvider({
    fhirBaseUrl: server.url,
    redirectUris: [REDIRECT_URI],
    accounts: [
      { accountId: 'ana', name: 'Ana', patientId: id, fhirUser: reference },
      { accountId: 'doctor', name: 'Dr Reis', patientId: null, fhirUser: 'Practitioner/d1' },
    ],
    signIn: 'page',
    accessTokenS: TOKEN_S,
  });
}, 60_000);

afterEach(async () => {
  await server.close();
  await provider.close();
});

/** One device that logs in and sends; what it has read and what waits is its own. */
async function openDevice(party: Party) {
  const plainFetch: typeof fetch = (...given) => fetch(...given);
  const nowUtcMs = () => Date.now() + aheadMs;
  const kept = new Map<string, string>();
  const login = createSmartLogin({
    fetch: plainFetch,
    nowUtcMs,
    redirectUri: REDIRECT_URI,
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
  });
  const open = (accessToken: (rejected?: string) => Promise<string | null>): FhirClient =>
    createFhirClient({ baseUrl: server.url, fetch: plainFetch, accessToken, nowUtcMs });
  const smart = await discoverSmart(server.url, {
    fetch: plainFetch,
    capabilities: open(() => Promise.resolve(null)).capabilities,
  });
  const ask = { server: smart!, clientId: 'thora', party, owner: 'me', agreedBaseUrls: [server.url] };
  const account = party === 'patient' ? 'ana' : 'doctor';
  const { tokens } = await login.finish(
    await browseBack(await login.begin(ask), REDIRECT_URI, account),
    'me',
  );
  let refreshToken = tokens.refreshToken;
  const locks = new FakeLocks();
  const session = createSmartSession(
    { server: smart!, clientId: 'thora', patientReference: tokens.patientReference },
    tokens,
    {
      fetch: plainFetch,
      nowUtcMs,
      locks,
      lockName: 'token',
      keeper: {
        read: () => Promise.resolve(refreshToken),
        keep: (next) => Promise.resolve(void (refreshToken = next)),
      },
    },
  );
  const client = open(session.accessToken);
  const { store } = createMemoryOutbox();
  const outbox = createOutbox({ store, locks, lockName: 'outbox', chance: () => 0.5 });
  return {
    tokens,
    client,
    outbox,
    drain: (isAskedFor = false) => outbox.drain(client, { now: nowUtcMs, isAskedFor }),
    nowUtcMs,
  };
}

async function readBack(client: FhirClient): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const query of recordSearches(reference))
    for await (const resource of client.search(query)) found.push(resource);
  return found;
}

describe('a record between two devices and a server that wants a login', () => {
  it('arrives whole, through answers that are lost and tokens that end @slow', async () => {
    const all = await everything();
    const journal = all.patient.journal.slice(0, 60);
    const theirs: HandOverContent = { ...all.patient, journal };
    const [doctor, ana] = [await openDevice('clinic'), await openDevice('patient')];
    expect(ana.tokens.patientReference).toBe(reference);
    await doctor.outbox.enqueue(
      await resourcesOf(all.clinic, contextOf(clinic, reference)),
      doctor.nowUtcMs(),
    );
    await ana.outbox.enqueue(await resourcesOf(theirs, contextOf(patient, reference)), ana.nowUtcMs());

    let count = 0;
    server.setFault(({ url }) => {
      if (url.startsWith('/metadata') || url.startsWith('/.well-known')) return null;
      count++;
      if (count % 7 === 0) return { kind: 'hangUp', when: 'after' };
      if (count % 11 === 0) return { kind: 'hangUp', when: 'before' };
      return count % 13 === 0 ? { kind: 'answer', status: 503 } : null;
    });
    for (let turn = 0; turn < 200 && (await doctor.drain(true)).kind !== 'done'; turn++);
    // At the patient's, time goes by and the token is renewed; a clinic's login would end with it.
    for (let turn = 1; turn < 200 && (await ana.drain(true)).kind !== 'done'; turn++)
      if (turn % 10 === 0) aheadMs += (TOKEN_S + 1) * 1000;
    server.setFault(null);
    for (const device of [doctor, ana])
      expect(await device.outbox.look()).toMatchObject({ waitingCount: 0, setAsideCount: 0 });
    expect(provider.asked).toContain('refresh_token');

    const resources = await readBack(ana.client);
    const byPatient = await contentOf(resources, expectedBy(patient, clinic, reference));
    expect(byPatient.refused).toEqual([]);
    expect(byPatient.content).toEqual(mergeContent(all.clinic, theirs));

    const before = server.seen.length;
    const known = await ana.outbox.known();
    expect(await resourcesOf(theirs, { ...contextOf(patient, reference), isKnown: known })).toEqual([]);
    expect(await ana.outbox.enqueue(await resourcesOf(theirs, contextOf(patient, reference)), 0)).toBe(0);
    await ana.drain();
    expect(server.seen.length).toBe(before);
  });

  it('is refused to a token that is for another server', async () => {
    const ana = await openDevice('patient');
    const other = await start({ authorize: (token) => provider.authorize(token === null ? null : 'x') });
    const token = ana.tokens.accessToken;
    const client = createFhirClient({
      baseUrl: other.url,
      fetch: (...given) => fetch(...given),
      accessToken: () => Promise.resolve(token),
    });
    await expect(client.page('Patient')).rejects.toMatchObject({
      code: 'unauthorised',
      words: 'No right to this.',
    });
    await other.close();
  });
});
