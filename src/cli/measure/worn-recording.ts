import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { neutralPoseOf, type NeutralPose } from '../../core/body/posture.ts';
import type { SegmentRole } from '../../core/body/segment-role.ts';
import { RAD_PER_DEG } from '../../core/math/angle.ts';
import { conjugateInto, createQuaternion } from '../../core/math/quaternion.ts';
import type { SharedMotion } from '../../core/clock/shared-motion-search.ts';
import { alignBySharedMotion } from '../../core/pipeline/analysis-clocks.ts';
import type { AnalysisOptions, AnalysisSensor } from '../../core/pipeline/analysis-input.ts';
import { replaySession } from '../../core/pipeline/live-replay.ts';
import { imuSeriesFromPackets } from '../../core/pipeline/sensor-timeline.ts';
import { RecordingError } from '../../core/recording/recording-error.ts';
import { RECORDING_FILE_ENDING, readRecordingFile } from '../../core/recording/recording-file.ts';
import type { SessionRecording } from '../../core/recording/session-recording.ts';
import { imuSeriesFromTable, rateHzFromTable } from '../../core/recording/table-trial.ts';
import { readTableFile } from '../table-file.ts';
import { UsageError, type MeasureOptions } from './measure-options.ts';

/** A recording file is a zip archive. */
const ZIP_START = Buffer.from('PK\x03\x04', 'latin1');

/** Heading of a mounting found by bowing, and of one taken from the neutral pose and the usual place alone. */
const FUNCTIONAL_SIGMA_RAD = 3 * RAD_PER_DEG;
const NEUTRAL_POSE_SIGMA_RAD = 12 * RAD_PER_DEG;

/** A recording as `measure` needs it: sensors with roles, and what the recording itself says of its course. */
export interface WornRecording {
  readonly name: string;
  readonly sensors: readonly AnalysisSensor[];
  readonly pose: NeutralPose;
  readonly course: Pick<AnalysisOptions, 'fromS' | 'counted'>;
  /** What was done to the recording before it was measured, for people to read. */
  readonly notes: readonly string[];
}

/** Reads either kind of recording and gives its sensors their roles. */
export function readWornRecording(options: MeasureOptions): WornRecording {
  return isRecordingFile(options.recording) ? readWornSession(options) : readWornTable(options);
}

/** By its ending, or by its first bytes where a recording was given another name. */
function isRecordingFile(path: string): boolean {
  if (path.toLowerCase().endsWith(RECORDING_FILE_ENDING)) return true;
  if (!existsSync(path) || !statSync(path).isFile()) return false;
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(ZIP_START.length);
    return readSync(file, start) === start.length && start.equals(ZIP_START);
  } finally {
    closeSync(file);
  }
}

function readWornTable(options: MeasureOptions): WornRecording {
  const trial = readTableFile(options.recording);
  const known = trial.prefixes.map((prefix) => (prefix === '' ? '(no prefix)' : prefix)).join(', ');
  if (options.roles.size === 0)
    throw new UsageError(
      `${trial.file}.json: a table does not say who wears what; add --role ROLE=PREFIX (${known === '' ? 'it has no gyroscope columns' : `sensors: ${known}`})`,
    );
  for (const [role, prefix] of options.roles)
    if (trial.prefixes.length > 0 && !trial.prefixes.includes(prefix))
      throw new UsageError(
        `--role: ${trial.file}.json has no sensor "${prefix}" for ${role} (sensors: ${known})`,
      );
  checkMounts(options, new Set(options.roles.values()));
  return {
    name: trial.name,
    sensors: [...options.roles].map(([role, prefix]) => ({
      role,
      prefix,
      series: imuSeriesFromTable(trial, prefix),
      rateHz: rateHzFromTable(trial, prefix),
      qSegmentFromSensor: options.mounts.get(prefix) ?? null,
    })),
    pose: 'upright',
    course: {},
    notes: [],
  };
}

