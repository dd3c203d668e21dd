import { AngleSmoother } from '../exercise/angle-smoother.ts';
import { CueEngine } from '../exercise/cue-engine.ts';
import { createMeasuredInstant } from '../exercise/measured-instant.ts';
import type { MotionDefinition, MotionSensorSet } from '../exercise/motion-definition.ts';
import { RepetitionFormTracker } from '../exercise/repetition-form.ts';
import { RepetitionMachine } from '../exercise/repetition-machine.ts';
import type { RepetitionResult } from '../exercise/repetition-result.ts';
import { DEG_PER_RAD, RAD_PER_DEG } from '../math/angle.ts';
import type { QualityFlag } from '../quality/quality-flag.ts';
import { HEADING_AFTER_GAP_SIGMA_RAD, type LiveBody, type LiveSegment } from './live-body.ts';
import { HEADING_MARK, LONGEST_BRIDGE_MS } from './live-sensor.ts';
import type { SetPlan } from './pipeline-command.ts';
import { SetWatch } from './live-set-watch.ts';
import type { PauseCause, PipelineFact } from './pipeline-fact.ts';
import type { SetResult } from './session-result.ts';
import { PostureWatch } from './posture-watch.ts';
import { bestBySide } from './set-best.ts';
import { SetMeasure } from './set-measure.ts';
import { DOUBT, ZeroDoubt } from './zero-doubt.ts';

const START_STILL_MS = 2000;
const STILL_RAD_PER_S = 10 * RAD_PER_DEG;
const PAUSE_AFTER_MS = 2000;
const RESUME_AFTER_MS = 1000;
/** A hold counts as done this much before its full time, as the repetition's verdict takes it. */
const HOLD_TOLERANCE_S = 0.2;
/** All sensors send again for this long: the person, not the radio, is waited for. */
const FRESH_MS = 300;
const HOME_STILL_MS = 300;
/** Shortest rest that gives a lost heading back where gravity alone shows that the person is in the start posture. */
const HOME_PROOF_MS = 400;
/**
 * By how much longer than the hold that the exercise asks for a rest must last where gravity cannot show a turn: people
 * hold for half a second more, and the slow ends of a small turn look like rest for two thirds of a second each.
 */
const BEYOND_HOLD_MS = 2500;
/** Two packets lost in a row end no rest: a poor link would let nobody begin, and take the first hold for the start. */
const HOLE_IN_REST_MS = 400;
/** Slower than the slowest turn that is to be counted, its two ends apart. */
const REST_RAD_PER_S = 2.5 * RAD_PER_DEG;
/** A rest that lasts confirms the zero again after this long. */
const HOME_AGAIN_MS = 2000;
const NOISE_RAD = 0.3 * RAD_PER_DEG;
/** A zero that has moved, or may have, by this much is said. */
const DRIFT_RAD = 5 * RAD_PER_DEG;
/** With its zero in more doubt than this a turn is no measurement any more. */
const LARGEST_ZERO_SIGMA_RAD = 12 * RAD_PER_DEG;
const SLIP_RAD = 8 * RAD_PER_DEG;
const SLIP_HELD_MS = 1000;
/** A smaller change of lean that is still there at the next rest is no careless return. */
const REPEATED_SLIP_RAD = 6 * RAD_PER_DEG;
const ACROSS_MS = 8000;
const AWAY_MS = 12_000;
const AWAY_AT_END_MS = 7000;
/** Resting further out than this share of the largest repetition is holding one. */
const HELD_SHARE = 0.5;
/** Way travelled while away from the start, in units of the largest angle: out and back is two. */
const AWAY_SWINGS = 2.5;

export type SetPhase = 'waitingForStart' | 'running' | 'paused' | 'ended';

/** One set from "take your position" to its last repetition. Driven at every instant of the common axis. */
export class LiveSet {
  readonly plan: SetPlan;
  readonly measure: SetMeasure;
  readonly machine: RepetitionMachine;
  readonly qualityClass: 'A' | 'B' | 'C';
  phase: SetPhase = 'waitingForStart';
  pauseCause: PauseCause | null = null;
  readonly repetitions: RepetitionResult[] = [];
  /** Smoothed angle against the start, drift taken off; NaN without signal. */
  angleRad = NaN;
  halfWidth95Rad = NaN;
  startMs = NaN;

