import type { HealthProfile } from '../../exercise/exercise-library.ts';
import type { Side } from '../../exercise/motion-definition.ts';
import type { Intake } from '../intake/intake-event.ts';
import type { Course } from './course.ts';
import { latest } from './course.ts';
import { DETECTABLE_DEG } from '../outcomes/outcome-thresholds.ts';
import type { RangeReport } from './programme-event.ts';
import type { ProgrammePlan } from './programme-plan.ts';
import {
  CAUTION,
  FITNESS_LIMITS,
  IRRITABILITY_LIMITS as LIMITS,
  ORIENTATION_BANDS_DEG,
  RANGE_RULES,
} from './programme-thresholds.ts';

/** The entry table (clinical page, 6.2): how easily it flares, how fit, which ranges to work on and towards what. */

export type Irritability = ProgrammePlan['irritability'];
export type Fitness = ProgrammePlan['fitness'];

type PainPicture = Partial<
  Pick<Intake, 'painNow' | 'painAverage24h' | 'painWorst24h' | 'settles' | 'wakesAtNight'>
>;

/** Any sign of high counts; low only where all of its signs were given; otherwise between. */
export function irritabilityOf(picture: PainPicture): Irritability {
  const { painNow, painAverage24h, painWorst24h, settles, wakesAtNight } = picture;
  if ((painNow ?? 0) >= LIMITS.highNow || (painWorst24h ?? 0) >= LIMITS.highWorst) return 'high';
  if (settles === 'over2h' || wakesAtNight === 'mostNights') return 'high';
  const isLow =
    painAverage24h !== undefined &&
    Math.max(painAverage24h, painNow ?? 0) <= LIMITS.lowAverage &&
    settles === 'under30min' &&
    wakesAtNight === 'no';
  return isLow ? 'low' : 'moderate';
}

/** By minutes a week, and by the time upright where that was tested; who did not say starts with the least. */
export function fitnessOf(
  activity: Intake['activeMinutesPerWeek'] | undefined,
  uprightHoldS: number | null,
): Fitness {
  if (activity === undefined || activity === 'under60') return 'F1';
  if (uprightHoldS !== null && uprightHoldS < FITNESS_LIMITS.lowHoldS) return 'F1';
  const isFit = activity === 'over150' && uprightHoldS !== null && uprightHoldS > FITNESS_LIMITS.highHoldS;
  return isFit ? 'F3' : 'F2';
}

/** One quantity of one side with one kit: first and later results, in order of time. */
export interface RangeSeries {
  readonly metric: string;
  readonly side: Side | null;
  readonly layout: string;
  readonly valuesDeg: readonly number[];
}

/** Results of the present course; values of different kits are never joined. */
export function rangeSeries(course: Course): readonly RangeSeries[] {
  const series = new Map<
    string,
    { metric: string; side: Side | null; layout: string; valuesDeg: number[] }
  >();
  for (const { ranges } of course.sessions) {
    for (const { metric, side, layout, valueDeg } of ranges) {
      if (!(valueDeg >= 0 && valueDeg <= 360)) continue;
      const key = `${metric}|${side}|${layout}`;
      const known = series.get(key);
      if (known === undefined) series.set(key, { metric, side, layout, valuesDeg: [valueDeg] });
      else known.valuesDeg.push(valueDeg);
    }
  }
  return [...series.values()];
}

/** Where a range is to get to; null: to be kept as it is. */
export interface RangeGoal {
  readonly metric: string;
  readonly side: Side | null;
  readonly layout: string;
  readonly baselineDeg: number;
  readonly goalDeg: number | null;
}

/**
 * Goal of one side (clinical page, 6.2): towards the better side or the middle of the band, by no less than could be
 * seen and never beyond the band; a goal that could not be seen is none.
 *
 * @param otherDeg the other side's baseline; null where the quantity has no sides
 * @param bandDeg usual range of the age group
 * @returns deg; null: keep
 */
export function rangeGoalDeg(
  baselineDeg: number,
  otherDeg: number | null,
  bandDeg: readonly [number, number],
  detectableDeg: number,
): number | null {
  const middle = (bandDeg[0] + bandDeg[1]) / 2;
  const isEven = otherDeg === null || Math.abs(baselineDeg - otherDeg) < detectableDeg;
  if (baselineDeg >= middle && isEven) return null;
  const better = otherDeg === null ? middle : Math.max(baselineDeg, otherDeg);
  const least = baselineDeg + Math.max(detectableDeg, RANGE_RULES.leastGainShare * baselineDeg);
  const goal = Math.min(bandDeg[1], Math.max(Math.min(better, middle), least));
  return goal - baselineDeg < detectableDeg ? null : goal;
}

