/**
 * What becomes of one device's link, as a pure table: no radio, no clock. Whoever runs it carries out the effects and
 * reports what came of them as events; events that come too late for their state change nothing.
 */

export type LinkStateName =
  | 'idle'
  | 'connecting'
  | 'discovering'
  /** Handles are there, nobody wants samples. */
  | 'ready'
  | 'subscribing'
  | 'streaming'
  /** The link claims to be up, and for several packets' time nothing has come. */
  | 'stalled'
  /** Waits before it connects again. */
  | 'backingOff'
  /** As after a reload: nothing of the old device object is used any more. Waits before it connects again. */
  | 'tornDown'
  | 'closed';

export interface LinkState {
  readonly name: LinkStateName;
  /** Somebody wants samples. */
  readonly wanted: boolean;
  /** It was ready once: from then on it is brought back by itself. */
  readonly established: boolean;
  /** The samples that are wanted have flowed before: a failure to start them again is a failure of the link. */
  readonly flowed: boolean;
  /** Attempts to bring it back that failed since it last worked. */
  readonly failures: number;
}

export type LinkEvent =
  | 'connectAsked'
  | 'streamAsked'
  | 'streamEnded'
  | 'closeAsked'
  /** The link is to be made anew although it works. */
  | 'renewAsked'
  | 'linkUp'
  | 'handlesFound'
  /** Something was notified. */
  | 'heard'
  /** The first packet of samples, after the device was told to start. */
  | 'flowing'
  /** What was under way was refused, or took too long. */
  | 'failed'
  | 'timedOut'
  /** `gattserverdisconnected`. */
  | 'linkFell'
  /** The browser does not let the page use the device any more. */
  | 'revoked'
  /** No samples for some packets' time, and for so long that nobody believes in them any more. */
  | 'quiet'
  | 'silent'
  /** Samples come, but half of them or fewer. */
  | 'starved'
  | 'waitOver';

export type LinkEffect =
  | 'openLink'
  | 'findHandles'
  | 'beginStream'
  | 'endStream'
  /** Lets go of all handles, and of the link if there is one. */
  | 'dropLink'
  /** Drops the link and the device object with its listeners, and asks the browser for a new one where it can. */
  | 'forgetDevice'
  | 'wait'
  | 'tellReady'
  | 'tellFlowing'
  /** To whoever asked for the link or the samples: it did not work. */
  | 'tellFailed'
  | 'tellUp'
  | 'tellDown'
  | 'tellStarved'
  | 'tellRevoked';

export interface LinkChange {
  readonly state: LinkState;
  readonly effects: readonly LinkEffect[];
}

export const IDLE_LINK: LinkState = {
  name: 'idle',
  wanted: false,
  established: false,
  flowed: false,
  failures: 0,
};

/** After so many failures in a row the device object itself is given up. */
export const FAILURES_BEFORE_TEAR_DOWN = 4;

export function advanceLink(state: LinkState, event: LinkEvent): LinkChange {
  if (state.name === 'closed') return stay(state);
  switch (event) {
    case 'closeAsked':
      return close(state);
    case 'revoked':
      return state.name === 'idle' ? stay(state) : close(state, 'tellDown', 'tellFailed', 'tellRevoked');
    case 'streamAsked':
      return state.name === 'ready'
        ? to({ ...state, wanted: true }, 'subscribing', 'beginStream')
        : stay({ ...state, wanted: true });
    case 'streamEnded':
      return endStream(state);
    case 'renewAsked':
      return renew(state);
    case 'linkFell':
      return linkFell(state);
    case 'failed':
    case 'timedOut':
      return stepFailed(state);
    case 'connectAsked':
      return state.name === 'idle' ? to(state, 'connecting', 'openLink') : stay(state);
    case 'linkUp':
      return state.name === 'connecting' ? to(state, 'discovering', 'findHandles') : stay(state);
    case 'handlesFound':
      return handlesFound(state);
    case 'heard':
      return heard(state);
    case 'flowing':
      return state.name === 'subscribing'
        ? to({ ...state, flowed: true, failures: 0 }, 'streaming', 'tellUp', 'tellFlowing')
        : stay(state);
    case 'quiet':
      return state.name === 'streaming' ? to(state, 'stalled') : stay(state);
    case 'silent':
      return isFlowing(state) ? fallBack(state, 'tellDown') : stay(state);
    case 'starved':
      return state.name === 'streaming' ? stay(state, 'tellStarved') : stay(state);
    case 'waitOver':
      return state.name === 'backingOff' || state.name === 'tornDown'
        ? to(state, 'connecting', 'openLink')
        : stay(state);
  }
}

