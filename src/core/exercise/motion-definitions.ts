import type { PostureName } from '../body/posture-name.ts';
import type { SegmentRole } from '../body/segment-role.ts';
import {
  CAT_CAMEL,
  LUMBAR_LOCKED_ROTATION,
  OPEN_BOOK,
  PRONE_T,
  PRONE_Y,
  THREAD_THE_NEEDLE,
} from './floor-motions.ts';
import type { LibraryExerciseId } from './exercise-library.ts';
import type {
  ExerciseId,
  MotionDefinition,
  MotionDirection,
  MotionSensorSet,
  Side,
} from './motion-definition.ts';
import { SEATED_FLEXION_EXTENSION, SEATED_ROTATION, SEATED_SIDE_BEND } from './seated-motions.ts';
import {
  ARM_ELEVATION,
  BAND_ROW,
  HIP_HINGE,
  WALL_ANGEL,
  WALL_PUSH_UP,
  WALL_SLIDE,
} from './standing-motions.ts';

/**
 * How each exercise moves. The primary angle is the one of the upper back against the lower back (lying and
 * kneeling: the turn about the trunk's long axis; arms: against the upper back or against gravity), so the upper back
 * itself turns by a little more: the lower back's own share is added. Ranges, tempo and classes:
 * docs/measurement-validity.md.
 */

export const MOTION_DEFINITIONS: Readonly<Record<ExerciseId, MotionDefinition>> = {
  E01: SEATED_ROTATION,
  E02: LUMBAR_LOCKED_ROTATION,
  E03: OPEN_BOOK,
  E04: CAT_CAMEL,
  E05: SEATED_FLEXION_EXTENSION,
  E07: THREAD_THE_NEEDLE,
  E08: SEATED_SIDE_BEND,
  E09: WALL_SLIDE,
  E10: WALL_ANGEL,
  E11: ARM_ELEVATION,
  E13: BAND_ROW,
  E14: PRONE_T,
  E15: PRONE_Y,
  E17: WALL_PUSH_UP,
  E24: HIP_HINGE,
};

/** By number. */
export const EXERCISE_IDS = Object.keys(MOTION_DEFINITIONS) as readonly ExerciseId[];

/** The movements that ranges are tested with (clinical page, section 1.7). */
export const RANGE_TEST_IDS: readonly ExerciseId[] = ['E01', 'E02', 'E05', 'E08', 'E11'];

/** True for the exercises of the library that sensors count, by a motion definition. */
export function hasMotion(id: LibraryExerciseId): id is ExerciseId {
  return id in MOTION_DEFINITIONS;
}

export function motionDefinition(exerciseId: ExerciseId): MotionDefinition {
  return MOTION_DEFINITIONS[exerciseId];
}

/** The motion of that name ('seated-rotation'), null when there is none. */
export function motionBySlug(slug: string): MotionDefinition | null {
  return EXERCISE_IDS.map(motionDefinition).find((definition) => definition.slug === slug) ?? null;
}

/** Upper arm of a side. */
export function armRole(side: Side): SegmentRole {
  return side === 'left' ? 'upperArmLeft' : 'upperArmRight';
}

/** True where the measured segment is an upper arm. */
export function isArmMovement({ quantity }: MotionDefinition): boolean {
  return (
    quantity === 'armElevation' || quantity === 'armRise' || quantity === 'armPull' || quantity === 'armLift'
  );
}

/** The posture that a set to this side starts from. */
export function startPosture(definition: MotionDefinition, side: Side | null): PostureName {
  return side === null ? definition.posture : (definition.postureOfSide?.[side] ?? definition.posture);
}

/**
 * The directions that a set to this side goes, in their order: all of them where sides take turns or a repetition goes
 * both ways.
 *
 * @param side null: the sides take turns
 */
export function setDirections(definition: MotionDefinition, side: Side | null): readonly MotionDirection[] {
  if (side === null) return definition.directions;
  if (definition.swingsPerRepetition === 2)
    return side === 'left' ? definition.directions.toReversed() : definition.directions;
  const chosen = definition.directions.filter((direction) => direction.side === side);
  return chosen.length === 0 ? definition.directions : chosen;
}

/**
 * The first sensor set of the motion that is wholly worn, null when none is. An arm movement to one side needs the
 * sensor of that arm.
 */
export function matchSensorSet(
  definition: MotionDefinition,
  worn: readonly SegmentRole[],
  side: Side | null,
): MotionSensorSet | null {
  const needed = isArmMovement(definition) && side !== null ? armRole(side) : null;
  return (
    definition.sensorSets.find(
      (set) =>
        set.roles.every((role) => worn.includes(role)) && (needed === null || set.roles.includes(needed)),
    ) ?? null
  );
}
