import {
  allowedVariations,
  type LibraryExercise,
  libraryExercise,
  type LibraryExerciseId,
} from '../../exercise/exercise-library.ts';
import type { ExerciseId } from '../../exercise/motion-definition.ts';
import {
  hasMotion,
  isArmMovement,
  MOTION_DEFINITIONS,
  motionDefinition,
} from '../../exercise/motion-definitions.ts';
import { ledMoveS, POSITION_S, SET_UP_S, TEST_REPETITIONS, usualMoveS } from '../../exercise/session-time.ts';
import type { Fitness, Irritability } from './entry.ts';
import { type Fit, isMeasured, isPossible, type Person } from './exercise-fit.ts';
import type { Phase, PlannedExercise } from './programme-plan.ts';
import { DOSE_CAPS as CAPS, FITNESS_LIMITS, START_SHARE, STEP } from './programme-thresholds.ts';

/** What of a dose a rule may change. */
export type DoseVariable = 'range' | 'repetitions' | 'hold' | 'sets' | 'load' | 'variation';

/** Limits of a linked clinician: never crossed, by no rule. Missing: the defaults for somebody alone. */
export interface ClinicianLimits {
  readonly mostShare?: number;
  readonly mostSets?: number;
  readonly mostRepetitions?: number;
  readonly mostLoadStep?: number;
  readonly armCapDeg?: number;
  /** Pain during an exercise above which it stops. */
  readonly painCeiling?: number;
  /** What the rules may change by themselves; missing: all of it. */
  readonly mayChange?: readonly DoseVariable[];
  readonly mayAdvancePhase?: boolean;
  /** Of single exercises, before those of all. */
  readonly exercises?: ReadonlyMap<LibraryExerciseId, ExerciseLimits>;
}

/** How far one exercise may go; null: as far as all may. */
export interface ExerciseLimits {
  readonly mostSets: number;
  readonly mostRepetitions: number | null;
  readonly mostShare: number;
  readonly mostHoldS: number | null;
  readonly mostMinutes: number | null;
  /** The movement is never led further. */
  readonly mostDeg: number | null;
}

export interface DoseContext {
  readonly person: Person;
  readonly phase: Phase;
  readonly fitness: Fitness;
  readonly irritability: Irritability;
  readonly limits: ClinicianLimits;
  /** How far to go grows only by the person's own choice. */
  readonly carefully: boolean;
  readonly armCapDeg: number | null;
}

/** Those whose arm rises with the exercise: a careful shoulder caps them. */
const ARM_RAISED: readonly string[] = ['E09', 'E11'];

export function usualHoldS(exercise: LibraryExercise): number {
  const { counting } = exercise;
  switch (counting.by) {
    case 'sensor':
      return MOTION_DEFINITIONS[exercise.id as ExerciseId].tempo.holdS;
    case 'holds':
    case 'confirm':
      return counting.holdS;
    case 'steady':
    case 'breaths':
      return 0;
  }
}

/** The dose that a person begins an exercise with. */
export function startDose(
  exercise: LibraryExercise,
  fit: Fit,
  reason: string,
  context: DoseContext,
): PlannedExercise {
  const { fitness, irritability, phase } = context;
  const { dose } = exercise;
  const isCalm = irritability === 'high' && phase <= 1;
  const more = fitness === 'F3' ? 1 : 0;
  const fewer = fitness === 'F1' ? 1 : 0;
  const holdS = usualHoldS(exercise);
  const isStrength = exercise.categories.includes('strength');
  return withinLimits(
    {
      exerciseId: exercise.id,
      variation: fit.variation ?? startVariation(exercise, fit, isStrength, context),
      sets: isCalm ? 1 : Math.max(1, dose.sets.least + more - fewer),
      repetitions: dose.repetitions?.least ?? null,
      holdS: isCalm && exercise.id === 'E12' ? 5 : holdS,
      restS: dose.restS + (fitness === 'F1' ? FITNESS_LIMITS.restAddS : 0),
      minutes: dose.minutes?.least ?? null,
      targetShare: START_SHARE[irritability],
      capDeg: ARM_RAISED.includes(exercise.id) ? context.armCapDeg : null,
      extraSide: null,
      halfRange: fit.halfRange,
      loadStep: 0,
      mode: fit.mode,
      reason,
    },
    context,
  );
}

