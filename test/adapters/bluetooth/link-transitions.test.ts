import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanceLink,
  FAILURES_BEFORE_TEAR_DOWN,
  IDLE_LINK,
  isUp,
  type LinkEvent,
  type LinkState,
  type LinkStateName,
} from '../../../src/adapters/sources/bluetooth/link-transitions.ts';

const EVENTS: readonly LinkEvent[] = [
  'connectAsked',
  'streamAsked',
  'streamEnded',
  'closeAsked',
  'renewAsked',
  'linkUp',
  'handlesFound',
  'heard',
  'flowing',
  'failed',
  'timedOut',
  'linkFell',
  'revoked',
  'quiet',
  'silent',
  'starved',
  'waitOver',
];

/** What each event makes of each state: the next state and the effects; an event that is not named changes nothing. */
type Row = Partial<Record<LinkEvent, string>>;
const TABLE: Record<LinkStateName, Row> = {
  idle: { connectAsked: 'connecting: openLink', closeAsked: 'closed: dropLink' },
  connecting: {
    closeAsked: 'closed: dropLink',
    linkUp: 'discovering: findHandles',
    failed: 'closed: dropLink tellFailed',
    timedOut: 'closed: dropLink tellFailed',
    revoked: 'closed: dropLink tellDown tellFailed tellRevoked',
  },
  discovering: {
    closeAsked: 'closed: dropLink',
    handlesFound: 'ready: tellReady tellUp',
    failed: 'closed: dropLink tellFailed',
    timedOut: 'closed: dropLink tellFailed',
    linkFell: 'closed: dropLink tellFailed',
    revoked: 'closed: dropLink tellDown tellFailed tellRevoked',
  },
  ready: {
    streamAsked: 'subscribing: beginStream',
    closeAsked: 'closed: dropLink',
    renewAsked: 'backingOff: dropLink tellDown wait',
    linkFell: 'backingOff: dropLink tellDown wait',
    revoked: 'closed: dropLink tellDown tellFailed tellRevoked',
  },
  subscribing: {
    streamEnded: 'ready: endStream tellFailed',
    closeAsked: 'closed: endStream dropLink',
    renewAsked: 'backingOff: dropLink tellDown tellFailed wait',
    heard: 'subscribing: tellUp',
    flowing: 'streaming: tellUp tellFlowing',
    failed: 'ready: endStream tellFailed',
    timedOut: 'ready: endStream tellFailed',
    linkFell: 'backingOff: dropLink tellDown tellFailed wait',
    revoked: 'closed: endStream dropLink tellDown tellFailed tellRevoked',
  },
  streaming: {
    streamEnded: 'ready: endStream tellFailed',
    closeAsked: 'closed: endStream dropLink',
    renewAsked: 'backingOff: dropLink tellDown wait',
    linkFell: 'backingOff: dropLink tellDown wait',
    revoked: 'closed: endStream dropLink tellDown tellFailed tellRevoked',
    quiet: 'stalled:',
    silent: 'backingOff: dropLink tellDown wait',
    starved: 'streaming: tellStarved',
  },
  stalled: {
    streamEnded: 'ready: endStream tellFailed',
    closeAsked: 'closed: endStream dropLink',
    renewAsked: 'backingOff: dropLink tellDown wait',
    heard: 'streaming:',
    linkFell: 'backingOff: dropLink tellDown wait',
    revoked: 'closed: endStream dropLink tellDown tellFailed tellRevoked',
    silent: 'backingOff: dropLink tellDown wait',
  },
  backingOff: {
    closeAsked: 'closed: dropLink',
    revoked: 'closed: dropLink tellDown tellFailed tellRevoked',
    waitOver: 'connecting: openLink',
  },
  tornDown: {
    closeAsked: 'closed: dropLink',
    revoked: 'closed: dropLink tellDown tellFailed tellRevoked',
    waitOver: 'connecting: openLink',
  },
  closed: {},
};

const NAMES = Object.keys(TABLE) as LinkStateName[];
const at = (name: LinkStateName, more: Partial<LinkState> = {}): LinkState => ({
  ...IDLE_LINK,
  name,
  ...more,
});
const told = (state: LinkState, event: LinkEvent): string => {
  const change = advanceLink(state, event);
  return `${change.state.name}: ${change.effects.join(' ')}`.trim();
};

describe('the table of a link', () => {
  it.each(NAMES.flatMap((name) => EVENTS.map((event) => [name, event] as const)))('%s, %s', (name, event) => {
    expect(told(at(name), event)).toBe(TABLE[name][event] ?? `${name}:`);
  });

  it('brings back what was there once, with samples where they were wanted', () => {
    const back = { established: true, wanted: true, flowed: true };
    expect(told(at('connecting', back), 'failed')).toBe('backingOff: dropLink wait');
    expect(told(at('discovering', back), 'timedOut')).toBe('backingOff: dropLink wait');
    expect(told(at('discovering', back), 'linkFell')).toBe('backingOff: dropLink wait');
    expect(told(at('discovering', back), 'handlesFound')).toBe('subscribing: beginStream');
    expect(told(at('discovering', { established: true }), 'handlesFound')).toBe('ready: tellUp');
    expect(told(at('subscribing', back), 'failed')).toBe('backingOff: dropLink tellDown wait');
  });

  it('remembers what is wanted while it cannot be had', () => {
    for (const name of NAMES.filter((one) => one !== 'closed')) {
      expect(advanceLink(at(name), 'streamAsked').state.wanted, name).toBe(true);
      expect(advanceLink(at(name, { wanted: true }), 'streamEnded').state.wanted, name).toBe(false);
    }
  });

  it('gives the device object up after some failures in a row, and begins to count anew when samples flow', () => {
    let state = at('streaming', { established: true, wanted: true, flowed: true });
    const names: string[] = [];
    for (let i = 0; i < 2 * FAILURES_BEFORE_TEAR_DOWN; i++) {
      const change = advanceLink(
        i === 0 ? state : { ...state, name: 'connecting' },
        i === 0 ? 'linkFell' : 'failed',
      );
      state = change.state;
      names.push(state.name);
      expect(change.effects.includes('forgetDevice')).toBe(state.name === 'tornDown');
    }
    expect(names.map((name) => (name === 'tornDown' ? 1 : 0))).toEqual([0, 0, 0, 1, 0, 0, 0, 1]);
    expect(advanceLink({ ...state, name: 'subscribing' }, 'flowing').state.failures).toBe(0);
  });

  it('never waits for ever: from any history it can be brought to samples, or it is closed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...EVENTS.filter((e) => e !== 'closeAsked')), { maxLength: 60 }),
        (events) => {
          let state = advanceLink(IDLE_LINK, 'connectAsked').state;
          for (const event of events) state = advanceLink(state, event).state;
          if (state.name === 'closed') return;
          // The answers that a device in reach gives to whatever is under way.
          const answer: Partial<Record<LinkStateName, LinkEvent>> = {
            idle: 'connectAsked',
            connecting: 'linkUp',
            discovering: 'handlesFound',
            ready: 'streamAsked',
            subscribing: 'flowing',
            stalled: 'heard',
            backingOff: 'waitOver',
            tornDown: 'waitOver',
          };
          state = advanceLink(state, 'streamAsked').state;
          for (let i = 0; i < 8 && state.name !== 'streaming'; i++)
            state = advanceLink(state, answer[state.name] ?? 'heard').state;
          expect(state.name).toBe('streaming');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is up where a person may ask for samples', () => {
    expect(NAMES.filter((name) => isUp(at(name)))).toEqual(['ready', 'subscribing', 'streaming', 'stalled']);
  });
});
