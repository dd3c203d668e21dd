import type { DecodableFamily } from '../device-family.ts';
import { createMovesenseDecoder } from './movesense-decoder.ts';
import { STREAM_LAYOUTS } from './stream-layout.ts';
import type { StreamLayout } from './stream-layout.ts';

const USUAL_PATH = '/Meas/IMU9/52';
const BY_PATH = new Map(STREAM_LAYOUTS.map((layout) => [layout.path, layout]));
const USUAL = BY_PATH.get(USUAL_PATH) as StreamLayout;

/**
 * Movesense sensors by the GATT SensorData Protocol. Acceleration m/s^2 with gravity, rate deg/s, field uT; one
 * millisecond clock since boot for all streams of a unit. The directions of the axes on the case are not published.
 */
export const MOVESENSE: DecodableFamily = {
  name: 'movesense',
  summary: 'Movesense, GATT SensorData Protocol; checked with published packets of real units',
  clock: { ticksPerMs: 1, wrapTicks: 2 ** 32 },
  streams: [USUAL_PATH, ...STREAM_LAYOUTS.map((layout) => layout.path).filter((path) => path !== USUAL_PATH)],
  createDecoder: (stream) => createMovesenseDecoder(BY_PATH.get(stream) ?? USUAL),
};
