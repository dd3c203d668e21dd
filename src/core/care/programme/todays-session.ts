import { libraryExercise, type LibraryExerciseId } from '../../exercise/exercise-library.ts';
import { REST_S, SET_UP_S } from '../../exercise/session-time.ts';
import type { CareMoment, JournalEntry } from '../care-journal.ts';
import {
  FLARE_EXERCISES,
  GENTLE_EXERCISES,
  isStrength,
  LEAST_EXERCISES,
  movementGoal,
  type MovementGoal,
  sessionPart,
  type SessionPart,
} from './composition.ts';
import { type Course, courseOf, hasFiredWithin } from './course.ts';
import { decideCourse } from './decide-plan.ts';
import { isOncePerDay } from './done-share.ts';
import { type DoseContext, durationS, partOf, rangeTestS, setUpS, startDose } from './dose.ts';
import { Draft, type ProgrammeContext, situationOf } from './draft.ts';
import { fitOf, isMeasured } from './exercise-fit.ts';
import type { SessionKind } from './programme-event.ts';
import { type PlannedExercise, type ProgrammePlan, volumeShareOf } from './programme-plan.ts';
import { type ProgrammeRuleId, SHOWN_TO_A_DOCTOR } from './programme-rule.ts';
import {
  ADHERENCE_LIMITS,
  DOSE_CAPS,
  FIRST_DAY_MINUTES,
  FLARE_LIMITS,
  STEADY_DAYS,
  STRENGTH_APART_MS,
  STRENGTH_PER_WEEK,
} from './programme-thresholds.ts';
import { isResting } from './progression.ts';
import { besideLook, lookedForS, looksForRange, testsDue } from './range-looks.ts';

export type TodaysSession =
  | {
      readonly kind: 'session';
      readonly session: Extract<SessionKind, 'plan' | 'flare' | 'short'>;
      /** In the order they are done; each says by its reason why it is there. */
      readonly exercises: readonly PlannedExercise[];
      /** Of exercise. Strapping sensors on and looking for ranges come on top, and fit into the plan's time with it. */
      readonly minutes: number;
      /** Hardly half of the time that the plan has: no more here suits the person. */
      readonly isThin: boolean;
      /** Range tests that are due today, at most two. */
      readonly tests: readonly LibraryExerciseId[];
      /** Pain settles slowly after exercise: the first that comes up ends the tests of the day. */
      readonly stopsAtFirstPain: boolean;
      readonly notices: readonly ProgrammeRuleId[];
      /** Pain above which an exercise ends, where a clinic has set one. */
      readonly painCeiling?: number;
    }
  | { readonly kind: 'nextStep'; readonly step: NextStep; readonly notices: readonly ProgrammeRuleId[] };

/** What there is to do instead of a session. */
export type NextStep =
  /** Finish the questions at the beginning. */
  | 'comeIn'
  /** Something has to be cleared first. */
  | 'locked'
  | 'doneToday'
  | 'restDay'
  /** Too little here suits the person: somebody who can look at them knows more. */
  | 'seeSomebody';

/**
 * What a person does today. Works from the plan as the rules have it now, on record or not; the same journal, moment and
 * context always give the same session.
 *
 * @param led the clock, where no sensors are put on that day: it leads slower, and the session has to fit all the same
 */
