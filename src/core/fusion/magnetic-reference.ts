import { RAD_PER_DEG } from '../math/angle.ts';
import {
  ANGLE,
  type ErrorState,
  INPUT,
  observe,
  observeAlone,
  rotateHorizontal,
  STATE_COUNT,
} from './error-state.ts';
import { type Strapdown, SUM, turnInWorld } from './strapdown.ts';

/** The field that a recording was found to have. */
export interface FieldReference {
  /** It stayed while the sensor turned: good enough to steer by. */
  readonly isProven: boolean;
  readonly normMicroTesla: number;
  readonly dipRad: number;
  /** Turn about the vertical that the first field asked for, rad. */
  readonly startTurnRad: number;
}

/** Doubt about the first heading, and about any heading before a field was accepted, rad. */
const START_SIGMA_RAD = 10 * RAD_PER_DEG;
const UNPROVEN_SIGMA_RAD = 25 * RAD_PER_DEG;
const ACCEPTED_SIGMA_RAD = 4 * RAD_PER_DEG;
/** Errors of the field's direction last as long as the sensor stays in one place: one observation per so many s. */
const CORRELATION_S = 10;
/** A field is the same while norm and dip stay within these of its mean; they also soften the trust inside. */
const NORM_GATE = 0.1;
const NORM_SOFT = 0.03;
const DIP_GATE_RAD = 8 * RAD_PER_DEG;
const DIP_SOFT_RAD = 3 * RAD_PER_DEG;
const FOLLOW_S = 20;
/** A candidate starts anew when it was left for so long in all; it replaces a lost reference when held for so long. */
const BROKEN_S = 2;
const REPLACE_S = 20;
/** What proves a field: a magnet on the sensor turns with it, so the field must stay while the sensor turns enough. */
const COVERAGE_LEAST = 0.12;
const TURNING_LEAST_S = 3;
const TURNING_RAD_PER_S = 0.2;
/** Near the poles, or beside iron, the horizontal part is too small for a heading. */
const HORIZONTAL_LEAST = 0.15;

/** What made the world look north: nothing yet, the first sample (noisy), or the mean of a batch. */
const TURN = { none: 0, bySample: 1, byBatch: 2 } as const;

/** Offsets into the state of the reference. */
const AT = {
  turnStage: 0,
  startTurn: 1,
  isAccepted: 2,
  norm: 3,
  dip: 4,
  hasCandidate: 5,
  candidateNorm: 6,
  candidateDip: 7,
  brokenS: 8,
  heldS: 9,
  turningS: 10,
  unitX: 11,
  unitY: 12,
  unitZ: 13,
  length: 14,
} as const;

/**
 * Decides what the magnetometer is worth and lets it steer the heading: weakly until a field has proven that it does
 * not turn with the sensor, then softly by how much it looks like itself, not at all outside. Nothing here allocates
 * after construction.
 */
export class MagneticReference {
  readonly #state = new Float64Array(AT.length);
  readonly #correctsEverything: boolean;
  readonly #known: FieldReference | null;

  /** @param known a field found by an earlier pass over the same recording, taken as proven */
  constructor(correctsEverything: boolean, known: FieldReference | null) {
    this.#correctsEverything = correctsEverything;
    this.#known = known;
    this.reset();
  }

  reset(): void {
    const s = this.#state,
      known = this.#known;
    s.fill(0);
    if (known === null || !known.isProven) return;
    s[AT.isAccepted] = 1;
    s[AT.norm] = known.normMicroTesla;
    s[AT.dip] = known.dipRad;
  }

  /** What was found so far, or null when no field was met. */
  get field(): FieldReference | null {
    const s = this.#state;
    if (s[AT.turnStage] === TURN.none) return null;
    return {
      isProven: s[AT.isAccepted] === 1,
      normMicroTesla: s[AT.norm],
      dipRad: s[AT.dip],
      startTurnRad: s[AT.startTurn],
    };
  }

  /** Turns a freshly levelled attitude to the north of the first sample; without a field the first batch does it. */
  start(strapdown: Strapdown, errors: ErrorState, sample: Float64Array): void {
    const s = this.#state,
      q = strapdown.q;
    const w = q[0],
      x = q[1],
      y = q[2],
      z = q[3];
    const mx = sample[6],
      my = sample[7],
      mz = sample[8];
    let turn = this.#known?.startTurnRad ?? Number.NaN;
    if (this.#known === null) {
      const east = (1 - 2 * (y * y + z * z)) * mx + 2 * (x * y - w * z) * my + 2 * (x * z + w * y) * mz,
        north = 2 * (x * y + w * z) * mx + (1 - 2 * (x * x + z * z)) * my + 2 * (y * z - w * x) * mz;
      if (!(east * east + north * north > 0)) return;
      turn = Math.atan2(east, north);
    }
    heading[2] = turn;
    turnInWorld(q, heading, 0);
    errors.covariance[(ANGLE + 2) * (STATE_COUNT + 1)] += START_SIGMA_RAD ** 2;
    s[AT.startTurn] = turn;
    s[AT.turnStage] = this.#known === null ? TURN.bySample : TURN.byBatch;
  }

