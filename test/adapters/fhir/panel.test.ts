import type { Procedure } from 'fhir/r4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFhirClient } from '../../../src/adapters/fhir/fhir-client.ts';
import { resourcesOf } from '../../../src/adapters/fhir/mapping/resources-of.ts';
import { heapInUseBytes } from '../../../src/cli/bench/heap.ts';
import { contextOf, everything } from '../../support/fhir-parties.ts';
import { type FhirServer, start } from '../../support/fhir-server.ts';
import { loadFhirDefinitions } from '../../support/fhir-store.ts';
import { createParty } from '../../support/hand-over-parties.ts';

/** A large practice; the long form gives each of them twenty sessions. All of it is made up. */
const PATIENT_COUNT = 1000;
const SESSION_COUNT = process.env['THORA_LONG'] === undefined ? 2000 : 20_000;
const PAGE_SIZE = 20;
const LAST_SESSIONS = 50;
const MOST_FIRST_PAGE_BYTES = 250_000;
const MOST_GROWTH_BYTES = 4_000_000;
const LOOKS = 8;
const PAGES_EACH = 5;

let server: FhirServer;
beforeAll(async () => {
  loadFhirDefinitions();
  server = await start();
  const party = await createParty('patient', 'patient-1');
  const mapped = await resourcesOf((await everything()).patient, contextOf(party));
  const session = mapped.find(({ resource }) => resource.resourceType === 'Procedure')!.resource as Procedure;
  for (let i = 0; i < PATIENT_COUNT; i++)
    await server.store.createResource({
      resourceType: 'Patient',
      id: `p${i}`,
      identifier: [{ system: 'urn:thora:id:patient', value: `patient-${i}` }],
      name: [{ family: `Family ${String(i).padStart(4, '0')}`, given: ['Given'] }],
    } as never);
  for (let i = 0; i < SESSION_COUNT; i++) {
    const day = new Date(Date.UTC(2026, 0, 1) + i * 600_000).toISOString();
    await server.store.createResource({
      ...session,
      id: `s${i}`,
      identifier: [{ system: 'urn:thora:id:entry', value: `session-${i}` }],
      subject: { reference: `Patient/p${i % PATIENT_COUNT}` },
      performedPeriod: { start: day, end: day },
    } as never);
  }
}, 600_000);
afterAll(() => server.close());

const open = () =>
  createFhirClient({
    baseUrl: server.url,
    fetch: (...given) => fetch(...given),
    accessToken: () => Promise.resolve(null),
  });

/** What a clinic sees first: twenty names, and the last sessions of just these. */
async function firstPage() {
  const [requestsBefore, bytesBefore] = [server.seen.length, server.sentBytes()];
  const [begunMs, cpuBefore] = [performance.now(), process.cpuUsage()];
  const client = open();
  const patients = (await client.page('Patient?_sort=family', { pageSize: PAGE_SIZE })).found;
  const subjects = patients.map(({ id }) => `Patient/${id}`).join(',');
  const query = `Procedure?subject=${encodeURIComponent(subjects)}&_sort=-date`;
  const sessions = (await client.page(query, { pageSize: LAST_SESSIONS })).found;
  return {
    patients,
    sessions,
    requestCount: server.seen.length - requestsBefore,
    byteCount: server.sentBytes() - bytesBefore,
    tookMs: performance.now() - begunMs,
    cpuMs: process.cpuUsage(cpuBefore).user / 1000,
  };
}

describe(`a server with ${PATIENT_COUNT} patients and ${SESSION_COUNT} sessions`, () => {
  it('gives the first page of its panel in two requests, and no whole table', async () => {
    const page = await firstPage();
    const again = await firstPage();
    process.stdout.write(
      `First page of ${PATIENT_COUNT} simulated patients with ${SESSION_COUNT} sessions: ${page.requestCount} requests, ` +
        `${(page.byteCount / 1000).toFixed(1)} kB, ${page.tookMs.toFixed(0)} ms (${page.cpuMs.toFixed(0)} of the processor), again ` +
        `${again.tookMs.toFixed(0)} ms (${again.cpuMs.toFixed(0)}), with the server in the same process.\n`,
    );
    expect(page.patients).toHaveLength(PAGE_SIZE);
    expect(page.sessions).toHaveLength(Math.min(LAST_SESSIONS, (PAGE_SIZE * SESSION_COUNT) / PATIENT_COUNT));
    expect(page.requestCount).toBe(2);
    expect(page.byteCount).toBeLessThan(MOST_FIRST_PAGE_BYTES);
  });

  it('gives all of its sessions page by page, and no more memory is held at the end than at the beginning @slow', async () => {
    const bytesBefore = server.sentBytes();
    const heaps: number[] = [];
    let [sessionCount, pageCount] = [0, 0];
    const client = open();
    for (let group = 0; group < LOOKS; group++) {
      const patients = PATIENT_COUNT / LOOKS;
      const subjects = Array.from({ length: patients }, (_, i) => `Patient/p${group * patients + i}`);
      const query = `Procedure?subject=${encodeURIComponent(subjects.join(','))}`;
      for await (const page of client.pages(query, { pageSize: SESSION_COUNT / LOOKS / PAGES_EACH })) {
        sessionCount += page.length;
        pageCount++;
      }
      heaps.push(heapInUseBytes());
    }
    const wholeBytes = server.sentBytes() - bytesBefore;
    const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
    process.stdout.write(
      `${sessionCount} sessions in ${pageCount} pages, ${megabytes(wholeBytes)} MB; heap after each eighth of them (MB): ` +
        `${heaps.map(megabytes).join(' ')}.\n`,
    );
    expect(sessionCount).toBe(SESSION_COUNT);
    expect(pageCount).toBe(LOOKS * PAGES_EACH);
    // What was asked is written down by the server for tests itself, and is small.
    expect(Math.max(...heaps) - heaps[0]!).toBeLessThan(MOST_GROWTH_BYTES);
    const first = await firstPage();
    expect(first.byteCount / wholeBytes).toBeLessThan((PAGE_SIZE + LAST_SESSIONS + 10) / SESSION_COUNT);
  }, 600_000);
});
