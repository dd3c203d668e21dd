import { minimumJerk } from './minimum-jerk.ts';
import type { Random } from './random.ts';
import type { SeatedNuisance, SeatedPerson } from './seated-person.ts';

/** One planned way out and back. */
export interface PlannedExcursion {
  /** Index of the plane: flexion-extension, side bend, rotation. */
  readonly plane: number;
  readonly sign: 1 | -1;
  readonly startS: number;
  readonly peakS: number;
  readonly endS: number;
}

export interface SeatedMovement {
  readonly durationS: number;
  readonly excursions: readonly PlannedExcursion[];
  /** Angles made on purpose, and what they bring along, deg of the upper back against the lower back. */
  readonly exercise: readonly [AngleTrack, AngleTrack, AngleTrack];
  /** Posture, shared by all joints: slumping, reaching, fidgeting. */
  readonly posture: readonly [AngleTrack, AngleTrack, AngleTrack];
  /** Bowing of the pelvis and rise of the hips in getting up and sitting down: deg, m. */
  readonly bow: AngleTrack;
  readonly rise: AngleTrack;
}

type Ease = (fraction: number) => number;
const sinusoid: Ease = (fraction) => 0.5 - 0.5 * Math.cos(Math.PI * fraction);

/** A value that goes from way-point to way-point. */
export class AngleTrack {
  private readonly timeS: number[] = [0];
  private readonly values: number[] = [0];
  private readonly ease: Ease;

  constructor(ease: Ease = minimumJerk) {
    this.ease = ease;
  }

  get last(): number {
    return this.values[this.values.length - 1];
  }

  /** Keeps its value until `startS`, then reaches `value` at `endS`. */
  moveTo(value: number, startS: number, endS: number): void {
    this.timeS.push(startS, endS);
    this.values.push(this.last, value);
  }

  at(timeS: number): number {
    let low = 0,
      high = this.timeS.length - 1;
    if (timeS >= this.timeS[high]) return this.values[high];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.timeS[middle] <= timeS) low = middle;
      else high = middle;
    }
    const span = this.timeS[high] - this.timeS[low];
    const fraction = span > 0 ? (timeS - this.timeS[low]) / span : 1;
    return this.values[low] + (this.values[high] - this.values[low]) * this.ease(Math.max(0, fraction));
  }
}

const REPETITIONS = 3;

