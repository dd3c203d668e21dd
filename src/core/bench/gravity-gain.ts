import { invert3, multiplyVectorInto } from '../math/matrix3.ts';
import {
  createQuaternion,
  fromRotationVectorInto,
  multiplyInto,
  normalizeInto,
  rotateInverseInto,
  type Quaternion,
} from '../math/quaternion.ts';
import type { AxisCorrection } from '../packet/sensor-calibration.ts';

/** Gains around which is searched: right, and the low board's. */
const CENTRES = [1, 1 / 0.872] as const;
/** By how much one axis' gain is changed to see what it does. */
const NUDGE = 0.02;
/** As it reads, and with x, y and z nudged. */
const CARRIED = 4;
/** A way from rest to rest says something when it turned so far. */
const LEAST_PATH_RAD = 0.35;
/** How far off gravity may arrive with the right gains, rad: axes that lean against each other are not fitted here. */
const WAY_SIGMA_RAD = 0.01;
/** An axis of which nothing was seen stays within this of its centre. */
const PRIOR_SIGMA = 0.5;
const MOST_WAYS = 100;

/** How far a way can be followed before noise and the zero make another one of it. */
export interface WayLimits {
  readonly longestPathRad: number;
  readonly longestS: number;
}

/** From one face of a case to another. */
const FACE_WAYS: WayLimits = { longestPathRad: 12, longestS: 20 };

/** Of x, y and z: what is read of a true turn, and one standard deviation of that. */
export interface GainFit {
  readonly scale: Float64Array;
  readonly sigma: Float64Array;
}

/** From rest to rest: the accelerometer's readings there, and the turn in between at every gain. */
interface Way {
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** qStartFromEnd, one for each carried gain. */
  readonly turns: readonly Quaternion[];
}

/**
 * Scale of each gyroscope axis from ways between rests: gravity as it was read on leaving is turned as the gyroscope says,
 * held against what is read on arrival, and the three gains are fitted to all ways. Turning about the vertical shows
 * nothing. Allocates nothing for a sample.
 */
export class GravityGain {
  private readonly turns = Array.from({ length: CARRIED * CENTRES.length }, () => createQuaternion());
  private readonly step = createQuaternion();
  private readonly ways: Way[] = [];
  private readonly from = new Float64Array(3);
  private readonly limits: WayLimits;
  private pathRad = 0;
  private wayS = Infinity;

  constructor(limits: WayLimits = FACE_WAYS) {
    this.limits = limits;
  }

  /** @param rate without zero, rad/s, three numbers. @param stepS since the sample before */
  move(rate: ArrayLike<number>, stepS: number): void {
    this.wayS += stepS;
    if (!(this.wayS <= this.limits.longestS)) return;
    this.pathRad += stepS * Math.sqrt(rate[0] * rate[0] + rate[1] * rate[1] + rate[2] * rate[2]);
    for (let k = 0; k < this.turns.length; k++) {
      const centre = CENTRES[k < CARRIED ? 0 : 1];
      const nudged = (k % CARRIED) - 1;
      fromRotationVectorInto(
        this.step,
        rate[0] * stepS * (centre + (nudged === 0 ? NUDGE : 0)),
        rate[1] * stepS * (centre + (nudged === 1 ? NUDGE : 0)),
        rate[2] * stepS * (centre + (nudged === 2 ? NUDGE : 0)),
      );
      multiplyInto(this.turns[k]!, this.turns[k]!, this.step);
    }
  }

  /** @param acc what is read at rest, m/s^2, three numbers */
  arrive(acc: ArrayLike<number>): void {
    const { longestPathRad, longestS } = this.limits;
    const isWay = this.wayS <= longestS && this.pathRad >= LEAST_PATH_RAD && this.pathRad <= longestPathRad;
    if (isWay && this.ways.length < MOST_WAYS)
      this.ways.push({
        from: [...this.from],
        to: [acc[0], acc[1], acc[2]],
        turns: this.turns.map((turn) => normalizeInto(createQuaternion(), turn)),
      });
    for (let i = 0; i < 3; i++) this.from[i] = acc[i];
    for (const turn of this.turns) turn.set([1, 0, 0, 0]);
    this.wayS = 0;
    this.pathRad = 0;
  }

  /** What came was not whole: the way is forgotten. */
  interrupt(): void {
    this.wayS = Infinity;
  }

  /**
   * What the gyroscope reads of a true turn, for each axis, with one standard deviation; null before a way was seen. An axis
   * that was never turned across gravity has a deviation near {@link PRIOR_SIGMA}.
   *
   * @param acc makes gravity's direction of what was read
   */
  scale(acc: AxisCorrection): GainFit | null {
    if (this.ways.length === 0) return null;
    const [first, second] = CENTRES.map((_, centre) => fitAround(this.ways, centre, acc));
    const best = first!.miss <= second!.miss ? first! : second!;
    return {
      scale: best.gain.map((value) => 1 / value),
      sigma: best.sigma.map((value, i) => value / best.gain[i] ** 2),
    };
  }
}

function fitAround(
  ways: readonly Way[],
  centre: number,
  acc: AxisCorrection,
): { readonly miss: number; readonly gain: Float64Array; readonly sigma: Float64Array } {
  const normal = new Float64Array(9),
    right = new Float64Array(3);
  let miss = 0;
  for (const { from, to, turns } of ways) {
    const start = directionOf(from, acc),
      end = directionOf(to, acc);
    const [plain, ...nudged] = Array.from({ length: CARRIED }, (_, k) =>
      rotateInverseInto(new Float64Array(3), turns[CARRIED * centre + k]!, start),
    );
    for (let i = 0; i < 3; i++) {
      const off = end[i] - plain![i];
      miss += off * off;
      for (let a = 0; a < 3; a++) {
        const slope = (nudged[a]![i] - plain![i]) / NUDGE;
        right[a] += slope * off;
        for (let b = 0; b < 3; b++) normal[3 * a + b] += (slope * (nudged[b]![i] - plain![i])) / NUDGE;
      }
    }
  }
  for (let i = 0; i < 3; i++) normal[4 * i] += (WAY_SIGMA_RAD / PRIOR_SIGMA) ** 2;
  const inverse = invert3(normal);
  const gain = new Float64Array(3);
  multiplyVectorInto(gain, 0, inverse, right[0], right[1], right[2]);
  for (let i = 0; i < 3; i++) gain[i] += CENTRES[centre === 0 ? 0 : 1];
  const sigma = gain.map((_, i) => WAY_SIGMA_RAD * Math.sqrt(inverse[4 * i]));
  return { miss, gain, sigma };
}

function directionOf(reading: readonly number[], { matrix, offset }: AxisCorrection): Float64Array {
  const out = new Float64Array(3);
  multiplyVectorInto(out, 0, matrix, reading[0] - offset[0], reading[1] - offset[1], reading[2] - offset[2]);
  const size = Math.hypot(out[0], out[1], out[2]);
  return out.map((value) => value / size);
}
