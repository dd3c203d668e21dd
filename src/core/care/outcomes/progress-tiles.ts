import type { CareMoment, JournalEntry } from '../care-journal.ts';
import {
  familyFactor,
  painChange,
  painReviewsVerdict,
  painWeeks,
  painWeeksVerdict,
  scoreVerdict,
  type Verdict,
} from './change-verdict.ts';
import { answered, measureAnswers, type AnswersByMeasure } from './measure-answers.ts';
import type { MeasureId } from './outcome-event.ts';
import { functionScores, globalChange, interferenceScores, type DayScore } from './outcome-score.ts';
import {
  DETECTABLE_POINTS,
  FUNCTION_CHANGE,
  GLOBAL_CHANGE_RESPONDER,
  LOOKS,
  PAIN_CHANGE,
} from './outcome-thresholds.ts';
import { looksOf, rangeSeries, rangeVerdict, type RangeSeries } from './range-series.ts';

export type TileId = 'pain' | 'movement' | 'function' | 'confidence';

export interface SeriesPoint {
  readonly day: number;
  readonly value: number;
  /** 95 %, where the measurement tells; null for answers. */
  readonly interval: readonly [number, number] | null;
}

export type SeriesName =
  | { readonly kind: 'painWeek' }
  | { readonly kind: 'painReview' }
  | { readonly kind: 'function' }
  | { readonly kind: 'interference' }
  | { readonly kind: 'answers'; readonly measureId: MeasureId }
  | {
      readonly kind: 'range';
      readonly metric: RangeSeries['metric'];
      readonly side: RangeSeries['side'];
      readonly layout: RangeSeries['layout'];
    };

/** One line of a chart, and what may be said of it. */
export interface ProgressSeries {
  readonly name: SeriesName;
  readonly unit: 'points' | 'deg' | 'min';
  /** 1 where more is better, -1 where less is. */
  readonly helpful: 1 | -1;
  /** Oldest first. */
  readonly points: readonly SeriesPoint[];
  /** What the present is compared with; null before there is one. */
  readonly start: DayScore | null;
  /** Changes below it are no change; null where no verdict is given. */
  readonly needed: number | null;
  /** Null: shown without one. */
  readonly verdict: Verdict | null;
}

export interface ProgressTile {
  readonly id: TileId;
  readonly verdict: Verdict | 'mixed';
  /** Those with a verdict first. */
  readonly series: readonly ProgressSeries[];
}

/** Four tiles and never one score. Whoever shows them says `verdict` in words, and no other change. */
export function progressTiles(journal: readonly JournalEntry[], moment: CareMoment): readonly ProgressTile[] {
  const answers = measureAnswers(journal, moment);
  return [
    tile('pain', [painSeries(answers, moment.day), unjudged(answers, 'stiff', -1)]),
    tile('movement', movementSeries(rangeSeries(journal, moment))),
    tile('function', [
      scoreSeries({ kind: 'function' }, functionScores(answers), DETECTABLE_POINTS.function, 1),
      scoreSeries({ kind: 'interference' }, interferenceScores(answers), DETECTABLE_POINTS.interference, -1),
      unjudged(answers, 'int.work', -1),
    ]),
    tile('confidence', [
      scoreSeries(
        { kind: 'answers', measureId: 'conf' },
        weekly(answered(answers, 'conf')),
        DETECTABLE_POINTS.single,
        1,
      ),
      scoreSeries(
        { kind: 'answers', measureId: 'int.sleep' },
        answered(answers, 'int.sleep'),
        DETECTABLE_POINTS.single,
        -1,
      ),
      unjudged(answers, 'worry', -1),
      unjudged(answers, 'energy', 1),
      unjudged(answers, 'breathease', 1),
    ]),
  ];
}

/** Pain meaningfully less, and either more ability or the person's own word for it; null while it cannot be told. */
export function isResponder(journal: readonly JournalEntry[], moment: CareMoment): boolean | null {
  const answers = measureAnswers(journal, moment);
  const weeks = painWeeks(answered(answers, 'pain.avg24'), moment.day);
  const reviews = answered(answers, 'pain.avg7');
  const [start, ...later] = weeks.start !== null && weeks.weeks.length > 1 ? weeks.weeks : reviews;
  const now = later.at(-1);
  if (start === undefined || now === undefined) return null;
  const scores = functionScores(answers);
  const ability = (scores.at(-1)?.value ?? NaN) - (scores[0]?.value ?? NaN);
  const said = globalChange(answers);
  if (scores.length < 2 && said === null) return null;
  const change = painChange(start.value, now.value);
  return (
    (change === 'meaningful' || change === 'substantial') &&
    (ability >= FUNCTION_CHANGE.small || (said ?? 0) >= GLOBAL_CHANGE_RESPONDER)
  );
}

