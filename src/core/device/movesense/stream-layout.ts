/** Sensors in the order in which a packet lists their arrays. */
const SENSORS = {
  Acc: ['acc'],
  Gyro: ['gyro'],
  Magn: ['mag'],
  IMU6: ['acc', 'gyro'],
  IMU6m: ['acc', 'mag'],
  IMU9: ['acc', 'gyro', 'mag'],
} as const satisfies Record<string, readonly ('acc' | 'gyro' | 'mag')[]>;

/** Hz, with the samples that one packet holds: about 13 packets a second at every rate. */
const SAMPLES_AT_RATE: readonly (readonly [rateHz: number, samples: number])[] = [
  [13, 1],
  [26, 2],
  [52, 4],
  [104, 8],
  [208, 16],
  [416, 32],
  [833, 64],
  [1666, 128],
];

/** Rates whose packet sizes were seen on hardware or in the vendor's own client. */
const SEEN_RATES_HZ: readonly number[] = [13, 52, 104];

const TIMESTAMP_BYTES = 4;
const TRIPLE_BYTES = 12;
/** Two notifications carry no more, by the sources of the vendor's sample firmware. */
const LARGEST_PAYLOAD_BYTES = 306;

export interface StreamLayout {
  readonly path: string;
  readonly sensors: readonly ('acc' | 'gyro' | 'mag')[];
  readonly rateHz: number;
  /** By the pattern of one packet in 1/13 s. */
  readonly expectedBytes: number;
  readonly sizeIsCertain: boolean;
}

export const STREAM_LAYOUTS: readonly StreamLayout[] = Object.entries(SENSORS).flatMap(
  ([resource, sensors]) =>
    SAMPLES_AT_RATE.map(([rateHz, samples]) => ({
      path: `/Meas/${resource}/${rateHz}`,
      sensors,
      rateHz,
      expectedBytes: TIMESTAMP_BYTES + samples * TRIPLE_BYTES * sensors.length,
      sizeIsCertain: SEEN_RATES_HZ.includes(rateHz),
    })),
);

/**
 * Samples in a payload of `bytes`; 0 when it is no whole payload of the stream. Where the packet size of a rate was
 * never seen, other whole counts are taken too, but none smaller than expected: that is how a cut packet looks. Streams
 * that outgrow two notifications must come in smaller packets, so there any whole count is taken.
 */
export function samplesIn(layout: StreamLayout, bytes: number): number {
  const samples = (bytes - TIMESTAMP_BYTES) / (TRIPLE_BYTES * layout.sensors.length);
  if (bytes === layout.expectedBytes) return samples;
  if (layout.sizeIsCertain || samples < 1 || !Number.isInteger(samples)) return 0;
  return bytes > layout.expectedBytes || layout.expectedBytes > LARGEST_PAYLOAD_BYTES ? samples : 0;
}
