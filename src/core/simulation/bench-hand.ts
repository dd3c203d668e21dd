import {
  createQuaternion,
  fromAxisAngleInto,
  fromRotationVectorInto,
  multiplyInto,
  slerpInto,
  type Quaternion,
} from '../math/quaternion.ts';
import { minimumJerk } from './minimum-jerk.ts';

/** What the board of the bench can be told to do. */
export type BenchAction =
  /** To lie on one face: 0 to 5 for +x, -x, +y, -y, +z, -z up, tilted by some angle where the hand is careless. */
  | { readonly kind: 'layOn'; readonly face: number; readonly tiltDeg?: number }
  /** About the vertical, by so many degrees (> 0: seen from above against the clock), where it lies. */
  | { readonly kind: 'turn'; readonly deg: number; readonly degPerS?: number }
  /** Nothing, for so long, s. */
  | { readonly kind: 'wait'; readonly seconds: number }
  /** A push where it should lie still. */
  | { readonly kind: 'nudge' }
  /** Through all directions, for so long, s. */
  | { readonly kind: 'tumble'; readonly seconds: number }
  /** To and fro on a ruler, for so long, s. */
  | { readonly kind: 'swing'; readonly seconds: number };

interface Motion {
  readonly startS: number;
  readonly endS: number;
  readonly at: (out: Quaternion, timeS: number) => void;
}

const LAY_S = 1.6;
const TURN_DEG_PER_S = 150;
const NUDGE_S = 0.6;
const EASE_S = 1;

/** Face that is up: turns of the board that bring it there, from lying with +z up. */
const FACE_TURNS: readonly (readonly [x: number, y: number, z: number, quarters: number])[] = [
  [0, 1, 0, -1],
  [0, 1, 0, 1],
  [1, 0, 0, 1],
  [1, 0, 0, -1],
  [1, 0, 0, 0],
  [1, 0, 0, 2],
];

/** Where the board of a virtual bench is at any time: one motion after the other, with rests in between. */
export class BenchHand {
  private readonly motions: Motion[] = [];
  private readonly resting = createQuaternion();
  private endS = 0;

  /** Adds a motion after those before, not before `nowS`. @returns when it is over, s */
  add(action: BenchAction, nowS: number): number {
    const startS = Math.max(nowS, this.endS);
    const from = this.resting.slice();
    const motion = describe(action, from, startS);
    this.motions.push(motion);
    motion.at(this.resting, motion.endS);
    this.endS = motion.endS;
    return this.endS;
  }

  /** qEarthFromBoard, z up. */
  orientationInto(out: Quaternion, timeS: number): void {
    out.set(REST);
    for (const { startS, endS, at } of this.motions) {
      if (timeS < startS) return;
      at(out, Math.min(timeS, endS));
    }
  }
}

const REST = createQuaternion();

function describe(action: BenchAction, from: Quaternion, startS: number): Motion {
  const turn = createQuaternion();
  switch (action.kind) {
    case 'wait':
      return { startS, endS: startS + action.seconds, at: (out) => out.set(from) };
    case 'layOn': {
      const [x, y, z, quarters] = FACE_TURNS[action.face]!;
      const to = fromAxisAngleInto(createQuaternion(), x, y, z, (quarters * Math.PI) / 2);
      const tilt = fromAxisAngleInto(
        turn,
        Math.SQRT1_2,
        Math.SQRT1_2,
        0,
        ((action.tiltDeg ?? 0) * Math.PI) / 180,
      );
      multiplyInto(to, tilt, to);
      return {
        startS,
        endS: startS + LAY_S,
        at: (out, timeS) => slerpInto(out, from, to, minimumJerk((timeS - startS) / LAY_S)),
      };
    }
    case 'turn': {
      // Minimum jerk peaks at 15/8 of its mean rate.
      const lengthS = Math.max(1, (Math.abs(action.deg) * 1.875) / (action.degPerS ?? 2 * TURN_DEG_PER_S));
      return {
        startS,
        endS: startS + lengthS,
        at: (out, timeS) => {
          const angle = (action.deg * Math.PI * minimumJerk((timeS - startS) / lengthS)) / 180;
          multiplyInto(out, fromAxisAngleInto(turn, 0, 0, 1, angle), from);
        },
      };
    }
    case 'nudge':
      return {
        startS,
        endS: startS + NUDGE_S,
        at: (out, timeS) => {
          const share = minimumJerk((timeS - startS) / NUDGE_S);
          multiplyInto(out, fromAxisAngleInto(turn, 0, 0, 1, 0.2 * share), from);
        },
      };
    case 'tumble':
      return swayed(from, startS, action.seconds, (out, s) => {
        fromAxisAngleInto(out, 0, 0, 1, 0.7 * s);
        multiplyInto(out, out, fromAxisAngleInto(turn, 0, 1, 0, 0.91 * s));
        multiplyInto(out, out, fromAxisAngleInto(turn, 1, 0, 0, 1.13 * s));
      });
    case 'swing':
      return swayed(from, startS, action.seconds, (out, s) =>
        fromRotationVectorInto(
          out,
          0.8 * Math.sin(2.9 * s),
          0.7 * Math.sin(2.1 * s + 0.4) - 0.7 * Math.sin(0.4),
          0.6 * Math.sin(1.7 * s),
        ),
      );
  }
}

/** A motion that begins and ends in its stride, eased in, and led back to where it began. */
function swayed(
  from: Quaternion,
  startS: number,
  seconds: number,
  way: (out: Quaternion, s: number) => void,
): Motion {
  const moved = createQuaternion();
  return {
    startS,
    endS: startS + seconds + EASE_S,
    at: (out, timeS) => {
      const s = timeS - startS;
      way(moved, Math.min(s, seconds));
      multiplyInto(moved, moved, from);
      const share = minimumJerk(s / EASE_S) * (1 - minimumJerk((s - seconds) / EASE_S));
      slerpInto(out, from, moved, share);
    },
  };
}
