import type { DeviceDecoder } from '../device-family.ts';
import { bytesOf, Refusal } from '../packet-values.ts';
import { isWholeReply, RESPONSE } from './reply.ts';

const HEADER_BYTES = 2;
/** Temperatures at which a unit may work, K. */
const KELVIN = [233, 398] as const;
/** Of a heart; 0 before it is found. */
const BEATS_A_MINUTE = [20, 300] as const;

const within = (value: number, [least, most]: readonly [number, number]): boolean =>
  value >= least && value <= most;

/** What tells a whole payload from anything else; `at` is where it begins. */
const PAYLOADS: Readonly<Record<string, (view: DataView, at: number, bytes: number) => boolean>> = {
  // Mean rate, then intervals between beats of two bytes each.
  '/Meas/HR': (view, at, bytes) => {
    if (bytes < 6 || bytes % 2 !== 0) return false;
    const mean = view.getFloat32(at, true);
    return mean === 0 || within(mean, BEATS_A_MINUTE);
  },
  // Value and time, in either order: firmwares differ.
  '/Meas/Temp': (view, at, bytes) =>
    bytes === 8 &&
    (within(view.getFloat32(at, true), KELVIN) || within(view.getFloat32(at + 4, true), KELVIN)),
  // Time, and sixteen values of two bytes.
  '/Meas/Ecg/200/mV': (_view, _at, bytes) => bytes === 36,
};

/** Paths that published packets exist of, and that measure no motion. */
export const OTHER_PATHS: readonly string[] = Object.keys(PAYLOADS);

/** Whole packets of a stream without motion are told from others; they hold no sample. */
export function createOtherDecoder(path: string): DeviceDecoder {
  const refusal = new Refusal();
  return {
    get rejection() {
      return refusal.reason;
    },
    decode(view, out) {
      refusal.reason = '';
      const bytes = view.byteLength - HEADER_BYTES;
      if (bytes <= 0) return refusal.of(`${bytesOf(view.byteLength)}: no notification is so short`, out);
      out.count = 0;
      const code = view.getUint8(0);
      if (code === RESPONSE.reply)
        return isWholeReply(view) ? 'reply' : refusal.of(`reply cut: ${bytesOf(view.byteLength)}`, out);
      if (code !== RESPONSE.data)
        return refusal.of(`byte 0: response code ${code} is not one that this stream uses`, out);
      return PAYLOADS[path]?.(view, HEADER_BYTES, bytes)
        ? 'samples'
        : refusal.of(`${bytesOf(bytes)} behind the header are no packet of ${path}`, out);
    },
    reset() {
      refusal.reason = '';
    },
  };
}