function startVariation(
  exercise: LibraryExercise,
  fit: Fit,
  isStrength: boolean,
  { fitness, phase, person }: DoseContext,
): string | null {
  if (!isStrength) return null;
  if (fitness === 'F1') return ownWays(exercise, 'easier', phase, person)[0] ?? null;
  if (fitness === 'F3' && phase === 2 && !fit.isHeldBack)
    return ownWays(exercise, 'harder', phase, person)[0] ?? null;
  return null;
}

/** Harder only by more of the dose, which has steps of its own. */
const MORE_OF_THE_SAME: readonly string[] = [
  'holdFive',
  'holdTen',
  'twoBreaths',
  'threeBreaths',
  'threeSets',
  'threeMinutes',
  'tenMinutes',
];

/** Ways of the exercise itself that the person may be given: replacing it by another is the phases' business. */
function ownWays(
  exercise: LibraryExercise,
  direction: 'harder' | 'easier',
  phase: Phase,
  person: Person,
): readonly string[] {
  return allowedVariations(exercise[direction], person.profiles, phase)
    .filter(
      ({ code, exercise: other }) =>
        other === undefined && !MORE_OF_THE_SAME.includes(code) && isPossible(exercise, code, person),
    )
    .map(({ code }) => code);
}

/** Brings a dose within what a clinician allows, and within the defaults where none is linked. */
export function withinLimits(planned: PlannedExercise, { limits, armCapDeg }: DoseContext): PlannedExercise {
  const exercise = libraryExercise(planned.exerciseId);
  const usual = exercise.dose.repetitions?.most ?? CAPS.planRepetitions;
  const own = limits.exercises?.get(planned.exerciseId);
  const capDeg = lower(ARM_RAISED.includes(planned.exerciseId) ? armCapDeg : planned.capDeg, own?.mostDeg);
  return {
    ...planned,
    sets: Math.min(planned.sets, own?.mostSets ?? limits.mostSets ?? CAPS.sets),
    repetitions:
      planned.repetitions === null
        ? null
        : Math.min(
            planned.repetitions,
            own?.mostRepetitions ?? limits.mostRepetitions ?? usual + CAPS.repetitionsOverUsual,
          ),
    holdS: Math.min(planned.holdS, own?.mostHoldS ?? planned.holdS),
    minutes: lower(planned.minutes, planned.minutes === null ? null : own?.mostMinutes),
    targetShare: Math.min(planned.targetShare, own?.mostShare ?? limits.mostShare ?? CAPS.share),
    loadStep: Math.min(planned.loadStep, limits.mostLoadStep ?? CAPS.loadSteps),
    capDeg,
  };
}

/** The lower of two; null: that one sets none. */
function lower(a: number | null, b: number | null | undefined): number | null {
  return a === null || b === null || b === undefined ? (a ?? b ?? null) : Math.min(a, b);
}

/** Which weights and bands an exercise can be made heavier with. */
const LOADED: readonly string[] = ['E13', 'E14', 'E15', 'E16', 'E18', 'E24'];

/** One step up: the first variable in the order of the page that still has room; null: none has. */
export function stepUp(planned: PlannedExercise, fit: Fit, context: DoseContext): PlannedExercise | null {
  const order: readonly DoseVariable[] = ['range', 'repetitions', 'hold', 'sets', 'load', 'variation'];
  return firstStep(order, planned, fit, context);
}

/** A step up of load or to a harder way, for whom the present one has become easy. */
export function loadUp(planned: PlannedExercise, fit: Fit, context: DoseContext): PlannedExercise | null {
  return firstStep(['load', 'variation'], planned, fit, context);
}

function firstStep(
  order: readonly DoseVariable[],
  planned: PlannedExercise,
  fit: Fit,
  context: DoseContext,
): PlannedExercise | null {
  for (const variable of order) {
    if (context.limits.mayChange?.includes(variable) === false) continue;
    const raised = raise(variable, planned, fit, context);
    if (raised === null) continue;
    const allowed = withinLimits(raised, context);
    if (doseCode(allowed) !== doseCode(planned)) return allowed;
  }
  return null;
}

