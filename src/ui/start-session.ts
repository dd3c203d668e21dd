/** Puts together the plan of a session: what is worn, how many moves, how long each still step lasts. */
import type { SegmentRole } from '../core/body/segment-role.ts';
import type { Intake } from '../core/care/intake/intake-event.ts';
import { libraryExercise, type LibraryExerciseId, type Span } from '../core/exercise/exercise-library.ts';
import {
  hasMotion,
  isArmMovement,
  matchSensorSet,
  motionDefinition,
  setDirections,
} from '../core/exercise/motion-definitions.ts';
import type { ExerciseId, MotionSensorSet, Side } from '../core/exercise/motion-definition.ts';
import { ledMoveS, POSITION_S, REST_S, SET_UP_S, usualMoveS } from '../core/exercise/session-time.ts';
import type { FlowItem, FlowPlan, TimedItem } from './stores/session-flow-state.ts';

/** Layouts a person can choose; the exercise decides whether one fits. */
export const LAYOUTS: readonly (readonly SegmentRole[])[] = [
  ['upperBack', 'lowerBack', 'upperArmRight'],
  ['upperBack', 'lowerBack'],
  ['upperBack', 'upperArmRight'],
  ['upperBack', 'upperArmLeft'],
  ['upperBack', 'pelvis'],
  ['upperBack'],
];

const NONE: ReadonlySet<LibraryExerciseId> = new Set();
/** Holds and breaths of a demonstration. */
const FEW = 2;

export function armSideOf(roles: readonly SegmentRole[]): Side | null {
  if (roles.includes('upperArmRight')) return 'right';
  return roles.includes('upperArmLeft') ? 'left' : null;
}

/** A way of doing the exercises of a session. */
interface SessionOptions {
  /** None: everything goes by the clock, without a test. */
  readonly kit: FlowPlan['kit'];
  /** In the order in which they are done; each that sensors count begins with its test. */
  readonly exerciseIds: readonly LibraryExerciseId[];
  readonly roles: readonly SegmentRole[];
  /** Shorter, without questions, and not kept. */
  readonly demonstration: boolean;
  /** Those that the person has done before. */
  readonly known?: ReadonlySet<LibraryExerciseId>;
}

export function planSession({
  kit,
  exerciseIds,
  roles,
  demonstration,
  known = NONE,
}: SessionOptions): FlowPlan {
  const armSide = armSideOf(roles);
  return {
    kit,
    items: exerciseIds.flatMap((exerciseId): readonly FlowItem[] =>
      kit !== 'none' && hasMotion(exerciseId)
        ? planItems(exerciseId, armSide, demonstration, known.has(exerciseId))
        : [planTimed(exerciseId, demonstration, known.has(exerciseId))],
    ),
    roles: kit === 'none' ? [] : roles,
    armSide: kit === 'none' ? null : armSide,
    stillS: demonstration ? 3 : 10,
    tallS: demonstration ? 2 : 4,
    askPain: !demonstration,
    record: !demonstration,
  };
}

/** No more on one day: the rest follow over the next days (clinical page, 1.7). */
const MOST_TESTS_A_DAY = 2;

/** The tests in the order of the clinical page, 1.7: five ranges, then staying power and quiet breathing. */
export const TESTS: readonly LibraryExerciseId[] = ['E02', 'E01', 'E05', 'E08', 'E11', 'E21', 'E23'];
/** Longest hold of the test of staying power, and how long quiet breathing is listened to, s. */
const LONGEST_HOLD_S = 180;
const QUIET_S = 60;

/**
 * Which tests are due, most wanted first: those never done, kneeling and the arm before the others; without a floor
 * to kneel on, the seated turn stands for the kneeling one.
 */
export function dueTests(done: ReadonlySet<LibraryExerciseId>, canKneel: boolean): LibraryExerciseId[] {
  const first: readonly LibraryExerciseId[] = canKneel ? ['E02', 'E11'] : ['E01', 'E11'];
  const order = [...first, ...TESTS.filter((id) => !first.includes(id))];
  return order.filter((id) => !done.has(id) && (canKneel || id !== 'E02'));
}

/** How many tests may still be done on a day on which so many were. */
export function testsLeft(doneToday: number): number {
  return Math.max(0, MOST_TESTS_A_DAY - doneToday);
}

/**
 * Whether the worn kit shows what a test asks for: holds and breath need the upper back, and raising an arm one on an arm that
 * the person can raise.
 */
export function canTest(
  id: LibraryExerciseId,
  roles: readonly SegmentRole[],
  arms: Intake['arms'] = 'both',
): boolean {
  if (!hasMotion(id)) return roles.includes('upperBack');
  if (sensorSetFor(id, roles) === null) return false;
  return !isArmMovement(motionDefinition(id)) || arms === 'both' || armSideOf(roles) === arms;
}

interface TestOptions extends Omit<SessionOptions, 'demonstration'> {
  readonly stopsAtFirstPain?: boolean;
  /** Which the person can raise; the other is not asked for. */
  readonly arms?: Intake['arms'];
}

