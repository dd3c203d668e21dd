import type { Bundle, BundleEntry, Patient, Resource } from 'fhir/r4';
import { Client } from 'fhir-kit-client';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleOf, MOST_IN_TRANSACTION } from '../../../src/adapters/fhir/mapping/bundle.ts';
import { contentOf } from '../../../src/adapters/fhir/mapping/content-of.ts';
import {
  cardDocument,
  cardsOf,
  recordingBinary,
  recordingDocument,
} from '../../../src/adapters/fhir/mapping/document-resources.ts';
import { digestOf, type MappedResource } from '../../../src/adapters/fhir/mapping/mapped-resource.ts';
import { patientResource } from '../../../src/adapters/fhir/mapping/patient-resource.ts';
import { resourcesOf } from '../../../src/adapters/fhir/mapping/resources-of.ts';
import { cardSearch, recordSearches } from '../../../src/adapters/fhir/mapping/searches.ts';
import { type HandOverContent, mergeContent } from '../../../src/core/recording/clinic-record.ts';
import { writeCard } from '../../../src/core/recording/party-card.ts';
import { clinicPlan } from '../../support/clinic-plans.ts';
import { chained, courseJournal, PATIENT_ID } from '../../support/fhir-content.ts';
import { contextOf, everything, expectedBy, same } from '../../support/fhir-parties.ts';
import { type FhirServer, start } from '../../support/fhir-server.ts';
import { loadFhirDefinitions } from '../../support/fhir-store.ts';
import { createParty, type TestParty } from '../../support/hand-over-parties.ts';

let clinic: TestParty;
let patient: TestParty;
let server: FhirServer;
let client: Client;
beforeAll(async () => {
  loadFhirDefinitions();
  clinic = await createParty('clinic', 'clinic-1');
  patient = await createParty('patient', PATIENT_ID);
}, 60_000);
beforeEach(async () => {
  server = await start();
  client = new Client({ baseUrl: server.url });
});
afterEach(() => server.close());

/** In pieces that a server takes in one transaction. */
async function post(
  mapped: readonly MappedResource[],
  type: 'transaction' | 'batch',
): Promise<readonly string[]> {
  const size = type === 'batch' ? 200 : MOST_IN_TRANSACTION;
  const statuses: string[] = [];
  for (let i = 0; i < mapped.length; i += size) {
    const bundle = bundleOf(mapped.slice(i, i + size), type);
    const body = bundle as unknown as Parameters<Client['batch']>[0]['body'];
    const answer = (await (type === 'batch'
      ? client.batch({ body })
      : client.transaction({ body }))) as unknown as Bundle;
    statuses.push(...(answer.entry ?? []).map(({ response }) => response?.status ?? ''));
  }
  return statuses;
}

/** By the searches that are published, page by page. */
async function fetched(searches: readonly string[]): Promise<Resource[]> {
  const found: Resource[] = [];
  for (const search of searches) {
    let page = (await client.request(search)) as unknown as Bundle | undefined;
    while (page !== undefined) {
      found.push(
        ...(page.entry ?? []).flatMap(({ resource }: BundleEntry) =>
          resource === undefined ? [] : [resource],
        ),
      );
      page = (await client.nextPage({ bundle: page as never })) as unknown as Bundle | undefined;
    }
  }
  return found;
}

async function newPatient(): Promise<string> {
  const { writer, appVersion, sha256 } = contextOf(clinic);
  const mapped = await patientResource(PATIENT_ID, 'Ana', { writer, appVersion, sha256 });
  await post([mapped], 'transaction');
  await post([mapped], 'transaction');
  const [only, ...more] = server.store.all('Patient') as unknown as Patient[];
  expect(more).toEqual([]);
  return `Patient/${only?.id}`;
}

const count = (): number => TYPES.reduce((sum, type) => sum + server.store.all(type).length, 0);
const TYPES = [
  'Basic',
  'CarePlan',
  'Communication',
  'Device',
  'DeviceMetric',
  'Flag',
  'Goal',
  'Observation',
  'Patient',
  'Procedure',
  'Provenance',
  'QuestionnaireResponse',
];

