import {
  badRequest,
  getStatus,
  normalizeOperationOutcome,
  OperationOutcomeError,
  parseSearchRequest,
} from '@medplum/core';
import { type FhirRequest, FhirRouter, type HttpMethod } from '@medplum/fhir-router';
import type { Bundle, CapabilityStatement, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FhirStore, loadFhirDefinitions } from './fhir-store.ts';

export interface SeenRequest {
  readonly method: string;
  /** Below the base, with its query: `/Observation?code=...`. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What a test lets go wrong with one request. */
export type Fault =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** The line breaks, before the server took anything or after it took all. */
  | { readonly kind: 'hangUp'; readonly when: 'before' | 'after' }
  /** No answer for as long as the caller waits. */
  | { readonly kind: 'silence' }
  /** The true answer, changed on its way. */
  | { readonly kind: 'change'; readonly change: (body: string) => string };

export interface FhirServerOptions {
  /** 0 or nothing: a free one. */
  readonly port?: number;
  /** Whether a bearer token may do this; without it everybody may. `/metadata` and `/.well-known` stay open. */
  readonly authorize?: (token: string | null, request: SeenRequest) => boolean | Promise<boolean>;
  /** What `/.well-known/smart-configuration` answers; null or nothing: 404. */
  readonly smartConfiguration?: (baseUrl: string) => object | null;
  readonly capabilities?: (statement: CapabilityStatement, baseUrl: string) => CapabilityStatement;
  /** Asked before each request; null lets it through. May be exchanged later by `setFault`. */
  readonly fault?: (request: SeenRequest) => Fault | null;
  readonly pageSize?: number;
}

export interface FhirServer {
  /** The base: `http://127.0.0.1:PORT/fhir`. */
  readonly url: string;
  readonly store: FhirStore;
  /** Every request so far, in order. */
  readonly seen: readonly SeenRequest[];
  /** Bytes of all bodies that were sent. */
  sentBytes(): number;
  setFault(fault: FhirServerOptions['fault'] | null): void;
  close(): Promise<void>;
}

const BASE_PATH = '/fhir';
const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 1000;
const LARGEST_BODY = 64_000_000;
const FHIR_JSON = 'application/fhir+json';

/**
 * An FHIR R4 server over HTTP, for tests: Medplum's router, search and validation in memory behind a thin shell. One request
 * is worked on at a time, so that conditional writes are atomic.
 */
export async function start(options: FhirServerOptions = {}): Promise<FhirServer> {
  loadFhirDefinitions();
  const store = new FhirStore();
  const router = new FhirRouter();
  const seen: SeenRequest[] = [];
  let { fault } = options;
  let sentBytes = 0;
  let base = '';
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => null);
    return mine;
  };

  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const send = (
      status: number,
      body: object | string | undefined,
      headers: Readonly<Record<string, string>> = {},
      change: (body: string) => string = (text) => text,
    ): void => {
      const text = change(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
      sentBytes += Buffer.byteLength(text);
      response.writeHead(status, { ...corsOf(request), 'content-type': FHIR_JSON, ...headers });
      response.end(text);
    };
    if (request.method === 'OPTIONS') return send(204, undefined);
    const url = (request.url ?? '/').replace(BASE_PATH, '');
    const body = await bodyOf(request);
    if (body === null) return send(413, outcomeOf('too-long', 'The body is too large.'));
    const current: SeenRequest = { method: request.method ?? 'GET', url, headers: request.headers, body };
    seen.push(current);
    const wrong = fault?.(current) ?? null;
    if (wrong?.kind === 'silence') return;
    if (wrong?.kind === 'hangUp' && wrong.when === 'before') return void response.destroy();
    if (wrong?.kind === 'answer') return send(wrong.status, wrong.body, wrong.headers);
    if (url.startsWith('/.well-known/smart-configuration')) {
      const configuration = options.smartConfiguration?.(base) ?? null;
      return configuration === null
        ? send(404, outcomeOf('not-found', 'No SMART here.'))
        : send(200, configuration, { 'content-type': 'application/json' });
    }
    if (/^\/metadata(\?|$)/.test(url)) {
      const statement = capabilityStatement(base);
      return send(200, options.capabilities?.(statement, base) ?? statement);
    }
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
    if (options.authorize !== undefined && !(await options.authorize(token, current))) {
      const status = token === null ? 401 : 403;
      return send(status, outcomeOf(token === null ? 'login' : 'forbidden', 'No right to this.'), {
        'www-authenticate': 'Bearer',
      });
    }
    const answer = await inTurn(() => handle(current));
    if (wrong?.kind === 'hangUp') return void response.destroy();
    send(answer.status, answer.body, answer.headers, wrong?.kind === 'change' ? wrong.change : undefined);
  };

  const handle = async (request: SeenRequest): Promise<Answer> => {
    try {
      const { pathname, searchParams } = new URL(request.url, 'http://below');
      const [type = '', search] = pathname.slice(1).split('/');
      const page = pageOf(searchParams, options.pageSize ?? DEFAULT_PAGE);
      const isSearch =
        (request.method === 'GET' && type !== '' && !pathname.includes('/', 1)) || search === '_search';
      const posted = request.method === 'POST' && search === '_search';
      if (posted)
        for (const [key, value] of new URLSearchParams(request.body)) searchParams.append(key, value);
      if (isSearch) return await searched(type, searchParams, page);
      const [outcome, resource] = await router.handleRequest(
        {
          method: request.method as HttpMethod,
          url: request.url,
          pathname: '',
          body: parsedBody(request),
          params: {},
          query: Object.fromEntries(searchParams),
          headers: request.headers,
          config: { transactions: true },
        } satisfies FhirRequest,
        store,
      );
      return answerOf(request, outcome, resource);
    } catch (error) {
      const outcome = normalizeOperationOutcome(error);
      return { status: getStatus(outcome), body: outcome, headers: {} };
    }
  };

  const searched = async (
    type: string,
    parameters: URLSearchParams,
    page: { readonly count: number; readonly offset: number },
  ): Promise<Answer> => {
    const query: Record<string, string | string[]> = {};
    for (const key of parameters.keys()) {
      const values = parameters.getAll(key);
      query[key] = values.length > 1 ? values : (values[0] ?? '');
    }
    const request = parseSearchRequest(type as Resource['resourceType'], query);
    const bundle = await store.search({ ...request, count: page.count, offset: page.offset });
    const link = (offset: number): string => {
      const linked = new URLSearchParams(parameters);
      linked.set('_count', String(page.count));
      linked.set('_offset', String(offset));
      return `${base}/${type}?${linked.toString()}`;
    };
    const hasNext = page.offset + page.count < (bundle.total ?? 0);
    const answer: Bundle = {
      resourceType: 'Bundle',
      type: 'searchset',
      total: bundle.total ?? 0,
      link: [
        { relation: 'self', url: link(page.offset) },
        ...(hasNext ? [{ relation: 'next', url: link(page.offset + page.count) } as const] : []),
      ],
      ...(bundle.entry === undefined || bundle.entry.length === 0
        ? {}
        : {
            entry: bundle.entry.map(({ resource }) => ({
              fullUrl: `${base}/${type}/${resource?.id ?? ''}`,
              ...(resource === undefined ? {} : { resource }),
              search: { mode: 'match' as const },
            })),
          }),
    };
    return { status: 200, body: answer, headers: {} };
  };

  const answerOf = (
    request: SeenRequest,
    outcome: OperationOutcome,
    resource: Resource | undefined,
  ): Answer => {
    const version = resource?.meta?.versionId;
    const headers: Record<string, string> = {};
    if (version !== undefined) headers['etag'] = `W/"${version}"`;
    if (resource?.meta?.lastUpdated !== undefined)
      headers['last-modified'] = new Date(resource.meta.lastUpdated).toUTCString();
    if (request.method !== 'GET' && version !== undefined)
      headers['location'] = `${base}/${resource?.resourceType}/${resource?.id}/_history/${version}`;
    const isMinimal = request.headers.prefer === 'return=minimal' && request.method !== 'GET';
    const status = getStatus(outcome);
    return { status, body: isMinimal && status < 300 ? undefined : (resource ?? outcome), headers };
  };

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}${BASE_PATH}`;
  return {
    url: base,
    store,
    seen,
    sentBytes: () => sentBytes,
    setFault: (next) => (fault = next ?? undefined),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Answer {
  readonly status: number;
  readonly body: object | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

function corsOf(request: IncomingMessage): Readonly<Record<string, string>> {
  return {
    'access-control-allow-origin': request.headers.origin ?? '*',
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
    'access-control-allow-headers':
      'Accept, Authorization, Cache-Control, Content-Type, If-Match, If-None-Exist, If-None-Match, Prefer',
    'access-control-expose-headers':
      'Content-Location, ETag, Last-Modified, Location, Retry-After, WWW-Authenticate',
    'access-control-max-age': '600',
    vary: 'Origin',
  };
}

/** Null where it is larger than any server takes. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request) {
    pieces.push(piece as Buffer);
    bytes += (piece as Buffer).length;
    if (bytes > LARGEST_BODY) return null;
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parsedBody({ body, headers }: SeenRequest): unknown {
  if (body === '') return undefined;
  if (!/^application\/(fhir\+|json-patch\+)?json\b/.test(headers['content-type'] ?? ''))
    throw new OperationOutcomeError(badRequest(`Content-Type must be ${FHIR_JSON}`));
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new OperationOutcomeError(badRequest('The body is no JSON'));
  }
}

/** Takes the page out of the query. */
function pageOf(parameters: URLSearchParams, pageSize: number): { count: number; offset: number } {
  const read = (name: string, otherwise: number): number => {
    const value = Number(parameters.get(name) ?? otherwise);
    parameters.delete(name);
    return Number.isInteger(value) && value >= 0 ? value : otherwise;
  };
  return { count: Math.min(read('_count', pageSize), LARGEST_PAGE), offset: read('_offset', 0) };
}

function outcomeOf(code: OperationOutcome['issue'][0]['code'], text: string): OperationOutcome {
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, details: { text } }] };
}

const SERVED = [
  'Basic',
  'Binary',
  'CarePlan',
  'Communication',
  'Device',
  'DeviceMetric',
  'DiagnosticReport',
  'DocumentReference',
  'Flag',
  'Goal',
  'Observation',
  'Patient',
  'Procedure',
  'Provenance',
  'QuestionnaireResponse',
] as const;

function capabilityStatement(base: string): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-11-27',
    kind: 'instance',
    software: { name: 'Thora test server' },
    implementation: { description: 'Medplum router in memory, for tests', url: base },
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        resource: SERVED.map((type) => ({
          type,
          interaction: (['read', 'vread', 'update', 'create', 'search-type'] as const).map((code) => ({
            code,
          })),
          versioning: 'versioned-update' as const,
          readHistory: true,
          updateCreate: true,
          conditionalCreate: true,
          conditionalUpdate: true,
        })),
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
      },
    ],
  };
}
