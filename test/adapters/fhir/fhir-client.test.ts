import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delay, http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { baseAddressOf, isWithin } from '../../../src/adapters/fhir/fhir-address.ts';
import { createFhirClient, type FhirLimits } from '../../../src/adapters/fhir/fhir-client.ts';
import { FhirError } from '../../../src/adapters/fhir/fhir-error.ts';

const BASE = 'https://clinic.example/fhir';
const server = setupServer();
beforeAll(() =>
  server.listen({
    onUnhandledRequest: ({ url }, { error }) => {
      if (!url.startsWith('http://127.0.0.1:')) error();
    },
  }),
);
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const FHIR_JSON = { 'content-type': 'application/fhir+json' };
const PATIENT = { resourceType: 'Patient', id: 'a', meta: { versionId: '3' } };
const clientWith = (
  limits: Partial<FhirLimits> = {},
  accessToken = () => Promise.resolve<string | null>('t'),
) => createFhirClient({ baseUrl: BASE, fetch: (...given) => fetch(...given), accessToken, limits });

/** A server of our own, for what happens on the line. */
async function listening(answer: (response: ServerResponse) => void) {
  const real = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => real.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(real.address() as AddressInfo).port}`;
  return {
    client: (limits: Partial<FhirLimits> = {}) =>
      createFhirClient({
        baseUrl,
        fetch: (...given) => fetch(...given),
        accessToken: () => Promise.resolve(null),
        limits,
      }),
    close: () => {
      real.closeAllConnections();
      real.close();
    },
  };
}

function fhir(body: object | string, init: { status?: number; headers?: Record<string, string> } = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new HttpResponse(text, { ...init, headers: { ...FHIR_JSON, ...init.headers } });
}

const pageWith = (resources: readonly object[], next?: unknown) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource, search: { mode: 'match' } })),
  ...(next === undefined ? {} : { link: [{ relation: 'next', url: next }] }),
});

async function errorOf(work: Promise<unknown>): Promise<FhirError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FhirError)) throw new Error('It was not refused.', { cause: error });
  return error;
}

async function all<T>(from: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of from) found.push(each);
  return found;
}

describe('an address of a server', () => {
  it.each([
    ['https://clinic.example/fhir/', 'https://clinic.example/fhir'],
    ['  https://CLINIC.example ', 'https://clinic.example'],
    ['http://127.0.0.1:8080/fhir', 'http://127.0.0.1:8080/fhir'],
    ['http://localhost:8080//', 'http://localhost:8080'],
    ['https://clinic.example/fhir?a=1#b', 'https://clinic.example/fhir'],
  ])('%s is kept as %s', (typed, kept) => expect(baseAddressOf(typed)).toBe(kept));

  it.each([
    'http://clinic.example/fhir',
    'clinic.example',
    'ftp://clinic.example',
    'https://me:word@clinic.example',
    'javascript:0',
    '',
  ])('%j is refused', (typed) =>
    expect(() => baseAddressOf(typed)).toThrow(expect.objectContaining({ code: 'badAddress' })),
  );

  it.each([
    ['https://clinic.example/fhir?page=2', true],
    ['https://clinic.example/fhir/Patient?page=2', true],
    ['https://clinic.example/fhirling', false],
    ['https://clinic.example/fhir/../admin', false],
    ['https://clinic.example:444/fhir', false],
    ['http://clinic.example/fhir', false],
    ['https://other@clinic.example/fhir/Patient', false],
    ['https://evil.example/fhir', false],
  ])('%s is of the server: %s', (address, within) => expect(isWithin(BASE, new URL(address))).toBe(within));
});

describe('what a server answers', () => {
  it.each([
    [401, 'unauthorised'],
    [403, 'forbidden'],
    [404, 'notFound'],
    [410, 'notFound'],
    [408, 'timeout'],
    [409, 'conflict'],
    [412, 'stale'],
    [413, 'tooLarge'],
    [429, 'tooMany'],
    [500, 'server'],
    [503, 'server'],
    [400, 'refused'],
    [422, 'refused'],
    [405, 'refused'],
  ])('%i is told as %s', async (status, code) => {
    server.use(http.get(`${BASE}/Patient/a`, () => fhir('<html>', { status })));
    expect(await errorOf(clientWith().read('Patient', 'a'))).toMatchObject({ code, status, words: '' });
  });

  it('a refusal carries the words of the server, on one line', async () => {
    const issue = [
      {
        severity: 'error',
        code: 'invalid',
        details: { text: 'No\nsuch\u0007code' },
        expression: ['Observation.code'],
      },
      {
        severity: 'error',
        code: 'required',
        diagnostics: 'status is missing',
        location: ['Observation.status'],
      },
      { severity: 'error', code: 'processing', details: 7, expression: 'none' },
      null,
    ];
    server.use(
      http.post(`${BASE}/Observation`, () =>
        fhir({ resourceType: 'OperationOutcome', issue }, { status: 422 }),
      ),
    );
    expect(await errorOf(clientWith().create({ resourceType: 'Observation' }, null))).toMatchObject({
      code: 'refused',
      words: 'No such code; status is missing; processing',
      expression: ['Observation.code', 'Observation.status'],
    });
  });

  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': 'Fri, 27 Nov 2026 10:00:09 GMT', date: 'Fri, 27 Nov 2026 10:00:00 GMT' }, 9000],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('too many requests with %j wait for %s ms', async (headers, retryAfterMs) => {
    server.use(http.get(`${BASE}/Patient/a`, () => fhir('', { status: 429, headers })));
    expect(await errorOf(clientWith().read('Patient', 'a'))).toMatchObject({ code: 'tooMany', retryAfterMs });
  });

  it.each([
    [
      'a page of the network',
      () =>
        new HttpResponse('<html>Log in to the network</html>', { headers: { 'content-type': 'text/html' } }),
    ],
    ['a cut body', () => fhir('{"resourceType":"Patient","id":"a"')],
    ['no JSON', () => fhir('resourceType: Patient')],
    ['an empty body', () => fhir('')],
    ['null', () => fhir('null')],
    ['a list', () => fhir('[]')],
    ['another type', () => fhir({ resourceType: 'Group', id: 'a' })],
    ['another patient', () => fhir({ resourceType: 'Patient', id: 'b' })],
    ['an id that is a list', () => fhir({ resourceType: 'Patient', id: ['a'] })],
    ['metadata that are none', () => fhir({ resourceType: 'Patient', id: 'a', meta: 7 })],
  ])('%s is no FHIR', async (_what, answer) => {
    server.use(http.get(`${BASE}/Patient/a`, answer));
    expect((await errorOf(clientWith().read('Patient', 'a'))).code).toBe('notFhir');
  });

  it('a line that breaks is offline, and keeps its cause', async () => {
    server.use(http.get(`${BASE}/Patient/a`, () => HttpResponse.error()));
    const error = await errorOf(clientWith().read('Patient', 'a'));
    expect(error.code).toBe('offline');
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  it('silence is a timeout, before the head and after it', async () => {
    const silent = await listening(() => undefined);
    expect((await errorOf(silent.client({ timeoutMs: 30 }).read('Patient', 'a'))).code).toBe('timeout');
    const stuck = await listening((response) => {
      response.writeHead(200, FHIR_JSON);
      response.write('{');
    });
    expect((await errorOf(stuck.client({ timeoutMs: 200 }).read('Patient', 'a'))).code).toBe('timeout');
    silent.close();
    stuck.close();
  });

  it('can be taken back at any moment', async () => {
    const stop = new AbortController();
    server.use(
      http.get(`${BASE}/Patient/a`, async () => {
        stop.abort();
        await delay('infinite');
      }),
    );
    expect((await errorOf(clientWith().read('Patient', 'a', stop.signal))).code).toBe('cut');
    expect((await errorOf(clientWith().read('Patient', 'a', AbortSignal.abort()))).code).toBe('cut');
  });

  it('an answer without end is let go of', async () => {
    let hungUp: () => void;
    const isLetGo = new Promise<void>((resolve) => (hungUp = resolve));
    const endless = await listening((response) => {
      response.writeHead(200, FHIR_JSON);
      const part = ' '.repeat(10_000);
      const go = (): void => void (response.write(part) ? setImmediate(go) : response.once('drain', go));
      response.on('close', () => hungUp());
      go();
    });
    const error = await errorOf(endless.client({ mostBytes: 50_000 }).read('Patient', 'a'));
    expect(error.code).toBe('tooLarge');
    await isLetGo;
    endless.close();
  });

  it('a body that breaks off is no FHIR', async () => {
    const broken = await listening((response) => {
      response.writeHead(200, { ...FHIR_JSON, 'content-length': '500' });
      response.write('{"resourceType":"Patient","id":"a"');
      setImmediate(() => response.destroy());
    });
    expect((await errorOf(broken.client().read('Patient', 'a'))).code).toBe('notFhir');
    broken.close();
  });
});

describe('the token', () => {
  it('goes with every request but the one for capabilities', async () => {
    const tokens: (string | null)[] = [];
    const note = (request: Request) => tokens.push(request.headers.get('authorization'));
    server.use(
      http.get(`${BASE}/Patient/a`, ({ request }) => (note(request), fhir(PATIENT))),
      http.get(
        `${BASE}/metadata`,
        ({ request }) => (note(request), fhir({ resourceType: 'CapabilityStatement' })),
      ),
    );
    await clientWith().read('Patient', 'a');
    await clientWith().capabilities();
    expect(tokens).toEqual(['Bearer t', null]);
  });

  it('that was refused is exchanged once', async () => {
    const asked: (string | undefined)[] = [];
    const accessToken = (rejected?: string) => {
      asked.push(rejected);
      return Promise.resolve(rejected === undefined ? 'old' : 'new');
    };
    server.use(
      http.get(`${BASE}/Patient/a`, ({ request }) =>
        request.headers.get('authorization') === 'Bearer new' ? fhir(PATIENT) : fhir('', { status: 401 }),
      ),
      http.get(`${BASE}/Patient/b`, () => fhir('', { status: 401 })),
    );
    expect(await clientWith({}, accessToken).read('Patient', 'a')).toEqual(PATIENT);
    expect(asked).toEqual([undefined, 'old']);
    expect((await errorOf(clientWith({}, accessToken).read('Patient', 'b'))).code).toBe('unauthorised');
    expect(asked).toEqual([undefined, 'old', undefined, 'old']);
  });

  it('never follows a redirect, not even home', async () => {
    for (const status of [301, 302, 303, 307, 308])
      for (const location of ['https://evil.example/fhir/Patient/a', `${BASE}/Patient/b`]) {
        server.use(
          http.get(`${BASE}/Patient/a`, () => new HttpResponse(null, { status, headers: { location } })),
        );
        expect((await errorOf(clientWith().read('Patient', 'a'))).code).toBe('elsewhere');
      }
  });
});

describe('a search', () => {
  it('asks for the next page only when it is wanted', async () => {
    const asked: string[] = [];
    server.use(
      http.get(`${BASE}/Patient`, ({ request }) => {
        const page = Number(new URL(request.url).searchParams.get('page') ?? 1);
        asked.push(new URL(request.url).search);
        const next = page < 3 ? `?page=${page + 1}` : undefined;
        return fhir(pageWith([{ ...PATIENT, id: `p${page}` }], next));
      }),
    );
    const found: unknown[] = [];
    for await (const { id } of clientWith().search('Patient?name=a&name=b', { pageSize: 7 })) {
      found.push(id);
      if (found.length === 2) break;
    }
    expect(found).toEqual(['p1', 'p2']);
    expect(asked).toEqual(['?name=a&name=b&_count=7', '?page=2']);
    expect(await all(clientWith().search('Patient'))).toHaveLength(3);
    const first = await clientWith().page('Patient');
    expect((await clientWith().nextPage('Patient', first.next!)).found).toEqual([{ ...PATIENT, id: 'p2' }]);
  });

  it.each([
    ['https://evil.example/fhir/Patient?page=2'],
    ['http://clinic.example/fhir/Patient?page=2'],
    ['//evil.example/fhir'],
    ['../admin'],
    ['https://clinic.example.evil.example/fhir'],
  ])('that goes on at %s ends there, and nothing is sent', async (next) => {
    server.use(http.get(`${BASE}/Patient`, () => fhir(pageWith([PATIENT], next))));
    expect((await errorOf(all(clientWith().search('Patient')))).code).toBe('elsewhere');
  });

  it.each([
    ['a circle', pageWith([PATIENT], '?_count=100')],
    ['a patient among the plans', pageWith([{ resourceType: 'CarePlan' }])],
    ['an entry that is none', { ...pageWith([]), entry: [7] }],
    ['entries that are none', { ...pageWith([]), entry: 'all' }],
    ['links that are none', { ...pageWith([]), link: {} }],
    ['a next page without an address', pageWith([PATIENT], 7)],
    ['a next page that is no address', pageWith([PATIENT], 'https://[')],
    ['another kind of bundle', { ...pageWith([]), type: 'batch' }],
    ['no bundle', PATIENT],
  ])('with %s is no FHIR', async (_what, body) => {
    server.use(http.get(`${BASE}/Patient`, () => fhir(body)));
    expect((await errorOf(all(clientWith().search('Patient')))).code).toBe('notFhir');
  });

  it('leaves out what the server says about the search, and takes what it adds', async () => {
    const body = pageWith([PATIENT]);
    const added = { resource: { resourceType: 'Observation' }, search: { mode: 'include' } };
    const said = { resource: { resourceType: 'OperationOutcome' }, search: { mode: 'outcome' } };
    server.use(http.get(`${BASE}/Patient`, () => fhir({ ...body, entry: [...body.entry, added, said] })));
    expect(await all(clientWith().search('Patient'))).toEqual([PATIENT, added.resource]);
  });

  it('has an end, by pages, by number and by bytes', async () => {
    let page = 1;
    server.use(http.get(`${BASE}/Patient`, () => fhir(pageWith([PATIENT, PATIENT], `?page=${page++}`))));
    for (const limits of [{ mostPages: 5 }, { mostResources: 9 }, { mostSearchBytes: 2000 }])
      expect((await errorOf(all(clientWith(limits).search('Patient')))).code).toBe('tooLarge');
  });
});

describe('a write', () => {
  it('is made under its condition and says what came of it', async () => {
    const seen: Record<string, string | null>[] = [];
    const note = (request: Request) =>
      seen.push({
        none: request.headers.get('if-none-exist'),
        match: request.headers.get('if-match'),
        prefer: request.headers.get('prefer'),
      });
    server.use(
      http.post(`${BASE}/Patient`, ({ request }) => {
        note(request);
        const location = `${BASE}/Patient/new/_history/1`;
        return fhir('', { status: 201, headers: { location, etag: 'W/"1"' } });
      }),
      http.put(`${BASE}/Patient/a`, async ({ request }) => {
        note(request);
        return fhir({ ...((await request.json()) as object), meta: { versionId: '4' } });
      }),
    );
    const identifier = 'identifier=urn%3Athora%3Aid%3Ax%7Ca';
    expect(await clientWith().create({ resourceType: 'Patient' }, identifier)).toEqual({
      id: 'new',
      version: '1',
      isNew: true,
      resource: null,
    });
    expect(await clientWith().update({ resourceType: 'Patient' }, 'a', '3')).toMatchObject({
      id: 'a',
      version: '4',
      isNew: false,
      resource: { id: 'a' },
    });
    expect(seen).toEqual([
      {
        none: identifier,
        match: null,
        prefer: 'return=representation',
      },
      { none: null, match: 'W/"3"', prefer: 'return=representation' },
    ]);
  });

  it('that is answered with something else was not understood', async () => {
    server.use(http.post(`${BASE}/Patient`, () => fhir({ resourceType: 'Group', id: 'a' }, { status: 201 })));
    expect((await errorOf(clientWith().create({ resourceType: 'Patient' }, null))).code).toBe('notFhir');
  });

  it.each([['../admin'], ['a/b'], ['a?b'], [''], ['x'.repeat(65)]])(
    'takes no id %j into an address',
    async (id) => {
      expect((await errorOf(clientWith().read('Patient', id))).code).toBe('notFhir');
      expect((await errorOf(clientWith().read(`Patient/${id}`, 'a'))).code).toBe('notFhir');
    },
  );

  it('of a bundle goes to the base, and a bundle comes back', async () => {
    server.use(http.post(BASE, () => fhir({ resourceType: 'Bundle', type: 'transaction-response' })));
    const bundle = { resourceType: 'Bundle', type: 'transaction' } as const;
    expect(await clientWith().transaction(bundle)).toMatchObject({ type: 'transaction-response' });
    server.use(http.post(BASE, () => fhir(PATIENT)));
    expect((await errorOf(clientWith().transaction(bundle))).code).toBe('notFhir');
  });
});
