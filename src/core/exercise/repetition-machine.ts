import { RAD_PER_DEG } from '../math/angle.ts';
import { ExcursionTrace } from './excursion-trace.ts';
import { createMeasuredInstant, type MeasuredInstant } from './measured-instant.ts';
import type { MotionDefinition, MotionDirection, Side } from './motion-definition.ts';
import { setDirections } from './motion-definitions.ts';
import { isOutTooFast, isOutTooSlow, repetitionQuality } from './repetition-quality.ts';
import type { RepetitionReason, RepetitionResult } from './repetition-result.ts';
import { repetitionThresholds, type RepetitionThresholds } from './repetition-thresholds.ts';

export type RepetitionPhase = 'none' | 'wait' | 'ready' | 'out' | 'target' | 'back';

export interface RepetitionSettings {
  readonly motion: MotionDefinition;
  /** Null: both directions count, in any order; the other one is expected next. Arm movements name their arm. */
  readonly side: Side | null;
  readonly personalMaximumRad: { readonly positive: number | null; readonly negative: number | null };
  readonly targetFraction: number;
  readonly test: boolean;
  /** Standard deviation of the measure's noise, rad. */
  readonly noiseRad: number;
  /** True where the zero can wander (two headings, or one by gyroscope): the drift rule applies. */
  readonly drifts: boolean;
}

const WAIT_STILL_MS = 300;
const WAIT_SPEED_RAD_PER_S = 10 * RAD_PER_DEG;
const HOLD_SPEED_RAD_PER_S = 15 * RAD_PER_DEG;
const HOLD_TOLERANCE_S = 0.2;
const LONGEST_EXCURSION_S = 15;
const ACCEPT_RAD = 2 * RAD_PER_DEG;
const CORRECT_RAD = 5 * RAD_PER_DEG;
/** A return is over when the angle has come no nearer to the start for this long, or at the latest after SETTLE_LIMIT_MS. */
const SETTLE_MS = 250;
const SETTLE_LIMIT_MS = 1500;
/**
 * Whoever comes to rest this near to the start, in shares of the peak, is back, even outside the return band: in small
 * movements a body that settles by two degrees would never come home.
 */
const RESTED_SHARE = 0.4;
const RESTED_MS = 400;
/** From such a rest the next movement must go out by this share of the start threshold. */
const FROM_REST_SHARE = 0.5;
/** In small movements the zero follows by this share to where the person rests, and no further than so far in all. */
const FOLLOW_SHARE = 0.7;
const FOLLOW_LIMIT_RAD = 4 * RAD_PER_DEG;
const EDGE_RAD = 1.5 * RAD_PER_DEG;
/** Out and back within this time is a cough or a jolt: the fastest move that anyone makes on purpose takes longer. */
const JOLT_MS = 500;
const SETTLE_STEP_RAD = 0.3 * RAD_PER_DEG;

/**
 * Counts repetitions of one set: wait, ready, out, target, back (clinical page, section 5.2). Fed with the angle
 * relative to the set's start posture at a steady rate; allocates only when a repetition is judged.
 */
export class RepetitionMachine {
  phase: RepetitionPhase = 'wait';
  countedRepetitions = 0;
  /** Hold gathered in the running repetition, s. */
  holdS = 0;
  /** Signed, NaN before the first. */
  lastPeakRad = NaN;
  /** How long the way back of the repetition judged last took, s; NaN where it was not seen. */
  lastBackS = NaN;
  /** Direction expected next: 1, -1, or 0 for either. */
  expectedSign: 1 | -1 | 0;

