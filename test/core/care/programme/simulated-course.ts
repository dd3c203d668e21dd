import type {
  BodyPosition,
  Equipment,
  HealthProfile,
  KitPlace,
} from '../../../../src/core/exercise/exercise-library.ts';
import { EXERCISE_LIBRARY, libraryExercise } from '../../../../src/core/exercise/exercise-library.ts';
import type { Intake } from '../../../../src/core/care/intake/intake-event.ts';
import { isStrength, movementGoal } from '../../../../src/core/care/programme/composition.ts';
import { durationS, setUpS } from '../../../../src/core/care/programme/dose.ts';
import type { TodaysSession } from '../../../../src/core/care/programme/todays-session.ts';
import type { PlanDecision } from '../../../../src/core/care/programme/decide-plan.ts';
import { fitOf, personOf } from '../../../../src/core/care/programme/exercise-fit.ts';
import type { PlannedExercise, ProgrammePlan } from '../../../../src/core/care/programme/programme-plan.ts';
import { safetyStatus } from '../../../../src/core/care/safety/safety-status.ts';
import { painZone } from '../../../../src/core/exercise/pain-zone.ts';
import { Random } from '../../../../src/core/simulation/random.ts';
import { clearing, full, one } from '../safety/journal-of.ts';
import { Diary, FIRST_DAY, range, type Training } from './programme-person.ts';

/** Simulated people: intakes drawn at random, and four ways of behaving over twelve weeks. */

export type Behaviour = 'good' | 'flaring' | 'silent' | 'overdoing';
export const BEHAVIOURS: readonly Behaviour[] = ['good', 'flaring', 'silent', 'overdoing'];

const PROFILES: readonly HealthProfile[] = ['bone', 'pregnancy', 'dizziness', 'shoulder', 'noFloor'];
const POSITIONS: readonly BodyPosition[] = [
  'standing',
  'sitting',
  'heelSit',
  'handsAndKnees',
  'sideLying',
  'supine',
  'prone',
];
const EQUIPMENT: readonly Equipment[] = [
  'chair',
  'firmChair',
  'chairWithBack',
  'mat',
  'band',
  'lightBand',
  'bandAnchor',
];
const KITS: readonly (readonly KitPlace[])[] = [
  [],
  ['upperBack'],
  ['upperBack', 'lowerBack'],
  ['upperBack', 'upperArm'],
  ['upperBack', 'lowerBack', 'upperArm'],
];

function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.min(from.length - 1, Math.floor(random.uniform() * from.length))];
}

function some<T>(random: Random, from: readonly T[], share: number): T[] {
  return from.filter(() => random.uniform() < share);
}

export interface DrawnPerson {
  readonly intake: Partial<Intake>;
  readonly profiles: readonly HealthProfile[];
}

/** Every answer that the questions allow, in any mixture; one in five people leaves some of them open. */
export function drawPerson(seed: number): DrawnPerson {
  const random = new Random(seed);
  const average = Math.floor(random.uniform() * 9);
  const intake: Intake = {
    ageYears: 18 + Math.floor(random.uniform() * 70),
    painSince: pick(random, ['days', 'weeks', 'months', 'years']),
    painNow: Math.floor(random.uniform() * 10),
    painAverage24h: average,
    painWorst24h: Math.min(10, average + Math.floor(random.uniform() * 4)),
    settles: pick(random, ['under30min', 'under2h', 'over2h']),
    wakesAtNight: pick(random, ['no', 'someNights', 'mostNights']),
    activeMinutesPerWeek: pick(random, ['under60', '60to150', 'over150']),
    goals: some(random, ['desk', 'lifting', 'overhead', 'sport', 'sleep', 'breathing'] as const, 0.3),
    hardThings: [],
    work: pick(random, ['desk', 'standing', 'manual', 'care', 'none']),
    equipment: some(random, EQUIPMENT, 0.5),
    positions: some(random, POSITIONS, pick(random, [0.3, 0.8, 0.9, 0.95, 1])),
    arms: pick(random, ['both', 'both', 'both', 'both', 'both', 'both', 'both', 'left', 'right', 'neither']),
    sensorPlaces: [...pick(random, KITS)],
    worry: Math.floor(random.uniform() * 11),
    confidence: Math.floor(random.uniform() * 11),
  };
  const profiles = some(random, PROFILES, 0.25);
  if (random.uniform() >= 0.2) return { intake, profiles };
  const kept = Object.entries(intake).filter(() => random.uniform() < 0.6);
  return { intake: Object.fromEntries(kept), profiles };
}

