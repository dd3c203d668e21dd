import { toHex } from '../../core/recording/hand-over-crypto.ts';
import type { OutboxRow, OutboxState } from '../../core/recording/outbox-row.ts';
import type { Sha256 } from '../../core/recording/passport-file.ts';
import type { FhirClient, Written } from './fhir-client.ts';
import { FhirError, type FhirErrorCode } from './fhir-error.ts';
import type { FhirResource } from './fhir-resource.ts';
import type { BusinessIdentifier } from './mapping/fhir-names.ts';
import { conditionOf, digestOf, type MappedResource } from './mapping/mapped-resource.ts';
import {
  attempted,
  enqueued,
  failed,
  isPause,
  leftToNewer,
  type NewRow,
  type OutgoingResource,
  settle,
  STREAK_OF_FAULTS,
  taken,
  triedAgain,
  type Verdict,
  verdictOn,
} from './outbox-rules.ts';

/** Where the rows lie. */
export interface OutboxStore {
  /** False under a lock, and once somebody else was chosen. */
  isOpen(): boolean;
  read(rowId: string): Promise<OutboxRow | null>;
  page(state: OutboxState, afterOrder: number, count: number): Promise<readonly OutboxRow[]>;
  counts(): Promise<Readonly<Record<OutboxState, number>>>;
  /**
   * Reads and writes one row in one step; `next` may be asked more than once. A row that begins to wait goes behind all others.
   *
   * @returns the row as it lies there then
   */
  change(rowId: string, next: (row: OutboxRow | null) => NewRow | null): Promise<OutboxRow | null>;
  remove(rowId: string): Promise<void>;
}

export interface OutboxPorts {
  readonly store: OutboxStore;
  readonly locks: Pick<LockManager, 'request'>;
  /** One for each store: two tabs on the same one take turns. */
  readonly lockName: string;
  /** 0 to 1, for waits. */
  readonly chance: () => number;
}

export interface OutboxProgress {
  readonly sentCount: number;
  readonly setAsideCount: number;
  readonly waitingCount: number;
}

export type DrainOutcome = OutboxProgress &
  (
    | { readonly kind: 'done' }
    /** Some wait; it is worth trying again from then on. */
    | { readonly kind: 'later'; readonly atUtcMs: number; readonly code: FhirErrorCode }
    | { readonly kind: 'loginNeeded' }
    /** Another tab is at it. */
    | { readonly kind: 'busy' }
    | { readonly kind: 'locked' }
    | { readonly kind: 'cut' }
  );

export interface DrainOptions {
  readonly now: () => number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: OutboxProgress) => void;
  /** A person wants it now: waits of our own are skipped, those that the server asked for are not. */
  readonly isAskedFor?: boolean;
  /** Servers that ignore If-None-Exist are searched before anything is created. */
  readonly createsConditionally?: boolean;
}

const ROWS_AT_ONCE = 25;
const MOST_TURNS = 3;

export type Outbox = ReturnType<typeof createOutbox>;

type Later = { readonly atUtcMs: number; readonly code: FhirErrorCode };
type Client = Pick<FhirClient, 'baseUrl' | 'read' | 'pages' | 'create' | 'update' | 'serverAheadMs'>;

/**
 * What is to go to the clinic's server, until it is there. Each row is written under a condition (nothing of that identifier is there;
 * it still has that version), so that a row whose answer was lost can be sent again and nothing is there twice.
 */
