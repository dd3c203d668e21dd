import { GRAVITY_METERS_PER_S2 } from '../math/angle.ts';
import { turnsBetweenRests } from '../quality/rest-to-rest.ts';
import { compareWithGravity, type GravityAgreement } from '../quality/gravity-agreement.ts';
import {
  describeImpossible,
  describeStale,
  FieldWatch,
  isSameRow,
  isStaleRun,
  isZeroRow,
  SENSOR_LIMIT,
} from '../quality/sample-faults.ts';
import type { AnalysisFlag } from './analysis-flag.ts';
import { AnalysisError, type AnalysisSensor } from './analysis-input.ts';

/**
 * What one sensor's signals say about themselves before anything is measured: units, axes, times, and stretches in
 * which a connected sensor repeats itself. What would give wrong angles is refused with the next step; what can be
 * left out is left out and flagged.
 */
export interface CheckedSensor {
  /** As given, without the repeated values. */
  readonly sensor: AnalysisSensor;
  readonly flags: readonly AnalysisFlag[];
}

/** No unit of rate or acceleration makes a number this large of a movement: a bit fell over. */
const BROKEN_VALUE = 1e4;
const MOSTLY_STALE = 0.9;
/** Sampling steps this many times off the stated rate are another unit of time. */
const TIME_UNIT_FACTOR = 20;
/** Median size of the specific force that is gravity, whatever the person does. */
const GRAVITY_LOW = 0.6 * GRAVITY_METERS_PER_S2,
  GRAVITY_HIGH = 1.6 * GRAVITY_METERS_PER_S2;
const GRAVITY_TOLERANCE = 0.08 * GRAVITY_METERS_PER_S2;
/** Gravity must have turned this far in all before it can bear witness, rad. */
const LEAST_TURN_RAD = 1;
const LEAST_TURN_FOR_UNITS_RAD = 0.5;
/** Gyroscope against gravity: pi/180 is 0.017, a gyroscope that is off reads nothing. */
const DEGREES_RATIO = 12;
const SILENT_RATIO = 0.05;
const LEAST_EXPLAINED = 0.7;
/** Columns are said to be exchanged where another order explains nearly all. */
const LEAST_EXPLAINED_BY_ORDER = 0.85;
/** An axis that turned little beside another feels what the other's movement does to the accelerometer. */
const LEAST_AXIS_SHARE = 0.33;
const LEAST_AXIS_TURN_RAD = 0.7;
const KNOWN_SIGMA = 0.15;
/** From rest to rest gravity must have gone this far before it contradicts a gyroscope, rad. */
const LEAST_WAY_RAD = 0.5;
/** A factor that explains gravity's turns while the sensor moves leaves nothing but noise. */
const LEAST_EXPLAINED_ALONE = 0.99;
/** Factors that no gyroscope has that is read as it should be. */
const LEAST_GAIN = 0.65,
  LARGEST_GAIN = 1.6;
const REVERSED_GAIN = -0.6;
const AXES = ['x', 'y', 'z'] as const;

/** @throws {@link AnalysisError} when the signals cannot be what they are said to be */
export function checkSignals(sensor: AnalysisSensor): CheckedSensor {
  checkTimes(sensor);
  const flags: AnalysisFlag[] = [];
  const possible = withoutImpossible(
    sensor,
    { rateRadPerS: BROKEN_VALUE, accMetersPerS2: BROKEN_VALUE },
    flags,
  );
  checkForce(possible);
  checkDeadAxes(possible);
  const checked = withoutStale(possible, flags);
  const force = medianForce(checked);
  if (Math.abs(force - GRAVITY_METERS_PER_S2) > GRAVITY_TOLERANCE)
    flags.push({
      ...spanOf(sensor),
      flag: 'IMPLAUSIBLE',
      detail: `the accelerometer usually reads ${force.toFixed(2)} m/s^2 where gravity is 9.81; check its scale`,
    });
  if (sensor.series.magMicroTesla !== null) flags.push(...magneticFlags(sensor, sensor.series.magMicroTesla));
  const { timeS, gyroRadPerS, accMetersPerS2 } = checked.series;
  const agreement = compareWithGravity(timeS, gyroRadPerS, accMetersPerS2);
  checkAgreement(sensor.prefix, agreement);
  checkFactor(checked, agreement);
  if (agreement.gravityTurnedRad >= LEAST_TURN_RAD && agreement.explained < LEAST_EXPLAINED)
    checkColumnOrder(checked);
  // Only now are the units known to be right.
  return { sensor: withoutImpossible(checked, SENSOR_LIMIT, flags), flags };
}

