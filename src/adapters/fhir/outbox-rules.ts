import type { OutboxRow, OutboxTrouble } from '../../core/recording/outbox-row.ts';
import type { FhirError, FhirErrorCode } from './fhir-error.ts';
import type { FhirResource } from './fhir-resource.ts';
import type { BusinessIdentifier } from './mapping/fhir-names.ts';
import type { MappedResource } from './mapping/mapped-resource.ts';

/** A {@link MappedResource}, or what the rules need of one. */
export interface OutgoingResource {
  readonly resource: FhirResource;
  readonly identifier: BusinessIdentifier;
  readonly mode: MappedResource['mode'];
  readonly digest: string;
}

/** What goes on after an error. */
export type Verdict =
  /** It would be refused again: a person looks at it, the rest goes on. */
  | 'setAside'
  /** This one is tried again later, the rest goes on. */
  | 'rowLater'
  /** It is the server or the way there: everything waits. */
  | 'allLater'
  /** Nobody is logged in. */
  | 'login'
  /** It has changed at the server: look there, then decide. */
  | 'look'
  /** It is not there any more: begin anew. */
  | 'forget'
  | 'cut';

const VERDICTS: Readonly<Record<FhirErrorCode, Verdict>> = {
  offline: 'allLater',
  timeout: 'allLater',
  tooMany: 'allLater',
  // The page of a hotel's network, a proxy, a server that moves: of no single row.
  notFhir: 'allLater',
  elsewhere: 'allLater',
  unauthorised: 'login',
  conflict: 'rowLater',
  server: 'rowLater',
  forbidden: 'rowLater',
  stale: 'look',
  notFound: 'forget',
  refused: 'setAside',
  tooLarge: 'setAside',
  badAddress: 'setAside',
  cut: 'cut',
};

/** So many in a row with the same fault, and it is not the row: it is their type, or where they are of several, the server. */
export const STREAK_OF_FAULTS = 3;

export function verdictOn({ code }: FhirError, row: OutboxRow): Verdict {
  // Where nothing was known to be there, the server has no place for such a thing.
  if (code === 'notFound' && row.serverId === null) return 'setAside';
  return VERDICTS[code];
}

/** How long a row waits after so many tries. */
export interface BackOff {
  readonly firstMs: number;
  readonly mostMs: number;
  /** The longest wait that a server can ask for. */
  readonly mostAskedMs: number;
}

export const BACK_OFF: BackOff = { firstMs: 5_000, mostMs: 15 * 60_000, mostAskedMs: 24 * 3_600_000 };

/**
 * Doubles with each try. Half of it is left to chance, so that devices that failed together do not come back together.
 *
 * @param attempts that failed so far, from 1
 * @param chance 0 to 1
 */
export function waitMs(
  attempts: number,
  chance: number,
  retryAfterMs: number | null,
  { firstMs, mostMs, mostAskedMs }: BackOff = BACK_OFF,
): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.min(30, Math.max(0, attempts - 1)));
  return Math.max(whole * (0.5 + chance / 2), Math.min(retryAfterMs ?? 0, mostAskedMs));
}

/** Faults that pause the whole outbox, also for a page that was loaded anew. */
export function isPause({ trouble, nextTryAtUtcMs }: OutboxRow, nowUtcMs: number): boolean {
  if (trouble === null || nextTryAtUtcMs <= nowUtcMs) return false;
  return VERDICTS[trouble.code as FhirErrorCode] === 'allLater';
}

/** Plans of one person must come in their order: a later one names the one before. */
export function chainOf(resource: FhirResource): string | null {
  if (resource.resourceType !== 'CarePlan') return null;
  const { subject } = resource as { readonly subject?: { readonly reference?: unknown } };
  return `CarePlan ${typeof subject?.reference === 'string' ? subject.reference : ''}`;
}

const MOST_ATTEMPTED = 8;

export type NewRow = Omit<OutboxRow, 'order' | 'revision'>;

/**
 * The row as it stands after something was put into the outbox. Null: it is there or waits already, as it is.
 *
 * @param before what is known of that identifier
 */
