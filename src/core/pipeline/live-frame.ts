import { SEGMENT_ROLES } from '../body/segment-role.ts';

/**
 * The fast values of a running session in one Float64Array that travels between threads. NaN means "not known".
 * When packets stop, frames stop: the reader compares `sensor hostTimeMs` with its own clock and shows no value
 * that is older than 200 ms.
 */
const SEGMENTS = 24;
const ANGLES = SEGMENTS + 4 * SEGMENT_ROLES.length;
const SENSORS = ANGLES + 12;
const SENSOR_STRIDE = 21;

export const MAX_SENSORS = 5;

export const LIVE_FRAME = {
  /** Session time of the values, ms. */
  sessionTimeMs: 0,
  /** Host stamp of the newest packet used. */
  hostTimeMs: 1,
  /** {@link SESSION_PHASE} code. */
  phase: 2,
  /** Angle of the running set in its intended direction's sign, rad. */
  primaryRad: 3,
  /** Half width of its 95 % interval, rad. */
  primaryHalfWidth95Rad: 4,
  /** Target of the direction now expected, signed, rad; NaN when none. */
  targetRad: 5,
  /** Last peak, signed, rad. */
  lastPeakRad: 6,
  countedRepetitions: 7,
  /** {@link REPETITION_PHASE} code. */
  repetitionPhase: 8,
  /** Seconds of hold gathered in this repetition. */
  holdS: 9,
  /** 0 to 1 while a step runs. */
  stepFraction: 10,
  /** 1 while all sensors of the step are still. */
  still: 11,
  /** Sign of the direction expected next: 1, -1, or 0 for either. */
  expectedSign: 12,
  /** w, x, y, z per role in SEGMENT_ROLES order: segment to the frame that faces as the person did at neutral (x forward, y up, z right). */
  qFacingFromSegment: SEGMENTS,
  /** Whatever the layout can measure, rad: flexion, sideBend, rotation, armElevationLeft, armElevationRight, lockedRotation; then their 95 % half widths in the same order. */
  angles: ANGLES,
  /** Per sensor, {@link LIVE_SENSOR}. */
  sensors: SENSORS,
  length: SENSORS + SENSOR_STRIDE * MAX_SENSORS,
} as const;

export const LIVE_ANGLE_NAMES = [
  'flexion',
  'sideBend',
  'rotation',
  'armElevationLeft',
  'armElevationRight',
  'lockedRotation',
] as const;

export const LIVE_SENSOR = {
  stride: SENSOR_STRIDE,
  /** Host stamp of the last packet that decoded. */
  hostTimeMs: 0,
  /** Samples per second by the device's own clock, whether they came or not. */
  rateHz: 1,
  /** Share of samples lost in the last 10 s, 0 to 1. */
  lossFraction: 2,
  /** 1 while the sensor rests. */
  resting: 3,
  inclinationSigmaRad: 4,
  headingSigmaRad: 5,
  gyroBiasSigmaRadPerS: 6,
  /** Rotation rate, rad/s. */
  rateRadPerS: 7,
  /** Samples per second that really came, mean of the last 5 s; NaN in the first 2 s. */
  deliveredHz: 8,
  /** How late its packets come on average, ms, as far as anybody can know: see `clockBoundMs`. */
  latencyMs: 9,
  /** Largest error to be expected of its place in time, ms. */
  clockBoundMs: 10,
  /** By how much the device's clock is fast (+) or slow (-) against the host's, share. */
  clockSkew: 11,
  /** Seconds since the sensor last rested and its gyroscope's zero could be taken; NaN before the first rest. */
  biasAgeS: 12,
  rejectedPackets: 13,
  /** Whether gyroscope and accelerometer tell of the same turning: 1 yes, -1 they contradict each other, NaN not known yet. */
  axisAgreement: 14,
  /** How often the device began anew without its link having fallen. */
  restarts: 15,
  /** Size of the magnetic field, uT, and its angle below the horizon, rad; NaN where nothing was measured of late. */
  fieldMicroTesla: 16,
  dipRad: 17,
  /** How often its case was tapped twice, and how hard the last time, m/s^2. */
  doubleTaps: 18,
  tapMetersPerS2: 19,
  /** True turn over stated turn, from gravity at rests: 1 where the gyroscope's scale is right; NaN not known yet. */
  turnRatio: 20,
} as const;

export const SESSION_PHASE = {
  idle: 0,
  step: 1,
  ready: 2,
  waitingForStart: 3,
  set: 4,
  paused: 5,
  finished: 6,
} as const;
export const REPETITION_PHASE = { none: 0, wait: 1, ready: 2, out: 3, target: 4, back: 5 } as const;
