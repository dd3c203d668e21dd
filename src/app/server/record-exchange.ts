import type { FhirClient } from '../../adapters/fhir/fhir-client.ts';
import type { FhirErrorCode } from '../../adapters/fhir/fhir-error.ts';
import { FhirError, isObject } from '../../adapters/fhir/fhir-error.ts';
import type { FhirResource } from '../../adapters/fhir/fhir-resource.ts';
import type { RefusedResource } from '../../adapters/fhir/mapping/content-of.ts';
import type { MappedResource } from '../../adapters/fhir/mapping/mapped-resource.ts';
import { cardSearch, recordSearches } from '../../adapters/fhir/mapping/searches.ts';
import type { Outbox } from '../../adapters/fhir/outbox.ts';
import type { ExchangeProgress, RefusedFromServer } from '../../ui/server-ports.ts';

/** Of what lies at a server about one patient. */
export interface FoundRecord {
  readonly record: readonly FhirResource[];
  readonly cards: readonly FhirResource[];
}

/**
 * Reads what holds a patient's record at the server.
 *
 * @param types only these; null: all
 * @param sinceUtc only what the server wrote since then, by its own clock; null: everything
 */
export async function fetchRecord(
  client: FhirClient,
  patientReference: string,
  types: readonly string[] | null,
  sinceUtc: string | null,
  signal: AbortSignal,
): Promise<FoundRecord> {
  const since = sinceUtc === null ? '' : `&_lastUpdated=ge${encodeURIComponent(sinceUtc)}`;
  const record: FhirResource[] = [];
  for (const query of recordSearches(patientReference))
    if (types === null || types.includes(query.split('?')[0]!))
      record.push(...(await readAll(client, `${query}${since}`, signal)));
  return { record, cards: await readAll(client, cardSearch(patientReference), signal) };
}

const MOST_TRIES = 4;
const FIRST_WAIT_MS = 300;
/** A server that wants to be left alone for longer is: a person can press again. */
const LONGEST_WAIT_MS = 5_000;
/** What may be over in a moment. */
const PASSING: readonly FhirErrorCode[] = ['offline', 'timeout', 'server', 'tooMany', 'notFhir', 'conflict'];

/** Reading changes nothing, so it is simply tried again. */
async function readAll(
  client: FhirClient,
  query: string,
  signal: AbortSignal,
): Promise<readonly FhirResource[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      const found: FhirResource[] = [];
      for await (const page of client.pages(query, { signal })) found.push(...page);
      return found;
    } catch (error) {
      const isPassing = error instanceof FhirError && PASSING.includes(error.code) && navigator.onLine;
      const waitMs = isPassing ? Math.max(FIRST_WAIT_MS * 3 ** (attempt - 1), error.retryAfterMs ?? 0) : 0;
      if (!isPassing || attempt === MOST_TRIES || waitMs > LONGEST_WAIT_MS) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

/**
 * Puts into the outbox what is new, and sends what waits.
 *
 * @returns how many reached the server
 */
export async function sendAll(
  outbox: Outbox,
  client: FhirClient,
  mapped: readonly MappedResource[],
  progress: ExchangeProgress,
  signal: AbortSignal,
  stillAgreed: () => Promise<void>,
): Promise<number> {
  await outbox.enqueue(whileAgreed(mapped, signal, stillAgreed), Date.now());
  await stillAgreed();
  const { waitingCount } = await outbox.look();
  progress(0, waitingCount);
  const outcome = await outbox.drain(client, {
    now: Date.now,
    signal,
    isAskedFor: true,
    createsConditionally: waitingCount > 0 && (await createsConditionally(client, signal)),
    onProgress: ({ sentCount }) => progress(sentCount, Math.max(waitingCount, sentCount)),
  });
  if (outcome.kind === 'loginNeeded') throw new FhirError('unauthorised', client.baseUrl);
  if (outcome.kind === 'later' && outcome.sentCount === 0 && isOfTheServer(outcome.code))
    throw new FhirError(outcome.code, client.baseUrl);
  return outcome.sentCount;
}

const ROWS_BETWEEN_LOOKS = 25;

/** Who leaves a server in the middle leaves nothing in the outbox for the next one. */
async function* whileAgreed(
  mapped: readonly MappedResource[],
  signal: AbortSignal,
  stillAgreed: () => Promise<void>,
): AsyncGenerator<MappedResource, void, undefined> {
  for (const [i, one] of mapped.entries()) {
    if (i % ROWS_BETWEEN_LOOKS === 0) await stillAgreed();
    if (signal.aborted) return;
    yield one;
  }
}

/** Nothing got through at all: that is said at once, not only as a count of what waits. */
function isOfTheServer(code: FhirErrorCode): boolean {
  return code === 'offline' || code === 'timeout' || code === 'tooMany' || code === 'server';
}

export function leftAlone(refused: readonly RefusedResource[]): readonly RefusedFromServer[] {
  return refused.map(({ resourceType, id, code }) => ({
    what: `${resourceType === '' ? '?' : resourceType}${id === '' ? '' : `/${id}`}`,
    code,
  }));
}

/** Every type that Thora creates; what a server does not speak of is searched first as well. */
const WRITTEN = [
  'Basic',
  'CarePlan',
  'Communication',
  'Device',
  'DeviceMetric',
  'DiagnosticReport',
  'DocumentReference',
  'Flag',
  'Goal',
  'Observation',
  'Procedure',
  'Provenance',
  'QuestionnaireResponse',
] as const;

/**
 * Whether the server says of all that Thora writes that it knows If-None-Exist; else it is searched before anything is created. It is
 * asked each time: a server that was set up anew says another thing than before. Rejects where it is no R4 server any more.
 */
async function createsConditionally(client: FhirClient, signal: AbortSignal): Promise<boolean> {
  const said = await client.capabilities(signal).catch(() => null);
  // Searching first is right anywhere, and only slower.
  if (said === null) return false;
  refuseOtherRelease(said, client.baseUrl);
  const resources = listOf(said['rest']).flatMap((rest) => listOf(rest['resource']));
  return WRITTEN.every((type) =>
    resources.some((one) => one['type'] === type && one['conditionalCreate'] === true),
  );
}

const RELEASE = /^4\.\d+\.\d+/;

/** Other releases have other fields under the same names. */
export function refuseOtherRelease(capabilities: Readonly<Record<string, unknown>>, baseUrl: string): void {
  const version = capabilities['fhirVersion'];
  if (typeof version !== 'string' || !RELEASE.test(version))
    throw new FhirError('notFhir', baseUrl, { words: 'speaks no FHIR R4' });
}

function listOf(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isObject) : [];
}
