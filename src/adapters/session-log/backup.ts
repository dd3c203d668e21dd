import {
  decodeBackupHead,
  encodeBackupHead,
  LARGEST_HEAD_BYTES,
  type BackupHead,
  type BackupSession,
} from '../../core/recording/backup-entry.ts';
import { readRecordingFile, writeRecordingFile } from '../../core/recording/recording-file.ts';
import { withoutPackets } from '../../core/recording/session-recording.ts';
import type { BackupComparison } from '../../ui/services.ts';
import { BackupError } from './backup-error.ts';
import { canonical } from '../../core/recording/canonical-json.ts';
import { BackupReader, BackupWriter, type BackupKey } from './backup-stream.ts';
import type { JournalKeeper } from './journal-keeper.ts';
import type { RowVault } from './row-vault.ts';
import type { SessionDatabase } from './session-database.ts';
import type { SessionRepository } from './session-repository.ts';

const LARGEST_BODY_BYTES = 256 * 2 ** 20;

/** One person's store as a backup sees it. */
export interface BackedStore {
  readonly database: SessionDatabase;
  readonly vault: RowVault;
  readonly repository: SessionRepository;
  readonly journal: JournalKeeper;
}

type OnProgress = (share: number) => void;

/** Everything of one person, session by session; no more than one is held in memory. @returns ids of what it holds */
export async function writeBackup(
  store: BackedStore,
  about: { readonly name: string; readonly createdAtUtc: string },
  key: BackupKey,
  give: (part: Uint8Array<ArrayBuffer>) => void,
  onProgress: OnProgress,
): Promise<string[]> {
  const writer = new BackupWriter(key, give);
  const sessionIds = await store.repository.idsAtRest();
  const { length: sessionCount } = sessionIds;
  await writeEntry(writer, { kind: 'person', format: 'thora-backup', ...about, sessionCount });
  await writeEntry(writer, await describeSensors(store));
  await writeEntry(writer, { kind: 'journal', entries: await store.journal.read() });
  for (const [i, sessionId] of sessionIds.entries()) {
    const { head, body } = await describeSession(store, sessionId);
    await writeEntry(writer, head, body);
    onProgress((i + 1) / (sessionCount + 1));
  }
  await writeEntry(writer, { kind: 'end', sessionCount });
  await writer.end();
  return sessionIds;
}

/** Opens every entry and compares each session with the store, byte by byte. Stores nothing. */
export async function compareBackup(
  store: BackedStore,
  file: Blob,
  key: BackupKey,
  onProgress: OnProgress,
): Promise<BackupComparison> {
  const here = new Set(await store.repository.idsAtRest());
  const hereCount = here.size;
  const sameIds: string[] = [];
  const differentIds: string[] = [];
  let onlyInBackupCount = 0;
  const newEntryIds = new Set((await store.journal.read()).map(({ entryId }) => entryId));
  const { createdAtUtc } = await readEntries(file, key, onProgress, async (head, body) => {
    if (head.kind === 'journal') for (const { entryId } of head.entries) newEntryIds.delete(entryId);
    if (head.kind !== 'session') return;
    if (!here.delete(head.sessionId)) {
      onlyInBackupCount++;
      return;
    }
    const mine = await describeSession(store, head.sessionId);
    // What was let go here to save room is in the backup alone; the rest must still be the same.
    const letGo = mine.head.packetsRemoved && !head.packetsRemoved;
    const theirs = letGo
      ? {
          head: { ...head, packetsRemoved: true },
          body: writeRecordingFile(withoutPackets(readRecordingFile(body, head.sessionId))),
        }
      : { head, body };
    const same = isSameHead(mine.head, theirs.head) && isEqual(mine.body, theirs.body);
    (same ? sameIds : differentIds).push(head.sessionId);
  });
  return {
    createdAtUtc,
    sameIds,
    differentIds,
    onlyInBackupCount,
    onlyInStoreCount: hereCount - sameIds.length - differentIds.length,
    newAnswerCount: newEntryIds.size,
  };
}

/**
 * Adds what the backup holds and the store does not, packets that were let go too; what is here already stays as it is. The file is read whole and
 * checked before the first session is stored. Each session comes in one piece, so that a restore that was cut off is ended
 * by beginning it again.
 *
 * @returns ids of the sessions that were added
 */
export async function restoreBackup(
  store: BackedStore,
  file: Blob,
  key: BackupKey,
  onProgress: OnProgress,
): Promise<string[]> {
  await readEntries(
    file,
    key,
    (share) => onProgress(share / 2),
    () => Promise.resolve(),
  );
  const here = new Set(await store.repository.idsAtRest());
  const emptied = new Set(await store.repository.idsWithoutPackets());
  const added: string[] = [];
  await readEntries(
    file,
    key,
    (share) => onProgress(0.5 + share / 2),
    async (head, body) => {
      if (head.kind === 'sensors') await addSensors(store, head);
      if (head.kind === 'journal') await store.journal.merge(head.entries);
      if (head.kind !== 'session') return;
      const comesFuller = emptied.has(head.sessionId) && !head.packetsRemoved;
      if (here.has(head.sessionId) && !comesFuller) return;
      await store.repository.storeRestored(head, readRecordingFile(body, head.sessionId));
      added.push(head.sessionId);
    },
  );
  return added;
}

