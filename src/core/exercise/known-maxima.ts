import type { ExerciseId, MeasureName, Side } from './motion-definition.ts';
import { motionDefinition, setDirections } from './motion-definitions.ts';
import {
  firstPersonalMaximumRad,
  raisedPersonalMaximumRad,
  retestedPersonalMaximumRad,
} from './personal-maximum.ts';
import type { RepetitionResult } from './repetition-result.ts';

/** One set as it lies in the record. */
export interface RecordedSet {
  readonly exerciseId: ExerciseId;
  readonly measure: MeasureName;
  /** Made without a target. */
  readonly test: boolean;
  readonly side: Side | null;
  readonly repetitions: readonly RepetitionResult[];
}

/** The sets of one session, in order, and its day. */
export interface RecordedSession {
  readonly day: number;
  readonly sets: readonly RecordedSet[];
}

/** What is known of one exercise's range with one way of measuring it. */
export interface KnownMaximum {
  /** By sign of the primary angle, rad, > 0; null: not known. */
  readonly positiveRad: number | null;
  readonly negativeRad: number | null;
  readonly lastDay: number;
  /** Sessions with it since it was last done without a target. */
  readonly sessionsSinceFree: number;
}

/** Every so many sessions it is done without a target again, and after a gap of so many days (clinical page, 5.1). */
export const FREE_EVERY_SESSIONS = 5;
export const FREE_AFTER_DAYS = 7;

/**
 * Personal maxima over the sessions, oldest first. Each exercise is followed with the measure it was last measured by: another
 * kit begins anew, since its angles are others.
 */
export function knownMaxima(
  sessions: readonly RecordedSession[],
): ReadonlyMap<ExerciseId, KnownMaximum & { readonly measure: MeasureName }> {
  const known = new Map<ExerciseId, KnownMaximum & { readonly measure: MeasureName }>();
  for (const { day, sets } of sessions) {
    const wasFree = new Map<ExerciseId, boolean>();
    for (const set of sets) {
      const before = known.get(set.exerciseId);
      const same = before?.measure === set.measure ? before : undefined;
      known.set(set.exerciseId, {
        measure: set.measure,
        positiveRad: afterSet(same?.positiveRad ?? null, set, 1),
        negativeRad: afterSet(same?.negativeRad ?? null, set, -1),
        lastDay: day,
        sessionsSinceFree: same?.sessionsSinceFree ?? 0,
      });
      wasFree.set(set.exerciseId, set.test || wasFree.get(set.exerciseId) === true);
    }
    for (const [exerciseId, free] of wasFree) {
      const now = known.get(exerciseId)!;
      known.set(exerciseId, { ...now, sessionsSinceFree: free ? 0 : now.sessionsSinceFree + 1 });
    }
  }
  return known;
}

/** Whether it has to be done without a target first: to find the maximum, or to find it again. */
export function needsFreeRepetitions(known: KnownMaximum | undefined, today: number): boolean {
  return (
    known === undefined ||
    (known.positiveRad === null && known.negativeRad === null) ||
    known.sessionsSinceFree >= FREE_EVERY_SESSIONS - 1 ||
    Math.abs(today - known.lastDay) >= FREE_AFTER_DAYS
  );
}

function afterSet(current: number | null, set: RecordedSet, sign: 1 | -1): number | null {
  const sides: readonly unknown[] = setDirections(motionDefinition(set.exerciseId), set.side)
    .filter((direction) => direction.sign === sign)
    .map((direction) => direction.side);
  const repetitions = set.repetitions.filter(({ side }) => sides.includes(side));
  if (repetitions.length === 0) return current;
  if (current === null) return set.test ? firstPersonalMaximumRad(repetitions) : null;
  return set.test
    ? retestedPersonalMaximumRad(current, repetitions)
    : raisedPersonalMaximumRad(current, repetitions);
}
