import { RAD_PER_DEG } from '../math/angle.ts';
import { QUALITY_POINTS as POINTS } from './coaching-thresholds.ts';
import type { MotionDefinition } from './motion-definition.ts';

/** How far outside its range a time may be measured before it counts as outside. */
const TEMPO_TOLERANCE = 0.15;

export interface QualityTerms {
  readonly peakRad: number;
  readonly targetRad: number;
  /** Times from start to peak and from leaving the peak to the start posture, s; NaN when not measured. */
  readonly outS: number;
  readonly backS: number;
  /** 0 none, 0.5 warned, 1 failed; null when nothing that is worn can show any. */
  readonly compensation: number | null;
  readonly returnResidualRad: number;
}

/** Quality of one repetition, 0 to 100: reach 40, tempo 20, compensation 30, return 10. Unobserved terms drop out. */
export function repetitionQuality(motion: MotionDefinition, terms: QualityTerms): number {
  let points = POINTS.reach * Math.min(1, Math.max(0, terms.peakRad / terms.targetRad)),
    possible: number = POINTS.reach;
  const tempo = tempoScore(motion, terms.outS, terms.backS);
  if (Number.isFinite(tempo)) {
    points += POINTS.tempo * tempo;
    possible += POINTS.tempo;
  }
  if (terms.compensation !== null) {
    points += POINTS.compensation * (1 - terms.compensation);
    possible += POINTS.compensation;
  }
  const residualDeg = Math.abs(terms.returnResidualRad) / RAD_PER_DEG;
  if (Number.isFinite(residualDeg)) {
    const missed = (residualDeg - POINTS.returnFullDeg) / (POINTS.returnNoneDeg - POINTS.returnFullDeg);
    points += POINTS.return * Math.min(1, Math.max(0, 1 - missed));
    possible += POINTS.return;
  }
  return (100 * points) / possible;
}

/** 1 inside the exercise's tempo, falling to 0 at 50 % outside; the worse of out and back. NaN when neither is known. */
function tempoScore(motion: MotionDefinition, outS: number, backS: number): number {
  const out = rangeScore(outS, motion.tempo.outS.min, motion.tempo.outS.max);
  const back = rangeScore(backS, motion.tempo.backS.min, motion.tempo.backS.max);
  if (!Number.isFinite(out)) return back;
  return Number.isFinite(back) ? Math.min(out, back) : out;
}

function rangeScore(value: number, min: number, max: number): number {
  const low = min * (1 - TEMPO_TOLERANCE),
    high = max * (1 + TEMPO_TOLERANCE);
  if (value < low) return Math.max(0, 1 - (low - value) / (0.5 * min));
  if (value > high) return Math.max(0, 1 - (value - high) / (0.5 * max));
  return Number.isFinite(value) ? 1 : NaN;
}

export function isOutTooFast(motion: MotionDefinition, outS: number): boolean {
  return outS < motion.tempo.outS.min * (1 - TEMPO_TOLERANCE);
}

export function isOutTooSlow(motion: MotionDefinition, outS: number): boolean {
  return outS > motion.tempo.outS.max * (1 + TEMPO_TOLERANCE);
}

/** When a smooth (minimum-jerk) movement of duration 1 has covered this share of its way, 0 to 1. */
export function smoothMoveTime(share: number): number {
  let low = 0,
    high = 1;
  for (let i = 0; i < 40; i++) {
    const t = (low + high) / 2;
    if (t * t * t * (10 - 15 * t + 6 * t * t) < share) low = t;
    else high = t;
  }
  return (low + high) / 2;
}
