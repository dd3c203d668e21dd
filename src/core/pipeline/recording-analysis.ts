import { GRAVITY_ROTATION_CLASS_A, GRAVITY_ROTATION_CLASS_C } from '../body/angles.ts';
import { SEGMENT_ROLES, type SegmentRole } from '../body/segment-role.ts';
import type { BreathingEstimate } from '../breathing/breathing-window.ts';
import { detectCycles, type MovementCycle } from '../exercise/cycle-detector.ts';
import type { OrientationSeries } from '../fusion/imu-series.ts';
import { DEG_PER_RAD, RAD_PER_DEG } from '../math/angle.ts';
import { FEW_REPETITIONS } from '../quality/body-limits.ts';
import { armPlane, horizontality, leanPlanes, relativePlanes, type AnglePlane } from './analysis-angles.ts';
import { clockFlags } from './analysis-clocks.ts';
import { findNeutralClosure, type NeutralClosure } from './analysis-closure.ts';
import { breathingBetweenMovements } from './analysis-breathing.ts';
import { estimateHeadingDrift } from './analysis-drift.ts';
import type { AnalysisFlag } from './analysis-flag.ts';
import { createAnalysisGrid, GAP_S, type AnalysisGrid } from './analysis-grid.ts';
import {
  AnalysisError,
  type AnalysisOptions,
  type AnalysisSensor,
  type OrientationEstimator,
} from './analysis-input.ts';
import { chooseMeasuredPairs, isArmRole, layoutName, type MeasuredPair } from './analysis-layout.ts';
import { estimateMounting, type RecordingMounting } from './analysis-mounting.ts';
import { findNeutralWindow, namedWindow, type StillWindow } from './analysis-neutral.ts';
import { closureFlags, sensorFlags, sensorStatistics, type SensorStatistics } from './analysis-quality.ts';
import { implausiblePeakRad, plausibilityFlags, settlingFlags } from './analysis-plausibility.ts';
import { rangesOfMotion, type MovementDirection, type RangeOfMotion } from './analysis-rom.ts';
import { checkSignals } from './analysis-signals.ts';
import { createTrack, type SegmentTrack } from './analysis-track.ts';

/** Everything that a recording says about movement. Angles rad, times s on the series' axis. */
export interface RecordingAnalysis extends Measurement {
  readonly durationS: number;
  readonly layout: string;
  readonly sensors: readonly AnalysedSensor[];
  readonly neutral: { readonly startS: number; readonly endS: number };
  readonly flags: readonly AnalysisFlag[];
  /** From the trunk sensor nearest to the ribs, while no movement was counted. */
  readonly breathing: BreathingEstimate;
  /** The same for the other pairs that are worn. */
  readonly alternatives: readonly Measurement[];
  readonly grid: AnalysisGrid;
}

export interface AnalysedSensor extends SensorStatistics {
  readonly role: SegmentRole;
  readonly prefix: string;
  readonly rateHz: number;
  readonly gyroBiasRadPerS: Float64Array;
}

export interface Measurement {
  readonly measures: string;
  readonly planes: readonly AnglePlane[];
  readonly cycles: readonly MovementCycle[];
  readonly rom: Partial<Record<MovementDirection, RangeOfMotion>>;
  readonly closure: NeutralClosure | null;
  /** False: flexion from extension, left bend from right, cannot be told apart; their planes are counted without sides. */
  readonly signSure: boolean;
}

/** Between two samples further apart a movement turns more than two of its rates can tell. */
const LEAST_RATE_HZ = 10;

/**
 * Analyses one recording of worn sensors.
 *
 * @param orient makes orientations of each sensor's series: the live filter or the refined pass
 * @throws {@link AnalysisError} when nothing can be measured
 */