  private settings: RepetitionSettings;
  private readonly allowed: readonly MotionDirection[];
  private positive!: RepetitionThresholds;
  private negative!: RepetitionThresholds;
  private isRetargeted = false;
  private readonly followsRest: boolean;
  /** Where the person last came to rest, as far as the zero follows; angles below are from here. */
  private zeroRad = 0;
  private readonly fromZero = createMeasuredInstant();
  private readonly trace = new ExcursionTrace();
  private readonly ended: RepetitionResult[] = [];
  private repetitionCount = 0;
  private sign: 1 | -1 = 1;
  private hasTimedOut = false;
  private hasLeftBand = false;
  /** Seen only once far out: how long it took cannot be said. */
  private leftUnseen = false;
  private stillSinceMs = NaN;
  private previousMs = NaN;
  private stepS = NaN;
  private beforeRad = 0;
  private compensation: number | null = null;
  private pending: Draft | null = null;
  private nearestRad = 0;
  private nearestMs = NaN;
  private pendingSinceMs = NaN;
  private restNearestRad = Infinity;
  private restSinceMs = NaN;

  constructor(settings: RepetitionSettings) {
    this.settings = settings;
    this.allowed = setDirections(settings.motion, settings.side);
    this.setLimits();
    this.followsRest = !settings.drifts && (this.positive.isSmall || this.negative.isSmall);
    this.expectedSign = this.allowed.every(({ sign }) => sign === this.allowed[0].sign)
      ? this.allowed[0].sign
      : 0;
  }

  /** Asks for another share of the personal maximum, from the next repetition on. */
  retarget(targetFraction: number): void {
    this.settings = { ...this.settings, targetFraction };
    this.isRetargeted = true;
  }

  private setLimits(): void {
    const { motion, personalMaximumRad, targetFraction, test, noiseRad } = this.settings;
    const limits = (maximumRad: number | null): RepetitionThresholds =>
      repetitionThresholds(motion, maximumRad, targetFraction, test, noiseRad);
    this.positive = limits(personalMaximumRad.positive);
    this.negative = limits(personalMaximumRad.negative);
    this.isRetargeted = false;
  }

  thresholds(sign: 1 | -1): RepetitionThresholds {
    return sign > 0 ? this.positive : this.negative;
  }

  /** Signed target of the direction now meant, NaN while there is none to show. */
  get targetRad(): number {
    const sign = this.isOut ? this.sign : this.expectedSign;
    if (sign === 0) return NaN;
    const limits = this.thresholds(sign);
    return limits.isProvisional ? NaN : sign * limits.targetRad;
  }

  get isOut(): boolean {
    return this.phase === 'out' || this.phase === 'target' || this.phase === 'back';
  }

  /** True between a repetition's return and its verdict. */
  get isSettling(): boolean {
    return this.pending !== null;
  }

  /** Oldest judged repetition that was not yet taken; null when there is none. */
  takeEnded(): RepetitionResult | null {
    return this.ended.shift() ?? null;
  }

  step(now: MeasuredInstant): void {
    this.stepS = Number.isFinite(this.previousMs) ? Math.min(0.1, (now.timeMs - this.previousMs) / 1000) : 0;
    this.previousMs = now.timeMs;
    const { fromZero } = this;
    fromZero.timeMs = now.timeMs;
    fromZero.angleRad = now.angleRad - this.zeroRad;
    fromZero.speedRadPerS = now.speedRadPerS;
    fromZero.halfWidth95Rad = now.halfWidth95Rad;
    fromZero.compensation = now.compensation;
    if (this.isRetargeted && !this.isOut) this.setLimits();
    if (this.pending !== null) this.settle(now.timeMs, fromZero.angleRad);
    if (this.phase === 'wait') this.stepWait(fromZero);
    else if (this.phase === 'ready') this.stepReady(fromZero);
    else if (this.isOut) this.stepOut(fromZero);
  }

  /** The signal is gone for good, or the person pauses or ends the set: a running repetition ends uncounted, the next waits for the start posture. */
  interrupt(timeMs: number, cause: 'signalLost' | 'stopped'): void {
    if (this.pending !== null) this.judge(this.nearestRad);
    if (this.isOut && this.trace.count > 0) {
      this.close(timeMs, cause);
      this.judge(NaN);
    }
    this.phase = 'wait';
    this.stillSinceMs = NaN;
    this.previousMs = NaN;
  }