export function createOutbox({ store, locks, lockName, chance }: OutboxPorts) {
  let pause: Later | null = null;

  const progressOf = async (sentCount: number): Promise<OutboxProgress> => {
    const { waiting, setAside } = await store.counts();
    return { sentCount, setAsideCount: setAside, waitingCount: waiting };
  };

  return {
    /** @returns how many of them have to go out */
    async enqueue(
      things: Iterable<OutgoingResource> | AsyncIterable<OutgoingResource>,
      nowUtcMs: number,
    ): Promise<number> {
      let count = 0;
      for await (const thing of things) {
        const rowId = toHex(await sha256(new TextEncoder().encode(nameOf(thing.identifier))));
        let isNew = false;
        await store.change(rowId, (before) => {
          const next = enqueued(before, rowId, thing, nowUtcMs);
          isNew = next !== null;
          return next;
        });
        if (isNew) count++;
      }
      return count;
    },

    look: () => progressOf(0),

    /** What need not be mapped again: it is at the server, or on its way there, as it is. */
    async known(): Promise<(identifier: BusinessIdentifier, digest: string) => boolean> {
      const known = new Map<string, string>();
      for (const state of ['sent', 'waiting', 'setAside'] as const)
        for await (const row of rowsOf(state)) known.set(nameOf(row.identifier), row.digest);
      return (identifier, digest) => known.get(nameOf(identifier)) === digest;
    },

    /** What the server refused, with its words; page by page. */
    async *setAside(): AsyncGenerator<OutboxRow, void, undefined> {
      yield* rowsOf('setAside');
    },

    /** Puts back what was set aside: one row, or all. */
    async tryAgain(rowId?: string): Promise<void> {
      const change = (id: string) =>
        store.change(id, (row) => (row?.state === 'setAside' ? triedAgain(row) : null));
      if (rowId !== undefined) await change(rowId);
      else for await (const row of rowsOf('setAside')) await change(row.rowId);
    },

    /** Gives up on one row. */
    drop: (rowId: string) => store.remove(rowId),

    /** Sends what waits, in order. Can be called and cut off at any time. */
    async drain(client: Client, options: DrainOptions): Promise<DrainOutcome> {
      const nothing = { sentCount: 0, setAsideCount: 0, waitingCount: 0 };
      if (!store.isOpen()) return { kind: 'locked', ...nothing };
      try {
        return await locks.request(lockName, { ifAvailable: true }, async (lock) => {
          if (lock === null) return { kind: 'busy', ...(await progressOf(0)) } as const;
          return run(client, options);
        });
      } catch (error) {
        // Locked in the middle: what was not written down is sent again, and found to be there.
        if (!store.isOpen()) return { kind: 'locked', ...nothing };
        throw error;
      }
    },
  };

  async function* rowsOf(state: OutboxState): AsyncGenerator<OutboxRow, void, undefined> {
    let after = -1;
    for (;;) {
      const rows = await store.page(state, after, ROWS_AT_ONCE);
      yield* rows;
      if (rows.length < ROWS_AT_ONCE) return;
      after = rows.at(-1)!.order;
    }
  }

  async function run(client: Client, options: DrainOptions): Promise<DrainOutcome> {
    const { now, signal, onProgress, isAskedFor = false } = options;
    const before = await progressOf(0);
    let [sentCount, refusedCount] = [0, 0];
    let later: Later | null = null;
    let streak: readonly Fault[] = [];
    const held = new Set<string>();
    const end = async (how: { kind: 'later' } & Later) => {
      pause = { atUtcMs: how.atUtcMs, code: how.code };
      return { ...how, ...(await progressOf(sentCount)) };
    };
    const mustWait = ({ atUtcMs, code }: Later): boolean =>
      atUtcMs > now() && !(isAskedFor && code !== 'tooMany');
    const waitFor = (wait: Later): void => {
      if (later === null || wait.atUtcMs < later.atUtcMs) later = wait;
    };

    if (pause !== null && mustWait(pause)) return end({ kind: 'later', ...pause });
    let after = -1;
    for (;;) {
      const rows = await store.page('waiting', after, ROWS_AT_ONCE);
      for (const row of rows) {
        const wait = waitOf(row);
        if (isPause(row, now()) && mustWait(wait)) return end({ kind: 'later', ...wait });
      }
      for (const row of rows) {
        after = row.order;
        if (signal?.aborted === true) return { kind: 'cut', ...(await progressOf(sentCount)) };
        const wait = waitOf(row);
        if (placesOf(row).some((place) => held.has(place))) continue;
        if (mustWait(wait)) {
          waitFor(wait);
          for (const place of heldBy(row)) held.add(place);
          continue;
        }
        const outcome = await attempt(client, row, options);
        if (outcome === null) {
          sentCount++;
          streak = [];
        } else if (outcome.verdict === 'cut') {
          return { kind: 'cut', ...(await progressOf(sentCount)) };
        } else if (outcome.verdict === 'login') {
          return { kind: 'loginNeeded', ...(await progressOf(sentCount)) };
        } else if (outcome.row?.state === 'waiting') {
          const again = waitOf(outcome.row);
          const fault = { code: outcome.code, type: outcome.row.resource?.resourceType ?? '' };
          streak = [...streak.filter(({ code }) => code === fault.code), fault];
          const isOfOneType = new Set(streak.map(({ type }) => type)).size === 1;
          if (outcome.verdict === 'allLater' || (streak.length === STREAK_OF_FAULTS && !isOfOneType))
            return end({ kind: 'later', ...again });
          waitFor(again);
          for (const place of heldBy(outcome.row)) held.add(place);
          if (streak.length === STREAK_OF_FAULTS) {
            held.add(`type ${fault.type}`);
            streak = [];
          }
        }
        if (outcome?.row?.state === 'setAside') refusedCount++;
        // Counted anew for each row, a long list would be walked for each row.
        onProgress?.({
          sentCount,
          setAsideCount: before.setAsideCount + refusedCount,
          waitingCount: Math.max(0, before.waitingCount - sentCount - refusedCount),
        });
      }
      if (rows.length < ROWS_AT_ONCE) break;
    }
    const progress = await progressOf(sentCount);
    pause = null;
    return later === null || progress.waitingCount === 0
      ? { kind: 'done', ...progress }
      : { kind: 'later', ...(later as Later), ...progress };
  }

  /** Null: the server has it, or a newer one. */
  async function attempt(
    client: Client,
    page: OutboxRow,
    options: DrainOptions,
  ): Promise<{ verdict: Verdict; code: FhirErrorCode; row: OutboxRow | null } | null> {
    const { rowId } = page;
    // Beginning anew after "not there any more" is a second turn, not a second try.
    for (let turn = 1; ; turn++) {
      const row = await store.change(rowId, (known) =>
        known?.state !== 'waiting' || known.attemptedDigests.at(-1) === known.digest
          ? null
          : attempted(known),
      );
      if (row?.state !== 'waiting' || row.resource === null) return null;
      try {
        const { theirs, isLeft } = await write(client, row, row.resource, options);
        await store.change(rowId, (known) =>
          known === null
            ? null
            : known.digest !== row.digest
              ? replacedMeanwhile(known, row, theirs)
              : isLeft
                ? leftToNewer(known, theirs.id, theirs.version, options.now())
                : taken(known, theirs.id, theirs.version),
        );
        return null;
      } catch (error) {
        if (!(error instanceof FhirError)) throw error;
        const verdict = verdictOn(error, row);
        if (verdict === 'cut' || verdict === 'login') return { verdict, code: error.code, row };
        const draw = chance();
        const left = await store.change(rowId, (known) =>
          // What it was replaced by was not refused.
          known?.state !== 'waiting' || (known.digest !== row.digest && verdict === 'setAside')
            ? null
            : failed(known, verdict, error, options.now(), draw),
        );
        if (verdict !== 'forget' || turn === MOST_TURNS) return { verdict, code: error.code, row: left };
      }
    }
  }

  async function write(
    client: Client,
    row: OutboxRow,
    resource: FhirResource,
    { signal, createsConditionally = true }: DrainOptions,
  ): Promise<{ readonly theirs: Place; readonly isLeft: boolean }> {
    let there: FhirResource | null = null;
    let place: Place = { id: row.serverId, version: row.serverVersion };
    if (place.id === null) {
      const found = createsConditionally ? null : await firstOf(client, row, signal);
      const written: Written | 'several' | null =
        found === null ? await create(client, row, resource, signal) : null;
      if (written !== null && written !== 'several' && written.isNew)
        return { theirs: written, isLeft: false };
      const shown = written === null || written === 'several' ? null : written.resource;
      there = found ?? shown ?? (await firstOf(client, row, signal));
      if (there === null)
        throw new FhirError('stale', client.baseUrl, { words: 'it is there, and cannot be found' });
      place = placeOf(there);
      if (row.mode === 'once') return { theirs: place, isLeft: false };
    }
    for (let turn = 1; ; turn++) {
      if (there !== null) {
        const digest = await digestOf(there, sha256);
        const decision = settle(row, there, digest, client.serverAheadMs());
        if (decision !== 'writeAnew') return { theirs: place, isLeft: decision === 'leave' };
      }
      try {
        const written = await client.update(resource, place.id!, place.version, signal);
        return { theirs: { id: written.id ?? place.id, version: written.version }, isLeft: false };
      } catch (error) {
        if (!(error instanceof FhirError) || error.code !== 'stale' || turn === MOST_TURNS) throw error;
        there = await client.read(resource.resourceType, place.id!, signal);
        place = placeOf(there);
      }
    }
  }
}

