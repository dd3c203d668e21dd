import { isAllowedFor, libraryExercise, type LibraryExerciseId } from '../../exercise/exercise-library.ts';
import type { CareMoment, JournalEntry } from '../care-journal.ts';
import { asPlanned } from '../clinic/plan-problems.ts';
import { REVIEW_WEEKS } from '../outcomes/outcome-thresholds.ts';
import { adherence, gapDays } from './adherence.ts';
import { type Chosen, compose } from './composition.ts';
import {
  type Course,
  courseOf,
  hasFiredWithin,
  isCarriedOut,
  isListOfClinician,
  lastFired,
  latest,
  openDays,
  STEPS_DOWN,
} from './course.ts';
import { doseCode, startDose, withinLimits } from './dose.ts';
import { Draft, type ProgrammeContext, rhythm, type Situation, situationOf } from './draft.ts';
import { fitnessOf, irritabilityOf, uprightHoldS } from './entry.ts';
import { fitOf, isPossible } from './exercise-fit.ts';
import { flareSign, hasSettled, wasBorneWell } from './flare.ts';
import {
  hasComeBack,
  hasRangeReachedGoal,
  isNoBetter,
  isOnTrack,
  isReadyForDischarge,
  isStiffWithoutChange,
  saysItCameBack,
} from './outcome-of-course.ts';
import { phaseExit } from './phase-exit.ts';
import {
  type Phase,
  type PlannedExercise,
  type ProgrammePlan,
  type RuleFiring,
  isOver,
  volumeShareOf,
} from './programme-plan.ts';
import type { ProgrammeRuleId } from './programme-rule.ts';
import {
  ADHERENCE_LIMITS,
  FLARE_LIMITS,
  PHASE_WEEKS_ALONE,
  PROGRESS_LIMITS,
  RULES_VERSION,
} from './programme-thresholds.ts';
import { judgeSessions } from './progression.ts';

export interface PlanDecision {
  readonly plan: ProgrammePlan;
  readonly firings: readonly RuleFiring[];
  readonly rulesVersion: string;
  /** Whose plan it is: the rules' own, or one that a clinic made. */
  readonly by: 'auto' | 'clinician';
}

/**
 * What the rules make of everything so far: a pure function of the journal and the moment, to be put on record as it
 * stands. The same journal always leads to the same plan.
 *
 * @returns null where no rule fired: before the person has come in, while something locks, and on a quiet day
 */
export function decidePlan(
  journal: readonly JournalEntry[],
  moment: CareMoment,
  context: ProgrammeContext,
): PlanDecision | null {
  if (context.locked) return null;
  return decideCourse(courseOf(journal, moment), journal, moment, context);
}

/** The same for a course that has been read already. */
export function decideCourse(
  course: Course,
  journal: readonly JournalEntry[],
  moment: CareMoment,
  context: ProgrammeContext,
): PlanDecision | null {
  if (!course.hasComeIn) return null;
  const situation = situationOf(course, journal, moment, context);
  const draft = course.current === null ? enterProgramme(situation) : goOn(course.current.plan, situation);
  if (draft.firings.length === 0) return null;
  const by = draft.firings.some(({ ruleId }) => ruleId === 'C1') ? 'clinician' : 'auto';
  return { plan: draft.plan, firings: draft.firings, rulesVersion: RULES_VERSION, by };
}

function enterProgramme(situation: Situation): Draft {
  const { course } = situation;
  const irritability = irritabilityOf(course.intake);
  const fitness = fitnessOf(course.intake.activeMinutesPerWeek, uprightHoldS(course));
  const base = { phase: 0, irritability, state: 'running' } as const;
  const draft = new Draft({ ...base, fitness, exercises: [], volumeShare: 1, ...rhythm(base) }, situation);
  noteOddities(draft, course);
  rebuild(draft, situation);
  draft.log('ENTRY', { irritability, fitness });
  takeClinicPlan(draft, situation);
  return draft;
}

