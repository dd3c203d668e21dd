import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Utterance } from '../../src/ui/stores/session-flow-state.ts';
import { pitchHz, wayToTarget } from '../../src/ui/voice/angle-pitch.ts';
import { hear, QUIET, spoken, type VoiceOrder, type VoiceState } from '../../src/ui/voice/coach-voice.ts';
import { localVoice } from '../../src/ui/voice/local-voice.ts';

const count = (n: number): Utterance => ({ what: 'count', count: n });
const cue = (code: 'slower' | 'growTall'): Utterance => ({ what: 'cue', cue: code, exerciseId: 'E01' });
const POSITION: Utterance = {
  what: 'position',
  exerciseId: 'E01',
  side: null,
  test: true,
  isKnown: false,
  set: 1,
  sets: 1,
  mode: 'sensor',
};

/** Hears and says in turn; `null` is the end of what is spoken. */
function play(steps: readonly (readonly [nowMs: number, said: Utterance | null])[]) {
  let state: VoiceState = QUIET;
  const orders: VoiceOrder[] = [];
  for (const [nowMs, said] of steps) {
    const change = said === null ? spoken(state, nowMs) : hear(state, said, nowMs);
    state = change.state;
    orders.push(change.order);
  }
  return { state, orders, spoken: orders.map((order) => order.speak) };
}

describe('the coach speaks', () => {
  it('one thing at a time: a count waits for the position, its wood block does not', () => {
    const { orders } = play([
      [0, POSITION],
      [500, count(1)],
      [900, null],
    ]);
    expect(orders[1]).toMatchObject({ tone: 'wood', speak: null, caption: null });
    expect(orders[2]).toMatchObject({ tone: null, speak: count(1), caption: count(1), cutsOff: false });
  });

  it('the newest count, when several waited', () => {
    const all = play([
      [0, cue('slower')],
      [200, count(1)],
      [400, count(2)],
      [600, null],
      [900, null],
    ]);
    expect(all.spoken).toEqual([cue('slower'), null, null, count(2), null]);
  });

  it('the start of who did not wait to hear the position, at once', () => {
    const { orders } = play([
      [0, POSITION],
      [3000, { what: 'setStarts' }],
    ]);
    expect(orders[1]).toMatchObject({ tone: 'start', cutsOff: true, speak: { what: 'setStarts' } });
    const later = play([
      [0, { what: 'setEnds' }],
      [300, { what: 'setStarts' }],
    ]);
    expect(later.orders[1]).toMatchObject({ cutsOff: false, speak: null });
  });

  it('no count or cue that has gone stale', () => {
    const late = play([
      [0, POSITION],
      [100, count(1)],
      [200, cue('slower')],
      [5000, null],
    ]);
    expect(late.spoken.at(-1)).toBeNull();
    expect(late.state.waiting).toEqual([]);
  });

  it('a lost signal over everything, and then nothing of what waited before', () => {
    const { orders, state } = play([
      [0, POSITION],
      [100, count(1)],
      [200, { what: 'signalLost' }],
    ]);
    expect(orders[2]).toMatchObject({ cutsOff: true, tone: 'pause', speak: { what: 'signalLost' } });
    expect(state.waiting).toEqual([]);
  });

  it('the last count of a set before its end, and what follows in its order', () => {
    const { orders } = play([
      [0, count(4)],
      [50, { what: 'setEnds' }],
      [60, POSITION],
      [400, null],
      [900, null],
    ]);
    expect(orders.map((order) => [order.tone, order.speak?.what ?? null, order.cutsOff])).toEqual([
      ['wood', 'count', false],
      ['end', null, false],
      [null, null, false],
      [null, 'setEnds', false],
      [null, 'position', false],
    ]);
  });

  it('guidance over a cue', () => {
    const { orders } = play([
      [0, cue('slower')],
      [100, { what: 'setStarts' }],
    ]);
    expect(orders[1]).toMatchObject({ cutsOff: true, speak: { what: 'setStarts' } });
  });

  it('the same cue not within eight seconds, another not within four', () => {
    const said = (times: readonly (readonly [number, Utterance])[]) =>
      play(times.flatMap(([ms, what]) => [[ms, what] as const, [ms + 500, null] as const])).spoken.filter(
        (one) => one !== null,
      ).length;
    expect(
      said([
        [0, cue('slower')],
        [7900, cue('slower')],
      ]),
    ).toBe(1);
    expect(
      said([
        [0, cue('slower')],
        [8100, cue('slower')],
      ]),
    ).toBe(2);
    expect(
      said([
        [0, cue('slower')],
        [3900, cue('growTall')],
      ]),
    ).toBe(1);
    expect(
      said([
        [0, cue('slower')],
        [4100, cue('growTall')],
      ]),
    ).toBe(2);
  });

  it('and what is spoken stands as caption, the chord of a hold at once', () => {
    const { orders } = play([
      [0, POSITION],
      [100, count(1)],
      [200, { what: 'holdReached' }],
      [300, null],
    ]);
    expect(orders.map((order) => order.tone)).toEqual([null, 'wood', 'chord', null]);
    expect(orders.map((order) => order.caption?.what ?? null)).toEqual([
      'position',
      null,
      'holdReached',
      'count',
    ]);
    for (const order of orders) if (order.speak !== null) expect(order.caption).toBe(order.speak);
  });

  const anything = fc.oneof(
    fc.integer({ min: 1, max: 12 }).map(count),
    fc.constantFrom(cue('slower'), cue('growTall'), POSITION),
    fc
      .constantFrom('setStarts', 'setEnds', 'signalLost', 'startSought', 'postureLeft', 'goesOn', 'sitDown')
      .map((what): Utterance => ({ what })),
    fc.constant(null),
  );

  it('never over itself, and what must be heard is heard: whatever comes in whatever order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), anything), { maxLength: 60 }),
        (all) => {
          let nowMs = 0;
          let state: VoiceState = QUIET;
          let isSpeaking = false;
          for (const [waitMs, said] of all) {
            nowMs += waitMs;
            if (said === null && !isSpeaking) continue;
            const change = said === null ? spoken(state, nowMs) : hear(state, said, nowMs);
            if (change.order.speak !== null && isSpeaking && said !== null)
              expect(change.order.cutsOff).toBe(true);
            if (said?.what === 'signalLost' || said?.what === 'sitDown' || said?.what === 'postureLeft')
              expect(change.order.speak).toEqual(said);
            if (change.order.speak !== null) isSpeaking = true;
            else if (said === null) isSpeaking = false;
            expect(change.state.speaking !== null).toBe(isSpeaking);
            expect(change.state.waiting.length).toBeLessThanOrEqual(12);
            state = change.state;
          }
        },
      ),
    );
  });
});

