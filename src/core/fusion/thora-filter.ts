import { RAD_PER_DEG } from '../math/angle.ts';
import { BiasWindow, STILLNESS } from './bias-window.ts';
import {
  ANGLE,
  BIAS,
  createErrorState,
  DRIVER_COUNT,
  type ErrorState,
  GAIN,
  INPUT,
  isPlausible,
  mirrorDrivers,
  observe,
  observeVelocity,
  propagate,
  resetVariance,
  STATE_COUNT,
  VELOCITY,
  widenVariance,
} from './error-state.ts';
import { type FieldReference, MagneticReference } from './magnetic-reference.ts';
import { SAMPLE, SIGMA_OFFSET, type OrientationFilter } from './orientation-filter.ts';
import { STATED, stateSigmas } from './stated-sigma.ts';
import {
  advance,
  createStrapdown,
  gatherPiece,
  levelTo,
  type Strapdown,
  SUM,
  turnByMeanRate,
  turnInWorld,
} from './strapdown.ts';
import { THORA_PRESETS, type ThoraFilterParams, type ThoraPreset } from './thora-parameters.ts';

/** What is known of a sensor before its first sample, for example from its last use. */
export interface InitialGyroBias {
  readonly gyroBiasRadPerS: ArrayLike<number>;
  /** One standard deviation per axis, rad/s. */
  readonly sigmaRadPerS: number;
}

/** Follows the Kalman steps of a filter from outside; the smoother does. */
export interface BatchObserver {
  /** The first attitude is taken. */
  started(filter: ThoraFilter): void;
  /** Covariance is carried to the end of the batch, nothing observed yet, attitude before its correction. */
  predicted(filter: ThoraFilter, transition: BatchTransition): void;
  /** Observations are in the covariance and in the correction, which is not yet in the nominal state. */
  corrected(filter: ThoraFilter): void;
}

/** How the error states of one step came from those before. */
export type BatchTransition =
  /** Over a batch of samples; with or without an accelerometer that couples velocity. */
  | 'driven'
  | 'drivenWithoutAcc'
  /** Over a gap: bias, gain and heading stay, tilt and velocity are taken anew. */
  | 'restarted';

/** A hole up to this long is bridged with the rates on both sides; a longer one loses the orientation. */
const BRIDGE_S = 0.2;
/**
 * What a hole hides when the mean of the rates on both sides is taken for it: (rate + floor) x length^2.5, rad (s, rad/s).
 * Smooth human movement of 25 to 150 deg stays inside two of it up to 1 s; the floor stands for a movement that began
 * and ended unseen. Beyond the limit the direction is unknown altogether.
 */
const UNSEEN_RATE_FLOOR_RAD_PER_S = 0.4;
const UNSEEN_ANGLE_LIMIT_RAD = Math.PI / Math.sqrt(3);
/** A step this many times the usual one is a hole. */
const HOLE_FACTOR = 3;
const PLAUSIBLE_SIGMAS = 3;
/** A rest that is further off than this from what was remembered contradicts it: forgetting costs little. */
const REMEMBERED_SIGMAS = 2;
const QUIET_EVERY_S = 1;
/** Orientation lost in a rotation that a clipped gyroscope did not show, as a fraction of the rotation. */
const CLIPPED_FRACTION = 0.1;
/**
 * Where the axis of rotation moves within a sample's step, two mean rates tell only the first term of what that turns: the
 * rest is in doubt by so many times the term. Felt below some 50 Hz in fast movement, and not above.
 */
const CONING_DOUBT = 2;
/** A body that is told to keep still for 3 s turns less than a degree meanwhile. */
const GUIDED_SIGMA_RAD_PER_S = 0.2 * RAD_PER_DEG;
/** Further off than this from what was believed, the bias has changed since. */
const CHANGED_SIGMAS = 2;
const NOTHING_TOLD = new Float64Array(3);
/** Offsets into the filter's counters of time. */
const CLOCK = { nominalS: 0, holeS: 1, sinceStartS: 2, sinceQuietS: 3, length: 4 } as const;

/**
 * Thora's own orientation filter: strapdown integration at every sample and, once per batch, an error-state Kalman
 * step that learns tilt, gyroscope bias and gyroscope gain from gravity (the wearer does not fly away), from rest and
 * from quiet moments, and heading from a magnetometer where asked to.
 */
