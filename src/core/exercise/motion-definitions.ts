import type { SegmentRole } from '../body/segment-role.ts';
import type {
  ExerciseId,
  MotionDefinition,
  MotionSensorSet,
  SegmentCoupling,
  Side,
} from './motion-definition.ts';

/**
 * How each exercise moves. The primary angle is the one of the upper back against the lower back (lying and
 * kneeling: the turn about the trunk's long axis; arms: elevation against the upper back), so the upper back itself
 * turns by a little more: the lower back's own share is added. Ranges, tempo and classes: docs/measurement-validity.md.
 */

function follow(segment: SegmentRole, share: Partial<SegmentCoupling>): SegmentCoupling {
  return { flexion: 0, sideBend: 0, rotation: 0, elevation: 0, elevationPlaneDeg: 0, ...share, segment };
}

/** Both upper arms carried along by the chest. */
function armsFollow(share: Partial<SegmentCoupling>): readonly SegmentCoupling[] {
  return [follow('upperArmLeft', share), follow('upperArmRight', share)];
}

const SLOW_OUT_AND_BACK = {
  outS: { min: 1.5, max: 4 },
  backS: { min: 1.5, max: 4 },
  holdS: 2,
} as const;

const TWO_TRUNK_SENSORS_CLASS_B: readonly MotionSensorSet[] = [
  { roles: ['upperBack', 'lowerBack'], qualityClass: 'B', measure: 'upperBackRelativeToLowerBack' },
  { roles: ['upperBack', 'pelvis'], qualityClass: 'B', measure: 'trunkRelativeToPelvis' },
];

const SEATED_ROTATION: MotionDefinition = {
  exerciseId: 'E01',
  slug: 'seated-rotation',
  posture: 'sittingArmsCrossed',
  quantity: 'rotation',
  directions: [
    { side: 'left', sign: 1 },
    { side: 'right', sign: -1 },
  ],
  usualMaximumDeg: 40,
  couplings: [
    follow('pelvis', { rotation: 0.05 }),
    follow('lowerBack', { rotation: 0.2 }),
    follow('upperBack', { rotation: 1.2, sideBend: -0.06 }),
    ...armsFollow({ rotation: 1.2 }),
  ],
  tempo: SLOW_OUT_AND_BACK,
  detection: { minimumAmplitudeDeg: 12, startFraction: 0.15, maximumSpeedDegPerS: 90 },
  sensorSets: [
    ...TWO_TRUNK_SENSORS_CLASS_B,
    { roles: ['upperBack'], qualityClass: 'C', measure: 'upperBackTwist' },
  ],
};

const LUMBAR_LOCKED_ROTATION: MotionDefinition = {
  exerciseId: 'E02',
  slug: 'lumbar-locked-rotation',
  posture: 'heelSit',
  quantity: 'lockedRotation',
  directions: [
    { side: 'left', sign: 1 },
    { side: 'right', sign: -1 },
  ],
  usualMaximumDeg: 38,
  couplings: [
    follow('pelvis', { rotation: 0.03 }),
    follow('lowerBack', { rotation: 0.12 }),
    follow('upperBack', { rotation: 1 }),
    // Arms hang from a chest that lies level: turning it to the left swings the left elbow up about the forward axis.
    follow('upperArmLeft', { sideBend: 1, onlyTowards: 1 }),
    follow('upperArmRight', { sideBend: 1, onlyTowards: -1 }),
  ],
  tempo: SLOW_OUT_AND_BACK,
  detection: { minimumAmplitudeDeg: 15, startFraction: 0.15, maximumSpeedDegPerS: 90 },
  sensorSets: [{ roles: ['upperBack'], qualityClass: 'A', measure: 'gravityRotation' }],
};

