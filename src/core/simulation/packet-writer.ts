import {
  createSampleHeader,
  encodeSamplePacket,
} from '../../../firmware-protocol/typescript/sample-packet.ts';
import { DEG_PER_RAD } from '../math/angle.ts';
import type { DeviceFamilyName } from '../packet/device-family-name.ts';

/** Families whose bytes the simulator writes. */
export const SIMULATED_FAMILIES = [
  'thora-nano33',
  'movesense',
] as const satisfies readonly DeviceFamilyName[];
export type SimulatedFamily = (typeof SIMULATED_FAMILIES)[number];

/** What one packet is about: all counted since the unit last started. */
export interface PacketPlace {
  readonly sequence: number;
  readonly firstSample: number;
  readonly count: number;
  /** The unit's clock at its start, us. */
  readonly startUs: number;
}

/** Samples of one unit to the notifications of its family. */
export interface PacketWriter {
  readonly stream: string;
  readonly samplesPerPacket: number;
  /** Row-major gyroscope (rad/s), accelerometer (m/s^2) and, where it has one, magnetometer (uT). */
  write(
    place: PacketPlace,
    gyro: Float64Array,
    acc: Float64Array,
    mag: Float64Array | null,
  ): readonly Uint8Array[];
}

/**
 * @param samplesPerPacket where the family leaves it open; null: as usual
 * @throws RangeError for a rate that the family does not have
 */
export function createPacketWriter(
  family: SimulatedFamily,
  rateHz: number,
  hasMagnetometer: boolean,
  samplesPerPacket: number | null,
): PacketWriter {
  return family === 'movesense'
    ? new MovesenseWriter(rateHz, hasMagnetometer)
    : new ThoraWriter(rateHz, samplesPerPacket ?? 4);
}

class ThoraWriter implements PacketWriter {
  readonly stream = '';
  readonly samplesPerPacket: number;
  private readonly header = createSampleHeader();

  constructor(rateHz: number, samplesPerPacket: number) {
    this.samplesPerPacket = samplesPerPacket;
    this.header.form = 'block';
    this.header.rateCentiHz = Math.round(rateHz * 100);
  }

  write(
    place: PacketPlace,
    gyro: Float64Array,
    acc: Float64Array,
    mag: Float64Array | null,
  ): readonly Uint8Array[] {
    const { header } = this;
    header.hasMagnetometer = mag !== null;
    header.sequence = place.sequence % 65536;
    header.deviceTimeUs =
      Math.round(place.startUs + (place.firstSample * 1e8) / header.rateCentiHz) % 2 ** 32;
    header.sampleCounter = place.firstSample % 2 ** 32;
    header.count = place.count;
    return [encodeSamplePacket(header, gyro, acc, mag)];
  }
}

const MOVESENSE_RATES_HZ: readonly number[] = [13, 26, 52, 104];
const MOVESENSE_PACKETS_PER_S = 13;
const MOVESENSE_REFERENCE = 1;
const MOVESENSE_DATA = 2;
const MOVESENSE_DATA_PART_2 = 3;
/** A longer payload is cut here, and the rest follows in a notification of its own. */
const MOVESENSE_FIRST_PART = 150;

/** GATT SensorData Protocol: milliseconds since boot, then one array per sensor, acceleration first, rates in deg/s. */
class MovesenseWriter implements PacketWriter {
  readonly stream: string;
  readonly samplesPerPacket: number;
  private readonly rateHz: number;

  constructor(rateHz: number, hasMagnetometer: boolean) {
    if (!MOVESENSE_RATES_HZ.includes(rateHz))
      throw new RangeError(`movesense has no ${rateHz} Hz; there is ${MOVESENSE_RATES_HZ.join(', ')}`);
    this.rateHz = rateHz;
    this.samplesPerPacket = rateHz / MOVESENSE_PACKETS_PER_S;
    this.stream = `/Meas/${hasMagnetometer ? 'IMU9' : 'IMU6'}/${rateHz}`;
  }

  write(
    place: PacketPlace,
    gyro: Float64Array,
    acc: Float64Array,
    mag: Float64Array | null,
  ): readonly Uint8Array[] {
    const arrays: readonly (readonly [Float64Array, number])[] = [
      [acc, 1],
      [gyro, DEG_PER_RAD],
      ...(mag === null ? [] : [[mag, 1] as const]),
    ];
    const payload = new Uint8Array(4 + 12 * place.count * arrays.length);
    const view = new DataView(payload.buffer);
    const timeMs = place.startUs / 1000 + (1000 * place.firstSample) / this.rateHz;
    view.setUint32(0, Math.floor(timeMs) % 2 ** 32, true);
    arrays.forEach(([values, scale], array) => {
      for (let i = 0; i < 3 * place.count; i++)
        view.setFloat32(4 + 4 * (3 * place.count * array + i), scale * values[i], true);
    });
    const notification = (code: number, body: Uint8Array): Uint8Array =>
      Uint8Array.of(code, MOVESENSE_REFERENCE, ...body);
    const first = notification(MOVESENSE_DATA, payload.subarray(0, MOVESENSE_FIRST_PART));
    return payload.length <= MOVESENSE_FIRST_PART
      ? [first]
      : [first, notification(MOVESENSE_DATA_PART_2, payload.subarray(MOVESENSE_FIRST_PART))];
  }
}
