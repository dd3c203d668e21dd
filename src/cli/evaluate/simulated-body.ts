import type { NeutralPose } from '../../core/body/posture.ts';
import type { SegmentRole } from '../../core/body/segment-role.ts';
import { isArmMovement, matchSensorSet, motionDefinition } from '../../core/exercise/motion-definitions.ts';
import type { ExerciseId, MotionDirection, Side } from '../../core/exercise/motion-definition.ts';
import { cutSeries, type ImuSeries, type OrientationSeries } from '../../core/fusion/imu-series.ts';
import type { AnalysisSensor } from '../../core/pipeline/analysis-input.ts';
import { AnalysisError } from '../../core/pipeline/analysis-input.ts';
import { orientRefined } from '../../core/pipeline/analysis-orientation.ts';
import { PLANE_DIRECTIONS, type MovementDirection } from '../../core/pipeline/analysis-rom.ts';
import { replaySession } from '../../core/pipeline/live-replay.ts';
import { analyseSeries, type RecordingAnalysis } from '../../core/pipeline/recording-analysis.ts';
import { imuSeriesFromPackets } from '../../core/pipeline/sensor-timeline.ts';
import { Random } from '../../core/simulation/random.ts';
import { drawSeverity } from '../../core/simulation/severity.ts';
import {
  simulateSession,
  type SimulatedSession,
  type TrueRepetition,
  type TrueSet,
} from '../../core/simulation/simulate-session.ts';
import { truePeakRad, trueSegmentsSince } from '../../core/simulation/true-range.ts';
import { nominalMounting } from '../../core/simulation/virtual-sensor.ts';

/** Worn roles; a body of each kind is simulated in turn. */
export const KITS: readonly (readonly SegmentRole[])[] = [
  ['upperBack'],
  ['upperBack', 'pelvis'],
  ['upperBack', 'lowerBack'],
  ['upperBack', 'upperArmLeft', 'upperArmRight'],
  ['upperArmLeft', 'upperArmRight'],
];

/**
 * The two ways that results reach people: the screen of a guided session, and the report on a recording that begins
 * with the person sitting still, its mounting stated as the guide shows it or found from the movement.
 */
export const PATHS = ['live', 'stated mounting', 'found mounting'] as const;
export type Path = (typeof PATHS)[number];

/** One range of motion of one body, asked for by one path. Angles rad. */
export interface Outcome {
  readonly seed: number;
  readonly layout: string;
  readonly path: Path;
  readonly direction: MovementDirection | 'lockedRotationLeft' | 'lockedRotationRight';
  /** Class of the measure, CLINICAL page 1.4. */
  readonly qualityClass: 'A' | 'B' | 'C';
  /** Mean of the three largest true repetitions of the bones. */
  readonly trueRad: number;
  readonly trueCount: number;
  /** Null when the direction was left out. */
  readonly estimate: {
    readonly meanBest3Rad: number;
    /** Of the stated 95 % interval. */
    readonly lowRad: number;
    readonly highRad: number;
    readonly count: number;
  } | null;
  readonly slipDeg: number;
  readonly slipFlagged: boolean;
}

const RATE_HZ = 52;
const EXCURSIONS = 6;
const TRUNK_SETS: readonly ExerciseId[] = ['E05', 'E08', 'E01'];
const LOCKED_SET: ExerciseId = 'E02';
/** People begin when the screen says that the set runs; with lost packets that takes a little longer. */
const REST_BEFORE_SET_S = 3;
/** A report's recording begins this long before the set is announced: the person is in the start posture already. */
const STILL_BEFORE_MS = 1000;

/** Of the movements that ranges are tested with. */
const DIRECTIONS: Readonly<
  Partial<Record<ExerciseId, Readonly<Partial<Record<TrueRepetition['side'], Outcome['direction']>>>>>
> = {
  E01: { left: 'rotationLeft', right: 'rotationRight' },
  E02: { left: 'lockedRotationLeft', right: 'lockedRotationRight' },
  E05: { forward: 'flexion', backward: 'extension' },
  E08: { left: 'lateralLeft', right: 'lateralRight' },
  E11: { left: 'armElevationLeft', right: 'armElevationRight' },
};

