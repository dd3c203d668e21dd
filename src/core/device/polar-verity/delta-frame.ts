/**
 * Reads Polar's compressed samples: one reference sample of `channels` 16-bit integers, then blocks of
 * [bits per difference][samples] and the differences to the sample before, packed from the lowest bit, channel by channel,
 * each block filled up to a whole byte.
 *
 * @param from first byte of the body
 * @param values filled row by row, `channels` a sample
 * @returns the number of samples; -1 when the body is cut, -2 when it holds more than `values` has room for, -3 when it
 * states an impossible width
 */
export function readDeltaFrame(view: DataView, from: number, channels: number, values: Float64Array): number {
  const end = view.byteLength;
  const capacity = Math.floor(values.length / channels);
  if (from + 2 * channels > end) return -1;
  for (let channel = 0; channel < channels; channel++)
    values[channel] = view.getInt16(from + 2 * channel, true);
  let samples = 1;
  let at = from + 2 * channels;
  while (at < end) {
    if (at + 2 > end) return -1;
    const bits = view.getUint8(at);
    const inBlock = view.getUint8(at + 1);
    at += 2;
    if (bits > WIDEST_DIFFERENCE_BITS) return -3;
    const bytes = Math.ceil((bits * channels * inBlock) / 8);
    if (at + bytes > end) return -1;
    if (samples + inBlock > capacity) return -2;
    let bit = 0;
    for (let i = 0; i < inBlock; i++, samples++)
      for (let channel = 0; channel < channels; channel++, bit += bits) {
        const place = samples * channels + channel;
        values[place] = values[place - channels] + signedBits(view, 8 * at + bit, bits);
      }
    at += bytes;
  }
  return samples;
}

/** Two 16-bit values differ by 17 bits at most. */
const WIDEST_DIFFERENCE_BITS = 17;

/** Two's complement of `bits` bits, the lowest first, from bit `from` of the view. */
function signedBits(view: DataView, from: number, bits: number): number {
  let value = 0;
  for (let i = 0; i < bits; i++) {
    const bit = from + i;
    value |= ((view.getUint8(bit >> 3) >> (bit & 7)) & 1) << i;
  }
  return bits > 0 && (value >> (bits - 1)) & 1 ? value - 2 ** bits : value;
}