const SEATED_FLEXION_EXTENSION: MotionDefinition = {
  exerciseId: 'E05',
  slug: 'seated-flexion-extension',
  posture: 'sitting',
  quantity: 'flexion',
  directions: [
    { side: 'forward', sign: 1 },
    { side: 'backward', sign: -1 },
  ],
  usualMaximumDeg: 25,
  couplings: [
    follow('pelvis', { flexion: 0.06 }),
    follow('lowerBack', { flexion: 0.25 }),
    follow('upperBack', { flexion: 1.25 }),
    ...armsFollow({ flexion: 1 }),
  ],
  tempo: SLOW_OUT_AND_BACK,
  detection: { minimumAmplitudeDeg: 5, startFraction: 0.2, maximumSpeedDegPerS: 60 },
  sensorSets: [
    { roles: ['upperBack', 'lowerBack'], qualityClass: 'A', measure: 'upperBackRelativeToLowerBack' },
    { roles: ['upperBack', 'pelvis'], qualityClass: 'B', measure: 'trunkRelativeToPelvis' },
    { roles: ['upperBack'], qualityClass: 'B', measure: 'upperBackLean' },
  ],
};

const SEATED_SIDE_BEND: MotionDefinition = {
  exerciseId: 'E08',
  slug: 'seated-side-bend',
  posture: 'sitting',
  quantity: 'sideBend',
  directions: [
    { side: 'right', sign: 1 },
    { side: 'left', sign: -1 },
  ],
  usualMaximumDeg: 25,
  couplings: [
    follow('pelvis', { sideBend: 0.06 }),
    follow('lowerBack', { sideBend: 0.3 }),
    // A bend to the right brings a slight turn to the right with it.
    follow('upperBack', { sideBend: 1.3, rotation: -0.08 }),
    ...armsFollow({ sideBend: 1.3 }),
  ],
  tempo: SLOW_OUT_AND_BACK,
  detection: { minimumAmplitudeDeg: 8, startFraction: 0.15, maximumSpeedDegPerS: 70 },
  sensorSets: [
    ...TWO_TRUNK_SENSORS_CLASS_B,
    { roles: ['upperBack'], qualityClass: 'B', measure: 'upperBackLean' },
  ],
};

/** The chest opens a little as the arm goes up; the arm's elevation counts against the chest. */
const CHEST_OPENING = { flexion: -0.03 };

const ARM_ELEVATION: MotionDefinition = {
  exerciseId: 'E11',
  slug: 'arm-elevation',
  posture: 'standing',
  quantity: 'armElevation',
  directions: [
    { side: 'left', sign: 1 },
    { side: 'right', sign: 1 },
  ],
  usualMaximumDeg: 145,
  couplings: [
    follow('lowerBack', { flexion: -0.01 }),
    follow('upperBack', CHEST_OPENING),
    follow('upperArmLeft', { ...CHEST_OPENING, elevation: 1, elevationPlaneDeg: 85 }),
    follow('upperArmRight', { ...CHEST_OPENING, elevation: 1, elevationPlaneDeg: 85 }),
  ],
  tempo: { outS: { min: 2, max: 4 }, backS: { min: 2, max: 4 }, holdS: 2 },
  detection: { minimumAmplitudeDeg: 40, startFraction: 0.15, maximumSpeedDegPerS: 180 },
  sensorSets: [
    { roles: ['upperBack', 'upperArmRight'], qualityClass: 'A', measure: 'armRelativeToUpperBack' },
    { roles: ['upperBack', 'upperArmLeft'], qualityClass: 'A', measure: 'armRelativeToUpperBack' },
    { roles: ['upperArmRight'], qualityClass: 'C', measure: 'armFromGravity' },
    { roles: ['upperArmLeft'], qualityClass: 'C', measure: 'armFromGravity' },
  ],
};

export const MOTION_DEFINITIONS: Readonly<Record<ExerciseId, MotionDefinition>> = {
  E01: SEATED_ROTATION,
  E02: LUMBAR_LOCKED_ROTATION,
  E05: SEATED_FLEXION_EXTENSION,
  E08: SEATED_SIDE_BEND,
  E11: ARM_ELEVATION,
};

export const EXERCISE_IDS: readonly ExerciseId[] = ['E01', 'E02', 'E05', 'E08', 'E11'];

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

/**
 * The first sensor set of the motion that is wholly worn, null when none is. An arm movement to one side needs the
 * sensor of that arm.
 */
export function matchSensorSet(
  definition: MotionDefinition,
  worn: readonly SegmentRole[],
  side: Side | null,
): MotionSensorSet | null {
  const needed = definition.quantity === 'armElevation' && side !== null ? armRole(side) : null;
  return (
    definition.sensorSets.find(
      (set) =>
        set.roles.every((role) => worn.includes(role)) && (needed === null || set.roles.includes(needed)),
    ) ?? null
  );
}
