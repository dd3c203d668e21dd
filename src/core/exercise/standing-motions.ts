import { ARM_SETS_CLASS_A, ARM_SETS_CLASS_B, armsFollow, follow } from './motion-coupling.ts';
import type { MotionDefinition } from './motion-definition.ts';

/** Standing: arms that slide, reach and pull, a push against the wall, a bow from the hips. */

const EITHER_ARM = [
  { side: 'left', sign: 1 },
  { side: 'right', sign: 1 },
] as const;
const TWO_TO_FOUR_SECONDS = { outS: { min: 2, max: 4 }, backS: { min: 2, max: 4 } } as const;

/** The chest opens a little as the arm goes up; the arm's elevation counts against the chest. */
const CHEST_OPENING = { flexion: -0.03 };

export const WALL_SLIDE: MotionDefinition = {
  exerciseId: 'E09',
  slug: 'wall-slide',
  posture: 'standing',
  startArms: { elevationDeg: 80, planeDeg: 70 },
  quantity: 'armRise',
  oneSideASet: false,
  swingsPerRepetition: 1,
  directions: EITHER_ARM,
  usualMaximumDeg: 60,
  couplings: [
    follow('lowerBack', { flexion: -0.02 }),
    follow('upperBack', { flexion: -0.05 }),
    ...armsFollow({ elevation: 1, elevationPlaneDeg: 70 }),
  ],
  tempo: { ...TWO_TO_FOUR_SECONDS, holdS: 1 },
  detection: { minimumAmplitudeDeg: 25, startFraction: 0.2, maximumSpeedDegPerS: 120 },
  sensorSets: ARM_SETS_CLASS_A,
};

export const WALL_ANGEL: MotionDefinition = {
  exerciseId: 'E10',
  slug: 'wall-angel',
  posture: 'standing',
  startArms: { elevationDeg: 75, planeDeg: 15 },
  quantity: 'armRise',
  oneSideASet: false,
  swingsPerRepetition: 1,
  directions: EITHER_ARM,
  usualMaximumDeg: 60,
  couplings: [
    follow('lowerBack', { flexion: -0.01 }),
    follow('upperBack', { flexion: -0.03 }),
    ...armsFollow({ elevation: 1, elevationPlaneDeg: 15 }),
  ],
  tempo: { ...TWO_TO_FOUR_SECONDS, holdS: 1 },
  detection: { minimumAmplitudeDeg: 25, startFraction: 0.2, maximumSpeedDegPerS: 110 },
  sensorSets: ARM_SETS_CLASS_B,
};

export const ARM_ELEVATION: MotionDefinition = {
  exerciseId: 'E11',
  slug: 'arm-elevation',
  posture: 'standing',
  quantity: 'armElevation',
  oneSideASet: true,
  swingsPerRepetition: 1,
  directions: EITHER_ARM,
  usualMaximumDeg: 145,
  couplings: [
    follow('lowerBack', { flexion: -0.01 }),
    follow('upperBack', CHEST_OPENING),
    follow('upperArmLeft', { ...CHEST_OPENING, elevation: 1, elevationPlaneDeg: 85 }),
    follow('upperArmRight', { ...CHEST_OPENING, elevation: 1, elevationPlaneDeg: 85 }),
  ],
  tempo: { ...TWO_TO_FOUR_SECONDS, holdS: 2 },
  detection: { minimumAmplitudeDeg: 40, startFraction: 0.15, maximumSpeedDegPerS: 180 },
  sensorSets: ARM_SETS_CLASS_A,
};

/** From reaching forward to elbows at the ribs and a little behind. */
export const BAND_ROW: MotionDefinition = {
  exerciseId: 'E13',
  slug: 'band-row',
  posture: 'standing',
  startArms: { elevationDeg: 70, planeDeg: 90 },
  quantity: 'armPull',
  oneSideASet: false,
  swingsPerRepetition: 1,
  directions: EITHER_ARM,
  usualMaximumDeg: 80,
  couplings: [
    follow('upperBack', { flexion: -0.04 }),
    ...armsFollow({ elevation: -1, elevationPlaneDeg: 90 }),
  ],
  tempo: { outS: { min: 1, max: 2 }, backS: { min: 2, max: 4 }, holdS: 1 },
  detection: { minimumAmplitudeDeg: 35, startFraction: 0.15, maximumSpeedDegPerS: 200 },
  sensorSets: ARM_SETS_CLASS_B,
};

/** The whole body leans towards the wall as one, while the elbows bend and the hands stay. */
export const WALL_PUSH_UP: MotionDefinition = {
  exerciseId: 'E17',
  slug: 'wall-push-up-plus',
  posture: 'wallLean',
  startArms: { elevationDeg: 85, planeDeg: 85 },
  quantity: 'hinge',
  oneSideASet: false,
  swingsPerRepetition: 1,
  directions: [{ side: 'forward', sign: 1 }],
  usualMaximumDeg: 18,
  couplings: [
    follow('pelvis', { flexion: 1 }),
    follow('lowerBack', { flexion: 1 }),
    follow('upperBack', { flexion: 1 }),
    ...armsFollow({ elevation: -2.2, elevationPlaneDeg: 85 }),
  ],
  tempo: { outS: { min: 2, max: 3 }, backS: { min: 2, max: 3 }, holdS: 1 },
  detection: { minimumAmplitudeDeg: 8, startFraction: 0.2, maximumSpeedDegPerS: 80 },
  sensorSets: [{ roles: ['upperBack'], qualityClass: 'B', measure: 'upperBackTilt' }],
};

/** A bow from the hips with a long back; the arms hang to the object. */
export const HIP_HINGE: MotionDefinition = {
  exerciseId: 'E24',
  slug: 'hip-hinge',
  posture: 'standing',
  quantity: 'hinge',
  oneSideASet: false,
  swingsPerRepetition: 1,
  directions: [{ side: 'forward', sign: 1 }],
  usualMaximumDeg: 60,
  couplings: [
    follow('pelvis', { flexion: 0.85 }),
    follow('lowerBack', { flexion: 0.95 }),
    follow('upperBack', { flexion: 1 }),
    ...armsFollow({ flexion: 0.05 }),
  ],
  tempo: { outS: { min: 2, max: 4 }, backS: { min: 1.5, max: 3 }, holdS: 0 },
  detection: { minimumAmplitudeDeg: 25, startFraction: 0.15, maximumSpeedDegPerS: 120 },
  sensorSets: [{ roles: ['upperBack'], qualityClass: 'B', measure: 'upperBackTilt' }],
};
