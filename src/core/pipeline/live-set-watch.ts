import { gravityRotationQuality, upInSegmentInto } from '../body/angles.ts';
import { TRUNK_FROM_BELOW } from '../body/segment-role.ts';
import type { AngleQuantity, MotionDefinition } from '../exercise/motion-definition.ts';
import { armRole, isArmMovement } from '../exercise/motion-definitions.ts';
import type { RepetitionResult } from '../exercise/repetition-result.ts';
import { conjugateMultiplyInto, createQuaternion, rotationAngleRad } from '../math/quaternion.ts';
import { SIGMA_OFFSET } from '../fusion/orientation-filter.ts';
import { biasSigmaRadPerS, describeBiasUnsure, isBiasUnsure } from '../quality/bias-doubt.ts';
import {
  describeBeyondSpine,
  describeSwappedNeighbours,
  describeTipped,
  FEW_REPETITIONS,
  IMPURE_SHARE,
  isBeyondSpine,
  LEAST_PURITY,
  lockCauses,
  LOCKED_TILT_RAD,
  TrunkOrder,
  type TrunkPlane,
} from '../quality/body-limits.ts';
import type { QualityFlag, QualityFlagName } from '../quality/quality-flag.ts';
import { describeAxisSlip, findAxisSlip, LEAST_MOVE_RAD, type ObservedMove } from '../quality/slip-axis.ts';
import type { LiveBody, LiveSegment } from './live-body.ts';
import type { SetMeasure } from './set-measure.ts';
import type { SideBest } from './session-result.ts';

const PLANE_OF: Readonly<Record<AngleQuantity, TrunkPlane | null>> = {
  flexion: 'flexionExtension',
  sideBend: 'lateral',
  rotation: 'rotation',
  lockedRotation: 'rotation',
  armElevation: null,
  armRise: null,
  armPull: null,
  armLift: null,
  hinge: null,
};

/** Index of the upper back's rise in the compensation signals. */
const PITCH_SIGNAL = 3;
/** How much of up each instant at rest brings in: some 0.3 s of 100 Hz. */
const REST_SHARE = 0.03;
/** Offsets into what is followed through one repetition. */
const AT = { levelness: 0, lowPitchRad: 1, highPitchRad: 2, tippedRad: 3, length: 4 } as const;

/** Stretches of a set with the same doubt. */
interface Span {
  startMs: number;
  endMs: number;
  count: number;
}

/**
 * What a set's movements say about its numbers, by the rules of a report: raised once, when the set ends. Follows each
 * repetition from leaving the start to coming back; allocates nothing per instant.
 */
export class SetWatch {
  private readonly motion: MotionDefinition;
  private readonly measure: SetMeasure;
  private readonly trunk: readonly LiveSegment[];
  private readonly orders: readonly TrunkOrder[];
  private readonly starts: Float64Array;
  private readonly turnedRad: Float64Array;
  private readonly now = new Float64Array(AT.length);
  private readonly up = new Float64Array(3);
  private readonly start = createQuaternion();
  private tippedRole = '';
  private biasSensor: number | null = null;
  private biasSigmaRadPerS = NaN;
  private readonly swapped: Span = emptySpan();
  private swappedPair = -1;
  private readonly impure: Span = emptySpan();
  private readonly flags: QualityFlag[] = [];
  /** Of the upper back: up at the rest before, the axis of the largest turn so far, and what was observed. */
  private readonly upper: LiveSegment;
  private readonly restUp = new Float64Array(3).fill(NaN);
  private readonly axis = new Float64Array(3);
  private readonly moves: ObservedMove[] = [];
  private readonly turn = createQuaternion();
  private slipSeen: QualityFlag | null = null;

  constructor(body: LiveBody, motion: MotionDefinition, measure: SetMeasure) {
    this.motion = motion;
    this.measure = measure;
    const isTrunk = !isArmMovement(motion);
    this.trunk = TRUNK_FROM_BELOW.map((role) => body.segment(role)).filter(
      (segment) => isTrunk && segment.sensor !== null && segment.isCalibrated,
    );
    this.orders = this.trunk.slice(1).map(() => new TrunkOrder());
    this.starts = new Float64Array(4 * this.trunk.length);
    this.turnedRad = new Float64Array(this.trunk.length);
    this.upper = body.segment('upperBack');
  }

  /** A sensor that slipped by what the moves so far show; null while none does. */
  get slip(): QualityFlag | null {
    return this.slipSeen;
  }

