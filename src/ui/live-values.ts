/** Reads the live frame for the screen. Pure: the caller brings the frame and its own clock. */
import { LIVE_FRAME, LIVE_SENSOR } from '../core/pipeline/live-frame.ts';
import { DEG_PER_RAD } from '../core/math/angle.ts';

/** A value older than this is never shown as live. */
export const STALE_AFTER_MS = 200;

/** What the frame says of one sensor, by an offset of LIVE_SENSOR; NaN without a frame. */
export function sensorValue(frame: Float64Array | null, sensorIndex: number, offset: number): number {
  return frame?.[LIVE_FRAME.sensors + sensorIndex * LIVE_SENSOR.stride + offset] ?? NaN;
}

/** How old the newest packet of the slowest of these sensors is, ms; Infinity before the first. */
export function frameAgeMs(
  frame: Float64Array | null,
  sensorIndexes: readonly number[],
  nowMs: number,
): number {
  if (frame === null) return Infinity;
  let oldest = frame[LIVE_FRAME.hostTimeMs] ?? NaN;
  for (const index of sensorIndexes) {
    const at = sensorValue(frame, index, LIVE_SENSOR.hostTimeMs);
    if (Number.isNaN(at)) return Infinity;
    oldest = Math.min(oldest, at);
  }
  return Number.isNaN(oldest) ? Infinity : Math.max(0, nowMs - oldest);
}

/** Whole degrees without a sign, or null for what is not known. */
export function wholeDegrees(rad: number | undefined | null): string | null {
  if (rad === undefined || rad === null || !Number.isFinite(rad)) return null;
  return String(Math.abs(Math.round(rad * DEG_PER_RAD)));
}

/** A band is rounded up: it must not look narrower than it is. */
export function bandDegrees(rad: number | undefined | null): string | null {
  if (rad === undefined || rad === null || !Number.isFinite(rad)) return null;
  return String(Math.max(1, Math.ceil(rad * DEG_PER_RAD - 0.05)));
}
