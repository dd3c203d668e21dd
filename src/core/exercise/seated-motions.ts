import { armsFollow, follow } from './motion-coupling.ts';
import type { MotionDefinition, MotionSensorSet } from './motion-definition.ts';

/** Sitting: the primary angle is the upper back's against the lower back, which adds a share of its own below. */

const SLOW_OUT_AND_BACK = {
  outS: { min: 1.5, max: 4 },
  backS: { min: 1.5, max: 4 },
  holdS: 2,
} as const;

const TWO_TRUNK_SENSORS_CLASS_B: readonly MotionSensorSet[] = [
  { roles: ['upperBack', 'lowerBack'], qualityClass: 'B', measure: 'upperBackRelativeToLowerBack' },
  { roles: ['upperBack', 'pelvis'], qualityClass: 'B', measure: 'trunkRelativeToPelvis' },
];

export const SEATED_ROTATION: MotionDefinition = {
  exerciseId: 'E01',
  slug: 'seated-rotation',
  posture: 'sittingArmsCrossed',
  quantity: 'rotation',
  oneSideASet: false,
  swingsPerRepetition: 1,
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

export const SEATED_FLEXION_EXTENSION: MotionDefinition = {
  exerciseId: 'E05',
  slug: 'seated-flexion-extension',
  posture: 'sitting',
  quantity: 'flexion',
  oneSideASet: false,
  swingsPerRepetition: 1,
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

export const SEATED_SIDE_BEND: MotionDefinition = {
  exerciseId: 'E08',
  slug: 'seated-side-bend',
  posture: 'sitting',
  quantity: 'sideBend',
  oneSideASet: false,
  swingsPerRepetition: 1,
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