export function analyseSeries(
  sensors: readonly AnalysisSensor[],
  options: AnalysisOptions,
  orient: OrientationEstimator,
): RecordingAnalysis {
  const ordered = [...sensors].sort((a, b) => SEGMENT_ROLES.indexOf(a.role) - SEGMENT_ROLES.indexOf(b.role));
  const roles = new Set(ordered.map((sensor) => sensor.role));
  const pairs = chooseMeasuredPairs(roles);
  if (pairs.primary === null && !ordered.some((sensor) => isArmRole(sensor.role)))
    throw new AnalysisError(
      ordered.map((sensor) => sensor.prefix).join(', '),
      `${ordered.map((sensor) => sensor.role).join(' and ') || 'no sensor'} alone measures nothing; give a sensor the role upperBack.`,
    );

  const statistics = ordered.map(sensorStatistics);
  ordered.forEach((sensor, i) => {
    if (statistics[i].finiteCount < 2)
      throw new AnalysisError(sensor.prefix, 'has no complete samples of gyroscope and accelerometer.');
    if (sensor.rateHz < LEAST_RATE_HZ)
      throw new AnalysisError(
        sensor.prefix,
        `sends ${sensor.rateHz.toFixed(1)} samples a second, too few to follow a movement; record with ${LEAST_RATE_HZ} or more.`,
      );
  });
  const flags = ordered.flatMap((sensor, i) => [
    ...sensorFlags(sensor, statistics[i]),
    ...clockFlags(sensor),
  ]);
  const checked = ordered.map((sensor) => {
    const result = checkSignals(sensor);
    flags.push(...result.flags);
    return result.sensor;
  });
  const orientations = checked.map((sensor) => orient(sensor.series));
  const grid = createAnalysisGrid(checked, orientations, options.fromS);
  const neutral = chooseNeutral(grid, options, flags);
  const mounting = estimateMounting(grid, ordered, neutral, options.pose);
  flags.push(...mounting.flags);
  flags.push(
    ...settlingFlags(
      grid,
      orientations,
      ordered.map((sensor) => sensor.prefix),
    ),
  );

  const createTracks = (): SegmentTrack[] =>
    ordered.map((sensor, i) =>
      createTrack(
        sensor.role,
        i,
        grid.sensors[i].qEarthFromSensor,
        grid.sensors[i].inclinationSigmaRad,
        mounting.sensors[i].qEarthFromSensorNeutral,
        mounting.sensors[i].qFacingFromSegmentNeutral,
        mounting.sensors[i].forwardHeadingRad,
        (sensor.clock?.sigmaMs ?? 0) / 1000,
      ),
    );
  const context: MeasurementContext = {
    grid,
    neutral,
    mounting,
    options,
    orientations,
    createTracks,
    prefixes: ordered.map((sensor) => sensor.prefix),
  };
  const primary = measure(pairs.primary, context, true);
  flags.push(...primary.flags);
  const alternatives = pairs.alternatives.map((pair) => measure(pair, context, false).measurement);
  return {
    ...primary.measurement,
    durationS: Math.max(...statistics.map((sensor) => sensor.durationS)),
    layout: layoutName(ordered.map((sensor) => sensor.role)),
    sensors: ordered.map((sensor, i) => ({
      ...statistics[i],
      role: sensor.role,
      prefix: sensor.prefix,
      rateHz: sensor.rateHz,
      gyroBiasRadPerS: orientations[i].gyroBiasRadPerS,
    })),
    neutral: { startS: grid.timeS[neutral.first], endS: grid.timeS[neutral.last] },
    flags,
    breathing: breathingBetweenMovements(
      grid,
      ordered.map((sensor) => sensor.role),
      primary.measurement.cycles,
    ),
    alternatives,
    grid,
  };
}

