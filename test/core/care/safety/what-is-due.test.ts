import { describe, expect, it } from 'vitest';
import type { CareEvent } from '../../../../src/core/care/care-journal.ts';
import type { MeasureId } from '../../../../src/core/care/outcomes/outcome-event.ts';
import { safetyStatus } from '../../../../src/core/care/safety/safety-status.ts';
import { full, journalOf, momentAt, one, short } from './journal-of.ts';

const statusAt = (hours: number, ...written: readonly (readonly [number, CareEvent])[]) =>
  safetyStatus(journalOf(...written), momentAt(hours));
const measured = (measureId: MeasureId, value: number): CareEvent => ({
  kind: 'measureAnswered',
  measureId,
  value,
  language: 'en',
  wordsVersion: '1',
});

describe('before a session', () => {
  it('takes one form for one session, whether the session was finished or not', () => {
    const begun: CareEvent = { kind: 'sessionBegun' };
    const day = [
      [0, full()],
      [24, short()],
    ] as const;
    expect(statusAt(24.1, ...day).due).toBe('nothing');
    expect(statusAt(24.1, ...day, [24.05, begun]).due).toBe('short');
    expect(statusAt(24.2, ...day, [24.05, begun], [24.1, short()]).due).toBe('nothing');
    expect(statusAt(0.2, [0, full()], [0.1, begun]).due).toBe('short');
  });
});

describe('answers to measures', () => {
  it('asks about stiff mornings after more than half an hour of them, unless that was told already', () => {
    const minutes = (value: number) => measured('stiff.minutes', value);
    expect(statusAt(0.2, [0, full()], [0.1, minutes(30)])).toMatchObject({ due: 'nothing', asked: [] });
    expect(statusAt(0.2, [0, full()], [0.1, minutes(31)])).toMatchObject({ due: 'asked', asked: ['R-14'] });
    const told = full({ 'R-14': ['stiff30', 'under45'] });
    expect(statusAt(0.2, [0, told], [0.1, minutes(60)]).asked).toEqual([]);
    const answered = one('single', { 'R-14': ['stiff30', 'under45'] });
    expect(statusAt(0.3, [0, full()], [0.1, minutes(45)], [0.2, answered])).toMatchObject({
      lock: null,
      asked: [],
    });
    const three = one('single', { 'R-14': ['stiff30', 'under45', 'over3months'] });
    expect(statusAt(0.3, [0, full()], [0.1, minutes(45)], [0.2, three]).lock?.action).toBe('review');
  });

  it('asks about heart, lung and clots when breathing has become two points harder', () => {
    const ease = (value: number) => measured('breathease', value);
    const first = [
      [0, full()],
      [0.1, ease(8)],
    ] as const;
    expect(statusAt(0.3, ...first, [0.2, ease(7)])).toMatchObject({ due: 'nothing', asked: [] });
    const harder = [...first, [0.2, ease(6)]] as const;
    expect(statusAt(0.3, ...harder)).toMatchObject({ due: 'asked', asked: ['R-01', 'R-05', 'R-25'] });
    expect(statusAt(0.5, ...harder, [0.4, one('single', { 'R-01': ['no'], 'R-05': ['no'] })]).asked).toEqual([
      'R-25',
    ]);
    // Answered one by one they are answered; the short form of the session comes as ever.
    const all = one('single', { 'R-01': ['no'], 'R-05': ['no'], 'R-25': ['no'] });
    expect(statusAt(0.5, ...harder, [0.4, all])).toMatchObject({ due: 'short', asked: [] });
    expect(statusAt(0.5, ...harder, [0.4, short()])).toMatchObject({ due: 'nothing', asked: [] });
    // Two steps of one point are two points.
    expect(statusAt(0.4, ...first, [0.2, ease(7)], [0.3, ease(6)]).asked).toHaveLength(3);
  });
});
