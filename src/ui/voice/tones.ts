/** The few sounds of a session, made of sines: each told from the others by its shape alone. */
import type { BuzzName, ToneName } from './coach-voice.ts';

interface Note {
  readonly hz: number;
  /** From the beginning of the tone, s. */
  readonly atS: number;
  readonly lastsS: number;
  /** 0 to 1. */
  readonly level: number;
}

/** Start rises, end falls in three steps, "not counted" is a falling pair, wood is short and dry, the hold a chord. */
export const TONES: Readonly<Record<ToneName, readonly Note[]>> = {
  wood: [
    { hz: 880, atS: 0, lastsS: 0.07, level: 0.2 },
    { hz: 1420, atS: 0, lastsS: 0.035, level: 0.1 },
  ],
  beat: [{ hz: 1050, atS: 0, lastsS: 0.03, level: 0.07 }],
  breathIn: [
    { hz: 330, atS: 0, lastsS: 0.5, level: 0.1 },
    { hz: 440, atS: 0.35, lastsS: 0.9, level: 0.1 },
  ],
  breathOut: [
    { hz: 440, atS: 0, lastsS: 0.5, level: 0.1 },
    { hz: 330, atS: 0.35, lastsS: 1.1, level: 0.1 },
  ],
  chord: [523, 659, 784].map((hz) => ({ hz, atS: 0, lastsS: 0.6, level: 0.08 })),
  notCounted: [
    { hz: 392, atS: 0, lastsS: 0.12, level: 0.16 },
    { hz: 330, atS: 0.14, lastsS: 0.18, level: 0.16 },
  ],
  start: [
    { hz: 523, atS: 0, lastsS: 0.12, level: 0.16 },
    { hz: 784, atS: 0.13, lastsS: 0.22, level: 0.16 },
  ],
  end: [
    { hz: 784, atS: 0, lastsS: 0.12, level: 0.16 },
    { hz: 659, atS: 0.13, lastsS: 0.12, level: 0.16 },
    { hz: 523, atS: 0.26, lastsS: 0.3, level: 0.16 },
  ],
  pause: [{ hz: 262, atS: 0, lastsS: 0.35, level: 0.16 }],
  cue: [
    { hz: 587, atS: 0, lastsS: 0.08, level: 0.1 },
    { hz: 587, atS: 0.16, lastsS: 0.08, level: 0.1 },
  ],
};

/** Milliseconds on, off, on. */
export const BUZZES: Readonly<Record<BuzzName, readonly number[]>> = {
  tap: [35],
  long: [220],
  twice: [60, 80, 60],
};