function chooseNeutral(grid: AnalysisGrid, options: AnalysisOptions, flags: AnalysisFlag[]): StillWindow {
  const asked = options.neutral;
  const window = asked === null ? findNeutralWindow(grid) : namedWindow(grid, asked.startS, asked.endS);
  if (window === null)
    throw new AnalysisError(
      '--neutral',
      asked === null
        ? 'the recording has no second in which every sensor has samples.'
        : `the window ${asked.startS}:${asked.endS} s lies outside the recording, which has ${(grid.timeS[grid.count - 1] - grid.timeS[0]).toFixed(1)} s.`,
    );
  if (!(window.restlessness < 1))
    flags.push({
      flag: asked === null ? 'NO_REST' : 'NEUTRAL_NOT_STILL',
      sensor: null,
      startS: grid.timeS[window.first],
      endS: grid.timeS[window.last],
      detail:
        asked === null
          ? 'no second in which all sensors rest; the quietest one is taken as neutral'
          : 'the person moved in the neutral window',
    });
  return window;
}

interface MeasurementContext {
  readonly grid: AnalysisGrid;
  readonly neutral: StillWindow;
  readonly mounting: RecordingMounting;
  readonly options: AnalysisOptions;
  readonly orientations: readonly OrientationSeries[];
  readonly createTracks: () => SegmentTrack[];
  readonly prefixes: readonly string[];
}

/** Measures one pair; with the arms when it is the recording's main measurement. */
function measure(
  pair: MeasuredPair | null,
  context: MeasurementContext,
  withArms: boolean,
): { readonly measurement: Measurement; readonly flags: readonly AnalysisFlag[] } {
  const { grid, neutral, mounting, options } = context;
  // Tracks hold the drift against one reference: every pair has its own.
  const tracks = context.createTracks();
  const flags: AnalysisFlag[] = [];
  const of = (role: SegmentRole | null): SegmentTrack | undefined =>
    tracks.find((track) => track.role === role);
  const middle = (neutral.first + neutral.last) >> 1;
  const drift = (moving: SegmentTrack, reference: SegmentTrack): void => {
    const sigma = Math.hypot(
      biasSigma(context.orientations[moving.sensorIndex]),
      biasSigma(context.orientations[reference.sensorIndex]),
    );
    estimateHeadingDrift(grid, moving, reference, middle, sigma, options.mode === 'refined');
  };

  const planes: AnglePlane[] = [];
  let closure: NeutralClosure | null = null;
  if (pair !== null) {
    const moving = of(pair.moving),
      reference = of(pair.reference);
    if (moving !== undefined) {
      if (reference !== undefined) {
        drift(moving, reference);
        planes.push(...relativePlanes(moving, reference));
      } else {
        planes.push(...leanPlanes(moving, options.pose));
        if (options.pose !== 'upright')
          flags.push(...leanFlags(grid, moving, planes, context.prefixes[moving.sensorIndex]));
      }
      closure = findNeutralClosure(grid, reference === undefined ? [moving] : [moving, reference], neutral);
      flags.push(...closureFlags(closure, context.prefixes[moving.sensorIndex]));
    }
  }
  if (withArms)
    for (const arm of tracks.filter((track) => isArmRole(track.role))) {
      const upperBack = of('upperBack');
      if (upperBack === undefined)
        flags.push({
          flag: 'GRAVITY_ONLY',
          sensor: context.prefixes[arm.sensorIndex],
          startS: grid.timeS[0],
          endS: grid.timeS[grid.count - 1],
          detail: 'arm elevation is against gravity: leaning of the trunk is included',
        });
      else drift(arm, upperBack);
      planes.push(armPlane(arm, upperBack ?? null));
      if (pair !== null) continue;
      const own = findNeutralClosure(grid, [arm], neutral);
      flags.push(...closureFlags(own, context.prefixes[arm.sensorIndex]));
      closure ??= own;
    }

  const shown = planes.filter((plane) => mounting.axisSure || !needsAxis(plane, options));
  // Planes that cannot be named still take part: a bend whose turn goes along is no turn.
  const detected = detectCycles(
    grid.timeS,
    planes.map((plane) => ({
      plane: plane.plane,
      angleRad: masked(plane.angleRad, grid, options),
      ...(plane.weighedRad === undefined ? {} : { weighedRad: plane.weighedRad }),
    })),
  ).filter((cycle) => shown.some((plane) => plane.plane === cycle.plane));
  const cycles = withoutImplausible(planes, withLostHeadings(grid, neutral, planes, detected));
  const directed = shown.filter((plane) => mounting.signSure || !needsAxis(plane, options));
  const rom = rangesOfMotion(
    directed,
    cycles,
    grid.timeS,
    mounting.headingCovariance,
    tracks.length,
    neutral,
  );
  const few = Object.entries(rom).filter(([, range]) => range.cycleCount < FEW_REPETITIONS);
  if (few.length > 0)
    flags.push({
      flag: 'FEW_REPS',
      sensor: null,
      startS: grid.timeS[0],
      endS: grid.timeS[grid.count - 1],
      detail: `fewer than three repetitions: ${few.map(([direction, range]) => `${direction} ${range.cycleCount}`).join(', ')}`,
    });
  flags.push(...driftFlags(planes, cycles, context.prefixes));
  if (withArms)
    flags.push(
      ...plausibilityFlags({
        grid,
        tracks,
        planes: shown,
        cycles,
        pose: options.pose,
        prefixes: context.prefixes,
      }),
    );
  return {
    measurement: {
      measures: pair?.measures ?? 'arm elevation',
      planes: shown,
      cycles,
      rom,
      closure,
      signSure: mounting.signSure,
    },
    flags,
  };
}

