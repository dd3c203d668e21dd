import { GRAVITY_METERS_PER_S2, RAD_PER_DEG } from '../../math/angle.ts';
import { SILENT_RADIO, type DeviceFamily } from '../device-family.ts';
import { tellOnly } from '../dialogue.ts';
import { createWitmotionDecoder } from './witmotion-decoder.ts';

/** Not the Bluetooth base, which ends in 9b: short UUIDs do not match. */
const uuid = (short: string): string => `0000${short}-0000-1000-8000-00805f9a34fb`;
const RATE_HZ = 100;
const UNLOCK = Uint8Array.of(0xff, 0xaa, 0x69, 0x88, 0xb5);
/** Register and value by which the vendor's example sets the rate; it is not saved, so the unit forgets it when switched off. */
const SET_RATE = Uint8Array.of(0xff, 0xaa, 0x03, 0x09, 0x00);

/** WitMotion WT901BLE and BWT901BLE5.0. Their Euler angles are left out: they lock at 90 degrees of pitch. */
export const WITMOTION: DeviceFamily = {
  name: 'witmotion',
  summary: 'WitMotion WT901BLE, BWT901BLE5.0; checked with one published frame and built byte streams',
  evidence: 'publishedLayout',
  cautions: ['noTime', 'axesUnpublished'],
  mirroredAxis: null,
  clock: null,
  streams: ['motion', 'quaternion'],
  aliases: { '5561': 'motion', '0x61': 'motion', '0x51': 'quaternion' },
  liveStreams: [{ stream: '', rateHz: RATE_HZ }],
  narrowStream: null,
  gyroFullScaleRadPerS: 2000 * RAD_PER_DEG,
  accFullScaleMetersPerS2: 16 * GRAVITY_METERS_PER_S2,
  createDecoder: (stream) => createWitmotionDecoder(stream === 'quaternion' ? 'quaternion' : 'motion'),
  bluetooth: {
    ...SILENT_RADIO,
    filters: [{ services: [uuid('ffe5')] }, { namePrefix: 'WT' }],
    serviceUuid: uuid('ffe5'),
    dataCharacteristicUuids: [uuid('ffe4')],
    commandCharacteristicUuid: uuid('ffe9'),
    createDialogue: () => tellOnly([UNLOCK, SET_RATE]),
  },
};
