/** What a finished session says, ready for words. Pure. */
import type { LibraryExerciseId } from '../core/exercise/exercise-library.ts';
import { isRangeRecord } from '../core/exercise/personal-maximum.ts';
import type { RepetitionForm } from '../core/exercise/repetition-form.ts';
import type { RepetitionReason, RepetitionResult } from '../core/exercise/repetition-result.ts';
import type {
  SessionResult,
  SetResult,
  SideBest,
  UnmeasuredSetResult,
} from '../core/pipeline/session-result.ts';

/** The moves that a best value is the mean of, largest first: those that its set's `best` was made from. */
export function bestMoves(
  set: Pick<SetResult, 'repetitions'>,
  side: SideBest['side'],
  flags: SessionResult['flags'],
): RepetitionResult[] {
  return set.repetitions
    .filter((one) => one.side === side && isRangeRecord(one) && !isImplausible(one, flags))
    .sort((one, other) => other.peakRad - one.peakRad)
    .slice(0, 3);
}

/** A peak that no body reaches: noted beside the move, which counts, but is no range. */
function isImplausible({ peakMs }: RepetitionResult, flags: SessionResult['flags']): boolean {
  return flags.some((flag) => flag.name === 'IMPLAUSIBLE' && flag.startMs <= peakMs && flag.endMs >= peakMs);
}

/** Why a move is not among the best of its side; nothing where it was only smaller than those. */
export function leftOutBecause(
  repetition: RepetitionResult,
  flags: SessionResult['flags'],
): readonly (RepetitionReason | 'implausible')[] {
  if (!isRangeRecord(repetition)) return repetition.reasons;
  return isImplausible(repetition, flags) ? ['implausible'] : [];
}

/**
 * How many moves a mean of best values was taken from, 1 to 3; null where the sides differ.
 * @param best of `repetitions`
 */
export function movesBehind(
  best: readonly SideBest[],
  repetitions: readonly RepetitionResult[],
): number | null {
  const counts = best.map(({ side }) =>
    Math.min(3, repetitions.filter((one) => one.side === side && isRangeRecord(one)).length),
  );
  return counts.every((count) => count === counts[0]) ? (counts[0] ?? null) : null;
}

/** The set whose best values stand for the session: the test where there is one. */
export function headlineSet(result: SessionResult): SetResult | null {
  return result.sets.find((set) => set.plan.test && set.best.length > 0) ?? result.sets[0] ?? null;
}

const USUAL_DAYS = 7;

/** Sessions before this moment say nothing of what is usual now. */
export function usualPainFromUtc(nowMs: number): string {
  return new Date(nowMs - 86_400_000 * USUAL_DAYS).toISOString();
}

/** Mean pain at the beginning of the sessions of the last seven days, 0 to 10; null where none said it. */
export function usualPain(
  sessions: readonly { readonly startedAtUtc: string; readonly result: SessionResult | null }[],
  nowMs: number,
): number | null {
  const said = sessions.flatMap(({ startedAtUtc, result }) => {
    const ageDays = (nowMs - Date.parse(startedAtUtc)) / 86_400_000;
    const pain = result?.painBefore ?? null;
    return pain !== null && ageDays >= 0 && ageDays <= USUAL_DAYS ? [pain] : [];
  });
  return said.length === 0 ? null : said.reduce((sum, pain) => sum + pain, 0) / said.length;
}

/** The tests of a session that gave a value, measured or by the clock. */
export function testsIn(result: SessionResult | null): LibraryExerciseId[] {
  const measured = result?.sets.filter((set) => set.plan.test && set.best.length > 0) ?? [];
  const timed = result?.unmeasuredSets?.filter((set) => set.test === true && set.holds !== undefined) ?? [];
  return [...measured, ...timed].map(({ exerciseId }) => exerciseId);
}

/**
 * The tests that use up those of a day: done on it, or on the day before where that was the very first. What the first
 * two leave over follows from the second day after it on (clinical page, 1.7).
 */
