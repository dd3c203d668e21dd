import * as z from 'zod/mini';
import { AUDIT_DEEDS, type AuditEntry } from './audit-chain.ts';
import { identifier, LONGEST_MESSAGE, shortText, utc } from './clinic-plan-schema.ts';
import { contentSchema, type HandOverContent } from './clinic-record.ts';
import { cardSchema } from './party-card.ts';
import { decodeJson, encodeJson } from './recording-file-json.ts';

const FORMAT = 'thora-clinic-backup';
const count = z.number().check(z.int(), z.gte(0));
const MOST = 100_000;

const patientSchema = z.strictObject({
  patientId: identifier,
  name: shortText.check(z.minLength(1)),
  createdAtUtc: utc,
  card: z.nullable(cardSchema),
  isConfirmed: z.boolean(),
  sentSequence: count,
  lastSequence: count,
  takenFileIds: z.array(identifier).check(z.maxLength(MOST)),
  lastTakenAtUtc: z.nullable(utc),
  lastWrittenAtUtc: z.nullable(utc),
  notes: z
    .array(
      z.strictObject({
        noteId: identifier,
        text: z.string().check(z.maxLength(LONGEST_MESSAGE)),
        writtenAtUtc: utc,
      }),
    )
    .check(z.maxLength(MOST)),
  content: contentSchema,
  recordings: z
    .array(z.strictObject({ sessionId: identifier, startedAtUtc: utc, isNamed: z.boolean() }))
    .check(z.maxLength(MOST)),
  /** As the clinic's server knows the patient. */
  server: z.nullable(
    z.strictObject({
      baseUrl: z.string().check(z.maxLength(2000)),
      number: z.string().check(z.regex(/^[A-Za-z0-9\-.]{1,64}$/)),
    }),
  ),
});

const auditSchema = z.strictObject({
  order: count,
  atUtc: utc,
  who: z.string().check(z.maxLength(1000)),
  deed: z.enum(AUDIT_DEEDS),
  patientId: z.nullable(identifier),
  detail: z.string().check(z.maxLength(10_000)),
  previousDigest: z.string().check(z.regex(/^(?:[0-9a-f]{64})?$/)),
  digest: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});

const backupSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  createdAtUtc: utc,
  /** Public halves alone: the private keys leave no device. */
  clinic: z.nullable(cardSchema),
  patients: z.array(patientSchema).check(z.maxLength(MOST)),
  audit: z.array(auditSchema).check(z.maxLength(10 * MOST)),
});

type Backed = z.output<typeof backupSchema>;

/** One patient, as a backup holds them. */
export type BackedPatient = Omit<Backed['patients'][number], 'content'> & {
  readonly content: HandOverContent;
};

/** All that a clinic keeps of its patients on one device. */
export interface ClinicBackup extends Pick<Backed, 'createdAtUtc' | 'clinic'> {
  readonly patients: readonly BackedPatient[];
  readonly audit: readonly AuditEntry[];
}

export function encodeClinicBackup(backup: ClinicBackup): Uint8Array {
  return encodeJson({ format: FORMAT, version: 1, ...backup });
}

/** @throws RecordingError that names the field */
export function decodeClinicBackup(bytes: Uint8Array, file: string): ClinicBackup {
  const {
    format: _format,
    version: _version,
    ...backup
  } = decodeJson(bytes, backupSchema, file, 'clinic', Infinity);
  return backup as ClinicBackup;
}