/** Simulates the body of a seed and asks all paths for its ranges. */
export function evaluateBody(seed: number, draw: typeof drawSeverity = drawSeverity): readonly Outcome[] {
  const roles = KITS[seed % KITS.length] ?? [];
  const severity = draw(seed, roles);
  const session = simulateSession(
    { name: 'truth', sets: setsOf(seed, roles) },
    { roles, seed, rateHz: RATE_HZ, restBeforeSetS: REST_BEFORE_SET_S, ...severity },
  );
  const slipDeg = severity.conditions.slipDeg ?? 0;
  const outcomes = liveOutcomes(session, slipDeg);
  const worn = roles.map((role, i) => ({ role, series: seriesOf(session, i) }));
  for (const part of reportParts(session)) {
    const cut = worn.map(({ role, series }) => ({
      role,
      series: cutSeries(series, part.startMs / 1000, part.endMs / 1000),
    }));
    const orientations = new Map<ImuSeries, OrientationSeries>();
    for (const path of ['stated mounting', 'found mounting'] as const) {
      const sensors = cut.map(({ role, series: own }): AnalysisSensor => ({
        role,
        prefix: role,
        series: own,
        rateHz: RATE_HZ,
        qSegmentFromSensor: path === 'stated mounting' ? nominalMounting(role) : null,
      }));
      outcomes.push(...reportOutcomes(session, part, path, sensors, orientations, slipDeg));
    }
  }
  return outcomes;
}

/** Trunk movements in an order of the seed's own, so that a slip meets each of them. */
function setsOf(seed: number, roles: readonly SegmentRole[]) {
  const trunk = !roles.some((role) => role === 'upperArmLeft');
  if (!trunk) return [{ exerciseId: 'E11', side: null, repetitions: 3 }] as const;
  const random = new Random(seed, 4);
  const first = Math.floor(random.uniform() * TRUNK_SETS.length);
  const order = [...TRUNK_SETS.slice(first), ...TRUNK_SETS.slice(0, first)];
  const isLockedFirst = random.uniform() < 0.25;
  const all = isLockedFirst ? [LOCKED_SET, ...order] : [...order, LOCKED_SET];
  return all.map((exerciseId) => ({ exerciseId, side: null, repetitions: EXCURSIONS }));
}

function seriesOf(session: SimulatedSession, index: number): ImuSeries {
  const sensor = session.recording.sensors[index];
  if (sensor === undefined) throw new RangeError(`no sensor ${index}`);
  return imuSeriesFromPackets(sensor);
}

/** What the screen of a guided session said of its sets. */
export function liveOutcomes(session: SimulatedSession, slipDeg: number): Outcome[] {
  const { result } = replaySession(session.recording);
  const slipFlagged = result.flags.some((flag) => flag.name === 'SLIP');
  return session.truth.sets.flatMap((set, i) => {
    const found = result.sets[i];
    return sidesOf(set).map((side): Outcome => {
      const repetitions = set.repetitions.filter((one) => one.side === side);
      const best = found?.best.find((one) => one.side === side);
      return {
        ...commonOf(session, set, side),
        path: 'live',
        trueRad: meanOfBest(repetitions.map((one) => one.peakRad ?? NaN)),
        trueCount: repetitions.length,
        estimate:
          best === undefined
            ? null
            : {
                meanBest3Rad: best.meanBest3Rad,
                lowRad: best.meanBest3Rad - best.halfWidth95Rad,
                highRad: best.meanBest3Rad + best.halfWidth95Rad,
                count: best.countedRepetitions,
              },
        slipDeg,
        slipFlagged,
      };
    });
  });
}

/** A stretch of the session that is a recording of its own to a report. */
interface ReportPart {
  readonly pose: NeutralPose;
  readonly sets: readonly TrueSet[];
  readonly startMs: number;
  readonly endMs: number;
}

function reportParts(session: SimulatedSession): ReportPart[] {
  const begins: number[] = [],
    ends: number[] = [];
  for (const { command, hostTimeMs } of session.recording.commands) {
    if (command.kind === 'beginSet') begins.push(hostTimeMs);
    if (command.kind === 'endSet') ends.push(hostTimeMs);
  }
  const partOf = (pose: NeutralPose, isIn: (set: TrueSet) => boolean): ReportPart[] => {
    const sets: TrueSet[] = [];
    let startMs = Infinity,
      endMs = -Infinity;
    session.truth.sets.forEach((set, i) => {
      if (!isIn(set)) return;
      sets.push(set);
      startMs = Math.min(startMs, (begins[i] ?? Infinity) - STILL_BEFORE_MS);
      endMs = Math.max(endMs, ends[i] ?? -Infinity);
    });
    return sets.length === 0 ? [] : [{ pose, sets, startMs, endMs }];
  };
  return [
    ...partOf('upright', (set) => set.exerciseId !== LOCKED_SET),
    ...partOf('prone', (set) => set.exerciseId === LOCKED_SET),
  ];
}

