import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../math/angle.ts';
import type { DeviceDecoder } from '../device-family.ts';
import { NO_KNOWN_LIMIT, readFixed } from '../fixed-layout.ts';
import type { Field, FixedLayout } from '../fixed-layout.ts';
import { bytesOf, Refusal } from '../packet-values.ts';

const FUSION_MODULE = 0x19;
const READ_BIT = 0x80;
const HEADER_BYTES = 2;

function layoutOf(title: string, quantity: Field['quantity'], scale: number, extraBytes = 0): FixedLayout {
  const values = quantity === 'quaternion' ? 4 : 3;
  return {
    title,
    bytes: HEADER_BYTES + 4 * values + extraBytes,
    nominalPeriodMs: 10,
    fields: [{ quantity, offset: HEADER_BYTES, format: 'f32', scale, limit: NO_KNOWN_LIMIT }],
  };
}

/** Carries nothing that a sample holds: its length is checked and no more. */
function lengthOnly(title: string, values: number): FixedLayout {
  return { title, bytes: HEADER_BYTES + 4 * values, nominalPeriodMs: 10, fields: [] };
}

/** A byte of calibration accuracy follows the values of the three calibrated sensors. */
const ACCURACY_BYTES = 1;

/** Output registers of the fusion module by the stream that each carries. */
const REGISTERS: ReadonlyMap<number, { readonly stream: string; readonly layout: FixedLayout }> = new Map([
  [
    4,
    {
      stream: 'acc',
      layout: layoutOf('an acceleration frame', 'acc', GRAVITY_METERS_PER_S2 / 1000, ACCURACY_BYTES),
    },
  ],
  [5, { stream: 'gyro', layout: layoutOf('a gyroscope frame', 'gyro', RAD_PER_DEG, ACCURACY_BYTES) }],
  [6, { stream: 'mag', layout: layoutOf('a magnetometer frame', 'mag', 1, ACCURACY_BYTES) }],
  [7, { stream: 'quaternion', layout: layoutOf('a quaternion frame', 'quaternion', 1) }],
  [8, { stream: 'euler', layout: lengthOnly('an Euler frame', 4) }],
  [9, { stream: 'gravity', layout: lengthOnly('a gravity frame', 3) }],
  [10, { stream: 'linear-acc', layout: layoutOf('a linear acceleration frame', 'freeAcc', 1) }],
]);

/** All outputs arrive on one characteristic; this stream takes each of them. */
export const EVERY_OUTPUT = 'fusion';

export const FUSION_STREAMS: readonly string[] = [
  EVERY_OUTPUT,
  ...[...REGISTERS.values()].map(({ stream }) => stream),
];

/** Frames `[module, register, data]` of the sensor fusion module, one quantity each. */
export function createMetamotionDecoder(stream: string): DeviceDecoder {
  const refusal = new Refusal();
  return {
    get rejection() {
      return refusal.reason;
    },
    decode(view, out) {
      refusal.reason = '';
      if (view.byteLength < HEADER_BYTES)
        return refusal.of(`packet cut: ${bytesOf(view.byteLength)}, no module and register`, out);
      const module = view.getUint8(0);
      const register = view.getUint8(1);
      if ((register & READ_BIT) !== 0) {
        out.count = 0;
        return 'reply';
      }
      if (module !== FUSION_MODULE)
        return refusal.of(`byte 0: module ${module} is not sensor fusion (${FUSION_MODULE})`, out);
      const output = REGISTERS.get(register);
      if (output === undefined) return refusal.of(`byte 1: register ${register} is no fusion output`, out);
      if (stream !== EVERY_OUTPUT && stream !== output.stream)
        return refusal.of(`byte 1: ${output.layout.title}, but the stream is ${stream}`, out);
      const outcome = readFixed(view, output.layout, out, refusal);
      if (outcome === 'samples' && output.layout.fields.length === 0) out.count = 0;
      return outcome;
    },
    reset() {
      refusal.reason = '';
    },
  };
}