function raise(
  variable: DoseVariable,
  planned: PlannedExercise,
  fit: Fit,
  { carefully, phase, person }: DoseContext,
): PlannedExercise | null {
  const exercise = libraryExercise(planned.exerciseId);
  const { dose } = exercise;
  switch (variable) {
    case 'range':
      if (planned.mode !== 'sensor' || carefully) return null;
      return { ...planned, targetShare: Math.round((planned.targetShare + STEP.share) * 100) / 100 };
    case 'repetitions':
      if (planned.minutes !== null)
        return planned.minutes + STEP.minutes > (dose.minutes?.most ?? 0)
          ? null
          : { ...planned, minutes: planned.minutes + STEP.minutes };
      return planned.repetitions === null
        ? null
        : { ...planned, repetitions: planned.repetitions + STEP.repetitions };
    case 'hold': {
      const usual = usualHoldS(exercise);
      if (usual === 0 || planned.holdS + STEP.holdS > usual + CAPS.holdOverUsualS) return null;
      return { ...planned, holdS: planned.holdS + STEP.holdS };
    }
    case 'sets':
      return planned.minutes !== null || planned.sets > dose.sets.most
        ? null
        : { ...planned, sets: planned.sets + STEP.sets };
    case 'load':
      if (!LOADED.includes(exercise.id) || fit.isHeldBack || planned.variation !== fit.variation) return null;
      return { ...planned, loadStep: planned.loadStep + 1 };
    case 'variation': {
      if (fit.isHeldBack || fit.variation !== null || exercise.counting.by === 'breaths') return null;
      const isEasier = exercise.easier.some(({ code }) => code === planned.variation);
      if (isEasier) return { ...planned, variation: null };
      if (planned.variation !== null || LOADED.includes(exercise.id)) return null;
      const harder = ownWays(exercise, 'harder', phase, person)[0];
      return harder === undefined ? null : { ...planned, variation: harder };
    }
  }
}

/** One step down: what came last in the order of going up goes first. */
export function stepDown(planned: PlannedExercise, fit: Fit, context: DoseContext): PlannedExercise {
  const exercise = libraryExercise(planned.exerciseId);
  const { dose } = exercise;
  const easierWay = easierVariation(planned, fit, context);
  if (planned.variation !== fit.variation && exercise.harder.some(({ code }) => code === planned.variation))
    return { ...planned, variation: fit.variation };
  if (planned.loadStep > 0) return { ...planned, loadStep: planned.loadStep - 1 };
  if (planned.sets > dose.sets.least) return { ...planned, sets: planned.sets - 1 };
  if (planned.holdS > usualHoldS(exercise)) return { ...planned, holdS: planned.holdS - STEP.holdS };
  if (
    planned.repetitions !== null &&
    dose.repetitions !== null &&
    planned.repetitions > dose.repetitions.least
  )
    return {
      ...planned,
      repetitions: Math.max(dose.repetitions.least, planned.repetitions - STEP.repetitions),
    };
  if (planned.minutes !== null && planned.minutes > (dose.minutes?.least ?? 0))
    return { ...planned, minutes: planned.minutes - STEP.minutes };
  if (planned.mode === 'sensor' && planned.targetShare > CAPS.leastShare)
    return {
      ...planned,
      targetShare: Math.max(CAPS.leastShare, Math.round((planned.targetShare - STEP.share) * 100) / 100),
    };
  if (easierWay !== planned.variation) return { ...planned, variation: easierWay };
  if (planned.sets > 1) return { ...planned, sets: planned.sets - 1 };
  return fewerRepetitions(planned, STEP.repetitions);
}

/** Too hard by effort: a lighter load, or fewer repetitions. */
export function lighten(planned: PlannedExercise): PlannedExercise {
  if (planned.loadStep > 0) return { ...planned, loadStep: planned.loadStep - 1 };
  return fewerRepetitions(planned, STEP.fewerRepetitions);
}

/** The move itself does not come out well: an easier way, or back from a harder one. */
export function easierWay(planned: PlannedExercise, fit: Fit, context: DoseContext): PlannedExercise {
  return { ...planned, variation: easierVariation(planned, fit, context) };
}

function easierVariation(planned: PlannedExercise, fit: Fit, { phase, person }: DoseContext): string | null {
  if (fit.variation !== null) return fit.variation;
  const exercise = libraryExercise(planned.exerciseId);
  if (exercise.harder.some(({ code }) => code === planned.variation)) return null;
  return planned.variation ?? ownWays(exercise, 'easier', phase, person)[0] ?? null;
}

