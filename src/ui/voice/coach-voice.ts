/**
 * Who may speak when: one thing at a time, the most urgent first, nothing that has gone stale. Pure: the speaker says
 * what is ordered here and tells when it has been said.
 */
import type { Utterance } from '../stores/session-flow-state.ts';

export type ToneName =
  'beat' | 'breathIn' | 'breathOut' | 'wood' | 'chord' | 'notCounted' | 'start' | 'end' | 'pause' | 'cue';
/** What the phone does in the hand or on the floor, where it can. */
export type BuzzName = 'tap' | 'long' | 'twice';

export interface VoiceOrder {
  readonly tone: ToneName | null;
  readonly buzz: BuzzName | null;
  /** To be spoken now. */
  readonly speak: Utterance | null;
  /** What is being spoken gives way. */
  readonly cutsOff: boolean;
  /** Stands on the screen from now on. */
  readonly caption: Utterance | null;
}

export interface VoiceState {
  readonly speaking: Utterance | null;
  /** Oldest first. */
  readonly waiting: readonly { readonly utterance: Utterance; readonly sinceMs: number }[];
  /** The last cue of each kind, and of any kind. */
  readonly cuedMs: ReadonlyMap<string, number>;
  readonly lastCueMs: number;
}

export interface VoiceChange {
  readonly state: VoiceState;
  readonly order: VoiceOrder;
}

export const QUIET: VoiceState = { speaking: null, waiting: [], cuedMs: new Map(), lastCueMs: -Infinity };
export const NOTHING: VoiceOrder = { tone: null, buzz: null, speak: null, cutsOff: false, caption: null };

/** The same words again, and any two corrections, s (clinical page, 5.3). */
const SAME_CUE_MS = 8000;
const ANY_CUE_MS = 4000;
/** A cue or a count that could not be spoken within this time says what is no longer so. */
const PATIENCE_MS = { cue: 2500, move: 1500, guide: 60_000, now: 60_000 } as const;

type Rank = keyof typeof PATIENCE_MS;
const RANKS: readonly Rank[] = ['cue', 'move', 'guide', 'now'];

const MANNER: Readonly<
  Record<Utterance['what'], readonly [rank: Rank, tone: ToneName | null, buzz: BuzzName | null]>
> = {
  stillDone: ['guide', 'end', 'tap'],
  thatIsYourBack: ['guide', null, null],
  raiseArm: ['guide', null, null],
  checkDone: ['guide', 'end', 'tap'],
  position: ['guide', null, null],
  setStarts: ['guide', 'start', 'tap'],
  setEnds: ['guide', 'end', 'long'],
  count: ['move', 'wood', 'tap'],
  holdReached: ['move', 'chord', 'twice'],
  notCounted: ['move', 'notCounted', 'long'],
  cue: ['cue', 'cue', null],
  signalLost: ['now', 'pause', 'long'],
  startSought: ['guide', null, null],
  startAwaited: ['guide', 'pause', 'long'],
  postureLeft: ['now', 'pause', 'long'],
  goesOn: ['guide', 'start', 'tap'],
  rest: ['guide', null, null],
  hold: ['guide', 'start', 'tap'],
  secondsLeft: ['move', 'wood', null],
  letGo: ['guide', null, null],
  letGoAndSwap: ['guide', null, null],
  otherHalf: ['guide', 'end', 'long'],
  breatheIn: ['move', 'breathIn', null],
  breatheOut: ['move', 'breathOut', null],
  minutesLeft: ['move', null, null],
  breatheQuietly: ['guide', 'start', 'tap'],
  longerOut: ['cue', 'cue', null],
  swapArm: ['guide', null, 'long'],
  strapSlipped: ['guide', 'cue', 'long'],
  painNoted: ['guide', 'end', 'tap'],
  byTheClock: ['guide', 'pause', 'long'],
  testLeftOut: ['guide', 'pause', 'long'],
  enoughForToday: ['guide', null, null],
  holdLeft: ['cue', 'cue', null],
  holdNotKept: ['move', 'notCounted', 'long'],
  holdEndsHere: ['guide', 'end', 'long'],
  didYouAll: ['guide', null, 'long'],
  painAsked: ['guide', null, null],
  enoughOfThis: ['guide', null, null],
  lessFar: ['guide', null, null],
  nearer: ['guide', null, null],
  further: ['guide', null, null],
  pacer: ['guide', null, null],
  technique: ['guide', null, null],
  easierWay: ['guide', null, null],
  sitDown: ['now', 'pause', 'long'],
  areYouAllRight: ['guide', 'pause', 'long'],
  lookAfter: ['now', 'pause', 'long'],
};