/** The field of the earth keeps its size; angles between worn sensors never use it, and a person should know. */
function magneticFlags(sensor: AnalysisSensor, mag: Float64Array): AnalysisFlag[] {
  const watch = new FieldWatch();
  const { timeS, count } = sensor.series;
  for (let i = 0; i < count; i++) watch.push(mag, 3 * i, timeS[i]);
  const found = watch.disturbance();
  return found === null ? [] : [{ flag: 'MAG_DISTURBED', sensor: sensor.prefix, ...found }];
}

function checkTimes({ prefix, series, rateHz }: AnalysisSensor): void {
  const steps = Float64Array.from(
    { length: Math.max(0, series.count - 1) },
    (_, i) => series.timeS[i + 1] - series.timeS[i],
  ).sort();
  const factor = (steps[steps.length >> 1] ?? NaN) * rateHz;
  if (factor > TIME_UNIT_FACTOR || factor < 1 / TIME_UNIT_FACTOR)
    throw new AnalysisError(
      prefix,
      `its times advance by ${(factor / rateHz).toPrecision(3)} s a sample, but its rate is ${rateHz} Hz; times must be in seconds.`,
    );
}

/** A sensor that turns this fast about its other axes makes every live axis read something. */
const MOVING_SPREAD_RAD_PER_S = 0.05;

function checkDeadAxes({ prefix, series }: AnalysisSensor): void {
  const spreadOf = (values: Float64Array, axis: number): number => {
    let low = Infinity,
      high = -Infinity;
    for (let at = axis; at < values.length; at += 3) {
      if (values[at] < low) low = values[at];
      if (values[at] > high) high = values[at];
    }
    return high - low;
  };
  const turns = AXES.map((_, axis) => spreadOf(series.gyroRadPerS, axis));
  if (!turns.some((spread) => spread > MOVING_SPREAD_RAD_PER_S)) return;
  for (const [name, values] of [
    ['gyroscope', series.gyroRadPerS],
    ['accelerometer', series.accMetersPerS2],
  ] as const)
    AXES.forEach((axisName, axis) => {
      if (spreadOf(values, axis) !== 0) return;
      throw new AnalysisError(
        prefix,
        `the ${axisName} axis of its ${name} reads ${values.find((value, at) => at % 3 === axis && value === value)} throughout, while the others move; restart the sensor, or check the column.`,
      );
    });
}

function checkForce(sensor: AnalysisSensor): void {
  const force = medianForce(sensor);
  if (!(force < GRAVITY_LOW || force > GRAVITY_HIGH)) return;
  const reads = `its accelerometer usually reads ${force.toPrecision(3)}, and gravity is 9.81 m/s^2`;
  const isAbout = (unit: number): boolean => Math.abs(force / unit - 1) < 0.3;
  const step = isAbout(1)
    ? 'it is in g: multiply ax, ay and az by 9.80665'
    : isAbout(1000)
      ? 'it is in mg: multiply ax, ay and az by 0.00980665'
      : force < 0.3 * GRAVITY_METERS_PER_S2
        ? 'gravity has been taken out: give the accelerometer as the sensor measures it'
        : 'give it in m/s^2';
  throw new AnalysisError(sensor.prefix, `${reads}; ${step}.`);
}

function medianForce({ series }: AnalysisSensor): number {
  const { accMetersPerS2: acc } = series;
  const sizes = Float64Array.from({ length: series.count }, (_, i) =>
    Math.hypot(acc[3 * i], acc[3 * i + 1], acc[3 * i + 2]),
  )
    .filter((size) => size === size)
    .sort();
  return sizes[sizes.length >> 1] ?? NaN;
}

