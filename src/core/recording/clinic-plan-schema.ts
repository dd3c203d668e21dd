import * as z from 'zod/mini';
import { EXERCISE_LIBRARY, type LibraryExerciseId } from '../exercise/exercise-library.ts';

/** What a clinic's plan may hold when it comes out of a file: shapes and bounds; what it means is for care to judge. */

export const LONGEST_MESSAGE = 2000;

export const utc = z.string().check(z.regex(/^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d{1,9})?Z$/));
export const identifier = z.string().check(z.minLength(1), z.maxLength(40), z.regex(/^[\w-]+$/));
export const shortText = z.string().check(z.maxLength(200));
const name = shortText.check(z.minLength(1));
const amount = z.number().check(z.gte(0), z.lte(1000));
const sha256Hex = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const MOST_EXERCISES = 24;

const LIBRARY_IDS = EXERCISE_LIBRARY.map(({ id }) => id) as [LibraryExerciseId, ...LibraryExerciseId[]];

const exercise = z.strictObject({
  exerciseId: z.enum(LIBRARY_IDS),
  variation: z.nullable(identifier),
  mode: z.enum(['sensor', 'timer', 'self']),
  sets: amount,
  repetitions: z.nullable(amount),
  holdS: amount,
  restS: amount,
  minutes: z.nullable(amount),
  targetShare: z.number().check(z.gte(0.5), z.lte(1)),
  mostDeg: z.nullable(z.number().check(z.gte(1), z.lte(180))),
  mostSets: amount,
  mostRepetitions: z.nullable(amount),
});

export const clinicPlanSchema = z.strictObject({
  planId: identifier,
  version: z.number().check(z.int(), z.gte(1), z.lte(10_000)),
  previousDigest: z.nullable(sha256Hex),
  patientId: identifier,
  patientName: name,
  author: name,
  madeAtUtc: utc,
  reviewDay: z.number().check(z.int(), z.gte(0), z.lte(100_000)),
  phase: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  sensors: z
    .array(
      z.strictObject({
        place: z.enum(['upperBack', 'lowerBack', 'pelvis', 'upperArm', 'chest']),
        site: shortText,
        strap: shortText,
      }),
    )
    .check(z.maxLength(5)),
  exercises: z.array(exercise).check(z.minLength(1), z.maxLength(MOST_EXERCISES)),
  sessionsPerWeek: amount,
  minutesPerSession: amount,
  painCeiling: z.number().check(z.gte(0), z.lte(7)),
  mayChange: z
    .array(z.enum(['range', 'repetitions', 'hold', 'sets', 'load', 'variation']))
    .check(z.maxLength(6)),
  note: z.string().check(z.maxLength(LONGEST_MESSAGE)),
});
