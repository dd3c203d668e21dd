import * as z from 'zod/mini';
import { POSTURE_NAMES } from '../body/posture-name.ts';
import { SEGMENT_ROLES } from '../body/segment-role.ts';
import { EXERCISE_LIBRARY } from '../exercise/exercise-library.ts';
import { EXERCISE_IDS } from '../exercise/motion-definitions.ts';
import { DEVICE_FAMILY_NAMES } from '../packet/device-family-name.ts';
import { sensorCalibration } from './sensor-calibration-schema.ts';

// Compiled checks would need `eval`, which the app's content security policy forbids.
z.config({ jitless: true });

/** What a recording file's JSON parts must look like. Lengths are bounded: a file is somebody else's text. */
const LONGEST_TEXT = 400;
const MOST_SENSORS = 5;
const MOST_REPETITIONS = 10_000;

const text = z.string().check(z.maxLength(LONGEST_TEXT));
const name = text.check(z.minLength(1));
const count = z.number().check(z.int(), z.gte(0), z.lte(0xffffffff));
/** Finite. */
const quantity = z.number();
/** NaN and infinities too: what could not be measured. */
const anyNumber = z.custom<number>((value) => typeof value === 'number', 'not a number');
const sensorIndex = z.number().check(z.int(), z.gte(0), z.lt(MOST_SENSORS));
const role = z.nullable(z.enum(SEGMENT_ROLES));
const side = z.nullable(z.enum(['left', 'right']));
const exerciseId = z.enum(EXERCISE_IDS);
const libraryExerciseId = z.enum(EXERCISE_LIBRARY.map(({ id }) => id));
const repetitionCount = z.number().check(z.int(), z.gte(0), z.lte(MOST_REPETITIONS));
const durationS = z.number().check(z.gte(0), z.lte(3600));
const vector3 = z.tuple([anyNumber, anyNumber, anyNumber]);

const sensorDescription = z.strictObject({
  sensorIndex,
  sensorId: name,
  family: z.enum(DEVICE_FAMILY_NAMES),
  stream: text,
  name: text,
  firmware: z.nullable(text),
  nominalRateHz: z.number().check(z.gt(0), z.lte(10_000)),
  simulated: z.boolean(),
});

/** Stands in addresses of pages, which cannot hold half a character. */
export const sessionId = name.check(z.regex(/^\P{Surrogate}+$/u));
/** ISO 8601 with its zone, and a day that there is. */
export const instantUtc = z.iso
  .datetime({ offset: true })
  .check(z.regex(/^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/));

/** A part of the file with what it must measure and weigh. */
const part = z.strictObject({ file: name, bytes: count, crc32: count });

export const manifestSchema = z.strictObject({
  format: z.literal('thora-recording'),
  version: z.literal(1),
  recordingId: sessionId,
  startedAtUtc: instantUtc,
  simulated: z.boolean(),
  engineVersion: text,
  sensors: z
    .array(z.strictObject({ description: sensorDescription, role, packetCount: count, packets: part }))
    .check(z.maxLength(MOST_SENSORS)),
  commands: part,
  result: z.nullable(part),
});

const setPlan = z.strictObject({
  exerciseId,
  side,
  repetitions: repetitionCount,
  personalMaximumRad: z.strictObject({ positive: z.nullable(quantity), negative: z.nullable(quantity) }),
  targetFraction: quantity,
  test: z.boolean(),
});

const step = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('still'), durationS }),
  z.strictObject({ name: z.literal('neutral'), durationS, posture: z.enum(POSTURE_NAMES) }),
  z.strictObject({ name: z.literal('bow'), repetitions: repetitionCount }),
  z.strictObject({
    name: z.literal('armRaise'),
    repetitions: repetitionCount,
    side: z.enum(['left', 'right']),
  }),
]);

const note = z.discriminatedUnion('about', [
  z.strictObject({ about: z.enum(['painBefore', 'painAfter', 'painDuring', 'effort']), value: quantity }),
  z.strictObject({ about: z.literal('stopReason'), reason: text }),
  z.strictObject({ about: z.literal('appOpened'), agoS: quantity }),
  z.strictObject({
    about: z.literal('coaching'),
    decision: z.strictObject({
      ruleId: name,
      reason: name,
      changes: z.array(z.looseObject({ kind: name })),
      inputs: z.record(name, quantity),
      thresholdsVersion: name,
    }),
  }),
  z.strictObject({ about: z.literal('painPlace'), place: z.enum(['start', 'middle', 'end']) }),
  z.strictObject({
    about: z.literal('unmeasuredSet'),
    exerciseId: libraryExerciseId,
    side,
    mode: z.enum(['timer', 'self', 'breaths']),
    test: z.optional(z.boolean()),
    because: z.optional(z.literal('signalLost')),
    repetitions: count,
    seconds: quantity,
    planned: z.optional(z.strictObject({ repetitions: count, seconds: quantity })),
    allDone: z.nullable(z.boolean()),
  }),
]);

