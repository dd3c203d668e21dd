/** Puts together the plan of a session: what is worn, how many moves, how long each still step lasts. */
import type { SegmentRole } from '../core/body/segment-role.ts';
import { isArmMovement, motionDefinition, setDirections } from '../core/exercise/motion-definitions.ts';
import type { ExerciseId, Side } from '../core/exercise/motion-definition.ts';
import type { FlowItem, FlowPlan } from './stores/session-flow-state.ts';

/** Layouts a person can choose; the exercise decides whether one fits. */
export const LAYOUTS: readonly (readonly SegmentRole[])[] = [
  ['upperBack', 'lowerBack', 'upperArmRight'],
  ['upperBack', 'lowerBack'],
  ['upperBack', 'upperArmRight'],
  ['upperBack', 'upperArmLeft'],
  ['upperBack', 'pelvis'],
  ['upperBack'],
];

/** Between two sets of mobility (clinical page, 6.5). */
const REST_S = 30;
/** Still on the table, strapped on, tall, and the check by movement. */
const SET_UP_S = 120;
const POSITION_S = 20;
const NONE: ReadonlySet<ExerciseId> = new Set();

export function armSideOf(roles: readonly SegmentRole[]): Side | null {
  if (roles.includes('upperArmRight')) return 'right';
  return roles.includes('upperArmLeft') ? 'left' : null;
}

/** A way of doing the exercises of a session. */
interface SessionOptions {
  readonly kit: 'virtual' | 'bluetooth';
  /** In the order in which they are done; each begins with its test. */
  readonly exerciseIds: readonly ExerciseId[];
  readonly roles: readonly SegmentRole[];
  /** Shorter, without questions, and not kept. */
  readonly demonstration: boolean;
  /** Those that the person has done before. */
  readonly known?: ReadonlySet<ExerciseId>;
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
    items: exerciseIds.flatMap((exerciseId) =>
      planItems(exerciseId, armSide, demonstration, known.has(exerciseId)),
    ),
    roles,
    armSide,
    stillS: demonstration ? 3 : 10,
    tallS: demonstration ? 2 : 4,
    askPain: !demonstration,
    record: !demonstration,
  };
}

/** No more on one day: the rest follow over the next days (clinical page, 1.7). */
export const MOST_TESTS_A_DAY = 2;

/** The range tests in the order of the clinical page, 1.7; the last needs a sensor on the arm. */
export const RANGE_TESTS: readonly ExerciseId[] = ['E02', 'E01', 'E05', 'E08', 'E11'];

/**
 * Which tests are due, most wanted first: those never done, kneeling and the arm before the others; without a floor
 * to kneel on, the seated turn stands for the kneeling one.
 */
export function dueTests(done: ReadonlySet<ExerciseId>, canKneel: boolean): ExerciseId[] {
  const first: readonly ExerciseId[] = canKneel ? ['E02', 'E11'] : ['E01', 'E11'];
  const order = [...first, ...RANGE_TESTS.filter((id) => !first.includes(id))];
  return order.filter((id) => !done.has(id) && (canKneel || id !== 'E02'));
}

/** Tests alone, three moves to a side, with pain asked after each. */
export function planTests(options: Omit<SessionOptions, 'demonstration'>): FlowPlan {
  const plan = planSession({ ...options, demonstration: false });
  return {
    ...plan,
    items: plan.items.filter((item) => item.test).map((item) => ({ ...item, restS: REST_S })),
  };
}

/** The test that gives the target, and the exercise. */
function planItems(
  exerciseId: ExerciseId,
  armSide: Side | null,
  demonstration: boolean,
  isKnown: boolean,
): FlowItem[] {
  const definition = motionDefinition(exerciseId);
  const { tempo } = definition;
  const side = definition.oneSideASet || isArmMovement(definition) ? (armSide ?? 'right') : null;
  const sides =
    side === null || definition.swingsPerRepetition === 2 ? setDirections(definition, side).length : 1;
  const common = { exerciseId, mode: 'sensor', holdS: tempo.holdS, isKnown } as const;
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

/** Minutes that a plan takes, whole, with connecting and strapping on. */
export function planMinutes(plan: FlowPlan): number {
  let seconds = SET_UP_S;
  for (const item of plan.items) {
    const { tempo } = motionDefinition(item.exerciseId);
    const moveS = item.mode === 'sensor' ? tempo.outS.max + tempo.holdS + tempo.backS.max : item.holdS + 4;
    seconds += POSITION_S + item.setSides.length * (item.repetitions * moveS + item.restS);
  }
  return Math.max(1, Math.round(seconds / 60));
}