interface Fault {
  readonly code: FhirErrorCode;
  readonly type: string;
}

/** What holds a row back while another one waits. */
function placesOf({ chain, resource }: OutboxRow): readonly string[] {
  return [...(chain === null ? [] : [chain]), `type ${resource?.resourceType ?? ''}`];
}

/** What a row that waits holds back: its chain; and all of its type where the server allows none of it. */
function heldBy(row: OutboxRow): readonly string[] {
  return row.trouble?.code === 'forbidden' ? placesOf(row) : row.chain === null ? [] : [row.chain];
}

interface Place {
  readonly id: string | null;
  readonly version: string | null;
}

function placeOf({ id, meta }: FhirResource): Place {
  return { id: id ?? null, version: meta?.versionId ?? null };
}

function waitOf({ nextTryAtUtcMs, trouble }: OutboxRow): Later {
  return { atUtcMs: nextTryAtUtcMs, code: (trouble?.code ?? 'offline') as FhirErrorCode };
}

/** The server took what was replaced while it was on its way: the new one goes out from there. */
function replacedMeanwhile(known: OutboxRow, sent: OutboxRow, { id, version }: Place): OutboxRow {
  return {
    ...known,
    takenDigest: sent.digest,
    serverId: id,
    serverVersion: version,
    attempts: 0,
    trouble: null,
  };
}