  private stepWait({ timeMs, angleRad, speedRadPerS }: MeasuredInstant): void {
    const isHome =
      Math.abs(angleRad) < Math.min(this.positive.returnRad, this.negative.returnRad) &&
      Math.abs(speedRadPerS) < WAIT_SPEED_RAD_PER_S;
    if (!isHome) this.stillSinceMs = NaN;
    else if (!Number.isFinite(this.stillSinceMs)) this.stillSinceMs = timeMs;
    else if (timeMs - this.stillSinceMs >= WAIT_STILL_MS) {
      this.phase = 'ready';
      this.beforeRad = angleRad;
    }
  }

  private stepReady(now: MeasuredInstant): void {
    const { angleRad, speedRadPerS } = now;
    const sign = angleRad < 0 ? -1 : 1;
    const limits = this.thresholds(sign);
    // Whoever is far out was not seen leaving: the signal was lost on the way.
    const leaves = sign * angleRad > limits.startRad && sign * speedRadPerS > limits.startSpeedRadPerS;
    const fromRestRad = Math.min(sign * angleRad, sign * (angleRad - this.beforeRad));
    const isOutAlready = this.pending === null && fromRestRad > limits.smallestPeakRad;
    if (!isOutAlready && !(leaves && fromRestRad > FROM_REST_SHARE * limits.startRad)) return;
    if (this.pending !== null) this.judge(this.nearestRad);
    this.sign = sign;
    this.phase = 'out';
    this.leftUnseen = isOutAlready && !leaves;
    this.holdS = 0;
    this.hasTimedOut = false;
    this.hasLeftBand = sign * angleRad >= limits.returnRad;
    this.compensation = now.compensation;
    this.trace.clear();
    this.trace.add(now, sign);
  }

  private stepOut(now: MeasuredInstant): void {
    const { timeMs, speedRadPerS, compensation } = now;
    const limits = this.thresholds(this.sign);
    const outRad = this.sign * now.angleRad;
    this.trace.add(now, this.sign);
    if (compensation !== null) this.compensation = Math.max(this.compensation ?? 0, compensation);
    if (timeMs - this.trace.startMs > 1000 * (LONGEST_EXCURSION_S + this.settings.motion.tempo.holdS))
      this.hasTimedOut = true;
    // The start threshold may lie inside the return band: only who has left the band can come back into it.
    if (!this.hasLeftBand) {
      if (outRad >= limits.returnRad) this.hasLeftBand = true;
      else if (outRad < 0.8 * limits.startRad) this.phase = 'ready';
    } else if (outRad < limits.returnRad || this.hasRested(timeMs, outRad)) {
      this.close(timeMs, this.hasTimedOut ? 'timeout' : null);
      return;
    }
    if (this.phase === 'target') {
      if (outRad >= limits.holdFloorRad && Math.abs(speedRadPerS) < HOLD_SPEED_RAD_PER_S)
        this.holdS += this.stepS;
      if (outRad < limits.backRad) this.phase = 'back';
    } else if (outRad >= limits.enterTargetRad) {
      this.phase = 'target';
    } else if (this.phase === 'out' && outRad <= this.trace.maximumRad - limits.reversalDropRad) {
      this.phase = 'back';
    }
  }

  /** On the way back and no nearer to the start for a while. */
  private hasRested(timeMs: number, outRad: number): boolean {
    if (this.phase !== 'back' || outRad > RESTED_SHARE * this.trace.maximumRad) {
      this.restNearestRad = Infinity;
      return false;
    }
    if (outRad < this.restNearestRad - SETTLE_STEP_RAD) {
      this.restNearestRad = outRad;
      this.restSinceMs = timeMs;
    }
    return timeMs - this.restSinceMs >= RESTED_MS;
  }

