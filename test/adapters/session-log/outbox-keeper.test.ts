import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { createFhirClient } from '../../../src/adapters/fhir/fhir-client.ts';
import { createOutbox } from '../../../src/adapters/fhir/outbox.ts';
import { createClinicDatabase } from '../../../src/adapters/session-log/clinic-database.ts';
import { OutboxKeeper } from '../../../src/adapters/session-log/outbox-keeper.ts';
import { RowVault } from '../../../src/adapters/session-log/row-vault.ts';
import { ServerLinkKeeper } from '../../../src/adapters/session-log/server-link-keeper.ts';
import type { ServerLinkRow } from '../../../src/adapters/session-log/session-database.ts';
import type { OutboxRow } from '../../../src/core/recording/outbox-row.ts';
import { FakeLocks } from '../fake-locks.ts';
import { createModelServer } from '../fhir/model-server.ts';
import { createDevice } from './people-bench.ts';

const ROW: Omit<OutboxRow, 'order' | 'revision'> = {
  rowId: 'a',
  state: 'waiting',
  identifier: { system: 'urn:thora:id:flag', value: 'secret-name' },
  mode: 'newest',
  chain: null,
  resource: { resourceType: 'Flag' },
  digest: 'd1',
  enqueuedAtUtcMs: 1,
  takenDigest: null,
  attemptedDigests: [],
  serverId: null,
  serverVersion: null,
  attempts: 0,
  nextTryAtUtcMs: 0,
  trouble: null,
};
const LINK: ServerLinkRow = {
  linkId: 'server',
  baseUrl: 'https://clinic.example/fhir',
  name: 'Clinic',
  clientId: 'thora',
  patientReference: 'Patient/1',
  refreshToken: 'refresh-secret',
  agreedAtUtc: '2026-11-27T09:00:00.000Z',
  lastExchangeUtc: null,
};
const put = (keeper: OutboxKeeper, rowId: string) => keeper.change(rowId, () => ({ ...ROW, rowId }));
const ids = (rows: readonly OutboxRow[]) => rows.map(({ rowId }) => rowId);

function openClinic() {
  const database = createClinicDatabase('clinic', { indexedDB: new IDBFactory(), IDBKeyRange });
  return { database, keeper: new OutboxKeeper(database, new RowVault(null)) };
}