function goOn(plan: ProgrammePlan, situation: Situation): Draft {
  const { course } = situation;
  const draft = new Draft(plan, situation);
  noteOddities(draft, course);
  takeClinicPlan(draft, situation);
  leaveClinicPlan(draft, situation);
  const isJudgedOtherwise = judgeIrritability(draft, course);
  refit(draft, situation, isJudgedOtherwise ? 'W1' : 'I1');
  // A day that begins badly comes before everything that a session led to.
  const flaredUp = flare(draft, course);
  judgeSessions(draft, situation);
  if (!flaredUp) {
    climbBack(draft, course);
    keepPace(draft, course);
  }
  lookAtOutcomes(draft, situation);
  if (!flaredUp) movePhase(draft, situation);
  return draft;
}

/** A plan that the person took from their clinic and that no decision has carried out yet. */
function takeClinicPlan(draft: Draft, situation: Situation): void {
  const { course, person } = situation;
  const { clinic } = course;
  if (clinic === null || isCarriedOut(course, clinic, 'C1')) return;
  const before = draft.plan.exercises;
  const { version, phase } = clinic.plan;
  const exercises = clinic.plan.exercises.flatMap((exercise) => {
    const planned = asPlanned(exercise);
    const fit = fitOf(libraryExercise(planned.exerciseId), person);
    // Health answers go before the clinic's list: what they rule out the person is not given.
    if (fit === null) return [];
    const mode = planned.mode === 'sensor' ? fit.mode : planned.mode;
    const variation = fit.variation ?? planned.variation;
    return [withinLimits({ ...planned, mode, variation, halfRange: fit.halfRange }, draft.dose)];
  });
  draft.log('C1', { version }, `phase ${draft.plan.phase}`, `phase ${phase}`);
  // A flare that lasts, and the way back from one, go on.
  const { state } = draft.plan;
  draft.enter(state === 'flare' || state === 'returning' ? state : 'running', { phase, exercises });
  logChanges(before, draft, situation, 'C1');
  for (const { exerciseId } of clinic.plan.exercises)
    if (!exercises.some((planned) => planned.exerciseId === exerciseId))
      draft.log('P1', { version }, 'prescribed', 'out', exerciseId);
}

/** Nothing of a plan that was left stays: the rules choose anew, with their own limits and no more than was done. */
function leaveClinicPlan(draft: Draft, situation: Situation): void {
  const { leftClinic } = situation.course;
  if (leftClinic === null || isCarriedOut(situation.course, leftClinic, 'C2')) return;
  const before = draft.plan.exercises;
  draft.log('C2', { version: leftClinic.version });
  draft.change({ exercises: [], ...draft.rhythmOf(draft.plan) });
  rebuild(draft, situation);
  logChanges(before, draft, situation, 'C2');
}

/** What is odd about the record: a clock set back, and plans that could not have been made. */
function noteOddities(draft: Draft, { refused, setBackDays }: Course): void {
  if (setBackDays > 0) draft.log('X2', { days: setBackDays });
  for (const { order, problem } of refused) draft.log('X1', { entry: order, problem }, problem, 'recomputed');
}

const ON_TRACK_WEEK = 4;

/** At each review, by the pain of the last week; what takes longer to tell is taken from the answers where they are new. */
function judgeIrritability(draft: Draft, course: Course): boolean {
  const week = REVIEW_WEEKS.findLast((weeks) => course.today >= course.startDay + 7 * weeks);
  if (week === undefined || isOver(draft.plan)) return false;
  const dueDay = course.startDay + 7 * week;
  const judged = lastFired(course, 'W1');
  if (course.today - dueDay >= 7 || (judged !== null && judged >= dueDay)) return false;
  const average = latest(course, 'pain.avg24', 7) ?? latest(course, 'pain.avg7', 7);
  if (average === null) return false;
  const { settles, wakesAtNight } = course.intake;
  const isNew = course.today - course.intakeDay <= 14;
  const before = draft.plan.irritability;
  const after = irritabilityOf({
    painAverage24h: average,
    painNow: latest(course, 'pain.now', 7) ?? average,
    painWorst24h: latest(course, 'pain.worst24', 7) ?? average,
    settles: isNew ? (settles ?? 'under2h') : 'under30min',
    wakesAtNight: isNew ? (wakesAtNight ?? 'no') : 'no',
  });
  draft.change({ irritability: after });
  if (before !== after && draft.plan.state === 'running') draft.change(draft.rhythmOf(draft.plan));
  // Week 4 also asks whether any sign says that it goes the right way.
  const track = week === ON_TRACK_WEEK ? { onTrack: isOnTrack(course) ? 'yes' : 'no' } : {};
  draft.log('W1', { week, average, ...track }, before, after);
  return before !== after;
}