export class ThoraFilter implements OrientationFilter {
  readonly name = 'thora';
  readonly params: ThoraFilterParams;
  readonly qEarthFromSensor: Float64Array;
  readonly gyroBiasRadPerS: Float64Array;
  readonly sigma = new Float64Array(SIGMA_OFFSET.length);
  readonly flags = new Uint8Array(2);
  readonly errors: ErrorState = createErrorState();
  readonly strapdown: Strapdown = createStrapdown();
  readonly magnetic: MagneticReference | null;
  /** Number of samples integrated since the reset. */
  readonly integratedCount = new Float64Array(1);
  observer: BatchObserver | null = null;

  readonly #window: BiasWindow;
  readonly #initial: InitialGyroBias | null;
  readonly #clock = new Float64Array(CLOCK.length);
  /** Mean rate of a guided rest that the next step takes in, rad/s; NaN without one. */
  readonly #guidedRadPerS = new Float64Array(3).fill(NaN);
  readonly #stated = new Float64Array(STATED.length);
  /**
   * [0] 1 once levelled; [1] 1 while resting; [2] 1 while the orientation waits for an acceleration after a gap; [3] 1 once a
   * rest has told the bias; [4] 1 where the batch before rested; [5] {@link STILLNESS} of this one.
   */
  readonly #phase = new Uint8Array(6);
  /** 1 for each axis whose remembered bias no rest has confirmed yet. */
  readonly #unconfirmed = new Uint8Array(3);

  constructor(
    params: ThoraFilterParams,
    initial: InitialGyroBias | null,
    knownField: FieldReference | null = null,
  ) {
    this.params = params;
    this.#initial = initial;
    this.#window = new BiasWindow(params);
    this.qEarthFromSensor = this.strapdown.q;
    this.gyroBiasRadPerS = this.strapdown.gyroBiasRadPerS;
    this.magnetic = params.useMagnetometer
      ? new MagneticReference(params.magnetometerCorrects === 'everything', knownField)
      : null;
    this.reset();
  }

  reset(): void {
    const { strapdown, errors, params } = this;
    strapdown.q.fill(0);
    strapdown.q[0] = 1;
    strapdown.gain.fill(0);
    strapdown.velocity.fill(0);
    strapdown.previous.fill(0);
    strapdown.pending.fill(0);
    strapdown.sums.fill(0);
    const p = errors.covariance;
    p.fill(0);
    this.sigma[SIGMA_OFFSET.headingWalkRad2] = 0;
    this.#unconfirmed.fill(this.#initial === null ? 0 : 1);
    const biasSigma = this.#initial?.sigmaRadPerS ?? params.initialGyroBiasSigmaRadPerS;
    for (let i = 0; i < 3; i++) {
      strapdown.gyroBiasRadPerS[i] = this.#initial?.gyroBiasRadPerS[i] ?? 0;
      resetVariance(p, BIAS + i, biasSigma ** 2);
      for (let j = 0; j < 3; j++) {
        const sigma = i === j ? params.gyroScaleSigma : params.gyroMisalignmentSigma;
        resetVariance(p, GAIN + 3 * i + j, sigma ** 2);
      }
    }
    this.#resetTilt();
    resetVariance(p, ANGLE + 2, 0);
    this.#window.clear();
    this.#guidedRadPerS.fill(NaN);
    this.magnetic?.reset();
    this.#clock.fill(0);
    this.#phase.fill(0);
    this.flags.fill(0);
    this.integratedCount[0] = 0;
    this.#stated[STATED.rate] = 0;
    this.#stateSigma();
  }