export function testsAgainst(
  sessions: readonly { readonly startedAtUtc: string; readonly result: SessionResult | null }[],
  now: Date,
): LibraryExerciseId[] {
  const dayOf = (utcMs: number): string => new Date(utcMs).toDateString();
  const tested = sessions
    .map(({ startedAtUtc, result }) => ({ atMs: Date.parse(startedAtUtc), ids: testsIn(result) }))
    .filter(({ ids }) => ids.length > 0);
  const firstDay = dayOf(Math.min(...tested.map(({ atMs }) => atMs)));
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).toDateString();
  return tested
    .filter(
      ({ atMs }) =>
        dayOf(atMs) === now.toDateString() || (dayOf(atMs) === firstDay && firstDay === yesterday),
    )
    .flatMap(({ ids }) => ids);
}

/** Every exercise that a session held, measured or by the clock. */
export function exercisesOf(result: SessionResult | null): LibraryExerciseId[] {
  return [...(result?.sets ?? []), ...(result?.unmeasuredSets ?? [])].map(({ exerciseId }) => exerciseId);
}

/** What a session is called by: the exercise of its headline set, or the first that went by the clock; null without any. */
export function headlineExercise(result: SessionResult): LibraryExerciseId | null {
  return headlineSet(result)?.exerciseId ?? result.unmeasuredSets?.[0]?.exerciseId ?? null;
}

/** For each exercise the sets whose best values stand for it, in the order done; those without any value are left out. */
export function headlineSets(result: SessionResult): SetResult[] {
  const ids = [...new Set(result.sets.map((set) => set.exerciseId))];
  return ids.flatMap((id) => {
    const sets = result.sets.filter((set) => set.exerciseId === id && set.best.length > 0);
    const tests = sets.filter((set) => set.plan.test);
    return tests.length > 0 ? tests : sets.slice(0, 1);
  });
}

/** Less of a set by the clock was done than it began with; unknown, and so not said, of what earlier versions wrote. */
export function isStoppedEarly({ planned, repetitions, seconds }: UnmeasuredSetResult): boolean {
  return planned !== undefined && (repetitions < planned.repetitions || seconds < planned.seconds);
}

export interface CountSummary {
  readonly counted: number;
  readonly total: number;
  /** Why moves did not count, most frequent first. */
  readonly reasons: readonly { readonly reason: RepetitionReason; readonly count: number }[];
}

export function countSummary(result: SessionResult): CountSummary {
  const all = result.sets.flatMap((set) => set.repetitions);
  const reasons = new Map<RepetitionReason, number>();
  for (const repetition of all) {
    const first = repetition.counted ? undefined : repetition.reasons[0];
    if (first !== undefined) reasons.set(first, (reasons.get(first) ?? 0) + 1);
  }
  return {
    counted: all.filter((repetition) => repetition.counted).length,
    total: all.length,
    reasons: [...reasons].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
  };
}

/** Largest difference between the best values of two computations of one session, rad; null without a common one. */
export function largestDifferenceRad(a: SessionResult, b: SessionResult): number | null {
  const differences = a.sets.flatMap((set, i) =>
    set.best.flatMap((best) => {
      const other = b.sets[i]?.best.find(({ side }) => side === best.side);
      return other === undefined ? [] : [Math.abs(best.meanBest3Rad - other.meanBest3Rad)];
    }),
  );
  return differences.length === 0 ? null : Math.max(...differences);
}

/** Mean form of repetitions; null where none of them shows it. */
export function meanForm(repetitions: readonly RepetitionResult[]): RepetitionForm {
  const mean = (of: (form: RepetitionForm) => number | null): number | null => {
    const known = repetitions.flatMap(({ form }) => {
      const value = form === undefined ? null : of(form);
      return value === null ? [] : [value];
    });
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  return {
    purity: mean((form) => form.purity),
    smoothness: mean((form) => form.smoothness),
    ownShare: mean((form) => form.ownShare),
  };
}

/** What became of the zero between a set's still start and its still end. */
export interface DriftAudit {
  /** Angle between the two, rad; null without a still end. */
  readonly closureRad: number | null;
  /** Moves from which a drift was taken out, and moves that it spoiled. */
  readonly corrected: number;
  readonly leftOut: number;
}

export function driftAudit(set: SetResult): DriftAudit {
  const having = (reason: RepetitionReason): number =>
    set.repetitions.filter((one) => one.reasons.includes(reason)).length;
  return {
    closureRad: set.neutralClosureRad,
    corrected: having('driftCorrected'),
    leftOut: having('driftTooLarge'),
  };
}
