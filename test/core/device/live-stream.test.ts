import { describe, expect, it } from 'vitest';
import { lowerCommonRateHz } from '../../../src/core/device/live-stream.ts';

const movesense = (rateHz: number) => ({ rateHz, ratesHz: [52, 104, 26, 13] });
const nano = (rateHz: number) => ({ rateHz, ratesHz: [104, 52] });

describe('the next lower rate of a kit', () => {
  it('is one that every sensor can be asked for', () => {
    expect(lowerCommonRateHz([nano(104), nano(104)])).toBe(52);
    expect(lowerCommonRateHz([movesense(52), movesense(52)])).toBe(26);
    expect(lowerCommonRateHz([nano(104), movesense(52)])).toBe(52);
    expect(lowerCommonRateHz([nano(52), movesense(52)])).toBeNull();
  });

  it('is none where it would be too low, where a sensor has but one, and without sensors', () => {
    expect(lowerCommonRateHz([movesense(26)])).toBeNull();
    expect(lowerCommonRateHz([nano(104), { rateHz: 100, ratesHz: [] }])).toBeNull();
    expect(lowerCommonRateHz([])).toBeNull();
  });
});
