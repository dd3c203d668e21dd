import type { DecodableFamily } from '../device-family.ts';
import { createMetamotionDecoder, EVERY_OUTPUT, FUSION_STREAMS } from './metamotion-decoder.ts';

/** MbientLab MetaMotion, outputs of its on-board fusion. No device time; every frame holds one quantity. */
export const METAMOTION: DecodableFamily = {
  name: 'metamotion',
  summary: "MbientLab MetaMotion, sensor fusion outputs; checked with frames of the vendor's own tests",
  clock: null,
  streams: FUSION_STREAMS,
  aliases: {
    'linear acceleration': 'linear-acc',
    acceleration: 'acc',
    gyroscope: 'gyro',
    magnetometer: 'mag',
  },
  createDecoder: (stream) => createMetamotionDecoder(stream === '' ? EVERY_OUTPUT : stream),
};