/** Answers and profiles may have changed: what no longer fits leaves, what now fits comes. */
function refit(draft: Draft, situation: Situation, cause: 'W1' | 'I1'): void {
  const { course } = situation;
  const fitness = fitnessOf(course.intake.activeMinutesPerWeek, uprightHoldS(course));
  if (fitness !== draft.plan.fitness) {
    draft.log('I1', {}, draft.plan.fitness, fitness);
    draft.change({ fitness });
  }
  recompose(draft, situation, cause);
}

/** The list anew, with what came, left or is done otherwise put on record under the rule that caused it. */
function recompose(draft: Draft, situation: Situation, cause: ProgrammeRuleId): void {
  const before = draft.plan.exercises;
  if (isListOfClinician(situation.course)) keepFitting(draft, situation);
  else rebuild(draft, situation);
  logChanges(before, draft, situation, cause);
}

function logChanges(
  before: readonly PlannedExercise[],
  draft: Draft,
  { context }: Situation,
  cause: ProgrammeRuleId,
): void {
  for (const was of before) {
    const now = draft.plan.exercises.find(({ exerciseId }) => exerciseId === was.exerciseId);
    const isExcluded = !isAllowedFor(libraryExercise(was.exerciseId), context.profiles);
    if (now === undefined) draft.log(isExcluded ? 'P1' : cause, {}, doseCode(was), 'out', was.exerciseId);
    else if (was !== now && wayCode(was) !== wayCode(now))
      draft.log('P1', {}, wayCode(was), wayCode(now), was.exerciseId);
  }
  for (const now of draft.plan.exercises)
    if (!before.some(({ exerciseId }) => exerciseId === now.exerciseId))
      draft.log(cause, {}, 'out', doseCode(now), now.exerciseId);
}

function wayCode(planned: PlannedExercise): string {
  const { halfRange, capDeg, mode, extraSide } = planned;
  const half = halfRange ? ' half' : '';
  const cap = capDeg === null ? '' : ` to ${capDeg} deg`;
  return `${doseCode(planned)}${half}${cap} by ${mode}${extraSide === null ? '' : ` more ${extraSide}`}`;
}

/** A clinician's list stays as it is, but for what a profile rules out. */
function keepFitting(draft: Draft, { person }: Situation): void {
  const exercises = draft.plan.exercises.flatMap((planned) => {
    const fit = fitOf(libraryExercise(planned.exerciseId), person);
    return fit === null
      ? []
      : [withinLimits({ ...planned, halfRange: planned.halfRange || fit.halfRange }, draft.dose)];
  });
  draft.change({ exercises });
}

/** The exercises that the phase and the person lead to; those that stay keep their dose. */
function rebuild(draft: Draft, situation: Situation, isNewPhase = false): void {
  const { course, person, picks } = situation;
  // What a clinic prescribed is never added to.
  if (course.clinic !== null) {
    keepFitting(draft, situation);
    return;
  }
  const { plan } = draft;
  const chosen = compose({
    person,
    phase: plan.phase,
    state: plan.state,
    irritability: plan.irritability,
    goals: course.intake.goals ?? [],
    picks,
    rangeReached:
      !isOver(plan) &&
      (draft.firings.some(({ ruleId }) => ruleId === 'G9') || (!isNewPhase && firedThisPhase(course, 'G9'))),
  });
  const exercises = chosen.map((one) => {
    const was = plan.exercises.find(({ exerciseId }) => exerciseId === one.exerciseId);
    return was === undefined
      ? begin(one, draft, course)
      : keep(was, one, draft, isNewPhase && mayGrow(draft, course, one.exerciseId));
  });
  draft.change({ exercises });
}