/** A heading less sure than this tells neither how far a turn went nor a bow from a bend. */
const LOST_HEADING_RAD = 10 * RAD_PER_DEG;
const DOUBT_AFTER_GAP_S = 0.5;

/** After a gap the heading between two segments is not known until they are back at neutral: what is found is not counted. */
function withLostHeadings(
  grid: AnalysisGrid,
  neutral: StillWindow,
  planes: readonly AnglePlane[],
  cycles: readonly MovementCycle[],
): MovementCycle[] {
  const lost = new Map(planes.map((plane) => [plane.plane, lostHeadings(grid, neutral, plane)]));
  return cycles.map((cycle) => {
    const isLost = lost.get(cycle.plane);
    const at = (timeS: number): number => Math.round((timeS - grid.timeS[0]) / grid.stepS);
    if (isLost?.subarray(at(cycle.startS), at(cycle.endS) + 1).includes(1) !== true) return cycle;
    return { ...cycle, valid: false, reasons: [...new Set([...cycle.reasons, 'gap' as const])] };
  });
}

/** What no spine can do is not counted, whatever made it. */
function withoutImplausible(
  planes: readonly AnglePlane[],
  cycles: readonly MovementCycle[],
): MovementCycle[] {
  return cycles.map((cycle) =>
    implausiblePeakRad(planes, cycle) === null
      ? cycle
      : { ...cycle, valid: false, reasons: [...cycle.reasons, 'implausible' as const] },
  );
}

/** 1 where a gap lies between an instant and neutral and has left the heading of a plane's segments unknown. */
function lostHeadings(
  grid: AnalysisGrid,
  neutral: StillWindow,
  { tracks, angleRad }: AnglePlane,
): Uint8Array {
  const lost = new Uint8Array(grid.count);
  if (tracks.length < 2) return lost;
  const { driftSigmaRad } = tracks[0];
  const longest = GAP_S / grid.stepS;
  for (const step of [1, -1]) {
    let missing = 0,
      sinceGapS = Infinity,
      isLost = false;
    for (let i = (neutral.first + neutral.last) >> 1; i >= 0 && i < grid.count; i += step) {
      if (angleRad[i] !== angleRad[i]) {
        missing++;
        continue;
      }
      sinceGapS = missing > longest ? 0 : sinceGapS + grid.stepS;
      missing = 0;
      // What drifts slowly is a matter of the interval; only a gap's sudden doubt loses a heading. Filters state it a batch later.
      isLost = driftSigmaRad[i] > LOST_HEADING_RAD && (isLost || sinceGapS < DOUBT_AFTER_GAP_S);
      if (isLost) lost[i] = 1;
    }
  }
  return lost;
}

