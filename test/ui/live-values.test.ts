import { describe, expect, it } from 'vitest';
import { RAD_PER_DEG } from '../../src/core/math/angle.ts';
import { LIVE_FRAME, LIVE_SENSOR } from '../../src/core/pipeline/live-frame.ts';
import { bandDegrees, frameAgeMs, wholeDegrees } from '../../src/ui/live-values.ts';
import { parsePreferences } from '../../src/ui/stores/preferences-store.ts';

function frameAt(...sensorHostTimesMs: number[]): Float64Array {
  const frame = new Float64Array(LIVE_FRAME.length).fill(NaN);
  frame[LIVE_FRAME.hostTimeMs] = Math.max(...sensorHostTimesMs);
  for (const [index, timeMs] of sensorHostTimesMs.entries())
    frame[LIVE_FRAME.sensors + index * LIVE_SENSOR.stride + LIVE_SENSOR.hostTimeMs] = timeMs;
  return frame;
}

describe('age of the values', () => {
  it('is that of the slowest worn sensor', () => {
    expect(frameAgeMs(frameAt(1000, 400), [0, 1], 1010)).toBe(610);
    expect(frameAgeMs(frameAt(1000, 400), [0], 1010)).toBe(10);
  });

  it('is without end before the first packet of a worn sensor', () => {
    expect(frameAgeMs(null, [0], 5)).toBe(Infinity);
    expect(frameAgeMs(frameAt(1000), [0, 1], 1010)).toBe(Infinity);
  });
});

describe('degrees on the screen', () => {
  it('shows sizes, and nothing for what is not known', () => {
    expect(wholeDegrees(-24.4 * RAD_PER_DEG)).toBe('24');
    expect(wholeDegrees(NaN)).toBeNull();
    expect(bandDegrees(undefined)).toBeNull();
  });

  it('never makes a band look narrower than it is', () => {
    expect(bandDegrees(3.2 * RAD_PER_DEG)).toBe('4');
    expect(bandDegrees(0.1 * RAD_PER_DEG)).toBe('1');
  });
});

describe('kept choices', () => {
  it.each(['{', '[]', 'null', '"x"', '{"theme":"pink","door":7}'])('falls back on %s', (text) => {
    expect(parsePreferences(text, ['pt-BR'])).toEqual({
      door: null,
      theme: 'system',
      sound: 'tones',
      vibration: true,
      kit: null,
      layout: 0,
      locale: 'pt',
    });
  });

  it('takes the first language it speaks', () => {
    expect(parsePreferences(null, ['de', 'pt-PT', 'en']).locale).toBe('pt');
    expect(parsePreferences(null, ['de']).locale).toBe('en');
  });
});