/** In Thora's own file a sensor's prefix is its number in the session, and its advertised name works too. */
function readWornSession(options: MeasureOptions): WornRecording {
  const file = options.recording;
  const recording = readRecordingFile(readBytes(file), file);
  const names = recording.sensors.map((sensor) => String(sensor.description.sensorIndex));
  const indexOf = (prefix: string): number => {
    const index = recording.sensors.findIndex(
      (sensor, i) => names[i] === prefix || sensor.description.name === prefix,
    );
    if (index < 0)
      throw new UsageError(
        `--role: ${file} has no sensor "${prefix}" (sensors: ${recording.sensors.map((sensor, i) => `${names[i]} ${sensor.description.name}`).join(', ')})`,
      );
    return index;
  };
  const roles = new Map<number, SegmentRole>();
  recording.sensors.forEach((sensor, i) => {
    if (sensor.role !== null) roles.set(i, sensor.role);
  });
  for (const [role, prefix] of options.roles) {
    const index = indexOf(prefix);
    for (const [other, taken] of roles) if (taken === role && other !== index) roles.delete(other);
    roles.set(index, role);
  }
  if (roles.size === 0)
    throw new UsageError(
      `${file}: no sensor has a role; add --role ROLE=NUMBER (sensors: ${names.join(', ')})`,
    );
  checkMounts(options, new Set([...roles.keys()].map((index) => names[index])));
  const calibrated = calibratedMountings(recording);
  const unaligned: AnalysisSensor[] = recording.sensors.flatMap((sensor, index) => {
    const role = roles.get(index),
      prefix = names[index] ?? '';
    if (role === undefined) return [];
    const own = calibrated.get(sensor.description.sensorIndex);
    const found = own?.role === role ? own : undefined;
    const series = imuSeriesFromPackets(sensor, 0, recording.commands);
    return [
      {
        role,
        prefix,
        series,
        clock: series.clock,
        rateHz: sensor.description.nominalRateHz,
        qSegmentFromSensor: options.mounts.get(prefix) ?? found?.qSegmentFromSensor ?? null,
        ...(options.mounts.has(prefix) || found === undefined ? {} : { mountSigmaRad: found.sigmaRad }),
      },
    ];
  });
  const { sensors: worn, motion } = alignBySharedMotion(unaligned);
  let startS = Infinity;
  for (const { series, prefix } of worn) {
    if (series.count === 0)
      throw new RecordingError('fieldInvalid', { file, field: `sensor ${prefix}` }, 'holds no samples');
    startS = Math.min(startS, series.timeS[0] ?? Infinity);
  }
  for (const { series } of worn)
    series.timeS.forEach((timeS, i) => {
      series.timeS[i] = timeS - startS;
    });
  return {
    name: basename(file),
    sensors: worn,
    ...readCourse(recording, startS),
    notes: motion === null ? [] : [describeSharedMotion(worn, motion, startS)],
  };
}

function describeSharedMotion(
  sensors: readonly AnalysisSensor[],
  motion: SharedMotion,
  startS: number,
): string {
  const clocks = sensors.slice(1).map(({ prefix }, i) => {
    const { offsetS, sigmaS } = motion.offsets[i + 1] ?? { offsetS: NaN, sigmaS: NaN };
    return `${prefix} by ${(1000 * offsetS).toFixed(1)} +- ${(1000 * sigmaS).toFixed(1)} ms`;
  });
  return `Shaken together from ${(motion.startS - startS).toFixed(1)} to ${(motion.endS - startS).toFixed(1)} s: clocks set by it, ${clocks.join(', ')}`;
}

interface CalibratedMounting {
  readonly role: SegmentRole;
  readonly qSegmentFromSensor: Float64Array;
  readonly sigmaRad: number;
}

/** Mountings as the session's own steps found them, by sensor index: the steps are played again. */
function calibratedMountings(recording: SessionRecording): Map<number, CalibratedMounting> {
  const found = new Map<number, CalibratedMounting>();
  replaySession(recording, {
    onGrid: (_, body) => {
      for (const { sensor, isCalibrated, role, source, qSensorFromSegment } of body.segments) {
        if (sensor === null || !isCalibrated) continue;
        const { sensorIndex } = sensor.description;
        const known = found.get(sensorIndex);
        const q = known?.role === role ? known.qSegmentFromSensor : createQuaternion();
        conjugateInto(q, qSensorFromSegment);
        const sigmaRad = source === 'functional' ? FUNCTIONAL_SIGMA_RAD : NEUTRAL_POSE_SIGMA_RAD;
        if (known?.role !== role || known.sigmaRad !== sigmaRad)
          found.set(sensorIndex, { role, qSegmentFromSensor: q, sigmaRad });
      }
    },
  });
  return found;
}

/** What the session's commands say: when the person stood tall, how, and when movements were meant to count. */
function readCourse(
  recording: SessionRecording,
  startS: number,
): { readonly pose: NeutralPose; readonly course: WornRecording['course'] } {
  const secondOf = (hostTimeMs: number): number => hostTimeMs / 1000 - startS;
  let pose: NeutralPose = 'upright',
    fromS: number | undefined,
    openS = NaN;
  const counted: { startS: number; endS: number }[] = [];
  for (const { command, hostTimeMs } of recording.commands) {
    if (command.kind === 'beginStep' && command.step.name === 'neutral') {
      pose = neutralPoseOf(command.step.posture) ?? 'upright';
      fromS = secondOf(hostTimeMs);
    } else if (command.kind === 'beginSet') {
      // A set that was complete ended by itself, without a command.
      if (openS === openS) counted.push({ startS: openS, endS: secondOf(hostTimeMs) });
      openS = secondOf(hostTimeMs);
    } else if (command.kind === 'endSet' || command.kind === 'finish') {
      if (openS === openS) counted.push({ startS: openS, endS: secondOf(hostTimeMs) });
      openS = NaN;
    }
  }
  if (openS === openS) counted.push({ startS: openS, endS: Infinity });
  return {
    pose,
    course: {
      ...(fromS === undefined ? {} : { fromS }),
      ...(counted.length === 0 ? {} : { counted }),
    },
  };
}

function checkMounts(options: MeasureOptions, worn: ReadonlySet<string | undefined>): void {
  for (const prefix of options.mounts.keys())
    if (!worn.has(prefix))
      throw new UsageError(`--mount: sensor "${prefix}" has no role; add --role ROLE=${prefix}`);
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new RecordingError(
      'notARecording',
      { file },
      code === 'ENOENT' ? 'no such file' : `cannot be read (${String(code)})`,
      { cause },
    );
  }
}
