import type { QualityFlagName } from '../quality/quality-flag.ts';
import type { SessionResult, SetResult, SideBest } from '../pipeline/session-result.ts';

/** What two computations of one recording say of one side of one set. */
export interface RangeBeforeAfter {
  /** Place of the set in the session. */
  readonly setIndex: number;
  readonly exerciseId: SetResult['exerciseId'];
  readonly side: SideBest['side'];
  /** Null where one of the two found no range. */
  readonly before: SideBest | null;
  readonly after: SideBest | null;
}

/** The same recording, computed by two engines: everything that a person was told of it. */
export interface EngineChange {
  readonly engineBefore: string;
  readonly engineAfter: string;
  readonly ranges: readonly RangeBeforeAfter[];
  readonly countedBefore: number;
  readonly countedAfter: number;
  /** Names of quality flags that only one of the two raised. */
  readonly flagsGone: readonly QualityFlagName[];
  readonly flagsNew: readonly QualityFlagName[];
  /** Largest difference of a mean of best moves, rad; 0 where none differs. */
  readonly largestRad: number;
}

/** Side by side what an earlier engine said and what another says now. Sets are matched by their order. */
export function compareEngines(before: SessionResult, after: SessionResult): EngineChange {
  const ranges: RangeBeforeAfter[] = [];
  for (let i = 0; i < Math.max(before.sets.length, after.sets.length); i++) {
    const was = before.sets.at(i),
      is = after.sets.at(i);
    const exerciseId = (is ?? was)?.exerciseId;
    if (exerciseId === undefined) continue;
    const sides = new Set([...(was?.best ?? []), ...(is?.best ?? [])].map(({ side }) => side));
    for (const side of sides)
      ranges.push({ setIndex: i, exerciseId, side, before: bestOf(was, side), after: bestOf(is, side) });
  }
  const flagsBefore = flagNames(before),
    flagsAfter = flagNames(after);
  return {
    engineBefore: before.engineVersion,
    engineAfter: after.engineVersion,
    ranges,
    countedBefore: countedMoves(before),
    countedAfter: countedMoves(after),
    flagsGone: [...flagsBefore].filter((name) => !flagsAfter.has(name)),
    flagsNew: [...flagsAfter].filter((name) => !flagsBefore.has(name)),
    largestRad: Math.max(
      0,
      ...ranges.map((range) =>
        range.before !== null && range.after !== null
          ? Math.abs(range.after.meanBest3Rad - range.before.meanBest3Rad)
          : 0,
      ),
    ),
  };
}

/** Whether two results say the same, number for number, by the same engine. */
export function isSameResult(a: SessionResult, b: SessionResult): boolean {
  return sameValue(a, b);
}

/** Less than this of what was heard, and packets are missing: no engine leaves out as much. */
const WHOLE_SHARE = 0.99;

/**
 * Whether a computation had all of the recording that an earlier one had. Where the disk was full, or packets were given up
 * for room, a new result would know less than what is known already, and must not take its place.
 */
export function knowsAsMuch(now: SessionResult, before: SessionResult | null): boolean {
  return sampleCount(now) >= WHOLE_SHARE * (before === null ? 0 : sampleCount(before));
}

function sampleCount({ sensors }: SessionResult): number {
  return sensors.reduce((sum, sensor) => sum + sensor.sampleCount, 0);
}

function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(Reflect.get(a, key), Reflect.get(b, key)))
  );
}

function bestOf(set: SetResult | undefined, side: SideBest['side']): SideBest | null {
  return set?.best.find((one) => one.side === side) ?? null;
}

function countedMoves({ sets }: SessionResult): number {
  return sets.reduce((sum, set) => sum + set.repetitions.filter(({ counted }) => counted).length, 0);
}

function flagNames({ flags }: SessionResult): Set<QualityFlagName> {
  return new Set(flags.map(({ name }) => name));
}
