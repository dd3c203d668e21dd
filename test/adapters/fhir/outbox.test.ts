import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFhirClient } from '../../../src/adapters/fhir/fhir-client.ts';
import { createOutbox, type DrainOptions, type DrainOutcome } from '../../../src/adapters/fhir/outbox.ts';
import { statementOf } from '../../../src/adapters/fhir/mapping/mapped-resource.ts';
import type { OutgoingResource } from '../../../src/adapters/fhir/outbox-rules.ts';
import { FakeLocks } from '../fake-locks.ts';
import { createMemoryOutbox } from './memory-outbox.ts';
import { createModelServer, type ModelFault } from './model-server.ts';

const MINUTE_MS = 60_000;
const START_UTC_MS = Date.UTC(2026, 10, 2, 9);

function thing(
  name: string,
  content: string,
  mode: 'once' | 'newest' = 'newest',
  resourceType = 'Observation',
): OutgoingResource {
  const identifier = { system: 'urn:thora:id:test', value: name };
  const resource = {
    resourceType,
    identifier: [identifier],
    subject: { reference: 'Patient/1' },
    note: [{ text: content }],
  };
  const digest = createHash('sha256').update(statementOf(resource)).digest('hex');
  return { resource, identifier, mode, digest };
}

function createBench() {
  const clock = { utcMs: START_UTC_MS };
  const server = createModelServer(clock);
  const memory = createMemoryOutbox();
  const locks = new FakeLocks();
  const client = createFhirClient({
    baseUrl: 'https://clinic.example/fhir',
    fetch: server.fetch,
    accessToken: () => Promise.resolve('token'),
    nowUtcMs: () => clock.utcMs,
  });
  const open = () => createOutbox({ store: memory.store, locks, lockName: 'outbox', chance: () => 0.5 });
  let outbox = open();
  return {
    clock,
    server,
    memory,
    client,
    /** As after the page was loaded anew: nothing is known but what lies on the disk. */
    reload: () => (outbox = open()),
    enqueue: (...things: OutgoingResource[]) => outbox.enqueue(things, clock.utcMs),
    drain: (options: Partial<DrainOptions> = {}) =>
      outbox.drain(client, { now: () => clock.utcMs, ...options }),
    get outbox() {
      return outbox;
    },
    held: () => new Map([...server.stored.values()].map((kept) => [keyOf(kept), statementOf(kept)])),
    requests: () => server.seen.map(({ method, url }) => `${method} ${url.pathname.slice(6)}`),
  };
}

function keyOf({ identifier }: { identifier?: readonly { readonly value?: string }[] }): string {
  return identifier?.[0]?.value ?? '';
}

const counts = ({ kind, sentCount, setAsideCount, waitingCount }: DrainOutcome) => [
  kind,
  sentCount,
  setAsideCount,
  waitingCount,
];