  /** An instant at rest in the start posture. */
  rest(): void {
    const { upper, restUp, up } = this;
    if (!upper.isValid) return;
    upInSegmentInto(up, upper.qFacingFromSegment);
    for (let k = 0; k < 3; k++)
      if (restUp[k] === restUp[k]) restUp[k] += REST_SHARE * (up[k] - restUp[k]);
      else restUp[k] = up[k];
  }

  /** The set begins: how well the biases are known decides what it may drift by. */
  started(): void {
    for (const { sensor } of this.measure.needed) {
      if (sensor === null) continue;
      const sigma = biasSigmaRadPerS(sensor.filter.sigma, SIGMA_OFFSET.gyroBiasRadPerS);
      if (!isBiasUnsure(sigma) || sigma < this.biasSigmaRadPerS) continue;
      this.biasSigmaRadPerS = sigma;
      this.biasSensor = sensor.description.sensorIndex;
    }
  }

  /** A repetition leaves the start. */
  begin(): void {
    const { now, trunk, starts } = this;
    now[AT.levelness] = 1;
    now[AT.lowPitchRad] = Infinity;
    now[AT.highPitchRad] = -Infinity;
    now[AT.tippedRad] = 0;
    for (let i = 0; i < trunk.length; i++) {
      const q = trunk[i].qFacingFromSegment;
      for (let k = 0; k < 4; k++) starts[4 * i + k] = trunk[i].isValid ? q[k] : NaN;
      this.turnedRad[i] = 0;
    }
  }

  /** An instant while it is out. */
  follow(): void {
    const { trunk, starts, turnedRad } = this;
    for (let i = 0; i < trunk.length; i++) {
      if (!trunk[i].isValid) continue;
      for (let k = 0; k < 4; k++) this.start[k] = starts[4 * i + k];
      conjugateMultiplyInto(this.turn, this.start, trunk[i].qFacingFromSegment);
      const angle = rotationAngleRad(this.turn);
      if (!(angle > turnedRad[i])) continue;
      turnedRad[i] = angle;
      if (trunk[i] !== this.upper) continue;
      const scale = (this.turn[0] < 0 ? -1 : 1) / Math.sin(angle / 2);
      for (let k = 0; k < 3; k++) this.axis[k] = scale * this.turn[1 + k];
    }
    if (this.locksHips) this.followLock();
  }

  /** A repetition was judged. */
  ended(repetition: RepetitionResult): void {
    if (repetition.verdict === 'signalLost' || repetition.verdict === 'stopped') return;
    this.watchSlip(repetition);
    this.judgeAngle(repetition);
    if (this.locksHips) this.judgeLock(repetition);
    if (!repetition.counted) return;
    const purity = repetition.form?.purity ?? null;
    if (purity !== null && purity < LEAST_PURITY) widen(this.impure, repetition);
    for (let k = 1; k < this.trunk.length; k++) {
      if (!this.orders[k - 1].push(this.turnedRad[k - 1], this.turnedRad[k])) continue;
      this.swappedPair = k;
      widen(this.swapped, repetition);
    }
  }

  /** Everything that the set leaves to be said. */
  finish(startMs: number, endMs: number, best: readonly SideBest[]): readonly QualityFlag[] {
    const whole = { startMs, endMs };
    const moving = this.movingSensorIndex;
    const add = (
      name: QualityFlagName,
      sensorIndex: number | null,
      span: { readonly startMs: number; readonly endMs: number },
      detail: string,
    ): void => {
      this.flags.push({ name, sensorIndex, startMs: span.startMs, endMs: span.endMs, detail });
    };
    const pair = this.swappedPair;
    if (pair > 0 && this.orders[pair - 1].isContradicted) {
      const lower = this.trunk[pair - 1],
        upper = this.trunk[pair];
      add(
        'SWAP_SUSPECT',
        upper.sensor?.description.sensorIndex ?? null,
        this.swapped,
        describeSwappedNeighbours(
          lower.role,
          upper.role,
          lower.sensor?.description.name ?? '',
          upper.sensor?.description.name ?? '',
        ),
      );
    }
    if (this.impure.count > 0)
      add(
        'PLANE_IMPURE',
        null,
        this.impure,
        `in ${this.impure.count === 1 ? 'one move' : `${this.impure.count} moves`} another plane moved more than ${100 * IMPURE_SHARE} % as far`,
      );
    if (isBiasUnsure(this.biasSigmaRadPerS))
      add('NOT_SETTLED', this.biasSensor, whole, describeBiasUnsure(this.biasSigmaRadPerS));
    if (this.measure.measure === 'armFromGravity')
      add(
        'GRAVITY_ONLY',
        moving,
        whole,
        'arm elevation is against gravity: leaning of the trunk is included',
      );
    else if (!this.measure.isPrimaryOutcome)
      add(
        'GRAVITY_ONLY',
        moving,
        whole,
        'the trunk was 30 to 60 deg from vertical, where gravity shows rotation only roughly',
      );
    const few = best.filter((side) => side.countedRepetitions < FEW_REPETITIONS);
    if (few.length > 0)
      add(
        'FEW_REPS',
        null,
        whole,
        `fewer than three repetitions: ${few.map((side) => `${side.side} ${side.countedRepetitions}`).join(', ')}`,
      );
    return this.flags;
  }

