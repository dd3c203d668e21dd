import { answered, type AnswersByMeasure } from './measure-answers.ts';
import { FUNCTIONS } from './measure-definition.ts';
import type { MeasureId } from './outcome-event.ts';

/** A score made of answers that belong together. */
export interface DayScore {
  readonly day: number;
  readonly value: number;
}

/** Answers of one occasion may be spread over so many days. */
const TOGETHER_DAYS = 7;

const INTERFERENCE: readonly MeasureId[] = ['int.enjoy', 'int.activity', 'pain.avg7'];

/** Mean of enjoying life, usual activities and the week's pain, 0 to 10; where all three were answered. */
export function interferenceScores(answers: AnswersByMeasure): readonly DayScore[] {
  return means(answers, INTERFERENCE, INTERFERENCE.length);
}

/** Mean of how well the person can do their own things, 0 to 10; of as many things as the first time. */
export function functionScores(answers: AnswersByMeasure): readonly DayScore[] {
  const named = FUNCTIONS.filter((id) => answered(answers, id).length > 0);
  return means(answers, named, named.length);
}

/** How the person says that they changed since the start, 1 very much worse to 7 very much better; null: not asked. */
export function globalChange(answers: AnswersByMeasure): number | null {
  const last = answered(answers, 'pgic').at(-1);
  return last === undefined ? null : last.value + 1;
}

/** Mean of satisfaction, 0 to 10; null where nobody answered. */
export function satisfaction(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Share who would suggest the programme (9 or 10) less the share who would not (0 to 6), -100 to 100. */
export function recommendScore(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const share = (isOne: (value: number) => boolean): number => values.filter(isOne).length / values.length;
  return 100 * (share((value) => value >= 9) - share((value) => value <= 6));
}

/** One mean for each stretch of days that holds all of the measures, dated by its last answer. */
function means(answers: AnswersByMeasure, ids: readonly MeasureId[], needed: number): readonly DayScore[] {
  const all = ids
    .flatMap((id) => answered(answers, id).map(({ day, value }) => ({ id, day, value })))
    .sort((a, b) => a.day - b.day);
  const scores: DayScore[] = [];
  let open = new Map<MeasureId, number>(),
    since = -Infinity;
  for (const { id, day, value } of all) {
    if (day - since >= TOGETHER_DAYS) {
      open = new Map();
      since = day;
    }
    open.set(id, value);
    if (needed === 0 || open.size < needed) continue;
    const score = { day, value: [...open.values()].reduce((sum, one) => sum + one, 0) / needed };
    // Another answer of the same occasion: the score is corrected, not repeated.
    if ((scores.at(-1)?.day ?? -Infinity) >= since) scores[scores.length - 1] = score;
    else scores.push(score);
  }
  return scores;
}