/** With these a set is under way. */
const BEGINS: readonly Utterance['what'][] = ['setStarts', 'hold', 'breatheIn', 'breatheQuietly'];

/** Something happened that is worth a sound. What is spoken can be read: without a voice it stands as long as reading takes. */
export function hear(state: VoiceState, utterance: Utterance, nowMs: number): VoiceChange {
  const [rank, tone, buzz] = MANNER[utterance.what];
  let next = state;
  if (utterance.what === 'cue') {
    const again = nowMs - (state.cuedMs.get(utterance.cue) ?? -Infinity) < SAME_CUE_MS;
    if (again || nowMs - state.lastCueMs < ANY_CUE_MS) return { state, order: NOTHING };
    next = { ...state, cuedMs: new Map(state.cuedMs).set(utterance.cue, nowMs), lastCueMs: nowMs };
  }
  const sound = { ...NOTHING, tone, buzz };
  // The chord says it all to who hears it, and the count follows soon.
  if (utterance.what === 'holdReached') return { state: next, order: { ...sound, caption: utterance } };
  // The pace is known by now: a rising tone, a falling tone.
  const isBreath = utterance.what === 'breatheIn' || utterance.what === 'breatheOut';
  if (isBreath && !utterance.isSpoken) return { state: next, order: { ...sound, caption: utterance } };
  if (state.speaking === null) return speak(next, utterance, sound, false);
  const [now] = MANNER[state.speaking.what];
  if (rank === 'now') return speak({ ...next, waiting: [] }, utterance, sound, true);
  // Who did not wait to hear where to be has begun.
  if (BEGINS.includes(utterance.what) && state.speaking.what === 'position')
    return speak(next, utterance, sound, true);
  // A count is short, and the last of a set must be heard: guidance waits for it.
  if (rank === 'guide' && now === 'cue') return speak(next, utterance, sound, true);
  // A newer count, cue or request takes the place of an older one that nobody has heard yet.
  const others = next.waiting.filter(({ utterance: { what } }) =>
    rank === 'guide' ? what !== utterance.what : MANNER[what][0] !== rank,
  );
  return { state: { ...next, waiting: [...others, { utterance, sinceMs: nowMs }] }, order: sound };
}

/** What was spoken is over: the most urgent of what still holds comes next. */
export function spoken(state: VoiceState, nowMs: number): VoiceChange {
  const fresh = state.waiting.filter(
    ({ utterance, sinceMs }) => nowMs - sinceMs <= PATIENCE_MS[MANNER[utterance.what][0]],
  );
  for (const rank of [...RANKS].reverse()) {
    const due = fresh.find(({ utterance }) => MANNER[utterance.what][0] === rank);
    if (due === undefined) continue;
    const waiting = fresh.filter((one) => one !== due);
    return speak({ ...state, waiting }, due.utterance, NOTHING, false);
  }
  return { state: { ...state, speaking: null, waiting: [] }, order: NOTHING };
}

function speak(state: VoiceState, utterance: Utterance, sound: VoiceOrder, cutsOff: boolean): VoiceChange {
  return {
    state: { ...state, speaking: utterance },
    order: { ...sound, speak: utterance, cutsOff, caption: utterance },
  };
}
