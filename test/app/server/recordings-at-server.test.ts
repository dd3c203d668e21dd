import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFhirClient } from '../../../src/adapters/fhir/fhir-client.ts';
import {
  listRecordings,
  readRecording,
  sendRecording,
} from '../../../src/app/server/recordings-at-server.ts';
import { contextOf } from '../../support/fhir-parties.ts';
import { type FhirServer, start } from '../../support/fhir-server.ts';
import { createParty } from '../../support/hand-over-parties.ts';

const ABOUT = { recordingId: 'r-1', startedAtUtc: '2026-11-20T10:00:00.000Z' };
const BYTES = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);
const { signal } = new AbortController();

let server: FhirServer;
beforeEach(async () => {
  server = await start();
});
afterEach(() => server.close());

const open = () =>
  createFhirClient({
    baseUrl: server.url,
    fetch: (...asked) => fetch(...asked),
    accessToken: async () => null,
  });

async function sent(reference: string) {
  const context = contextOf(await createParty('patient', 'patient-1'), reference);
  const file = new File([BYTES], 'session.thora');
  return sendRecording(open(), file, ABOUT, context, signal);
}

describe('a recording at a clinic’s server', () => {
  it('goes there once, and comes back to the byte @slow', async () => {
    expect(await sent('Patient/p1')).toBe(true);
    expect(await sent('Patient/p1')).toBe(false);
    const [found, ...others] = await listRecordings(open(), 'Patient/p1');
    expect(others).toEqual([]);
    expect(found?.startedAtUtc).toContain('2026-11-20T10:00:00');
    const file = await readRecording(open(), found!);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(BYTES);
    expect((await server.store.search({ resourceType: 'Binary', count: 10 })).entry).toHaveLength(1);
  });

  it('is of no other patient, whatever the server lists', async () => {
    await sent('Patient/p1');
    expect(await listRecordings(open(), 'Patient/p1')).toHaveLength(1);
    server.setFault(() => ({
      kind: 'change',
      change: (body) => body.replaceAll('Patient/p1', 'Patient/p9'),
    }));
    expect(await listRecordings(open(), 'Patient/p1')).toEqual([]);
    server.setFault(() => ({
      kind: 'change',
      change: (body) => body.replaceAll('"subject":{"reference":"Patient/p1"}', '"subject":[]'),
    }));
    expect(await listRecordings(open(), 'Patient/p1')).toEqual([]);
  });

  it('is refused where its bytes are not those that were sent', async () => {
    await sent('Patient/p1');
    const [found] = await listRecordings(open(), 'Patient/p1');
    server.setFault(() => ({
      kind: 'change',
      change: (body) => body.replace(/"data":"..../, '"data":"AAAA'),
    }));
    await expect(readRecording(open(), found!)).rejects.toMatchObject({ code: 'notFhir' });
  });

  it('is not sent above what an answer may hold', async () => {
    const context = contextOf(await createParty('patient', 'patient-1'), 'Patient/p1');
    const file = new File([new Uint8Array(20_000_001)], 'long.thora');
    await expect(sendRecording(open(), file, ABOUT, context, signal)).rejects.toMatchObject({
      code: 'tooLarge',
    });
    expect(server.seen).toEqual([]);
  });
});
