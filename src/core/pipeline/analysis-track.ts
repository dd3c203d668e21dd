import type { SegmentRole } from '../body/segment-role.ts';
import { facingFromEarthInto } from '../body/facing-frame.ts';
import { conjugateInto, createQuaternion, multiplyInto, type Quaternion } from '../math/quaternion.ts';

/** One segment through a recording: everything needed to give its orientation, and to ask "what if" about it. */
export interface SegmentTrack {
  readonly role: SegmentRole;
  readonly sensorIndex: number;
  /** 4 x count: rotation of the sensor in its own earth since neutral, identity in the neutral window; NaN in gaps. */
  readonly qEarthSinceNeutral: Float64Array;
  /** Orientation at neutral, by the pose. */
  readonly qFacingFromSegmentNeutral: Quaternion;
  /** Heading of forward in the sensor's own earth at neutral. */
  readonly forwardHeadingRad: number;
  /** Heading that has drifted since neutral, to be taken out, rad. */
  readonly driftRad: Float64Array;
  readonly driftSigmaRad: Float64Array;
  readonly inclinationSigmaRad: Float64Array;
  /** What its sensor's time may be off by, one standard deviation, s. */
  readonly clockSigmaS: number;
}

export function createTrack(
  role: SegmentRole,
  sensorIndex: number,
  orientations: Float64Array,
  inclinationSigmaRad: Float64Array,
  qEarthFromSensorNeutral: Quaternion,
  qFacingFromSegmentNeutral: Quaternion,
  forwardHeadingRad: number,
  clockSigmaS: number,
): SegmentTrack {
  const count = orientations.length / 4;
  const since = new Float64Array(orientations.length);
  const back = conjugateInto(createQuaternion(), qEarthFromSensorNeutral);
  const now = createQuaternion();
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < 4; k++) now[k] = orientations[4 * i + k];
    since.set(multiplyInto(now, now, back), 4 * i);
  }
  return {
    role,
    sensorIndex,
    qEarthSinceNeutral: since,
    qFacingFromSegmentNeutral,
    forwardHeadingRad,
    driftRad: new Float64Array(count),
    driftSigmaRad: new Float64Array(count),
    inclinationSigmaRad,
    clockSigmaS,
  };
}

/**
 * qFacingFromSegment at grid index i, w x y z, NaN in a gap.
 *
 * @param headingErrorRad what if forward lay this much further to the left at neutral
 * @param driftErrorRad what if this much more had drifted by now
 */
export function segmentOrientationInto(
  out: Quaternion,
  track: SegmentTrack,
  i: number,
  headingErrorRad = 0,
  driftErrorRad = 0,
): Quaternion {
  const heading = track.forwardHeadingRad + headingErrorRad;
  facingFromEarthInto(facing, heading);
  conjugateInto(neutral, facing);
  multiplyInto(neutral, neutral, track.qFacingFromSegmentNeutral);
  facingFromEarthInto(facing, heading + track.driftRad[i] + driftErrorRad);
  for (let k = 0; k < 4; k++) out[k] = track.qEarthSinceNeutral[4 * i + k];
  multiplyInto(out, facing, out);
  return multiplyInto(out, out, neutral);
}

const facing = createQuaternion();
const neutral = createQuaternion();