  /** Repetition over: what can be said now is said and counted; the verdict's remainder waits for the return to settle. */
  private close(timeMs: number, cause: 'timeout' | 'signalLost' | 'stopped' | null): void {
    this.phase = 'ready';
    const limits = this.thresholds(this.sign);
    const peakRad = this.trace.peakRad();
    const isWrong = !this.allowed.some((direction) => direction.sign === this.sign);
    if (isWrong && peakRad < limits.smallestPeakRad) return;
    if (cause === null && !this.leftUnseen && timeMs - this.trace.startMs < JOLT_MS) return;
    // Hovering at the edge of the return band is no movement that anyone meant.
    if (cause === null && peakRad < Math.min(limits.returnRad + EDGE_RAD, limits.smallestPeakRad)) return;
    const motion = this.settings.motion;
    const outS = this.trace.outS(peakRad);
    const holdIsMet = this.holdS >= motion.tempo.holdS - HOLD_TOLERANCE_S;
    const isTooFast =
      this.trace.peakSpeedRadPerS > motion.detection.maximumSpeedDegPerS * RAD_PER_DEG ||
      isOutTooFast(motion, outS);
    let verdict: RepetitionResult['verdict'];
    if (cause !== null) verdict = cause;
    else if (isWrong) verdict = 'wrongSide';
    else if (peakRad < limits.smallestPeakRad) verdict = 'small';
    else if (isTooFast) verdict = 'tooFast';
    else if (peakRad >= limits.fullRad && holdIsMet) verdict = 'full';
    else if (peakRad >= limits.enterTargetRad) verdict = 'good';
    else verdict = 'partial';
    const counted =
      verdict === 'full' || verdict === 'good' || verdict === 'partial' || verdict === 'tooFast';
    const reasons: RepetitionReason[] = [];
    if (verdict === 'wrongSide') reasons.push('wrongSide');
    if (verdict === 'signalLost' || verdict === 'stopped') reasons.push(verdict);
    if (!limits.isProvisional && peakRad < limits.fullRad) reasons.push('shortOfTarget');
    else if (verdict === 'small') reasons.push('shortOfTarget');
    if (!holdIsMet) reasons.push('holdTooShort');
    if (isTooFast) reasons.push('tooFast');
    if (isOutTooSlow(motion, outS)) reasons.push('tooSlow');
    if ((this.compensation ?? 0) >= 0.5) reasons.push('compensation');
    if (counted) {
      this.countedRepetitions++;
      this.lastPeakRad = this.sign * peakRad + this.zeroRad;
      if (this.allowed.some(({ sign }) => sign !== this.sign)) this.expectedSign = this.sign > 0 ? -1 : 1;
    }
    const side =
      this.allowed.find((direction) => direction.sign === this.sign)?.side ??
      motion.directions.find((direction) => direction.sign === this.sign)?.side ??
      oppositeSide(this.allowed[0].side);
    this.pending = {
      side,
      sign: this.sign,
      startMs: this.trace.startMs,
      peakMs: this.trace.peakMs,
      endMs: timeMs,
      peakRad,
      zeroRad: this.zeroRad,
      peakHalfWidth95Rad: this.trace.peakHalfWidthRad,
      targetRad: limits.targetRad,
      isProvisional: limits.isProvisional,
      holdS: this.holdS,
      peakSpeedRadPerS: this.trace.peakSpeedRadPerS,
      verdict,
      counted,
      outS,
      backS: cause === 'signalLost' || cause === 'stopped' ? NaN : this.trace.backS(peakRad),
      compensation: this.compensation,
      reasons,
    };
    this.nearestRad = this.sign * Math.max(limits.returnRad, this.trace.lastRad);
    this.nearestMs = this.pendingSinceMs = timeMs;
    this.holdS = 0;
  }

  private settle(timeMs: number, angleRad: number): void {
    if (this.pending === null) return;
    if (angleRad * this.pending.sign < -ACCEPT_RAD) {
      // Straight on to the other side: the start was passed, more cannot be known.
      this.judge(0);
      return;
    }
    if (Math.abs(angleRad) < Math.abs(this.nearestRad) - SETTLE_STEP_RAD) {
      this.nearestRad = angleRad;
      this.nearestMs = timeMs;
    } else if (timeMs - this.nearestMs >= SETTLE_MS || timeMs - this.pendingSinceMs >= SETTLE_LIMIT_MS) {
      this.judge(Math.abs(angleRad) < Math.abs(this.nearestRad) + ACCEPT_RAD ? angleRad : this.nearestRad);
    }
  }

