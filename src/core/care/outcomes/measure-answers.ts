import type { CareMoment, JournalEntry } from '../care-journal.ts';
import type { Intake } from '../intake/intake-event.ts';
import { isAnswer, measureDefinition } from './measure-definition.ts';
import type { MeasureId } from './outcome-event.ts';
import { trustedDays } from '../journal-days.ts';

/** What was answered on one day. */
export interface DayAnswer {
  readonly day: number;
  /** Null: skipped. */
  readonly value: number | null;
}

/** One answer a day and measure, oldest first: the last one written, unless it was skipped after an answer. */
export type AnswersByMeasure = ReadonlyMap<MeasureId, readonly DayAnswer[]>;

/** What coming in asked in the same words: it is not asked again on that day. */
const FROM_INTAKE: readonly (readonly [keyof Intake, MeasureId])[] = [
  ['painNow', 'pain.now'],
  ['painAverage24h', 'pain.avg24'],
  ['painWorst24h', 'pain.worst24'],
  ['confidence', 'conf'],
  ['worry', 'worry'],
];

/** Values that no answer can have, as a file edited by hand may hold, are passed over. */
export function measureAnswers(journal: readonly JournalEntry[], moment: CareMoment): AnswersByMeasure {
  const days = trustedDays(journal, moment);
  const answers = new Map<MeasureId, DayAnswer[]>();
  const write = (id: MeasureId, day: number, value: number | null): void => {
    if (value !== null && !isAnswer(measureDefinition(id), value)) return;
    const own = answers.get(id) ?? [];
    answers.set(id, own);
    const last = own.at(-1);
    if (last?.day !== day) own.push({ day, value });
    else if (value !== null) own[own.length - 1] = { day, value };
  };
  journal.forEach(({ event }, i) => {
    const day = days[i] ?? moment.day;
    if (event.kind === 'measureAnswered') write(event.measureId, day, event.value);
    else if (event.kind === 'intakeAnswered')
      for (const [field, id] of FROM_INTAKE) {
        const value = event.answers[field];
        if (typeof value === 'number') write(id, day, value);
      }
  });
  return answers;
}

/** Those that were answered, skips left out. */
export function answered(
  answers: AnswersByMeasure,
  id: MeasureId,
): readonly { readonly day: number; readonly value: number }[] {
  return (answers.get(id) ?? []).flatMap(({ day, value }) => (value === null ? [] : [{ day, value }]));
}
