import { RAD_PER_DEG } from '../math/angle.ts';

/** The earth's field where people live, uT. */
const EARTH_MICRO_TESLA = [20, 80] as const;
/** A field is the same while it stays within these of its middle: the gates of the orientation filter. */
const NORM_GATE = 0.1;
const DIP_GATE_RAD = 8 * RAD_PER_DEG;
/** Of the readings that many must be inside. */
const STEADY_SHARE = 0.95;
/** How long the sensor is to be moved about, s, and how fast a hand turns it that moves it slowly, rad/s. */
export const SURVEY_S = 15;
const MOVED_RAD_PER_S = 0.03;
const TOO_FAST_RAD_PER_S = 1.5;
/** A reading that comes later than this after the one before says nothing of the time between. */
const LONGEST_STEP_MS = 300;

export interface FieldReading {
  /** NaN where the sensor has no magnetometer, or did not send of late. */
  readonly fieldMicroTesla: number;
  /** Below the horizon, rad. */
  readonly dipRad: number;
  readonly rateRadPerS: number;
}

export interface FieldFinding {
  readonly verdict: 'steady' | 'disturbed' | 'notEarths';
  readonly medianMicroTesla: number;
  /** Between the 5th and the 95th percentile. */
  readonly spreadMicroTesla: number;
  readonly dipSpreadRad: number;
}

export type SurveyState =
  | { readonly kind: 'noField' }
  | {
      readonly kind: 'moving';
      readonly fraction: number;
      readonly hint: 'moveOn' | 'slower' | null;
      /** Whether the field here is as it was in most places so far; null before that can be told. */
      readonly isUsualHere: boolean | null;
    }
  | { readonly kind: 'found'; readonly finding: FieldFinding };

/**
 * Magnetic survey of a chair or a bed: one sensor is moved slowly over the place, the same way round, and its field is
 * compared from place to place. A sensor that lies still, or is swung, tells nothing of the place.
 */
export class FieldSurvey {
  private readonly norms: number[] = [];
  private readonly dips: number[] = [];
  private movedS = 0;
  private lastMs = NaN;
  private finding: FieldFinding | null = null;

  take({ fieldMicroTesla, dipRad, rateRadPerS }: FieldReading, nowMs: number): SurveyState {
    if (this.finding !== null) return { kind: 'found', finding: this.finding };
    const stepMs = nowMs - this.lastMs;
    this.lastMs = nowMs;
    if (!Number.isFinite(fieldMicroTesla) || !Number.isFinite(dipRad)) return { kind: 'noField' };
    const isMoved = rateRadPerS >= MOVED_RAD_PER_S && rateRadPerS <= TOO_FAST_RAD_PER_S;
    if (isMoved && stepMs <= LONGEST_STEP_MS) {
      this.movedS += stepMs / 1000;
      this.norms.push(fieldMicroTesla);
      this.dips.push(dipRad);
    }
    if (this.movedS >= SURVEY_S) {
      this.finding = judgeField(this.norms, this.dips);
      return { kind: 'found', finding: this.finding };
    }
    return {
      kind: 'moving',
      fraction: this.movedS / SURVEY_S,
      hint: isMoved ? null : rateRadPerS > TOO_FAST_RAD_PER_S ? 'slower' : 'moveOn',
      isUsualHere:
        this.norms.length < 20 ? null : isInside(fieldMicroTesla, dipRad, middleOf(this.norms, this.dips)),
    };
  }
}

/** @param norms,dips of as many readings, uT and rad; at least one */
export function judgeField(norms: readonly number[], dips: readonly number[]): FieldFinding {
  const middle = middleOf(norms, dips);
  const inside = norms.filter((norm, i) => isInside(norm, dips[i], middle)).length;
  const [low, high] = EARTH_MICRO_TESLA;
  const isEarths = middle.norm >= low && middle.norm <= high;
  return {
    verdict: !isEarths ? 'notEarths' : inside >= STEADY_SHARE * norms.length ? 'steady' : 'disturbed',
    medianMicroTesla: middle.norm,
    spreadMicroTesla: quantile(norms, 0.95) - quantile(norms, 0.05),
    dipSpreadRad: quantile(dips, 0.95) - quantile(dips, 0.05),
  };
}

interface Middle {
  readonly norm: number;
  readonly dip: number;
}

function middleOf(norms: readonly number[], dips: readonly number[]): Middle {
  return { norm: quantile(norms, 0.5), dip: quantile(dips, 0.5) };
}

function isInside(norm: number, dip: number, middle: Middle): boolean {
  return (
    Math.abs(norm - middle.norm) <= NORM_GATE * middle.norm && Math.abs(dip - middle.dip) <= DIP_GATE_RAD
  );
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))];
}
