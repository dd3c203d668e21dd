import * as z from 'zod/mini';
import type { KitPassport } from './kit-passport.ts';
import { passportSchema } from './passport-file.ts';
import type { RepetitionResult } from '../exercise/repetition-result.ts';
import { SEGMENT_ROLES, type SegmentRole } from '../body/segment-role.ts';
import type { SessionResult } from '../pipeline/session-result.ts';
import { journalSchema, type KeptJournalEntry } from './journal-schema.ts';
import { decodeJson, encodeJson } from './recording-file-json.ts';
import { instantUtc, repetitionSchema, resultSchema, sessionId } from './recording-file-schema.ts';

/**
 * What a backup holds, entry by entry (docs/backup-format.md): a head of JSON, and for a session its recording file as the
 * body. How entries are sealed and told apart is the adapter's.
 */
export type BackupHead =
  /** First. */
  | {
      readonly kind: 'person';
      readonly format: 'thora-backup';
      readonly name: string;
      readonly createdAtUtc: string;
      readonly sessionCount: number;
    }
  | {
      readonly kind: 'sensors';
      readonly places: readonly { readonly role: SegmentRole; readonly sensorId: string }[];
      readonly calibrations: readonly {
        readonly sensorId: string;
        readonly gyroBiasRadPerS: readonly [number, number, number];
        readonly sigmaRadPerS: number;
        readonly foundAtUtcMs: number;
      }[];
      /** Missing where no kit was checked. */
      readonly passports?: readonly KitPassport[];
    }
  /** Missing in backups from before the journal was. */
  | { readonly kind: 'journal'; readonly entries: readonly KeptJournalEntry[] }
  | BackupSession
  /** Last. */
  | { readonly kind: 'end'; readonly sessionCount: number };

/** One session but for what its recording file says: sensors, packets, commands, and the result that the screen showed. */
export interface BackupSession {
  readonly kind: 'session';
  readonly sessionId: string;
  readonly origin: 'recorded' | 'imported';
  readonly state: 'open' | 'finished';
  readonly firstHostTimeMs: number;
  readonly lastHostTimeMs: number;
  readonly roles: readonly SegmentRole[];
  readonly report: SessionResult | null;
  /** What other engines said before, newest first. */
  readonly earlierReports: readonly SessionResult[];
  readonly repetitions: readonly RepetitionResult[];
  /** The packets were removed to save room; the results stayed. */
  readonly packetsRemoved: boolean;
}

/** A head holds reports: a few hundred kilobytes each. */
export const LARGEST_HEAD_BYTES = 32 * 2 ** 20;
const LONGEST_TEXT = 400;
const MOST_SENSORS = 1000;
const MOST_REPETITIONS = 10_000;
const MOST_REPORTS = 100;

const text = z.string().check(z.maxLength(LONGEST_TEXT));
const name = text.check(z.minLength(1));
const count = z.number().check(z.int(), z.gte(0), z.lte(0xffffffff));
const role = z.enum(SEGMENT_ROLES);
const anyNumber = z.custom<number>((value) => typeof value === 'number', 'not a number');

const headSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('person'),
    format: z.literal('thora-backup'),
    name: text,
    createdAtUtc: instantUtc,
    sessionCount: count,
  }),
  z.strictObject({
    kind: z.literal('sensors'),
    places: z.array(z.strictObject({ role, sensorId: name })).check(z.maxLength(SEGMENT_ROLES.length)),
    calibrations: z
      .array(
        z.strictObject({
          sensorId: name,
          gyroBiasRadPerS: z.tuple([z.number(), z.number(), z.number()]),
          sigmaRadPerS: z.number(),
          foundAtUtcMs: z.number(),
        }),
      )
      .check(z.maxLength(MOST_SENSORS)),
    passports: z.optional(z.array(passportSchema).check(z.maxLength(MOST_SENSORS))),
  }),
  z.strictObject({ kind: z.literal('journal'), entries: journalSchema }),
  z.strictObject({
    kind: z.literal('session'),
    sessionId,
    origin: z.enum(['recorded', 'imported']),
    state: z.enum(['open', 'finished']),
    firstHostTimeMs: anyNumber,
    lastHostTimeMs: anyNumber,
    roles: z.array(role).check(z.maxLength(SEGMENT_ROLES.length)),
    report: z.nullable(resultSchema),
    earlierReports: z.array(resultSchema).check(z.maxLength(MOST_REPORTS)),
    repetitions: z.array(repetitionSchema).check(z.maxLength(MOST_REPETITIONS)),
    packetsRemoved: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('end'), sessionCount: count }),
]);

export function encodeBackupHead(head: BackupHead): Uint8Array {
  return encodeJson(head);
}

/** Rejects by throwing RecordingError with the file and the field. @param part which entry, for the error */
export function decodeBackupHead(bytes: Uint8Array, file: string, part: string): BackupHead {
  // Results may carry more than the schema knows, as in a recording file.
  return decodeJson(bytes, headSchema, file, part, Infinity) as unknown as BackupHead;
}