/** What went wrong in a course, by name; and what it was like. */
export interface CourseReport {
  readonly faults: readonly string[];
  readonly phase: number;
  readonly sessions: number;
  /** Of them, those for which hardly half of the time found an exercise that suits. */
  readonly thin: number;
  readonly flares: number;
  /** Days that a safety answer kept everything locked. */
  readonly lockedDays: number;
  readonly progressed: number;
  /** Most times that one exercise went up again after coming down without pain, within 28 days. */
  readonly swings: number;
  readonly steps: Readonly<Record<string, number>>;
}

export const DAYS = 84;

interface Change {
  readonly day: number;
  readonly exerciseId: string;
  readonly direction: 'up' | 'down';
  readonly ruleId: string;
}

const UP: readonly string[] = ['G1', 'G8'];
const DOWN_WITHOUT_PAIN: readonly string[] = ['G5', 'G7'];
const DOWN_FOR_PAIN: readonly string[] = ['G3', 'G4', 'G11'];

/** One person in five tells of a fever on some day, and is told by a doctor days later that exercise is fine. */
function drawLock(seed: number): { readonly from: number; readonly until: number } | null {
  const random = new Random(seed * 7 + 3);
  if (random.uniform() >= 0.2) return null;
  const from = 1 + Math.floor(60 * random.uniform());
  return { from, until: from + 1 + Math.floor(20 * random.uniform()) };
}

