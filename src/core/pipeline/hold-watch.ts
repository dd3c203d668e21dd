import { gravityFlexionRad, gravityPhaseRad, gravitySideBendRad, upInSegmentInto } from '../body/angles.ts';
import { measureBreathing } from '../breathing/breathing-rate.ts';
import { libraryExercise } from '../exercise/exercise-library.ts';
import { PostureGate, type Deviation } from '../exercise/posture-gate.ts';
import { wrapRad } from '../math/angle.ts';
import type { LiveBody } from './live-body.ts';
import type { HoldWatchPlan } from './pipeline-command.ts';
import type { PipelineFact } from './pipeline-fact.ts';

/** Where the hold began is the mean of this much of it, s. */
const ZERO_S = 1;
/** With less of a hold seen than this nobody can say whether it was kept. */
const LEAST_SEEN_SHARE = 0.8;
/** Orientations kept for the breath, in instants of the common axis and at most, s. */
const BREATH_EVERY = 5;
const LONGEST_BREATHS_S = 900;
/** A rate is said from this long a window, and as often. */
const BREATH_WINDOW_S = 30;
const BREATH_SAID_EVERY_S = 10;
/** Near the pace, breaths a minute (clinical page, E22). */
const NEAR_PACE_PER_MIN = 1.5;
/** With less of it still enough, no share of the time is stated. */
const LEAST_BREATH_WINDOWS = 3;

/** What the upper back's sensor saw of a hold by the clock, or of paced breathing. Times of the session in ms. */
export interface HoldWatchResult {
  readonly startMs: number;
  readonly endMs: number;
  /** With a signal, s. */
  readonly seenS: number;
  /** Of these in the posture, s; missing where no posture is asked for. */
  readonly insideS?: number;
  /** Whether enough of it was in the posture; null where too little was seen to tell. */
  readonly isKept?: boolean | null;
  /** Standard deviation of the watched angle, rad; null where too little was seen. */
  readonly spreadRad?: number | null;
  /** Breaths per minute, from still windows of 30 s; null where they cannot tell. */
  readonly breathsPerMin?: number | null;
  /** Share of those windows within 1.5 breaths a minute of the pace; null without a pace or with too few windows. */
  readonly nearPaceShare?: number | null;
}

/** Zero of the posture: kept through the holds of one set. */
export interface PostureZero {
  flexionRad: number;
  sideBendRad: number;
  phaseRad: number;
}

/**
 * One hold, or one stretch of paced breathing, seen by the upper back's sensor. Only gravity is read: no heading is
 * needed, nothing drifts. Driven at every instant of the common axis.
 */
export class HoldWatch {
  private readonly plan: HoldWatchPlan;
  private readonly body: LiveBody;
  private readonly stepS: number;
  private readonly startMs: number;
  private readonly zero: PostureZero;
  private readonly gate: PostureGate | null;
  private readonly endsOutsideS: number;
  private readonly emit: (fact: PipelineFact) => void;
  private readonly up = new Float64Array(3);
  private readonly upSum = new Float64Array(3);
  private readonly deviation: Deviation = { flexionRad: NaN, sideBendRad: NaN, rollRad: NaN };
  private readonly breath: { readonly timeS: Float64Array; readonly q: Float64Array } | null;
  private breathCount = 0;
  private instants = 0;
  private zeroLeftS: number;
  private seenS = 0;
  private wasOut = false;
  private isOver = false;
  private saidBreathMs: number;

  /** @param zero written where the plan takes a new one, read otherwise */
  constructor(
    plan: HoldWatchPlan,
    body: LiveBody,
    rateHz: number,
    startMs: number,
    zero: PostureZero,
    emit: (fact: PipelineFact) => void,
  ) {
    this.plan = plan;
    this.body = body;
    this.stepS = 1 / rateHz;
    this.startMs = startMs;
    this.zero = zero;
    this.emit = emit;
    const { counting } = libraryExercise(plan.exerciseId);
    const window = counting.by === 'holds' || counting.by === 'steady' ? counting.window : null;
    this.gate = window === null ? null : new PostureGate(window, this.stepS);
    this.endsOutsideS = counting.by === 'steady' ? counting.endsOutsideS : Infinity;
    this.zeroLeftS = plan.takesZero ? ZERO_S : 0;
    this.saidBreathMs = startMs + 1000 * (BREATH_WINDOW_S - BREATH_SAID_EVERY_S);
    const most = Math.ceil((LONGEST_BREATHS_S * rateHz) / BREATH_EVERY);
    this.breath =
      counting.by === 'breaths' ? { timeS: new Float64Array(most), q: new Float64Array(4 * most) } : null;
  }

