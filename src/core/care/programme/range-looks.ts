import { FREE_AFTER_DAYS, FREE_EVERY_SESSIONS } from '../../exercise/known-maxima.ts';
import { libraryExercise, type LibraryExerciseId } from '../../exercise/exercise-library.ts';
import { RANGE_TEST_IDS } from '../../exercise/motion-definitions.ts';
import { TEST_REPETITIONS } from '../../exercise/session-time.ts';
import { reviewWindow } from '../outcomes/care-calendar.ts';
import type { Course } from './course.ts';
import { durationS, rangeTestS } from './dose.ts';
import type { Situation } from './draft.ts';
import { fitOf, isMeasured } from './exercise-fit.ts';
import type { RangeReport } from './programme-event.ts';
import type { PlannedExercise, ProgrammePlan } from './programme-plan.ts';

/** How ranges become known in the days of the programme: as tests of their own, or as the first moves of an exercise. */

/** Whether a few moves without a target come before its sets: at first, at every fifth time, and after a while. */
export function looksForRange(
  planned: PlannedExercise,
  tests: readonly LibraryExerciseId[],
  { sessions, today }: Course,
): boolean {
  const { exerciseId, halfRange, capDeg } = planned;
  if (!isMeasured(planned) || halfRange || capDeg !== null || tests.includes(exerciseId)) return false;
  const isHere = ({ metric }: RangeReport): boolean => (TEST_QUANTITY[exerciseId] ?? []).includes(metric);
  const tested = sessions.findLast(({ ranges }) => ranges.some(isHere));
  const done = sessions.filter(
    ({ order, exercises }) =>
      order > (tested?.order ?? -1) && exercises.some((report) => report.exerciseId === exerciseId),
  );
  const lastDay = done.at(-1)?.day ?? tested?.day ?? -Infinity;
  // The test stands for the first of the five.
  const times = done.length + (tested === undefined ? 0 : 1);
  return times % FREE_EVERY_SESSIONS === 0 || today - lastDay >= FREE_AFTER_DAYS;
}

/**
 * The dose of a day on which a few moves look for the range first, where they take the place of a set, or of as many
 * moves of the only one. What a clinic prescribes fills its minutes: looks on top of it would push exercises out [D].
 */
export function besideLook(planned: PlannedExercise): PlannedExercise {
  const { sets, repetitions } = planned;
  if (!isPrescribed(planned)) return planned;
  if (sets > 1) return { ...planned, sets: sets - 1 };
  if (repetitions === null || repetitions <= TEST_REPETITIONS) return planned;
  return { ...planned, repetitions: Math.max(TEST_REPETITIONS, repetitions - TEST_REPETITIONS) };
}

/** What an exercise takes of the session on such a day, s. */
export function lookedForS(planned: PlannedExercise): number {
  return durationS(besideLook(planned)) + rangeTestS(planned.exerciseId);
}

function isPrescribed({ reason }: PlannedExercise): boolean {
  return reason === 'CLINIC';
}

const TESTS_A_DAY = 2;
/** Days from the first on in which tests of the beginning are made up for. */
const FIRST_TESTS_DAYS = 7;
const REVIEWS_WITH_RANGES: readonly number[] = [4, 6, 12];
const FIRST_TESTS: readonly LibraryExerciseId[] = ['E02', 'E11', 'E01'];
/** What a result of each test is known by. */
const TEST_QUANTITY: Readonly<Partial<Record<LibraryExerciseId, readonly string[]>>> = {
  E01: ['thoracic.rotation', 'trunk.rotation'],
  E02: ['locked.rotation', 'sideLying.rotation'],
  E05: ['thoracic.extension', 'trunk.extension', 'ubIncl.flexion'],
  E08: ['thoracic.sideBend', 'trunk.sideBend', 'ubIncl.sideBend'],
  E11: ['arm.elevation'],
};

/** What is left of the first tests waits for no phase: the first may be over before a day with a session has come. */
function beganWithTests({ plans, startDay }: Course): boolean {
  return plans.some(({ day, plan }) => day >= startDay && plan.phase === 0);
}

/**
 * Range tests not done yet in the first days, and again at the reviews that ask for them (clinical page, 1.7). After the
 * very first two a day goes by without any; who is highly irritable is left at those two. A clinic's plan has its own
 * exercises looked for as they come, and nothing that is not in it tested.
 */
export function testsDue(
  plan: ProgrammePlan,
  course: Course,
  { person, limits }: Situation,
): readonly LibraryExerciseId[] {
  const review = reviewWindow(course.startDay, course.today);
  const isDue = review !== null && REVIEWS_WITH_RANGES.includes(review.week);
  const { clinic } = course;
  const isStart =
    clinic === null &&
    course.today - course.startDay <= FIRST_TESTS_DAYS &&
    (plan.phase === 0 || beganWithTests(course));
  const fromDay = isStart ? course.startDay : isDue ? review.from : undefined;
  if (fromDay === undefined || course.today - fromDay > 7) return [];
  const since = course.sessions.filter(({ day }) => day >= fromDay);
  const tested = since.filter(({ ranges }) => ranges.length > 0).map(({ day }) => day);
  if (tested.includes(course.today)) return [];
  if (isStart && Math.min(...tested) === course.today - 1) return [];
  const done = new Set(since.flatMap(({ ranges }) => ranges.map(({ metric }) => metric)));
  const order = [...new Set<LibraryExerciseId>([...FIRST_TESTS, ...RANGE_TEST_IDS])];
  if (plan.irritability === 'high' && done.size > 0) return [];
  return (
    order
      .filter((id) => !(TEST_QUANTITY[id] ?? []).some((metric) => done.has(metric)))
      .filter((id) => fitOf(libraryExercise(id), person)?.mode === 'sensor')
      .filter((id) => clinic === null || plan.exercises.some(({ exerciseId }) => exerciseId === id))
      // A test goes as far as it goes: not where a clinic has set a ceiling.
      .filter((id) => (limits.exercises?.get(id)?.mostDeg ?? null) === null)
      .slice(0, TESTS_A_DAY)
  );
}