function fewerRepetitions(planned: PlannedExercise, fewer: number): PlannedExercise {
  if (planned.repetitions === null || planned.repetitions <= CAPS.leastRepetitions) return planned;
  return { ...planned, repetitions: Math.max(CAPS.leastRepetitions, planned.repetitions - fewer) };
}

/** Part of a dose, for a day or for the way back after a break: fewer repetitions, then fewer sets, less time. */
export function partOf(planned: PlannedExercise, share: number): PlannedExercise {
  if (share >= 1) return planned;
  const { repetitions, minutes } = planned;
  return {
    ...planned,
    sets: share <= 0.5 ? Math.max(1, Math.floor(planned.sets * 0.75)) : planned.sets,
    repetitions:
      repetitions === null ? null : Math.max(1, Math.min(repetitions, Math.round(repetitions * share))),
    minutes: minutes === null ? null : Math.max(0.5, Math.round(minutes * share * 2) / 2),
  };
}

/** Every number of a dose in short, for the record of what a rule changed. */
export function doseCode(planned: PlannedExercise): string {
  const amount = planned.repetitions === null ? `${planned.minutes} min` : `${planned.repetitions}`;
  const way = planned.variation === null ? '' : ` ${planned.variation}`;
  return `${planned.sets}x${amount} hold ${planned.holdS} s, range ${planned.targetShare}, load ${planned.loadStep}${way}`;
}

/** How long it takes, with its rests and getting ready, s. */
export function durationS(planned: PlannedExercise): number {
  const { counting, dose } = libraryExercise(planned.exerciseId);
  const { sets, repetitions, holdS, restS, minutes } = planned;
  if (repetitions === null) return POSITION_S + sets * (60 * (minutes ?? 0) + restS);
  switch (counting.by) {
    case 'sensor': {
      const exerciseId = planned.exerciseId as ExerciseId;
      const { rounds, moves } = setsOf(planned, exerciseId);
      const moveS = isMeasured(planned) ? usualMoveS(exerciseId) : ledMoveS(exerciseId);
      return POSITION_S + rounds * (moves * repetitions * moveS + restS);
    }
    case 'holds': {
      const relaxS = Math.round((counting.relaxS.least + counting.relaxS.most) / 2);
      return POSITION_S + sets * ((dose.perSide ? 2 : 1) * repetitions * (holdS + relaxS) + restS);
    }
    case 'confirm': {
      const moveS = counting.outS.most + counting.holdS + counting.backS.most;
      return POSITION_S + sets * ((dose.perSide ? 2 : 1) * repetitions * moveS + restS);
    }
    case 'steady':
    case 'breaths':
      return POSITION_S + sets * (repetitions * holdS + restS);
  }
}

/** Sets with a rest after each, and moves that one repetition is made of: there and back, or one to each side. */
function setsOf(
  planned: Pick<PlannedExercise, 'exerciseId' | 'sets' | 'mode' | 'variation' | 'extraSide'>,
  exerciseId: ExerciseId,
): { readonly rounds: number; readonly moves: number } {
  const { sets, extraSide } = planned;
  const definition = motionDefinition(exerciseId);
  if (!isMeasured(planned)) return { rounds: sets, moves: libraryExercise(exerciseId).dose.perSide ? 2 : 1 };
  if (isArmMovement(definition)) return { rounds: sets, moves: definition.swingsPerRepetition };
  if (!definition.oneSideASet) return { rounds: sets, moves: definition.directions.length };
  return {
    rounds: 2 * sets + (extraSide === null ? 0 : 1),
    moves: definition.swingsPerRepetition,
  };
}

/** A test of a range by sensors, to each side, with a rest after each set, s; 0 for what sensors do not follow. */
export function rangeTestS(exerciseId: LibraryExerciseId, restS = 0): number {
  if (!hasMotion(exerciseId)) return 0;
  const { rounds, moves } = setsOf(
    { exerciseId, sets: 1, mode: 'sensor', variation: null, extraSide: null },
    exerciseId,
  );
  return POSITION_S + rounds * (moves * TEST_REPETITIONS * usualMoveS(exerciseId) + restS);
}

/** Strapping the sensors on, where one of them takes part, s. */
export function setUpS(exercises: readonly PlannedExercise[]): number {
  return exercises.some(isMeasured) ? SET_UP_S : 0;
}
