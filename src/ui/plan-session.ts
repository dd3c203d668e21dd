/** Makes the day's session of the programme one that can be done: with the kit that is worn, at the prescribed dose. */
import type { SegmentRole } from '../core/body/segment-role.ts';
import { isMeasured } from '../core/care/programme/exercise-fit.ts';
import { besideLook } from '../core/care/programme/range-looks.ts';
import type { PlannedExercise } from '../core/care/programme/programme-plan.ts';
import type { SessionKind } from '../core/care/programme/programme-event.ts';
import { changesArms, libraryExercise, type LibraryExerciseId } from '../core/exercise/exercise-library.ts';
import { type KnownMaximum, needsFreeRepetitions } from '../core/exercise/known-maxima.ts';
import type { ExerciseId, Side } from '../core/exercise/motion-definition.ts';
import {
  hasMotion,
  isArmMovement,
  motionDefinition,
  setDirections,
} from '../core/exercise/motion-definitions.ts';
import { REST_S, TEST_REPETITIONS } from '../core/exercise/session-time.ts';
import { RAD_PER_DEG } from '../core/math/angle.ts';
import { armSideOf, planTimed, sensorSetFor } from './start-session.ts';
import type { FlowItem, FlowPlan, SensorItem, TimedItem } from './stores/session-flow-state.ts';

/** The least share of a maximum that a set may ask for. */
const LEAST_SHARE = 0.5;

export interface ProgrammeSession {
  readonly session: SessionKind;
  readonly exercises: readonly PlannedExercise[];
  /** Range tests that are due. */
  readonly tests: readonly LibraryExerciseId[];
  /** Of the person's clinic; missing: none is set. */
  readonly painCeiling?: number;
  readonly stopsAtFirstPain: boolean;
}

export interface SessionKit {
  readonly kit: FlowPlan['kit'];
  readonly roles: readonly SegmentRole[];
  /** Exercises that the person has done before. */
  readonly known: ReadonlySet<LibraryExerciseId>;
  /** As earlier sessions with this kit know them. */
  readonly maxima: ReadonlyMap<ExerciseId, KnownMaximum>;
  /** Days since 1970-01-01. */
  readonly today: number;
  /** The person moves one arm alone: what is done arm by arm is done once. */
  readonly hasOneArm?: boolean;
}

export function planProgrammeSession(
  { session, exercises, tests, stopsAtFirstPain, painCeiling }: ProgrammeSession,
  worn: SessionKit,
): FlowPlan {
  const { kit } = worn;
  const roles = kit === 'none' ? [] : worn.roles;
  const tested = tests.filter((id): id is ExerciseId => canMeasure(id, kit, roles));
  const chosen = exercises.map((planned) => {
    const isLookedFor = session === 'plan' && looksFirst(planned, worn, roles, tested);
    return { isLookedFor, planned: isLookedFor ? besideLook(planned) : planned };
  });
  const items = [
    // Pain is asked after each.
    ...tested.map((id) => ({ ...testItem(id, roles, worn.known.has(id)), restS: REST_S })),
    ...chosen.flatMap(({ planned, isLookedFor }) => itemsOf(planned, worn, roles, isLookedFor)),
  ];
  const isMeasured = items.some(({ mode }) => mode === 'sensor');
  return {
    kit: isMeasured ? kit : 'none',
    items,
    roles: isMeasured ? roles : [],
    armSide: armSideOf(roles),
    stillS: 10,
    tallS: 4,
    askPain: true,
    record: true,
    ...(painCeiling !== undefined && { painCeiling }),
    stopsAtFirstPain,
    programme: { session, planned: chosen.map(({ planned }) => planned) },
  };
}

/** Half the range, or a capped one, is never searched for its end; nor is any on a bad day or in the shortest session. */
function looksFirst(
  { exerciseId, halfRange, capDeg, ...planned }: PlannedExercise,
  { kit, maxima, today }: SessionKit,
  roles: readonly SegmentRole[],
  tested: readonly ExerciseId[],
): boolean {
  if (!isMeasured({ exerciseId, ...planned }) || !canMeasure(exerciseId, kit, roles)) return false;
  const mayGoFree = !halfRange && capDeg === null && !tested.includes(exerciseId);
  return mayGoFree && needsFreeRepetitions(maxima.get(exerciseId), today);
}

function canMeasure(
  id: LibraryExerciseId,
  kit: FlowPlan['kit'],
  roles: readonly SegmentRole[],
): id is ExerciseId {
  return kit !== 'none' && hasMotion(id) && sensorSetFor(id, roles) !== null;
}