describe('the outbox', () => {
  it('sends what waits, in order, and nothing twice', async () => {
    const bench = createBench();
    const things = ['a', 'b', 'c'].map((name) => thing(name, '1', 'once'));
    expect(await bench.enqueue(...things)).toBe(3);
    const told: number[] = [];
    const outcome = await bench.drain({ onProgress: ({ waitingCount }) => told.push(waitingCount) });
    expect(counts(outcome)).toEqual(['done', 3, 0, 0]);
    expect(told).toEqual([2, 1, 0]);
    expect(bench.server.created).toEqual(['a', 'b', 'c'].map((name) => `urn:thora:id:test|${name}`));
    expect(await bench.enqueue(...things)).toBe(0);
    expect(counts(await bench.drain())).toEqual(['done', 0, 0, 0]);
    expect(bench.requests()).toHaveLength(3);
  });

  it('replaces what waits, and sends a change against the version it knows', async () => {
    const bench = createBench();
    await bench.enqueue(thing('a', '1'), thing('b', '1'));
    await bench.enqueue(thing('a', '2'));
    await bench.drain();
    expect(bench.server.created).toHaveLength(2);
    await bench.enqueue(thing('a', '3'), thing('b', '1'));
    await bench.drain();
    expect(bench.requests()).toEqual(['POST Observation', 'POST Observation', 'PUT Observation/id-1']);
    expect(bench.server.seen.at(-1)!.headers.get('if-match')).toBe('W/"1"');
    expect(bench.held().get('a')).toBe(statementOf(thing('a', '3').resource));
  });

  it('works with servers that send nothing back, and with those that know no conditions', async () => {
    const bench = createBench();
    bench.server.sendNothingBack();
    bench.server.ignoreConditions();
    const options = { createsConditionally: false };
    await bench.enqueue(thing('a', '1'));
    bench.server.setFault(({ method }) => (method === 'POST' ? 'lost' : null));
    expect((await bench.drain(options)).kind).toBe('later');
    bench.server.setFault(() => null);
    bench.clock.utcMs += MINUTE_MS;
    expect(counts(await bench.drain(options))).toEqual(['done', 1, 0, 0]);
    await bench.enqueue(thing('a', '2'));
    expect(counts(await bench.drain(options))).toEqual(['done', 1, 0, 0]);
    expect([...bench.held()]).toEqual([['a', statementOf(thing('a', '2').resource)]]);
  });

  it.each<[ModelFault, string]>([
    ['offline', 'offline'],
    ['hotelPage', 'notFhir'],
    ['half', 'notFhir'],
    [{ status: 429 }, 'tooMany'],
  ])('waits as a whole after %j', async (fault, code) => {
    const bench = createBench();
    await bench.enqueue(thing('a', '1'), thing('b', '1'));
    bench.server.setFault(() => fault);
    const outcome = await bench.drain();
    expect(outcome).toMatchObject({ kind: 'later', code, waitingCount: 2 });
    expect(bench.server.seen).toHaveLength(1);
    bench.server.setFault(() => null);
    // Neither another call nor another page asks sooner.
    await bench.drain();
    bench.reload();
    await bench.drain();
    expect(bench.server.seen).toHaveLength(1);
    bench.clock.utcMs = outcome.kind === 'later' ? outcome.atUtcMs : NaN;
    expect(counts(await bench.drain())).toEqual(['done', 2, 0, 0]);
  });

  it('asks at once where a person wants it, but not where the server asked to be left alone', async () => {
    const bench = createBench();
    await bench.enqueue(thing('a', '1'));
    bench.server.setFault(() => 'offline');
    await bench.drain();
    bench.server.setFault(() => ({ status: 429, retryAfterS: 3600 }));
    expect(await bench.drain({ isAskedFor: true })).toMatchObject({
      kind: 'later',
      code: 'tooMany',
      atUtcMs: bench.clock.utcMs + 3_600_000,
    });
    bench.server.setFault(() => null);
    bench.reload();
    expect((await bench.drain({ isAskedFor: true })).kind).toBe('later');
    expect(bench.server.seen).toHaveLength(2);
  });

  it('goes on past a row that the server stumbles over, and stops where it stumbles over every one', async () => {
    const bench = createBench();
    await bench.enqueue(...['a', 'b', 'c', 'd', 'e'].map((name) => thing(name, '1', 'once')));
    bench.server.setFault(({ body }) => (keyOf(body ?? {}) === 'b' ? { status: 500 } : null));
    expect(await bench.drain()).toMatchObject({
      kind: 'later',
      code: 'server',
      sentCount: 4,
      waitingCount: 1,
    });
    const types = ['Observation', 'Procedure', 'Flag', 'Basic', 'Goal'];
    for (const status of [503, 403, 409]) {
      const other = createBench();
      await other.enqueue(...types.map((type, i) => thing(`n${i}`, '1', 'once', type)));
      other.server.setFault(() => ({ status }));
      expect(await other.drain()).toMatchObject({ kind: 'later', waitingCount: 5 });
      expect(other.server.seen).toHaveLength(3);
    }
  });

  it.each([
    [403, 1],
    [500, 3],
  ])('asks not for one after the other of a type that is answered with %i', async (status, askedCount) => {
    const bench = createBench();
    const metrics = Array.from({ length: 6 }, (_, i) => thing(`m${i}`, '1', 'once', 'DeviceMetric'));
    await bench.enqueue(...metrics, thing('a', '1'), thing('b', '1'));
    bench.server.setFault(({ url }) => (url.pathname.includes('DeviceMetric') ? { status } : null));
    expect(await bench.drain()).toMatchObject({ kind: 'later', sentCount: 2, waitingCount: 6 });
    expect(bench.server.seen).toHaveLength(askedCount + 2);
    bench.server.setFault(() => null);
    bench.clock.utcMs += MINUTE_MS;
    expect(counts(await bench.drain())).toEqual(['done', 6, 0, 0]);
  });

  it('sets aside what is refused, with the words of the server, and sends the rest', async () => {
    const bench = createBench();
    await bench.enqueue(thing('a', '1'), thing('b', '1'), thing('c', '1'));
    bench.server.setFault(({ body }) =>
      keyOf(body ?? {}) === 'b' ? { status: 422, words: 'No such status' } : null,
    );
    expect(counts(await bench.drain())).toEqual(['done', 2, 1, 0]);
    const aside = [];
    for await (const row of bench.outbox.setAside()) aside.push(row);
    expect(aside).toMatchObject([
      {
        identifier: { value: 'b' },
        trouble: { code: 'refused', words: 'No such status · Observation.status' },
      },
    ]);
    // The same again would be refused again; something else may pass.
    expect(await bench.enqueue(thing('b', '1'))).toBe(0);
    bench.server.setFault(() => null);
    await bench.outbox.tryAgain(aside[0]!.rowId);
    expect(counts(await bench.drain())).toEqual(['done', 1, 0, 0]);
    expect(bench.server.stored.size).toBe(3);
  });

  it('stops for a login, and loses nothing', async () => {
    const bench = createBench();
    await bench.enqueue(thing('a', '1'), thing('b', '1'));
    bench.server.setFault(() => ({ status: 401 }));
    expect(counts(await bench.drain())).toEqual(['loginNeeded', 0, 0, 2]);
    bench.server.setFault(() => null);
    expect(counts(await bench.drain())).toEqual(['done', 2, 0, 0]);
  });

  it('does nothing under a lock, also where it is locked in the middle', async () => {
    const bench = createBench();
    await bench.enqueue(thing('a', '1'), thing('b', '1'));
    const change = bench.memory.store.change;
    bench.memory.store.change = (...given) => {
      if (bench.server.seen.length > 0) {
        bench.memory.lock();
        return Promise.reject(new Error('DatabaseClosed'));
      }
      return change(...given);
    };
    expect((await bench.drain()).kind).toBe('locked');
    expect(bench.server.seen).toHaveLength(1);
    expect((await bench.drain()).kind).toBe('locked');
    expect(bench.server.seen).toHaveLength(1);
  });

  it('is emptied by one tab at a time', async () => {
    const bench = createBench();
    await bench.enqueue(thing('a', '1'));
    const first = bench.drain();
    const other = bench.reload();
    expect((await other.drain(bench.client, { now: () => bench.clock.utcMs })).kind).toBe('busy');
    expect((await first).kind).toBe('done');
    expect(bench.server.seen).toHaveLength(1);
  });

  it('begins anew where the server has forgotten, and gives up where it knows no such thing', async () => {
    const bench = createBench();
    await bench.enqueue(thing('a', '1'));
    await bench.drain();
    bench.server.stored.clear();
    await bench.enqueue(thing('a', '2'));
    expect(counts(await bench.drain())).toEqual(['done', 1, 0, 0]);
    expect(bench.requests()).toEqual(['POST Observation', 'PUT Observation/id-1', 'POST Observation']);
    await bench.enqueue(thing('b', '1'));
    bench.server.setFault(() => ({ status: 404 }));
    expect(counts(await bench.drain())).toEqual(['done', 0, 1, 0]);
  });

  it('takes the oldest of several, as every device does', async () => {
    const bench = createBench();
    bench.server.write({ ...thing('a', 'first').resource }, 'z');
    bench.clock.utcMs += MINUTE_MS;
    bench.server.write({ ...thing('a', 'second').resource }, 'b');
    bench.clock.utcMs += MINUTE_MS;
    await bench.enqueue(thing('a', 'mine'), thing('b', '1', 'once'));
    expect(counts(await bench.drain())).toEqual(['done', 2, 0, 0]);
    expect(bench.server.stored.get('z')!.meta.versionId).toBe('2');
    expect(bench.server.stored.get('b')!.meta.versionId).toBe('1');
  });
});

