import type { SegmentRole } from '../body/segment-role.ts';
import { DEG_PER_RAD } from '../math/angle.ts';
import { createQuaternion, multiplyInto } from '../math/quaternion.ts';
import type { AngleTrack, SessionTracks } from './session-tracks.ts';

/**
 * Orientations and angles as OpenSim reads them: https://opensimconfluence.atlassian.net, "OpenSense: IMU Placer" and "IMU
 * Inverse Kinematics" for the orientations, "Storage (.sto) Files" and "Motion (.mot) Files" for the headers.
 */

/** Frames of OpenSim's models, by which IMU Placer finds the body: `torso_imu` sits on `torso`. */
const IMU_NAMES: Readonly<Record<SegmentRole, string>> = {
  upperBack: 'torso_imu',
  // Standard models have one torso: a model with a body of this name is needed to use it.
  lowerBack: 'lumbar_imu',
  pelvis: 'pelvis_imu',
  upperArmLeft: 'humerus_l_imu',
  upperArmRight: 'humerus_r_imu',
};

/** Half of a quarter turn about x: from the facing frame (y up) to OpenSim's sensor world (z up). */
const Z_UP_FROM_FACING = Float64Array.of(Math.SQRT1_2, Math.SQRT1_2, 0, 0);

/** A motion needs at least this many rows for OpenSim to read it. */
const FEWEST_ROWS = 2;

/** What could not be written, in plain words. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
}

/**
 * Sensor orientations for IMU Placer and IMU Inverse Kinematics, world z up: the tools' usual
 * `sensor_to_opensim_rotations` of -pi/2 0 0 turns it to OpenSim's. Row 0 is the calibration pose: the first instant after
 * the person stood tall, facing along x. Rows in which a sensor is missing are left out: the time steps over them.
 */
export function orientationsSto(tracks: SessionTracks): string {
  const { segments, timeS, rateHz } = tracks;
  const q = createQuaternion();
  const lines: string[] = [];
  for (let i = 0; i < timeS.length; i++) {
    const cells = segments.map(({ qFacingFromSensor }) => {
      multiplyInto(q, Z_UP_FROM_FACING, qFacingFromSensor.subarray(4 * i, 4 * i + 4));
      return Array.from(q, (value) => value.toFixed(8)).join(',');
    });
    if (cells.some((cell) => cell.includes('NaN'))) continue;
    lines.push([timeS[i].toFixed(4), ...cells].join('\t'));
  }
  if (segments.length === 0 || lines.length < FEWEST_ROWS)
    throw new ExportError(
      'There is no moment in which all sensors were measured after the person stood tall: nothing can be written for OpenSim.',
    );
  const head = [
    `DataRate=${rateHz.toFixed(6)}`,
    'DataType=Quaternion',
    'version=3',
    'OpenSimVersion=4.5',
    'endheader',
    ['time', ...segments.map(({ role }) => IMU_NAMES[role])].join('\t'),
  ];
  return `${[...head, ...lines].join('\n')}\n`;
}

/**
 * Columns of a motion file. Trunk angles are named after the coordinates of OpenSim's full-body models and have their signs
 * (extension positive); arm elevation has no coordinate there and keeps a name of its own.
 */
const COORDINATES: Readonly<Record<AngleTrack['name'], { readonly name: string; readonly sign: 1 | -1 }>> = {
  flexion: { name: 'lumbar_extension', sign: -1 },
  sideBend: { name: 'lumbar_bending', sign: 1 },
  rotation: { name: 'lumbar_rotation', sign: 1 },
  armElevationLeft: { name: 'arm_elevation_l', sign: 1 },
  armElevationRight: { name: 'arm_elevation_r', sign: 1 },
  lockedRotation: { name: 'locked_rotation', sign: 1 },
};

/** Angles in degrees as a motion file. An instant at which an angle was not measured has NaN there. */
export function anglesMot(tracks: SessionTracks): string {
  const { angles, timeS } = tracks;
  const lines: string[] = [];
  for (let i = 0; i < timeS.length; i++) {
    if (!angles.some(({ angleRad }) => Number.isFinite(angleRad[i]))) continue;
    const cells = angles.map(({ name, angleRad }) =>
      (COORDINATES[name].sign * angleRad[i] * DEG_PER_RAD).toFixed(6),
    );
    lines.push([timeS[i].toFixed(4), ...cells].join('\t'));
  }
  if (lines.length < FEWEST_ROWS)
    throw new ExportError('No angle was measured in this session: there is no motion to write.');
  const head = [
    'thora_angles',
    'version=1',
    `nRows=${lines.length}`,
    `nColumns=${angles.length + 1}`,
    'inDegrees=yes',
    'endheader',
    ['time', ...angles.map(({ name }) => COORDINATES[name].name)].join('\t'),
  ];
  return `${[...head, ...lines].join('\n')}\n`;
}