  /** Of the upper back: what is below it moves too little to tell. */
  private watchSlip({ side, startMs, endMs }: RepetitionResult): void {
    const up = this.restUp.slice();
    this.restUp.fill(NaN);
    const turnedRad = this.turnedRad[this.trunk.indexOf(this.upper)] ?? 0;
    if (!(turnedRad > LEAST_MOVE_RAD) || up[0] !== up[0]) return;
    this.moves.push({ side, axis: this.axis.slice(), up, startMs, endMs });
    const found = this.slipSeen === null ? findAxisSlip(this.moves) : null;
    if (found === null) return;
    this.slipSeen = {
      name: 'SLIP',
      sensorIndex: this.upper.sensor?.description.sensorIndex ?? null,
      startMs: found.startMs,
      endMs: found.endMs,
      detail: describeAxisSlip(found),
    };
  }

  private followLock(): void {
    const { now, measure } = this;
    const upper = measure.needed[0];
    const levelness = gravityRotationQuality(upInSegmentInto(this.up, upper.qFacingFromSegment));
    if (levelness < now[AT.levelness]) now[AT.levelness] = levelness;
    const pitch = measure.signals[PITCH_SIGNAL];
    if (pitch < now[AT.lowPitchRad]) now[AT.lowPitchRad] = pitch;
    if (pitch > now[AT.highPitchRad]) now[AT.highPitchRad] = pitch;
    for (let i = 0; i < this.trunk.length; i++) {
      const segment = this.trunk[i];
      if (segment === upper) continue;
      const tipped = measure.leanChangeRad(segment);
      if (!(tipped > now[AT.tippedRad])) continue;
      now[AT.tippedRad] = tipped;
      this.tippedRole = segment.role;
    }
  }

  private judgeLock(repetition: RepetitionResult): void {
    const { now } = this;
    const causes = lockCauses(now[AT.levelness], now[AT.highPitchRad] - now[AT.lowPitchRad]);
    if (now[AT.tippedRad] > LOCKED_TILT_RAD)
      causes.unshift(describeTipped(this.tippedRole, now[AT.tippedRad]));
    if (causes.length > 0) this.note('POSE_NOT_LOCKED', repetition, causes.join('; '));
  }

  /**
   * False for a peak that no spine can reach. As in a report, only an angle between two worn segments can be too large: one may
   * turn as far as it likes.
   */
  isPlausible(repetition: RepetitionResult): boolean {
    const plane = PLANE_OF[this.motion.quantity];
    if (plane === null || this.measure.needed.length < 2) return true;
    const sign = this.motion.directions.find(({ side }) => side === repetition.side)?.sign ?? 1;
    return !isBeyondSpine(plane, sign * repetition.peakRad);
  }

  private judgeAngle(repetition: RepetitionResult): void {
    if (!this.isPlausible(repetition))
      this.note('IMPLAUSIBLE', repetition, describeBeyondSpine(repetition.peakRad));
  }

  /** The kneeling turn rests on hips that stay on the heels; other turns by gravity let them follow a little. */
  private get locksHips(): boolean {
    return this.motion.posture === 'heelSit';
  }

  private get movingSensorIndex(): number | null {
    const { needed, side } = this.measure;
    const isArm = isArmMovement(this.motion);
    const moving = needed.find(({ role }) =>
      isArm ? role === armRole(side ?? 'right') : role === 'upperBack',
    );
    return moving?.sensor?.description.sensorIndex ?? null;
  }

  private note(name: QualityFlagName, { startMs, endMs }: RepetitionResult, detail: string): void {
    this.flags.push({ name, sensorIndex: this.movingSensorIndex, startMs, endMs, detail });
  }
}

function emptySpan(): Span {
  return { startMs: NaN, endMs: NaN, count: 0 };
}

function widen(span: Span, { startMs, endMs }: RepetitionResult): void {
  if (span.count === 0) span.startMs = startMs;
  span.endMs = endMs;
  span.count++;
}
