import { libraryExercise } from '../../exercise/exercise-library.ts';
import { DETECTABLE_DEG } from '../outcomes/outcome-thresholds.ts';
import { averagePain, type Course, type DoneSession, latest, openDays } from './course.ts';
import { doneShare } from './done-share.ts';
import { type RangeGoal, rangeGoals, type RangeSeries } from './entry.ts';
import { isStrength } from './composition.ts';
import { painRule } from './pain-layer.ts';
import type { Phase, ProgrammePlan } from './programme-plan.ts';
import { PHASE_EXIT as EXIT, PHASE_WEEKS_ALONE, PROGRESS_LIMITS } from './programme-thresholds.ts';

/** When a phase has done its work (clinical page, 6.1), with what that was seen by; null: not yet. */
export function phaseExit(
  course: Course,
  plan: ProgrammePlan,
  series: readonly RangeSeries[],
  hasClinician: boolean,
): { readonly to: Phase; readonly inputs: Readonly<Record<string, number>> } | null {
  const days = openDays(course, course.phaseDay);
  const sessions = course.sessions.filter(({ order }) => order > course.phaseOrder);
  if (!hasClinician && days < 7 * PHASE_WEEKS_ALONE[plan.phase]) return null;
  switch (plan.phase) {
    case 0:
      return leaveStart(plan, days, sessions);
    case 1:
      return leaveSettle(course, days, sessions);
    case 2:
      return leaveRestore(course, days, sessions, series);
    case 3:
      return leaveBuild(course, days);
    case 4:
      return null;
  }
}

/** Sessions that count. */
function daysOf(sessions: readonly DoneSession[]): number {
  return sessions.filter(({ isSecond }) => !isSecond).length;
}

/** The first tests are done, or four days have passed: what is known by then is enough to begin. */
function leaveStart(
  plan: ProgrammePlan,
  days: number,
  sessions: readonly DoneSession[],
): ReturnType<typeof phaseExit> {
  const tested = new Set(sessions.flatMap(({ ranges }) => ranges.map(({ metric }) => metric))).size;
  const isComplete =
    plan.irritability === 'high' ? tested > 0 : days >= EXIT.startDays && sessions.length > 0;
  const isOver = days > EXIT.startDays;
  if (!isComplete && !isOver) return null;
  return { to: plan.irritability === 'low' ? 2 : 1, inputs: { days, sessions: sessions.length, tested } };
}

function leaveSettle(
  course: Course,
  days: number,
  sessions: readonly DoneSession[],
): ReturnType<typeof phaseExit> {
  const pain = averagePain(course);
  const start = course.intake.painAverage24h ?? null;
  const isCalmer =
    pain !== null && (pain <= EXIT.painAtMost || (start !== null && pain <= start - EXIT.painDrop));
  if (!isCalmer || daysOf(sessions) < EXIT.sessions) return null;
  const mornings = sessions.flatMap(({ morning }) => (morning === null ? [] : [morning]));
  const fine = mornings.filter((morning) => morning !== 'clearlyHigher').length / mornings.length;
  // Without one answer there is no share: not a number is not enough.
  if (!(fine >= EXIT.morningsFine)) return null;
  return { to: 2, inputs: { days, pain, sessions: sessions.length, morningsFine: fine } };
}

function leaveRestore(
  course: Course,
  days: number,
  sessions: readonly DoneSession[],
  series: readonly RangeSeries[],
): ReturnType<typeof phaseExit> {
  const pain = averagePain(course);
  if (pain === null || pain > EXIT.restorePain) return null;
  const range = hasRangeCome(course, series);
  if (range === false || (range === null && days < 7 * EXIT.weeksWithoutRange)) return null;
  const reports = sessions
    .slice(-4)
    .flatMap(({ exercises, painBefore, morning }) =>
      exercises.map((report) => ({ report, painBefore, morning })),
    )
    .filter(({ report }) => isStrength(report.exerciseId));
  const isTooMuch = reports.some(
    ({ report, painBefore, morning }) =>
      (report.effort !== null && report.effort > PROGRESS_LIMITS.effort) ||
      doneShare(report) < 1 ||
      painRule(report.painDuring, painBefore, morning) === 'G4',
  );
  // Silence about effort is not "easy", nor one about the number "all": of what was asked some must have been answered.
  const asked = reports.filter(({ report }) => libraryExercise(report.exerciseId).dose.effort !== null);
  const isUnknown = asked.length > 0 && asked.every(({ report }) => report.effort === null);
  const isUncounted = reports.length > 0 && reports.every(({ report }) => report.notAnswered === true);
  if (isTooMuch || isUnknown || isUncounted || daysOf(sessions) < EXIT.sessions) return null;
  return { to: 3, inputs: { days, pain, strengthSets: reports.length } };
}

/** Halfway to a goal or a change that can be seen, in turning or straightening; null: never measured twice. */
function hasRangeCome(course: Course, series: readonly RangeSeries[]): boolean | null {
  const goals = rangeGoals(series, course.intake.ageYears).filter(
    ({ metric }) => metric.endsWith('.rotation') || metric.endsWith('.extension'),
  );
  const judged = goals.flatMap((goal) => {
    const values = valuesOf(series, goal);
    return values.length < 2 ? [] : [isOnTheWay(goal, values[values.length - 1])];
  });
  return judged.length === 0 ? null : judged.includes(true);
}

function isOnTheWay({ metric, baselineDeg, goalDeg }: RangeGoal, nowDeg: number): boolean {
  const detectableDeg = DETECTABLE_DEG[metric];
  if (goalDeg === null) return nowDeg >= baselineDeg - detectableDeg;
  const gain = nowDeg - baselineDeg;
  return gain >= EXIT.wayToGoal * (goalDeg - baselineDeg) || gain >= detectableDeg;
}

export function valuesOf(series: readonly RangeSeries[], goal: RangeGoal): readonly number[] {
  return (
    series.find(
      ({ metric, side, layout }) => metric === goal.metric && side === goal.side && layout === goal.layout,
    )?.valuesDeg ?? []
  );
}

function leaveBuild(course: Course, days: number): ReturnType<typeof phaseExit> {
  const now = functionScore(course, 'latest');
  const start = functionScore(course, 'first');
  const confidence = latest(course, 'conf', 21);
  if (now === null || confidence === null || confidence < EXIT.confidence) return null;
  const hasGained = start !== null && now - start >= EXIT.functionGain;
  if (!hasGained && now < EXIT.functionEnough) return null;
  return { to: 4, inputs: { days, function: now, confidence } };
}

/** Mean of the person's own hard things, 0 to 10; null where none was ever answered. */
export function functionScore(course: Course, which: 'first' | 'latest'): number | null {
  const values = (['func1', 'func2', 'func3'] as const).flatMap((id) => {
    const answers = course.answers.get(id);
    const answer = which === 'first' ? answers?.[0] : answers?.at(-1);
    return answer === undefined ? [] : [answer.value];
  });
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