export function todaysSession(
  journal: readonly JournalEntry[],
  moment: CareMoment,
  context: ProgrammeContext,
  led: 'bySensors' | 'byClock' = 'bySensors',
): TodaysSession {
  if (context.locked) return { kind: 'nextStep', step: 'locked', notices: [] };
  const course = courseOf(journal, moment);
  const decision = decideCourse(course, journal, moment, context);
  const plan = decision?.plan ?? course.current?.plan;
  if (plan === undefined || !course.hasComeIn) return { kind: 'nextStep', step: 'comeIn', notices: [] };
  const notices = noticesOf(course, decision?.firings.map(({ ruleId }) => ruleId) ?? []);
  const today = course.sessions.filter(({ day, kind }) => day === course.today && kind !== 'tests').length;
  const isFlare = plan.state === 'flare';
  if (today >= (isFlare ? FLARE_LIMITS.sessionsPerDay : 1))
    return { kind: 'nextStep', step: 'doneToday', notices };
  if (!isFlare && isRestDay(plan, course)) return { kind: 'nextStep', step: 'restDay', notices };
  const situation = situationOf(course, journal, moment, context);
  const dose = new Draft(plan, situation).dose;
  const isFirst = plan.phase === 0 && !course.sessions.some(({ kind }) => kind !== 'tests');
  const isByClock = led === 'byClock';
  const filled = fillUp(
    isFlare ? flareSession(dose, course) : usualSession(plan, course),
    plan,
    dose,
    course,
  ).map((planned) => (isByClock ? byClock(planned) : planned));
  const least = leastOf(plan, course);
  if (filled.length < least) return { kind: 'nextStep', step: 'seeSomebody', notices };
  const tests = isFlare || isByClock ? [] : testsDue(plan, course, situation);
  // What fills a thin day may be the one thing that sensors are worn for.
  const strappingS = situation.person.places.size > 0 && !isByClock ? SET_UP_S : 0;
  // The first day is so many minutes of exercise; the tests of the first days are what these days are for.
  const testsS = plan.phase === 0 ? 0 : sum(tests.map((id) => rangeTestS(id, REST_S)));
  const mostS = isFirst ? 60 * FIRST_DAY_MINUTES : 60 * plan.minutesPerSession - strappingS - testsS;
  const mayLook = !isFirst && plan.state !== 'minimum';
  const looks = (planned: PlannedExercise): boolean => mayLook && looksForRange(planned, tests, course);
  const costS: Cost = (planned) => (looks(planned) ? lookedForS(planned) : durationS(planned));
  const fitting = isFlare
    ? []
    : course.clinic !== null && plan.state !== 'minimum'
      ? fitInTurn(filled, mostS, course, costS)
      : fitInto(filled, mostS, isFirst ? 1 : least, costS);
  const chosen = isFlare
    ? badDay(filled)
    : mayShorten(plan, course, fitting)
      ? shortened(fitting, mostS, DOSE_CAPS.leastRepetitions, costS)
      : fitting;
  const mayGrow = plan.phase > 0 && !isFlare && plan.state !== 'minimum';
  const enoughS = ENOUGH_OF_TIME * mostS * volumeShareOf(plan);
  const grown = mayGrow ? toppedUp(chosen, mostS, enoughS, plan, dose, course, costS) : chosen;
  const exercises = isByClock ? grown.map(byClock) : grown;
  const seconds = sum(exercises.map((one) => durationS(looks(one) ? besideLook(one) : one)));
  return {
    kind: 'session',
    session: isFlare ? 'flare' : plan.state === 'minimum' ? 'short' : 'plan',
    exercises,
    minutes: Math.max(1, Math.round(seconds / 60)),
    // A clinic knows what it prescribed.
    isThin: mayGrow && course.clinic === null && sum(exercises.map(costS)) < enoughS,
    tests,
    stopsAtFirstPain: plan.irritability === 'high',
    notices,
    ...(situation.limits.painCeiling !== undefined && { painCeiling: situation.limits.painCeiling }),
  };
}

/**
 * What the plan consists of at present, with the doses that are done now: on bad days the gentle ones, after them and after
 * a break a part of each. Empty before there is a plan.
 */
export function exercisesNow(
  journal: readonly JournalEntry[],
  moment: CareMoment,
  context: ProgrammeContext,
): readonly PlannedExercise[] {
  const course = courseOf(journal, moment);
  const plan = decideCourse(course, journal, moment, context)?.plan ?? course.current?.plan;
  if (plan === undefined || !course.hasComeIn) return [];
  if (plan.state !== 'flare') return plan.exercises.map((planned) => partOf(planned, volumeShareOf(plan)));
  const dose = new Draft(plan, situationOf(course, journal, moment, context)).dose;
  return badDay(fillUp(flareSession(dose, course), plan, dose, course));
}

function badDay(exercises: readonly PlannedExercise[]): readonly PlannedExercise[] {
  return shortened(
    exercises,
    60 * FLARE_LIMITS.minutes - setUpS(exercises),
    FLARE_LIMITS.leastMoves,
    durationS,
  );
}

/** The same without sensors. */
function byClock(planned: PlannedExercise): PlannedExercise {
  return isMeasured(planned) ? { ...planned, mode: 'timer' } : planned;
}