/** Twelve weeks of one person, and everything about the plan that must never be. */
export function simulateCourse(seed: number, behaviour: Behaviour): CourseReport {
  const { intake, profiles } = drawPerson(seed);
  const random = new Random(seed * 4 + BEHAVIOURS.indexOf(behaviour));
  const diary = new Diary(intake, { profiles, locked: false });
  const lock = drawLock(seed);
  if (lock !== null) diary.write(full());
  const isLocked = (): boolean => lock !== null && diary.n >= lock.from && diary.n < lock.until;
  const lockedSince = (day: number): number =>
    lock === null ? 0 : Math.max(0, Math.min(lock.until, diary.n) - Math.max(lock.from, day));
  const person = personOf(intake, profiles);
  const faults: string[] = [];
  const changes: Change[] = [];
  const steps: Record<string, number> = {};
  let pain = intake.painAverage24h ?? 4;
  let flareLeft = 0;
  let sessions = 0;
  let thin = 0;
  let flares = 0;
  let before: ProgrammePlan | null = null;
  let phaseDay = 0;
  let lastTrained = -9;
  const lastOf = new Map<string, number>();
  const left = new Map<string, PlannedExercise>();
  const hurtDay = new Map<string, number>();

  const decide = (): void => {
    const decision = diary.decide();
    if (decision === null) return;
    faults.push(
      ...planFaults(before, decision, diary.n - phaseDay - lockedSince(phaseDay), person).map(
        (fault) => `day ${diary.n}: ${fault}`,
      ),
    );
    if (isLocked()) faults.push(`day ${diary.n}: a plan changed while locked`);
    for (const { ruleId, exerciseId, before: from, after: to } of decision.firings) {
      if (ruleId === 'G6') flares++;
      if (ruleId === 'X1') faults.push(`day ${diary.n}: a plan of its own was refused: ${from}`);
      if (exerciseId !== null && (ruleId === 'G4' || (from !== to && DOWN_FOR_PAIN.includes(ruleId))))
        hurtDay.set(exerciseId, diary.n);
      if (exerciseId === null || from === to) continue;
      if (UP.includes(ruleId)) changes.push({ day: diary.n, exerciseId, direction: 'up', ruleId });
      if (DOWN_WITHOUT_PAIN.includes(ruleId) || DOWN_FOR_PAIN.includes(ruleId))
        changes.push({ day: diary.n, exerciseId, direction: 'down', ruleId });
    }
    for (const planned of decision.plan.exercises) {
      const was = left.get(planned.exerciseId);
      const isBack = !(before?.exercises ?? []).some(({ exerciseId }) => exerciseId === planned.exerciseId);
      if (isBack && was !== undefined && moreIn(was, planned) > 0)
        faults.push(`day ${diary.n}: ${planned.exerciseId} came back with more than it left with`);
      left.set(planned.exerciseId, planned);
      const onRecord = before?.exercises.find(({ exerciseId }) => exerciseId === planned.exerciseId);
      const isEarned = decision.firings.some(
        (firing) =>
          firing.exerciseId === planned.exerciseId &&
          UP.includes(firing.ruleId) &&
          firing.before !== firing.after,
      );
      const isSore = !isEarned && diary.n - (hurtDay.get(planned.exerciseId) ?? -Infinity) < 28;
      if (
        before?.phase !== decision.plan.phase &&
        isSore &&
        onRecord !== undefined &&
        moreIn(onRecord, planned) > 0
      )
        faults.push(`day ${diary.n}: a new phase gave more of ${planned.exerciseId}, which hurt of late`);
    }
    if (before?.phase !== decision.plan.phase) phaseDay = diary.n;
    before = decision.plan;
  };

  for (let n = 0; n <= DAYS; n++, diary.day++) {
    diary.hour = 8;
    if (n === lock?.from) diary.write(one('short', { 'R-08': ['yes'] }));
    if (n === lock?.until) {
      diary.write({ kind: 'seenSaid', seenDay: FIRST_DAY + n, byWhom: 'doctor', said: '' });
      diary.write(clearing());
    }
    if (lock !== null) {
      const hasLock = safetyStatus(diary.journal, diary.moment).lock !== null;
      if (hasLock !== isLocked()) faults.push(`day ${n}: ${hasLock ? 'still locked' : 'not locked'}`);
      diary.context = { profiles, locked: hasLock };
    }
    if (flareLeft > 0) flareLeft--;
    else if (behaviour === 'flaring' && random.uniform() < 0.05) {
      flareLeft = 3 + Math.floor(random.uniform() * 4);
      if (random.uniform() < 0.4) diary.write({ kind: 'flareSaid', triggers: ['unknown'] });
    }
    pain = Math.max(0, Math.min(10, pain + 0.6 * (random.uniform() - (behaviour === 'good' ? 0.57 : 0.5))));
    const today = Math.round(Math.min(10, pain + (flareLeft > 0 ? 3 : 0)));
    if (behaviour !== 'silent') {
      diary.answer('pain.avg24', today);
      if (lastTrained === n - 1) diary.morning(morningOf(behaviour, random));
      if (n % 14 === 0) answerReview(diary, n, random);
    }
    decide();
    const session = diary.today();
    if (session.kind === 'nextStep') {
      steps[session.step] = (steps[session.step] ?? 0) + 1;
      if (session.step === 'seeSomebody' && fits(person) >= 3 && !session.notices.includes('G4W'))
        faults.push(`day ${n}: sent away, though ${fits(person)} exercises fit`);
      if (session.step === 'comeIn' || (session.step === 'locked') !== isLocked())
        faults.push(`day ${n}: ${session.step}`);
    } else {
      if (isLocked()) faults.push(`day ${n}: a session while locked`);
      faults.push(...sessionFaults(session, person, diary, lastOf).map((fault) => `day ${n}: ${fault}`));
    }
    const comes = random.uniform() < (behaviour === 'good' ? 0.92 : behaviour === 'silent' ? 0.6 : 0.85);
    if (comes && session.kind === 'session') {
      diary.hour = 9 + Math.floor(random.uniform() * 10);
      const ranges = session.tests.flatMap((id) => drawRanges(id, n, random));
      diary.train(session.exercises, {
        ...trainingOf(behaviour, today, random),
        kind: session.session,
        ranges,
      });
      for (const { exerciseId } of session.exercises)
        if (isStrength(exerciseId)) lastOf.set(movementGoal(exerciseId), diary.moment.utcMs);
      lastTrained = n;
      sessions++;
      if (session.isThin) thin++;
    } else if (behaviour === 'overdoing' && !isLocked() && random.uniform() < 0.6) {
      // Of their own accord, whatever the plan says.
      diary.hour = 20;
      diary.train(diary.plan.exercises, trainingOf(behaviour, today, random));
      for (const { exerciseId } of diary.plan.exercises)
        if (isStrength(exerciseId)) lastOf.set(movementGoal(exerciseId), diary.moment.utcMs);
      lastTrained = n;
      sessions++;
    }
    if (lastTrained === n) decide();
  }
  return {
    faults,
    phase: diary.plan.phase,
    sessions,
    thin,
    flares,
    lockedDays: lock === null ? 0 : Math.min(lock.until, DAYS) - lock.from,
    progressed: changes.filter(({ direction }) => direction === 'up').length,
    swings: mostSwings(changes),
    steps,
  };
}

function morningOf(behaviour: Behaviour, random: Random): 'lower' | 'same' | 'bitHigher' | 'clearlyHigher' {
  const r = random.uniform();
  if (behaviour === 'good') return r < 0.25 ? 'lower' : r < 0.93 ? 'same' : 'bitHigher';
  return r < 0.1 ? 'lower' : r < 0.6 ? 'same' : r < 0.8 ? 'bitHigher' : 'clearlyHigher';
}

