import {
  type BodyPosition,
  type Equipment,
  type HealthProfile,
  isAllowedFor,
  type KitPlace,
  type LibraryExercise,
  type LibraryExerciseId,
} from '../../exercise/exercise-library.ts';
import type { Intake } from '../intake/intake-event.ts';
import type { Restriction } from '../safety/safety-questions.ts';
import type { PlannedExercise } from './programme-plan.ts';

/** What a person can do: who they are for the library. */
export interface Person {
  readonly profiles: readonly HealthProfile[];
  readonly restrictions: readonly Restriction[];
  readonly positions: ReadonlySet<BodyPosition>;
  readonly equipment: ReadonlySet<Equipment>;
  readonly arms: Intake['arms'];
  readonly places: ReadonlySet<KitPlace>;
}

/** How a person does an exercise. */
export interface Fit {
  /** The way it has to be done; null: as it stands in the library, and harder or easier as it goes. */
  readonly variation: string | null;
  /** A profile changes it: never a harder way or a heavier load. */
  readonly isHeldBack: boolean;
  readonly halfRange: boolean;
  readonly mode: PlannedExercise['mode'];
}

/** In every home. */
const AT_HOME: readonly Equipment[] = [
  'cushion',
  'pillow',
  'towel',
  'towelRoll',
  'smallTowel',
  'wall',
  'load',
  'chairOrBed',
  'matOrBed',
  'matOrTable',
  'bandLater',
  'weightLater',
];
/** A better one does for a plainer one. */
const DOES_FOR: Readonly<Partial<Record<Equipment, readonly Equipment[]>>> = {
  chair: ['firmChair', 'chairWithBack'],
  firmChair: ['chairWithBack'],
  lightBand: ['band'],
};

/** Positions that a profile rules out, whatever the person said they can do. */
export const POSITIONS_RULED_OUT: Readonly<Partial<Record<HealthProfile, readonly BodyPosition[]>>> = {
  noFloor: ['heelSit', 'handsAndKnees', 'prone'],
  pregnancy: ['prone', 'supine'],
  dizziness: ['heelSit', 'handsAndKnees', 'prone'],
};

const RULED_OUT_BY: Readonly<Partial<Record<Restriction, readonly BodyPosition[]>>> = {
  noProne: ['prone'],
  noLongSupine: ['supine'],
  noHeadDown: ['heelSit'],
};
/** The head comes below the hips. */
const HEAD_DOWN: readonly LibraryExerciseId[] = ['E02', 'E07'];
/** Turns that a band or a weight can load. */
const TURNS: readonly LibraryExerciseId[] = ['E01', 'E02', 'E03', 'E07'];

/** The way that a profile asks for; where none is named the words of the exercise say what changes. */
const WAY_FOR: Readonly<
  Partial<Record<LibraryExerciseId, Readonly<Partial<Record<HealthProfile, string>>>>>
> = {
  E01: { shoulder: 'handsOnThighs' },
  E02: { pregnancy: 'handsAndKnees', shoulder: 'handOnLowBack' },
  E03: { shoulder: 'elbowBent' },
  E04: { dizziness: 'sitting', noFloor: 'sitting' },
  E08: { shoulder: 'handOnThigh' },
  E13: { bone: 'lighterBand', shoulder: 'lighterBand' },
  E14: { bone: 'overTable', shoulder: 'overTable', noFloor: 'overTable' },
  E15: { bone: 'atWall', noFloor: 'atWall' },
  E18: { shoulder: 'noWeight', dizziness: 'standingBand', pregnancy: 'standingBand' },
  E19: { shoulder: 'legOnly', pregnancy: 'armOnly' },
  E24: { bone: 'noLoad' },
};
const HALF_FOR_BONE: readonly LibraryExerciseId[] = ['E01', 'E03', 'E04', 'E08'];