/** Share of the plan's time from which on a session is no thin one. */
const ENOUGH_OF_TIME = 0.6;

/** Seconds that an exercise takes of the session. */
type Cost = (planned: PlannedExercise) => number;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Sessions are spread over the week: in no stretch of days more than its share. */
function isRestDay({ sessionsPerWeek }: ProgrammePlan, course: Course): boolean {
  for (let days = 2; days <= 7; days++) {
    const done = course.sessions.filter(
      ({ day, kind, isSecond }) => day > course.today - days && isOncePerDay(kind) && !isSecond,
    ).length;
    if (done + 1 > Math.ceil((sessionsPerWeek * days) / 7)) return true;
  }
  return false;
}

function noticesOf(course: Course, now: readonly string[]): readonly ProgrammeRuleId[] {
  return SHOWN_TO_A_DOCTOR.filter((rule) => now.includes(rule) || hasFiredWithin(course, rule, STEADY_DAYS));
}

function leastOf({ state }: ProgrammePlan, { clinic }: Course): number {
  if (clinic !== null) return 1;
  return state === 'minimum' ? ADHERENCE_LIMITS.minimumExercises : LEAST_EXERCISES;
}

/** How many of each part there are, by phase (clinical page, 6.3). */
const PARTS: Readonly<
  Record<ProgrammePlan['phase'], { readonly mobility: number; readonly strength: number }>
> = {
  0: { mobility: 2, strength: 0 },
  1: { mobility: 4, strength: 1 },
  2: { mobility: 3, strength: 3 },
  3: { mobility: 2, strength: 4 },
  4: { mobility: 2, strength: 3 },
};
const WARM_UP_MINUTES = 2;
const PART_ORDER: readonly SessionPart[] = ['mobility', 'strength', 'breathing'];

function usualSession(plan: ProgrammePlan, course: Course): readonly PlannedExercise[] {
  const ready = plan.exercises
    .filter(({ exerciseId }) => isReady(exerciseId, course))
    .map((planned) => partOf(planned, volumeShareOf(plan)));
  const turn = course.sessions.filter(({ kind, isSecond }) => isOncePerDay(kind) && !isSecond).length;
  // What a clinic prescribes is all done, in its order, as far as the time goes.
  if (course.clinic !== null && plan.state !== 'minimum') return ready;
  if (plan.state === 'minimum')
    return [...choose(ready, 'strength', 1, turn), ...choose(ready, 'mobility', 1, turn)];
  const { mobility, strength } = PARTS[plan.phase];
  const breathing = choose(ready, 'breathing', 1, turn).map((one) => warmUp(one, plan));
  const chosen = [
    ...breathing,
    ...choose(ready, 'mobility', mobility, turn),
    ...choose(ready, 'strength', strength, turn),
  ];
  const tasks = ready.filter(
    ({ reason, exerciseId }) =>
      reason.startsWith('GOAL') && !chosen.some((one) => one.exerciseId === exerciseId),
  );
  return tasks.length === 0 ? chosen : [...chosen, tasks[turn % tasks.length]];
}

/** Two minutes to begin with, where breathing is not what it is about. */
function warmUp(planned: PlannedExercise, { phase, irritability }: ProgrammePlan): PlannedExercise {
  const isCalm = phase === 0 || (phase === 1 && irritability === 'high');
  if (isCalm || planned.reason.startsWith('GOAL') || planned.minutes === null) return planned;
  return { ...planned, minutes: Math.min(planned.minutes, WARM_UP_MINUTES) };
}

/** Exercises for the same take turns from session to session; each movement goal comes once before any comes twice. */
function choose(
  ready: readonly PlannedExercise[],
  part: SessionPart,
  count: number,
  turn: number,
): readonly PlannedExercise[] {
  const groups = new Map<MovementGoal, PlannedExercise[]>();
  for (const planned of ready) {
    if (sessionPart(planned.exerciseId) !== part) continue;
    const goal = movementGoal(planned.exerciseId);
    const group = groups.get(goal);
    if (group === undefined) groups.set(goal, [planned]);
    else group.push(planned);
  }
  const goals = [...groups.values()];
  const chosen = new Set<PlannedExercise>();
  const most = Math.max(0, ...goals.map((group) => group.length));
  for (let round = 0; round < most; round++)
    for (let i = 0; i < goals.length && chosen.size < count; i++) {
      const group = goals[(i + turn) % goals.length];
      if (round < group.length) chosen.add(group[(turn + round) % group.length]);
    }
  return ready.filter((planned) => chosen.has(planned));
}

