import type { DecodableFamily } from '../device-family.ts';
import { createWitmotionDecoder } from './witmotion-decoder.ts';

/** WitMotion WT901BLE and BWT901BLE5.0. Their Euler angles are left out: they lock at 90 degrees of pitch. */
export const WITMOTION: DecodableFamily = {
  name: 'witmotion',
  summary: 'WitMotion WT901BLE, BWT901BLE5.0; checked with one published frame and built byte streams',
  clock: null,
  streams: ['motion', 'quaternion'],
  aliases: { '5561': 'motion', '0x61': 'motion', '0x51': 'quaternion' },
  createDecoder: (stream) => createWitmotionDecoder(stream === 'quaternion' ? 'quaternion' : 'motion'),
};
