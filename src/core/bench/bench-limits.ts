import { RAD_PER_DEG } from '../math/angle.ts';

/** What a kit is held to at the bench: the checklist of the clinical specification, and what its steps need to tell. */

export const LEAST_BATTERY_PERCENT = 30;
/** At 3 m; share of the samples. */
export const LARGEST_LOSS = 0.01;
export const RADIO_S = 30;

/** The zero of the gyroscope: how long it is watched, what its mean may be, and how far its second-means may scatter. */
export const STILL_S = 60;
export const LARGEST_ZERO_RAD_PER_S = 5 * RAD_PER_DEG;
export const LARGEST_ZERO_SCATTER_RAD_PER_S = 0.1 * RAD_PER_DEG;

/** Before fitting such a size of gravity is accepted and noted; after fitting each face must be as close as this. */
export const ACCEPTED_GRAVITY_ERROR = 1.5;
export const LARGEST_FACE_ERROR = 0.1;
/** What two opposite faces leave over when all six are fitted: a face tilted by 1.4 deg leaves so much, m/s^2. */
export const LARGEST_FACE_MISFIT = 0.08;
/** Of an accelerometer against its case. */
export const LARGEST_ACC_SKEW_RAD = 3 * RAD_PER_DEG;

/** A good gyroscope's scale is right within this; more is corrected where the fault is one that is known. */
export const GOOD_GYRO_SCALE = 0.04;
/** What the LSM9DS1 library for Arduino makes of a turn: 12.8 % too little. */
export const LOW_BOARD_SCALE = 2000 / 32768 / 0.07;
export const LOW_BOARD_WITHIN = 0.03;
/** Two series of whole turns, one each way, must say the same scale within this. */
export const LARGEST_TURN_DISAGREEMENT = 0.005;
/** Gravity on the way from face to face tells the scale too; the two may differ by this on top of its own doubt. */
export const LARGEST_GRAVITY_DISAGREEMENT = 0.005;
export const LARGEST_GYRO_SKEW_RAD = 3 * RAD_PER_DEG;

export const DRIFT_S = 300;
export const LARGEST_YAW_DRIFT_RAD = 3 * RAD_PER_DEG;
export const LARGEST_TILT_DRIFT_RAD = 0.5 * RAD_PER_DEG;

/** A crystal keeps time to a few hundredths of a percent. */
export const LARGEST_CLOCK_SKEW = 0.01;

/** A field is the same wherever the sensor points, as a share of its size. */
export const LARGEST_FIELD_SCATTER = 0.05;
export const EARTH_MICRO_TESLA = [20, 80] as const;

export const RULER_S = 30;
export const LARGEST_RULER_RMS_RAD = 3 * RAD_PER_DEG;
export const LARGEST_RULER_RAD = 5 * RAD_PER_DEG;
export const LARGEST_TIME_OFFSET_S = 0.02;