function tile(id: TileId, series: readonly ProgressSeries[]): ProgressTile {
  const shown = series.filter(({ points }) => points.length > 0);
  return { id, verdict: together(shown.flatMap(({ verdict }) => verdict ?? [])), series: shown };
}

/** Most certain first; better and worse side by side are not weighed against each other. */
const ORDER: readonly Verdict[] = [
  'improved',
  'declined',
  'possiblyImproved',
  'possiblyDeclined',
  'noClearChange',
  'lowFromStart',
];

function together(verdicts: readonly Verdict[]): Verdict | 'mixed' {
  if (verdicts.includes('improved') && verdicts.includes('declined')) return 'mixed';
  return ORDER.find((one) => verdicts.includes(one)) ?? 'tooEarly';
}

function painSeries(answers: AnswersByMeasure, today: number): ProgressSeries {
  const daily = answered(answers, 'pain.avg24');
  const weeks = painWeeks(daily, today);
  const reviews = answered(answers, 'pain.avg7');
  const ofWeeks = painWeeksVerdict(weeks);
  // Who seldom answers in the morning is compared by the reviews.
  if (ofWeeks === 'tooEarly' && reviews.length > 1)
    return {
      name: { kind: 'painReview' },
      unit: 'points',
      helpful: -1,
      points: reviews.map(asPoint),
      start: reviews[0] ?? null,
      needed: neededPain(reviews[0] ?? null, PAIN_CHANGE.meaningfulPoints),
      verdict: painReviewsVerdict(reviews),
    };
  return {
    name: { kind: 'painWeek' },
    unit: 'points',
    helpful: -1,
    points: weeks.weeks.map(asPoint),
    start: weeks.start,
    needed: neededPain(weeks.start, weeks.needed),
    verdict: daily.length === 0 ? null : ofWeeks,
  };
}

function neededPain(start: DayScore | null, needed: number): number {
  return Math.max(needed, PAIN_CHANGE.meaningfulShare * (start?.value ?? 0));
}

/** Kits are never joined: the one used last tells, and those before it stay to be seen. */
function movementSeries(all: readonly RangeSeries[]): readonly ProgressSeries[] {
  const present = all.filter(
    (series) =>
      series.detectableDeg !== null &&
      all.every(
        (other) =>
          other.metric !== series.metric ||
          other.side !== series.side ||
          lastDay(other) < lastDay(series) ||
          other === series ||
          (lastDay(other) === lastDay(series) && all.indexOf(other) < all.indexOf(series)),
      ),
  );
  const factor = familyFactor(present.length);
  return [...present, ...all.filter((series) => !present.includes(series))].map((series) => {
    const { metric, side, layout, tests, detectableDeg } = series;
    const isPresent = present.includes(series);
    const first = looksOf(tests)[0];
    return {
      name: { kind: 'range', metric, side, layout },
      unit: 'deg',
      helpful: 1,
      points: tests.map(({ day, valueDeg, intervalDeg }) => ({
        day,
        value: valueDeg,
        interval: intervalDeg,
      })),
      start: first === undefined ? null : { day: first.day, value: first.valueDeg },
      needed: isPresent && detectableDeg !== null ? factor * detectableDeg : null,
      verdict: isPresent ? rangeVerdict(series, factor) : null,
    };
  });
}

function lastDay({ tests }: RangeSeries): number {
  return tests.at(-1)?.day ?? -Infinity;
}

function scoreSeries(
  name: SeriesName,
  scores: readonly DayScore[],
  detectable: number,
  helpful: 1 | -1,
): ProgressSeries {
  // Each of these tiles looks at two things at once.
  const needed = familyFactor(2) * detectable;
  return {
    name,
    unit: 'points',
    helpful,
    points: scores.map(asPoint),
    start: scores[0] ?? null,
    needed,
    verdict: scoreVerdict(scores, needed, helpful),
  };
}

/** Shown beside the others, without a verdict. */
function unjudged(answers: AnswersByMeasure, measureId: MeasureId, helpful: 1 | -1): ProgressSeries {
  const given = answered(answers, measureId);
  return {
    name: { kind: 'answers', measureId },
    unit: 'points',
    helpful,
    points: given.map(asPoint),
    start: given[0] ?? null,
    needed: null,
    verdict: null,
  };
}

/** The first answer, and from its second week on the last one of each: no week is looked at twice. */
function weekly(scores: readonly DayScore[]): readonly DayScore[] {
  const weekOf = ({ day }: DayScore): number => Math.floor((day - (scores[0]?.day ?? 0)) / LOOKS.weekDays);
  return scores.filter((score, i) => {
    const next = scores[i + 1];
    return i === 0 || (weekOf(score) > 0 && (next === undefined || weekOf(next) > weekOf(score)));
  });
}

function asPoint({ day, value }: DayScore): SeriesPoint {
  return { day, value, interval: null };
}