export function enqueued(
  before: OutboxRow | null,
  rowId: string,
  { resource, identifier, mode, digest }: OutgoingResource,
  nowUtcMs: number,
): NewRow | null {
  const fresh: NewRow = {
    rowId,
    state: 'waiting',
    identifier,
    mode,
    chain: chainOf(resource),
    resource,
    digest,
    enqueuedAtUtcMs: nowUtcMs,
    takenDigest: null,
    attemptedDigests: [],
    serverId: null,
    serverVersion: null,
    attempts: 0,
    nextTryAtUtcMs: 0,
    trouble: null,
  };
  if (before === null) return fresh;
  // The first one of `once` stands, refused or not; of `newest` the same one need not go twice.
  if (before.digest === digest || (mode === 'once' && before.state !== 'setAside')) return null;
  const { takenDigest, attemptedDigests, serverId, serverVersion } = before;
  const known = { ...fresh, takenDigest, attemptedDigests, serverId, serverVersion };
  if (before.state !== 'waiting') return known;
  // A server that asked to be left alone is not asked sooner because there is more to say.
  const { attempts, nextTryAtUtcMs, trouble } = before;
  return { ...known, attempts, nextTryAtUtcMs, trouble };
}

/** Before it goes out: were the answer lost, it is known again by its digest. */
export function attempted(row: OutboxRow): OutboxRow {
  const others = row.attemptedDigests.filter((digest) => digest !== row.digest);
  return { ...row, attemptedDigests: [...others, row.digest].slice(-MOST_ATTEMPTED) };
}

/** The server has it; its content need not lie here twice. */
export function taken(row: OutboxRow, serverId: string | null, serverVersion: string | null): OutboxRow {
  return {
    ...row,
    state: 'sent',
    resource: null,
    takenDigest: row.digest,
    attemptedDigests: [],
    serverId,
    serverVersion,
    attempts: 0,
    nextTryAtUtcMs: 0,
    trouble: null,
  };
}

/** The server holds a newer one, which stays; what was to be sent is dropped. */
export function leftToNewer(
  row: OutboxRow,
  serverId: string | null,
  serverVersion: string | null,
  nowUtcMs: number,
): OutboxRow {
  const trouble: OutboxTrouble = { code: 'newerThere', words: '', atUtcMs: nowUtcMs };
  return { ...taken(row, serverId, serverVersion), takenDigest: null, trouble };
}

export function failed(
  row: OutboxRow,
  verdict: Verdict,
  error: Pick<FhirError, 'code' | 'words' | 'expression' | 'retryAfterMs'>,
  nowUtcMs: number,
  chance: number,
): OutboxRow {
  const attempts = row.attempts + 1;
  const words = [error.words, ...error.expression].filter((part) => part !== '').join(' · ');
  const trouble = { code: error.code, words, atUtcMs: nowUtcMs };
  const failedRow = { ...row, attempts, trouble };
  if (verdict === 'setAside') return { ...failedRow, state: 'setAside' };
  const nextTryAtUtcMs = nowUtcMs + waitMs(attempts, chance, error.retryAfterMs);
  if (verdict === 'forget') return { ...failedRow, serverId: null, serverVersion: null, nextTryAtUtcMs: 0 };
  return { ...failedRow, nextTryAtUtcMs };
}

/** Somebody wants it tried again. */
export function triedAgain(row: OutboxRow): OutboxRow {
  return row.resource === null ? row : { ...row, state: 'waiting', attempts: 0, nextTryAtUtcMs: 0 };
}

/**
 * Two wrote on the same thing. What we sent ourselves, heard of or not, is overwritten. What somebody else wrote stays where it is
 * newer than what we hold.
 *
 * @param serverAheadMs how far the server's clock is ahead of this device's, as far as it is known
 */
export function settle(
  row: OutboxRow,
  theirs: FhirResource,
  theirDigest: string,
  serverAheadMs: number,
): 'same' | 'writeAnew' | 'leave' {
  if (theirDigest === row.digest) return 'same';
  if (theirDigest === row.takenDigest || row.attemptedDigests.includes(theirDigest)) return 'writeAnew';
  const writtenThere = Date.parse(theirs.meta?.lastUpdated ?? '') - serverAheadMs;
  return writtenThere > row.enqueuedAtUtcMs ? 'leave' : 'writeAnew';
}