  private readonly body: LiveBody;
  private readonly emit: (fact: PipelineFact) => void;
  private readonly raise: (flag: QualityFlag) => void;
  private readonly smoother: AngleSmoother;
  private readonly cues: CueEngine;
  private readonly form: RepetitionFormTracker;
  private readonly watch: SetWatch;
  private isFollowing = false;
  private holdIsSaid = false;
  private readonly posture: PostureWatch;
  private readonly stepS: number;
  private readonly holdS: number;
  private readonly now = createMeasuredInstant();
  private readonly known = new Float64Array(4);
  private lastValidMs = NaN;
  private validSinceMs = NaN;
  /** Since when all sensors of the set send again, while the heading is still looked for. */
  private freshSinceMs = NaN;
  private freshMs = -Infinity;
  private stillSinceMs = NaN;
  private homeSinceMs = NaN;
  private confirmedMs = -Infinity;
  private slipSinceMs = NaN;
  private slipFlagged = false;
  /** Rests in a row, the present one included, that leaned differently than the start. */
  private slippedRests = 0;
  private restJudged = false;
  private awaySinceMs = NaN;
  private acrossSinceMs = NaN;
  private awayPathRad = 0;
  private awayLargestRad = 0;
  private driftFlagged = false;
  private baselineRad = 0;
  private readonly zeroDoubt = new ZeroDoubt();
  /** {@link HEADING_MARK} of each needed sensor when the zero was last confirmed. */
  private readonly seenMarks: readonly Float64Array[];
  private closureRad: number | null = null;
  private result: SetResult | null = null;

  constructor(
    plan: SetPlan,
    motion: MotionDefinition,
    set: MotionSensorSet,
    lowersClassA: boolean,
    body: LiveBody,
    rateHz: number,
    emit: (fact: PipelineFact) => void,
    raise: (flag: QualityFlag) => void,
  ) {
    this.plan = plan;
    this.body = body;
    this.emit = emit;
    this.raise = raise;
    this.stepS = 1 / rateHz;
    this.holdS = motion.tempo.holdS;
    this.measure = new SetMeasure(body, motion, set, plan.side);
    this.qualityClass = set.qualityClass === 'A' && lowersClassA ? 'B' : set.qualityClass;
    this.posture = new PostureWatch(body, motion, this.measure);
    this.machine = new RepetitionMachine({
      motion,
      side: this.measure.side,
      personalMaximumRad: plan.personalMaximumRad,
      targetFraction: plan.targetFraction,
      test: plan.test,
      noiseRad: NOISE_RAD,
      drifts: this.measure.drifts,
    });
    this.seenMarks = this.measure.needed.map(() => new Float64Array(HEADING_MARK.length));
    this.markSeen();
    this.smoother = new AngleSmoother(rateHz);
    this.form = new RepetitionFormTracker(motion.quantity);
    this.watch = new SetWatch(body, motion, this.measure);
    this.cues = new CueEngine(motion, this.measure.side, rateHz);
  }

  update(timeMs: number): void {
    if (this.phase === 'ended') return;
    if (this.phase === 'waitingForStart') {
      this.waitForStart(timeMs);
      return;
    }
    // Paused before it began: nothing is looked for until the person goes on.
    if (!this.hasStarted) return;
    if (!this.readMeasure()) {
      this.withoutSignal(timeMs);
      return;
    }
    if (timeMs - this.lastValidMs > LONGEST_BRIDGE_MS) this.smoother.reset();
    if (!(timeMs - this.lastValidMs <= LONGEST_BRIDGE_MS)) this.validSinceMs = timeMs;
    this.lastValidMs = timeMs;
    this.smoother.push(this.measure.angleRad - this.baselineRad);
    this.angleRad = this.smoother.angleRad;
    this.halfWidth95Rad = this.measure.halfWidth95Rad;
    if (this.phase === 'paused') {
      const isBack = this.pauseCause !== 'postureLeft' || this.posture.isBack(timeMs);
      if (this.pauseCause !== 'person' && isBack && timeMs - this.validSinceMs >= RESUME_AFTER_MS)
        this.resume();
      return;
    }
    if (this.posture.hasLeft(timeMs)) {
      this.pause('postureLeft', timeMs);
      return;
    }
    if (!this.measure.isStill(STILL_RAD_PER_S)) this.stillSinceMs = NaN;
    else if (!Number.isFinite(this.stillSinceMs)) this.stillSinceMs = timeMs;
    this.watchHome(timeMs);
    const { machine, now } = this;
    now.timeMs = timeMs;
    now.angleRad = this.angleRad;
    now.speedRadPerS = this.smoother.speedRadPerS;
    now.halfWidth95Rad = this.halfWidth95Rad;
    this.cues.targetRad = machine.thresholds(this.angleRad < 0 ? -1 : 1).targetRad;
    const cue = this.cues.step(now, this.measure.signals, machine.isOut);
    if (cue !== null) this.emit({ kind: 'cue', cue });
    now.compensation = this.cues.level;
    machine.step(now);
    this.watchHold();
    this.followForm();
    this.collect();
    this.watchAway(timeMs);
    if (machine.countedRepetitions >= this.plan.repetitions && !machine.isSettling && !machine.isOut)
      this.end(timeMs);
  }