  /** One batch of field, after the other observations of its round. */
  observe(strapdown: Strapdown, errors: ErrorState, timeS: number): void {
    const s = this.#state,
      sums = strapdown.sums;
    const magTimeS = sums[SUM.magTimeS];
    if (magTimeS < 0.5 * timeS) return;
    const east = sums[SUM.magWorld] / magTimeS,
      north = sums[SUM.magWorld + 1] / magTimeS,
      up = sums[SUM.magWorld + 2] / magTimeS;
    const horizontal = Math.sqrt(east * east + north * north),
      norm = Math.sqrt(horizontal * horizontal + up * up);
    if (!(horizontal > HORIZONTAL_LEAST * norm)) return;
    const dip = Math.atan2(-up, horizontal);
    const innovation = Math.atan2(east, north);
    if (s[AT.turnStage] !== TURN.byBatch) {
      this.#turnWorld(strapdown, errors, innovation);
      return;
    }
    const isTurning = sums[SUM.rateSquared] > TURNING_RAD_PER_S * TURNING_RAD_PER_S * timeS;
    if (s[AT.isAccepted] === 1) {
      const normError = Math.abs(norm / s[AT.norm] - 1),
        dipError = Math.abs(dip - s[AT.dip]);
      if (normError < NORM_GATE && dipError < DIP_GATE_RAD) {
        const sigma = ACCEPTED_SIGMA_RAD * (1 + normError / NORM_SOFT + dipError / DIP_SOFT_RAD);
        errors.input[INPUT.innovation] = innovation;
        errors.input[INPUT.variance] = (sigma * sigma * CORRELATION_S) / timeS;
        this.#correct(errors);
        s[AT.norm] += (timeS / FOLLOW_S) * (norm - s[AT.norm]);
        s[AT.dip] += (timeS / FOLLOW_S) * (dip - s[AT.dip]);
        s[AT.hasCandidate] = 0;
        return;
      }
      this.#follow(norm, dip, timeS, isTurning, sums);
      if (this.#isProven() && s[AT.heldS] > REPLACE_S) this.#accept();
      return;
    }
    this.#follow(norm, dip, timeS, isTurning, sums);
    if (this.#isProven()) this.#accept();
    errors.input[INPUT.innovation] = innovation;
    errors.input[INPUT.variance] = (UNPROVEN_SIGMA_RAD ** 2 * CORRELATION_S) / timeS;
    this.#correct(errors);
  }

  /** Keeps the running mean of a field that might become the reference, and how much the sensor turned in it. */
  #follow(norm: number, dip: number, timeS: number, isTurning: boolean, sums: Float64Array): void {
    const s = this.#state;
    if (s[AT.hasCandidate] === 1) {
      const fits =
        Math.abs(norm / s[AT.candidateNorm] - 1) < NORM_GATE &&
        Math.abs(dip - s[AT.candidateDip]) < DIP_GATE_RAD;
      if (!fits) {
        s[AT.brokenS] += timeS;
        if (s[AT.brokenS] < BROKEN_S) return;
        s[AT.hasCandidate] = 0;
      }
    }
    if (s[AT.hasCandidate] === 0) {
      s.fill(0, AT.hasCandidate);
      s[AT.hasCandidate] = 1;
      s[AT.candidateNorm] = norm;
      s[AT.candidateDip] = dip;
    }
    s[AT.heldS] += timeS;
    s[AT.candidateNorm] += (timeS / FOLLOW_S) * (norm - s[AT.candidateNorm]);
    s[AT.candidateDip] += (timeS / FOLLOW_S) * (dip - s[AT.candidateDip]);
    if (!isTurning) return;
    const mx = sums[SUM.magSensor],
      my = sums[SUM.magSensor + 1],
      mz = sums[SUM.magSensor + 2];
    const weight = timeS / Math.sqrt(mx * mx + my * my + mz * mz);
    s[AT.turningS] += timeS;
    s[AT.unitX] += mx * weight;
    s[AT.unitY] += my * weight;
    s[AT.unitZ] += mz * weight;
  }

  #isProven(): boolean {
    const s = this.#state;
    if (s[AT.turningS] <= TURNING_LEAST_S) return false;
    const mean = Math.sqrt(s[AT.unitX] ** 2 + s[AT.unitY] ** 2 + s[AT.unitZ] ** 2) / s[AT.turningS];
    return 1 - mean > COVERAGE_LEAST;
  }

  #accept(): void {
    const s = this.#state;
    s[AT.isAccepted] = 1;
    s[AT.norm] = s[AT.candidateNorm];
    s[AT.dip] = s[AT.candidateDip];
    s[AT.hasCandidate] = 0;
  }

  #correct(errors: ErrorState): void {
    if (this.#correctsEverything) observe(errors, ANGLE + 2);
    else observeAlone(errors, ANGLE + 2);
  }

  /** Turns world, velocity and covariance together to the field of the first whole batch. */
  #turnWorld(strapdown: Strapdown, errors: ErrorState, turn: number): void {
    const s = this.#state,
      v = strapdown.velocity;
    heading[2] = turn;
    turnInWorld(strapdown.q, heading, 0);
    const c = Math.cos(turn),
      n = Math.sin(turn),
      vx = v[0],
      vy = v[1];
    v[0] = c * vx - n * vy;
    v[1] = n * vx + c * vy;
    rotateHorizontal(errors, c, n);
    if (s[AT.turnStage] === TURN.none)
      errors.covariance[(ANGLE + 2) * (STATE_COUNT + 1)] += START_SIGMA_RAD ** 2;
    s[AT.startTurn] += turn;
    s[AT.turnStage] = TURN.byBatch;
  }
}

/** A turn about the vertical, as a rotation vector. */
const heading = new Float64Array(3);
