import { libraryExercise, type LibraryExerciseId } from '../../exercise/exercise-library.ts';
import { type Course, type DoneSession, isJudged, JUDGED_WITHIN_DAYS } from './course.ts';
import { doneShare, isDoneWhole } from './done-share.ts';
import { doseCode, type DoseVariable, easierWay, lighten, loadUp, stepDown, stepUp } from './dose.ts';
import type { Draft, Situation } from './draft.ts';
import { fitOf } from './exercise-fit.ts';
import { painRule, type PainRuleId } from './pain-layer.ts';
import type { ExerciseReport } from './programme-event.ts';
import { type PlannedExercise, volumeShareOf } from './programme-plan.ts';
import { PROGRESS_LIMITS as LIMITS } from './programme-thresholds.ts';

/** What a session leads to, exercise by exercise (clinical page, 6.4): one pain rule each, and at most one change. */

const STOP_WEEK_DAYS = 7;

/** What a step up or down changes; the person is told which. */
export type DoseStep = DoseVariable | 'minutes';

interface Verdict {
  readonly session: DoneSession;
  readonly report: ExerciseReport;
  readonly rule: PainRuleId;
}

export function judgeSessions(draft: Draft, situation: Situation): void {
  const { course, limits } = situation;
  const changed = new Set<LibraryExerciseId>();
  for (const session of course.sessions) {
    if (session.kind === 'tests' || course.today - session.day > JUDGED_WITHIN_DAYS) continue;
    if (session.order < (course.plans[0]?.order ?? 0)) continue;
    const verdicts: Verdict[] = [];
    const seen = new Set<LibraryExerciseId>();
    for (const report of session.exercises) {
      const { exerciseId } = report;
      if (seen.has(exerciseId) || isJudged(course, session, exerciseId)) continue;
      if (!draft.plan.exercises.some((planned) => planned.exerciseId === exerciseId)) continue;
      const rule = painRule(
        report.painDuring,
        session.painBefore,
        session.morning,
        limits.painCeiling ?? null,
      );
      // Pain that stopped it needs no morning; everything else waits for one.
      if (rule !== 'G4' && !session.isSettled) continue;
      seen.add(exerciseId);
      verdicts.push({ session, report, rule });
    }
    judgeOne(draft, situation, verdicts, changed);
  }
}

function judgeOne(
  draft: Draft,
  situation: Situation,
  verdicts: readonly Verdict[],
  changed: Set<LibraryExerciseId>,
): void {
  const { course } = situation;
  /** Who has waited longest for a step goes first. */
  const inTurn = [...verdicts].sort(
    (a, b) => lastChange(course, a.report.exerciseId) - lastChange(course, b.report.exerciseId),
  );
  let raised = 0;
  for (const verdict of inTurn) {
    const { report, session, rule } = verdict;
    const { exerciseId } = report;
    const planned = draft.plan.exercises.find((one) => one.exerciseId === exerciseId);
    const fit = fitOf(libraryExercise(exerciseId), situation.person);
    if (planned === undefined || fit === null) continue;
    const mayFall =
      !changed.has(exerciseId) && session.order > lastChange(course, exerciseId) && session.kind !== 'flare';
    const down = mayFall ? stepsDown(verdict, planned, draft, situation) : null;
    let next = down?.next ?? planned;
    let ruleId: PainRuleId | 'G5' | 'G7' | 'G8' = rule;
    if (down !== null && down.ruleId !== rule) {
      draft.log(rule, inputsOf(verdict), doseCode(planned), doseCode(planned), exerciseId);
      ruleId = down.ruleId;
    } else if (down === null && rule === 'G1' && mayFall && raised < LIMITS.exercisesPerSession) {
      const up = stepsUp(verdict, planned, draft, situation);
      if (up !== null) {
        ({ next, ruleId } = up);
        raised++;
        if (ruleId === 'G8')
          draft.log('G1', inputsOf(verdict), doseCode(planned), doseCode(planned), exerciseId);
      }
    }
    const step = changedPart(planned, next);
    const inputs = { ...inputsOf(verdict), ...(step !== null && { step }) };
    draft.log(ruleId, inputs, doseCode(planned), doseCode(next), exerciseId);
    if (step !== null) {
      changed.add(exerciseId);
      draft.replace(next);
    }
    if (rule === 'G4') noteSecondStop(draft, course, exerciseId);
  }
}

/** The one thing that differs; null where nothing does. */
function changedPart(was: PlannedExercise, now: PlannedExercise): DoseStep | null {
  if (was.targetShare !== now.targetShare) return 'range';
  if (was.repetitions !== now.repetitions) return 'repetitions';
  if (was.minutes !== now.minutes) return 'minutes';
  if (was.holdS !== now.holdS) return 'hold';
  if (was.sets !== now.sets) return 'sets';
  if (was.loadStep !== now.loadStep) return 'load';
  return was.variation === now.variation ? null : 'variation';
}

