import { addressOf, baseAddressOf, isWithin } from './fhir-address.ts';
import { boundedFetch, type Bounds } from './bounded-fetch.ts';
import { codeOfStatus, FhirError, isObject, wordsOf } from './fhir-error.ts';
import type { FhirResource } from './fhir-resource.ts';

export interface FhirClientOptions {
  /** As `baseAddressOf` gives it. */
  readonly baseUrl: string;
  readonly fetch: typeof fetch;
  /** @param rejected a token that the server has just refused: asks for another one. Null: goes without. */
  accessToken(rejected?: string): Promise<string | null>;
  readonly limits?: Partial<FhirLimits>;
  /** Of this device, to know how far the server's clock is from it. */
  readonly nowUtcMs?: () => number;
}

export interface FhirLimits extends Bounds {
  /** Resources on one page, as asked for. */
  readonly pageSize: number;
  readonly mostPages: number;
  /** Over all pages of one search. */
  readonly mostResources: number;
  readonly mostSearchBytes: number;
}

/** A page of a person's course has some hundred kilobytes; a document that travels along has some megabytes. */
const LIMITS: FhirLimits = {
  timeoutMs: 30_000,
  mostBytes: 32_000_000,
  pageSize: 100,
  mostPages: 1_000,
  mostResources: 50_000,
  mostSearchBytes: 500_000_000,
};

export interface SearchOptions {
  readonly pageSize?: number;
  readonly signal?: AbortSignal;
}

/** What a server says of a write. Some send no resource back: then it is null. */
export interface Written {
  readonly id: string | null;
  readonly version: string | null;
  /** A new one was made; false: there was one already, or it was changed. */
  readonly isNew: boolean;
  readonly resource: FhirResource | null;
}

interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  readonly isOpen?: boolean;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Null for an empty body. */
  readonly body: unknown;
  readonly byteCount: number;
}

export type FhirClient = ReturnType<typeof createFhirClient>;

const TYPE = /^[A-Z][A-Za-z]{1,63}$/;
const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/**
 * Reads from and writes to one FHIR R4 server, and to no other: links and redirects that lead elsewhere are refused, so the
 * token never leaves the server it is for. Everything that comes is bounded. Rejects with FhirError alone.
 */