/** Strength needs a day between two sessions of the same kind; what was stopped for pain twice has a week off. */
function isReady(exerciseId: LibraryExerciseId, course: Course): boolean {
  if (isResting(course, exerciseId)) return false;
  if (!isStrength(exerciseId)) return true;
  const goal = movementGoal(exerciseId);
  const strengthDays = new Set<number>();
  for (const { day, utcMs, exercises } of course.sessions) {
    const strong = exercises.filter((report) => isStrength(report.exerciseId));
    if (strong.length > 0 && day > course.today - 7) strengthDays.add(day);
    const isSame = strong.some((report) => movementGoal(report.exerciseId) === goal);
    if (isSame && (course.nowUtcMs - utcMs < STRENGTH_APART_MS || day === course.today)) return false;
  }
  return strengthDays.size < STRENGTH_PER_WEEK;
}

const LEAST_MINUTES = 1;

/** Less of what takes longest, by one set, half a minute or one move at a time, until it fits; never fewer than three. */
function shortened(
  exercises: readonly PlannedExercise[],
  mostS: number,
  leastMoves: number,
  costS: Cost,
): readonly PlannedExercise[] {
  const kept = [...exercises];
  while (sum(kept.map(costS)) > mostS) {
    const [longest] = kept
      .filter((one) => shrunk(one, leastMoves) !== null)
      .sort((a, b) => costS(b) - costS(a));
    const less = longest === undefined ? null : shrunk(longest, leastMoves);
    if (longest !== undefined && less !== null) kept[kept.indexOf(longest)] = less;
    else if (kept.length > LEAST_EXERCISES) kept.pop();
    else break;
  }
  return kept;
}

function shrunk(planned: PlannedExercise, leastMoves: number): PlannedExercise | null {
  const { sets, minutes, repetitions } = planned;
  if (sets > 1) return { ...planned, sets: sets - 1 };
  if (minutes !== null && minutes > LEAST_MINUTES)
    return { ...planned, minutes: Math.max(LEAST_MINUTES, minutes - 0.5) };
  if (repetitions !== null && repetitions > leastMoves) return { ...planned, repetitions: repetitions - 1 };
  return null;
}

/** A bad day: breathing and easy moves, half as far and half as much. */
function flareSession(dose: DoseContext, course: Course): readonly PlannedExercise[] {
  return FLARE_EXERCISES.flatMap((exerciseId) => gently(exerciseId, 'FLARE', dose, course)).map(
    (planned) => ({ ...planned, restS: FLARE_LIMITS.restS }),
  );
}

/** Nothing is added to what a clinic prescribed, on bad days neither. */
function isInClinicPlan(id: LibraryExerciseId, { clinic }: Course): boolean {
  return clinic === null || clinic.plan.exercises.some(({ exerciseId }) => exerciseId === id);
}

function gently(
  exerciseId: LibraryExerciseId,
  reason: 'FLARE' | 'FIT',
  dose: DoseContext,
  course: Course,
): readonly PlannedExercise[] {
  const exercise = libraryExercise(exerciseId);
  const fit = fitOf(exercise, dose.person);
  if (fit === null || isResting(course, exerciseId) || isStrength(exerciseId)) return [];
  if (!isInClinicPlan(exerciseId, course)) return [];
  const planned = startDose(exercise, fit, reason, { ...dose, irritability: 'high', phase: 1 });
  const half = exercise.dose.repetitions === null ? planned : partOf(planned, FLARE_LIMITS.share);
  return [
    { ...half, sets: 1, targetShare: FLARE_LIMITS.share, halfRange: fit.halfRange || exerciseId === 'E04' },
  ];
}

