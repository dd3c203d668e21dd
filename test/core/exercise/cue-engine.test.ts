import { describe, expect, it } from 'vitest';
import { CueEngine } from '../../../src/core/exercise/cue-engine.ts';
import { createMeasuredInstant } from '../../../src/core/exercise/measured-instant.ts';
import {
  COMPENSATION_SIGNALS,
  CUE_CODES,
  type CompensationSignal,
} from '../../../src/core/exercise/cue-rules.ts';
import { motionDefinition } from '../../../src/core/exercise/motion-definitions.ts';

const RAD = Math.PI / 180;

function signals(values: Partial<Record<CompensationSignal, number>>): Float64Array {
  return Float64Array.from(COMPENSATION_SIGNALS, (name) => (values[name] ?? NaN) * RAD);
}

function hold(engine: CueEngine, fromMs: number, seconds: number, values: Float64Array, speed = 0): string[] {
  const said: string[] = [];
  for (let t = 0; t < seconds; t += 0.01) {
    const now = { ...createMeasuredInstant(), timeMs: fromMs + 1000 * t, speedRadPerS: speed };
    const cue = engine.step(now, values, true);
    if (cue !== null) said.push(cue);
  }
  return said;
}

describe('cue engine', () => {
  it('speaks after half a second, once per repetition', () => {
    const engine = new CueEngine(motionDefinition('E01'), 'left', 100);
    expect(hold(engine, 0, 0.4, signals({ upperFlexion: 14 }))).toEqual([]);
    expect(hold(engine, 400, 3, signals({ upperFlexion: 14 }))).toEqual(['liftBreastbone']);
    expect(engine.level).toBe(0.5);
  });

  it('puts a failed compensation before a warned one, and haste between', () => {
    const both = signals({ upperFlexion: 14, upperSideBend: 20 });
    expect(hold(new CueEngine(motionDefinition('E01'), null, 100), 0, 1, both)).toEqual(['growTall']);
    expect(
      hold(new CueEngine(motionDefinition('E01'), null, 100), 0, 1, signals({ upperFlexion: 14 }), 2),
    ).toEqual(['slower']);
  });

  it('says nothing of what no worn sensor shows', () => {
    const engine = new CueEngine(motionDefinition('E01'), null, 100);
    expect(hold(engine, 0, 2, signals({}))).toEqual([]);
    expect(engine.level).toBeNull();
  });

  it('reads "away" from the arm that moves', () => {
    const right = new CueEngine(motionDefinition('E11'), 'right', 100);
    expect(hold(right, 0, 1, signals({ upperSideBend: -10 }))).toEqual(['reachUp']);
    const left = new CueEngine(motionDefinition('E11'), 'left', 100);
    expect(hold(left, 0, 1, signals({ upperSideBend: -10 }))).toEqual([]);
  });

  it('lists every code once', () => {
    expect(new Set(CUE_CODES).size).toBe(CUE_CODES.length);
  });
});
