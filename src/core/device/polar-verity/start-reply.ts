/** First byte of every answer on the control point. */
export const CONTROL_REPLY = 0xf0;

const START = 2;
const HEADER_BYTES = 5;
/** Setting identifiers with the bytes that one value takes. */
const VALUE_BYTES: Readonly<Record<number, number>> = { 0: 2, 1: 2, 2: 2, 3: 4, 4: 1, 5: 4, 6: 1 };
const RATE = 0;
const FACTOR = 5;

/** What the answer to a start command settles for the frames that follow. */
export interface StartSettings {
  readonly measurement: number;
  /** NaN when the answer does not hold it. */
  readonly rateHz: number;
  readonly factor: number;
}

/** `F0 02 type error more [id count values]...`; null for another answer, a refusal, or settings that cannot be read. */
export function readStartReply(view: DataView): StartSettings | null {
  if (view.byteLength < HEADER_BYTES - 1 || view.getUint8(0) !== CONTROL_REPLY || view.getUint8(1) !== START)
    return null;
  if (view.getUint8(3) !== 0) return null;
  let rateHz = NaN;
  let factor = NaN;
  let at = HEADER_BYTES;
  while (at + 2 <= view.byteLength) {
    const id = view.getUint8(at);
    const bytes = (VALUE_BYTES[id] ?? 0) * view.getUint8(at + 1);
    if (bytes === 0 || at + 2 + bytes > view.byteLength) return null;
    if (id === RATE) rateHz = view.getUint16(at + 2, true);
    if (id === FACTOR) factor = view.getFloat32(at + 2, true);
    at += 2 + bytes;
  }
  return {
    measurement: view.getUint8(2),
    rateHz: rateHz > 0 ? rateHz : NaN,
    factor: factor > 0 && factor < 1e3 ? factor : NaN,
  };
}
