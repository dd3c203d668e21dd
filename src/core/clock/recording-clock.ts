import { createLowerLine, fitLowerLineInto, hostTimeOnLineMs, USUAL_SKEW_SIGMA } from './lower-envelope.ts';

/** A crystal's rate follows temperature over minutes: one line per knot, joined by straight pieces. */
const KNOT_EVERY_MS = 30_000;
const HALF_WINDOW_MS = 45_000;

/** Device time to host time over one stretch of a recording, from all its packets at once. */
export interface RecordingClock {
  readonly knotDeviceMs: Float64Array;
  readonly knotHostMs: Float64Array;
  /** Mean slope, host milliseconds per device millisecond. */
  readonly slope: number;
  readonly slopeSigma: number;
  readonly meanDelayMs: number;
}

/**
 * @param deviceMs device time of each packet's last sample, never falling
 * @param hostMs arrival of each packet
 * @param start first packet of the stretch, @param end one past its last
 * @param prior a rate that is known already, from another stretch of the same device
 */
export function fitRecordingClock(
  deviceMs: Float64Array,
  hostMs: Float64Array,
  start: number,
  end: number,
  prior: { readonly slope: number; readonly slopeSigma: number } = { slope: 1, slopeSigma: USUAL_SKEW_SIGMA },
): RecordingClock {
  const firstMs = deviceMs[start];
  const spanMs = deviceMs[end - 1] - firstMs;
  const stack = new Int32Array(end - start);
  const overall = fitLowerLineInto(
    createLowerLine(),
    deviceMs,
    hostMs,
    start,
    end,
    stack,
    prior.slope,
    prior.slopeSigma,
  );
  const pieces = spanMs <= 2 * HALF_WINDOW_MS ? 1 : Math.ceil(spanMs / KNOT_EVERY_MS);
  const knotDeviceMs = new Float64Array(pieces + 1);
  const knotHostMs = new Float64Array(pieces + 1);
  const line = createLowerLine();
  let from = start,
    to = start,
    delaySum = 0;
  for (let k = 0; k <= pieces; k++) {
    const centreMs = firstMs + (k * spanMs) / pieces;
    knotDeviceMs[k] = centreMs;
    if (pieces === 1) {
      knotHostMs[k] = hostTimeOnLineMs(overall, centreMs);
      delaySum += overall.meanDelayMs;
      continue;
    }
    while (deviceMs[from] < centreMs - HALF_WINDOW_MS) from++;
    while (to < end && deviceMs[to] <= centreMs + HALF_WINDOW_MS) to++;
    if (to - from < 3) {
      knotHostMs[k] = hostTimeOnLineMs(overall, centreMs);
    } else {
      fitLowerLineInto(line, deviceMs, hostMs, from, to, stack, overall.slope, USUAL_SKEW_SIGMA);
      knotHostMs[k] = hostTimeOnLineMs(line, centreMs);
      delaySum += line.meanDelayMs;
    }
    // Where a window holds almost nothing the pieces could disagree: the axis must still run forward.
    if (k > 0) {
      const least = knotHostMs[k - 1] + 0.9 * (knotDeviceMs[k] - knotDeviceMs[k - 1]);
      knotHostMs[k] = Math.max(knotHostMs[k], least);
    }
  }
  const slope = spanMs > 0 ? (knotHostMs[pieces] - knotHostMs[0]) / spanMs : overall.slope;
  return {
    knotDeviceMs,
    knotHostMs,
    slope,
    slopeSigma: overall.slopeSigma,
    meanDelayMs: delaySum / (pieces + 1),
  };
}

/** Host time of a device time; beyond the ends the outer pieces go on. */
export function hostTimeMs(clock: RecordingClock, deviceMs: number): number {
  const last = clock.knotDeviceMs.length - 1;
  const spanMs = clock.knotDeviceMs[last] - clock.knotDeviceMs[0];
  if (!(spanMs > 0)) return clock.knotHostMs[0] + clock.slope * (deviceMs - clock.knotDeviceMs[0]);
  const position = Math.floor(((deviceMs - clock.knotDeviceMs[0]) / spanMs) * last);
  const k = Math.max(0, Math.min(last - 1, position));
  const pieceMs = clock.knotDeviceMs[k + 1] - clock.knotDeviceMs[k];
  const slope = (clock.knotHostMs[k + 1] - clock.knotHostMs[k]) / pieceMs;
  return clock.knotHostMs[k] + slope * (deviceMs - clock.knotDeviceMs[k]);
}
