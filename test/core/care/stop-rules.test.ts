import { describe, expect, it } from 'vitest';
import { judgeStop, judgeSymptoms, STOP_RULES } from '../../../src/core/care/stop-rules.ts';
import { painZone } from '../../../src/core/exercise/pain-zone.ts';

describe('stop rules', () => {
  it('are ten, each under its own name', () => {
    expect(Object.entries(STOP_RULES).map(([id, rule]) => id === rule.id)).toEqual(
      Array.from({ length: 10 }, () => true),
    );
  });

  it('stop a set at the button and whatever is worn on a skin that complains', () => {
    expect(judgeStop({ kind: 'stopButton' })?.rule).toBe(STOP_RULES['S-1']);
    const skin = judgeStop({ kind: 'skin', complaint: 'burning' });
    expect(skin?.rule).toBe(STOP_RULES['S-9']);
    expect(skin?.rule.next).toContain('takeSensorOff');
  });

  it('stop an exercise for pain as its zones say, and ease it at the second rise', () => {
    for (let before = 0; before <= 10; before++)
      for (let pain = 0; pain <= 10; pain++) {
        const first = judgeStop({ kind: 'painDuring', pain, before, timesEased: 1 });
        expect(first?.rule.id ?? null, `${pain} after ${before}`).toBe(
          painZone(pain, before) === 'stop' ? 'S-2' : null,
        );
      }
    expect(judgeStop({ kind: 'painDuring', pain: 4, before: 3, timesEased: 2 })?.rule.id).toBe('S-3');
    expect(judgeStop({ kind: 'painDuring', pain: 3, before: 3, timesEased: 2 })).toBeNull();
    expect(judgeStop({ kind: 'painDuring', pain: 6, before: 3, timesEased: 2 })?.rule.id).toBe('S-2');
    // Never above seven, wherever the person began.
    expect(judgeStop({ kind: 'painDuring', pain: 8, before: 8, timesEased: 0 })?.rule.id).toBe('S-2');
  });

  it('hear the gravest of several symptoms', () => {
    expect(judgeSymptoms(['dizzy', 'chestPain', 'tingling'])?.rule.id).toBe('S-5');
    expect(judgeSymptoms(['dizzy', 'tingling'])?.rule.id).toBe('S-6');
    expect(judgeSymptoms(['dizzy', 'sharpPainOnBreathing'])?.rule.id).toBe('S-7');
    expect(judgeSymptoms(['sick'])?.rule.id).toBe('S-4');
    expect(judgeSymptoms([])).toBeNull();
    for (const symptom of ['chestPain', 'breathless', 'palpitations', 'faint'] as const)
      expect(judgeStop({ kind: 'symptom', symptom })?.rule.next).toEqual(['emergencyPage']);
  });

  it('offer a gentle session to whoever starts badly', () => {
    const offered = (pain: number, weekMean: number | null): string | null =>
      judgeStop({ kind: 'painBefore', pain, weekMean })?.rule.id ?? null;
    expect(offered(7, null)).toBe('S-8');
    expect(offered(6, null)).toBeNull();
    expect(offered(5, 2)).toBe('S-8');
    expect(offered(5, 3)).toBeNull();
  });

  it('end the session after a fall, with a question first', () => {
    const fall = judgeStop({ kind: 'fallSuspected' });
    expect(fall?.rule.stops).toBe('session');
    expect(fall?.rule.next).toEqual(['askAreYouAllRight']);
  });
});