  pause(cause: PauseCause, timeMs: number): void {
    if (this.phase === 'ended' || (this.phase === 'waitingForStart' && cause !== 'person')) return;
    // What a person paused goes on when they say so.
    if (this.pauseCause === 'person') return;
    if (this.phase === 'running') {
      const isLost = cause === 'signalLost' || cause === 'startSought';
      this.machine.interrupt(timeMs, isLost ? 'signalLost' : 'stopped');
      this.collect();
    }
    if (this.pauseCause === cause) return;
    this.phase = 'paused';
    this.pauseCause = cause;
    this.emit({ kind: 'setPaused', cause });
  }

  /** Another target from the next repetition on, as a share of the personal maximum; a test has none to change. */
  retarget(targetFraction: number): void {
    this.machine.retarget(targetFraction);
  }

  resume(): void {
    if (this.phase !== 'paused') return;
    const wasLost = this.pauseCause === 'signalLost' || this.pauseCause === 'startSought';
    this.phase = this.hasStarted ? 'running' : 'waitingForStart';
    this.pauseCause = null;
    this.homeSinceMs = this.stillSinceMs = NaN;
    this.posture.restart();
    this.emit({ kind: 'setResumed' });
    if (wasLost) this.emit({ kind: 'cue', cue: 'signalBack' });
  }

  /** Ends the set, once; a repetition that runs is dropped uncounted. */
  end(timeMs: number): SetResult {
    if (this.result !== null) return this.result;
    if (this.awayPathRad > AWAY_SWINGS * this.awayLargestRad && timeMs - this.awaySinceMs > AWAY_AT_END_MS)
      this.flagAway(timeMs);
    this.judgeLastRest(timeMs);
    if (this.phase === 'running') {
      this.machine.interrupt(timeMs, 'stopped');
      this.collect();
    }
    this.phase = 'ended';
    this.body.startPhaseRad = NaN;
    this.result = this.soFar(timeMs);
    if (this.hasStarted)
      for (const flag of this.watch.finish(this.startMs, timeMs, this.result.best)) this.raise(flag);
    this.emit({ kind: 'setEnded', plan: this.plan, repetitions: this.result.repetitions });
    return this.result;
  }

  /** Who rests at the end of a set is back at its start, even when a slip keeps the angle from saying so. */
  private judgeLastRest(timeMs: number): void {
    if (this.phase !== 'running' || !(timeMs - this.stillSinceMs >= SLIP_HELD_MS)) return;
    let largestRad = 0;
    for (const { peakRad } of this.repetitions) largestRad = Math.max(largestRad, peakRad);
    // Out as far as the movement goes is a held repetition.
    if (!(Math.abs(this.angleRad) < HELD_SHARE * largestRad)) return;
    this.restJudged = false;
    this.slippedRests = 1;
    this.watchSlip(timeMs);
  }

  /** What the set has come to at this time. */
  soFar(timeMs: number): SetResult {
    return {
      plan: this.plan,
      exerciseId: this.plan.exerciseId,
      measure: this.measure.measure,
      qualityClass: this.statedClass,
      startMs: this.hasStarted ? this.startMs : timeMs,
      endMs: timeMs,
      repetitions: [...this.repetitions],
      // What no spine can do may be counted as done, but it is no range.
      best: bestBySide(this.repetitions.filter((one) => this.watch.isPlausible(one))),
      neutralClosureRad: this.closureRad,
    };
  }

  private get hasStarted(): boolean {
    return Number.isFinite(this.startMs);
  }

  private get statedClass(): 'A' | 'B' | 'C' {
    return this.measure.isPrimaryOutcome ? this.qualityClass : 'C';
  }

