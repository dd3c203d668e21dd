import { rotateInto, rotateInverseInto } from '../math/quaternion.ts';

/**
 * What the leaning of one trunk segment says about where forward is. People bow and bend along two square axes,
 * forward-backward and left-right, so the directions of lean crowd along a cross; and they go further forward than
 * back, and about as far left as right. Gravity shows all this without drift.
 */
export interface TiltEvidence {
  /** Heading of one arm of the cross in the sensor's earth at neutral, rad; the others follow at 90 deg. NaN when the person hardly leaned. */
  readonly crossHeadingRad: number;
  /** 0 (leaned every way alike) to 1 (exactly along a cross). */
  readonly concentration: number;
  /** Standard deviation of crossHeadingRad, rad; Infinity when it is NaN. */
  readonly sigmaRad: number;
  /** Largest lean (95th percentile of the time spent leaning) along each of the four arms, rad; arm k at crossHeadingRad + 90 deg k. */
  readonly reachRad: readonly [number, number, number, number];
}

/** Below this lean the direction is that of sway and noise. */
const SMALLEST_LEAN_RAD = 0.14;
/** Beyond this lean a turn of the trunk swings the direction of lean round: it says nothing about forward. */
const LARGEST_LEAN_RAD = 0.96;
/** Seconds of leaning needed. */
const SHORTEST_LEAN_S = 1.5;
const FLOOR_SIGMA_RAD = 0.07;
const SCATTER_SIGMA_RAD = 0.26;

/**
 * @param orientations 4 columns, qEarthFromSensor on a uniform grid; NaN rows are left out
 * @param qEarthFromSensorNeutral mean in the neutral window
 * @param knownCrossRad heading of the cross where something else tells it
 */
export function estimateTiltEvidence(
  orientations: Float64Array,
  qEarthFromSensorNeutral: ArrayLike<number>,
  stepS: number,
  knownCrossRad = NaN,
): TiltEvidence {
  const up = new Float64Array(3);
  const qNow = new Float64Array(4);
  const leans: number[] = [];
  let real = 0,
    imaginary = 0,
    weight = 0;
  for (let at = 0; at < orientations.length; at += 4) {
    if (orientations[at] !== orientations[at]) continue;
    for (let k = 0; k < 4; k++) qNow[k] = orientations[at + k];
    // Up in segment axes that were square with earth at neutral: it leans opposite to the segment.
    rotateInverseInto(up, qNow, VERTICAL);
    rotateInto(up, qEarthFromSensorNeutral, up);
    const size = Math.hypot(up[0], up[1]);
    const lean = Math.atan2(size, up[2]);
    if (lean < SMALLEST_LEAN_RAD || lean > LARGEST_LEAN_RAD) continue;
    const heading = Math.atan2(-up[1], -up[0]);
    leans.push(lean, heading);
    const w = size * size;
    real += w * Math.cos(4 * heading);
    imaginary += w * Math.sin(4 * heading);
    weight += w;
  }
  if ((leans.length / 2) * stepS < SHORTEST_LEAN_S) return NO_TILT_EVIDENCE;
  const crossHeadingRad = knownCrossRad === knownCrossRad ? knownCrossRad : Math.atan2(imaginary, real) / 4;
  const concentration = Math.hypot(real, imaginary) / weight;
  const arms: number[][] = [[], [], [], []];
  for (let i = 0; i < leans.length; i += 2) {
    const turns = (leans[i + 1] - crossHeadingRad) / (Math.PI / 2);
    const arm = ((Math.round(turns) % 4) + 4) % 4;
    arms[arm].push(leans[i] * Math.cos((turns - Math.round(turns)) * (Math.PI / 2)));
  }
  const reach = arms.map((list) => percentile95(list, stepS));
  return {
    crossHeadingRad,
    concentration,
    sigmaRad: FLOOR_SIGMA_RAD + SCATTER_SIGMA_RAD * (1 - concentration),
    reachRad: [reach[0], reach[1], reach[2], reach[3]],
  };
}

/** What one housing says beside the movement: sensors are flat, and lie flat on the back. */
export interface HousingHint {
  /** Heading of the sensor's z axis, the normal of its flat face, at neutral, rad, in the evidence's earth. */
  readonly normalHeadingRad: number;
  /** Cosine of that axis' angle from horizontal. */
  readonly normalHorizontal: number;
  /**
   * Rise of the z axis over horizontal, rad. On the upper back, which faces up and back, the side of the normal that
   * rises is the back. NaN where the place of the sensor says nothing.
   */
  readonly normalRiseRad: number;
}

/** What all housings together say about the axis through the body from back to front. */
export interface FlatFaces {
  /** Heading of that axis, one side or the other, rad. */
  readonly axisHeadingRad: number;
  /** Log odds that the axis is this one and not the one square to it; 0 when no face stands upright. */
  readonly logOdds: number;
}

const ONE_FACE_LOG_ODDS = 2.4;
const EACH_FACE_LOG_ODDS = 0.8;

/** A face that stands upright points to the back or the front; faces that agree are surer than one. */
export function combineFaces(housings: readonly HousingHint[]): FlatFaces {
  let x = 0,
    y = 0;
  for (const housing of housings) {
    const flatness = flatnessOf(housing);
    x += flatness * Math.cos(2 * housing.normalHeadingRad);
    y += flatness * Math.sin(2 * housing.normalHeadingRad);
  }
  const agreement = housings.length === 0 ? 0 : Math.hypot(x, y) / housings.length;
  return {
    axisHeadingRad: Math.atan2(y, x) / 2,
    logOdds: agreement * (ONE_FACE_LOG_ODDS + EACH_FACE_LOG_ODDS * housings.length),
  };
}