/** Leaves out single values that cannot be, and names the first of them. */
function withoutImpossible(
  sensor: AnalysisSensor,
  limit: { readonly rateRadPerS: number; readonly accMetersPerS2: number },
  flags: AnalysisFlag[],
): AnalysisSensor {
  const { series, prefix } = sensor;
  const gyro = series.gyroRadPerS.slice(),
    acc = series.accMetersPerS2.slice();
  let count = 0,
    first = '',
    firstS = Infinity,
    lastS = -Infinity;
  for (const [values, largest, name] of [
    [gyro, limit.rateRadPerS, 'g'],
    [acc, limit.accMetersPerS2, 'a'],
  ] as const)
    for (let at = 0; at < values.length; at++) {
      if (!(Math.abs(values[at]) > largest)) continue;
      const row = Math.floor(at / 3),
        timeS = series.timeS[row];
      if (timeS < firstS) first = `${name}${AXES[at % 3]} in row ${row} is ${values[at].toPrecision(2)}`;
      firstS = Math.min(firstS, timeS);
      lastS = Math.max(lastS, timeS);
      count++;
      values[at] = NaN;
    }
  if (count === 0) return sensor;
  flags.push({
    flag: 'IMPLAUSIBLE',
    sensor: prefix,
    startS: firstS,
    endS: lastS,
    detail: `${describeImpossible(count)} (${first})`,
  });
  return { ...sensor, series: { ...series, gyroRadPerS: gyro, accMetersPerS2: acc } };
}

/** Leaves out what a frozen gyroscope or accelerometer repeats, and flags it. */
function withoutStale(sensor: AnalysisSensor, flags: AnalysisFlag[]): AnalysisSensor {
  const { series, prefix } = sensor;
  const gyro = series.gyroRadPerS.slice(),
    acc = series.accMetersPerS2.slice();
  let staleCount = 0,
    firstS = NaN,
    lastS = NaN;
  for (const [values, kept] of [
    [series.gyroRadPerS, gyro],
    [series.accMetersPerS2, acc],
  ]) {
    const isGated = kept === gyro;
    let first = 0;
    for (let i = 1; i <= series.count; i++) {
      if (i < series.count && isSameRow(values, 3 * first, values, 3 * i)) continue;
      const isLong = isStaleRun(i - 1 - first, series.timeS[i - 1] - series.timeS[first]);
      // A gyroscope that gates its noise reads zero; where the accelerometer does too, the sensor is off.
      const isGate = isGated && isZeroRow(values, 3 * first) && !isZeroRow(series.accMetersPerS2, 3 * first);
      if (isLong && !isGate) {
        kept.fill(NaN, 3 * first + 3, 3 * i);
        staleCount += i - first - 1;
        firstS = Math.min(Number.isNaN(firstS) ? Infinity : firstS, series.timeS[first]);
        lastS = Math.max(Number.isNaN(lastS) ? -Infinity : lastS, series.timeS[i - 1]);
      }
      first = i;
    }
  }
  if (staleCount === 0) return sensor;
  if (staleCount > MOSTLY_STALE * series.count)
    throw new AnalysisError(
      prefix,
      'repeats the same values nearly throughout; restart the sensor and record again.',
    );
  flags.push({
    flag: 'STALE',
    sensor: prefix,
    startS: firstS,
    endS: lastS,
    detail: describeStale(staleCount),
  });
  return { ...sensor, series: { ...series, gyroRadPerS: gyro, accMetersPerS2: acc } };
}

/** Refuses a gyroscope that gravity contradicts: other units, no signal, reversed or mirrored axes. */
function checkAgreement(prefix: string, agreement: GravityAgreement): void {
  const { gain, explained, gravityTurnedRad, gyroTurnedRad } = agreement;
  if (gravityTurnedRad >= LEAST_TURN_FOR_UNITS_RAD && gyroTurnedRad > DEGREES_RATIO * gravityTurnedRad)
    throw new AnalysisError(
      prefix,
      `its gyroscope turns ${(gyroTurnedRad / gravityTurnedRad).toFixed(0)} times as far as gravity shows; it seems to be in deg/s: multiply gx, gy and gz by 0.0174533.`,
    );
  if (gravityTurnedRad < LEAST_TURN_RAD) return;
  if (gyroTurnedRad < SILENT_RATIO * gravityTurnedRad)
    throw new AnalysisError(
      prefix,
      'gravity shows that the sensor turned, but its gyroscope reads next to nothing; switch the gyroscope on, or check its unit (rad/s).',
    );
  if (explained < LEAST_EXPLAINED) return;
  const known = knownAxes(agreement);
  const reversed = known.filter((a) => gain[a] < REVERSED_GAIN);
  if (reversed.length > 0)
    throw new AnalysisError(
      prefix,
      `${reversedWords(
        known.map((a) => AXES[a]),
        reversed.map((a) => AXES[a]),
      )}.`,
    );
}