/** A new exercise begins with its start dose; one that was there before never with more than it was left with. */
function begin(
  { exerciseId, fit, reason, extraSide }: Chosen,
  draft: Draft,
  { plans }: Course,
): PlannedExercise {
  const exercise = libraryExercise(exerciseId);
  const start = { ...startDose(exercise, fit, reason, draft.dose), extraSide };
  const isIt = (planned: PlannedExercise): boolean => planned.exerciseId === exerciseId;
  const left = plans.findLast(({ plan }) => plan.exercises.some(isIt))?.plan.exercises.find(isIt);
  if (left === undefined) return start;
  const wasEasier = exercise.easier.some(({ code }) => code === left.variation);
  const canStay =
    wasEasier && fit.variation === null && isPossible(exercise, left.variation, draft.dose.person);
  return {
    ...start,
    variation: canStay ? left.variation : start.variation,
    sets: Math.min(start.sets, left.sets),
    repetitions: lesser(start.repetitions, left.repetitions),
    holdS: Math.min(start.holdS, left.holdS),
    minutes: lesser(start.minutes, left.minutes),
    targetShare: Math.min(start.targetShare, left.targetShare),
  };
}

function lesser(a: number | null, b: number | null): number | null {
  return a === null || b === null ? a : Math.min(a, b);
}

function keep(
  was: PlannedExercise,
  { fit, reason, extraSide }: Chosen,
  draft: Draft,
  mayHaveMore: boolean,
): PlannedExercise {
  const exercise = libraryExercise(was.exerciseId);
  const isHarder = exercise.harder.some(({ code }) => code === was.variation);
  const canStay =
    fit.variation === null &&
    !(fit.isHeldBack && isHarder) &&
    isPossible(exercise, was.variation, draft.dose.person);
  // A new phase asks for its sets, by one more at most.
  const sets = mayHaveMore ? startDose(exercise, fit, reason, draft.dose).sets : 0;
  const now = withinLimits(
    {
      ...was,
      variation: canStay ? was.variation : fit.variation,
      sets: Math.max(was.sets, Math.min(was.sets + 1, sets)),
      halfRange: fit.halfRange,
      loadStep: fit.isHeldBack ? 0 : was.loadStep,
      mode: fit.mode,
      reason,
      extraSide,
    },
    draft.dose,
  );
  return Object.entries(now).every(([key, value]) => was[key as keyof PlannedExercise] === value) ? was : now;
}

/** What a phase adds is for exercises that were there before and have not had to come down or stop of late. */
function mayGrow(draft: Draft, course: Course, exerciseId: LibraryExerciseId): boolean {
  if (course.current?.plan.exercises.some((planned) => planned.exerciseId === exerciseId) !== true)
    return false;
  // What this very decision has taken back is not on record yet.
  if (draft.firings.some((firing) => firing.exerciseId === exerciseId && STEPS_DOWN.includes(firing.ruleId)))
    return false;
  const { stepDownDays = [], stopDays = [] } = course.exercises.get(exerciseId) ?? {};
  return ![...stepDownDays, ...stopDays].some(
    (day) => course.today - day < PROGRESS_LIMITS.stepDownMemoryDays,
  );
}

function firedThisPhase(course: Course, ruleId: ProgrammeRuleId): boolean {
  return course.plans.some(
    ({ order, firings }) => order >= course.phaseOrder && firings.some((firing) => firing.ruleId === ruleId),
  );
}

/** Flares begin, last, and settle (clinical page, 6.6). True where one has just begun. */
function flare(draft: Draft, course: Course): boolean {
  const { state } = draft.plan;
  const begun = course.plans.filter(({ firings }) => firings.some(({ ruleId }) => ruleId === 'G6'));
  if (state !== 'flare') {
    const sign = flareSign(course, begun.at(-1)?.order ?? course.plans[0]?.order ?? -1);
    if (sign === null) return false;
    const { cause, pain, mean } = sign;
    draft.log(
      'G6',
      { cause, ...(pain !== null && { pain }), ...(mean !== null && { mean }) },
      state,
      'flare',
    );
    draft.change({ state: 'flare' });
    const recent = begun.filter(({ day }) => course.today - day < FLARE_LIMITS.manyInDays).length + 1;
    if (recent >= FLARE_LIMITS.many) draft.log('F5', { flares: recent });
    return true;
  }
  const days = course.today - course.stateDay;
  if (hasSettled(course)) {
    draft.log('F2', { days }, 'flare', 'returning');
    draft.enter('returning', { volumeShare: FLARE_LIMITS.returnShare });
  } else if (days >= FLARE_LIMITS.reviewAfterDays && !hasFiredWithin(course, 'F4', days))
    draft.log('F4', { days });
  return false;
}