  private waitForStart(timeMs: number): void {
    this.angleRad = NaN;
    if (!this.measure.isReady) {
      if (!(timeMs - this.lastValidMs <= HOLE_IN_REST_MS)) this.stillSinceMs = NaN;
      this.findHeading(timeMs);
      return;
    }
    this.lastValidMs = timeMs;
    if (!this.measure.isStill(STILL_RAD_PER_S) || !this.measure.isInStartPosture()) {
      this.stillSinceMs = NaN;
      return;
    }
    if (!Number.isFinite(this.stillSinceMs)) this.stillSinceMs = timeMs;
    if (timeMs - this.stillSinceMs < START_STILL_MS) return;
    this.measure.start();
    this.phase = 'running';
    this.startMs = this.lastValidMs = this.validSinceMs = timeMs;
    this.markSeen();
    for (const segment of this.measure.needed) segment.sensor?.filter.restartHeading();
    this.watch.started();
    this.emit({
      kind: 'setStarted',
      plan: this.plan,
      measure: this.measure.measure,
      qualityClass: this.statedClass,
    });
  }

  /** False where the measure cannot be had now. */
  private readMeasure(): boolean {
    let zeroVariance = 0;
    if (this.measure.drifts) {
      this.gatherDoubt();
      zeroVariance = this.zeroDoubt.variance;
    }
    if (zeroVariance > LARGEST_ZERO_SIGMA_RAD * LARGEST_ZERO_SIGMA_RAD) this.measure.loseHeading();
    return this.measure.read(zeroVariance);
  }

  private withoutSignal(timeMs: number): void {
    if (timeMs - this.lastValidMs <= LONGEST_BRIDGE_MS) return;
    this.angleRad = this.halfWidth95Rad = NaN;
    this.findHeading(timeMs);
    if (this.phase === 'running' && !(timeMs - this.lastValidMs > PAUSE_AFTER_MS)) return;
    // Every sensor speaks, and gravity alone says that this is another posture.
    if (this.measure.isReady && (this.pauseCause === 'postureLeft' || this.posture.isElsewhere)) {
      this.posture.restart();
      this.pause('postureLeft', timeMs);
      return;
    }
    if (timeMs - this.freshSinceMs >= FRESH_MS) this.pause('startSought', timeMs);
    else if (this.phase === 'running' || !(timeMs - this.freshMs <= RESUME_AFTER_MS))
      this.pause('signalLost', timeMs);
  }

  private watchHold(): void {
    if (!this.machine.isOut) this.holdIsSaid = false;
    else if (!this.holdIsSaid && this.holdS > 0 && this.machine.holdS >= this.holdS - HOLD_TOLERANCE_S) {
      this.holdIsSaid = true;
      this.emit({ kind: 'holdReached' });
    }
  }

  /**
   * After a gap gravity comes back by itself, the heading does not. Once the person rests with all tilts as at the
   * start of the set they are taken to be in that posture again, and face as they did then.
   */
  private findHeading(timeMs: number): void {
    const needed = this.measure.needed;
    for (let i = 0; i < needed.length; i++) {
      if (needed[i].isValid) continue;
      if (!(timeMs - this.freshMs <= HOLE_IN_REST_MS)) this.homeSinceMs = this.freshSinceMs = NaN;
      return;
    }
    if (!Number.isFinite(this.freshSinceMs)) this.freshSinceMs = timeMs;
    this.freshMs = timeMs;
    let isHome = this.measure.isStill(
      this.hasStarted && this.measure.drifts ? REST_RAD_PER_S : STILL_RAD_PER_S,
    );
    for (let i = 0; i < needed.length; i++)
      if (this.hasStarted && !(Math.abs(this.measure.tiltChangeRad(needed[i])) < SLIP_RAD)) isHome = false;
    if (isHome && !this.hasStarted) isHome = this.measure.isInStartPosture();
    if (!isHome) this.homeSinceMs = NaN;
    else if (!Number.isFinite(this.homeSinceMs)) this.homeSinceMs = timeMs;
    else if (timeMs - this.homeSinceMs >= this.homeProofMs) {
      for (let i = 0; i < needed.length; i++) {
        if (needed[i].hasHeading) continue;
        if (this.hasStarted) this.measure.startOrientationInto(this.known, needed[i]);
        else this.measure.expectedOrientationInto(this.known, needed[i]);
        this.body.restoreHeading(needed[i], this.known);
      }
      this.smoother.reset();
      this.lastValidMs = timeMs;
      this.validSinceMs = this.freshSinceMs;
      this.homeSinceMs = this.freshSinceMs = NaN;
      this.markSeen();
      this.zeroDoubt.restart(HEADING_AFTER_GAP_SIGMA_RAD);
      this.baselineRad = 0;
    }
  }

