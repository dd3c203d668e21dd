import { SEGMENT_ROLES, type SegmentRole } from '../body/segment-role.ts';
import { createQuaternion, multiplyInto } from '../math/quaternion.ts';
import type { LiveBody, LiveSegment } from '../pipeline/live-body.ts';
import { LIVE_ANGLE_NAMES } from '../pipeline/live-frame.ts';
import { replayRefined } from '../pipeline/refined-replay.ts';
import type { SessionResult } from '../pipeline/session-result.ts';
import type { SessionRecording } from '../recording/session-recording.ts';

/**
 * What a session was, on one even grid with the whole recording known: what other programs are given. Frame `facing`: x
 * where the person faces at neutral, y up, z to the right. Quaternions w x y z, NaN where nothing was measured.
 */
export interface SessionTracks {
  readonly recording: SessionRecording;
  readonly result: SessionResult;
  readonly rateHz: number;
  /** Session time, s. */
  readonly timeS: Float64Array;
  readonly segments: readonly SegmentTrack[];
  readonly angles: readonly AngleTrack[];
}

export interface SegmentTrack {
  readonly role: SegmentRole;
  /** 4 numbers a row. */
  readonly qFacingFromSegment: Float64Array;
  /** The same before the mounting is taken off: what the sensor itself did. */
  readonly qFacingFromSensor: Float64Array;
}

export interface AngleTrack {
  readonly name: (typeof LIVE_ANGLE_NAMES)[number];
  readonly angleRad: Float64Array;
  readonly halfWidth95Rad: Float64Array;
}

/** Instants of the common axis a second. */
const GRID_HZ = 100;

/**
 * Computes the tracks of a recorded session with today's engine. Segments that were never calibrated and angles that were
 * never measured are left out.
 *
 * @param onProgress share done, 0 to 1
 */
export function sessionTracks(
  recording: SessionRecording,
  onProgress: (share: number) => void = () => undefined,
): SessionTracks {
  const rows: Row[] = [];
  const { refined } = replayRefined(recording, onProgress, (_timeMs, body) => rows.push(rowOf(body)));
  const segments = SEGMENT_ROLES.flatMap((role, i): SegmentTrack[] => {
    const track = {
      role,
      qFacingFromSegment: columns(rows, (row) => row.segments, i),
      qFacingFromSensor: columns(rows, (row) => row.sensors, i),
    };
    return track.qFacingFromSegment.some(Number.isFinite) ? [track] : [];
  });
  const angles = LIVE_ANGLE_NAMES.map((name, i): AngleTrack => ({
    name,
    angleRad: refined.anglesRad[i],
    halfWidth95Rad: refined.halfWidths95Rad[i],
  })).filter((angle) => angle.angleRad.some(Number.isFinite));
  return { recording, result: refined.result, rateHz: GRID_HZ, timeS: refined.timeS, segments, angles };
}

/** Five quaternions each. */
interface Row {
  readonly segments: Float64Array;
  readonly sensors: Float64Array;
}

function rowOf(body: LiveBody): Row {
  const segments = new Float64Array(4 * SEGMENT_ROLES.length).fill(NaN),
    sensors = new Float64Array(4 * SEGMENT_ROLES.length).fill(NaN);
  body.segments.forEach((segment: LiveSegment, i) => {
    // Without its heading a segment's direction is not known against the others'.
    if (!segment.isValid || !segment.hasHeading || segment.sensor === null) return;
    segments.set(segment.qFacingFromSegment, 4 * i);
    sensors.set(multiplyInto(q, segment.qFacingFromEarth, segment.sensor.qEarthFromSensor), 4 * i);
  });
  return { segments, sensors };
}

const q = createQuaternion();

function columns(rows: readonly Row[], of: (row: Row) => Float64Array, segment: number): Float64Array {
  const out = new Float64Array(4 * rows.length);
  rows.forEach((row, i) => out.set(of(row).subarray(4 * segment, 4 * segment + 4), 4 * i));
  return out;
}