/** Back to the whole dose, a step for each session that went well (clinical page, 6.6). */
function climbBack(draft: Draft, course: Course): void {
  const { plan } = draft;
  if (volumeShareOf(plan) >= 1 || plan.state === 'flare' || course.current?.plan.state === 'flare') return;
  const sinceOrder =
    course.plans.findLast(({ firings }) => firings.some(({ ruleId }) => ['F2', 'F3', 'A4'].includes(ruleId)))
      ?.order ?? -1;
  const last = course.sessions.findLast(
    ({ order, isSettled, kind, isSecond }) => order > sinceOrder && isSettled && kind === 'plan' && !isSecond,
  );
  if (last === undefined) return;
  const ofDay = course.sessions.filter(({ day, kind }) => day === last.day && kind === 'plan');
  if (last.exercises.length === 0 || !ofDay.every(wasBorneWell)) return;
  const volumeShare = Math.min(1, volumeShareOf(plan) + FLARE_LIMITS.returnStep);
  draft.log('F3', { session: last.order }, String(volumeShareOf(plan)), String(volumeShare));
  draft.change({ volumeShare });
  if (volumeShare === 1 && plan.state === 'returning') draft.enter('running');
}

/** Adherence (clinical page, 6.4): a shorter plan, the least that still helps, and the way back after a gap. */
function keepPace(draft: Draft, course: Course): void {
  const { plan } = draft;
  if (plan.state === 'flare' || plan.phase === 0) return;
  if (comeBackAfterGap(draft, course)) return;
  if (isOver(plan) || plan.state === 'returning') return;
  const since = Math.max(course.phaseDay, course.stateDay, lastFired(course, 'A4') ?? 0);
  const { shortWindowDays, windowDays } = ADHERENCE_LIMITS;
  const short = adherence(course, shortWindowDays, since, plan.sessionsPerWeek);
  const long = adherence(course, windowDays, since, plan.sessionsPerWeek);
  if (short === null || long === null) return;
  const inputs = { lastWeek: short, lastTwoWeeks: long };
  const usual = draft.rhythmOf(plan).minutesPerSession;
  const isShort = plan.minutesPerSession < usual;
  if (plan.state === 'minimum') {
    if (short < ADHERENCE_LIMITS.normal) return;
    draft.log('A1', inputs, 'minimum', 'running');
    draft.enter('running');
    return;
  }
  if (short < ADHERENCE_LIMITS.low && long < ADHERENCE_LIMITS.low) {
    draft.log('A3', inputs, plan.state, 'minimum');
    draft.enter('minimum');
    const { minimumPerWeek, minimumMinutes } = ADHERENCE_LIMITS;
    const most = course.clinic?.plan.sessionsPerWeek ?? minimumPerWeek;
    draft.change({
      sessionsPerWeek: Math.min(minimumPerWeek, most),
      minutesPerSession: Math.min(minimumMinutes, usual),
    });
    return;
  }
  // The plan's time and the warning go by two whole weeks.
  if (openDays(course, since) < windowDays) return;
  const isLately =
    hasFiredWithin(course, 'A1', shortWindowDays) || hasFiredWithin(course, 'A2', shortWindowDays);
  if (long < ADHERENCE_LIMITS.normal && !isShort && !isLately) {
    const minutes = Math.round(usual * ADHERENCE_LIMITS.shorterTime);
    draft.log('A2', inputs, `${usual} min`, `${minutes} min`);
    draft.change({ minutesPerSession: minutes });
  } else if (long >= ADHERENCE_LIMITS.normal && isShort && !isLately) {
    draft.log('A1', inputs, `${plan.minutesPerSession} min`, `${usual} min`);
    draft.change({ minutesPerSession: usual });
  }
  if (long > ADHERENCE_LIMITS.over && !hasFiredWithin(course, 'A5', shortWindowDays)) draft.log('A5', inputs);
}

function comeBackAfterGap(draft: Draft, course: Course): boolean {
  const days = gapDays(course);
  if (days < ADHERENCE_LIMITS.gapDays) return false;
  const { plan } = draft;
  const isLong = days >= ADHERENCE_LIMITS.longGapDays;
  const share = isLong ? ADHERENCE_LIMITS.afterLongGap : ADHERENCE_LIMITS.afterGap;
  if (volumeShareOf(plan) > share) {
    draft.log('A4', { days }, String(volumeShareOf(plan)), String(share));
    if (isOver(plan)) draft.change({ volumeShare: share });
    else draft.enter('returning', { volumeShare: share });
  }
  return true;
}

