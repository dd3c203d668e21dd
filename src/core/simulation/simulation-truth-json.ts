import type { SessionTruth } from './simulate-session.ts';
import { SEGMENT_ROLES } from '../body/segment-role.ts';
import { DEG_PER_RAD } from '../math/angle.ts';

/** Digits kept of angles (deg) and quaternions in a truth file: finer than any comparison needs. */
const DIGITS = 5;

/** The truth as plain data in the units that people read: seconds since the recording's first input, degrees. */
export function truthToJson(truth: SessionTruth): Record<string, unknown> {
  const startMs = truth.timeMs.length > 0 ? truth.timeMs[0] : 0;
  const toS = (timeMs: number): number => round((timeMs - startMs) / 1000);
  return {
    seed: truth.seed,
    roles: truth.roles,
    sensors: truth.sensors.map((sensor) => ({
      worn_role: sensor.wornRole,
      q_segment_from_sensor: list(sensor.qSegmentFromSensor),
      gyro_bias_dps: list(sensor.gyroBiasRadPerS, DEG_PER_RAD),
      worn_gyro_bias_dps: list(sensor.wornGyroBiasRadPerS, DEG_PER_RAD),
      gyro_scale: list(sensor.gyroScale),
      acc_offset_m_s2: list(sensor.accOffsetMetersPerS2),
    })),
    sets: truth.sets.map((set) => ({
      exercise: set.exerciseId,
      side: set.side,
      measure: set.measure,
      t_start_s: toS(set.startMs),
      t_end_s: toS(set.endMs),
      reps: set.repetitions.map((repetition) => ({
        side: repetition.side,
        t_start_s: toS(repetition.startMs),
        t_peak_s: toS(repetition.peakMs),
        t_end_s: toS(repetition.endMs),
        peak_deg: repetition.peakRad === null ? null : round(repetition.peakRad * DEG_PER_RAD),
      })),
    })),
    segments: SEGMENT_ROLES,
    t_s: Array.from(truth.timeMs, toS),
    /** One row per time: w x y z of each segment, facing from segment. */
    q_facing_from_segment: Array.from(truth.timeMs, (_, i) =>
      list(truth.segments.subarray(4 * SEGMENT_ROLES.length * i, 4 * SEGMENT_ROLES.length * (i + 1))),
    ),
  };
}

function list(values: Float64Array, factor = 1): number[] {
  return Array.from(values, (value) => round(value * factor));
}

function round(value: number): number {
  return Number(value.toFixed(DIGITS));
}