export function rangeGoals(
  series: readonly RangeSeries[],
  ageYears: number | undefined,
): readonly RangeGoal[] {
  return series.flatMap((one) => {
    const bands = ORIENTATION_BANDS_DEG[one.metric];
    const detectableDeg = DETECTABLE_DEG[one.metric];
    if (bands === undefined || detectableDeg === undefined) return [];
    const { metric, side, layout } = one;
    const baselineDeg = one.valuesDeg[0];
    const other = otherSide(series, one);
    const goalDeg = rangeGoalDeg(
      baselineDeg,
      other?.valuesDeg[0] ?? null,
      bands[ageGroup(ageYears)],
      detectableDeg,
    );
    return [{ metric, side, layout, baselineDeg, goalDeg }];
  });
}

function otherSide(series: readonly RangeSeries[], one: RangeSeries): RangeSeries | undefined {
  if (one.side === null) return undefined;
  return series.find(
    ({ metric, side, layout }) =>
      metric === one.metric && layout === one.layout && side !== null && side !== one.side,
  );
}

function ageGroup(ageYears: number | undefined): 0 | 1 | 2 {
  if (ageYears === undefined || ageYears < 40) return 0;
  return ageYears < 60 ? 1 : 2;
}

/** What the first tests and answers ask the plan to look after. */
export interface Picks {
  /** The side that turns markedly less. */
  readonly turnSide: Side | null;
  readonly extend: boolean;
  readonly reach: boolean;
  readonly hold: boolean;
  /** Bones that may break easily: the back that straightens, never the one that rounds. */
  readonly bone: boolean;
  /** Worried, or unsure: how far to go grows only by the person's own choice. */
  readonly carefully: boolean;
}

export function picksOf(
  course: Course,
  series: readonly RangeSeries[],
  profiles: readonly HealthProfile[],
): Picks {
  const { intake } = course;
  const worry = latest(course, 'worry', 30) ?? intake.worry ?? 0;
  const confidence = latest(course, 'conf', 30) ?? intake.confidence ?? 10;
  const holdS = uprightHoldS(course);
  return {
    turnSide: markedlyLess(series),
    extend: series.some(
      ({ metric, valuesDeg }) =>
        metric === 'thoracic.extension' &&
        valuesDeg[0] < ORIENTATION_BANDS_DEG[metric][ageGroup(intake.ageYears)][0],
    ),
    reach: series.some(
      ({ metric, valuesDeg }) => metric === 'arm.elevation' && valuesDeg[0] < RANGE_RULES.armEnoughDeg,
    ),
    hold: holdS !== null && holdS < RANGE_RULES.shortHoldS,
    bone: profiles.includes('bone'),
    carefully: worry >= CAUTION.worry || confidence <= CAUTION.confidence,
  };
}

/** Difference no smaller than could be seen and at least 15 % of the better side (clinical page, 2.4). */
function markedlyLess(series: readonly RangeSeries[]): Side | null {
  for (const one of series) {
    if (!one.metric.endsWith('.rotation') || one.side === null) continue;
    const other = otherSide(series, one);
    if (other === undefined) continue;
    const lessDeg = other.valuesDeg[0] - one.valuesDeg[0];
    const isMarked = (100 * lessDeg) / other.valuesDeg[0] >= RANGE_RULES.asymmetryPercent;
    if (lessDeg >= (DETECTABLE_DEG[one.metric] ?? Infinity) && isMarked) return one.side;
  }
  return null;
}

/** The first test of the time upright; null where there was none. */
export function uprightHoldS(course: Course): number | null {
  return course.sessions.find((session) => session.uprightHoldS !== null)?.uprightHoldS ?? null;
}

/** How far an arm may be raised where the shoulder needs care: 90 deg, then what a test reached without more pain. */
export function armReachedDeg(course: Course): number | null {
  const painless = course.sessions.filter(
    ({ painBefore, painAfter }) => painBefore !== null && painAfter !== null && painAfter <= painBefore,
  );
  const heights = painless.flatMap(({ ranges }) => ranges).filter(isArm);
  return heights.length === 0
    ? null
    : Math.floor(Math.min(...heights.slice(-2).map(({ valueDeg }) => valueDeg)));
}

function isArm({ metric, valueDeg }: RangeReport): boolean {
  return metric === 'arm.elevation' && valueDeg > 0 && valueDeg <= 180;
}
