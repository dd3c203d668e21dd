import type {
  ExerciseReport,
  ProgrammeEvent,
  RangeReport,
  SessionKind,
} from '../care/programme/programme-event.ts';
import type { PlannedExercise } from '../care/programme/programme-plan.ts';
import { hasMotion, isArmMovement, motionDefinition } from '../exercise/motion-definitions.ts';
import type { AngleQuantity, MeasureName } from '../exercise/motion-definition.ts';
import { DEG_PER_RAD } from '../math/angle.ts';
import { hasExercised } from './done-in-session.ts';
import type { SessionResult, SetResult, SideBest, UnmeasuredSetResult } from '../pipeline/session-result.ts';

type SessionDone = Extract<ProgrammeEvent, { readonly kind: 'sessionDone' }>;

/** Sitting tall for as long as is comfortable. */
const ENDURANCE_TEST = 'E21';

/** What a session was for, and what of it the result does not say. */
export interface SessionAbout {
  readonly sessionId: string | null;
  readonly session: SessionKind;
  /** As prescribed; nothing: a session of the person's own. */
  readonly planned: readonly PlannedExercise[];
  readonly simulated: boolean;
}

/** What a session means for the weeks: one entry of the care journal. Angles stay with their kit and their interval. */
export function sessionDoneEvent(result: SessionResult, about: SessionAbout): SessionDone {
  const { times } = result;
  // Tests alone are none of the plan's sessions.
  const session = hasExercised(result) ? about.session : 'tests';
  const unmeasuredS = (result.unmeasuredSets ?? []).reduce((sum, { seconds }) => sum + seconds, 0);
  const measured = result.sets.map(({ startMs, endMs }) => [startMs, endMs] as const);
  const measuredMs =
    measured.length === 0
      ? 0
      : Math.max(...measured.map(([, end]) => end)) - Math.min(...measured.map(([start]) => start));
  return {
    kind: 'sessionDone',
    sessionId: about.sessionId,
    session,
    painBefore: result.painBefore,
    painAfter: result.painAfter,
    ease: null,
    exercises: exerciseReports(result, session === 'tests' ? [] : about.planned),
    ranges: rangeReports(result, about.simulated),
    durationS: Math.round(measuredMs / 1000 + unmeasuredS),
    donningS: times?.donningS ?? null,
    ...uprightHold(result),
    ...(about.simulated && { simulated: true }),
  };
}

/** How each exercise went, by what was counted, said and seen. Tests are ranges, not exercises. */
function exerciseReports(result: SessionResult, planned: readonly PlannedExercise[]): ExerciseReport[] {
  const measured = result.sets.filter(({ plan }) => !plan.test);
  const byClock = (result.unmeasuredSets ?? []).filter(({ test }) => test !== true);
  const ids = new Set([...measured, ...byClock].map(({ exerciseId }) => exerciseId));
  return [...ids].map((exerciseId) => {
    const sets = measured.filter((set) => set.exerciseId === exerciseId);
    const others = byClock.filter((set) => set.exerciseId === exerciseId);
    const asked = planned.find((one) => one.exerciseId === exerciseId);
    const counted = sets.flatMap(({ repetitions }) => repetitions.filter((repetition) => repetition.counted));
    const isCounted = sets.length > 0;
    const done = counted.length + others.reduce((sum, set) => sum + repetitionsOf(set), 0);
    // What went on by the clock for want of a sensor is the rest of the set before it.
    const ofTheirOwn = others.filter(({ because }) => because === undefined || !isCounted);
    const wanted =
      sets.reduce((sum, { plan }) => sum + plan.repetitions, 0) +
      ofTheirOwn.reduce((sum, set) => sum + plannedOf(set).repetitions, 0);
    // Sets that were never begun are missing in the result, and were planned all the same.
    const begun = sets.length + ofTheirOwn.length;
    const setsPlanned = Math.max(asked === undefined ? begun : setsOf(asked, isCounted), begun);
    const isTimed = !isCounted && others.every(({ mode }) => mode !== 'self');
    const secondsDone = others.reduce((sum, { seconds }) => sum + seconds, 0);
    const secondsWanted = others.reduce((sum, set) => sum + plannedOf(set).seconds, 0);
    return {
      exerciseId,
      variation: asked?.variation ?? null,
      painDuring: highest([...sets, ...others].map((set) => set.painDuring)),
      repetitionsDone: done,
      repetitionsPlanned: begun === 0 ? done : Math.max(done, Math.round((wanted * setsPlanned) / begun)),
      ...(isTimed && {
        secondsDone: Math.round(secondsDone),
        secondsPlanned: Math.round(Math.max(secondsDone, (secondsWanted * setsPlanned) / begun)),
      }),
      quality:
        counted.length === 0 ? null : counted.reduce((sum, { quality }) => sum + quality, 0) / counted.length,
      effort: highest([...sets, ...others].map((set) => set.effort)),
      selfReported: !isCounted,
      ...(others.some(isUncounted) && { notAnswered: true }),
    };
  });
}

