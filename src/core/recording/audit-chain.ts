import { strToU8 } from 'fflate';
import { canonical } from './canonical-json.ts';
import { toHex } from './hand-over-crypto.ts';
import type { Sha256 } from './passport-file.ts';

/** What can be done behind the door of who looks after patients. */
export const AUDIT_DEEDS = [
  'doorOpened',
  'doorOpenedByCode',
  'doorClosed',
  'wrongPassphrase',
  'lockSet',
  'lockChanged',
  'lockRemoved',
  'clinicNamed',
  'patientAdded',
  'patientSeen',
  'patientErased',
  'cardSaved',
  'cardTaken',
  'codeConfirmed',
  'planSigned',
  'fileSaved',
  'fileTaken',
  'fileRefused',
  'messageWritten',
  'noteWritten',
  'passportChosen',
  'kitChecked',
  'recordingOpened',
  'exported',
  'backupWritten',
  'backupRestored',
  'serverAgreed',
  'serverLeft',
  'exchanged',
] as const;
export type AuditDeed = (typeof AUDIT_DEEDS)[number];

/** One thing that was done. */
export interface AuditFact {
  readonly atUtc: string;
  /** As typed at the door; '': nobody gave a name. */
  readonly who: string;
  readonly deed: AuditDeed;
  /** Null: it concerns no patient. */
  readonly patientId: string | null;
  /** For example the version of a plan, or why a file was refused. */
  readonly detail: string;
}

/** A fact in its place: it names the one before it, so that none can be changed, taken out or put in without a trace. */
export interface AuditEntry extends AuditFact {
  /** From 0, without gaps. */
  readonly order: number;
  /** '' for the first. */
  readonly previousDigest: string;
  /** SHA-256 of the canonical text of all else, hexadecimal. */
  readonly digest: string;
}

/** Puts a fact behind the last entry. */
export async function chained(fact: AuditFact, last: AuditEntry | null, sha256: Sha256): Promise<AuditEntry> {
  const { atUtc, who, deed, patientId, detail } = fact;
  const order = (last?.order ?? -1) + 1;
  const open = { atUtc, who, deed, patientId, detail, order, previousDigest: last?.digest ?? '' };
  return { ...open, digest: await digestOf(open, sha256) };
}

export interface BrokenLink {
  /** Of the entry at which it shows. */
  readonly order: number;
  readonly kind: 'changed' | 'missing';
}

/**
 * Every place where the log is not as it was written. Entries that were cut off at its end do not show here: a copy
 * that was exported before shows them.
 *
 * @param entries by order
 */
export async function brokenLinks(
  entries: readonly AuditEntry[],
  sha256: Sha256,
): Promise<readonly BrokenLink[]> {
  const broken: BrokenLink[] = [];
  let last: AuditEntry | null = null;
  for (const entry of entries) {
    const { digest, ...open } = entry;
    const isNext = entry.order === (last?.order ?? -1) + 1;
    if (!isNext) broken.push({ order: entry.order, kind: 'missing' });
    else if (entry.previousDigest !== (last?.digest ?? '') || (await digestOf(open, sha256)) !== digest)
      broken.push({ order: entry.order, kind: 'changed' });
    last = entry;
  }
  return broken;
}

async function digestOf(open: Omit<AuditEntry, 'digest'>, sha256: Sha256): Promise<string> {
  return toHex(await sha256(strToU8(canonical(open))));
}