function reportOutcomes(
  session: SimulatedSession,
  part: ReportPart,
  path: Path,
  sensors: readonly AnalysisSensor[],
  orientations: Map<ImuSeries, OrientationSeries>,
  slipDeg: number,
): Outcome[] {
  const orient = (series: ImuSeries): OrientationSeries => {
    let found = orientations.get(series);
    if (found === undefined) orientations.set(series, (found = orientRefined(series)));
    return found;
  };
  let analysis: RecordingAnalysis | null = null;
  try {
    analysis = analyseSeries(sensors, { mode: 'refined', neutral: null, pose: part.pose }, orient);
  } catch (error) {
    if (!(error instanceof AnalysisError)) throw error;
  }
  const slipFlagged = analysis?.flags.some((flag) => flag.flag === 'SLIP') ?? false;
  const { roles } = session.truth;
  const neutral = analysis?.neutral ?? { startS: part.startMs / 1000, endS: part.startMs / 1000 + 1 };
  const since = trueSegmentsSince(session.truth, 1000 * neutral.startS, 1000 * neutral.endS, part.pose);
  return part.sets.flatMap((set) =>
    sidesOf(set).flatMap((side): Outcome[] => {
      const common = commonOf(session, set, side);
      const direction = measuredDirection(common.direction);
      const [plane, sign] = planeOf(direction);
      // Standing or sitting, one sensor's turn is no range of motion in a report.
      if (set.exerciseId === 'E01' && roles.length === 1) return [];
      const repetitions = set.repetitions.filter((one) => one.side === side);
      const peaks = repetitions.map((one) => truePeakRad(since, plane, sign, roles, part.pose, one));
      const range = analysis?.rom[direction];
      return [
        {
          ...common,
          path,
          trueRad: meanOfBest(peaks),
          trueCount: repetitions.length,
          estimate:
            range === undefined
              ? null
              : {
                  meanBest3Rad: range.meanBest3Rad,
                  lowRad: Math.max(0, range.centreRad - range.halfWidth95Rad),
                  highRad: range.centreRad + range.halfWidth95Rad,
                  count: range.cycleCount,
                },
          slipDeg,
          slipFlagged,
        },
      ];
    }),
  );
}

function commonOf(
  session: SimulatedSession,
  set: TrueSet,
  side: TrueRepetition['side'],
): Pick<Outcome, 'seed' | 'layout' | 'direction' | 'qualityClass'> {
  const definition = motionDefinition(set.exerciseId);
  const worn = matchSensorSet(
    definition,
    session.truth.roles,
    isArmMovement(definition) ? (side as Side) : null,
  );
  const direction = DIRECTIONS[set.exerciseId]?.[side];
  if (direction === undefined) throw new RangeError(`${set.exerciseId} has no ${side}`);
  return {
    seed: session.truth.seed,
    layout: session.truth.roles.join('+'),
    direction,
    qualityClass: worn?.qualityClass ?? 'C',
  };
}

function sidesOf(set: TrueSet): readonly MotionDirection['side'][] {
  return [...new Set(set.repetitions.map((one) => one.side))];
}

function measuredDirection(direction: Outcome['direction']): MovementDirection {
  if (direction === 'lockedRotationLeft') return 'rotationLeft';
  return direction === 'lockedRotationRight' ? 'rotationRight' : direction;
}

function planeOf(direction: MovementDirection): readonly [keyof typeof PLANE_DIRECTIONS, 1 | -1] {
  for (const plane of Object.keys(PLANE_DIRECTIONS) as (keyof typeof PLANE_DIRECTIONS)[]) {
    const at = PLANE_DIRECTIONS[plane].indexOf(direction);
    if (at >= 0) return [plane, at === 0 ? 1 : -1];
  }
  throw new RangeError(direction);
}

function meanOfBest(peaksRad: readonly number[]): number {
  const best = [...peaksRad].sort((a, b) => b - a).slice(0, 3);
  return best.reduce((sum, peak) => sum + peak, 0) / best.length;
}