function stepsDown(
  { session, report, rule }: Verdict,
  planned: PlannedExercise,
  draft: Draft,
  { course, person, limits }: Situation,
): { readonly ruleId: PainRuleId | 'G5' | 'G7'; readonly next: PlannedExercise } | null {
  const fit = fitOf(libraryExercise(report.exerciseId), person);
  if (fit === null) return null;
  if (rule === 'G4' || rule === 'G3') return { ruleId: rule, next: stepDown(planned, fit, draft.dose) };
  // What is read from how often it happened counts days.
  if (session.isSecond) return null;
  const before = earlier(course, session, report.exerciseId, limits.painCeiling).at(0);
  if (rule === 'G11')
    return before?.rule === 'G11' ? { ruleId: rule, next: stepDown(planned, fit, draft.dose) } : null;
  const isHardTwice =
    (report.effort ?? 0) >= LIMITS.hardEffort && (before?.report.effort ?? 0) >= LIMITS.hardEffort;
  const isFew = doneShare(report) < LIMITS.leastRepetitionShare;
  if (isHardTwice || isFew) return { ruleId: 'G7', next: lighten(planned) };
  const isRoughTwice =
    rule === 'G1' &&
    before?.rule === 'G1' &&
    (report.quality ?? 100) < LIMITS.lowQuality &&
    (before.report.quality ?? 100) < LIMITS.lowQuality;
  return isRoughTwice ? { ruleId: 'G5', next: easierWay(planned, fit, draft.dose) } : null;
}

function stepsUp(
  verdict: Verdict,
  planned: PlannedExercise,
  draft: Draft,
  situation: Situation,
): { readonly ruleId: 'G1' | 'G8'; readonly next: PlannedExercise } | null {
  const { course, person, mustStaySteady, limits } = situation;
  const { session, report } = verdict;
  const { plan } = draft;
  const fit = fitOf(libraryExercise(report.exerciseId), person);
  if (fit === null || mustStaySteady) return null;
  if (
    plan.state !== 'running' ||
    volumeShareOf(plan) < 1 ||
    plan.phase === 0 ||
    session.kind !== 'plan' ||
    session.isSecond
  )
    return null;
  const needed = sessionsNeeded(course, report.exerciseId);
  if (needed === null) return null;
  const streak = [verdict, ...earlier(course, session, report.exerciseId, limits.painCeiling)].slice(
    0,
    needed,
  );
  if (streak.length < needed || !streak.every(wentWell)) return null;
  const isEasy = streak.every(({ report: { effort } }) => effort !== null && effort <= LIMITS.easyEffort);
  const heavier = isEasy ? loadUp(planned, fit, draft.dose) : null;
  if (heavier !== null) return { ruleId: 'G8', next: heavier };
  const next = stepUp(planned, fit, draft.dose);
  return next === null ? null : { ruleId: 'G1', next };
}

/** Good sessions that a step up takes; null: it came down twice of late and stays where it is. */
function sessionsNeeded(course: Course, exerciseId: LibraryExerciseId): number | null {
  const downs = (course.exercises.get(exerciseId)?.stepDownDays ?? []).filter(
    (day) => course.today - day < LIMITS.stepDownMemoryDays,
  ).length;
  if (downs > 1) return null;
  return LIMITS.goodSessions + LIMITS.moreGoodSessionsPerStepDown * downs;
}

/** All of it, well, and not hard; where the page asks for effort, silence about it is not "easy". */
function wentWell({ report, rule, session }: Verdict): boolean {
  const { quality, effort } = report;
  const asksEffort = libraryExercise(report.exerciseId).dose.effort !== null;
  return (
    rule === 'G1' &&
    session.kind === 'plan' &&
    (quality ?? 100) >= LIMITS.quality &&
    isDoneWhole(report) &&
    (effort === null ? !asksEffort : effort <= LIMITS.effort)
  );
}

/** What earlier sessions with the same dose said about the exercise, the latest first. */
function earlier(
  course: Course,
  session: DoneSession,
  exerciseId: LibraryExerciseId,
  painCeiling: number | null = null,
): readonly Verdict[] {
  const sinceOrder = Math.max(lastChange(course, exerciseId), course.stateOrder);
  const verdicts: Verdict[] = [];
  for (let i = course.sessions.length - 1; i >= 0; i--) {
    const one = course.sessions[i];
    if (one.order <= sinceOrder) break;
    if (one.order >= session.order || one.kind === 'tests' || one.isSecond) continue;
    const report = one.exercises.find((done) => done.exerciseId === exerciseId);
    if (report === undefined) continue;
    const rule = painRule(report.painDuring, one.painBefore, one.morning, painCeiling);
    verdicts.push({ session: one, report, rule });
  }
  return verdicts;
}

function lastChange(course: Course, exerciseId: LibraryExerciseId): number {
  return course.exercises.get(exerciseId)?.lastChangeOrder ?? -1;
}

function noteSecondStop(draft: Draft, course: Course, exerciseId: LibraryExerciseId): void {
  const days = (course.exercises.get(exerciseId)?.stopDays ?? []).filter(
    (day) => course.today - day < STOP_WEEK_DAYS,
  );
  if (days.length > 0) draft.log('G4W', { stops: days.length + 1 }, '', '', exerciseId);
}

/** Left out for a week after a second stop for pain within a week. */
export function isResting(course: Course, exerciseId: LibraryExerciseId): boolean {
  const days = (course.exercises.get(exerciseId)?.stopDays ?? []).filter(
    (day) => course.today - day < STOP_WEEK_DAYS,
  );
  return days.length > 1;
}

function inputsOf({ session, report }: Verdict): Readonly<Record<string, number | string>> {
  const { painDuring, quality, effort } = report;
  return {
    session: session.order,
    ...(painDuring !== null && { during: painDuring }),
    ...(session.painBefore !== null && { before: session.painBefore }),
    morning: session.morning ?? 'notAnswered',
    ...(quality !== null && { quality }),
    ...(effort !== null && { effort }),
  };
}