/** What the weeks show: enough range, none at all, no better, well, or back again. */
function lookAtOutcomes(draft: Draft, situation: Situation): void {
  const { course, series, journal, moment } = situation;
  const { plan } = draft;
  if (isOver(plan)) {
    if (hasComeBack(course) || saysItCameBack(course)) comeBackIn(draft, situation);
    return;
  }
  if (isNoBetter(course) && !hasFiredWithin(course, 'R-24', 14)) draft.log('R-24', { weeks: 6 });
  if (plan.state !== 'running') return;
  if (plan.phase >= 2 && !firedThisPhase(course, 'G9') && hasRangeReachedGoal(course, series)) {
    draft.log('G9', {});
    recompose(draft, situation, 'G9');
  }
  if (isStiffWithoutChange(course, series) && !hasFiredWithin(course, 'G10', 28)) swapStiff(draft, situation);
  if (
    plan.phase === 4 &&
    openDays(course, course.phaseDay) >= 7 * PHASE_WEEKS_ALONE[4] &&
    isReadyForDischarge(course, journal, moment)
  ) {
    draft.log('D1', {}, plan.state, 'maintenance');
    draft.enter('maintenance', { volumeShare: 1 });
    rebuild(draft, situation);
  }
}

/** Longer holds at the end of a move, where the stiffness is. */
const BREATH_HOLDS: Readonly<Record<string, string>> = {
  E01: 'twoBreaths',
  E02: 'holdFive',
  E03: 'threeBreaths',
  E07: 'holdFive',
  E08: 'threeBreaths',
};
const SWAPPED_AT_ONCE = 2;

function swapStiff(draft: Draft, { person, limits }: Situation): void {
  if (limits.mayChange?.includes('variation') === false) {
    draft.log('G10', {});
    return;
  }
  let swapped = 0;
  for (const planned of draft.plan.exercises) {
    const way = BREATH_HOLDS[planned.exerciseId];
    const exercise = libraryExercise(planned.exerciseId);
    const fit = fitOf(exercise, person);
    if (
      way === undefined ||
      fit === null ||
      fit.isHeldBack ||
      fit.variation !== null ||
      planned.variation !== null
    )
      continue;
    if (swapped === SWAPPED_AT_ONCE || !isPossible(exercise, way, person)) continue;
    const next = { ...planned, variation: way };
    draft.log('G10', {}, doseCode(planned), doseCode(next), planned.exerciseId);
    draft.replace(next);
    swapped++;
  }
  if (swapped === 0) draft.log('G10', {});
}

function comeBackIn(draft: Draft, situation: Situation): void {
  const { course } = situation;
  const pain = latest(course, 'pain.avg24', 7) ?? latest(course, 'pain.avg7', 7);
  const irritability = irritabilityOf({
    ...(pain !== null && { painAverage24h: pain, painNow: pain, painWorst24h: pain }),
  });
  draft.log('M1', pain === null ? {} : { pain }, 'maintenance', 'running');
  draft.enter('running', { phase: 1, irritability, volumeShare: 1 });
  rebuild(draft, situation, true);
}

const PHASE_RULE: Readonly<Record<Phase, ProgrammeRuleId>> = {
  0: 'ENTRY',
  1: 'PH1',
  2: 'PH2',
  3: 'PH3',
  4: 'PH4',
};

function movePhase(draft: Draft, situation: Situation): void {
  const { course, series, hasClinician, limits, mustStaySteady } = situation;
  const { plan } = draft;
  const isSteady =
    plan.state === 'running' && volumeShareOf(plan) === 1 && course.current?.plan.phase === plan.phase;
  if (!isSteady || mustStaySteady || limits.mayAdvancePhase === false) return;
  const exit = phaseExit(course, plan, series, hasClinician);
  if (exit === null) return;
  draft.log(PHASE_RULE[exit.to], exit.inputs, `phase ${plan.phase}`, `phase ${exit.to}`);
  draft.enter('running', { phase: exit.to });
  rebuild(draft, situation, true);
}