/** Another position than the exercise's own; other ways keep it. */
const WAY_POSITION: Readonly<Partial<Record<LibraryExerciseId, Readonly<Record<string, BodyPosition>>>>> = {
  E01: { lyingSweep: 'supine' },
  E02: { handsAndKnees: 'handsAndKnees' },
  E04: { sitting: 'sitting', onTable: 'standing' },
  E08: { overPillow: 'sideLying' },
  E09: { onTable: 'sitting' },
  E10: { onBack: 'supine' },
  E11: { lyingStick: 'supine' },
  E12: { onBack: 'supine' },
  E14: { standingBand: 'standing', overTable: 'standing' },
  E15: { atWall: 'facingWall' },
  E16: { faceDown: 'prone' },
  E17: { handsOnTable: 'standing', onKnees: 'handsAndKnees', onFloor: 'handsAndKnees' },
  E18: { standingBand: 'standing' },
  E19: { atWall: 'facingWall' },
  E20: { onPillow: 'supine' },
  E22: { onSide: 'sideLying' },
};
/** Whether this way is done in another position than the exercise itself. */
export function changesPosition(exerciseId: LibraryExerciseId, variation: string): boolean {
  return WAY_POSITION[exerciseId]?.[variation] !== undefined;
}

/** Counted by sensors: what they know of an exercise does not hold in another position, where the clock leads. */
export function isMeasured({
  exerciseId,
  mode,
  variation,
}: Pick<PlannedExercise, 'exerciseId' | 'mode' | 'variation'>): boolean {
  return mode === 'sensor' && (variation === null || !changesPosition(exerciseId, variation));
}

/** What a way needs beyond the exercise. */
const WAY_EQUIPMENT: Readonly<Record<string, Equipment>> = {
  standingBand: 'lightBand',
  againstBand: 'band',
  loopBand: 'lightBand',
  lightBand: 'lightBand',
  bandAround: 'lightBand',
  strongerBand: 'band',
  thickerBand: 'band',
};

/** Arms that must carry or move; missing: none. */
const ARMS_NEEDED: Readonly<Partial<Record<LibraryExerciseId, 'both' | 'one'>>> = {
  E02: 'both',
  E03: 'one',
  E07: 'both',
  E09: 'one',
  E10: 'both',
  E11: 'one',
  E13: 'one',
  E14: 'one',
  E15: 'both',
  E16: 'both',
  E17: 'both',
  E18: 'one',
  E19: 'both',
};
const WAY_ONE_ARM: Readonly<Partial<Record<LibraryExerciseId, string>>> = {
  E09: 'oneArm',
  E13: 'oneArm',
  E14: 'oneArm',
};
const WAY_NO_ARM: Readonly<Partial<Record<LibraryExerciseId, string>>> = {
  E01: 'handsOnThighs',
  E05: 'liftOnly',
  E24: 'noLoad',
};
const NEEDS_ARMS_ON_THE_FLOOR: readonly BodyPosition[] = ['handsAndKnees', 'heelSit'];

export function personOf(
  intake: Partial<Intake>,
  profiles: readonly HealthProfile[],
  restrictions: readonly Restriction[] = [],
): Person {
  const positions = new Set<BodyPosition>(intake.positions ?? ['sitting', 'standing']);
  if (positions.has('standing')) {
    positions.add('facingWall');
    positions.add('backToWall');
  }
  for (const profile of profiles)
    for (const position of POSITIONS_RULED_OUT[profile] ?? []) positions.delete(position);
  for (const restriction of restrictions)
    for (const position of RULED_OUT_BY[restriction] ?? []) positions.delete(position);
  const arms = intake.arms ?? 'both';
  if (arms !== 'both') for (const position of NEEDS_ARMS_ON_THE_FLOOR) positions.delete(position);
  return {
    profiles,
    restrictions,
    positions,
    equipment: new Set(intake.equipment ?? []),
    arms,
    places: new Set(intake.sensorPlaces ?? []),
  };
}

