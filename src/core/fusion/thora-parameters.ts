import { RAD_PER_DEG } from '../math/angle.ts';

/**
 * What the Thora filter believes about sensor and wearer. Sigmas are one standard deviation; the reasons and the
 * sensitivity of each are in docs/validity-orientation.md.
 */
export interface ThoraFilterParams {
  /** Seconds per Kalman step; the strapdown itself runs at every sample. */
  readonly batchS: number;
  /** Uses the magnetometer for heading where the samples carry one. */
  readonly useMagnetometer: boolean;
  /**
   * What a heading observation may correct: heading alone (tilt and bias stay free of the magnetometer), or every
   * state (only after the fact, where it pays most).
   */
  readonly magnetometerCorrects: 'heading' | 'everything';

  /** Error of the first tilt, taken from a single acceleration, rad per axis. */
  readonly initialTiltSigmaRad: number;
  readonly initialVelocitySigmaMetersPerS: number;
  readonly initialGyroBiasSigmaRadPerS: number;
  /** Prior of the gyroscope's scale errors and of its six misalignments, as fractions. */
  readonly gyroScaleSigma: number;
  readonly gyroMisalignmentSigma: number;

  /** Wearer's own horizontal velocity and how long it keeps its direction: the trust in gravity follows from it. */
  readonly ownVelocitySigmaMetersPerS: number;
  readonly ownVelocityTimeS: number;
  /** Velocity noise, m/s per sqrt(s): vibration and what the accelerometer gets wrong. */
  readonly velocityNoise: number;
  /** The same two while the wearer rests. */
  readonly restVelocitySigmaMetersPerS: number;
  readonly restVelocityNoise: number;
  /** Orientation noise that grows with time (rad per sqrt(s)) and with rotation (rad per rad in each batch). */
  readonly angleNoiseRad: number;
  readonly angleNoisePerRotation: number;
  /** Wandering of the bias, rad/s per sqrt(s). */
  readonly gyroBiasNoise: number;

  /** Rest: standard deviations of the batch means within a second, and what is left of the bias then. */
  readonly restGyroRadPerS: number;
  readonly restAccMetersPerS2: number;
  readonly restSigmaRadPerS: number;
  /** Quiet but worn, as in sitting: the mean rate is the bias as far as the orientation returned. */
  readonly quietGyroRadPerS: number;
  readonly quietAccMetersPerS2: number;
  readonly quietWanderGain: number;
  readonly quietSigmaRadPerS: number;
  /** No bias is further than this from what rests told, at first from zero, where the sensor may be worn or moved slowly; rad/s. */
  readonly gyroBiasLimitRadPerS: number;
  /**
   * On a table, stiller than anybody could hold it for `tableS`, up to this much is bias, whatever was believed before. Standard
   * deviations of the batch means within a second, all axes together.
   */
  readonly tableBiasLimitRadPerS: number;
  readonly tableGyroRadPerS: number;
  readonly tableAccMetersPerS2: number;
  readonly tableS: number;
  /** The same of a body that was told nothing: steadier than anybody turns, breathing and all, before having rested once. */
  readonly steadyBiasLimitRadPerS: number;
  readonly steadyGyroRadPerS: number;
  readonly steadyAccMetersPerS2: number;
  readonly steadyS: number;

  /** Range of the sensor where known; readings within 1 % of it are taken as clipped. */
  readonly gyroFullScaleRadPerS: number;
  readonly accFullScaleMetersPerS2: number;
}

/** The kind of use, chosen by purpose and never by data set: a free rigid sensor, or one worn on the body. */
export type ThoraPreset = 'free' | 'worn';

const FREE: ThoraFilterParams = {
  batchS: 0.2,
  useMagnetometer: false,
  magnetometerCorrects: 'heading',
  initialTiltSigmaRad: 5 * RAD_PER_DEG,
  initialVelocitySigmaMetersPerS: 0.3,
  initialGyroBiasSigmaRadPerS: 1 * RAD_PER_DEG,
  gyroScaleSigma: 0.007,
  gyroMisalignmentSigma: 0.002,
  ownVelocitySigmaMetersPerS: 1,
  ownVelocityTimeS: 0.5,
  velocityNoise: 0.1,
  restVelocitySigmaMetersPerS: 1,
  restVelocityNoise: 0.1,
  angleNoiseRad: 0.02 * RAD_PER_DEG,
  angleNoisePerRotation: 0.002,
  gyroBiasNoise: 0.002 * RAD_PER_DEG,
  restGyroRadPerS: 0.35 * RAD_PER_DEG,
  restAccMetersPerS2: 0.15,
  restSigmaRadPerS: 0.1 * RAD_PER_DEG,
  quietGyroRadPerS: 4 * RAD_PER_DEG,
  quietAccMetersPerS2: 0.5,
  quietWanderGain: 2,
  quietSigmaRadPerS: 0.15 * RAD_PER_DEG,
  gyroBiasLimitRadPerS: 2 * RAD_PER_DEG,
  tableBiasLimitRadPerS: 15 * RAD_PER_DEG,
  tableGyroRadPerS: 0.1 * RAD_PER_DEG,
  tableAccMetersPerS2: 0.03,
  tableS: 2,
  steadyBiasLimitRadPerS: 0,
  steadyGyroRadPerS: 0,
  steadyAccMetersPerS2: 0,
  steadyS: Infinity,
  gyroFullScaleRadPerS: Infinity,
  accFullScaleMetersPerS2: Infinity,
};

export const THORA_PRESETS: Readonly<Record<ThoraPreset, ThoraFilterParams>> = {
  free: FREE,
  /**
   * On a walking body acceleration and rotation go together, and gravity would teach the gains something that is
   * not theirs: they are held close to what the maker states, and gravity is trusted less. A body at rest breathes:
   * half a degree of chest 16 times a minute is up to 0.8 deg/s, for a second as steady as a bias; a slow turn into a
   * posture looks like one too. But who rests sways by centimetres a second: gravity is shown at once, and what such a
   * turn was taken for is put right before a movement is measured from there.
   */
  worn: {
    ...FREE,
    gyroScaleSigma: 0.003,
    gyroMisalignmentSigma: 0.001,
    ownVelocitySigmaMetersPerS: 1.5,
    restVelocitySigmaMetersPerS: 0.05,
    restVelocityNoise: 0.03,
    restSigmaRadPerS: 0.5 * RAD_PER_DEG,
    quietSigmaRadPerS: 0.3 * RAD_PER_DEG,
    steadyBiasLimitRadPerS: 8 * RAD_PER_DEG,
    steadyGyroRadPerS: 1 * RAD_PER_DEG,
    steadyAccMetersPerS2: 0.12,
    steadyS: 4,
  },
};
