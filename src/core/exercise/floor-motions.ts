import { ARM_LIFT_SETS, armsFollow, follow } from './motion-coupling.ts';
import type { MotionDefinition } from './motion-definition.ts';

/** On the heels, on hands and knees, on the side, face down: gravity shows the turn about the trunk's length. */

export const LUMBAR_LOCKED_ROTATION: MotionDefinition = {
  exerciseId: 'E02',
  slug: 'lumbar-locked-rotation',
  posture: 'heelSit',
  quantity: 'lockedRotation',
  oneSideASet: false,
  swingsPerRepetition: 1,
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
  tempo: { outS: { min: 1.5, max: 4 }, backS: { min: 1.5, max: 4 }, holdS: 2 },
  detection: { minimumAmplitudeDeg: 15, startFraction: 0.15, maximumSpeedDegPerS: 90 },
  sensorSets: [{ roles: ['upperBack'], qualityClass: 'A', measure: 'gravityRotation' }],
};

/** Lying on the right the left arm opens to the left, and the other way round. */
export const OPEN_BOOK: MotionDefinition = {
  exerciseId: 'E03',
  slug: 'open-book',
  posture: 'sideLyingRight',
  postureOfSide: { left: 'sideLyingRight', right: 'sideLyingLeft' },
  startArms: { elevationDeg: 90, planeDeg: 90 },
  quantity: 'lockedRotation',
  oneSideASet: true,
  swingsPerRepetition: 1,
  directions: [
    { side: 'left', sign: 1 },
    { side: 'right', sign: -1 },
  ],
  usualMaximumDeg: 45,
  couplings: [
    follow('pelvis', { rotation: 0.04 }),
    follow('lowerBack', { rotation: 0.12 }),
    follow('upperBack', { rotation: 1 }),
    // The chest carries the upper arm, which opens almost as far again; the lower one stays on the floor.
    follow('upperArmLeft', { sideBend: 0.9, movingArmOnly: true }),
    follow('upperArmRight', { sideBend: 0.9, movingArmOnly: true }),
  ],
  tempo: { outS: { min: 2, max: 5 }, backS: { min: 2, max: 5 }, holdS: 3 },
  detection: { minimumAmplitudeDeg: 15, startFraction: 0.15, maximumSpeedDegPerS: 90 },
  sensorSets: [{ roles: ['upperBack'], qualityClass: 'A', measure: 'gravityRotation' }],
};

/** Rounding, then sinking; the hips tip the other way, the waist between stays, and so do the hands. */
export const CAT_CAMEL: MotionDefinition = {
  exerciseId: 'E04',
  slug: 'cat-camel',
  posture: 'quadruped',
  quantity: 'flexion',
  oneSideASet: false,
  swingsPerRepetition: 2,
  directions: [
    { side: 'forward', sign: 1 },
    { side: 'backward', sign: -1 },
  ],
  usualMaximumDeg: 18,
  couplings: [follow('pelvis', { flexion: -0.5 }), follow('upperBack', { flexion: 1 })],
  tempo: { outS: { min: 2, max: 4 }, backS: { min: 2, max: 4 }, holdS: 1 },
  // The clinical page asks for 10 deg of both directions together.
  detection: { minimumAmplitudeDeg: 5, startFraction: 0.15, maximumSpeedDegPerS: 70 },
  sensorSets: [
    { roles: ['upperBack', 'lowerBack'], qualityClass: 'A', measure: 'upperBackRelativeToLowerBack' },
    { roles: ['upperBack'], qualityClass: 'B', measure: 'upperBackPitch' },
  ],
};

/** One hand slides under the other arm, then reaches for the ceiling: a turn each way. The side is the moving arm's. */
export const THREAD_THE_NEEDLE: MotionDefinition = {
  exerciseId: 'E07',
  slug: 'thread-the-needle',
  posture: 'quadruped',
  quantity: 'lockedRotation',
  oneSideASet: true,
  swingsPerRepetition: 2,
  directions: [
    { side: 'left', sign: 1 },
    { side: 'right', sign: -1 },
  ],
  usualMaximumDeg: 34,
  couplings: [
    follow('pelvis', { rotation: 0.03 }),
    follow('lowerBack', { rotation: 0.12 }),
    follow('upperBack', { rotation: 1 }),
    ...armsFollow({ sideBend: 2, movingArmOnly: true }),
  ],
  tempo: { outS: { min: 2, max: 4 }, backS: { min: 2, max: 4 }, holdS: 1 },
  // 20 deg of both directions together.
  detection: { minimumAmplitudeDeg: 10, startFraction: 0.12, maximumSpeedDegPerS: 100 },
  sensorSets: [{ roles: ['upperBack'], qualityClass: 'A', measure: 'gravityRotation' }],
};

const PRONE_TEMPO = { outS: { min: 1, max: 2 }, backS: { min: 1, max: 2 }, holdS: 2 } as const;
const EITHER_ARM = [
  { side: 'left', sign: 1 },
  { side: 'right', sign: 1 },
] as const;
/** The straight arm leaves the floor: towards the back of the body, about its own cross axis. */
const ARM_LIFT_COUPLINGS = armsFollow({ flexion: 1 });

export const PRONE_T: MotionDefinition = {
  exerciseId: 'E14',
  slug: 'prone-t',
  posture: 'prone',
  startArms: { elevationDeg: 90, planeDeg: 0 },
  quantity: 'armLift',
  oneSideASet: false,
  swingsPerRepetition: 1,
  directions: EITHER_ARM,
  usualMaximumDeg: 15,
  couplings: ARM_LIFT_COUPLINGS,
  tempo: PRONE_TEMPO,
  detection: { minimumAmplitudeDeg: 8, startFraction: 0.25, maximumSpeedDegPerS: 100 },
  sensorSets: ARM_LIFT_SETS,
};

export const PRONE_Y: MotionDefinition = {
  exerciseId: 'E15',
  slug: 'prone-y',
  posture: 'prone',
  startArms: { elevationDeg: 130, planeDeg: 0 },
  quantity: 'armLift',
  oneSideASet: false,
  swingsPerRepetition: 1,
  directions: EITHER_ARM,
  usualMaximumDeg: 12,
  couplings: ARM_LIFT_COUPLINGS,
  tempo: PRONE_TEMPO,
  detection: { minimumAmplitudeDeg: 6, startFraction: 0.25, maximumSpeedDegPerS: 100 },
  sensorSets: ARM_LIFT_SETS,
};
