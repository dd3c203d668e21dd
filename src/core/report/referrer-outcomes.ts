import { painWeeks, type Verdict } from '../care/outcomes/change-verdict.ts';
import { isMeaningfulChange } from '../care/outcomes/meaningful-change.ts';
import { answered, type AnswersByMeasure } from '../care/outcomes/measure-answers.ts';
import type { DayScore } from '../care/outcomes/outcome-score.ts';
import { PAIN_CHANGE } from '../care/outcomes/outcome-thresholds.ts';
import type { ProgressSeries, ProgressTile, SeriesName } from '../care/outcomes/progress-tiles.ts';

/** Whether the latest change is one that people in studies called worth it. */
export type Worth =
  | 'reached'
  | 'notReached'
  /** As large, and still within what chance makes. */
  | 'withinChance'
  /** The start leaves no room for such a drop. */
  | 'lowFromStart'
  /** No published threshold for these words. */
  | 'notKnown'
  /** A single answer: there is no change yet. */
  | 'tooEarly';

/** Answers of 0 to 10: the start, now, and what may be said. They have no interval: nobody measured, the person said. */
export interface OutcomeRow {
  readonly name: SeriesName | { readonly kind: 'worstPain' };
  readonly helpful: 1 | -1;
  readonly latest: DayScore;
  /** Null while there is a single answer. */
  readonly first: DayScore | null;
  /** Latest less first. */
  readonly change: number | null;
  /** A smaller change could be chance; null: no verdict is given. */
  readonly needed: number | null;
  readonly verdict: Verdict | null;
  readonly worth: Worth;
}

/** Pain first, as a referrer reads. */
export function outcomeRows(
  tiles: readonly ProgressTile[],
  answers: AnswersByMeasure,
  today: number,
): readonly OutcomeRow[] {
  const judged = tiles
    .filter(({ id }) => id !== 'movement')
    .flatMap(({ series }) => series.filter(({ unit, verdict }) => unit === 'points' && verdict !== null))
    .flatMap(ofSeries);
  const worst = worstPain(answers, today);
  const at = judged.findLastIndex(({ name }) => isPain(name)) + 1;
  return worst === null ? judged : judged.toSpliced(at, 0, worst);
}

function isPain(name: OutcomeRow['name']): boolean {
  return name.kind === 'painWeek' || name.kind === 'painReview';
}

function ofSeries({ name, helpful, points, start, needed, verdict }: ProgressSeries): readonly OutcomeRow[] {
  const last = points.at(-1);
  if (last === undefined) return [];
  const latest = { day: last.day, value: last.value };
  const first = start === null || start.day === latest.day ? null : start;
  return [
    {
      name,
      helpful,
      latest,
      first,
      change: first === null ? null : latest.value - first.value,
      needed,
      verdict,
      worth: worthOf(name, helpful, first, latest, needed),
    },
  ];
}

function worthOf(
  name: OutcomeRow['name'],
  helpful: 1 | -1,
  first: DayScore | null,
  latest: DayScore,
  needed: number | null,
): Worth {
  if (name.kind === 'worstPain' || isMeaningfulChange(name, 0, 0) === null) return 'notKnown';
  if (first === null) return 'tooEarly';
  const better = helpful * (latest.value - first.value);
  if (isPain(name) && first.value < PAIN_CHANGE.lowBelow) return 'lowFromStart';
  if (isMeaningfulChange(name, first.value, better) !== true) return 'notReached';
  return needed !== null && better < needed ? 'withinChance' : 'reached';
}

/** Means of whole weeks, as average pain is compared; nothing is judged by it. */
function worstPain(answers: AnswersByMeasure, today: number): OutcomeRow | null {
  const { weeks, start } = painWeeks(answered(answers, 'pain.worst24'), today);
  const latest = weeks.at(-1);
  if (latest === undefined) return null;
  const first = start === null || start.day === latest.day ? null : start;
  return {
    name: { kind: 'worstPain' },
    helpful: -1,
    latest,
    first,
    change: first === null ? null : latest.value - first.value,
    needed: null,
    verdict: null,
    worth: 'notKnown',
  };
}
