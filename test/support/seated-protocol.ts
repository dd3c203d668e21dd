import type { BodyPose, Triple } from './worn-body.ts';

/** A seated session: flexion-extension, side bends and turns, three of each, as one person does them. */
export interface SeatedPerson {
  /** Whole movement of the upper back against the pelvis, deg, and the thorax' share of it. */
  readonly flexion: number;
  readonly extension: number;
  readonly lateral: number;
  readonly rotation: number;
  readonly thoraxShare: number;
  /** Deg of pelvis per deg of the movement. */
  readonly pelvisShare: number;
  /** Turning that goes along with a side bend, and bending with a turn. */
  readonly coupling: number;
  readonly outS: number;
  readonly restS: number;
}

interface Swing {
  readonly startS: number;
  readonly outS: number;
  readonly holdS: number;
  readonly peak: Triple;
}

export interface SeatedSession {
  readonly durationS: number;
  poseAt(timeS: number): BodyPose;
}

export function createSeatedSession(person: SeatedPerson): SeatedSession {
  const swings: Swing[] = [];
  let timeS = 3.5;
  const add = (peak: Triple): void => {
    swings.push({ startS: timeS, outS: person.outS, holdS: 0.4, peak });
    timeS += 2 * person.outS + 0.4 + 0.3;
  };
  for (let i = 0; i < 3; i++) {
    add([person.flexion, 1.5, -1]);
    add([-person.extension, 0, 1]);
  }
  timeS += person.restS;
  for (let i = 0; i < 3; i++) {
    add([4, person.lateral, person.coupling * person.lateral]);
    add([3, -person.lateral, -person.coupling * person.lateral]);
  }
  timeS += person.restS;
  for (let i = 0; i < 3; i++) {
    add([3, person.coupling * person.rotation * 0.5, person.rotation]);
    add([2, -person.coupling * person.rotation * 0.5, -person.rotation]);
  }
  timeS += 3;
  return { durationS: timeS, poseAt: (t) => poseAt(t, swings, person) };
}

function poseAt(timeS: number, swings: readonly Swing[], person: SeatedPerson): BodyPose {
  const whole: [number, number, number] = [0, 0, 0];
  for (const swing of swings) {
    const t = timeS - swing.startS;
    const back = t - swing.outS - swing.holdS;
    const share =
      t <= 0 || back >= swing.outS
        ? 0
        : t < swing.outS
          ? smoothStep(t / swing.outS)
          : back < 0
            ? 1
            : 1 - smoothStep(back / swing.outS);
    for (let i = 0; i < 3; i++) whole[i] = (whole[i] ?? 0) + share * (swing.peak[i] ?? 0);
  }
  const breath = 0.4 * Math.sin(2 * Math.PI * 0.24 * timeS);
  const scale = (k: number, extra = 0): Triple => [whole[0] * k + extra, whole[1] * k, whole[2] * k];
  return {
    pelvis: scale(person.pelvisShare, -4),
    lumbar: scale(1 - person.thoraxShare, 6),
    thorax: scale(person.thoraxShare, breath),
  };
}

/** Minimum jerk. */
function smoothStep(x: number): number {
  return x * x * x * (10 + x * (6 * x - 15));
}
