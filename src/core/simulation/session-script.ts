import type { SegmentRole } from '../body/segment-role.ts';
import {
  EXERCISE_IDS,
  RANGE_TEST_IDS,
  matchSensorSet,
  motionBySlug,
  motionDefinition,
} from '../exercise/motion-definitions.ts';
import type { ExerciseId, Side } from '../exercise/motion-definition.ts';
import type { PerformanceStyle } from './performance-style.ts';

/** What happens in a simulated session: the guided steps, then these sets. */
export interface SessionScript {
  readonly name: string;
  readonly sets: readonly ScriptSet[];
}

export interface ScriptSet {
  readonly exerciseId: ExerciseId;
  /** Null: both directions, taking turns. */
  readonly side: Side | null;
  /** Excursions altogether. */
  readonly repetitions: number;
  /** How the person does it; missing: the usual way. */
  readonly style?: PerformanceStyle;
  /** Known to the app of both directions, rad; missing: nothing is. */
  readonly personalMaximumRad?: number;
}

export const LARGEST_REPETITION_COUNT = 200;
const LARGEST_SET_COUNT = 50;

/** The script of one motion by name, 'session' (each motion that a range is tested with, in turn), or null. */
export function builtInScript(name: string, repetitions: number): SessionScript | null {
  const definition = motionBySlug(name);
  if (definition !== null)
    return { name, sets: [{ exerciseId: definition.exerciseId, side: null, repetitions }] };
  if (name !== 'session') return null;
  return { name, sets: RANGE_TEST_IDS.map((exerciseId) => ({ exerciseId, side: null, repetitions })) };
}

export function builtInScriptNames(): readonly string[] {
  return [...EXERCISE_IDS.map((id) => motionDefinition(id).slug), 'session'];
}

/**
 * Reads a script from JSON: `{"sets": [{"motion": "seated-rotation", "side": "both", "repetitions": 6}]}`.
 *
 * @param defaultRepetitions for sets that state none
 * @returns the script, or one line that names the field at fault
 */
export function readSessionScript(
  json: unknown,
  name: string,
  defaultRepetitions: number,
): SessionScript | string {
  if (!isRecord(json)) return 'the script is not an object with a list "sets"';
  const { sets } = json;
  if (!Array.isArray(sets) || sets.length === 0) return 'sets: a list of at least one set is needed';
  if (sets.length > LARGEST_SET_COUNT) return `sets: more than ${LARGEST_SET_COUNT}`;
  const read: ScriptSet[] = [];
  for (const [i, entry] of sets.entries()) {
    const set = readSet(entry as unknown, defaultRepetitions);
    if (typeof set === 'string') return `sets[${i}]${set}`;
    read.push(set);
  }
  return { name, sets: read };
}

/** The sets that a kit can measure, each arm movement as a set of the arm that wears a sensor. */
export function setsForKit(script: SessionScript, roles: readonly SegmentRole[]): ScriptSet[] {
  return script.sets.flatMap((set): ScriptSet[] => {
    const definition = motionDefinition(set.exerciseId);
    const sides: readonly (Side | null)[] =
      definition.oneSideASet && set.side === null ? ['left', 'right'] : [set.side];
    return sides
      .filter((side) => matchSensorSet(definition, roles, side) !== null)
      .map((side) => ({ ...set, side }));
  });
}

const SET_FIELDS: readonly string[] = ['motion', 'side', 'repetitions'];

function readSet(entry: unknown, defaultRepetitions: number): ScriptSet | string {
  if (!isRecord(entry)) return ': not an object';
  const foreign = Object.keys(entry).find((key) => !SET_FIELDS.includes(key));
  if (foreign !== undefined) return `.${foreign}: not known; a set has ${SET_FIELDS.join(', ')}`;
  const motion = entry['motion'];
  const definition = typeof motion === 'string' ? motionBySlug(motion) : null;
  if (definition === null) return `.motion: ${JSON.stringify(motion)} is not a motion`;
  const side = entry['side'] ?? 'both';
  if (side !== 'both' && side !== 'left' && side !== 'right')
    return `.side: ${JSON.stringify(side)} is not left, right or both`;
  if (side !== 'both' && !definition.directions.some((direction) => direction.side === side))
    return `.side: ${definition.slug} has no ${side}`;
  const repetitions = entry['repetitions'] ?? defaultRepetitions;
  if (
    typeof repetitions !== 'number' ||
    !Number.isInteger(repetitions) ||
    repetitions < 1 ||
    repetitions > LARGEST_REPETITION_COUNT
  )
    return `.repetitions: ${JSON.stringify(repetitions)} is not 1 to ${LARGEST_REPETITION_COUNT}`;
  return { exerciseId: definition.exerciseId, side: side === 'both' ? null : side, repetitions };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