/** Whether a person may start or stop samples now without waiting for the link to come back. */
export function isUp(state: LinkState): boolean {
  return state.name === 'ready' || state.name === 'subscribing' || isFlowing(state);
}

function isFlowing(state: LinkState): boolean {
  return state.name === 'streaming' || state.name === 'stalled';
}

function handlesFound(state: LinkState): LinkChange {
  if (state.name !== 'discovering') return stay(state);
  const ready: LinkState = { ...state, established: true };
  if (state.wanted) return to(ready, 'subscribing', ...first(state, 'tellReady'), 'beginStream');
  // Without samples nothing else will show that the link holds.
  return to({ ...ready, failures: 0 }, 'ready', ...first(state, 'tellReady'), 'tellUp');
}

function first(state: LinkState, effect: LinkEffect): LinkEffect[] {
  return state.established ? [] : [effect];
}

/** What comes shows that the link is back; it is told before the packet is handed on. */
function heard(state: LinkState): LinkChange {
  if (state.name === 'stalled') return to(state, 'streaming');
  return state.name === 'subscribing' ? stay(state, 'tellUp') : stay(state);
}

function endStream(state: LinkState): LinkChange {
  const idle: LinkState = { ...state, wanted: false, flowed: false };
  return state.name === 'subscribing' || isFlowing(state)
    ? to(idle, 'ready', 'endStream', 'tellFailed')
    : stay(idle);
}

function linkFell(state: LinkState): LinkChange {
  switch (state.name) {
    // An attempt to connect ends by itself: this is the old link's last word.
    case 'connecting':
    case 'idle':
    case 'backingOff':
    case 'tornDown':
    case 'closed':
      return stay(state);
    case 'discovering':
      return stepFailed(state);
    case 'ready':
    case 'streaming':
    case 'stalled':
      return fallBack(state, 'tellDown');
    case 'subscribing':
      // A start that waits is told; whether it still wants samples once the link is back is its own matter.
      return fallBack(state, 'tellDown', 'tellFailed');
  }
}

/** What works is let go and connected again like a link that fell; what is being brought back comes by itself. */
function renew(state: LinkState): LinkChange {
  if (!isUp(state)) return stay(state);
  const told: LinkEffect[] = state.name === 'subscribing' ? ['tellDown', 'tellFailed'] : ['tellDown'];
  return to(state, 'backingOff', 'dropLink', ...told, 'wait');
}

function stepFailed(state: LinkState): LinkChange {
  switch (state.name) {
    case 'connecting':
    case 'discovering':
      return state.established ? fallBack(state) : close(state, 'tellFailed');
    case 'subscribing':
      if (state.flowed) return fallBack(state, 'tellDown');
      return to({ ...state, wanted: false }, 'ready', 'endStream', 'tellFailed');
    case 'idle':
    case 'ready':
    case 'streaming':
    case 'stalled':
    case 'backingOff':
    case 'tornDown':
    case 'closed':
      return stay(state);
  }
}

function fallBack(state: LinkState, ...told: LinkEffect[]): LinkChange {
  const failures = state.failures + 1;
  const next = { ...state, failures };
  return failures % FAILURES_BEFORE_TEAR_DOWN === 0
    ? to(next, 'tornDown', 'forgetDevice', ...told, 'wait')
    : to(next, 'backingOff', 'dropLink', ...told, 'wait');
}

function close(state: LinkState, ...told: LinkEffect[]): LinkChange {
  const held = isFlowing(state) || state.name === 'subscribing';
  const end: LinkEffect[] = held ? ['endStream'] : [];
  return to({ ...state, wanted: false, flowed: false }, 'closed', ...end, 'dropLink', ...told);
}

function to(state: LinkState, name: LinkStateName, ...effects: LinkEffect[]): LinkChange {
  return { state: { ...state, name }, effects };
}

function stay(state: LinkState, ...effects: LinkEffect[]): LinkChange {
  return { state, effects };
}