  /** At rest in the start posture: drift of the zero is taken off, closure kept, straps watched. */
  private watchHome(timeMs: number): void {
    const limits = this.machine.thresholds(this.angleRad < 0 ? -1 : 1);
    if (
      this.machine.isOut ||
      Math.abs(this.angleRad) > limits.returnRad ||
      !this.measure.isStill(STILL_RAD_PER_S)
    ) {
      this.homeSinceMs = this.slipSinceMs = NaN;
      this.confirmedMs = -Infinity;
      this.restJudged = false;
      return;
    }
    if (!Number.isFinite(this.homeSinceMs)) this.homeSinceMs = timeMs;
    if (timeMs - this.homeSinceMs < HOME_STILL_MS) return;
    this.closureRad = this.measure.closureRad();
    this.watchSlip(timeMs);
    if (!this.measure.drifts || timeMs - this.confirmedMs < HOME_AGAIN_MS) return;
    this.confirmedMs = timeMs;
    this.confirmZero(this.angleRad);
    const wanderedRad = Math.abs(this.baselineRad);
    if (wanderedRad > DRIFT_RAD) this.flagDrift(timeMs, `zero wandered by ${inDeg(wanderedRad)} deg`);
  }

  /** A zero that no rest confirms is in doubt by more and more. */
  private watchDoubt(timeMs: number): void {
    if (!this.measure.drifts) return;
    const doubtRad = 1.96 * Math.sqrt(this.zeroDoubt.cautiousVariance);
    if (doubtRad > DRIFT_RAD)
      this.flagDrift(timeMs, `zero is in doubt by ${inDeg(doubtRad)} deg; rest in the middle between moves`);
  }

  private flagDrift(timeMs: number, detail: string): void {
    if (this.driftFlagged) return;
    this.driftFlagged = true;
    this.raise({ name: 'DRIFT', sensorIndex: null, startMs: this.startMs, endMs: timeMs, detail });
  }

  /** People come back to their start posture within a few degrees: as much as the heading is in doubt, the zero follows. */
  private confirmZero(seenRad: number): void {
    this.gatherDoubt();
    this.markSeen();
    this.baselineRad += this.zeroDoubt.confirm(seenRad) * seenRad;
  }

  private gatherDoubt(): void {
    const { zeroDoubt, measure } = this;
    zeroDoubt.recall();
    for (let i = 0; i < measure.needed.length; i++) {
      measure.needed[i].sensor?.addHeadingDrift(zeroDoubt.now, DOUBT.drift, this.seenMarks[i]);
      measure.needed[i].sensor?.addHeadingWalk(zeroDoubt.now, DOUBT.unseen, this.seenMarks[i]);
    }
  }

  /** A strap that slipped: at rest, a sensor's lean is not what it was, and stays so. */
  private watchSlip(timeMs: number): void {
    if (this.slipFlagged) return;
    const slipped = this.mostLeaning();
    const changeRad = slipped === null ? NaN : this.measure.leanChangeRad(slipped);
    if (!this.restJudged) {
      this.restJudged = true;
      this.slippedRests = changeRad > REPEATED_SLIP_RAD ? this.slippedRests + 1 : 0;
    }
    if (!(changeRad > SLIP_RAD)) this.slipSinceMs = NaN;
    else if (!Number.isFinite(this.slipSinceMs)) this.slipSinceMs = timeMs;
    if (slipped === null || !(timeMs - this.slipSinceMs >= SLIP_HELD_MS || this.slippedRests >= 2)) return;
    this.slipFlagged = true;
    this.raise({
      name: 'SLIP',
      sensorIndex: slipped.sensor?.description.sensorIndex ?? null,
      startMs: Number.isFinite(this.slipSinceMs) ? this.slipSinceMs : timeMs,
      endMs: timeMs,
      detail: `lean at rest changed by ${(changeRad * DEG_PER_RAD).toFixed(0)} deg since the set began`,
    });
  }

  /** Of the trunk's segments and the arm that is measured, the one that leans most differently than at the start. */
  private mostLeaning(): LiveSegment | null {
    const { segments } = this.body;
    let most: LiveSegment | null = null,
      largestRad = 0;
    for (let i = 0; i < segments.length; i++) {
      const segment = segments[i];
      if (i >= 3 && !this.measure.needed.includes(segment)) continue;
      const change = this.measure.leanChangeRad(segment);
      if (!(change > largestRad)) continue;
      most = segment;
      largestRad = change;
    }
    return most;
  }

