import { NOTHING_TO_SAY, type Dialogue, type Turn } from '../dialogue.ts';
import { CONTROL_REPLY } from './start-reply.ts';

const OPCODE = { start: 2, stop: 3 } as const;
const MEASUREMENT = { acc: 2, gyro: 5 } as const;
const REPLY_PATIENCE_MS = 3000;
/** Error byte of an answer: done, and "it does so already". */
const FINE: readonly number[] = [0, 6];

/** Rate 52 Hz, resolution 16 bit, range, three channels. */
const settings = (range: number): readonly number[] =>
  [
    [0, 1, 52, 0],
    [1, 1, 16, 0],
    [2, 1, range & 0xff, range >> 8],
    [4, 1, 3],
  ].flat();
const STARTS: readonly { readonly measurement: number; readonly command: Uint8Array }[] = [
  {
    measurement: MEASUREMENT.gyro,
    command: Uint8Array.of(OPCODE.start, MEASUREMENT.gyro, ...settings(2000)),
  },
  { measurement: MEASUREMENT.acc, command: Uint8Array.of(OPCODE.start, MEASUREMENT.acc, ...settings(8)) },
];

export const POLAR_STOP_COMMANDS: readonly Uint8Array[] = Object.values(MEASUREMENT).map((measurement) =>
  Uint8Array.of(OPCODE.stop, measurement),
);

/** Starts one measurement after the other; each start is answered before the next. */
export function createPolarDialogue(): Dialogue {
  let next = 0;

  function startNext(): Turn {
    const start = STARTS[next];
    return start === undefined
      ? NOTHING_TO_SAY
      : { next: 'listen', commands: [start.command], patienceMs: REPLY_PATIENCE_MS };
  }

  return {
    firmware: null,
    batteryPercent: null,
    answersQuestions: false,
    greet: () => NOTHING_TO_SAY,
    start() {
      next = 0;
      return startNext();
    },
    hear(view) {
      if (view.byteLength < 4 || view.getUint8(0) !== CONTROL_REPLY || view.getUint8(1) !== OPCODE.start)
        return null;
      if (view.getUint8(2) !== STARTS[next]?.measurement) return null;
      const error = view.getUint8(3);
      if (!FINE.includes(error))
        return {
          next: 'failed',
          code: 'streamRefused',
          detail: `the start of measurement ${view.getUint8(2)} was answered with error ${error}`,
        };
      next++;
      return startNext();
    },
    unanswered: () => ({
      next: 'failed',
      code: 'streamRefused',
      detail: 'the start of a measurement was not answered',
    }),
  };
}