/** How the person does it; null: not at all. */
export function fitOf(exercise: LibraryExercise, person: Person): Fit | null {
  if (!isAllowedFor(exercise, person.profiles)) return null;
  const { restrictions } = person;
  if (restrictions.includes('noHeadDown') && HEAD_DOWN.includes(exercise.id)) return null;
  const ways = new Set<string>();
  for (const profile of person.profiles) {
    const way = exercise.changedFor.includes(profile) ? WAY_FOR[exercise.id]?.[profile] : undefined;
    if (way !== undefined) ways.add(way);
  }
  const isChanged = exercise.changedFor.some(
    (profile) => profile !== 'noFloor' && person.profiles.includes(profile),
  );
  if (restrictions.includes('noLoadedFlexion') && exercise.id === 'E24') ways.add('noLoad');
  const isUnloaded = restrictions.includes('noLoadedRotation') && TURNS.includes(exercise.id);
  const needed = ARMS_NEEDED[exercise.id];
  if (needed === 'both' && person.arms !== 'both') return null;
  if (needed === 'one' && person.arms === 'neither') return null;
  const armWay = person.arms === 'neither' ? WAY_NO_ARM : person.arms === 'both' ? {} : WAY_ONE_ARM;
  const own = armWay[exercise.id];
  if (own !== undefined) ways.add(own);
  // Two ways at once that nobody has thought through: another exercise is safer.
  if (ways.size > 1) return null;
  const variation = [...ways][0] ?? freeWay(exercise, person);
  if (variation === undefined) return null;
  if (!isPossible(exercise, variation, person)) return null;
  return {
    variation,
    isHeldBack: isChanged || isUnloaded,
    halfRange: person.profiles.includes('bone') && HALF_FOR_BONE.includes(exercise.id),
    mode: modeOf(exercise, person.places),
  };
}

/** What stands against an exercise: health answers, arms, a position, or things that are not there; null: nothing. */
export type Obstacle = 'health' | 'arms' | 'position' | 'equipment';

export function obstacleTo(exercise: LibraryExercise, person: Person): Obstacle | null {
  if (fitOf(exercise, person) !== null) return null;
  const isWell = { ...person, profiles: [], restrictions: [] };
  if (fitOf(exercise, isWell) !== null) return 'health';
  const isAble = { ...isWell, arms: 'both' } as const;
  const leansOnArms = exercise.positions.some((position) => NEEDS_ARMS_ON_THE_FLOOR.includes(position));
  if (fitOf(exercise, isAble) !== null || (person.arms !== 'both' && leansOnArms)) return 'arms';
  const canTake = exercise.positions.some((position) => person.positions.has(position));
  if (canTake) return 'equipment';
  return exercise.positions.some((position) => ruledOut(person).includes(position)) ? 'health' : 'position';
}

function ruledOut({ profiles, restrictions }: Person): readonly BodyPosition[] {
  return [
    ...profiles.flatMap((profile) => POSITIONS_RULED_OUT[profile] ?? []),
    ...restrictions.flatMap((restriction) => RULED_OUT_BY[restriction] ?? []),
  ];
}

/** As it stands where that can be done, else an easier way in a position that can. */
function freeWay(exercise: LibraryExercise, person: Person): string | null | undefined {
  if (isPossible(exercise, null, person)) return null;
  const positions = WAY_POSITION[exercise.id];
  return exercise.easier.find(
    ({ code }) => positions?.[code] !== undefined && isPossible(exercise, code, person),
  )?.code;
}

/** Whether position and equipment are there for this way of doing it. */
export function isPossible(exercise: LibraryExercise, variation: string | null, person: Person): boolean {
  const other = variation === null ? undefined : WAY_POSITION[exercise.id]?.[variation];
  const canTake =
    other === undefined
      ? exercise.positions.some((position) => person.positions.has(position))
      : person.positions.has(other);
  if (!canTake) return false;
  const extra = variation === null ? undefined : WAY_EQUIPMENT[variation];
  // Done in another position it no longer lies on the mat it was made for.
  const own = other === undefined ? exercise.equipment : exercise.equipment.filter((kind) => kind !== 'mat');
  return (
    own.every((kind) => hasEquipment(kind, person)) && (extra === undefined || hasEquipment(extra, person))
  );
}

function hasEquipment(kind: Equipment, { equipment }: Person): boolean {
  if (AT_HOME.includes(kind) || equipment.has(kind)) return true;
  return (DOES_FOR[kind] ?? []).some((other) => equipment.has(other));
}

/** How an exercise becomes known with sensors at these places. */
export function modeOf(
  { counting, kit }: LibraryExercise,
  places: ReadonlySet<KitPlace>,
): PlannedExercise['mode'] {
  if (counting.by === 'confirm') return 'self';
  if (counting.by !== 'sensor') return 'timer';
  return kit.needed.some((set) => set.every((place) => places.has(place))) ? 'sensor' : 'timer';
}