function trainingOf(behaviour: Behaviour, pain: number, random: Random): Training {
  const r = random.uniform();
  switch (behaviour) {
    case 'good':
      return {
        pain,
        during: r < 0.1 ? Math.min(10, pain + 1) : pain,
        quality: 78 + 18 * random.uniform(),
        effort: 3 + Math.floor(random.uniform() * 4),
      };
    case 'silent':
      return { pain: r < 0.5 ? pain : null, during: null, quality: null, effort: null };
    case 'flaring':
      return {
        pain,
        during: Math.min(10, pain + (r < 0.5 ? 0 : Math.floor(random.uniform() * 5))),
        quality: 60 + 35 * random.uniform(),
        effort: 3 + Math.floor(random.uniform() * 6),
        share: random.uniform() < 0.8 ? 1 : 0.6 + 0.4 * random.uniform(),
      };
    case 'overdoing':
      return {
        pain,
        during: Math.min(10, pain + Math.floor(random.uniform() * 3)),
        quality: 55 + 40 * random.uniform(),
        effort: 5 + Math.floor(random.uniform() * 6),
      };
  }
}

function answerReview(diary: Diary, n: number, random: Random): void {
  const better = Math.min(10, 4 + n / 20 + random.uniform());
  for (const id of ['func1', 'conf'] as const) diary.answer(id, Math.round(better));
  for (const id of ['int.work', 'int.sleep', 'int.activity', 'stiff'] as const)
    diary.answer(id, Math.max(0, Math.round(8 - better)));
  if (n >= 28) diary.answer('pgic', random.uniform() < 0.7 ? 6 : 4);
}

function drawRanges(exerciseId: string, n: number, random: Random): ReturnType<typeof range>[] {
  const metric = {
    E01: 'thoracic.rotation',
    E02: 'locked.rotation',
    E05: 'thoracic.extension',
    E08: 'thoracic.sideBend',
    E11: 'arm.elevation',
  }[exerciseId];
  if (metric === undefined) return [];
  const base = metric === 'arm.elevation' ? 120 : metric === 'thoracic.extension' ? 6 : 30;
  const value = (): number => base + n * 0.15 + 12 * random.uniform();
  return metric === 'thoracic.extension'
    ? [range(metric, value())]
    : [range(metric, value(), 'left'), range(metric, value(), 'right')];
}

/** What no plan may be, judged apart from the rules that made it. */
function planFaults(
  before: ProgrammePlan | null,
  { plan, firings }: PlanDecision,
  daysInPhase: number,
  person: ReturnType<typeof personOf>,
): string[] {
  const faults: string[] = [];
  if (plan.exercises.length < 3 && fits(person) >= 3) faults.push(`a plan of ${plan.exercises.length}`);
  const weeks = { 0: 0, 1: 1, 2: 2, 3: 3, 4: 3 }[before?.phase ?? 0];
  if (before !== null && plan.phase > before.phase) {
    const isEntry = before.phase === 0 && plan.phase === 2 && plan.irritability === 'low';
    if (plan.phase > before.phase + 1 && !isEntry) faults.push(`phase ${before.phase} to ${plan.phase}`);
    if (daysInPhase < 7 * weeks) faults.push(`phase ${before.phase} left after ${daysInPhase} days`);
  }
  const raised = firings.filter(({ ruleId, before, after }) => UP.includes(ruleId) && before !== after);
  const bySession = new Map<unknown, number>();
  for (const { inputs, exerciseId } of raised) {
    bySession.set(inputs['session'], (bySession.get(inputs['session']) ?? 0) + 1);
    const { during, before: start, morning } = inputs;
    const isFine =
      typeof during === 'number' &&
      typeof start === 'number' &&
      painZone(during, start) === 'green' &&
      (morning === 'same' || morning === 'lower');
    if (!isFine) faults.push(`${exerciseId} went up after ${JSON.stringify(inputs)}`);
  }
  if ([...bySession.values()].some((count) => count > 2))
    faults.push('more than two exercises went up after one session');
  for (const planned of plan.exercises) {
    const { exerciseId, sets, targetShare, loadStep } = planned;
    const exercise = libraryExercise(exerciseId);
    const fit = fitOf(exercise, person);
    if (exercise.excludedFor.some((profile) => person.profiles.includes(profile)) || fit === null)
      faults.push(`${exerciseId} is in the plan of ${person.profiles.join()}`);
    if (sets > 4 || targetShare > 1 || targetShare < 0.5)
      faults.push(`${exerciseId} ${sets} sets at ${targetShare}`);
    const was = before?.exercises.find((one) => one.exerciseId === exerciseId);
    if (was !== undefined && moreIn(was, planned) > (plan.phase === before?.phase ? 1 : 2))
      faults.push(`${exerciseId} changed more than one thing`);
    if (loadStep - (was?.loadStep ?? 0) > 1) faults.push(`${exerciseId} load up by more than one`);
    const isUp = raised.some((firing) => firing.exerciseId === exerciseId);
    if (
      was !== undefined &&
      plan.phase === before?.phase &&
      moreIn(was, planned) > 0 &&
      !isUp &&
      !firings.some(
        ({ ruleId }) =>
          ruleId === 'P1' ||
          ruleId === 'G10' ||
          ruleId === 'I1' ||
          ruleId === 'W1' ||
          ruleId === 'D1' ||
          ruleId === 'M1',
      )
    )
      faults.push(`${exerciseId} went up without a rule`);
  }
  return faults;
}

