import { sha256 } from '../adapters/hand-over/web-crypto.ts';
import { BackupError } from '../adapters/session-log/backup-error.ts';
import {
  BackupReader,
  BackupWriter,
  createBackupKey,
  openBackupKey,
} from '../adapters/session-log/backup-stream.ts';
import type { ClinicPatientRow } from '../adapters/session-log/clinic-database.ts';
import type { DoorKeeper } from '../adapters/session-log/door-keeper.ts';
import type { StretchSecret } from '../adapters/session-log/key-slot.ts';
import { brokenLinks } from '../core/recording/audit-chain.ts';
import {
  type BackedPatient,
  type ClinicBackup,
  decodeClinicBackup,
  encodeClinicBackup,
} from '../core/recording/clinic-backup.ts';
import { mergeContent } from '../core/recording/clinic-record.ts';
import type { ClinicBackups } from '../ui/clinic-ports.ts';
import { nowUtc } from './clinic-files.ts';
import { newIdentity } from './clinic-identity.ts';

const LENGTH_BYTES = 4;
const LARGEST_BYTES = 256 * 2 ** 20;

/** All of a clinic in one sealed file, and back. */
export function createClinicBackups(
  door: DoorKeeper,
  stretch: StretchSecret,
  save: (file: Blob, name: string) => void,
): ClinicBackups {
  return {
    async write(passphrase) {
      const backup = await door.behind(async (store): Promise<ClinicBackup> => {
        await store.note(door.fact('backupWritten'));
        return {
          createdAtUtc: nowUtc(),
          clinic: (await store.identity())?.card ?? null,
          patients: (await store.patients()).map(asBacked),
          audit: await store.audit(),
        };
      });
      const parts = await packed(backup, passphrase, stretch);
      const day = backup.createdAtUtc.slice(0, 10);
      save(new Blob(parts, { type: 'application/octet-stream' }), `thora-clinic-${day}.thora-backup`);
    },
    async restore(file, passphrase) {
      const backup = await unpacked(file, passphrase, stretch);
      if ((await brokenLinks(backup.audit, sha256)).length > 0)
        throw new BackupError('fieldInvalid', 'audit');
      return door.behind(async (store) => {
        const own = await store.identity();
        const here = new Map((await store.patients()).map((row) => [row.patientId, row]));
        const isSameClinic = own !== null && own.card.partyId === backup.clinic?.partyId;
        const identity = own ?? (backup.clinic === null ? null : await newIdentity(backup.clinic.name));
        const patients = backup.patients.map((theirs) =>
          laidTogether(here.get(theirs.patientId) ?? null, theirs, isSameClinic),
        );
        const audit = own === null && here.size === 0 ? backup.audit : null;
        await store.restore({ identity: own === null ? identity : null, patients, audit });
        const kept = backup.audit.at(-1);
        await store.note(
          door.fact('backupRestored', null, `${backup.audit.length} ${kept?.digest ?? ''}`.trim()),
        );
        return { patientCount: patients.length, mustPairAnew: !isSameClinic };
      });
    },
  };
}

/** The key of a new passphrase, and one entry: its length (u32, little-endian), then JSON. */
async function packed(
  backup: ClinicBackup,
  passphrase: string,
  stretch: StretchSecret,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const writer = new BackupWriter(await createBackupKey(passphrase, stretch), (part) => parts.push(part));
  const bytes = encodeClinicBackup(backup);
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, bytes.length, true);
  await writer.write(length);
  await writer.write(bytes);
  await writer.end();
  return parts;
}

async function unpacked(file: File, passphrase: string, stretch: StretchSecret): Promise<ClinicBackup> {
  const reader = new BackupReader(file, await openBackupKey(file, passphrase, stretch));
  const head = await reader.read(LENGTH_BYTES);
  const length = new DataView(head.buffer).getUint32(0, true);
  if (length > LARGEST_BYTES) throw new BackupError('fieldInvalid', 'length');
  const bytes = await reader.read(length);
  reader.expectEnd();
  try {
    return decodeClinicBackup(bytes, file.name);
  } catch (cause) {
    throw new BackupError('fieldInvalid', cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function asBacked({ lastWrittenAtUtc, notes, recordings, server, ...row }: ClinicPatientRow): BackedPatient {
  return {
    ...row,
    takenFileIds: [...row.takenFileIds],
    lastWrittenAtUtc: lastWrittenAtUtc ?? null,
    notes: [...(notes ?? [])],
    recordings: [...(recordings ?? [])],
    server: server === undefined ? null : { baseUrl: server.baseUrl, number: server.number },
  };
}

/** Nothing of either is lost. Where the keys are others, the patient has to be paired anew: they trust the keys of before. */
function laidTogether(
  mine: ClinicPatientRow | null,
  backed: BackedPatient,
  isSameClinic: boolean,
): ClinicPatientRow {
  const { lastWrittenAtUtc, server, ...theirs } = backed;
  const place = server === null ? {} : { server: { baseUrl: server.baseUrl, number: server.number } };
  const row: ClinicPatientRow = {
    ...theirs,
    ...place,
    ...(lastWrittenAtUtc !== null && { lastWrittenAtUtc }),
  };
  if (mine === null)
    return isSameClinic ? row : { ...row, card: null, isConfirmed: false, lastSequence: 0, takenFileIds: [] };
  const known = new Set(mine.notes?.map(({ noteId }) => noteId));
  const notes = [...theirs.notes.filter(({ noteId }) => !known.has(noteId)), ...(mine.notes ?? [])];
  return {
    ...place,
    ...mine,
    sentSequence: Math.max(mine.sentSequence, theirs.sentSequence),
    content: mergeContent(theirs.content, mine.content),
    notes: notes.toSorted((a, b) => (a.writtenAtUtc < b.writtenAtUtc ? -1 : 1)),
  };
}
