/** No crystal and no chip's own sample clock is further off than this. */
export const LARGEST_SKEW = 0.04;
/** What a device's clock usually is off by before anything was seen of it (one standard deviation). */
export const USUAL_SKEW_SIGMA = 0.01;
/** How well the rate of before a restart says the rate of after it. */
export const RESTARTED_SKEW_SIGMA = 2e-4;

/**
 * A straight line under a cloud of (device time, arrival) points. A radio only ever delays a packet, so the true line
 * between two clocks lies under all points; of all such lines the one with the least total distance is taken: it is
 * the lower hull's edge under the mean device time (maximum likelihood for one-sided delays).
 */
export interface LowerLine {
  /** Host milliseconds per device millisecond. */
  slope: number;
  /** Host time of the line at `originDeviceMs`. */
  originHostMs: number;
  originDeviceMs: number;
  /** Mean height of the points above the line, ms. */
  meanDelayMs: number;
  /** One standard deviation of the slope. */
  slopeSigma: number;
}

export function createLowerLine(): LowerLine {
  return { slope: 1, originHostMs: NaN, originDeviceMs: NaN, meanDelayMs: 0, slopeSigma: USUAL_SKEW_SIGMA };
}

export function hostTimeOnLineMs(line: LowerLine, deviceMs: number): number {
  return line.originHostMs + line.slope * (deviceMs - line.originDeviceMs);
}

/**
 * Fits the line under points `start` to `end` (exclusive), whose device times never fall.
 *
 * @param stack scratch of at least `end - start` entries
 * @param priorSlope slope that a short or sparse cloud is drawn to
 * @param priorSigma how well that one is known
 */
export function fitLowerLineInto(
  out: LowerLine,
  deviceMs: Float64Array,
  hostMs: Float64Array,
  start: number,
  end: number,
  stack: Int32Array,
  priorSlope: number,
  priorSigma: number,
): LowerLine {
  const count = end - start;
  const lastDeviceMs = deviceMs[end - 1];
  let height = 0,
    meanDeviceMs = 0;
  for (let i = start; i < end; i++) {
    meanDeviceMs += (deviceMs[i] - lastDeviceMs) / count;
    while (height >= 2) {
      const a = stack[height - 2],
        b = stack[height - 1];
      const cross =
        (deviceMs[b] - deviceMs[a]) * (hostMs[i] - hostMs[a]) -
        (hostMs[b] - hostMs[a]) * (deviceMs[i] - deviceMs[a]);
      if (cross > 0) break;
      height--;
    }
    stack[height++] = i;
  }
  const spanMs = lastDeviceMs - deviceMs[start];
  let slope = priorSlope;
  out.slopeSigma = priorSigma;
  if (height >= 2 && spanMs > 0) {
    let edge = 0;
    while (edge < height - 2 && deviceMs[stack[edge + 1]] - lastDeviceMs < meanDeviceMs) edge++;
    const a = stack[edge],
      b = stack[edge + 1];
    const run = deviceMs[b] - deviceMs[a];
    if (run > 0) slope = (hostMs[b] - hostMs[a]) / run;
    slope = Math.min(1 + LARGEST_SKEW, Math.max(1 - LARGEST_SKEW, slope));
    // A hull edge of few points says little about the slope: its error goes with the delays over points and span.
    const meanDelayMs = meanHeight(deviceMs, hostMs, start, end, slope, stack, height);
    const slopeSigma = (20 * meanDelayMs) / (count * spanMs) + 1 / spanMs;
    const trust = 1 / (1 + (slopeSigma / priorSigma) ** 2);
    out.slopeSigma = slopeSigma * Math.sqrt(trust);
    slope = priorSlope + trust * (slope - priorSlope);
  }
  out.slope = slope;
  out.originDeviceMs = lastDeviceMs;
  out.meanDelayMs = meanHeight(deviceMs, hostMs, start, end, slope, stack, height);
  out.originHostMs = lowestIntercept(deviceMs, hostMs, lastDeviceMs, slope, stack, height);
  return out;
}

function lowestIntercept(
  deviceMs: Float64Array,
  hostMs: Float64Array,
  originDeviceMs: number,
  slope: number,
  stack: Int32Array,
  height: number,
): number {
  let lowest = Infinity;
  for (let k = 0; k < height; k++) {
    const i = stack[k];
    lowest = Math.min(lowest, hostMs[i] - slope * (deviceMs[i] - originDeviceMs));
  }
  return lowest;
}

function meanHeight(
  deviceMs: Float64Array,
  hostMs: Float64Array,
  start: number,
  end: number,
  slope: number,
  stack: Int32Array,
  height: number,
): number {
  const originDeviceMs = deviceMs[end - 1];
  let sum = 0;
  for (let i = start; i < end; i++) sum += hostMs[i] - slope * (deviceMs[i] - originDeviceMs);
  return sum / (end - start) - lowestIntercept(deviceMs, hostMs, originDeviceMs, slope, stack, height);
}