async function create(
  client: Client,
  { identifier }: OutboxRow,
  resource: FhirResource,
  signal: AbortSignal | undefined,
): Promise<Written | 'several'> {
  try {
    return await client.create(resource, conditionFor(identifier, resource), signal);
  } catch (error) {
    if (error instanceof FhirError && error.code === 'stale') return 'several';
    throw error;
  }
}

/** The oldest, where a server has made more than one: every device takes the same. */
async function firstOf(
  client: Client,
  { identifier, resource }: OutboxRow,
  signal: AbortSignal | undefined,
): Promise<FhirResource | null> {
  const query = `${resource!.resourceType}?${conditionFor(identifier, resource!)}`;
  const options = signal === undefined ? {} : { signal };
  for await (const page of client.pages(query, options)) {
    const [first] = page.toSorted((a, b) => (ageOf(a) < ageOf(b) ? -1 : 1));
    if (first !== undefined) return first;
  }
  return null;
}

function ageOf({ id, meta }: FhirResource): string {
  return `${meta?.lastUpdated ?? ''} ${id ?? ''}`;
}

function nameOf({ system, value }: BusinessIdentifier): string {
  return `${system}|${value}`;
}

function conditionFor(identifier: BusinessIdentifier, resource: FhirResource): string {
  return conditionOf({ identifier, resource: resource as MappedResource['resource'] });
}

const sha256: Sha256 = async (bytes) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)));
