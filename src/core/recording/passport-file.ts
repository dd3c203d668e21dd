import * as z from 'zod/mini';
import { strToU8 } from 'fflate';
import { BENCH_STEPS, FIGURE_NAMES } from '../bench/bench-step.ts';
import { DEVICE_FAMILY_NAMES } from '../packet/device-family-name.ts';
import {
  PASSPORT_FORMAT,
  PASSPORT_VERSION,
  type KitPassport,
  type PassportContent,
  type PassportDigest,
} from './kit-passport.ts';
import { PassportError } from './passport-error.ts';
import { decodeJson } from './recording-file-json.ts';
import { RecordingError } from './recording-error.ts';
import { sensorCalibration } from './sensor-calibration-schema.ts';

/** SHA-256 of some bytes: core has no cryptography of its own. */
export type Sha256 = (bytes: Uint8Array) => Promise<Uint8Array>;

/** Five units with all their figures are a twentieth of this. */
const LARGEST_BYTES = 1_000_000;
const FIELD_DIGEST_DIGITS = 16;
const MOST_UNITS = 5;

const text = z.string().check(z.maxLength(200));
const name = text.check(z.minLength(1));
const quantity = z.number();
const utc = z.iso.datetime().check(z.regex(/^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d{1,9})?Z$/));
const verdict = z.enum(['fit', 'quarantine']);
const hex = z.string().check(z.regex(/^[0-9a-f]{16,64}$/));

const step = z.strictObject({
  step: z.enum(BENCH_STEPS),
  verdict: z.enum(['pass', 'corrected', 'fail', 'notTold']),
  figures: z
    .array(
      z.strictObject({
        name: z.enum(FIGURE_NAMES),
        value: quantity,
        low: z.nullable(quantity),
        high: z.nullable(quantity),
      }),
    )
    .check(z.maxLength(FIGURE_NAMES.length)),
});

export const passportSchema = z.strictObject({
  format: z.literal(PASSPORT_FORMAT),
  version: z.literal(PASSPORT_VERSION),
  passportId: name,
  kitName: name,
  checkedBy: name,
  madeAtUtc: utc,
  expiresAtUtc: utc,
  engineVersion: name,
  simulated: z.boolean(),
  verdict,
  units: z
    .array(
      z.strictObject({
        sensorId: name,
        name: text,
        serial: text,
        family: z.enum(DEVICE_FAMILY_NAMES),
        firmware: z.nullable(text),
        rateHz: quantity.check(z.gt(0), z.lte(10_000)),
        simulated: z.boolean(),
        verdict,
        steps: z.array(step).check(z.maxLength(BENCH_STEPS.length)),
        calibration: z.nullable(sensorCalibration),
      }),
    )
    .check(z.minLength(1), z.maxLength(MOST_UNITS)),
  digest: z.strictObject({
    algorithm: z.literal('SHA-256'),
    whole: hex,
    fields: z.record(text, hex),
  }),
  signature: z.null(),
});
const headSchema = z.looseObject({ format: z.string(), version: z.number() });

/** Seals what a check found: from here on a change shows. It proves no author; that takes a signature. */
export async function sealPassport(content: PassportContent, sha256: Sha256): Promise<KitPassport> {
  return {
    format: PASSPORT_FORMAT,
    version: PASSPORT_VERSION,
    ...content,
    digest: await digestOf(content, sha256),
    signature: null,
  };
}

/** The passport as the text of its file: one field a line, the same bytes for the same passport. */
export function writePassport(passport: KitPassport): Uint8Array {
  return strToU8(`${JSON.stringify(passport, sortedFields, 1)}\n`);
}

/**
 * Reads a passport whole or not at all.
 *
 * @param file its name, for the error
 * @throws PassportError that names the field: it is no passport, a newer one, has a field that cannot be, or was altered
 */
export async function readPassport(bytes: Uint8Array, file: string, sha256: Sha256): Promise<KitPassport> {
  if (bytes.length > LARGEST_BYTES) throw notAPassport(file);
  const head = decode(bytes, headSchema, file, () => notAPassport(file));
  if (head.format !== PASSPORT_FORMAT) throw notAPassport(file);
  if (head.version > PASSPORT_VERSION)
    throw new PassportError(
      'newerVersion',
      file,
      'version',
      `is ${head.version}; this Thora reads up to ${PASSPORT_VERSION}. Update Thora, then open it again`,
    );
  const passport = decode(bytes, passportSchema, file, (error) => {
    const field = error.field.replace(/^passport\.?/, '');
    return new PassportError('fieldInvalid', file, field, error.message, { cause: error });
  });
  const digest = await digestOf(passport, sha256);
  if (digest.whole !== passport.digest.whole)
    throw new PassportError(
      'altered',
      file,
      changedField(passport.digest, digest),
      'is not as it was sealed; ask for the passport again',
    );
  return passport;
}

function decode<S extends z.ZodMiniType>(
  bytes: Uint8Array,
  schema: S,
  file: string,
  refuse: (error: RecordingError) => PassportError,
): z.output<S> {
  try {
    return decodeJson(bytes, schema, file, 'passport');
  } catch (error) {
    throw error instanceof RecordingError ? refuse(error) : error;
  }
}

function notAPassport(file: string): PassportError {
  return new PassportError(
    'notAPassport',
    file,
    '',
    'is not a kit passport; choose the file from your clinic',
  );
}

async function digestOf(content: PassportContent, sha256: Sha256): Promise<PassportDigest> {
  const sealed: PassportContent = {
    passportId: content.passportId,
    kitName: content.kitName,
    checkedBy: content.checkedBy,
    madeAtUtc: content.madeAtUtc,
    expiresAtUtc: content.expiresAtUtc,
    engineVersion: content.engineVersion,
    simulated: content.simulated,
    verdict: content.verdict,
    units: content.units,
  };
  const hexOf = async (value: unknown): Promise<string> =>
    [...(await sha256(strToU8(JSON.stringify(value, sortedFields))))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
  const fields: Record<string, string> = {};
  for (const [path, value] of fieldsOf(sealed))
    fields[path] = (await hexOf(value)).slice(0, FIELD_DIGEST_DIGITS);
  return { algorithm: 'SHA-256', whole: await hexOf(sealed), fields };
}

/** Every field that is told apart when something was changed: a unit's steps one by one, everything else by name. */
function* fieldsOf({ units, ...head }: PassportContent): Generator<readonly [string, unknown]> {
  yield* Object.entries(head);
  for (const [i, { steps, ...unit }] of units.entries()) {
    for (const [key, value] of Object.entries(unit)) yield [`units.${i}.${key}`, value];
    for (const { step: stepName, ...result } of steps) yield [`units.${i}.${stepName}`, result];
  }
}

function changedField(sealed: PassportDigest, found: PassportDigest): string {
  const paths = [...Object.keys(found.fields), ...Object.keys(sealed.fields)];
  return paths.find((path) => sealed.fields[path] !== found.fields[path]) ?? 'digest.whole';
}

/** Objects in the order of their keys. */
function sortedFields(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