  update(sample: Float64Array): void {
    const dtS = sample[SAMPLE.stepS];
    const clock = this.#clock,
      phase = this.#phase,
      sums = this.strapdown.sums,
      params = this.params;
    const hasAcc = Number.isFinite(sample[3] + sample[4] + sample[5]);
    const hasGyro = Number.isFinite(sample[0] + sample[1] + sample[2]);
    if (phase[0] === 0) {
      this.flags[1] = 1;
      if (!hasAcc || !levelTo(this.strapdown.q, sample[3], sample[4], sample[5])) return;
      phase[0] = 1;
      this.magnetic?.start(this.strapdown, this.errors, sample);
      this.observer?.started(this);
      this.flags[1] = hasGyro ? 0 : 1;
      return;
    }
    if (!(dtS > 0)) {
      this.flags[1] = 1;
      return;
    }
    if (!hasGyro) {
      clock[CLOCK.holeS] += dtS;
      this.flags[1] = clock[CLOCK.holeS] > BRIDGE_S ? 1 : 0;
      return;
    }
    const elapsedS = dtS + clock[CLOCK.holeS];
    const nominalS = clock[CLOCK.nominalS] > 0 ? clock[CLOCK.nominalS] : Math.min(dtS, BRIDGE_S);
    let stepS = elapsedS,
      bridgedS = 0;
    if (clock[CLOCK.holeS] > 0 || elapsedS > HOLE_FACTOR * nominalS) {
      bridgedS = elapsedS - nominalS;
      if (bridgedS > Math.max(BRIDGE_S, 1.5 * nominalS)) {
        this.#crossGap(bridgedS, sample);
        stepS = nominalS;
        bridgedS = 0;
      }
    }
    clock[CLOCK.holeS] = 0;
    // The usual step follows a lasting change of rate, but not a single hole.
    clock[CLOCK.nominalS] = nominalS + 0.02 * (Math.min(dtS, HOLE_FACTOR * nominalS) - nominalS);
    clock[CLOCK.sinceStartS] += elapsedS;
    this.flags[1] = 0;

    if (phase[2] === 1 && hasAcc && levelTo(this.strapdown.q, sample[3], sample[4], sample[5])) phase[2] = 0;
    const gyroLimit = 0.99 * params.gyroFullScaleRadPerS;
    if (
      Math.abs(sample[0]) >= gyroLimit ||
      Math.abs(sample[1]) >= gyroLimit ||
      Math.abs(sample[2]) >= gyroLimit
    )
      sums[SUM.gyroClipped] = 1;
    const accLimit = 0.99 * params.accFullScaleMetersPerS2;
    if (
      hasAcc &&
      (Math.abs(sample[3]) >= accLimit || Math.abs(sample[4]) >= accLimit || Math.abs(sample[5]) >= accLimit)
    )
      sums[SUM.accClipped] = 1;
    const hasMag = this.magnetic !== null && Number.isFinite(sample[6] + sample[7] + sample[8]);
    this.integratedCount[0]++;
    this.strapdown.step[0] = stepS;
    this.strapdown.step[1] = bridgedS;
    if (bridgedS > 0) sums[SUM.addedVariance] += this.#unseenAngleRad(bridgedS, sample) ** 2;
    advance(this.strapdown, sample, hasAcc, hasMag);
    if (sums[SUM.timeS] >= params.batchS - 0.5 * nominalS) this.#closeBatch();
  }

  takeGuidedRest(meanGyroRadPerS: ArrayLike<number>): void {
    for (let i = 0; i < 3; i++) this.#guidedRadPerS[i] = meanGyroRadPerS[i];
  }

  restartHeading(): void {
    if (this.magnetic === null) resetVariance(this.errors.covariance, ANGLE + 2, 0);
  }

  /** One Kalman step over what the strapdown gathered. */
  #closeBatch(): void {
    const { strapdown, errors, params } = this;
    const sums = strapdown.sums,
      p = errors.covariance;
    gatherPiece(strapdown);
    const timeS = sums[SUM.timeS],
      accTimeS = sums[SUM.accTimeS];
    const hasAcc = accTimeS >= 0.5 * timeS && sums[SUM.accClipped] === 0;
    const rotationSquared = sums[SUM.rateSquared] * timeS;

