import { headingFromStatedMount, meanOrientationInto } from '../body/mounting.ts';
import { MOUNT_TOLERANCE_RAD } from '../body/mount-triple.ts';
import { poseOrientationInto, type NeutralPose } from '../body/posture.ts';
import { solveHeadings, type HeadingStatement } from '../body/heading-solution.ts';
import { estimateSharedMotion } from '../body/shared-motion.ts';
import {
  chooseForward,
  combineFaces,
  estimateTiltEvidence,
  LEAST_CONCENTRATION,
  type ForwardChoice,
  type HousingHint,
  type TiltEvidence,
} from '../body/tilt-evidence.ts';
import { DEG_PER_RAD, GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../math/angle.ts';
import { createQuaternion, rotateInto, type Quaternion } from '../math/quaternion.ts';
import type { AnalysisGrid, GridSensor } from './analysis-grid.ts';
import type { AnalysisSensor } from './analysis-input.ts';
import type { StillWindow } from './analysis-neutral.ts';
import type { AnalysisFlag } from './analysis-flag.ts';
import { isArmRole } from './analysis-layout.ts';

/** How every sensor sits, as far as the recording tells. */
export interface RecordingMounting {
  readonly sensors: readonly SensorMounting[];
  /** n x n covariance of the forward headings, rad^2. */
  readonly headingCovariance: Float64Array;
  /** False: which horizontal axis people bow about is not known, so flexion and side bend cannot be told apart. */
  readonly axisSure: boolean;
  /** False: forward and backward, left and right bend cannot be told apart. A turn's sign needs neither. */
  readonly signSure: boolean;
  readonly flags: readonly AnalysisFlag[];
}

export interface SensorMounting {
  readonly qEarthFromSensorNeutral: Quaternion;
  readonly qFacingFromSegmentNeutral: Quaternion;
  readonly forwardHeadingRad: number;
}

/** A stated mounting is true within 30 deg: about a 12 deg standard deviation of its heading. */
const STATED_SIGMA_RAD = 12 * RAD_PER_DEG;
/** A slumped back and a steep site explain this much; beyond it the statement is of another sensor or axis. */
const LARGEST_MOUNT_CORRECTION_RAD = 50 * RAD_PER_DEG;
const SMALLEST_RATE_RAD_PER_S = 1.5 * RAD_PER_DEG;
const SMALLEST_ACC_METERS_PER_S2 = 0.4;
/** What agreement of two sensors' signals is worth at best: neighbours on the spine, or an arm and the trunk. */
const SPINE_FLOOR_RAD = { gyro: 7 * RAD_PER_DEG, acc: 8 * RAD_PER_DEG } as const;
const ARM_FLOOR_RAD = { gyro: 18 * RAD_PER_DEG, acc: 15 * RAD_PER_DEG } as const;
const SMOOTHING_S = 0.15;
/** A face nearer to level than this says nothing about where it looks. */
const LEAST_FACE_HORIZONTAL = 0.6;

export function estimateMounting(
  grid: AnalysisGrid,
  stated: readonly AnalysisSensor[],
  neutral: StillWindow,
  pose: NeutralPose,
): RecordingMounting {
  const flags: AnalysisFlag[] = [];
  const neutrals = grid.sensors.map((sensor) =>
    meanOrientationInto(createQuaternion(), sensor.qEarthFromSensor, neutral.first, neutral.last),
  );
  const poses = stated.map((input, i) => neutralOrientation(input, neutrals[i], pose));
  // A mounting that gravity contradicts says nothing about forward either: it is found as if none were stated.
  const inputs = stated.map((input, i) => {
    if (input.qSegmentFromSensor === null) return input;
    const { correctionRad } = headingFromStatedMount(input.qSegmentFromSensor, neutrals[i], poses[i]);
    if (correctionRad <= MOUNT_TOLERANCE_RAD * 1.1) return input;
    const isUsed = correctionRad <= LARGEST_MOUNT_CORRECTION_RAD;
    flags.push({
      flag: 'MOUNTING_UNSURE',
      sensor: input.prefix,
      startS: grid.timeS[neutral.first],
      endS: grid.timeS[neutral.last],
      detail: `gravity disagrees with the stated mounting by ${(correctionRad * DEG_PER_RAD).toFixed(0)} deg${isUsed ? '' : ': it is not used; the sensor is worn another way, or an axis of its accelerometer is reversed'}`,
    });
    return isUsed ? input : { ...input, qSegmentFromSensor: null };
  });
  const evidence = inputs.map((input, i) =>
    isArmRole(input.role)
      ? null
      : estimateTiltEvidence(grid.sensors[i].qEarthFromSensor, neutrals[i], grid.stepS),
  );

  const statements: HeadingStatement[] = [];
  const initial: number[] = inputs.map(() => NaN);
  inputs.forEach((input, i) => {
    if (input.qSegmentFromSensor === null) return;
    const { forwardHeadingRad } = headingFromStatedMount(input.qSegmentFromSensor, neutrals[i], poses[i]);
    initial[i] = forwardHeadingRad;
    statements.push({
      from: -1,
      to: i,
      valueRad: forwardHeadingRad,
      sigmaRad: input.mountSigmaRad ?? STATED_SIGMA_RAD,
      periodRad: 2 * Math.PI,
    });
  });
  statements.push(...sharedStatements(grid, inputs));

  let axisSure = true,
    signSure = true,
    isFound = false,
    foundBy: TiltEvidence | null = null;
  const findForward = (anchor: number): ForwardChoice => {
    // Neighbours that share motion with this sensor lend it their housings.
    const heading = inputs.map((_, i) => (i === anchor ? 0 : NaN));
    spreadInitial(heading, statements);
    const housings = inputs.flatMap((input, i) =>
      isArmRole(input.role) || heading[i] !== heading[i] ? [] : [housingHint(neutrals[i], input, heading[i])],
    );
    const found = evidence[anchor];
    if (found !== null && found.concentration >= LEAST_CONCENTRATION) return chooseForward(found, housings);
    const faces = combineFaces(housings);
    const orientations = grid.sensors[anchor].qEarthFromSensor;
    return chooseForward(
      estimateTiltEvidence(orientations, neutrals[anchor], grid.stepS, faces.axisHeadingRad),
      housings,
    );
  };
  if (initial.every((heading) => heading !== heading)) {
    const strongest = strongestTilt(evidence);
    const anchor =
      strongest >= 0
        ? strongest
        : Math.max(
            0,
            evidence.findIndex((found) => found !== null),
          );
    const choice = pose === 'upright' && evidence[anchor] !== null ? findForward(anchor) : null;
    axisSure = choice?.axisSure ?? false;
    signSure = choice?.signSure ?? false;
    initial[anchor] = axisSure && choice !== null ? choice.forwardHeadingRad : 0;
    if (axisSure)
      statements.push({
        from: -1,
        to: anchor,
        valueRad: initial[anchor],
        sigmaRad: STATED_SIGMA_RAD,
        periodRad: 2 * Math.PI,
      });
    foundBy = strongest >= 0 ? evidence[anchor] : null;
    isFound = true;
  }
  spreadInitial(initial, statements);
  initial.forEach((heading, i) => {
    if (heading === heading) return;
    // Nothing ties this sensor to the others: it must find forward by itself, or it hardly moved and it matters little.
    const found = evidence[i];
    const leaned = found !== null && Number.isFinite(found.sigmaRad);
    const tie = leaned ? null : housingTie(i, initial, neutrals, inputs);
    if (tie !== null) {
      statements.push(tie);
      initial[i] = initial[tie.from] + tie.valueRad;
      return;
    }
    const choice = leaned ? findForward(i) : null;
    initial[i] = choice !== null && choice.axisSure ? choice.forwardHeadingRad : 0;
    if (leaned) signSure &&= choice !== null && choice.signSure;
  });
  if (isFound || !signSure) flags.push(...findingFlags(grid, inputs, axisSure, signSure, foundBy));
  if (axisSure)
    evidence.forEach((found, i) => {
      if (found === null || !Number.isFinite(found.sigmaRad) || found.concentration < LEAST_CONCENTRATION)
        return;
      const toward = nearestArm(found.crossHeadingRad, initial[i]);
      // A cross that lies far from what was stated is another kind of movement.
      if (inputs[i].qSegmentFromSensor !== null && Math.abs(toward - initial[i]) > MOUNT_TOLERANCE_RAD * 1.2)
        return;
      statements.push({
        from: -1,
        to: i,
        valueRad: toward,
        sigmaRad: found.sigmaRad,
        periodRad: Math.PI / 2,
      });
    });
  const solution = solveHeadings(initial, statements);
  return {
    sensors: inputs.map((_, i) => ({
      qEarthFromSensorNeutral: neutrals[i],
      qFacingFromSegmentNeutral: poses[i],
      forwardHeadingRad: solution.headingRad[i],
    })),
    headingCovariance: solution.covariance,
    axisSure,
    signSure,
    flags,
  };
}

/**
 * A trunk sensor that hardly moved lies as its neighbours do, flat on the back with the same face outwards; each may be
 * put on as inexactly as a stated mounting. Null where no neighbour's heading is known or a face does not tell.
 */
function housingTie(
  to: number,
  headings: readonly number[],
  neutrals: readonly Quaternion[],
  inputs: readonly AnalysisSensor[],
): HeadingStatement | null {
  const tells = (i: number): boolean =>
    !isArmRole(inputs[i].role) &&
    housingHint(neutrals[i], inputs[i], 0).normalHorizontal > LEAST_FACE_HORIZONTAL;
  const from = headings.findIndex((heading, i) => heading === heading && tells(i));
  if (from < 0 || !tells(to)) return null;
  const own = housingHint(neutrals[to], inputs[to], 0).normalHeadingRad,
    other = housingHint(neutrals[from], inputs[from], 0).normalHeadingRad;
  return {
    from,
    to,
    valueRad: own - other,
    sigmaRad: Math.SQRT2 * STATED_SIGMA_RAD,
    periodRad: 2 * Math.PI,
  };
}

/** How the flat face of a sensor lies at neutral, seen from an earth in which its own lies at a heading. */
function housingHint(
  qEarthFromSensorNeutral: Quaternion,
  input: AnalysisSensor,
  headingRad: number,
): HousingHint {
  const normal = rotateInto(new Float64Array(3), qEarthFromSensorNeutral, [0, 0, 1]);
  return {
    normalHeadingRad: Math.atan2(normal[1], normal[0]) - headingRad,
    normalHorizontal: Math.hypot(normal[0], normal[1]),
    normalRiseRad: input.role === 'upperBack' ? Math.asin(Math.max(-1, Math.min(1, normal[2]))) : NaN,
  };
}

/** Trunk segments take the pose. Arms hang by gravity, or lie along the trunk where a stated mounting fits that better. */
function neutralOrientation(input: AnalysisSensor, qNeutral: Quaternion, pose: NeutralPose): Quaternion {
  const along = poseOrientationInto(createQuaternion(), pose);
  if (!isArmRole(input.role) || pose === 'upright') return along;
  const hanging = createQuaternion();
  if (input.qSegmentFromSensor === null) return pose === 'prone' ? hanging : along;
  const correction = (q: Quaternion): number =>
    headingFromStatedMount(input.qSegmentFromSensor ?? [1, 0, 0, 0], qNeutral, q).correctionRad;
  return correction(hanging) <= correction(along) ? hanging : along;
}

/** Heading differences from rotation rates and accelerations that two sensors share. */
function sharedStatements(grid: AnalysisGrid, inputs: readonly AnalysisSensor[]): HeadingStatement[] {
  if (inputs.length < 2) return [];
  const motions = grid.sensors.map((sensor) => horizontalMotion(grid, sensor));
  const statements: HeadingStatement[] = [];
  for (let a = 0; a < inputs.length; a++)
    for (let b = a + 1; b < inputs.length; b++) {
      const arms = Number(isArmRole(inputs[a].role)) + Number(isArmRole(inputs[b].role));
      if (arms === 2) continue;
      const floors = arms === 1 ? ARM_FLOOR_RAD : SPINE_FLOOR_RAD;
      for (const [kind, smallest] of [
        ['gyro', SMALLEST_RATE_RAD_PER_S],
        ['acc', SMALLEST_ACC_METERS_PER_S2],
      ] as const) {
        const shared = estimateSharedMotion(
          motions[a][kind],
          motions[b][kind],
          grid.stepS,
          smallest,
          floors[kind],
        );
        if (!Number.isFinite(shared.sigmaRad)) continue;
        statements.push({
          from: a,
          to: b,
          valueRad: shared.turnRad,
          sigmaRad: shared.sigmaRad,
          periodRad: 2 * Math.PI,
        });
      }
    }
  return statements;
}

/** Horizontal rotation rate and acceleration in the sensor's own earth, smoothed. */
function horizontalMotion(
  grid: AnalysisGrid,
  sensor: GridSensor,
): { readonly gyro: Float64Array; readonly acc: Float64Array } {
  const gyro = new Float64Array(2 * grid.count),
    acc = new Float64Array(2 * grid.count);
  const q = createQuaternion(),
    v = new Float64Array(3);
  for (let i = 0; i < grid.count; i++) {
    for (let k = 0; k < 4; k++) q[k] = sensor.qEarthFromSensor[4 * i + k];
    for (let k = 0; k < 3; k++) v[k] = sensor.gyroRadPerS[3 * i + k];
    rotateInto(v, q, v);
    gyro[2 * i] = v[0];
    gyro[2 * i + 1] = v[1];
    for (let k = 0; k < 3; k++) v[k] = sensor.accMetersPerS2[3 * i + k];
    rotateInto(v, q, v);
    // Knocks say little about where forward is.
    const isKnock = Math.hypot(v[0], v[1]) > GRAVITY_METERS_PER_S2;
    acc[2 * i] = isKnock ? NaN : v[0];
    acc[2 * i + 1] = isKnock ? NaN : v[1];
  }
  const half = Math.max(1, Math.round(SMOOTHING_S / grid.stepS));
  return { gyro: smoothColumns(gyro, half), acc: smoothColumns(acc, half) };
}

function smoothColumns(values: Float64Array, half: number): Float64Array {
  const count = values.length / 2;
  const out = new Float64Array(values.length);
  for (let i = 0; i < count; i++) {
    let x = 0,
      y = 0,
      used = 0;
    for (let k = Math.max(0, i - half); k <= i + half && k < count; k++) {
      if (values[2 * k] !== values[2 * k]) continue;
      x += values[2 * k];
      y += values[2 * k + 1];
      used++;
    }
    out[2 * i] = x / used;
    out[2 * i + 1] = y / used;
  }
  return out;
}

function strongestTilt(evidence: readonly (TiltEvidence | null)[]): number {
  let best = -1,
    reach = 0;
  evidence.forEach((found, i) => {
    if (found === null || !Number.isFinite(found.sigmaRad)) return;
    const size = Math.max(...found.reachRad);
    if (size > reach) {
      best = i;
      reach = size;
    }
  });
  return best;
}

/** Gives every sensor without a heading one from a neighbour that shares motion with it, surest statement first. */
function spreadInitial(initial: number[], statements: readonly HeadingStatement[]): void {
  const links = statements.filter((s) => s.from >= 0).sort((a, b) => a.sigmaRad - b.sigmaRad);
  for (let round = 0; round < initial.length; round++) {
    const link = links.find(
      (s) => (initial[s.from] === initial[s.from]) !== (initial[s.to] === initial[s.to]),
    );
    if (link === undefined) break;
    if (initial[link.to] !== initial[link.to]) initial[link.to] = initial[link.from] + link.valueRad;
    else initial[link.from] = initial[link.to] - link.valueRad;
  }
}

function nearestArm(crossHeadingRad: number, towardRad: number): number {
  const quarter = Math.PI / 2;
  return crossHeadingRad + quarter * Math.round((towardRad - crossHeadingRad) / quarter);
}

function findingFlags(
  grid: AnalysisGrid,
  inputs: readonly AnalysisSensor[],
  axisSure: boolean,
  signSure: boolean,
  found: TiltEvidence | null,
): AnalysisFlag[] {
  const span = { sensor: null, startS: grid.timeS[0], endS: grid.timeS[grid.count - 1] };
  const how =
    found === null
      ? 'no trunk sensor leaned far enough'
      : `leaning along a cross with concentration ${found.concentration.toFixed(2)}`;
  const flags: AnalysisFlag[] = [
    {
      ...span,
      flag: 'MOUNTING_UNSURE',
      detail: `mounting of ${inputs.map((i) => i.prefix || i.role).join(', ')} found from gravity and movement: ${how}; state it with --mount to be sure`,
    },
  ];
  if (!axisSure)
    flags.push({
      ...span,
      flag: 'SIGN_UNRESOLVED',
      detail: 'the axis of bowing is not clear: flexion, extension and side bends are left out',
    });
  else if (!signSure)
    flags.push({
      ...span,
      flag: 'SIGN_UNRESOLVED',
      detail: 'forward and backward are not clear: flexion, extension and side bends are left out',
    });
  return flags;
}
