import { multiplyInto, fromRotationVectorInto, slerpInto } from '../math/quaternion.ts';
import type { ImuSeries, OrientationSeries } from './imu-series.ts';
import type { FieldReference } from './magnetic-reference.ts';
import { createOrientationSeries, readSample, runLiveOrientation } from './orientation-run.ts';
import { SAMPLE } from './orientation-filter.ts';
import { Smoother, type SmoothedSteps } from './smoother.ts';
import { STATED, stateSigmas } from './stated-sigma.ts';
import type { ThoraFilterParams } from './thora-parameters.ts';
import { completeParams, type InitialGyroBias, ThoraFilter, type ThoraFilterChoice } from './thora-filter.ts';

/**
 * Orientation of one sensor after the fact: the live filter forward, its smoother backward. Small holes are bridged;
 * rows of a longer hole are NaN. With a magnetometer a first pass finds the field that the second then starts with.
 */
export function refineOrientation(
  series: ImuSeries,
  choice: ThoraFilterChoice = 'free',
  initial: InitialGyroBias | null = null,
): OrientationSeries {
  const params = { ...completeParams(choice), magnetometerCorrects: 'everything' as const };
  const filter = new ThoraFilter(
    params,
    initial,
    params.useMagnetometer ? findField(params, initial, series) : null,
  );
  const out = createOrientationSeries(series);
  const forward = runForward(filter, series, out);
  const smoothed = forward.smoother.smooth();
  correct(out, forward.rows, smoothed, params.useMagnetometer);
  fillSmallHoles(series, out);
  for (let i = 0; i < 3; i++) {
    out.gyroBiasRadPerS[i] = smoothed.count > 0 ? smoothed.gyroBiasRadPerS[i] : filter.gyroBiasRadPerS[i];
    out.gyroBiasSigmaRadPerS[i] =
      smoothed.count > 0 ? Math.sqrt(Math.max(0, smoothed.gyroBiasVariance[i])) : filter.sigma[2 + i];
  }
  return out;
}

/** The field that a live pass ends with: with it known, the second pass can steer by it from the start. */
function findField(
  params: ThoraFilterParams,
  initial: InitialGyroBias | null,
  series: ImuSeries,
): FieldReference | null {
  const filter = new ThoraFilter(params, initial);
  runLiveOrientation(filter, series);
  return filter.magnetic?.field ?? null;
}

interface ForwardRun {
  readonly smoother: Smoother;
  /** Row of each integrated sample. */
  readonly rows: Int32Array;
}

/** Keeps every attitude as it was before the correction of its own batch: the way back brings its own. */
function runForward(filter: ThoraFilter, series: ImuSeries, out: OrientationSeries): ForwardRun {
  const smoother = new Smoother();
  const rows = new Int32Array(series.count);
  const sample = new Float64Array(SAMPLE.length);
  const q = filter.qEarthFromSensor;
  const kept = out.qEarthFromSensor;
  const uncorrected = new Float64Array(4);
  let isClosing = false;
  filter.observer = {
    started: (f) => smoother.started(f),
    predicted(f, transition) {
      smoother.predicted(f, transition);
      uncorrected.set(q);
      isClosing = transition !== 'restarted';
    },
    corrected: (f) => smoother.corrected(f),
  };
  for (let row = 0; row < series.count; row++) {
    readSample(series, row, sample);
    rows[filter.integratedCount[0]] = row;
    const countBefore = filter.integratedCount[0];
    isClosing = false;
    filter.update(sample);
    const isKnown = filter.flags[1] === 0;
    const isIntegrated = filter.integratedCount[0] > countBefore;
    const source = isClosing && isIntegrated ? uncorrected : q;
    for (let i = 0; i < 4; i++) kept[4 * row + i] = isKnown ? source[i] : Number.NaN;
    out.resting[row] = filter.flags[0];
  }
  filter.observer = null;
  return { smoother, rows: rows.slice(0, filter.integratedCount[0]) };
}