/** Never fewer than three: the gentle ones that suit the person make up the number. */
function fillUp(
  picked: readonly PlannedExercise[],
  plan: ProgrammePlan,
  dose: DoseContext,
  course: Course,
): readonly PlannedExercise[] {
  const filled = [...picked];
  const add = (planned: PlannedExercise): void => {
    if (
      filled.length < leastOf(plan, course) &&
      !filled.some(({ exerciseId }) => exerciseId === planned.exerciseId)
    )
      filled.push(planned);
  };
  if (plan.state !== 'flare')
    for (const planned of plan.exercises)
      if (isReady(planned.exerciseId, course)) add(partOf(planned, volumeShareOf(plan)));
  for (const exerciseId of GENTLE_EXERCISES)
    for (const planned of gently(exerciseId, 'FIT', dose, course)) add(planned);
  return filled;
}

/**
 * Where the least number of exercises are long ones, they fit with less of each. What a clinic has prescribed is only done
 * with less in the first days, by a back that flares up easily, and where one alone is longer than the session.
 */
function mayShorten(
  { phase, irritability }: ProgrammePlan,
  { clinic }: Course,
  fitting: readonly PlannedExercise[],
): boolean {
  if (clinic === null || phase === 0) return true;
  return (phase === 1 && irritability === 'high') || fitting.length === 1;
}

/**
 * What goes of a clinic's list into the time there is: what was left out for longest first, so that all of it comes in
 * turn however short the sessions; done in the clinic's order.
 */
function fitInTurn(
  exercises: readonly PlannedExercise[],
  mostS: number,
  { sessions }: Course,
  costS: Cost,
): readonly PlannedExercise[] {
  const lastDone = ({ exerciseId }: PlannedExercise): number =>
    sessions.findLast((one) => one.exercises.some((report) => report.exerciseId === exerciseId))?.order ?? -1;
  const taken = new Set<PlannedExercise>();
  let seconds = 0;
  for (const next of [...exercises].sort((a, b) => lastDone(a) - lastDone(b))) {
    const nextS = costS(next);
    if (taken.size > 0 && seconds + nextS > mostS) continue;
    taken.add(next);
    seconds += nextS;
  }
  return exercises.filter((one) => taken.has(one));
}

/**
 * What goes into the time there is: one of each part first, then one more of each in turn as long as it fits. What is
 * left out comes on another day, since the parts begin elsewhere in each session.
 */
function fitInto(
  exercises: readonly PlannedExercise[],
  mostS: number,
  least: number,
  costS: Cost,
): readonly PlannedExercise[] {
  const parts = PART_ORDER.map((part) =>
    exercises.filter(({ exerciseId }) => sessionPart(exerciseId) === part),
  );
  const taken = new Set<PlannedExercise>();
  let seconds = 0;
  const rounds = Math.max(...parts.map((part) => part.length));
  for (let round = 0; round < rounds; round++)
    for (const part of parts) {
      const next = part.at(round);
      if (next === undefined) continue;
      const nextS = costS(next);
      if (taken.size >= least && seconds + nextS > mostS) continue;
      taken.add(next);
      seconds += nextS;
    }
  return exercises.filter((one) => taken.has(one));
}

/** Where few exercises suit, the day is filled with the gentle ones of the plan, then of the library, before strength. */
function toppedUp(
  chosen: readonly PlannedExercise[],
  mostS: number,
  enoughS: number,
  plan: ProgrammePlan,
  dose: DoseContext,
  course: Course,
  costS: Cost,
): readonly PlannedExercise[] {
  const added: PlannedExercise[] = [];
  let seconds = sum(chosen.map(costS));
  const add = (planned: PlannedExercise): void => {
    const isThere = [...chosen, ...added].some(({ exerciseId }) => exerciseId === planned.exerciseId);
    const nextS = costS(planned);
    if (isThere || seconds >= enoughS || seconds + nextS > mostS) return;
    added.push(planned);
    seconds += nextS;
  };
  for (const planned of plan.exercises)
    if (!isStrength(planned.exerciseId) && !isResting(course, planned.exerciseId))
      add(partOf(planned, volumeShareOf(plan)));
  for (const exerciseId of GENTLE_EXERCISES)
    for (const planned of gently(exerciseId, 'FIT', dose, course)) add(planned);
  const at = chosen.findIndex(({ exerciseId }) => sessionPart(exerciseId) === 'strength');
  return at < 0 ? [...chosen, ...added] : [...chosen.slice(0, at), ...added, ...chosen.slice(at)];
}