    this.#fillAngleFromDriver();
    errors.input[INPUT.batchS] = timeS;
    propagate(errors, hasAcc);
    const gyroClipped = sums[SUM.gyroClipped] === 1;
    if (gyroClipped || !hasAcc) this.#window.clear();
    else this.#judgeStillness();
    const isResting = this.#phase[1] === 1 && hasAcc && !gyroClipped;
    const angleVariance =
      params.angleNoiseRad ** 2 * timeS +
      params.angleNoisePerRotation ** 2 * rotationSquared +
      sums[SUM.addedVariance] +
      CONING_DOUBT ** 2 * sums[SUM.coningSquared] +
      (gyroClipped ? CLIPPED_FRACTION ** 2 * rotationSquared : 0);
    this.sigma[SIGMA_OFFSET.headingWalkRad2] += angleVariance;
    const biasVariance = params.gyroBiasNoise ** 2 * timeS;
    for (let i = 0; i < 3; i++) {
      p[(ANGLE + i) * (STATE_COUNT + 1)] += angleVariance;
      p[(BIAS + i) * (STATE_COUNT + 1)] += biasVariance;
    }
    if (hasAcc) {
      const velocityVariance = (isResting ? params.restVelocityNoise : params.velocityNoise) ** 2 * timeS;
      for (let i = 0; i < 2; i++) {
        strapdown.velocity[i] += (sums[SUM.force + i] * timeS) / accTimeS;
        p[(VELOCITY + i) * (STATE_COUNT + 1)] += velocityVariance;
      }
    } else this.#resetVelocity(0.5);
    this.observer?.predicted(this, hasAcc ? 'driven' : 'drivenWithoutAcc');

    errors.correction.fill(0);
    if (hasAcc) {
      const own = isResting ? params.restVelocitySigmaMetersPerS : params.ownVelocitySigmaMetersPerS;
      errors.input[INPUT.variance] = (own ** 2 * params.ownVelocityTimeS) / timeS;
      observeVelocity(errors, strapdown.velocity);
    }
    if (!gyroClipped && hasAcc) this.#observeBias();
    if (this.#guidedRadPerS[0] === this.#guidedRadPerS[0]) this.#observeGuidedRest();
    this.magnetic?.observe(strapdown, errors, timeS);
    mirrorDrivers(p);
    this.observer?.corrected(this);
    this.#inject();
    sums.fill(0);
    if (this.#isBroken()) this.#restart();
    this.#stated[STATED.rate] = Math.sqrt(rotationSquared) / timeS;
    this.#stateSigma();
  }

  #fillAngleFromDriver(): void {
    const h = this.errors.angleFromDriver,
      sums = this.strapdown.sums;
    for (let i = 0; i < 3; i++) {
      const row = i * DRIVER_COUNT;
      for (let j = 0; j < 3; j++) {
        h[row + BIAS + j] = -sums[SUM.rotation + 3 * i + j];
        for (let c = 0; c < 3; c++) h[row + GAIN + 3 * j + c] = sums[SUM.rotationByRate + 9 * c + 3 * i + j];
      }
    }
  }

