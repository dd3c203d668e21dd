import { DEG_PER_RAD } from '../math/angle.ts';
import type { RecordedCommand, RecordedSensor } from '../recording/session-recording.ts';
import { decodeSamples } from './sensor-samples.ts';
import { csvLines, rounded, type CsvCell } from './csv.ts';
import type { SessionTracks } from './session-tracks.ts';

/**
 * Angles and orientations of a session on its even grid. A gap is empty cells. Header names carry unit and frame.
 * `host_time_ms` is the clock that packets were stamped with, on which the session's seconds count from its first input.
 */
export function anglesCsv(tracks: SessionTracks, startHostTimeMs: number): string {
  const { timeS, angles, segments } = tracks;
  const header = [
    'session_time_s',
    'host_time_ms',
    ...angles.flatMap(({ name }) => [`${name}_deg`, `${name}_half_width95_deg`]),
    ...segments.flatMap(({ role }) =>
      ['w', 'x', 'y', 'z'].map((part) => `${role}_q_facing_from_segment_${part}`),
    ),
  ];
  const rows = Array.from(timeS, (second, i): CsvCell[] => [
    rounded(second, 3),
    rounded(startHostTimeMs + 1000 * second, 3),
    ...angles.flatMap(({ angleRad, halfWidth95Rad }) => [
      rounded(angleRad[i] * DEG_PER_RAD, 3),
      rounded(halfWidth95Rad[i] * DEG_PER_RAD, 3),
    ]),
    ...segments.flatMap(({ qFacingFromSegment }) =>
      Array.from(qFacingFromSegment.subarray(4 * i, 4 * i + 4), (value) => rounded(value, 6)),
    ),
  ]);
  return csvLines(header, rows);
}

/** Every repetition, counted or not, with why. */
export function repetitionsCsv({ result }: SessionTracks): string {
  const header = [
    'set',
    'exercise',
    'measure',
    'class',
    'repetition',
    'side',
    'start_s',
    'peak_s',
    'end_s',
    'peak_deg',
    'peak_half_width95_deg',
    'hold_s',
    'peak_speed_deg_per_s',
    'counted',
    'verdict',
    'reasons',
  ];
  const rows = result.sets.flatMap((set, k) =>
    set.repetitions.map((one): CsvCell[] => [
      k + 1,
      set.exerciseId,
      set.measure,
      set.qualityClass,
      one.index + 1,
      one.side,
      rounded(one.startMs / 1000, 3),
      rounded(one.peakMs / 1000, 3),
      rounded(one.endMs / 1000, 3),
      rounded(one.peakRad * DEG_PER_RAD, 3),
      rounded(one.peakHalfWidth95Rad * DEG_PER_RAD, 3),
      rounded(one.holdS, 3),
      rounded(one.peakSpeedRadPerS * DEG_PER_RAD, 2),
      one.counted ? 'yes' : 'no',
      one.verdict,
      one.reasons.join(' '),
    ]),
  );
  return csvLines(header, rows);
}

/** Columns of a table of samples, in every format; the device's time is empty for a family without a clock. */
export const SAMPLE_COLUMNS = [
  'packet',
  'host_arrival_ms',
  'device_time_ms',
  ...['x', 'y', 'z'].map((axis) => `gyro_${axis}_rad_per_s`),
  ...['x', 'y', 'z'].map((axis) => `acc_${axis}_m_per_s2`),
  ...['x', 'y', 'z'].map((axis) => `mag_${axis}_ut`),
];

/** Every sample that a sensor sent. */
export function samplesCsv(sensor: RecordedSensor, commands: readonly RecordedCommand[]): string {
  const samples = decodeSamples(sensor, commands);
  const rows = Array.from(samples.packet, (packet, i): CsvCell[] => {
    const three = (values: Float64Array, digits: number): CsvCell[] =>
      Array.from(values.subarray(3 * i, 3 * i + 3), (value) => rounded(value, digits));
    return [
      packet,
      rounded(samples.hostArrivalMs[i], 3),
      rounded(samples.deviceTimeMs[i], 4),
      ...three(samples.gyroRadPerS, 7),
      ...three(samples.accMetersPerS2, 6),
      ...three(samples.magMicroTesla, 4),
    ];
  });
  return csvLines(SAMPLE_COLUMNS, rows);
}