describe('the rows of an outbox', () => {
  it('come in their order, page by page; what begins to wait anew goes behind', async () => {
    const { keeper } = openClinic();
    for (const rowId of ['c', 'a', 'b']) await put(keeper, rowId);
    expect(ids(await keeper.page('waiting', -1, 2))).toEqual(['c', 'a']);
    expect(ids(await keeper.page('waiting', 1, 2))).toEqual(['b']);
    await keeper.change('c', (row) => row && { ...row, digest: 'd2' });
    await keeper.change('a', (row) => row && { ...row, state: 'sent' });
    await keeper.change('a', (row) => row && { ...row, state: 'waiting' });
    expect(ids(await keeper.page('waiting', -1, 9))).toEqual(['c', 'b', 'a']);
    await keeper.change('b', (row) => row && { ...row, state: 'setAside' });
    expect(await keeper.counts()).toEqual({ waiting: 2, setAside: 1, sent: 0 });
    await keeper.remove('b');
    expect(await keeper.read('b')).toBeNull();
  });

  it('lose nothing when many write at once', async () => {
    const { keeper } = openClinic();
    await Promise.all(Array.from({ length: 8 }, (_, i) => put(keeper, `row-${i}`)));
    const rows = await keeper.page('waiting', -1, 99);
    expect(rows.map(({ order }) => order)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    await Promise.all(
      rows.map(() => keeper.change('row-0', (row) => row && { ...row, attempts: row.attempts + 1 })),
    );
    expect((await keeper.read('row-0'))?.attempts).toBe(8);
  });

  it('lie sealed under a passphrase, move with everything, and are closed to a tab that is locked', async () => {
    const device = createDevice();
    const tab = device.openTab();
    const before = await tab.storage();
    for (const rowId of ['a', 'b']) await put(before.outbox, rowId);
    await before.serverLink.keep(LINK);
    for (const rowId of ['a', 'b']) await put(before.outbox, rowId);
    await tab.preparePassphrase('heron at dusk');
    await tab.setPassphrase(() => undefined);
    const { outbox, serverLink, database } = await tab.storage();
    expect(before.outbox.isOpen()).toBe(false);
    expect(outbox.isOpen()).toBe(true);
    expect(ids(await outbox.page('waiting', -1, 9))).toEqual(['a', 'b']);
    expect(await serverLink.read()).toEqual(LINK);
    const lying = [...(await database.outbox.toArray()), ...(await database.serverLinks.toArray())];
    expect(lying).toHaveLength(3);
    for (const row of lying)
      expect(Object.keys(row).filter((field) => field !== 'sealed')).toEqual(
        'linkId' in row ? ['linkId'] : ['rowId', 'state', 'order', 'revision'],
      );
    await tab.lock();
    const locked = await tab.storage();
    expect(locked.outbox.isOpen()).toBe(false);
    expect(outbox.isOpen()).toBe(false);
    await expect(locked.outbox.read('a')).rejects.toMatchObject({ code: 'locked' });
    await expect(locked.serverLink.read()).rejects.toMatchObject({ code: 'locked' });
  });

  it('are forgotten with their server, and with the patient they name', async () => {
    const { database, keeper } = openClinic();
    const link = new ServerLinkKeeper(database, new RowVault(null));
    await link.keep(LINK);
    await put(keeper, 'a');
    await link.keep({ ...LINK, refreshToken: 'newer' });
    expect((await keeper.counts()).waiting).toBe(1);
    await link.keep({ ...LINK, patientReference: 'Patient/2' });
    expect((await keeper.counts()).waiting).toBe(0);
    await put(keeper, 'a');
    await link.keep({ ...LINK, baseUrl: 'https://other.example' });
    expect((await keeper.counts()).waiting).toBe(0);
    await put(keeper, 'a');
    await link.forget();
    expect([await link.read(), (await keeper.counts()).waiting]).toEqual([null, 0]);
  });

  it('reach a server from the disk, through a kill in the middle', async () => {
    const options = { indexedDB: new IDBFactory(), IDBKeyRange };
    const clock = { utcMs: Date.UTC(2026, 10, 2) };
    const server = createModelServer(clock);
    const client = createFhirClient({
      baseUrl: 'https://clinic.example/fhir',
      fetch: server.fetch,
      accessToken: () => Promise.resolve(null),
    });
    const open = () => {
      const database = createClinicDatabase('clinic', options);
      const store = new OutboxKeeper(database, new RowVault(null));
      const ports = { store, locks: new FakeLocks(), lockName: 'outbox', chance: () => 0.5 };
      return { database, outbox: createOutbox(ports) };
    };
    const things = Array.from({ length: 60 }, (_, i) => {
      const identifier = { system: 'urn:thora:id:test', value: `n${i}` };
      return {
        resource: { resourceType: 'Flag', identifier: [identifier] },
        identifier,
        mode: 'newest' as const,
        digest: `d${i}`,
      };
    });
    const first = open();
    await first.outbox.enqueue(things, clock.utcMs);
    // The tab dies between the answer and what would have been written down of it.
    server.setFault(() => {
      if (server.seen.length === 30) first.database.close();
      return null;
    });
    expect((await first.outbox.drain(client, { now: () => clock.utcMs })).kind).toBe('locked');
    expect(server.stored.size).toBe(30);
    const second = open();
    expect(await second.outbox.drain(client, { now: () => clock.utcMs })).toMatchObject({
      kind: 'done',
      sentCount: 31,
    });
    expect(server.stored.size).toBe(60);
    second.database.close();
  });
});