/** Tests alone, three moves to a side, with pain asked after each. One sensor for arms is moved to the other arm. */
export function planTests(options: TestOptions): FlowPlan {
  const { stopsAtFirstPain = false, arms = 'both', ...rest } = options;
  const plan = planSession({ ...rest, demonstration: false });
  return {
    ...plan,
    stopsAtFirstPain,
    items: plan.items.flatMap((item) =>
      item.mode === 'sensor' && !item.test ? [] : testsOf(item, plan, arms),
    ),
  };
}

function testsOf(item: FlowItem, { kit, armSide }: FlowPlan, arms: Intake['arms']): FlowItem[] {
  if (item.mode !== 'sensor') {
    const holdS = item.exerciseId === 'E21' ? LONGEST_HOLD_S : QUIET_S;
    return [
      {
        ...item,
        mode: 'timer',
        test: true,
        setSides: [null],
        repetitions: 1,
        holdS,
        relaxS: 0,
        restS: REST_S,
      },
    ];
  }
  const test = { ...item, restS: REST_S };
  // The virtual kit's sensors cannot be moved.
  if (kit === 'virtual' || armSide === null || !isArmMovement(motionDefinition(item.exerciseId)))
    return [test];
  if (arms !== 'both') return arms === armSide ? [{ ...test, wornOnArm: armSide }] : [];
  const other = armSide === 'left' ? 'right' : 'left';
  return [
    { ...test, wornOnArm: armSide },
    { ...test, setSides: [other], wornOnArm: other },
  ];
}

/** The test that gives the target, and the exercise. */
function planItems(
  exerciseId: ExerciseId,
  armSide: Side | null,
  demonstration: boolean,
  isKnown: boolean,
): FlowItem[] {
  const definition = motionDefinition(exerciseId);
  const side = definition.oneSideASet || isArmMovement(definition) ? (armSide ?? 'right') : null;
  const sides =
    side === null || definition.swingsPerRepetition === 2 ? setDirections(definition, side).length : 1;
  const common = { exerciseId, mode: 'sensor', isKnown } as const;
  return [
    {
      ...common,
      test: true,
      setSides: [side],
      repetitions: (demonstration ? 2 : 3) * sides,
      restS: 0,
    },
    {
      ...common,
      test: false,
      setSides: demonstration ? [side] : [side, side],
      repetitions: (demonstration ? 2 : 6) * sides,
      restS: REST_S,
    },
  ];
}

/** By the clock alone, with the least of its usual dose. */
export function planTimed(
  exerciseId: LibraryExerciseId,
  demonstration: boolean,
  isKnown: boolean,
): TimedItem {
  const { counting, dose } = libraryExercise(exerciseId);
  const sides = dose.perSide ? 2 : 1;
  const moves = demonstration ? FEW : (dose.repetitions?.least ?? 1);
  const common = {
    exerciseId,
    test: false,
    setSides: Array.from({ length: demonstration ? 1 : dose.sets.least }, () => null),
    repetitions: moves * sides,
    isKnown,
    restS: dose.restS,
  };
  switch (counting.by) {
    case 'sensor': {
      return {
        ...common,
        mode: 'self',
        holdS: ledMoveS(hasMotion(exerciseId) ? exerciseId : 'E01'),
        relaxS: 0,
      };
    }
    case 'holds':
      return { ...common, mode: 'timer', holdS: counting.holdS, relaxS: middle(counting.relaxS) };
    case 'steady':
      return { ...common, mode: 'timer', holdS: 60 * (dose.minutes?.least ?? 1), relaxS: 0 };
    case 'breaths': {
      const holdS = middle(counting.inS);
      const relaxS = middle(counting.outS);
      const breaths = Math.round((60 * (dose.minutes?.least ?? 1)) / (holdS + relaxS));
      return { ...common, mode: 'breaths', repetitions: demonstration ? FEW : breaths, holdS, relaxS };
    }
    case 'confirm':
      return {
        ...common,
        mode: 'self',
        holdS: counting.outS.most + counting.holdS + counting.backS.most,
        relaxS: 0,
      };
  }
}

function middle({ least, most }: Span): number {
  return Math.round((least + most) / 2);
}

/** Seconds of one move of an item, hold or breath, with what follows before the next. */
function moveSeconds(item: FlowItem): number {
  return item.mode === 'sensor' ? usualMoveS(item.exerciseId) : item.holdS + item.relaxS;
}

/** Minutes of one set of an item, whole. */
export function minutesOf(item: FlowItem): number {
  return Math.max(1, Math.round((item.repetitions * moveSeconds(item)) / 60));
}

/** How the worn kit would measure it; null when it cannot. */
export function sensorSetFor(exerciseId: ExerciseId, roles: readonly SegmentRole[]): MotionSensorSet | null {
  const definition = motionDefinition(exerciseId);
  const side = isArmMovement(definition) ? (armSideOf(roles) ?? 'right') : null;
  return matchSensorSet(definition, roles, side);
}

/** Minutes that a plan takes, whole, with connecting and strapping on. */
export function planMinutes(plan: FlowPlan): number {
  let seconds = plan.kit === 'none' ? 0 : SET_UP_S;
  for (const item of plan.items)
    seconds += POSITION_S + item.setSides.length * (item.repetitions * moveSeconds(item) + item.restS);
  return Math.max(1, Math.round(seconds / 60));
}