  follow(timeMs: number): void {
    const segment = this.body.segment('upperBack');
    this.keepBreath(timeMs, segment.isValid, segment.qFacingFromSegment);
    if (!segment.isValid) return;
    this.seenS += this.stepS;
    if (this.gate === null) return;
    upInSegmentInto(this.up, segment.qFacingFromSegment);
    if (this.zeroLeftS > 0) {
      this.takeZero();
      return;
    }
    const { zero, up, deviation, gate } = this;
    deviation.flexionRad = gravityFlexionRad(up) - zero.flexionRad;
    deviation.sideBendRad = gravitySideBendRad(up) - zero.sideBendRad;
    deviation.rollRad = wrapRad(gravityPhaseRad(up) - zero.phaseRad);
    gate.push(deviation);
    if (gate.hasLeft !== this.wasOut) {
      this.wasOut = gate.hasLeft;
      this.emit({ kind: this.wasOut ? 'holdLeft' : 'holdFound' });
    }
    if (!this.isOver && gate.outsideS > this.endsOutsideS) {
      this.isOver = true;
      this.emit({ kind: 'holdOver', seconds: (timeMs - this.startMs) / 1000 - gate.outsideS });
    }
  }

  end(timeMs: number): HoldWatchResult {
    const { gate } = this;
    const lengthS = (timeMs - this.startMs) / 1000;
    const isSeen = this.seenS >= LEAST_SEEN_SHARE * lengthS && (gate?.seenS ?? 1) > 0;
    const common = { startMs: this.startMs, endMs: timeMs, seenS: this.seenS };
    if (this.breath !== null) return { ...common, ...this.breathing() };
    if (gate === null) return common;
    return {
      ...common,
      insideS: gate.insideS,
      isKept: isSeen ? gate.insideShare >= this.leastShare : null,
      spreadRad: isSeen ? gate.spreadRad : null,
    };
  }

  private get leastShare(): number {
    const { counting } = libraryExercise(this.plan.exerciseId);
    return counting.by === 'holds' || counting.by === 'steady' ? (counting.window?.leastShare ?? 0) : 0;
  }

  private takeZero(): void {
    const { upSum, up, zero } = this;
    for (let k = 0; k < 3; k++) upSum[k] += up[k];
    this.zeroLeftS -= this.stepS;
    if (this.zeroLeftS > 0) return;
    const length = Math.hypot(upSum[0], upSum[1], upSum[2]);
    for (let k = 0; k < 3; k++) upSum[k] /= length;
    zero.flexionRad = gravityFlexionRad(upSum);
    zero.sideBendRad = gravitySideBendRad(upSum);
    zero.phaseRad = gravityPhaseRad(upSum);
  }

  private keepBreath(timeMs: number, isValid: boolean, q: ArrayLike<number>): void {
    const { breath } = this;
    if (breath === null || this.instants++ % BREATH_EVERY !== 0 || this.breathCount >= breath.timeS.length)
      return;
    const at = this.breathCount++;
    breath.timeS[at] = timeMs / 1000;
    for (let k = 0; k < 4; k++) breath.q[4 * at + k] = isValid ? q[k] : NaN;
    if (timeMs - this.saidBreathMs < 1000 * BREATH_SAID_EVERY_S) return;
    this.saidBreathMs = timeMs;
    const first = Math.max(0, at + 1 - Math.round(BREATH_WINDOW_S / (BREATH_EVERY * this.stepS)));
    const { ratePerMin } = measureBreathing(
      breath.timeS.subarray(first, at + 1),
      breath.q.subarray(4 * first, 4 * at + 4),
    );
    this.emit({ kind: 'breathsRead', perMin: ratePerMin });
  }

  private breathing(): Pick<HoldWatchResult, 'breathsPerMin' | 'nearPaceShare'> {
    const { breath, breathCount: count } = this;
    if (breath === null) return {};
    const { ratePerMin, windows } = measureBreathing(
      breath.timeS.subarray(0, count),
      breath.q.subarray(0, 4 * count),
    );
    const { pacePerMin } = this.plan;
    const rates = windows.flatMap((window) => (window.ratePerMin === null ? [] : [window.ratePerMin]));
    const near = rates.filter((rate) => Math.abs(rate - (pacePerMin ?? NaN)) <= NEAR_PACE_PER_MIN);
    return {
      breathsPerMin: ratePerMin,
      nearPaceShare:
        pacePerMin === null || rates.length < LEAST_BREATH_WINDOWS ? null : near.length / rates.length,
    };
  }
}
