import { libraryExercise, type LibraryExerciseId } from '../../exercise/exercise-library.ts';
import type { Side } from '../../exercise/motion-definition.ts';
import type { GoalModule } from '../intake/intake-event.ts';
import type { Picks } from './entry.ts';
import { type Fit, fitOf, obstacleTo, type Person } from './exercise-fit.ts';
import { isOver, type Phase, type ProgrammePlan } from './programme-plan.ts';
import type { ReasonId } from './programme-rule.ts';

/** What an exercise is for: alternatives for the same take turns, so that sessions differ. */
export type MovementGoal =
  | 'turn'
  | 'extend'
  | 'sideBend'
  | 'reach'
  | 'pull'
  | 'raise'
  | 'push'
  | 'trunk'
  | 'posture'
  | 'lift'
  | 'breathe';

/** Those of a movement goal, the plainest first. */
const FOR_GOAL: Readonly<Record<MovementGoal, readonly LibraryExerciseId[]>> = {
  turn: ['E01', 'E03', 'E02', 'E07'],
  extend: ['E04', 'E05', 'E06'],
  sideBend: ['E08'],
  reach: ['E11', 'E09', 'E10'],
  pull: ['E12', 'E13', 'E16'],
  raise: ['E14', 'E15'],
  push: ['E17', 'E18'],
  trunk: ['E19'],
  posture: ['E20', 'E21'],
  lift: ['E24'],
  breathe: ['E22', 'E23'],
};
const GOAL_OF = new Map<LibraryExerciseId, MovementGoal>(
  (Object.keys(FOR_GOAL) as MovementGoal[]).flatMap((goal) =>
    FOR_GOAL[goal].map((id) => [id, goal] as const),
  ),
);

export function movementGoal(exerciseId: LibraryExerciseId): MovementGoal {
  return GOAL_OF.get(exerciseId) ?? 'posture';
}

export type SessionPart = 'breathing' | 'mobility' | 'strength';

const PART_OF: Readonly<Record<MovementGoal, SessionPart>> = {
  turn: 'mobility',
  extend: 'mobility',
  sideBend: 'mobility',
  reach: 'mobility',
  pull: 'strength',
  raise: 'strength',
  push: 'strength',
  trunk: 'strength',
  posture: 'strength',
  lift: 'strength',
  breathe: 'breathing',
};

export function sessionPart(exerciseId: LibraryExerciseId): SessionPart {
  return PART_OF[movementGoal(exerciseId)];
}

/** Training that muscles need a day to recover from, other than light holds. */
export function isStrength(exerciseId: LibraryExerciseId): boolean {
  return libraryExercise(exerciseId).categories.includes('strength');
}

/** Turning to the end of the range, kneeling: like strength, not before the second phase. */
function isLater(exerciseId: LibraryExerciseId): boolean {
  return isStrength(exerciseId) || exerciseId === 'E02' || exerciseId === 'E07';
}

/** What each phase is made of (clinical page, 6.1). */
const PHASE_EXERCISES: Readonly<Record<Phase, readonly LibraryExerciseId[]>> = {
  0: ['E03', 'E04', 'E22'],
  1: ['E22', 'E01', 'E03', 'E04', 'E05', 'E08', 'E12'],
  2: ['E22', 'E02', 'E07', 'E05', 'E08', 'E11', 'E09', 'E13', 'E17', 'E14'],
  3: ['E22', 'E02', 'E05', 'E11', 'E13', 'E17', 'E14', 'E15', 'E16', 'E19', 'E24', 'E21'],
  4: ['E22', 'E01', 'E05', 'E13', 'E17', 'E24'],
};
const PHASE_REASON: Readonly<Record<Phase, ReasonId>> = {
  0: 'START',
  1: 'MOVE',
  2: 'RESTORE',
  3: 'BUILD',
  4: 'KEEP',
};
const CALM_EXERCISES: readonly LibraryExerciseId[] = ['E03', 'E22', 'E23', 'E12'];
const MAINTENANCE_EXERCISES: readonly LibraryExerciseId[] = ['E01', 'E05', 'E03', 'E13', 'E17', 'E24', 'E14'];
/** On a bad day (clinical page, 6.6). */
export const FLARE_EXERCISES: readonly LibraryExerciseId[] = ['E23', 'E03', 'E04', 'E12'];

const GOAL_EXERCISES: Readonly<Record<GoalModule, readonly LibraryExerciseId[]>> = {
  desk: ['E01', 'E20', 'E21'],
  lifting: ['E24', 'E13', 'E19', 'E17'],
  overhead: ['E09', 'E11', 'E15', 'E05'],
  sport: ['E02', 'E07'],
  sleep: ['E23', 'E03', 'E06'],
  breathing: ['E22', 'E08', 'E06', 'E23'],
};
const SPORT_FOR_BONE: readonly LibraryExerciseId[] = ['E01', 'E13'];

/** Where an exercise of the table does not fit and nothing for the same goal does: the gentle ones come first. */
export const GENTLE_EXERCISES: readonly LibraryExerciseId[] = [
  'E01',
  'E12',
  'E08',
  'E20',
  'E03',
  'E22',
  'E23',
  'E11',
  'E21',
  'E09',
  'E04',
  'E05',
  'E10',
  'E06',
];
/** From the second phase on: strength, and turning to the end of the range. */
const OTHERWISE_LATER: readonly LibraryExerciseId[] = [
  'E13',
  'E17',
  'E18',
  'E16',
  'E24',
  'E14',
  'E15',
  'E19',
  'E02',
  'E07',
];
export const LEAST_EXERCISES = 3;
const WANTED_EXERCISES = 5;