describe('the pitch', () => {
  it('rises with the movement, an octave to the target, and rests while the person rests', () => {
    expect(pitchHz(0.1)).toBeNull();
    expect(pitchHz(NaN)).toBeNull();
    expect(pitchHz(1)).toBeCloseTo(440, 9);
    let before = 0;
    for (let share = 0.12; share < 1.3; share += 0.02) {
      const hz = pitchHz(share) ?? NaN;
      expect(hz).toBeGreaterThan(before);
      before = hz;
    }
  });

  it('knows the way of the side that is meant, and of either where none is', () => {
    expect(wayToTarget(-0.2, -0.4, -1, 1)).toBeCloseTo(0.5, 12);
    expect(wayToTarget(0.2, -0.4, -1, 1)).toBeCloseTo(-0.5, 12);
    expect(wayToTarget(-0.2, NaN, 0, 0.8)).toBeCloseTo(0.25, 12);
  });
});

describe('the voice', () => {
  const voice = (lang: string, localService: boolean) => ({ lang, localService });

  it('is one that lives on the device, in the language that is shown', () => {
    const cloud = voice('en-GB', false);
    const local = voice('en_US', true);
    expect(localVoice([cloud, voice('pt-PT', true), local], 'en')).toBe(local);
    expect(localVoice([cloud, voice('pt-PT', true)], 'en')).toBeNull();
    expect(localVoice([], 'pt')).toBeNull();
  });
});