/** To the end of the range, kneeling: not before the second phase. */
const LATER: readonly string[] = ['E02', 'E07'];

/** How many gentle exercises suit the person at all. */
function fits(person: ReturnType<typeof personOf>): number {
  return EXERCISE_LIBRARY.filter(
    (exercise) =>
      !isStrength(exercise.id) && !LATER.includes(exercise.id) && fitOf(exercise, person) !== null,
  ).length;
}

/** How many of its numbers went up. */
function moreIn(was: PlannedExercise, now: PlannedExercise): number {
  const pairs = [
    [was.sets, now.sets],
    [was.repetitions ?? 0, now.repetitions ?? 0],
    [was.holdS, now.holdS],
    [was.targetShare, now.targetShare],
    [was.loadStep, now.loadStep],
    [was.minutes ?? 0, now.minutes ?? 0],
  ];
  return pairs.filter(([a, b]) => b > a).length;
}

function sessionFaults(
  { exercises, tests, session: kind, minutes }: Extract<TodaysSession, { readonly kind: 'session' }>,
  person: ReturnType<typeof personOf>,
  diary: Diary,
  lastOf: ReadonlyMap<string, number>,
): string[] {
  const faults: string[] = [];
  const least = kind === 'short' ? 2 : diary.plan.phase === 0 ? 1 : 3;
  if (exercises.length < least) faults.push(`only ${exercises.length} exercises`);
  if (kind === 'flare' && 60 * minutes + setUpS(exercises) > 60 * 8)
    faults.push(`a bad day of ${minutes} min`);
  const takesMinutes = Math.round(
    exercises.reduce((sum, one) => sum + durationS(one), setUpS(exercises)) / 60,
  );
  const isLeast = exercises.length <= least && exercises.every(isLeastDose);
  if (diary.plan.phase > 0 && kind !== 'flare' && takesMinutes > diary.plan.minutesPerSession && !isLeast)
    faults.push(`${takesMinutes} min in a plan of ${diary.plan.minutesPerSession}`);
  for (const { exerciseId, targetShare, loadStep } of exercises) {
    const exercise = libraryExercise(exerciseId);
    if (exercise.excludedFor.some((profile) => person.profiles.includes(profile)))
      faults.push(`${exerciseId} in a session of ${person.profiles.join()}`);
    const last = lastOf.get(movementGoal(exerciseId));
    if (isStrength(exerciseId) && last !== undefined && diary.moment.utcMs - last < 24 * 3_600_000)
      faults.push(`${exerciseId} within a day of the last`);
    if (kind === 'flare' && (isStrength(exerciseId) || targetShare > 0.5 || loadStep > 0))
      faults.push(`${exerciseId} on a bad day`);
  }
  for (const id of tests)
    if (
      libraryExercise(id as PlannedExercise['exerciseId']).excludedFor.some((profile) =>
        person.profiles.includes(profile),
      )
    )
      faults.push(`test ${id}`);
  return faults;
}

/** Nothing can be taken off it any more to keep to the time. */
export function isLeastDose({ sets, repetitions, minutes }: PlannedExercise): boolean {
  return sets === 1 && (repetitions ?? 0) <= 4 && (minutes ?? 0) <= 1;
}

/** Times one exercise went up again after a step down that no pain asked for, in any 28 days. */
function mostSwings(changes: readonly Change[]): number {
  let most = 0;
  for (const id of new Set(changes.map(({ exerciseId }) => exerciseId))) {
    const own = changes.filter(({ exerciseId }) => exerciseId === id);
    const swings = own.flatMap(({ day, direction }, i) =>
      direction === 'up' && i > 0 && DOWN_WITHOUT_PAIN.includes(own[i - 1].ruleId) ? [day] : [],
    );
    for (const day of swings)
      most = Math.max(most, swings.filter((other) => other >= day && other < day + 28).length);
  }
  return most;
}