/** Lays out one recording: three cycles of every plane, or of one, with what people do in between. */
export function planMovement(
  random: Random,
  person: SeatedPerson,
  has: ReadonlySet<SeatedNuisance>,
): SeatedMovement {
  const ease = random.uniform() < 0.5 ? minimumJerk : sinusoid;
  const exercise = [new AngleTrack(ease), new AngleTrack(ease), new AngleTrack(ease)] as const;
  const posture = [new AngleTrack(), new AngleTrack(), new AngleTrack()] as const;
  const bow = new AngleTrack(),
    rise = new AngleTrack();
  const excursions: PlannedExcursion[] = [];
  let timeS = 0;

  const goTo = (plane: number, angle: number, durationS: number): void => {
    for (let i = 0; i < 3; i++) {
      const inexact = has.has('returnsInexactly') ? 1.2 * random.gaussian() : 0.3 * random.gaussian();
      exercise[i].moveTo(angle * person.coupling[plane][i] + inexact, timeS, timeS + durationS);
    }
    timeS += durationS;
  };
  const sit = (durationS: number): void => {
    timeS += durationS;
  };
  /** A bump of posture while the person sits between blocks. */
  const bump = (deg: number): void => {
    const out = random.between(0.4, 1);
    for (const track of posture) {
      const size = deg * random.between(-1, 1),
        before = track.last;
      track.moveTo(before + size, timeS, timeS + out);
      track.moveTo(before, timeS + out + 0.3, timeS + 2 * out + 0.3);
    }
    timeS += 2 * out + 0.5;
  };

  if (has.has('standUp') && random.uniform() < 0.5) {
    rise.moveTo(0.4, 0, 0);
    sit(random.between(1, 3));
    getUpOrDown(bow, rise, timeS, 0);
    timeS += 2.2;
    sit(random.between(1.5, 3));
  }
  if (has.has('midMovementStart')) {
    // The recording starts while the person straightens up.
    const plane = Math.floor(3 * random.uniform());
    const side = person.range[plane][0] > 0 ? 0 : 1;
    exercise[plane].moveTo((side === 0 ? 1 : -1) * person.range[plane][side], 0, 0);
    goTo(plane, 0, random.between(0.4, 0.8));
    sit(random.between(0.2, 2));
  } else sit(has.has('noRestAtStart') ? random.between(0.05, 0.5) : random.between(2, 5));

  const all = [0, 1, 2];
  for (let i = 2; i > 0; i--) {
    const k = Math.floor((i + 1) * random.uniform());
    [all[i], all[k]] = [all[k], all[i]];
  }
  const planes = has.has('onePlane') ? all.slice(0, 1) : random.uniform() < 0.6 ? [0, 1, 2] : all;
  const slump = has.has('slump') ? random.between(4, 20) * (random.uniform() < 0.8 ? 1 : -0.6) : 0;
  const slumpsGradually = random.uniform() < 0.5;

  planes.forEach((plane, block) => {
    if (block > 0) sit(random.uniform() < 0.3 ? random.between(0.4, 1.5) : random.between(1.5, 7));
    if (block > 0 && has.has('fidgets')) bump(random.between(2, 5));
    if (block > 0 && has.has('reaches')) bump(random.between(4, 6.5));
    const blockStartS = timeS;
    const [positive, negative] = person.range[plane];
    const signs: (1 | -1)[] = [];
    if (positive > 0) signs.push(1);
    if (negative > 0) signs.push(-1);
    if (plane > 0 && random.uniform() < 0.5) signs.reverse();
    const longPauseAt = has.has('longPauseInCycle') ? Math.floor(REPETITIONS * random.uniform()) : -1;
    for (let rep = 0; rep < REPETITIONS; rep++) {
      const swingS = ((0.5 * person.cycleS) / Math.max(signs.length, 1.5)) * random.between(0.85, 1.15);
      signs.forEach((sign, side) => {
        const size = (sign > 0 ? positive : negative) * random.between(0.93, 1.05);
        const startS = timeS;
        goTo(plane, sign * size, swingS);
        const peakS = timeS;
        if (has.has('heldAtEnd'))
          sit(random.uniform() < 0.3 ? random.between(3.2, 5) : random.between(0.4, 2.5));
        goTo(plane, 0, swingS * random.between(0.9, 1.2));
        excursions.push({ plane, sign, startS, peakS: (peakS + timeS - swingS) / 2, endS: timeS });
        const isLast = side === signs.length - 1;
        if (has.has('continuous')) return;
        if (!isLast && rep === longPauseAt) sit(random.between(4.5, 6));
        else if (!isLast) sit(has.has('pauseInCycle') ? random.between(0.5, 1.7) : random.between(0, 0.4));
        else sit(random.uniform() < 0.1 ? random.between(3.5, 5) : random.between(0, 1.5));
      });
    }
    if (slump !== 0) {
      const target = posture[0].last + slump / planes.length;
      if (slumpsGradually) posture[0].moveTo(target, Math.max(blockStartS, timeS - 20), timeS);
      else {
        posture[0].moveTo(target, timeS, timeS + 1.5);
        sit(1.5);
      }
    }
  });
  const endsByStanding = has.has('standUp') && rise.last === 0;
  if (endsByStanding) {
    sit(random.between(1.5, 3));
    getUpOrDown(bow, rise, timeS, 0.4);
    timeS += 2.2;
    sit(random.between(0.5, 3));
  } else sit(has.has('abruptEnd') ? random.between(0.04, 0.4) : random.between(1.5, 4));
  return { durationS: timeS, excursions, exercise, posture, bow, rise };
}

function getUpOrDown(bow: AngleTrack, rise: AngleTrack, startS: number, heightM: number): void {
  bow.moveTo(32, startS, startS + 0.9);
  bow.moveTo(0, startS + 1.0, startS + 2.1);
  rise.moveTo(heightM, startS + 0.5, startS + 1.7);
}
