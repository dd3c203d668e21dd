import type { SensorErrorCode } from '../packet/sensor-error.ts';
import type { LiveStream } from './live-stream.ts';

/** What to do next in the talk with a device: write the commands in order, and then wait, go on, or give up. */
export type Turn =
  /** An answer is awaited; after `patienceMs` without one `unanswered` says how it goes on. */
  | { readonly next: 'listen'; readonly commands: readonly Uint8Array[]; readonly patienceMs: number }
  | { readonly next: 'done'; readonly commands: readonly Uint8Array[] }
  | { readonly next: 'failed'; readonly code: SensorErrorCode; readonly detail: string };

/**
 * The talk that a device needs before it streams: bytes in, commands out, no clock and no radio. One lives as long as
 * its sensor; what it learned once (which firmware answers) it keeps over reconnections.
 */
export interface Dialogue {
  /** Once, after the first connection: who is there? */
  greet(): Turn;
  /** After every subscription: let it stream this. */
  start(live: LiveStream): Turn;
  /** What was notified while an answer is awaited; null where that changes nothing. */
  hear(view: DataView): Turn | null;
  unanswered(): Turn;
  /** As far as the device told; null before, and in families that do not tell. */
  readonly firmware: string | null;
  readonly batteryPercent: number | null;
  /** Whether this firmware understands the questions for clock and battery. */
  readonly answersQuestions: boolean;
}

export const NOTHING_TO_SAY: Turn = { next: 'done', commands: [] };

/** For devices whose answers do not matter: they are told to start, and that is all. */
export function tellOnly(startCommands: readonly Uint8Array[]): Dialogue {
  return {
    firmware: null,
    batteryPercent: null,
    answersQuestions: true,
    greet: () => NOTHING_TO_SAY,
    start: () => ({ next: 'done', commands: startCommands }),
    hear: () => null,
    unanswered: () => NOTHING_TO_SAY,
  };
}
