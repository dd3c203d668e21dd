import type { MeasureId } from './outcome-event.ts';

/** Of the questions' words, kept with each answer: whoever changes what a question asks raises it. */
export const MEASURE_WORDS_VERSION = '1';

/** How a question is answered. */
export type MeasureScale =
  /** Whole points from 0 to 10 between two anchors. */
  | { readonly kind: 'points' }
  /** A whole number of minutes or days. */
  | { readonly kind: 'count'; readonly most: number }
  /** One of a list of words; kept as its place, from 0. */
  | { readonly kind: 'choice'; readonly count: number };

export type Occasion =
  | 'daily'
  /** The morning after a session, and the next one where it was still a bit higher. */
  | 'morningAfter'
  | 'weekly'
  | 'baseline'
  | 'review'
  /** After the end of the programme, every month. */
  | 'monthly'
  | 'followUp'
  /** Within a session; never due by itself. */
  | 'session';

export interface MeasureDefinition {
  readonly id: MeasureId;
  readonly scale: MeasureScale;
  /** The stretch that the question asks about. */
  readonly recall: 'now' | 'day' | 'morning' | 'week' | 'course';
  readonly when: readonly Occasion[];
  /** Weeks of the reviews that ask it; all without. */
  readonly reviewWeeks?: readonly number[];
  /** First day of the programme, from 0, on which it is asked at all; 0 without. The first day has enough to answer. */
  readonly notBeforeDay?: number;
}

const POINTS = { kind: 'points' } as const;
const REVIEWED = ['baseline', 'review'] as const;

/**
 * In the order in which they are asked. The baseline is spread over the first days: what the first sessions may change, pain
 * and the person's own hard things, on the first day, the rest on days 2 to 4 (clinical page, sections 1.7 and 3).
 */
export const MEASURES: readonly MeasureDefinition[] = [
  { id: 'pain.now', scale: POINTS, recall: 'now', when: ['session'] },
  { id: 'pain.nextday', scale: { kind: 'choice', count: 4 }, recall: 'morning', when: ['morningAfter'] },
  { id: 'pain.avg24', scale: POINTS, recall: 'day', when: ['daily'] },
  { id: 'pain.worst24', scale: POINTS, recall: 'day', when: ['daily'] },
  { id: 'stiff', scale: POINTS, recall: 'now', when: ['daily'] },
  {
    id: 'stiff.minutes',
    scale: { kind: 'count', most: 600 },
    recall: 'morning',
    when: ['weekly'],
    notBeforeDay: 2,
  },
  { id: 'pain.avg7', scale: POINTS, recall: 'week', when: [...REVIEWED, 'monthly', 'followUp'] },
  { id: 'func1', scale: POINTS, recall: 'now', when: REVIEWED },
  { id: 'func2', scale: POINTS, recall: 'now', when: REVIEWED },
  { id: 'func3', scale: POINTS, recall: 'now', when: REVIEWED },
  { id: 'int.enjoy', scale: POINTS, recall: 'week', when: REVIEWED, notBeforeDay: 3 },
  { id: 'int.activity', scale: POINTS, recall: 'week', when: REVIEWED, notBeforeDay: 3 },
  { id: 'int.work', scale: POINTS, recall: 'week', when: REVIEWED, notBeforeDay: 3 },
  { id: 'int.sleep', scale: POINTS, recall: 'week', when: REVIEWED, notBeforeDay: 3 },
  { id: 'conf', scale: POINTS, recall: 'now', when: [...REVIEWED, 'weekly'], notBeforeDay: 4 },
  { id: 'worry', scale: POINTS, recall: 'now', when: REVIEWED, notBeforeDay: 4 },
  { id: 'energy', scale: POINTS, recall: 'week', when: REVIEWED, notBeforeDay: 4 },
  { id: 'breathease', scale: POINTS, recall: 'week', when: REVIEWED, notBeforeDay: 4 },
  {
    id: 'workdays',
    scale: { kind: 'count', most: 7 },
    recall: 'week',
    when: ['weekly', 'followUp'],
    notBeforeDay: 2,
  },
  {
    id: 'medchange',
    scale: { kind: 'choice', count: 4 },
    recall: 'week',
    when: ['weekly'],
    notBeforeDay: 2,
  },
  {
    id: 'pgic',
    scale: { kind: 'choice', count: 7 },
    recall: 'course',
    when: ['review'],
    reviewWeeks: [4, 8, 12],
  },
  { id: 'sat', scale: POINTS, recall: 'course', when: ['review'], reviewWeeks: [4, 12] },
  { id: 'recommend', scale: POINTS, recall: 'course', when: ['review'], reviewWeeks: [4, 12] },
  { id: 'return', scale: { kind: 'choice', count: 3 }, recall: 'course', when: ['followUp'] },
  { id: 'ease', scale: { kind: 'choice', count: 5 }, recall: 'now', when: ['session'] },
  { id: 'adverse', scale: { kind: 'choice', count: 2 }, recall: 'now', when: ['session'] },
];

/** Ask about the person's own things, in their order. */
export const FUNCTIONS: readonly MeasureId[] = ['func1', 'func2', 'func3'];

/** Places in the list of `pain.nextday`. */
export const NEXT_MORNING = { lower: 0, same: 1, bitHigher: 2, clearlyHigher: 3 } as const;

const BY_ID = new Map(MEASURES.map((measure) => [measure.id, measure]));

/** @throws RangeError for an id that no question has */
export function measureDefinition(id: MeasureId): MeasureDefinition {
  const measure = BY_ID.get(id);
  if (measure === undefined) throw new RangeError(`${id} is no measure`);
  return measure;
}

/** Whether a value can be an answer to the question. */
export function isAnswer({ scale }: MeasureDefinition, value: number): boolean {
  const most = scale.kind === 'points' ? 10 : scale.kind === 'count' ? scale.most : scale.count - 1;
  return Number.isInteger(value) && value >= 0 && value <= most;
}