/** How many sets a prescription comes to: sensors count some movements one side a set, the clock leads both in one. */
function setsOf({ exerciseId, sets, extraSide }: PlannedExercise, isCounted: boolean): number {
  if (!isCounted || !hasMotion(exerciseId)) return sets;
  const definition = motionDefinition(exerciseId);
  // Of the arms only the one that wears the sensor is counted.
  if (!definition.oneSideASet || isArmMovement(definition)) return sets;
  return 2 * sets + (extraSide === null ? 0 : 1);
}

/** How long the person kept their tallest posture, where that was tested. */
function uprightHold({ unmeasuredSets = [] }: SessionResult): { readonly uprightHoldS?: number } {
  const tests = unmeasuredSets.filter((set) => set.test === true && set.exerciseId === ENDURANCE_TEST);
  return tests.length === 0 ? {} : { uprightHoldS: Math.max(...tests.map(({ seconds }) => seconds)) };
}

/** As it began; what earlier versions wrote tells no more than what was done. */
function plannedOf({ planned, repetitions, seconds }: UnmeasuredSetResult): {
  readonly repetitions: number;
  readonly seconds: number;
} {
  return planned ?? { repetitions, seconds };
}

/** The person alone could know how many, and said nothing; of a set that was stopped the clock knows the most. */
function isUncounted(set: UnmeasuredSetResult): boolean {
  return set.mode === 'self' && set.allDone === null && set.repetitions >= plannedOf(set).repetitions;
}

/** Who says that it was not all of them did perhaps half: less than the rules take for done. */
function repetitionsOf({ allDone, repetitions }: UnmeasuredSetResult): number {
  return allDone === false ? Math.floor(repetitions / 2) : repetitions;
}

function highest(values: readonly (number | undefined)[]): number | null {
  const said = values.filter((value) => value !== undefined);
  return said.length === 0 ? null : Math.max(...said);
}

const VIRTUAL_LAYOUT = 'virtual: ';
const LAYOUT_JOINT = ' + ';

/** Where the sensors of a range sat, and whether any of them was real. */
export interface ReadLayout {
  readonly simulated: boolean;
  /** Roles; what a file from elsewhere has in their place stays as it is. */
  readonly places: readonly string[];
}

/** @param layout as in a {@link RangeReport} */
export function readLayout(layout: string): ReadLayout {
  const simulated = layout.startsWith(VIRTUAL_LAYOUT);
  const places = (simulated ? layout.slice(VIRTUAL_LAYOUT.length) : layout).split(LAYOUT_JOINT);
  return { simulated, places: places.filter((place) => place !== '') };
}

/** What the tests of a session found, side by side. Feedback (class C) is no measurement. */
function rangeReports(result: SessionResult, simulated: boolean): RangeReport[] {
  const worn = result.sensors
    .map(({ role }) => role)
    .filter((role) => role !== null)
    .sort();
  const layout = `${simulated ? VIRTUAL_LAYOUT : ''}${worn.join(LAYOUT_JOINT)}`;
  return result.sets
    .filter(({ plan, qualityClass }) => plan.test && qualityClass !== 'C')
    .flatMap((set) =>
      set.best.flatMap((best): RangeReport[] => {
        const metric = metricOf(set, best.side);
        if (metric === null) return [];
        const valueDeg = best.meanBest3Rad * DEG_PER_RAD;
        const halfDeg = best.halfWidth95Rad * DEG_PER_RAD;
        return [
          {
            metric,
            side: best.side === 'left' || best.side === 'right' ? best.side : null,
            valueDeg,
            intervalDeg: [valueDeg - halfDeg, valueDeg + halfDeg],
            layout,
          },
        ];
      }),
    );
}

const REFERENCE: Readonly<Partial<Record<MeasureName, string>>> = {
  upperBackRelativeToLowerBack: 'thoracic',
  trunkRelativeToPelvis: 'trunk',
  upperBackLean: 'ubIncl',
};

/** Names of clinical page, section 1.2; null where no change between days may be told. */
function metricOf({ exerciseId, measure }: SetResult, side: SideBest['side']): string | null {
  const { quantity } = motionDefinition(exerciseId);
  if (quantity === 'armElevation') return measure === 'armRelativeToUpperBack' ? 'arm.elevation' : null;
  if (quantity === 'lockedRotation') return exerciseId === 'E03' ? 'sideLying.rotation' : 'locked.rotation';
  const reference = REFERENCE[measure];
  const angle = ANGLE[quantity];
  if (reference === undefined || angle === undefined) return null;
  return `${reference}.${angle === 'flexion' && side === 'backward' ? 'extension' : angle}`;
}

const ANGLE: Readonly<Partial<Record<AngleQuantity, string>>> = {
  flexion: 'flexion',
  sideBend: 'sideBend',
  rotation: 'rotation',
};
