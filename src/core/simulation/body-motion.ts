import { SEGMENT_ROLES } from '../body/segment-role.ts';
import { RAD_PER_DEG } from '../math/angle.ts';
import { createQuaternion, fromRotationVectorInto, multiplyInto, slerpInto } from '../math/quaternion.ts';
import { minimumJerk } from './minimum-jerk.ts';
import type { Random } from './random.ts';

export const POSE_LENGTH = 4 * SEGMENT_ROLES.length;

/** Fills 5 x (w, x, y, z), qFacingFromSegment in SEGMENT_ROLES order, at a time in s. */
export type PoseAt = (out: Float64Array, timeS: number) => void;

interface Piece {
  readonly startS: number;
  /** The movement before runs on underneath and fades out over this time. */
  readonly blendS: number;
  readonly poseAt: PoseAt;
}

interface Wearing {
  readonly startS: number;
  readonly durationS: number;
  readonly worn: boolean;
}

/** Slow sway of the whole body and breathing of the chest: sines with seeded phases, so any instant can be asked for. */
interface Sway {
  readonly frequencyHz: number;
  readonly phaseRad: number;
  readonly amplitudeRad: number;
}

/**
 * The bones' true motion over time. Movements are appended; a movement that begins while another runs takes over
 * smoothly. Asking for a time never changes anything.
 */
export class BodyMotion {
  private readonly pieces: Piece[] = [];
  private readonly wearings: Wearing[] = [];
  private readonly sway: readonly (readonly Sway[])[];
  private readonly breathingHz: number;
  private readonly breathingRad: number;
  private readonly scratch: Float64Array[] = [];

  /** @param swayDeg about the largest excursion of the sway */
  constructor(random: Random, swayDeg: number) {
    const sines = (): Sway[] =>
      [0.11, 0.27, 0.46].map((frequencyHz) => ({
        frequencyHz: frequencyHz * random.between(0.85, 1.15),
        phaseRad: random.between(0, 2 * Math.PI),
        amplitudeRad: (swayDeg / 3) * RAD_PER_DEG * random.between(0.7, 1.3),
      }));
    // Three axes of the whole body, then three of the chest alone, half as large.
    this.sway = [sines(), sines(), sines(), sines(), sines(), sines()];
    this.breathingHz = random.between(0.2, 0.3);
    this.breathingRad = 0.8 * swayDeg * RAD_PER_DEG;
  }

  append(startS: number, blendS: number, poseAt: PoseAt): void {
    this.pieces.push({ startS, blendS, poseAt });
  }

  wear(startS: number, durationS: number, worn: boolean): void {
    this.wearings.push({ startS, durationS, worn });
  }

  /** 0 on the table, 1 worn; between while hands carry the sensor. */
  wornFraction(timeS: number): number {
    let fraction = 0;
    for (const { startS, durationS, worn } of this.wearings) {
      if (timeS < startS) break;
      const progress = minimumJerk((timeS - startS) / durationS);
      fraction += ((worn ? 1 : 0) - fraction) * progress;
    }
    return fraction;
  }

  /** True segments with sway. */
  segmentsInto(out: Float64Array, timeS: number): Float64Array {
    let last = this.pieces.length - 1;
    while (last > 0 && this.pieces[last].startS > timeS) last--;
    this.pieceInto(out, last, timeS, 0);
    this.addSway(out, timeS);
    return out;
  }

  private pieceInto(out: Float64Array, index: number, timeS: number, depth: number): void {
    const piece = this.pieces[index];
    piece.poseAt(out, timeS);
    const progress = minimumJerk((timeS - piece.startS) / piece.blendS);
    if (index === 0 || progress >= 1) return;
    const before = (this.scratch[depth] ??= new Float64Array(POSE_LENGTH));
    let under = index - 1;
    while (under > 0 && this.pieces[under].startS > timeS) under--;
    this.pieceInto(before, under, timeS, depth + 1);
    for (let i = 0; i < POSE_LENGTH; i += 4) {
      const to = out.subarray(i, i + 4);
      slerpInto(to, before.subarray(i, i + 4), to, progress);
    }
  }

  private addSway(out: Float64Array, timeS: number): void {
    const whole = fromRotationVectorInto(turn, this.sine(0, timeS), this.sine(1, timeS), this.sine(2, timeS));
    for (let i = 0; i < POSE_LENGTH; i += 4) {
      const segment = out.subarray(i, i + 4);
      multiplyInto(segment, whole, segment);
    }
    const breath = this.breathingRad * Math.sin(2 * Math.PI * this.breathingHz * timeS);
    const chest = out.subarray(0, 4);
    fromRotationVectorInto(
      turn,
      this.sine(3, timeS) / 2,
      this.sine(4, timeS) / 2,
      this.sine(5, timeS) / 2 + breath,
    );
    multiplyInto(chest, chest, turn);
  }

  private sine(axis: number, timeS: number): number {
    let sum = 0;
    for (const { frequencyHz, phaseRad, amplitudeRad } of this.sway[axis])
      sum += amplitudeRad * Math.sin(2 * Math.PI * frequencyHz * timeS + phaseRad);
    return sum;
  }
}

const turn = createQuaternion();