function correct(out: OrientationSeries, rows: Int32Array, steps: SmoothedSteps, isMagnetic: boolean): void {
  const { timeS, qEarthFromSensor } = out;
  const angle = new Float64Array(3),
    turn = new Float64Array(4);
  const corrected = (row: number): void => {
    fromRotationVectorInto(turn, angle[0], angle[1], angle[2]);
    const q = qEarthFromSensor.subarray(4 * row, 4 * row + 4);
    multiplyInto(q, turn, q);
  };
  const stated = new Float64Array(STATED.length);
  const stateAt = (row: number, entry: number, rateRadPerS: number): void => {
    stated[STATED.inclination] = steps.tiltVariance[entry];
    stated[STATED.heading] = steps.headingVariance[entry];
    stated[STATED.rate] = rateRadPerS;
    stateSigmas(stated, 'refined', isMagnetic);
    out.inclinationSigmaRad[row] = stated[STATED.inclination];
    out.headingSigmaRad[row] = stated[STATED.heading];
  };
  out.inclinationSigmaRad.fill(Number.NaN);
  out.headingSigmaRad.fill(Number.NaN);

  // Rows before the first integrated sample hold the attitude of the start.
  const firstRow = rows[0] ?? out.count;
  for (let row = 0; row < firstRow; row++) {
    if (steps.count > 0) for (let i = 0; i < 3; i++) angle[i] = steps.angleAfterPrevious[i];
    corrected(row);
    stateAt(row, 0, 0);
  }
  let first = 0;
  for (let k = 0; k <= steps.count; k++) {
    const isTail = k === steps.count;
    const last = isTail ? rows.length : steps.integratedCount[k];
    const rate = isTail ? 0 : steps.rateRadPerS[k];
    const startS = first > 0 ? timeS[rows[first - 1]] : timeS[Math.max(0, firstRow - 1)];
    const endS = last > first ? timeS[rows[last - 1]] : startS;
    for (let n = first; n < last; n++) {
      const row = rows[n];
      const fraction = endS > startS ? (timeS[row] - startS) / (endS - startS) : 1;
      for (let i = 0; i < 3; i++)
        angle[i] = isTail
          ? 0
          : steps.angleAfterPrevious[3 * k + i] +
            fraction * (steps.angleBefore[3 * k + i] - steps.angleAfterPrevious[3 * k + i]);
      corrected(row);
      const entry = isTail ? k : k + 1;
      stateAt(row, entry, rate);
    }
    first = last;
  }
}

/** Rows that the live filter held still through a small hole go evenly from one side to the other. */
function fillSmallHoles(series: ImuSeries, out: OrientationSeries): void {
  const q = out.qEarthFromSensor;
  let known = -1;
  for (let row = 0; row < out.count; row++) {
    if (!Number.isFinite(out.inclinationSigmaRad[row])) continue;
    if (known >= 0 && row > known + 1 && isBridged(out, known + 1, row)) {
      const a = q.slice(4 * known, 4 * known + 4),
        b = q.slice(4 * row, 4 * row + 4);
      for (let hole = known + 1; hole < row; hole++) {
        const fraction =
          (series.timeS[hole] - series.timeS[known]) / (series.timeS[row] - series.timeS[known]);
        slerpInto(q.subarray(4 * hole, 4 * hole + 4), a, b, fraction);
        out.inclinationSigmaRad[hole] = out.inclinationSigmaRad[row];
        out.headingSigmaRad[hole] = out.headingSigmaRad[row];
      }
    } else if (known >= 0) q.fill(Number.NaN, 4 * (known + 1), 4 * row);
    known = row;
  }
  q.fill(Number.NaN, 4 * (known + 1));
}

function isBridged(out: OrientationSeries, from: number, to: number): boolean {
  for (let row = from; row < to; row++) if (!Number.isFinite(out.qEarthFromSensor[4 * row])) return false;
  return true;
}