describe('what somebody else wrote meanwhile', () => {
  const foreign = { ...thing('a', 'foreign').resource };

  it('stays where it is newer, and what is written after it goes on from there', async () => {
    const bench = createBench();
    await bench.enqueue(thing('a', '1'));
    await bench.drain();
    await bench.enqueue(thing('a', '2'));
    bench.clock.utcMs += MINUTE_MS;
    bench.server.write(foreign, 'id-1');
    expect(counts(await bench.drain())).toEqual(['done', 1, 0, 0]);
    expect(bench.held().get('a')).toBe(statementOf(foreign));
    const [row] = bench.memory.rows.values();
    expect(row).toMatchObject({ state: 'sent', trouble: { code: 'newerThere' }, serverVersion: '2' });
    bench.clock.utcMs += MINUTE_MS;
    await bench.enqueue(thing('a', '3'));
    await bench.drain();
    expect(bench.held().get('a')).toBe(statementOf(thing('a', '3').resource));
  });

  it('is overwritten where it is older than what waits here', async () => {
    const bench = createBench();
    await bench.enqueue(thing('a', '1'));
    await bench.drain();
    bench.server.write(foreign, 'id-1');
    bench.clock.utcMs += MINUTE_MS;
    await bench.enqueue(thing('a', '2'));
    await bench.drain();
    expect(bench.held().get('a')).toBe(statementOf(thing('a', '2').resource));
  });

  it('is compared by the clock of the server, whatever the one here says', async () => {
    const bench = createBench();
    await bench.enqueue(thing('a', '1'));
    await bench.drain();
    // Here it is an hour later than there.
    const aheadMs = 60 * MINUTE_MS;
    const client = createFhirClient({
      baseUrl: bench.client.baseUrl,
      fetch: bench.server.fetch,
      accessToken: () => Promise.resolve(null),
      nowUtcMs: () => bench.clock.utcMs + aheadMs,
    });
    await bench.outbox.enqueue([thing('a', '2')], bench.clock.utcMs + aheadMs);
    bench.clock.utcMs += MINUTE_MS;
    bench.server.write(foreign, 'id-1');
    await bench.outbox.drain(client, { now: () => bench.clock.utcMs + aheadMs });
    expect(bench.held().get('a')).toBe(statementOf(foreign));
  });
});