function flatnessOf(housing: HousingHint): number {
  return Math.max(0, housing.normalHorizontal - 0.6) / 0.4;
}

/** Which of the four arms is forward, or what stays open. */
export interface ForwardChoice {
  /** Heading of forward, rad; meaningless when axisSure is false. */
  readonly forwardHeadingRad: number;
  readonly axisSure: boolean;
  readonly signSure: boolean;
}

/** A face this close to upright may be so by a careless placing. */
const FLAT_RAD = 0.09;
/** Evidence is added up as log odds; less than this (about 3 to 1) stays open, */
const SURE_LOG_ODDS = 1.1;
/** and less than this where movement and housing contradict each other. */
const CONTRADICTED_LOG_ODDS = 1.8;
/** What movement alone can say at most about the axis: along both axes, or along one, which may be bowing or bending. */
const MOVEMENT_LOG_ODDS = 3;
const SINGLE_AXIS_LOG_ODDS = 1.3;
/** An axis visited less than this share of the other was not moved along on purpose. */
const VISITED_SHARE = 0.3;

/** Directions of lean that crowd less than this along a cross show no cross. */
export const LEAST_CONCENTRATION = 0.35;

/**
 * Chooses forward. The sagittal axis is the one across the flat back, with more movement and with more of it to one
 * side; forward is where people lean further, and away from where the upper back faces. What does not stand out
 * clearly stays open: nothing is guessed. Without a cross of leaning, `evidence` is taken along the housings' axis.
 */
export function chooseForward(evidence: TiltEvidence, housings: readonly HousingHint[]): ForwardChoice {
  const reach = evidence.reachRad;
  const faces = combineFaces(housings);
  if (!Number.isFinite(evidence.crossHeadingRad))
    return {
      forwardHeadingRad: faces.axisHeadingRad,
      axisSure: faces.logOdds > SURE_LOG_ODDS,
      signSure: false,
    };
  const movement = axisLogOddsOfMovement(reach);
  const housing = faces.logOdds * Math.cos(2 * (faces.axisHeadingRad - evidence.crossHeadingRad));
  const axisLogOdds = movement + housing;
  const contradicted =
    movement * housing < 0 && Math.min(Math.abs(movement), Math.abs(housing)) > SURE_LOG_ODDS;
  const axis = axisLogOdds >= 0 ? 0 : 1;
  const [a, b] = [reach[axis], reach[axis + 2]];
  let signLogOdds = 4 * Math.log((a + 0.03) / (b + 0.03));
  for (const hint of housings) {
    if (!Number.isFinite(hint.normalRiseRad)) continue;
    const steepness = Math.min(0.5, Math.max(0, Math.abs(hint.normalRiseRad) - FLAT_RAD));
    const rise = Math.sign(hint.normalRiseRad) * steepness;
    // A rising normal points back: arm `axis` is forward when the normal lies along the opposite arm.
    const along = Math.cos(hint.normalHeadingRad - evidence.crossHeadingRad - (axis * Math.PI) / 2);
    signLogOdds -= 4 * rise * flatnessOf(hint) * along;
  }
  const forward = signLogOdds >= 0 ? axis : axis + 2;
  const axisSure = Math.abs(axisLogOdds) > (contradicted ? CONTRADICTED_LOG_ODDS : SURE_LOG_ODDS);
  return {
    forwardHeadingRad: evidence.crossHeadingRad + (forward * Math.PI) / 2,
    axisSure,
    signSure: axisSure && Math.abs(signLogOdds) > SURE_LOG_ODDS && Math.max(a, b) > 0.2,
  };
}

/** Positive for the first axis of the cross. */
function axisLogOddsOfMovement(reach: TiltEvidence['reachRad']): number {
  const total = [0, 1].map((axis) => reach[axis] + reach[axis + 2]);
  const lopsided = [0, 1].map((axis) => (2 * Math.abs(reach[axis] - reach[axis + 2])) / (total[axis] + 0.05));
  const isSingle = Math.min(total[0], total[1]) < VISITED_SHARE * Math.max(total[0], total[1]);
  const logOdds = isSingle
    ? 2.2 * (total[0] > total[1] ? lopsided[0] : -lopsided[1])
    : 2.2 * (Math.log((total[0] + 0.05) / (total[1] + 0.05)) + lopsided[0] - lopsided[1]);
  const most = isSingle ? SINGLE_AXIS_LOG_ODDS : MOVEMENT_LOG_ODDS;
  return Math.max(-most, Math.min(most, logOdds));
}

const VERTICAL = [0, 0, 1] as const;
const NO_TILT_EVIDENCE: TiltEvidence = {
  crossHeadingRad: NaN,
  concentration: 0,
  sigmaRad: Infinity,
  reachRad: [0, 0, 0, 0],
};

/** 0 when the arm was visited for less than 0.3 s. */
function percentile95(values: readonly number[], stepS: number): number {
  if (values.length * stepS < 0.3) return 0;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(0.95 * (sorted.length - 1))];
}