  /** Takes the zero along to a rest; returns where that rest is from the new zero. */
  private followRest(restRad: number): number {
    if (!this.followsRest) return restRad;
    const zeroRad = this.zeroRad + FOLLOW_SHARE * restRad;
    const before = this.zeroRad;
    this.zeroRad = Math.max(-FOLLOW_LIMIT_RAD, Math.min(FOLLOW_LIMIT_RAD, zeroRad));
    return restRad - (this.zeroRad - before);
  }

  /** @param afterRad angle left when the return had settled; NaN when it never did */
  private judge(afterRad: number): void {
    const draft = this.pending;
    if (draft === null) return;
    this.pending = null;
    this.lastBackS = draft.backS;
    const residualRad = afterRad - this.beforeRad;
    const size = Math.abs(residualRad);
    let drift: RepetitionResult['drift'] = 'accepted';
    let peakRad = draft.peakRad,
      halfWidthRad = draft.peakHalfWidth95Rad;
    if (this.settings.drifts && size > ACCEPT_RAD) {
      drift = size <= CORRECT_RAD ? 'corrected' : 'rejected';
      draft.reasons.push(drift === 'corrected' ? 'driftCorrected' : 'driftTooLarge');
      if (drift === 'corrected') {
        const share = (draft.peakMs - draft.startMs) / Math.max(1, draft.endMs - draft.startMs);
        peakRad -= draft.sign * (this.beforeRad + residualRad * share);
      }
      halfWidthRad = Math.hypot(halfWidthRad, size / 2);
    } else if (size > CORRECT_RAD) {
      draft.reasons.push('didNotReturn');
    }
    if (Number.isFinite(afterRad)) this.beforeRad = this.followRest(afterRad);
    const quality = repetitionQuality(this.settings.motion, {
      peakRad,
      targetRad: draft.targetRad,
      outS: draft.outS,
      backS: draft.backS,
      compensation: draft.compensation,
      returnResidualRad: residualRad,
    });
    this.ended.push({
      exerciseId: this.settings.motion.exerciseId,
      index: this.repetitionCount++,
      side: draft.side,
      startMs: draft.startMs,
      peakMs: draft.peakMs,
      endMs: draft.endMs,
      peakRad: Math.max(0, peakRad + draft.sign * draft.zeroRad),
      peakHalfWidth95Rad: halfWidthRad,
      targetRad: draft.isProvisional ? null : draft.targetRad,
      holdS: draft.holdS,
      peakSpeedRadPerS: draft.peakSpeedRadPerS,
      returnResidualRad: Number.isFinite(residualRad) ? residualRad : 0,
      verdict: draft.verdict,
      counted: draft.counted,
      drift,
      quality: Math.round(quality),
      compensation: draft.compensation,
      reasons: draft.reasons,
    });
  }
}

/** A repetition whose return is still being watched. */
interface Draft {
  readonly side: RepetitionResult['side'];
  readonly sign: 1 | -1;
  readonly startMs: number;
  readonly peakMs: number;
  readonly endMs: number;
  /** From the zero at that time. */
  readonly peakRad: number;
  readonly zeroRad: number;
  readonly peakHalfWidth95Rad: number;
  readonly targetRad: number;
  readonly isProvisional: boolean;
  readonly holdS: number;
  readonly peakSpeedRadPerS: number;
  readonly verdict: RepetitionResult['verdict'];
  readonly counted: boolean;
  readonly outS: number;
  readonly backS: number;
  readonly compensation: number | null;
  readonly reasons: RepetitionReason[];
}

function oppositeSide(side: RepetitionResult['side']): RepetitionResult['side'] {
  switch (side) {
    case 'left':
      return 'right';
    case 'right':
      return 'left';
    case 'forward':
      return 'backward';
    case 'backward':
      return 'forward';
  }
}