export function createFhirClient(options: FhirClientOptions) {
  const base = baseAddressOf(options.baseUrl);
  const limits = { ...LIMITS, ...options.limits };
  let serverAheadMs = 0;
  let isClockShown = false;
  const noteClock = (headers: Headers): void => {
    const there = Date.parse(headers.get('date') ?? '');
    if (!Number.isFinite(there)) return;
    isClockShown = true;
    serverAheadMs = there - (options.nowUtcMs?.() ?? Date.now());
  };

  const ask = async (address: URL, asked: Asked): Promise<Answer> => {
    const where = address.origin + address.pathname;
    if (!isWithin(base, address)) throw new FhirError('elsewhere', where);
    const send = async (token: string | null): Promise<Answer> => {
      const { status, headers, text, byteCount } = await boundedFetch(options.fetch, address, limits, {
        method: asked.method ?? 'GET',
        signal: asked.signal,
        headers: {
          accept: 'application/fhir+json',
          ...(asked.body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...asked.headers,
        },
        ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
      });
      noteClock(headers);
      if (status >= 400)
        throw new FhirError(codeOfStatus(status), where, {
          status,
          ...wordsOf(jsonOrNull(text)),
          ...retryAfterOf(headers),
        });
      return { status, headers, body: bodyOf(text, headers, where), byteCount };
    };
    const token = asked.isOpen === true ? null : await options.accessToken();
    try {
      return await send(token);
    } catch (error) {
      if (token === null || !(error instanceof FhirError) || error.code !== 'unauthorised') throw error;
      const other = await options.accessToken(token);
      if (other === null || other === token) throw error;
      return send(other);
    }
  };

  const addressIn = (...path: readonly string[]): URL => new URL([base, ...path].join('/'));
  const ofType = (type: string): string => {
    if (!TYPE.test(type)) throw new FhirError('notFhir', base, { words: 'no type of a resource' });
    return type;
  };
  const ofId = (id: string): string => {
    if (!ID.test(id)) throw new FhirError('notFhir', base, { words: 'no id of a resource' });
    return id;
  };

  const writtenBy = ({ status, headers, body }: Answer, type: string): Written => {
    const resource = resourceOf(body);
    if (resource !== null && resource.resourceType !== type && resource.resourceType !== 'OperationOutcome')
      throw new FhirError('notFhir', base, { status, words: `answered with ${resource.resourceType}` });
    const kept = resource?.resourceType === type ? resource : null;
    const place = placeOf(headers.get('location'), type);
    const id = kept?.id ?? place.id;
    return {
      id: id !== null && ID.test(id) ? id : null,
      version: kept?.meta?.versionId ?? versionOf(headers.get('etag')) ?? place.version,
      isNew: status === 201,
      resource: kept,
    };
  };

  /** @param query such as `Patient?name=Ana`, relative to the base */
  const firstPage = (query: string, pageSize: number): { type: string; address: URL } => {
    const [path = '', parameters = ''] = query.split('?');
    const type = ofType(path);
    const address = addressIn(type);
    address.search = parameters;
    address.searchParams.set('_count', String(pageSize));
    return { type, address };
  };

  const fetchPage = async (type: string, address: URL, signal: AbortSignal | undefined) => {
    const { body, byteCount } = await ask(address, { signal });
    return { ...pageOf(body, type, address), byteCount };
  };

  async function* pages(
    query: string,
    { pageSize = limits.pageSize, signal }: SearchOptions = {},
  ): AsyncGenerator<readonly FhirResource[], void, undefined> {
    const { type, address: first } = firstPage(query, pageSize);
    let address: URL | null = first;
    const seen = new Set<string>();
    let resourceCount = 0;
    let searchBytes = 0;
    while (address !== null) {
      const where = address.origin + address.pathname;
      if (seen.has(address.href))
        throw new FhirError('notFhir', where, { words: 'the pages of a search lead in a circle' });
      seen.add(address.href);
      const { found, next, byteCount }: Page = await fetchPage(type, address, signal);
      resourceCount += found.length;
      searchBytes += byteCount;
      const isEndless =
        seen.size > limits.mostPages ||
        resourceCount > limits.mostResources ||
        searchBytes > limits.mostSearchBytes;
      if (isEndless) throw new FhirError('tooLarge', where, { words: 'the search has no end in sight' });
      yield found;
      address = next;
    }
  }

  return {
    baseUrl: base,
    pages,
    /** By the last answer; 0 where the server does not show its clock to web pages. */
    serverAheadMs: () => serverAheadMs,

    /** False: what is known of its clock is a guess. */
    showsItsClock: () => isClockShown,

    /** One page of a search, with the address of the one after it. */
    async page(
      query: string,
      { pageSize = limits.pageSize, signal }: SearchOptions = {},
    ): Promise<{ readonly found: readonly FhirResource[]; readonly next: string | null }> {
      const { type, address } = firstPage(query, pageSize);
      const { found, next } = await fetchPage(type, address, signal);
      return { found, next: next?.href ?? null };
    },

    /** @param next as a page gave it, wherever it was kept since */
    async nextPage(
      type: string,
      next: string,
      signal?: AbortSignal,
    ): Promise<{ readonly found: readonly FhirResource[]; readonly next: string | null }> {
      const address = addressOf(next);
      if (address === null) throw new FhirError('badAddress', next.slice(0, 200));
      const page = await fetchPage(ofType(type), address, signal);
      return { found: page.found, next: page.next?.href ?? null };
    },

    /** Resource by resource; the next page is asked for only when it is wanted. */
    async *search(...asked: Parameters<typeof pages>): AsyncGenerator<FhirResource, void, undefined> {
      for await (const page of pages(...asked)) yield* page;
    },

    async read(type: string, id: string, signal?: AbortSignal): Promise<FhirResource> {
      const address = addressIn(ofType(type), ofId(id));
      const resource = resourceOf((await ask(address, { signal })).body);
      if (resource?.resourceType !== type || resource.id !== id)
        throw new FhirError('notFhir', address.href, { words: `is no ${type} of that id` });
      return resource;
    },

    /** What the server says it can do. Needs no token and gets none. */
    async capabilities(signal?: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
      const address = addressIn('metadata');
      const { body } = await ask(address, { signal, isOpen: true });
      if (!isObject(body) || body['resourceType'] !== 'CapabilityStatement')
        throw new FhirError('notFhir', address.href, { words: 'is no CapabilityStatement' });
      return body;
    },

    /** Creates only where that query finds nothing, such as `identifier=...`. `stale`: it finds more than one. */
    async create(resource: FhirResource, unlessThere: string | null, signal?: AbortSignal): Promise<Written> {
      const type = ofType(resource.resourceType);
      const headers = {
        prefer: 'return=representation',
        ...(unlessThere === null ? {} : { 'if-none-exist': unlessThere }),
      };
      return writtenBy(await ask(addressIn(type), { method: 'POST', body: resource, headers, signal }), type);
    },

    /** Changes only what still has that version; null: whatever it has. `stale`: it has another one. */
    async update(
      resource: FhirResource,
      id: string,
      version: string | null,
      signal?: AbortSignal,
    ): Promise<Written> {
      const type = ofType(resource.resourceType);
      const headers = {
        prefer: 'return=representation',
        ...(version === null ? {} : { 'if-match': `W/"${version}"` }),
      };
      const body = { ...resource, id };
      const address = addressIn(type, ofId(id));
      return writtenBy(await ask(address, { method: 'PUT', body, headers, signal }), type);
    },

    /** All of a bundle or nothing of it. */
    async transaction(
      bundle: FhirResource & { readonly type: 'transaction' | 'batch' },
      signal?: AbortSignal,
    ): Promise<FhirResource> {
      const resource = resourceOf((await ask(addressIn(), { method: 'POST', body: bundle, signal })).body);
      if (resource?.resourceType !== 'Bundle')
        throw new FhirError('notFhir', base, { words: 'no bundle came back' });
      return resource;
    },
  };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const JSON_TYPE = /^application\/(?:fhir\+json|json)\b/i;

function bodyOf(text: string, headers: Headers, where: string): unknown {
  if (text.trim() === '') return null;
  if (!JSON_TYPE.test(headers.get('content-type') ?? ''))
    throw new FhirError('notFhir', where, { words: 'the answer is no FHIR in JSON' });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FhirError('notFhir', where, { words: 'the answer is cut off or no JSON', cause });
  }
}

function resourceOf(body: unknown): FhirResource | null {
  if (!isObject(body) || typeof body['resourceType'] !== 'string') return null;
  const { id, meta } = body;
  const isSound =
    (id === undefined || typeof id === 'string') &&
    (meta === undefined ||
      (isObject(meta) &&
        ['versionId', 'lastUpdated'].every((field) => ['string', 'undefined'].includes(typeof meta[field]))));
  return isSound ? (body as unknown as FhirResource) : null;
}

interface Page {
  readonly found: readonly FhirResource[];
  readonly next: URL | null;
  readonly byteCount: number;
}

function pageOf(body: unknown, type: string, address: URL): Omit<Page, 'byteCount'> {
  const fail = (words: string): never => {
    throw new FhirError('notFhir', address.origin + address.pathname, { words });
  };
  if (!isObject(body) || body['resourceType'] !== 'Bundle' || body['type'] !== 'searchset')
    return fail('is no answer to a search');
  const { entry = [], link = [] } = body;
  if (!Array.isArray(entry) || !Array.isArray(link)) return fail('is no answer to a search');
  const found: FhirResource[] = [];
  for (const each of entry as unknown[]) {
    const held = isObject(each) ? each : {};
    const mode: unknown = isObject(held['search']) ? held['search']['mode'] : 'match';
    const resource = resourceOf(held['resource']);
    if (resource === null) return fail('an entry of the search is no resource');
    if (mode === 'outcome' || resource.resourceType === 'OperationOutcome') continue;
    if (mode !== 'include' && resource.resourceType !== type)
      return fail(`a search for ${type} found ${resource.resourceType.slice(0, 64)}`);
    found.push(resource);
  }
  const toNext = (link as unknown[]).find((each) => isObject(each) && each['relation'] === 'next');
  if (toNext === undefined) return { found, next: null };
  const url: unknown = isObject(toNext) ? toNext['url'] : null;
  const next = typeof url === 'string' ? addressOf(url, address.href) : null;
  return next === null ? fail('the next page has no address') : { found, next };
}

function versionOf(etag: string | null): string | null {
  return /^(?:W\/)?"([^"]{1,64})"$/.exec(etag ?? '')?.[1] ?? null;
}

/** From `[base]/Type/id/_history/version`. */
function placeOf(location: string | null, type: string): { id: string | null; version: string | null } {
  const parts = (location ?? '').split(/[?#]/)[0]!.split('/');
  const at = parts.lastIndexOf(type);
  const isPlace = at >= 0 && parts[at + 1] !== undefined;
  return {
    id: isPlace ? parts[at + 1]! : null,
    version: isPlace && parts[at + 2] === '_history' ? (parts[at + 3] ?? null) : null,
  };
}

/** Of a header that gives seconds or a date. Browsers show it only where the server exposes it. */
function retryAfterOf(headers: Headers): { readonly retryAfterMs?: number } {
  const given = headers.get('retry-after')?.trim();
  if (given === undefined || given === '') return {};
  if (/^\d{1,9}$/.test(given)) return { retryAfterMs: Number(given) * 1000 };
  // Two clocks of the server: what this device's clock says does not matter.
  const until = Date.parse(given) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(until) ? { retryAfterMs: Math.max(0, until) } : {};
}
