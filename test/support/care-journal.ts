import type { CareEvent, CareMoment, JournalEntry } from '../../src/core/care/care-journal.ts';
import { MEASURE_WORDS_VERSION } from '../../src/core/care/outcomes/measure-definition.ts';
import type { MeasureId } from '../../src/core/care/outcomes/outcome-event.ts';
import type { RangeReport } from '../../src/core/care/programme/programme-event.ts';

export const DAY_MS = 24 * 3600 * 1000;

export function momentOf(day: number): CareMoment {
  return { day, utcMs: day * DAY_MS };
}

/** Entries in the order given, each on its day at midnight. */
export function journalOf(...events: readonly (readonly [day: number, event: CareEvent])[]): JournalEntry[] {
  return events.map(([day, event], order) => ({ order, day, atUtcMs: day * DAY_MS, event }));
}

export function answer(measureId: MeasureId, value: number | null): CareEvent {
  return { kind: 'measureAnswered', measureId, value, language: 'en', wordsVersion: MEASURE_WORDS_VERSION };
}

export function rangeReport(
  valueDeg: number,
  { metric = 'locked.rotation', layout = 'UB+LB', side = 'left' as RangeReport['side'] } = {},
): RangeReport {
  return { metric, side, layout, valueDeg, intervalDeg: [valueDeg - 3, valueDeg + 3] };
}

export function sessionWith(ranges: readonly RangeReport[]): CareEvent {
  return {
    kind: 'sessionDone',
    sessionId: null,
    session: 'tests',
    painBefore: null,
    painAfter: null,
    ease: null,
    exercises: [],
    ranges,
    durationS: 600,
    donningS: null,
  };
}