async function describeSession(
  { repository }: BackedStore,
  sessionId: string,
): Promise<{ head: BackupSession; body: Uint8Array }> {
  const { about, recording } = await repository.readWhole(sessionId);
  return { head: about, body: writeRecordingFile(recording) };
}

async function describeSensors({ database, vault }: BackedStore): Promise<BackupHead> {
  const calibrations = await vault.openAll('calibrations', await database.calibrations.toArray());
  const passports = await vault.openAll('passports', await database.passports.toArray());
  return {
    kind: 'sensors',
    ...(passports.length > 0 && { passports: passports.map(({ passport }) => passport) }),
    places: await vault.openAll('kits', await database.kits.toArray()),
    calibrations: calibrations.map(({ sensorId, gyroBiasRadPerS, sigmaRadPerS, foundAtUtcMs }) => ({
      sensorId,
      gyroBiasRadPerS,
      sigmaRadPerS,
      foundAtUtcMs,
    })),
  };
}

async function addSensors(
  { database, vault }: BackedStore,
  { places, calibrations, passports = [] }: Extract<BackupHead, { kind: 'sensors' }>,
): Promise<void> {
  const keptPlaces = await vault.sealAll('kits', places);
  const keptCalibrations = await vault.sealAll('calibrations', calibrations);
  const keptPassports = await vault.sealAll(
    'passports',
    passports.map((passport) => ({ passportId: passport.passportId, passport })),
  );
  await database.transaction('rw', [database.kits, database.calibrations, database.passports], async () => {
    for (const row of keptPassports)
      if ((await database.passports.get(row.passportId)) === undefined) await database.passports.add(row);
    for (const row of keptPlaces)
      if ((await database.kits.get(row.role)) === undefined) await database.kits.add(row);
    for (const row of keptCalibrations)
      if ((await database.calibrations.get(row.sensorId)) === undefined) await database.calibrations.add(row);
  });
}

async function writeEntry(
  writer: BackupWriter,
  head: BackupHead,
  body: Uint8Array = new Uint8Array(),
): Promise<void> {
  const headBytes = encodeBackupHead(head);
  await writer.write(lengthBytes(headBytes.length));
  await writer.write(headBytes);
  await writer.write(lengthBytes(body.length));
  await writer.write(body);
}

/** Every entry in order, its recording checked; the backup is proved whole when this resolves. */
async function readEntries(
  file: Blob,
  key: BackupKey,
  onProgress: OnProgress,
  onEntry: (head: BackupHead, body: Uint8Array) => Promise<void>,
): Promise<Extract<BackupHead, { kind: 'person' }>> {
  const reader = new BackupReader(file, key);
  const seen = new Set<string>();
  let person: Extract<BackupHead, { kind: 'person' }> | null = null;
  for (let i = 0; ; i++) {
    const part = `entry ${i}`;
    const headBytes = await reader.read(await readLength(reader, LARGEST_HEAD_BYTES, part));
    const head = refusing(part, () => decodeBackupHead(headBytes, 'backup', part));
    const body = await reader.read(await readLength(reader, LARGEST_BODY_BYTES, part));
    if ((i === 0) !== (head.kind === 'person')) throw new BackupError('fieldInvalid', `${part}, kind`);
    if (head.kind === 'person') person = head;
    if (head.kind !== 'session' && body.length > 0) throw new BackupError('fieldInvalid', `${part}, body`);
    if (head.kind === 'session') {
      if (seen.has(head.sessionId)) throw new BackupError('fieldInvalid', `${part}, sessionId`);
      seen.add(head.sessionId);
      const { recordingId } = refusing(part, () => readRecordingFile(body, part));
      if (recordingId !== head.sessionId) throw new BackupError('fieldInvalid', `${part}, recordingId`);
    }
    if (head.kind === 'end') {
      reader.expectEnd();
      if (person === null || head.sessionCount !== seen.size || person.sessionCount !== seen.size)
        throw new BackupError('fieldInvalid', `${part}, sessionCount`);
      onProgress(1);
      return person;
    }
    await onEntry(head, body);
    onProgress(reader.share);
  }
}

/** What is inside was written under the passphrase, and may still be of another making. */
function refusing<T>(part: string, decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    throw new BackupError(
      'fieldInvalid',
      `${part}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

async function readLength(reader: BackupReader, most: number, part: string): Promise<number> {
  const bytes = await reader.read(4);
  const length = new DataView(bytes.buffer).getUint32(0, true);
  if (length > most) throw new BackupError('fieldInvalid', `${part}, length`);
  return length;
}

function lengthBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, length, true);
  return bytes;
}

/** Number by number, NaN too; the order of fields says nothing. */
function isSameHead(a: BackupHead, b: BackupHead): boolean {
  const [mine, theirs] = [a, b].map((head) =>
    canonical(JSON.parse(new TextDecoder().decode(encodeBackupHead(head)))),
  );
  return mine === theirs;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
