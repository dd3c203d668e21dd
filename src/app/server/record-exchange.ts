import type { FhirClient } from '../../adapters/fhir/fhir-client.ts';
import type { FhirErrorCode } from '../../adapters/fhir/fhir-error.ts';
import { FhirError } from '../../adapters/fhir/fhir-error.ts';
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
      for await (const page of client.pages(`${query}${since}`, { signal })) record.push(...page);
  const cards: FhirResource[] = [];
  for await (const page of client.pages(cardSearch(patientReference), { signal })) cards.push(...page);
  return { record, cards };
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
): Promise<number> {
  await outbox.enqueue(mapped, Date.now());
  const { waitingCount } = await outbox.look();
  progress(0, waitingCount);
  const outcome = await outbox.drain(client, {
    now: Date.now,
    signal,
    isAskedFor: true,
    onProgress: ({ sentCount }) => progress(sentCount, Math.max(waitingCount, sentCount)),
  });
  if (outcome.kind === 'loginNeeded') throw new FhirError('unauthorised', client.baseUrl);
  if (outcome.kind === 'later' && outcome.sentCount === 0 && isOfTheServer(outcome.code))
    throw new FhirError(outcome.code, client.baseUrl);
  return outcome.sentCount;
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
