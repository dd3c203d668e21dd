import { FhirError } from './fhir-error.ts';

export interface Bounds {
  /** For the whole answer, to its last byte. */
  readonly timeoutMs: number;
  readonly mostBytes: number;
}

interface Request {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
}

export interface BoundedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly byteCount: number;
}

/**
 * One request that ends: in time, within a number of bytes, and at the address it was made for. Nothing of this browser but what is
 * given goes along, and nothing of the answer stays in its cache. Rejects with FhirError.
 */
export async function boundedFetch(
  fetchIt: typeof fetch,
  address: URL,
  { timeoutMs, mostBytes }: Bounds,
  { signal, ...request }: Request,
): Promise<BoundedAnswer> {
  const where = address.origin + address.pathname;
  const ending = new AbortController();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    ending.abort();
  }, timeoutMs);
  const takeBack = () => ending.abort();
  signal?.addEventListener('abort', takeBack);
  /** Why it ended, where we know better than the error. */
  const known = (cause: unknown): FhirError | null =>
    signal?.aborted === true
      ? new FhirError('cut', where, { cause })
      : isLate
        ? new FhirError('timeout', where, { cause })
        : null;
  try {
    if (signal?.aborted === true) throw new FhirError('cut', where);
    const response = await fetchIt(address.href, {
      ...request,
      signal: ending.signal,
      // A redirect would take the request, and what it carries, where nobody has agreed to.
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    }).catch((cause: unknown) => {
      throw known(cause) ?? new FhirError('offline', where, { cause });
    });
    const { status, headers } = response;
    if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
      await response.body?.cancel().catch(() => undefined);
      throw new FhirError('elsewhere', where, { status });
    }
    const bytes = await readBounded(response, mostBytes, where, ending.signal).catch((cause: unknown) => {
      if (cause instanceof FhirError) throw cause;
      throw known(cause) ?? new FhirError('notFhir', where, { status, words: 'the answer broke off', cause });
    });
    return { status, headers, text: new TextDecoder().decode(bytes), byteCount: bytes.length };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', takeBack);
    ending.abort();
  }
}

async function readBounded(
  response: Response,
  mostBytes: number,
  where: string,
  ending: AbortSignal,
): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  const letGo = () => void reader?.cancel().catch(() => undefined);
  ending.addEventListener('abort', letGo);
  const parts: Uint8Array[] = [];
  let byteCount = 0;
  for (;;) {
    const part = await reader?.read();
    ending.throwIfAborted();
    if (part === undefined || part.done) break;
    byteCount += part.value.length;
    if (byteCount > mostBytes) {
      letGo();
      throw new FhirError('tooLarge', where, { status: response.status, words: `over ${mostBytes} bytes` });
    }
    parts.push(part.value);
  }
  ending.removeEventListener('abort', letGo);
  const bytes = new Uint8Array(byteCount);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
