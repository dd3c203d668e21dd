import { RAD_PER_DEG } from '../math/angle.ts';
import { CUE_LIMITS } from './coaching-thresholds.ts';
import { compensationRules, shortestReturn, type CompensationRule } from './compensation-rules.ts';
import { COMPENSATION_SIGNALS, type CueCode } from './cue-rules.ts';
import type { MeasuredInstant } from './measured-instant.ts';
import type { MotionDefinition, Side } from './motion-definition.ts';
import type { RepetitionResult } from './repetition-result.ts';

const SUSTAIN_S = CUE_LIMITS.sustainS;
const HYSTERESIS_RAD = CUE_LIMITS.hysteresisDeg * RAD_PER_DEG;
const COOL_DOWN_MS = 1000 * CUE_LIMITS.coolDownS;
const LARGEST_REPEAT = CUE_LIMITS.mostOfOneKind;

/**
 * Watches for movements beside the intended one and picks at most one thing to say per repetition: a failed
 * compensation first, then haste, a warned compensation, range last; and a good word after each correction that helped.
 */
export class CueEngine {
  /** 0 none, 0.5 warned, 1 failed, now; null when nothing worn can show a compensation. */
  level: number | null = null;
  /** Size of the target of the direction that is meant now, rad; set by the caller before `step`. */
  targetRad = NaN;

  private readonly rules: readonly CompensationRule[];
  private readonly signalAt: readonly number[];
  private readonly sustainedS: Float64Array;
  private readonly failedS: Float64Array;
  private readonly shortestReturn: ReturnType<typeof shortestReturn>;
  private readonly awaySign: number;
  private readonly fastRadPerS: number;
  private readonly saidAtMs = new Map<CueCode, number>();
  private readonly saidCount = new Map<CueCode, number>();
  private hasSpokenInRepetition = false;
  private owesPraise = false;

  private readonly stepS: number;

  /** @param rateHz steady rate of the calls to `step` */
  constructor(motion: MotionDefinition, side: Side | null, rateHz: number) {
    this.stepS = 1 / rateHz;
    this.rules = compensationRules(motion.exerciseId);
    this.shortestReturn = shortestReturn(motion.exerciseId);
    this.signalAt = this.rules.map((rule) => COMPENSATION_SIGNALS.indexOf(rule.signal));
    this.sustainedS = new Float64Array(this.rules.length);
    this.failedS = new Float64Array(this.rules.length);
    // Side bend is positive to the right: away from a raised right arm is negative.
    this.awaySign = side === 'left' ? 1 : -1;
    this.fastRadPerS = motion.detection.maximumSpeedDegPerS * RAD_PER_DEG;
  }

  /**
   * @param now its compensation is not read
   * @param signals rad, in COMPENSATION_SIGNALS order, NaN where not observed
   * @returns what to say now, or null
   */
  step(now: MeasuredInstant, signals: Float64Array, isOut: boolean): CueCode | null {
    const { timeMs, angleRad, speedRadPerS } = now;
    let level: number | null = null,
      failed = NONE,
      warned = NONE;
    for (let i = 0; i < this.rules.length; i++) {
      const rule = this.rules[i];
      const raw = signals[this.signalAt[i]];
      if (!Number.isFinite(raw)) {
        this.sustainedS[i] = this.failedS[i] = 0;
        continue;
      }
      level = level ?? 0;
      const size = this.isLookedAt(rule, signals, angleRad) ? sizeOf(rule, raw, this.awaySign) : 0;
      const warnRad = limitRad(rule.warnDeg, rule.timesPrimary?.[0], angleRad);
      const failRad =
        rule.failDeg === null ? Infinity : limitRad(rule.failDeg, rule.timesPrimary?.[1], angleRad);
      gatherInto(this.sustainedS, i, size, warnRad, this.stepS);
      gatherInto(this.failedS, i, size, failRad, this.stepS);
      const isSpoken = isOut || rule.gates?.some((gate) => 'belowTarget' in gate) === true;
      if (this.failedS[i] >= SUSTAIN_S) {
        level = 1;
        if (isSpoken && failed === NONE) failed = i;
      } else if (this.sustainedS[i] >= SUSTAIN_S) {
        level = Math.max(level, 0.5);
        if (isSpoken && warned === NONE) warned = i;
      }
    }
    this.level = level;
    if (failed !== NONE && this.mayCorrect(this.rules[failed].cue, timeMs))
      return this.correct(this.rules[failed].cue, timeMs);
    if (isOut && Math.abs(speedRadPerS) > this.fastRadPerS && this.mayCorrect('slower', timeMs))
      return this.correct('slower', timeMs);
    if (warned !== NONE && this.mayCorrect(this.rules[warned].cue, timeMs))
      return this.correct(this.rules[warned].cue, timeMs);
    return null;
  }