  /** Takes the batch into the window and says whether the sensor rests, before anything is concluded from it. */
  #judgeStillness(): void {
    const phase = this.#phase,
      window = this.#window;
    window.push(this.strapdown.sums);
    phase[4] = phase[1];
    phase[5] = window.classify(phase[3] === 1 ? this.strapdown.gyroBiasRadPerS : NOTHING_TOLD);
    phase[1] = phase[5] === STILLNESS.rest || phase[5] === STILLNESS.table ? 1 : 0;
  }

  #observeBias(): void {
    const { strapdown, params } = this;
    const sums = strapdown.sums,
      timeS = sums[SUM.timeS],
      window = this.#window,
      clock = this.#clock,
      phase = this.#phase;
    clock[CLOCK.sinceQuietS] += timeS;
    const stillness = phase[5];
    // As steady as that is also a slow turntable: a large rate is bias only where no rest has shown a smaller one.
    const isTable = stillness === STILLNESS.table;
    if (stillness === STILLNESS.rest || isTable) {
      const variance = params.restSigmaRadPerS ** 2 + window.variance[0];
      // The first time with the whole window, then with each batch.
      const first = phase[4] === 0;
      if (!first) for (let i = 0; i < 3; i++) window.meanRadPerS[i] = sums[SUM.gyro + i] / timeS;
      this.errors.input[INPUT.variance] = first ? variance / window.count : variance;
      this.#observeBiasAxes(isTable && phase[3] === 0);
      phase[3] = 1;
      clock[CLOCK.sinceQuietS] = 0;
    } else if (
      stillness === STILLNESS.quiet &&
      (clock[CLOCK.sinceQuietS] >= QUIET_EVERY_S || clock[CLOCK.sinceStartS] < QUIET_EVERY_S)
    ) {
      this.errors.input[INPUT.variance] = window.variance[1];
      this.#observeBiasAxes(false);
      clock[CLOCK.sinceQuietS] = 0;
      clock[CLOCK.sinceStartS] += QUIET_EVERY_S;
    }
    this.flags[0] = phase[1];
  }

  /** What was believed before gives way where it is contradicted: a sensor that was put on warms, and its bias moves. */
  #observeGuidedRest(): void {
    const { errors } = this;
    errors.input[INPUT.variance] = GUIDED_SIGMA_RAD_PER_S ** 2;
    for (let i = 0; i < 3; i++) {
      const innovation = this.#guidedRadPerS[i] - this.strapdown.gyroBiasRadPerS[i];
      errors.input[INPUT.innovation] = innovation;
      if (isPlausible(errors, BIAS + i, CHANGED_SIGMAS)) continue;
      errors.covariance[(BIAS + i) * (STATE_COUNT + 1)] += innovation * innovation;
      observe(errors, BIAS + i);
    }
    this.#guidedRadPerS.fill(NaN);
  }

  /**
   * Takes the window's mean rate as bias with the variance that stands in the input.
   *
   * @param isCertain the rate is the bias, however far from what was believed
   */
  #observeBiasAxes(isCertain: boolean): void {
    const { errors } = this;
    for (let i = 0; i < 3; i++) {
      errors.input[INPUT.innovation] = this.#window.meanRadPerS[i] - this.strapdown.gyroBiasRadPerS[i];
      // A memory that rest contradicts is of another temperature, or of another sensor: it is worth nothing.
      if (this.#unconfirmed[i] === 1 && !isPlausible(errors, BIAS + i, REMEMBERED_SIGMAS))
        resetVariance(errors.covariance, BIAS + i, this.params.initialGyroBiasSigmaRadPerS ** 2);
      if (isCertain && !isPlausible(errors, BIAS + i, PLAUSIBLE_SIGMAS))
        widenVariance(errors, BIAS + i, this.params.tableBiasLimitRadPerS ** 2);
      if (!isPlausible(errors, BIAS + i, PLAUSIBLE_SIGMAS)) continue;
      observe(errors, BIAS + i);
      this.#unconfirmed[i] = 0;
    }
  }

  /** Moves the correction into the nominal state. */
  #inject(): void {
    const dx = this.errors.correction,
      strapdown = this.strapdown;
    turnInWorld(strapdown.q, dx, ANGLE);
    for (let i = 0; i < 3; i++) strapdown.gyroBiasRadPerS[i] += dx[BIAS + i];
    for (let i = 0; i < 9; i++) strapdown.gain[i] += dx[GAIN + i];
    for (let i = 0; i < 2; i++) strapdown.velocity[i] += dx[VELOCITY + i];
  }

  /** Standard deviation of the turn in a hole that ends with this sample, against the mean of the rates on both sides. */
  #unseenAngleRad(holeS: number, sample: Float64Array): number {
    const { previous, gyroBiasRadPerS: b } = this.strapdown;
    const before = previous[0] ** 2 + previous[1] ** 2 + previous[2] ** 2,
      after = (sample[0] - b[0]) ** 2 + (sample[1] - b[1]) ** 2 + (sample[2] - b[2]) ** 2;
    const rate = Math.sqrt(Math.max(before, after)) + UNSEEN_RATE_FLOOR_RAD_PER_S;
    return Math.min(rate * holeS ** 2.5, UNSEEN_ANGLE_LIMIT_RAD);
  }

  /**
   * What the sensor did in the gap is guessed from the rates on both sides, the worse the longer it was: bias and gain
   * stay, the tilt is taken anew, heading grows uncertain.
   */
  #crossGap(gapS: number, sample: Float64Array): void {
    if (this.strapdown.sums[SUM.timeS] > 0) this.#closeBatch();
    const { strapdown, errors } = this;
    const p = errors.covariance;
    const unseen = this.#unseenAngleRad(gapS, sample);
    // A guess that may be anything is none.
    if (unseen < UNSEEN_ANGLE_LIMIT_RAD) turnByMeanRate(strapdown, sample, gapS);
    this.#resetTilt();
    for (let i = 0; i < 2; i++) resetVariance(p, ANGLE + i, this.params.initialTiltSigmaRad ** 2);
    p[(ANGLE + 2) * (STATE_COUNT + 1)] += unseen ** 2;
    this.sigma[SIGMA_OFFSET.headingWalkRad2] += unseen ** 2;
    for (let i = 0; i < 3; i++) p[i * (STATE_COUNT + 1)] += this.params.gyroBiasNoise ** 2 * gapS;
    strapdown.previous.fill(0);
    this.#window.clear();
    this.#phase[1] = 0;
    this.#phase[2] = 1;
    this.flags[0] = 0;
    if (this.observer !== null) {
      this.observer.predicted(this, 'restarted');
      errors.correction.fill(0);
      this.observer.corrected(this);
    }
  }

  #resetTilt(): void {
    const p = this.errors.covariance;
    for (let i = 0; i < 2; i++) resetVariance(p, ANGLE + i, this.params.initialTiltSigmaRad ** 2);
    this.#resetVelocity(this.params.initialVelocitySigmaMetersPerS);
  }

  #resetVelocity(sigmaMetersPerS: number): void {
    for (let i = 0; i < 2; i++) {
      this.strapdown.velocity[i] = 0;
      resetVariance(this.errors.covariance, VELOCITY + i, sigmaMetersPerS ** 2);
    }
  }

  #isBroken(): boolean {
    const p = this.errors.covariance,
      q = this.strapdown.q;
    for (let i = 0; i < STATE_COUNT; i++) {
      const variance = p[i * (STATE_COUNT + 1)];
      if (!(variance >= 0) || variance === Infinity) return true;
    }
    return !Number.isFinite(q[0] + q[1] + q[2] + q[3]);
  }

  /** After a numerical accident: everything anew but the bias, which is kept with its first doubt. */
  #restart(): void {
    const [bx, by, bz] = this.strapdown.gyroBiasRadPerS;
    const nominalS = this.#clock[CLOCK.nominalS],
      integratedCount = this.integratedCount[0];
    const walk = this.sigma[SIGMA_OFFSET.headingWalkRad2];
    this.reset();
    // Nothing is left of the heading.
    this.sigma[SIGMA_OFFSET.headingWalkRad2] = walk + UNSEEN_ANGLE_LIMIT_RAD ** 2;
    this.integratedCount[0] = integratedCount;
    const finite = Number.isFinite(bx + by + bz);
    this.strapdown.gyroBiasRadPerS[0] = finite ? bx : 0;
    this.strapdown.gyroBiasRadPerS[1] = finite ? by : 0;
    this.strapdown.gyroBiasRadPerS[2] = finite ? bz : 0;
    this.#clock[CLOCK.nominalS] = nominalS;
    this.flags[1] = 1;
  }

  #stateSigma(): void {
    const p = this.errors.covariance,
      sigma = this.sigma,
      stated = this.#stated;
    stated[STATED.inclination] = p[ANGLE * (STATE_COUNT + 1)] + p[(ANGLE + 1) * (STATE_COUNT + 1)];
    stated[STATED.heading] = p[(ANGLE + 2) * (STATE_COUNT + 1)];
    stateSigmas(stated, 'live', this.magnetic !== null);
    sigma[SIGMA_OFFSET.inclinationRad] = stated[STATED.inclination];
    sigma[SIGMA_OFFSET.headingRad] = stated[STATED.heading];
    for (let i = 0; i < 3; i++)
      sigma[SIGMA_OFFSET.gyroBiasRadPerS + i] = Math.sqrt(p[(BIAS + i) * (STATE_COUNT + 1)]);
  }
}

/** A preset by name, or single parameters over those of the preset for a free sensor. */
export type ThoraFilterChoice = ThoraPreset | Partial<ThoraFilterParams>;

export function completeParams(choice: ThoraFilterChoice): ThoraFilterParams {
  return typeof choice === 'string' ? THORA_PRESETS[choice] : { ...THORA_PRESETS.free, ...choice };
}

/**
 * Creates the live filter: `'worn'` for a sensor on a body, `'free'` (default) for a rigid unit moved by itself.
 * @param initial bias remembered from an earlier use of the same sensor, with what it is worth now
 */
export function createThoraFilter(
  choice: ThoraFilterChoice = 'free',
  initial: InitialGyroBias | null = null,
): ThoraFilter {
  return new ThoraFilter(completeParams(choice), initial);
}