/** The angle where movements are to be counted, NaN elsewhere. */
function masked(angleRad: Float64Array, grid: AnalysisGrid, options: AnalysisOptions): Float64Array {
  const { counted } = options;
  if (counted === undefined) return angleRad;
  return angleRad.map((angle, i) =>
    counted.some(({ startS, endS }) => grid.timeS[i] >= startS && grid.timeS[i] <= endS) ? angle : NaN,
  );
}

/** Which planes mean nothing before forward is known: all but a turn about the vertical and the arms' elevation. */
function needsAxis(plane: AnglePlane, options: AnalysisOptions): boolean {
  if (plane.plane === 'armElevationLeft' || plane.plane === 'armElevationRight') return false;
  return !(plane.plane === 'rotation' && plane.tracks.length === 2 && options.pose === 'upright');
}

/** Rotation by gravity between 30 and 60 deg from vertical is feedback, not a measurement. */
function leanFlags(
  grid: AnalysisGrid,
  track: SegmentTrack,
  planes: readonly AnglePlane[],
  prefix: string,
): AnalysisFlag[] {
  if (!planes.some((plane) => plane.plane === 'rotation')) return [];
  let first = -1,
    last = -1;
  for (let i = 0; i < grid.count; i++) {
    const h = horizontality(track, i);
    if (!(h >= GRAVITY_ROTATION_CLASS_C && h < GRAVITY_ROTATION_CLASS_A)) continue;
    if (first < 0) first = i;
    last = i;
  }
  if (first < 0) return [];
  return [
    {
      flag: 'GRAVITY_ONLY',
      sensor: prefix,
      startS: grid.timeS[first],
      endS: grid.timeS[last],
      detail: 'the trunk was 30 to 60 deg from vertical, where gravity shows rotation only roughly',
    },
  ];
}

const DRIFT_FLAG_RAD = 5 * RAD_PER_DEG;

/** A turn whose heading may have drifted by more than 5 deg is flagged. */
function driftFlags(
  planes: readonly AnglePlane[],
  cycles: readonly MovementCycle[],
  prefixes: readonly string[],
): AnalysisFlag[] {
  const rotation = planes.find((plane) => plane.plane === 'rotation' && plane.tracks.length === 2);
  if (rotation === undefined) return [];
  const { driftSigmaRad, sensorIndex } = rotation.tracks[0];
  let worst = 0,
    startS = Infinity,
    endS = -Infinity;
  for (const cycle of cycles) {
    if (cycle.plane !== 'rotation') continue;
    for (const index of [cycle.positiveIndex, cycle.negativeIndex]) {
      if (index < 0 || 1.96 * driftSigmaRad[index] < DRIFT_FLAG_RAD) continue;
      worst = Math.max(worst, 1.96 * driftSigmaRad[index]);
      startS = Math.min(startS, cycle.startS);
      endS = Math.max(endS, cycle.endS);
    }
  }
  if (worst === 0) return [];
  return [
    {
      flag: 'DRIFT',
      sensor: prefixes[sensorIndex],
      startS,
      endS,
      detail: `the heading between the sensors may have drifted by up to ${(worst * DEG_PER_RAD).toFixed(0)} deg since the last neutral`,
    },
  ];
}

function biasSigma(orientation: OrientationSeries): number {
  const [x, y, z] = orientation.gyroBiasSigmaRadPerS;
  const rms = Math.sqrt((x * x + y * y + z * z) / 3);
  return Number.isFinite(rms) ? rms : 0.1 * RAD_PER_DEG;
}