const FAULTS: readonly ModelFault[] = [
  'offline',
  'lost',
  'half',
  'hotelPage',
  'cut',
  { status: 401 },
  { status: 403 },
  { status: 409 },
  { status: 422, words: 'no' },
  { status: 429, retryAfterS: 90 },
  { status: 500 },
  { status: 503, retryAfterS: 30 },
];

const NAMES = ['a', 'b', 'c', 'd'];
const PLANS = ['plan-1', 'plan-2', 'plan-3'];
const putIn = fc.record({
  kind: fc.constant('put' as const),
  name: fc.constantFrom(...NAMES),
  text: fc.nat(3),
});
const step = fc.oneof(
  { weight: 3, arbitrary: putIn },
  { weight: 1, arbitrary: fc.constant({ kind: 'plan' as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('drain' as const), minutes: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reload' as const }) },
);
/** For each request: nothing, a fault, or somebody who replaces something just then. */
const luck = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 4, arbitrary: fc.constantFrom(...FAULTS) },
    { weight: 1, arbitrary: putIn },
  ),
  { minLength: 5, maxLength: 40 },
);

const ahead = fc.constantFrom(-2, 0, 2);

const ROW_COUNT = process.env['THORA_LONG'] === undefined ? 1000 : 10_000;

describe('whatever goes wrong on the way', () => {
  it('the server holds one of each in the end, the newest, and plans came in their order @slow', async () => {
    let lostCount = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 30 }),
        luck,
        ahead,
        async (steps, faults, hours) => {
          const bench = createBench();
          bench.server.hideClock(hours * 60 * MINUTE_MS);
          const newest = new Map<string, string>();
          let planCount = 0;
          const put = async (...things: OutgoingResource[]) => {
            for (const { resource, identifier } of things)
              newest.set(identifier.value, statementOf(resource));
            await bench.enqueue(...things);
          };
          const plan = (n: number, status: string) => thing(PLANS[n]!, status, 'newest', 'CarePlan');
          const left = [...faults];
          let stop = new AbortController();
          bench.server.setFault(async ({ body }) => {
            const next = left.shift() ?? null;
            if (next === null) return null;
            if (typeof next === 'object' && 'kind' in next) {
              await put(thing(next.name, String(next.text)));
              return null;
            }
            if (next === 'cut') stop.abort();
            if (next === 'lost' || next === 'cut' || next === 'half') lostCount++;
            // A plan that was refused is overtaken by the next one: that is told to a person, and not looked at here.
            const isPlan = body?.['resourceType'] === 'CarePlan';
            return typeof next === 'object' && next.status === 422 && isPlan ? null : next;
          });
          for (const each of steps) {
            if (each.kind === 'put') await put(thing(each.name, String(each.text)));
            if (each.kind === 'plan' && planCount < PLANS.length) {
              await put(
                ...(planCount === 0 ? [] : [plan(planCount - 1, 'revoked')]),
                plan(planCount, 'active'),
              );
              planCount++;
            }
            if (each.kind === 'reload') bench.reload();
            if (each.kind === 'drain') {
              bench.clock.utcMs += each.minutes * MINUTE_MS;
              stop = new AbortController();
              await bench.drain({ signal: stop.signal });
            }
          }
          left.length = 0;
          await bench.outbox.tryAgain();
          let outcome = await bench.drain();
          for (let turn = 0; outcome.kind !== 'done' && turn < 20; turn++) {
            bench.clock.utcMs += 24 * 60 * MINUTE_MS;
            outcome = await bench.drain();
          }
          expect(outcome).toMatchObject({ kind: 'done', setAsideCount: 0, waitingCount: 0 });
          expect(bench.server.stored.size).toBe(newest.size);
          expect(bench.held()).toEqual(newest);
          const plans = bench.server.created.filter((token) => token.includes('plan-'));
          expect(plans).toEqual(PLANS.slice(0, planCount).map((name) => `urn:thora:id:test|${name}`));
        },
      ),
      { numRuns: process.env['THORA_LONG'] === undefined ? 300 : 8000 },
    );
    expect(lostCount).toBeGreaterThan(50);
  }, 600_000);

  it('thousands of rows of weeks without a network go out page by page @slow', async () => {
    const bench = createBench();
    const many = function* () {
      for (let i = 0; i < ROW_COUNT; i++) yield thing(`n${i}`, '1', 'once');
    };
    expect(await bench.outbox.enqueue(many(), bench.clock.utcMs)).toBe(ROW_COUNT);
    const stop = new AbortController();
    bench.server.setFault(() => {
      if (bench.server.seen.length === ROW_COUNT / 2) stop.abort();
      return null;
    });
    expect((await bench.drain({ signal: stop.signal })).kind).toBe('cut');
    expect((await bench.drain()).kind).toBe('done');
    expect(bench.server.stored.size).toBe(ROW_COUNT);
    expect(bench.memory.mostAtOnce()).toBeLessThanOrEqual(25);
  }, 600_000);
});
