import type { Table } from 'dexie';
import { canonical } from '../../core/recording/canonical-json.ts';
import { holdRecordingLock } from './recording-lock.ts';
import type { LockPort } from './recording-lock.ts';
import type { RowVault } from './row-vault.ts';
import { sessionKeyRange } from './session-database.ts';
import type { KeptRow, Rows, SessionDatabase } from './session-database.ts';
import { StorageError } from './storage-error.ts';

/** One person's rows, and the vault that seals them. */
export interface VaultedStore {
  readonly database: SessionDatabase;
  readonly vault: RowVault;
}

type SessionTable = 'commands' | 'answers' | 'results' | 'chunks';
const OF_SESSIONS: readonly (readonly [SessionTable, keyPartCount: 1 | 2])[] = [
  ['commands', 1],
  ['answers', 1],
  ['results', 1],
  ['chunks', 2],
];
const OF_NO_SESSION = [
  'calibrations',
  'kits',
  'passports',
  'clinicLinks',
  'serverLinks',
  'outbox',
  'journal',
] as const;
const ROWS_AT_ONCE = 400;

/**
 * Copies a whole store into another one under another key (or none), and proves that the copy holds the same. Nothing of
 * the source is changed. May be stopped at any moment, by a kill too, and begun again: sessions that the copy holds
 * already, unchanged, are not copied twice. Nobody can record meanwhile.
 */
export async function copyStore(
  from: VaultedStore,
  to: VaultedStore,
  locks: LockPort,
  onProgress: (share: number) => void,
): Promise<void> {
  const release = await holdRecordingLock(locks);
  if (!release) throw new StorageError('sessionRunning', '');
  try {
    const sessionIds = await idsOf(from);
    const wanted = new Set(sessionIds);
    for (const sessionId of await idsOf(to)) if (!wanted.has(sessionId)) await dropSession(to, sessionId);
    for (const [i, sessionId] of sessionIds.entries()) {
      if (!(await holdsSame(from, to, sessionId))) await copySession(from, to, sessionId);
      onProgress((i + 1) / (sessionIds.length + 1));
    }
    for (const table of OF_NO_SESSION) await copyTable(from, to, table);
    for (const sessionId of await idsOf(from))
      if (!(await holdsSame(from, to, sessionId))) throw new StorageError('storageFailed', sessionId);
    onProgress(1);
  } finally {
    release();
  }
}

async function idsOf({ database }: VaultedStore): Promise<string[]> {
  return database.sessions.orderBy('startedAtUtc').primaryKeys();
}

function tableOf<T extends keyof Rows>(store: VaultedStore, table: T): Table<KeptRow<T>, unknown> {
  return store.database.table(table);
}

function rowsOf<T extends SessionTable>(
  store: VaultedStore,
  table: T,
  sessionId: string,
  keyPartCount: 1 | 2,
) {
  return tableOf(store, table)
    .where(':id')
    .between(...sessionKeyRange(sessionId, keyPartCount));
}

async function dropSession(store: VaultedStore, sessionId: string): Promise<void> {
  for (const [table, keyPartCount] of OF_SESSIONS)
    await rowsOf(store, table, sessionId, keyPartCount).delete();
  await store.database.sessions.delete(sessionId);
}

async function copySession(from: VaultedStore, to: VaultedStore, sessionId: string): Promise<void> {
  await dropSession(to, sessionId);
  for (const [table, keyPartCount] of OF_SESSIONS) {
    const keys = await rowsOf(from, table, sessionId, keyPartCount).primaryKeys();
    for (let i = 0; i < keys.length; i += ROWS_AT_ONCE)
      await copyRows(from, to, table, keys.slice(i, i + ROWS_AT_ONCE));
  }
  // Last: a session's row says that all of it is there.
  await copyRows(from, to, 'sessions', [sessionId]);
}

async function copyRows(
  from: VaultedStore,
  to: VaultedStore,
  table: keyof Rows,
  keys: readonly unknown[],
): Promise<void> {
  const kept = (await tableOf(from, table).bulkGet([...keys])).filter((row) => row !== undefined);
  const rows: Rows[keyof Rows][] = [];
  for (const row of kept) {
    // What cannot be opened cannot be saved by keeping it either; the session goes on without it.
    const opened = await from.vault.open(table, row).catch((error: unknown) => {
      if (table === 'chunks') return null;
      throw error;
    });
    if (opened !== null) rows.push(opened);
  }
  await tableOf(to, table).bulkPut(await to.vault.sealAll(table, rows));
}

async function copyTable(
  from: VaultedStore,
  to: VaultedStore,
  table: (typeof OF_NO_SESSION)[number],
): Promise<void> {
  await tableOf(to, table).clear();
  const keys = await tableOf(from, table).toCollection().primaryKeys();
  for (let i = 0; i < keys.length; i += ROWS_AT_ONCE)
    await copyRows(from, to, table, keys.slice(i, i + ROWS_AT_ONCE));
}

/** Same row of the session, and rows of each kind under the same keys; but for chunks that nobody can open. */
async function holdsSame(from: VaultedStore, to: VaultedStore, sessionId: string): Promise<boolean> {
  const copied = await to.database.sessions.get(sessionId);
  const source = await from.database.sessions.get(sessionId);
  if (copied === undefined || source === undefined) return copied === source;
  const opened = await to.vault.open('sessions', copied).catch(() => null);
  if (canonical(opened) !== canonical(await from.vault.open('sessions', source))) return false;
  for (const [table, keyPartCount] of OF_SESSIONS) {
    const theirs = new Set(await keysOf(to, table, sessionId, keyPartCount));
    const mine = await keysOf(from, table, sessionId, keyPartCount);
    const missing = mine.filter((key) => !theirs.has(key));
    if (mine.length - missing.length !== theirs.size) return false;
    for (const key of missing) if (table !== 'chunks' || (await canOpen(from, key))) return false;
  }
  return true;
}

/** As text, which a set can compare. */
async function keysOf(
  store: VaultedStore,
  table: SessionTable,
  sessionId: string,
  keyPartCount: 1 | 2,
): Promise<string[]> {
  return (await rowsOf(store, table, sessionId, keyPartCount).primaryKeys()).map((key) =>
    JSON.stringify(key),
  );
}

async function canOpen(from: VaultedStore, chunkKey: string): Promise<boolean> {
  const kept = await from.database.chunks.get(JSON.parse(chunkKey) as [string, number, number]);
  if (kept === undefined) return false;
  return from.vault.open('chunks', kept).then(
    () => true,
    () => false,
  );
}