export interface Chosen {
  readonly exerciseId: LibraryExerciseId;
  readonly reason: ReasonId;
  readonly extraSide: Side | null;
  readonly fit: Fit;
}

export interface CompositionInput {
  readonly person: Person;
  readonly phase: Phase;
  readonly state: ProgrammePlan['state'];
  readonly irritability: ProgrammePlan['irritability'];
  readonly goals: readonly GoalModule[];
  readonly picks: Picks;
  /** The range has come: one mobility exercise less, a task more. */
  readonly rangeReached: boolean;
}

/** The exercises of a plan, in the order of a session: the same input gives the same list. */
export function compose(input: CompositionInput): readonly Chosen[] {
  const { person, phase, state, irritability } = input;
  const chosen = new Map<LibraryExerciseId, Chosen>();
  const isCalm = irritability === 'high' && phase === 1;
  if (isOver({ state })) add(chosen, MAINTENANCE_EXERCISES, 'MAINTAIN', input);
  else if (isCalm) add(chosen, CALM_EXERCISES, 'CALM', input);
  else {
    add(chosen, PHASE_EXERCISES[phase], PHASE_REASON[phase], input);
    if (phase >= 1) addPicks(chosen, input);
    if (phase >= 3) addGoals(chosen, input, () => true);
    // Where the range has come early, the strength for the goals does.
    else if (phase === 2 && input.rangeReached)
      addGoals(chosen, input, (id) => sessionPart(id) === 'strength');
  }
  if (input.rangeReached) dropOneMobility(chosen);
  const wanted = phase === 0 || isCalm ? LEAST_EXERCISES : WANTED_EXERCISES;
  const rest = phase >= 2 ? [...GENTLE_EXERCISES, ...OTHERWISE_LATER] : GENTLE_EXERCISES;
  for (const exerciseId of rest) {
    if (chosen.size >= wanted) break;
    put(chosen, exerciseId, 'FIT', person, null);
  }
  return [...chosen.values()];
}

function add(
  chosen: Map<LibraryExerciseId, Chosen>,
  exerciseIds: readonly LibraryExerciseId[],
  reason: ReasonId,
  { person, phase }: CompositionInput,
): void {
  for (const exerciseId of exerciseIds) {
    if (put(chosen, exerciseId, reason, person, null)) continue;
    const others = FOR_GOAL[movementGoal(exerciseId)].filter((id) => phase >= 2 || !isLater(id));
    const obstacle = obstacleTo(libraryExercise(exerciseId), person);
    others.some((other) =>
      put(chosen, other, obstacle === null ? 'FIT' : `INSTEAD-${obstacle}`, person, null),
    );
  }
}

/** False where it does not fit the person; an exercise that is there already keeps its first reason. */
function put(
  chosen: Map<LibraryExerciseId, Chosen>,
  exerciseId: LibraryExerciseId,
  reason: ReasonId,
  person: Person,
  extraSide: Side | null,
): boolean {
  const known = chosen.get(exerciseId);
  if (known !== undefined) {
    if (extraSide !== null) chosen.set(exerciseId, { ...known, reason, extraSide });
    return true;
  }
  const fit = fitOf(libraryExercise(exerciseId), person);
  if (fit === null) return false;
  chosen.set(exerciseId, { exerciseId, reason, extraSide, fit });
  return true;
}

function addPicks(chosen: Map<LibraryExerciseId, Chosen>, { person, picks, phase }: CompositionInput): void {
  const { turnSide } = picks;
  if (turnSide !== null)
    for (const id of picks.bone ? (['E01', 'E03'] as const) : (['E02', 'E03'] as const))
      if (phase >= 2 || id !== 'E02') put(chosen, id, 'PICK-side', person, turnSide);
  if (picks.extend && !put(chosen, 'E05', 'PICK-extend', person, null))
    put(chosen, 'E06', 'PICK-extend', person, null);
  if (picks.reach) for (const id of ['E09', 'E11'] as const) put(chosen, id, 'PICK-reach', person, null);
  if (picks.hold) for (const id of ['E12', 'E21'] as const) put(chosen, id, 'PICK-hold', person, null);
  if (picks.bone)
    for (const id of ['E10', 'E12', 'E13', 'E04'] as const)
      if (phase >= 2 || !isStrength(id)) put(chosen, id, 'PICK-bone', person, null);
}

function addGoals(
  chosen: Map<LibraryExerciseId, Chosen>,
  input: CompositionInput,
  isWanted: (exerciseId: LibraryExerciseId) => boolean,
): void {
  for (const goal of input.goals) {
    const ids = goal === 'sport' && input.picks.bone ? SPORT_FOR_BONE : GOAL_EXERCISES[goal];
    for (const id of ids) if (isWanted(id)) put(chosen, id, `GOAL-${goal}`, input.person, null);
  }
}

function dropOneMobility(chosen: Map<LibraryExerciseId, Chosen>): void {
  const mobility = [...chosen.values()].filter(
    ({ exerciseId, reason }) => sessionPart(exerciseId) === 'mobility' && !reason.startsWith('PICK'),
  );
  const last = mobility.at(-1);
  if (mobility.length > 2 && last !== undefined) chosen.delete(last.exerciseId);
}