describe('a record on a server', () => {
  it('is read back equal with a client of others, and is not doubled by a second posting @slow', async () => {
    const reference = await newPatient();
    const all = await everything();
    const journal = courseJournal(1).slice(0, 40);
    const content = { patient: { ...all.patient, journal }, clinic: all.clinic };
    const mapped = [
      ...(await resourcesOf(content.clinic, contextOf(clinic, reference))),
      ...(await resourcesOf(content.patient, contextOf(patient, reference))),
    ];
    const first = await post(mapped, 'transaction');
    expect(new Set(first)).toEqual(new Set(['201']));
    expect(count()).toBe(mapped.length + 1);
    const again = [
      ...(await resourcesOf(content.clinic, contextOf(clinic, reference))),
      ...(await resourcesOf(content.patient, contextOf(patient, reference))),
    ];
    const second = await post(again, 'batch');
    expect(new Set(second)).toEqual(new Set(['200']));
    expect(count()).toBe(mapped.length + 1);

    const resources = await fetched(recordSearches(reference));
    const records = journal.length + 2 + 1 + 2;
    expect(resources).toHaveLength(records);
    const byClinic = await contentOf(resources, expectedBy(clinic, patient, reference));
    expect(byClinic.refused).toEqual([]);
    expect(byClinic.content).toEqual(mergeContent(content.clinic, content.patient));
  });

  it('is known again at the server by its digest, signed anew or not', async () => {
    const reference = await newPatient();
    const { clinic: content } = await everything();
    const context = contextOf(clinic, reference);
    const mapped = await resourcesOf(content, context);
    await post(mapped, 'transaction');
    for (const { resource, identifier, digest } of mapped) {
      const stored = server.store
        .all(resource.resourceType)
        .find((one) => JSON.stringify(one).includes(`"${identifier.value}"`));
      expect(await digestOf(stored!, context.sha256), resource.resourceType).toBe(digest);
    }
    const known = new Set(mapped.map(({ digest }) => digest));
    expect(await resourcesOf(content, { ...context, isKnown: (_, digest) => known.has(digest) })).toEqual([]);
  });

  it('is signed anew by who got new keys, and read with those', async () => {
    const reference = await newPatient();
    const { patient: all } = await everything();
    const content = { ...all, journal: all.journal.slice(0, 5) };
    const old = await resourcesOf(content, contextOf(patient, reference));
    await post(old, 'batch');
    const renewed = await createParty('patient', PATIENT_ID);
    const expected = expectedBy(clinic, renewed, reference);
    const before = await contentOf(await fetched(recordSearches(reference)), expected);
    expect(before.content.journal).toEqual([]);
    expect(new Set(before.refused.map(({ code }) => code))).toEqual(new Set(['notSigned']));

    const known = new Set(old.map(({ digest }) => digest));
    const isKnown = (_: unknown, digest: string): boolean => known.has(digest);
    const anew = await resourcesOf(content, { ...contextOf(renewed, reference), isKnown });
    await post(anew, 'batch');
    expect(await contentOf(await fetched(recordSearches(reference)), expected)).toEqual({
      content: same(content),
      refused: [],
    });
  });

  it('shows the plan that holds as the active one', async () => {
    const reference = await newPatient();
    const [first, second] = await chained([
      clinicPlan({ patientId: PATIENT_ID }),
      clinicPlan({ patientId: PATIENT_ID, painCeiling: 3 }),
    ]);
    const of = (...plans: HandOverContent['plans']): HandOverContent => ({
      ...same({ patientId: PATIENT_ID, plans, passports: [], messages: [], journal: [] }),
    });
    const context = contextOf(clinic, reference);
    await post(await resourcesOf(of(first!), context), 'transaction');
    await post(await resourcesOf(of(first!, second!), context), 'transaction');
    const plans = (await fetched([`CarePlan?subject=${reference}`])) as unknown as {
      status: string;
      replaces?: unknown;
    }[];
    expect(plans.map(({ status, replaces }) => [status, replaces !== undefined])).toEqual([
      ['revoked', false],
      ['active', true],
    ]);
  });

  it('carries cards and recordings', async () => {
    const reference = await newPatient();
    const file = { card: patient.card, patientId: PATIENT_ID, patientName: 'Ana' };
    const bytes = await writeCard(file, patient.crypto);
    const document = await cardDocument(bytes, file, contextOf(patient, reference));
    await post([document, document].slice(0, 1), 'transaction');
    const found = await cardsOf(
      [
        ...(await fetched([cardSearch(reference)])),
        null,
        { resourceType: 'DocumentReference', subject: { reference }, content: 7 },
      ],
      { patientId: PATIENT_ID, patientReference: reference, role: 'patient', crypto: clinic.crypto },
    );
    expect(found).toEqual([{ file, bytes }]);
    const asked = {
      patientId: PATIENT_ID,
      patientReference: 'Patient/other',
      role: 'patient',
      crypto: clinic.crypto,
    } as const;
    expect(await cardsOf(await fetched([cardSearch(reference)]), asked)).toEqual([]);

    const about = {
      recordingId: 'r1',
      startedAtUtc: '2026-01-06T10:00:00.000Z',
      contentType: 'application/zip',
    };
    const recording = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
    const context = contextOf(patient, reference);
    const binary = (await client.create({
      resourceType: 'Binary',
      body: recordingBinary(recording, about, context) as never,
    })) as unknown as Resource;
    const mapped = await recordingDocument(recording, `Binary/${binary.id}`, about, context);
    expect(await post([mapped], 'transaction')).toEqual(['201']);
    expect(await post([mapped], 'transaction')).toEqual(['200']);
  });
});