function itemsOf(
  planned: PlannedExercise,
  { kit, known, maxima, hasOneArm = false }: SessionKit,
  roles: readonly SegmentRole[],
  isLookedFor: boolean,
): readonly FlowItem[] {
  const { exerciseId } = planned;
  const isKnown = known.has(exerciseId);
  const { variation } = planned;
  const way = variation === null ? {} : { variation };
  if (!isMeasured(planned) || !canMeasure(exerciseId, kit, roles))
    return [{ ...timedItem(planned, isKnown, hasOneArm), ...way }];
  const item = { ...sensorItem(planned, exerciseId, roles, isKnown, maxima.get(exerciseId)), ...way };
  return isLookedFor ? [testItem(exerciseId, roles, isKnown), item] : [item];
}

/** Sides of a set's repetitions, and how many of them are in one set. */
function sidesOf(exerciseId: ExerciseId, roles: readonly SegmentRole[]) {
  const definition = motionDefinition(exerciseId);
  const arm = armSideOf(roles);
  const sides: readonly (Side | null)[] = isArmMovement(definition)
    ? [arm ?? 'right']
    : definition.oneSideASet
      ? ['right', 'left']
      : [null];
  const [first = null] = sides;
  const perSet =
    first === null || definition.swingsPerRepetition === 2 ? setDirections(definition, first).length : 1;
  return { sides, perSet };
}

function testItem(exerciseId: ExerciseId, roles: readonly SegmentRole[], isKnown: boolean): SensorItem {
  const { sides, perSet } = sidesOf(exerciseId, roles);
  return {
    exerciseId,
    mode: 'sensor',
    isKnown,
    test: true,
    setSides: sides,
    repetitions: TEST_REPETITIONS * perSet,
    restS: 0,
  };
}

function sensorItem(
  planned: PlannedExercise,
  exerciseId: ExerciseId,
  roles: readonly SegmentRole[],
  isKnown: boolean,
  maximum: KnownMaximum | undefined,
): SensorItem {
  const { sides, perSet } = sidesOf(exerciseId, roles);
  const rounds = Array.from({ length: planned.sets }, () => sides).flat();
  const { extraSide } = planned;
  return {
    exerciseId,
    mode: 'sensor',
    isKnown,
    test: false,
    setSides: extraSide !== null && sides.includes(extraSide) ? [...rounds, extraSide] : rounds,
    repetitions: (planned.repetitions ?? TEST_REPETITIONS) * perSet,
    restS: planned.restS,
    targetShare: Math.max(LEAST_SHARE, Math.min(1, planned.targetShare)),
    ...(maximum !== undefined && {
      maximumRad: {
        positive: bounded(maximum.positiveRad, planned),
        negative: bounded(maximum.negativeRad, planned),
      },
    }),
  };
}

/** The maximum that a set may work towards: a target is never above it. */
function bounded(maximumRad: number | null, { halfRange, capDeg }: PlannedExercise): number | null {
  if (maximumRad === null) return null;
  const half = halfRange ? maximumRad / 2 : maximumRad;
  return capDeg === null ? half : Math.min(half, capDeg * RAD_PER_DEG);
}

/** By the clock at the prescribed dose; what is not prescribed is as usual. */
function timedItem(planned: PlannedExercise, isKnown: boolean, hasOneArm: boolean): TimedItem {
  const usual = planTimed(planned.exerciseId, false, isKnown);
  const { counting, dose } = libraryExercise(planned.exerciseId);
  const sets = Array.from({ length: planned.sets }, () => null);
  const common = { ...usual, setSides: sets, restS: planned.restS };
  const minutesS = planned.minutes === null ? null : 60 * planned.minutes;
  switch (counting.by) {
    case 'breaths':
      return minutesS === null
        ? common
        : { ...common, repetitions: Math.max(1, Math.round(minutesS / (usual.holdS + usual.relaxS))) };
    case 'steady':
      return { ...common, holdS: minutesS ?? (planned.holdS > 0 ? planned.holdS : usual.holdS) };
    case 'sensor':
    case 'holds':
    case 'confirm': {
      const isArmByArm = hasMotion(planned.exerciseId)
        ? isArmMovement(motionDefinition(planned.exerciseId))
        : changesArms(libraryExercise(planned.exerciseId));
      const isOneSided = hasOneArm && isArmByArm;
      const sides = dose.perSide && !isOneSided ? 2 : 1;
      return {
        ...common,
        ...(isOneSided && { isOneSided }),
        repetitions: planned.repetitions === null ? usual.repetitions : planned.repetitions * sides,
        holdS: counting.by === 'holds' && planned.holdS > 0 ? planned.holdS : usual.holdS,
      };
    }
  }
}