const command = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('attachSensor'),
    sensor: sensorDescription,
    role,
    gyroBias: z.optional(
      z.strictObject({
        gyroBiasRadPerS: z.tuple([quantity, quantity, quantity]),
        sigmaRadPerS: quantity,
        ageS: quantity,
      }),
    ),
    calibration: z.optional(sensorCalibration),
  }),
  z.strictObject({ kind: z.literal('assignRole'), sensorIndex, role }),
  z.strictObject({ kind: z.literal('linkChanged'), sensorIndex, connected: z.boolean() }),
  z.strictObject({
    kind: z.literal('clockEcho'),
    sensorIndex,
    sentHostTimeMs: quantity,
    receivedHostTimeMs: quantity,
    deviceReceivedTicks: count,
    deviceSentTicks: count,
  }),
  z.strictObject({ kind: z.literal('beginStep'), step }),
  z.strictObject({ kind: z.enum(['cancelStep', 'pauseSet', 'resumeSet', 'endSet', 'finish']) }),
  z.strictObject({ kind: z.literal('beginSet'), set: setPlan }),
  z.strictObject({ kind: z.literal('retarget'), targetFraction: z.number().check(z.gt(0), z.lte(2)) }),
  z.strictObject({
    kind: z.literal('beginHold'),
    hold: z.strictObject({
      exerciseId: libraryExerciseId,
      takesZero: z.boolean(),
      pacePerMin: z.nullable(z.number().check(z.gt(0), z.lte(60))),
    }),
  }),
  z.strictObject({ kind: z.literal('endHold'), isKept: z.boolean() }),
  z.strictObject({ kind: z.literal('annotate'), note }),
]);

export const commandsSchema = z.array(z.strictObject({ order: count, hostTimeMs: quantity, command }));

export const repetitionSchema = z.looseObject({
  exerciseId,
  index: count,
  side: z.enum(['left', 'right', 'forward', 'backward']),
  startMs: anyNumber,
  peakMs: anyNumber,
  endMs: anyNumber,
  peakRad: anyNumber,
  peakHalfWidth95Rad: anyNumber,
  targetRad: z.nullable(anyNumber),
  holdS: anyNumber,
  peakSpeedRadPerS: anyNumber,
  returnResidualRad: anyNumber,
  verdict: name,
  counted: z.boolean(),
  drift: name,
  quality: anyNumber,
  reasons: z.array(name),
});

const flag = z.looseObject({
  name,
  sensorIndex: z.nullable(sensorIndex),
  startMs: anyNumber,
  endMs: anyNumber,
  detail: z.string(),
});

/** What came later than the format: checked as far as a page reads it, and handed on with its fields in the order they have. */
const like = (schema: z.ZodMiniType) =>
  z.optional(z.custom((value) => schema.safeParse(value).success, 'not as a session leaves it'));
const maybe = z.optional(z.nullable(anyNumber));
const unmeasuredSet = z.looseObject({
  exerciseId: libraryExerciseId,
  mode: z.enum(['timer', 'self', 'breaths']),
  repetitions: anyNumber,
  seconds: anyNumber,
  painDuring: z.optional(anyNumber),
  holds: z.optional(z.array(z.looseObject({ insideS: maybe, breathsPerMin: maybe, nearPaceShare: maybe }))),
});
const decision = z.looseObject({ reason: name, changes: z.array(z.looseObject({ kind: name })) });

/** Results may carry more than this version knows: they are made again from the packets whenever it matters. */
export const resultSchema = z.looseObject({
  engineVersion: text,
  sensors: z.array(
    z.looseObject({
      sensorIndex,
      role,
      sampleCount: count,
      rateHz: anyNumber,
      missingFraction: anyNumber,
      gyroBiasRadPerS: vector3,
      rejectedPacketCount: count,
    }),
  ),
  sets: z.array(
    z.looseObject({
      plan: setPlan,
      exerciseId,
      measure: name,
      qualityClass: z.enum(['A', 'B', 'C']),
      startMs: anyNumber,
      endMs: anyNumber,
      repetitions: z.array(repetitionSchema),
      best: z.array(
        z.looseObject({
          side: z.enum(['left', 'right', 'forward', 'backward']),
          maximumRad: anyNumber,
          meanBest3Rad: anyNumber,
          halfWidth95Rad: anyNumber,
          countedRepetitions: count,
        }),
      ),
      neutralClosureRad: z.nullable(anyNumber),
      painTaps: like(z.array(z.looseObject({ timeMs: anyNumber, angleRad: anyNumber }))),
    }),
  ),
  flags: z.array(flag),
  findings: z.array(z.looseObject({ sensorIndex, role, kind: name, movedRad: z.nullable(anyNumber) })),
  calibrationQuality: z.nullable(anyNumber),
  painBefore: z.nullable(anyNumber),
  painAfter: z.nullable(anyNumber),
  thresholdsVersion: z.optional(text),
  coaching: like(z.array(decision)),
  times: like(z.looseObject({ openedToFirstMoveS: maybe, donningS: maybe })),
  painDuring: z.optional(anyNumber),
  unmeasuredSets: like(z.array(unmeasuredSet)),
});