  /**
   * How long a rest must last to prove the start posture. Bending or raising an arm shows in the tilts, so the rest
   * before the next repetition is enough. A turn may be held at its end with all tilts unchanged: only a rest longer
   * than any hold says that the person is back.
   */
  private get homeProofMs(): number {
    if (!this.hasStarted) return RESUME_AFTER_MS;
    return this.measure.drifts ? 1000 * this.holdS + BEYOND_HOLD_MS : HOME_PROOF_MS;
  }

  /**
   * Someone who moves to and fro and never comes back to the start has lost the start: the strap slipped. (Holding
   * a position for as long makes no way.)
   */
  private watchAway(timeMs: number): void {
    this.watchAcross(timeMs);
    if (!this.machine.isOut) {
      this.awaySinceMs = NaN;
      this.awayPathRad = this.awayLargestRad = 0;
      return;
    }
    if (!Number.isFinite(this.awaySinceMs)) this.awaySinceMs = timeMs;
    this.awayPathRad += Math.abs(this.smoother.speedRadPerS) * this.stepS;
    this.awayLargestRad = Math.max(this.awayLargestRad, Math.abs(this.angleRad));
    if (timeMs - this.awaySinceMs > AWAY_MS && this.awayPathRad > AWAY_SWINGS * this.awayLargestRad)
      this.flagAway(timeMs);
  }

  /**
   * A lean across the plane of the movement that outlasts whole repetitions is the strap's, not the person's: theirs
   * goes back with every return.
   */
  private watchAcross(timeMs: number): void {
    const across = this.measure.acrossRad();
    if (!(Math.abs(across) > SLIP_RAD)) this.acrossSinceMs = NaN;
    else if (!Number.isFinite(this.acrossSinceMs)) this.acrossSinceMs = timeMs;
    else if (timeMs - this.acrossSinceMs > ACROSS_MS && !this.slipFlagged) {
      this.slipFlagged = true;
      this.raise({
        name: 'SLIP',
        sensorIndex: this.body.segment('upperBack').sensor?.description.sensorIndex ?? null,
        startMs: this.acrossSinceMs,
        endMs: timeMs,
        detail: `${(Math.abs(across) * DEG_PER_RAD).toFixed(0)} deg across the movement through whole repetitions`,
      });
    }
  }

  private flagAway(timeMs: number): void {
    if (this.slipFlagged) return;
    this.slipFlagged = true;
    const segments = this.body.segments;
    let moved = 0;
    for (let i = 1; i < 3; i++)
      if (
        Math.abs(this.measure.tiltChangeRad(segments[i])) >
        Math.abs(this.measure.tiltChangeRad(segments[moved]))
      )
        moved = i;
    this.raise({
      name: 'SLIP',
      sensorIndex: segments[moved].sensor?.description.sensorIndex ?? null,
      startMs: this.awaySinceMs,
      endMs: timeMs,
      detail: 'movement went on without coming back to the start posture',
    });
  }

  private markSeen(): void {
    this.measure.needed.forEach((segment, i) => segment.sensor?.markHeading(this.seenMarks[i]));
  }

  private followForm(): void {
    if (!this.machine.isOut) {
      this.isFollowing = false;
      if (this.measure.isStill(STILL_RAD_PER_S)) this.watch.rest();
      return;
    }
    if (!this.isFollowing) {
      this.form.begin();
      this.watch.begin();
    }
    this.isFollowing = true;
    this.watch.follow();
    this.form.update(this.now.angleRad, this.now.speedRadPerS, this.measure.signals);
  }

  private collect(): void {
    for (let ended = this.machine.takeEnded(); ended !== null; ended = this.machine.takeEnded()) {
      const done = { ...ended, form: this.form.form() };
      this.repetitions.push(done);
      this.watch.ended(done);
      this.watchDoubt(done.endMs);
      const { slip } = this.watch;
      if (slip !== null && !this.slipFlagged) {
        this.slipFlagged = true;
        this.raise(slip);
      }
      this.emit({ kind: 'repetitionEnded', repetition: done });
      const cue = this.cues.repetitionEnded(done, this.machine.lastBackS);
      if (cue !== null) this.emit({ kind: 'cue', cue });
    }
  }
}

function inDeg(angleRad: number): string {
  return (angleRad * DEG_PER_RAD).toFixed(1);
}