/** Axes about which the sensor turned enough for gravity to show their gain. */
function knownAxes({ gainSigma, axisTurnedRad }: GravityAgreement): (0 | 1 | 2)[] {
  const least = Math.max(LEAST_AXIS_TURN_RAD, LEAST_AXIS_SHARE * Math.max(...axisTurnedRad));
  return ([0, 1, 2] as const).filter((a) => gainSigma[a] < KNOWN_SIGMA && axisTurnedRad[a] >= least);
}

/**
 * Refuses a gyroscope whose turns are gravity's times a factor. Ways from rest to rest decide where there are any. Movement
 * alone must leave nothing over: a trunk that reaches out fast shifts its sensors so that the accelerometer seems to turn
 * twice as far, but no factor explains all of that.
 */
function checkFactor(sensor: AnalysisSensor, agreement: GravityAgreement): void {
  const { gain, explained, gravityTurnedRad } = agreement;
  if (gravityTurnedRad < LEAST_TURN_RAD || explained < LEAST_EXPLAINED) return;
  const gains = knownAxes(agreement).map((a) => gain[a]);
  if (gains.length === 0) return;
  let least = Math.min(...gains),
    largest = Math.max(...gains);
  const { timeS, gyroRadPerS, accMetersPerS2 } = sensor.series;
  const { gravityRad, gyroRad } = turnsBetweenRests(timeS, gyroRadPerS, accMetersPerS2);
  if (gravityRad >= LEAST_WAY_RAD) least = largest = gravityRad / gyroRad;
  else if (explained < LEAST_EXPLAINED_ALONE) return;
  if (least >= LARGEST_GAIN || largest <= LEAST_GAIN)
    throw new AnalysisError(
      sensor.prefix,
      `gravity turns ${((least + largest) / 2).toFixed(1)} times as far as its gyroscope says; check the stated rate or times, and the unit and full scale of the gyroscope (rad/s).`,
    );
}

/** Every order of three columns but their own. */
const OTHER_ORDERS = [
  [1, 0, 2],
  [2, 1, 0],
  [0, 2, 1],
  [1, 2, 0],
  [2, 0, 1],
] as const;

/** Refuses a gyroscope whose columns stand in another order than the accelerometer's. */
function checkColumnOrder({ prefix, series }: AnalysisSensor): void {
  const { timeS, gyroRadPerS, accMetersPerS2, count } = series;
  const ordered = new Float64Array(3 * count);
  for (const order of OTHER_ORDERS) {
    for (let at = 0; at < 3 * count; at += 3)
      for (let k = 0; k < 3; k++) ordered[at + k] = gyroRadPerS[at + order[k]];
    const { explained } = compareWithGravity(timeS, ordered, accMetersPerS2);
    if (explained < LEAST_EXPLAINED_BY_ORDER) continue;
    throw new AnalysisError(
      prefix,
      `the columns of its gyroscope seem to be exchanged: gravity turns as if gx, gy, gz were ${order.map((from) => `g${AXES[from]}`).join(', ')}; put them in the accelerometer's order.`,
    );
  }
}

function reversedWords(known: readonly string[], reversed: readonly string[]): string {
  const third = AXES.find((axis) => !reversed.includes(axis)) ?? '';
  if (reversed.length === known.length && known.length > 1)
    return (
      `its axes are left-handed: gyroscope and accelerometer contradict each other about ${reversed.join(', ')}; ` +
      `negate one axis of both (x on an Arduino Nano 33 BLE: gx and ax)${third === '' ? '' : `, or a${third} if it alone is reversed`}`
    );
  if (reversed.length === 2)
    return `its accelerometer axis a${third} runs against the gyroscope; negate a${third}`;
  return `its gyroscope axis g${reversed[0]} runs against what gravity shows; negate g${reversed[0]}, or mirror that axis in both`;
}

function spanOf({ prefix, series }: AnalysisSensor): Pick<AnalysisFlag, 'sensor' | 'startS' | 'endS'> {
  return { sensor: prefix, startS: series.timeS[0], endS: series.timeS[series.count - 1] };
}
