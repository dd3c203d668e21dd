import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { knownSensors, parseKnownSensors, rememberSensor } from '../../src/ui/stores/known-sensors.ts';

let kept: Map<string, string>;

beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('known sensors', () => {
  it('keep their places, one each', () => {
    rememberSensor('upperBack', 'a');
    rememberSensor('lowerBack', 'b');
    expect([...knownSensors()]).toEqual([
      ['upperBack', 'a'],
      ['lowerBack', 'b'],
    ]);
    rememberSensor('lowerBack', 'a');
    expect([...knownSensors()]).toEqual([['lowerBack', 'a']]);
  });

  it.each([null, '', '3', 'null', '[]', '{"upperBack":3,"nose":"a"}', '{"upperBack":""}', '{'])(
    'are none where what was kept is not theirs: %s',
    (text) => {
      expect([...parseKnownSensors(text)]).toEqual([]);
    },
  );

  it('are none in a window that keeps nothing', () => {
    vi.stubGlobal('localStorage', undefined);
    rememberSensor('upperBack', 'a');
    expect([...knownSensors()]).toEqual([]);
  });
});
