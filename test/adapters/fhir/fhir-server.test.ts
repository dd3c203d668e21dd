import type { Bundle, Communication, Patient } from 'fhir/r4';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FhirServer, start } from '../../support/fhir-server.ts';
import { loadFhirDefinitions } from '../../support/fhir-store.ts';

const JSON_TYPE = 'application/fhir+json';

function message(value: string): Communication {
  return {
    resourceType: 'Communication',
    status: 'completed',
    identifier: [{ system: 'urn:test', value }],
    payload: [{ contentString: `Message ${value}` }],
  };
}

describe('the FHIR server for tests', () => {
  let server: FhirServer;
  beforeAll(loadFhirDefinitions, 60_000);
  beforeEach(async () => {
    server = await start();
  });
  afterEach(() => server.close());

  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, {
      method,
      headers: { 'content-type': JSON_TYPE, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  it('creates once under the same condition, with ETag and Location', async () => {
    const condition = { 'if-none-exist': 'identifier=urn:test|a' };
    const first = await send('POST', '/Communication', message('a'), condition);
    const second = await send('POST', '/Communication', message('a'), condition);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(first.headers.get('etag')).toMatch(/^W\/".+"$/);
    expect(first.headers.get('location')).toContain(`${server.url}/Communication/`);
    expect(server.store.all('Communication')).toHaveLength(1);
  });

  it('refuses an update of a version that is not the newest', async () => {
    const made = (await (await send('POST', '/Communication', message('a'))).json()) as Communication;
    const path = `/Communication/${made.id}`;
    const match = { 'if-match': `W/"${made.meta?.versionId}"` };
    expect((await send('PUT', path, made, match)).status).toBe(200);
    expect((await send('PUT', path, made, match)).status).toBe(412);
  });

  it('refuses what is no sound resource, and says where', async () => {
    const two = { ...message('a'), extension: [{ url: 'urn:x', valueString: 'a', valueInteger: 1 }] };
    for (const bad of [{ ...message('a'), colour: 'red' }, two, { ...message('a'), note: [] }]) {
      const answer = await send('POST', '/Communication', bad);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ resourceType: 'OperationOutcome' });
    }
    expect(
      (await send('POST', '/Communication', message('a'), { 'content-type': 'text/plain' })).status,
    ).toBe(400);
    expect(server.store.all('Communication')).toHaveLength(0);
  });

  it('takes back the whole of a transaction that fails', async () => {
    await send('POST', '/Communication', message('a'));
    const changed = { ...message('a'), payload: [{ contentString: 'changed' }] };
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          request: { method: 'POST', url: 'Communication', ifNoneExist: 'identifier=urn:test|b' },
          resource: message('b'),
        },
        { request: { method: 'PUT', url: 'Communication?identifier=urn:test|a' }, resource: changed },
        {
          request: { method: 'PUT', url: 'Communication?identifier=urn:test|c' },
          resource: { ...message('c'), colour: 1 },
        },
      ],
    };
    const before = server.store.all('Communication');
    expect((await send('POST', '', bundle)).status).toBe(400);
    expect(server.store.all('Communication')).toEqual(before);
    const found = await send('GET', '/Communication?identifier=urn:test|b');
    expect(((await found.json()) as Bundle).total).toBe(0);
  });

  it('gives pages with links to the next', async () => {
    for (let i = 0; i < 45; i++) await send('POST', '/Communication', message(`m${i}`));
    const values: string[] = [];
    let next: string | undefined = `${server.url}/Communication?_count=20`;
    let pages = 0;
    while (next !== undefined) {
      const bundle = (await (await fetch(next)).json()) as Bundle<Communication>;
      pages += 1;
      values.push(...(bundle.entry ?? []).map(({ resource }) => resource?.identifier?.[0]?.value ?? ''));
      next = bundle.link?.find(({ relation }) => relation === 'next')?.url;
    }
    expect(pages).toBe(3);
    expect(new Set(values).size).toBe(45);
  });

  it('finds by subject and by tag', async () => {
    const patient = (await (await send('POST', '/Patient', { resourceType: 'Patient' })).json()) as Patient;
    const tagged = {
      ...message('a'),
      subject: { reference: `Patient/${patient.id}` },
      meta: { tag: [{ system: 'urn:tag', code: 'x' }] },
    };
    await send('POST', '/Communication', tagged);
    await send('POST', '/Communication', message('b'));
    for (const query of [`subject=Patient/${patient.id}`, '_tag=urn:tag|x']) {
      const bundle = (await (await send('GET', `/Communication?${query}`)).json()) as Bundle;
      expect(bundle.total, query).toBe(1);
    }
  });

  it('says what it can do, and lets a page of another origin read what it needs', async () => {
    expect(await (await send('GET', '/metadata')).json()).toMatchObject({ fhirVersion: '4.0.1' });
    expect((await send('GET', '/.well-known/smart-configuration')).status).toBe(404);
    const asked = await fetch(`${server.url}/Patient`, {
      method: 'OPTIONS',
      headers: { origin: 'http://app.test' },
    });
    expect(asked.headers.get('access-control-allow-origin')).toBe('http://app.test');
    for (const name of ['If-Match', 'If-None-Exist', 'Prefer', 'Authorization'])
      expect(asked.headers.get('access-control-allow-headers')).toContain(name);
    for (const name of ['ETag', 'Location'])
      expect(asked.headers.get('access-control-expose-headers')).toContain(name);
  });

  it('lets a test break the line before or after, answer wrong, or ask for a token', async () => {
    server.setFault(() => ({ kind: 'hangUp', when: 'before' }));
    await expect(send('POST', '/Communication', message('a'))).rejects.toThrow('fetch failed');
    expect(server.store.all('Communication')).toHaveLength(0);
    server.setFault(() => ({ kind: 'hangUp', when: 'after' }));
    await expect(send('POST', '/Communication', message('a'))).rejects.toThrow('fetch failed');
    expect(server.store.all('Communication')).toHaveLength(1);
    server.setFault(() => ({ kind: 'answer', status: 429, headers: { 'retry-after': '3' } }));
    expect((await send('GET', '/Patient')).headers.get('retry-after')).toBe('3');
    server.setFault(() => ({ kind: 'change', change: (body) => body.slice(0, 20) }));
    expect(await (await send('GET', '/Communication')).text()).toHaveLength(20);
    server.setFault(() => ({ kind: 'silence' }));
    await expect(fetch(server.url, { signal: AbortSignal.timeout(50) })).rejects.toThrow('timeout');
    server.setFault(null);

    const guarded = await start({
      authorize: (token) => token === 'good',
      smartConfiguration: (base) => ({ issuer: base }),
    });
    const status = async (headers: Record<string, string>) =>
      (await fetch(`${guarded.url}/Patient`, { headers })).status;
    expect(await status({})).toBe(401);
    expect(await status({ authorization: 'Bearer bad' })).toBe(403);
    expect(await status({ authorization: 'Bearer good' })).toBe(200);
    expect((await fetch(`${guarded.url}/metadata`)).status).toBe(200);
    const smart = await fetch(`${guarded.url}/.well-known/smart-configuration`);
    expect(await smart.json()).toEqual({ issuer: guarded.url });
    await guarded.close();
  });
});
