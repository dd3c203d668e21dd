/** What goes wrong with one request. `lost`: the server takes it and the answer never comes; `half`: the answer breaks off. */
export type ModelFault =
  | 'offline'
  | 'lost'
  | 'half'
  | 'hotelPage'
  | 'cut'
  | { readonly status: number; readonly retryAfterS?: number; readonly words?: string };

interface Stored {
  readonly resourceType: string;
  readonly id: string;
  readonly meta: { readonly versionId: string; readonly lastUpdated: string };
  readonly identifier?: readonly { readonly system?: string; readonly value?: string }[];
}

export interface ModelRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: Record<string, unknown> | null;
}

const HEADERS = { 'content-type': 'application/fhir+json' };

/** A FHIR server as simple as the rules it must follow: conditional create, If-Match, read, search by identifier. In memory, as a `fetch`. */
export function createModelServer(clock: { utcMs: number }) {
  const stored = new Map<string, Stored>();
  const seen: ModelRequest[] = [];
  const created: string[] = [];
  let fault: (request: ModelRequest) => ModelFault | null | Promise<ModelFault | null> = () => null;
  let ignoresConditions = false;
  let sendsNothingBack = false;
  let aheadMs: number | null = null;
  const nowUtcMs = () => clock.utcMs + (aheadMs ?? 0);

  const byIdentifier = (type: string, token: string): Stored[] =>
    [...stored.values()].filter(
      ({ resourceType, identifier }) =>
        resourceType === type && identifier?.some(({ system, value }) => `${system}|${value}` === token),
    );

  const store = (body: Record<string, unknown>, id: string, version: number): Stored => {
    const meta = { versionId: String(version), lastUpdated: new Date(nowUtcMs()).toISOString() };
    // Elsewhere in the object than it was sent: servers keep no order.
    const kept = { meta, ...body, id } as unknown as Stored;
    stored.set(id, { ...kept, meta });
    return stored.get(id)!;
  };

  const answer = (status: number, body: object | null, headers: Record<string, string> = {}): Response =>
    new Response(body === null ? '' : JSON.stringify(body), {
      status,
      headers: {
        ...HEADERS,
        ...(aheadMs === null ? { date: new Date(nowUtcMs()).toUTCString() } : {}),
        ...headers,
      },
    });

  const take = ({ method, url, headers, body }: ModelRequest): Response => {
    const [type = '', id] = url.pathname.slice('/fhir/'.length).split('/');
    const back = (status: number, resource: Stored): Response =>
      answer(status, sendsNothingBack && method !== 'GET' ? null : resource, {
        etag: `W/"${resource.meta.versionId}"`,
        location: `${url.origin}/fhir/${type}/${resource.id}/_history/${resource.meta.versionId}`,
      });
    if (method === 'POST') {
      const condition = headers.get('if-none-exist');
      const token = new URLSearchParams(condition ?? '').get('identifier') ?? '';
      const there = condition === null || ignoresConditions ? [] : byIdentifier(type, token);
      if (there.length > 1) return answer(412, null);
      if (there[0] !== undefined) return back(200, there[0]);
      const made = store(body!, `id-${stored.size + 1}`, 1);
      created.push(token);
      return back(201, made);
    }
    if (id === undefined) {
      const found = byIdentifier(type, url.searchParams.get('identifier') ?? '');
      const entry = found.map((resource) => ({ resource, search: { mode: 'match' } }));
      return answer(200, { resourceType: 'Bundle', type: 'searchset', entry });
    }
    const known = stored.get(id);
    if (known === undefined || known.resourceType !== type) return answer(404, null);
    if (method === 'GET') return back(200, known);
    const match = headers.get('if-match');
    if (match !== null && match !== `W/"${known.meta.versionId}"`) return answer(412, null);
    return back(200, store(body!, id, Number(known.meta.versionId) + 1));
  };

  const ask = async (address: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const request: ModelRequest = {
      method: init.method ?? 'GET',
      url: new URL(address instanceof Request ? address.url : address),
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : null,
    };
    seen.push(request);
    const wrong = await fault(request);
    if (wrong === 'offline') throw new TypeError('Failed to fetch');
    if (wrong === 'hotelPage') return new Response('<html>', { headers: { 'content-type': 'text/html' } });
    if (typeof wrong === 'object' && wrong !== null) {
      const outcome = {
        resourceType: 'OperationOutcome',
        issue: [
          { code: 'invalid', details: { text: wrong.words ?? '' }, expression: ['Observation.status'] },
        ],
      };
      const after = wrong.retryAfterS === undefined ? {} : { 'retry-after': String(wrong.retryAfterS) };
      return answer(wrong.status, outcome, after as Record<string, string>);
    }
    const taken = take(request);
    if (wrong === 'lost' || wrong === 'cut') throw new TypeError('Failed to fetch');
    if (wrong === 'half') return new Response('{"resourceType":', { status: taken.status, headers: HEADERS });
    return taken;
  };

  return {
    fetch: ask as typeof fetch,
    stored,
    seen,
    /** Identifiers as tokens, in the order in which they came to be here. */
    created,
    setFault: (next: typeof fault) => (fault = next),
    ignoreConditions: () => (ignoresConditions = true),
    /** Its clock is wrong, and web pages are not shown what it says. */
    hideClock: (ahead: number) => (aheadMs = ahead),
    sendNothingBack: () => (sendsNothingBack = true),
    /** As another app writes it. */
    write: (body: Record<string, unknown>, id: string) =>
      store(body, id, Number(stored.get(id)?.meta.versionId ?? 0) + 1),
  };
}