  private isLookedAt(rule: CompensationRule, signals: Float64Array, angleRad: number): boolean {
    const gates = rule.gates;
    if (gates === undefined) return true;
    for (let i = 0; i < gates.length; i++) {
      const gate = gates[i];
      if ('belowTarget' in gate) {
        if (!(Math.abs(angleRad) < gate.belowTarget * this.targetRad)) return false;
        continue;
      }
      const value = signals[COMPENSATION_SIGNALS.indexOf(gate.signal)];
      const limit = gate.deg * RAD_PER_DEG;
      if (!(gate.when === 'above' ? value > limit : value < limit)) return false;
    }
    return true;
  }

  /**
   * What the finished repetition gives to say, if anything; the next repetition may be spoken to again.
   *
   * @param backS how long its way back took, s; NaN where that was not seen
   */
  repetitionEnded(repetition: RepetitionResult, backS: number): CueCode | null {
    const hasSpoken = this.hasSpokenInRepetition;
    this.hasSpokenInRepetition = false;
    if (hasSpoken) return null;
    const timeMs = repetition.endMs;
    if (repetition.verdict === 'wrongSide') return this.sayIfAllowed('otherSide', timeMs);
    if (repetition.verdict === 'tooFast') return this.sayIfAllowed('slower', timeMs);
    if (this.shortestReturn !== null && backS < this.shortestReturn.atLeastS)
      return this.sayIfAllowed(this.shortestReturn.cue, timeMs);
    if (repetition.verdict === 'partial' || repetition.verdict === 'small')
      return repetition.targetRad === null ? null : this.sayIfAllowed('aLittleFurther', timeMs);
    if (repetition.verdict === 'good' && repetition.reasons.includes('holdTooShort'))
      return this.sayIfAllowed('holdAtTheEnd', timeMs);
    if (this.owesPraise && repetition.verdict === 'full' && !repetition.reasons.includes('compensation')) {
      this.owesPraise = false;
      return 'wellDone';
    }
    return null;
  }

  private sayIfAllowed(cue: CueCode, timeMs: number): CueCode | null {
    if (!this.mayCorrect(cue, timeMs)) return null;
    this.correct(cue, timeMs);
    this.hasSpokenInRepetition = false;
    return cue;
  }

  private mayCorrect(cue: CueCode, timeMs: number): boolean {
    if (this.hasSpokenInRepetition || (this.saidCount.get(cue) ?? 0) >= LARGEST_REPEAT) return false;
    return timeMs - (this.saidAtMs.get(cue) ?? -Infinity) >= COOL_DOWN_MS;
  }

  private correct(cue: CueCode, timeMs: number): CueCode {
    this.saidAtMs.set(cue, timeMs);
    this.saidCount.set(cue, (this.saidCount.get(cue) ?? 0) + 1);
    this.hasSpokenInRepetition = true;
    this.owesPraise = true;
    return cue;
  }
}

const NONE = -1;

/** How far a signal goes the way that the rule looks at, rad. */
function sizeOf(rule: CompensationRule, raw: number, awaySign: number): number {
  const from = raw - (rule.offsetDeg ?? 0) * RAD_PER_DEG;
  switch (rule.when) {
    case 'either':
      return Math.abs(from);
    case 'above':
      return from;
    case 'below':
      return -from;
    case 'away':
      return awaySign * from;
  }
}

/** @param times the limit grows to as many times the movement itself; undefined: it stays */
function limitRad(limitDeg: number, times: number | undefined, angleRad: number): number {
  const limit = limitDeg * RAD_PER_DEG;
  return times === undefined ? limit : Math.max(limit, times * Math.abs(angleRad));
}

/** Seconds above the limit; forgotten only once the signal is clearly below it again. */
function gatherInto(sumS: Float64Array, i: number, size: number, limitRad: number, dtS: number): void {
  if (size > limitRad) sumS[i] += dtS;
  else if (sumS[i] < SUSTAIN_S || size < limitRad - HYSTERESIS_RAD) sumS[i] = 0;
}
