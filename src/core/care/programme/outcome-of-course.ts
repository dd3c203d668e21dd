import type { CareMoment, JournalEntry } from '../care-journal.ts';
import { DETECTABLE_DEG, FUNCTION_CHANGE, PAIN_CHANGE } from '../outcomes/outcome-thresholds.ts';
import { adherenceSince } from './adherence.ts';
import {
  averagePain,
  type Course,
  courseOf,
  hasFiredWithin,
  latest,
  meanAnswer,
  openDays,
} from './course.ts';
import { rangeGoals, type RangeSeries, rangeSeries } from './entry.ts';
import { functionScore, valuesOf } from './phase-exit.ts';
import { DISCHARGE, NO_BETTER, RANGE_RULES, SCHEDULE, STIFF_WITHOUT_CHANGE } from './programme-thresholds.ts';

/** Where a course stands: no better after six weeks, ready to be discharged, back again (clinical page, 6.7 and 6.8). */

/** Six weeks at 60 % or more, pain less than one point down, and by the person's own word not better. */
export function isNoBetter(course: Course): boolean {
  const { startDay, intake } = course;
  if (openDays(course, startDay) < 7 * NO_BETTER.weeks || intake.painAverage24h === undefined) return false;
  const pain = averagePain(course);
  const overall = latest(course, 'pgic', 28);
  const done = adherenceSince(course, startDay, SCHEDULE[3].perWeek);
  return (
    pain !== null &&
    intake.painAverage24h - pain < NO_BETTER.drop &&
    overall !== null &&
    overall <= NO_BETTER.overall &&
    done !== null &&
    done >= NO_BETTER.adherence
  );
}

/** Four weeks in, stiff, and no range has changed by as much as could be seen. */
export function isStiffWithoutChange(course: Course, series: readonly RangeSeries[]): boolean {
  if (openDays(course, course.startDay) < 7 * STIFF_WITHOUT_CHANGE.fromWeek) return false;
  const stiff = latest(course, 'stiff', 7);
  const twice = series.filter(({ valuesDeg }) => valuesDeg.length >= 2);
  if (stiff === null || stiff < STIFF_WITHOUT_CHANGE.stiffness || twice.length === 0) return false;
  return twice.every(
    ({ metric, valuesDeg }) =>
      valuesDeg[valuesDeg.length - 1] - valuesDeg[0] < (DETECTABLE_DEG[metric] ?? Infinity),
  );
}

/** A range has changed visibly in two tests in a row, or has all but come to its goal. */
export function hasRangeReachedGoal(course: Course, series: readonly RangeSeries[]): boolean {
  return rangeGoals(series, course.intake.ageYears).some((goal) => {
    const values = valuesOf(series, goal).slice(1);
    const last = values.at(-1);
    if (last === undefined || goal.goalDeg === null) return false;
    const visible = goal.baselineDeg + DETECTABLE_DEG[goal.metric];
    const isTwice = values.length >= 2 && values.slice(-2).every((value) => value >= visible);
    return isTwice || last >= RANGE_RULES.goalReached * goal.goalDeg;
  });
}

/** How many of the six signs of discharge hold. */
export function dischargeSigns(course: Course): number {
  const pain = averagePain(course);
  const startPain = course.intake.painAverage24h ?? null;
  const now = functionScore(course, 'latest');
  const start = functionScore(course, 'first');
  const work = latest(course, 'int.work', 28);
  const sleep = latest(course, 'int.sleep', 28);
  const series = rangeSeries(course);
  const goals = rangeGoals(series, course.intake.ageYears);
  const signs = [
    pain !== null &&
      (pain <= DISCHARGE.pain || (startPain !== null && pain <= startPain * DISCHARGE.painShare)),
    now !== null && (now >= DISCHARGE.function || (start !== null && now - start >= DISCHARGE.functionGain)),
    (latest(course, 'conf', 28) ?? 0) >= DISCHARGE.confidence,
    work !== null && sleep !== null && Math.max(work, sleep) <= DISCHARGE.interference,
    goals.length > 0 &&
      goals.every(
        (goal) =>
          (valuesOf(series, goal).at(-1) ?? 0) >=
          RANGE_RULES.goalReached * (goal.goalDeg ?? goal.baselineDeg),
      ),
    course.modulesRead.has('M06'),
  ];
  return signs.filter(Boolean).length;
}

/** Enough signs now and, by what was known then, two weeks ago. */
export function isReadyForDischarge(
  course: Course,
  journal: readonly JournalEntry[],
  moment: CareMoment,
): boolean {
  if (dischargeSigns(course) < DISCHARGE.of) return false;
  const thenDay = course.today - DISCHARGE.forDays;
  const then = journal.filter(({ day }) => day <= thenDay);
  return dischargeSigns(courseOf(then, { day: thenDay, utcMs: moment.utcMs })) >= DISCHARGE.of;
}

/** After discharge: a week at 4 or more. */
export function hasComeBack(course: Course): boolean {
  if (course.today - course.stateDay < DISCHARGE.returnDays) return false;
  const from = course.today - DISCHARGE.returnDays + 1;
  const mean = meanAnswer(course, 'pain.avg24', from, course.today, 2);
  const pain = mean ?? latest(course, 'pain.avg7', DISCHARGE.returnDays);
  return pain !== null && pain >= DISCHARGE.returnPain;
}

/** "A little better", 1 to 7. */
const BETTER = 5;

/** Week 4: at least one sign that it goes the right way. */
export function isOnTrack(course: Course): boolean {
  const pain = averagePain(course);
  const startPain = course.intake.painAverage24h ?? null;
  const drop = pain === null || startPain === null ? 0 : startPain - pain;
  const isLess =
    startPain !== null &&
    drop >= PAIN_CHANGE.meaningfulPoints &&
    drop >= PAIN_CHANGE.meaningfulShare * startPain;
  const now = functionScore(course, 'latest');
  const start = functionScore(course, 'first');
  const isAbler = now !== null && start !== null && now - start >= FUNCTION_CHANGE.small;
  const isFreer = rangeSeries(course).some(
    ({ metric, valuesDeg }) =>
      valuesDeg[valuesDeg.length - 1] - valuesDeg[0] >= (DETECTABLE_DEG[metric] ?? Infinity),
  );
  return isLess || isAbler || isFreer || (latest(course, 'pgic', 14) ?? 0) >= BETTER;
}

/** "Yes, it came back", said within the last week: back into the programme is offered. */
export function saysItCameBack(course: Course): boolean {
  const last = course.answers.get('return')?.at(-1);
  return (
    last !== undefined && last.value >= 2 && course.today - last.day < 7 && !hasFiredWithin(course, 'M1', 7)
  );
}
