import {
  commandName,
  OPCODE,
  readCalibrationRow,
  readConfiguration,
  writeCalibrationRow,
  writeConfiguration,
} from './command.ts';
import type { CalibrationRow, StreamConfiguration } from './command.ts';
import { REPLY_STATUS } from './reply-status.ts';
import type { ReplyStatus } from './reply-status.ts';
import { headKind, headVersion, PACKET_KIND, packetHead, PROTOCOL_VERSION } from './packet-head.ts';

export const BOARD = { other: 0, nano33Ble: 1, nano33BleRev2: 2, xiaoNrf52840Sense: 3 } as const;

/** Bits of the feature byte of `hello`. */
export const FEATURE = { magnetometer: 0x01, battery: 0x02, identifyLight: 0x04 } as const;

/** Bits of the flag byte of `health`. */
export const HEALTH = {
  /** The motion chip is silent or stuck now. */
  chipSilent: 0x01,
  /** A stored calibration is applied. */
  calibrated: 0x02,
  /** A stored calibration was found and refused: damaged, or of another board or axis map. */
  calibrationRefused: 0x04,
  /** The last start of the board was by its watchdog. */
  watchdogRestart: 0x08,
} as const;

/** What went wrong on the board. Counts stop at their largest value. */
export interface BoardHealth {
  /** Bits of {@link HEALTH}. */
  readonly flags: number;
  /** How often the motion chip had to be set up again since boot. */
  readonly chipRestarts: number;
  /** Samples since `start` that did not fit the board's buffer while the radio was busy. */
  readonly bufferLost: number;
  /** Samples since `start` that the chip overwrote or did not take. */
  readonly chipLost: number;
  /** Packets since `start` that the radio did not take when offered; offered again, so not lost. */
  readonly radioRefusals: number;
}

export interface BoardInfo {
  readonly firmwareMajor: number;
  readonly firmwareMinor: number;
  readonly firmwarePatch: number;
  /** One of {@link BOARD}; unknown codes are passed on. */
  readonly boardCode: number;
  /** Bits of {@link FEATURE}. */
  readonly features: number;
  /** ATT MTU of this link, 23 to 517; 0 when the board cannot know it. */
  readonly mtu: number;
  /** Rate at which the motion chip runs, hundredths of a hertz. */
  readonly nativeRateCentiHz: number;
  /** Tells two boards apart; stable for the board. */
  readonly unitId: number;
}

/** What the board answers. */
export type Reply =
  | { readonly name: 'hello'; readonly reference: number; readonly info: BoardInfo }
  /** What took effect: the nearest the board can do. `samplesPerPacket` is 1 for single-sample packets. */
  | { readonly name: 'configure'; readonly reference: number; readonly configuration: StreamConfiguration }
  | {
      readonly name: 'start' | 'stop' | 'identify' | 'writeCalibration' | 'storeCalibration';
      readonly reference: number;
    }
  | { readonly name: 'health'; readonly reference: number; readonly health: BoardHealth }
  | { readonly name: 'readCalibration'; readonly reference: number; readonly calibration: CalibrationRow }
  | {
      readonly name: 'clockEcho';
      readonly reference: number;
      readonly token: number;
      /** Device clock when the request was read, and when this reply was handed to the radio, us, modulo 2^32. */
      readonly receivedUs: number;
      readonly sentUs: number;
    }
  | {
      readonly name: 'battery';
      readonly reference: number;
      /** 0 to 100; null when unknown. */
      readonly percent: number | null;
      /** Null when unknown. */
      readonly millivolts: number | null;
    }
  | {
      readonly name: 'error';
      readonly reference: number;
      /** Of the command that failed; 0 when it could not be read. */
      readonly opcode: number;
      readonly status: Exclude<ReplyStatus, 'ok'>;
      /** Offset of the offending byte in the command. */
      readonly faultyByte: number;
    };

const BODY_AT = 4;
const UNKNOWN_PERCENT = 255;
/** Whole length of each successful reply, bytes. */
const REPLY_BYTES = {
  hello: 17,
  configure: 8,
  start: 4,
  stop: 4,
  clockEcho: 16,
  identify: 4,
  battery: 7,
  health: 12,
  readCalibration: 14,
  writeCalibration: 4,
  storeCalibration: 4,
  error: 5,
} as const;

export function encodeReply(reply: Reply): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(REPLY_BYTES[reply.name]);
  const view = new DataView(bytes.buffer);
  bytes[0] = packetHead(PACKET_KIND.reply);
  bytes[1] = reply.name === 'error' ? reply.opcode : OPCODE[reply.name];
  bytes[2] = reply.reference;
  switch (reply.name) {
    case 'hello':
      bytes[4] = reply.info.firmwareMajor;
      bytes[5] = reply.info.firmwareMinor;
      bytes[6] = reply.info.firmwarePatch;
      bytes[7] = reply.info.boardCode;
      bytes[8] = reply.info.features;
      view.setUint16(9, reply.info.mtu, true);
      view.setUint16(11, reply.info.nativeRateCentiHz, true);
      view.setUint32(13, reply.info.unitId, true);
      break;
    case 'configure':
      writeConfiguration(view, BODY_AT, reply.configuration);
      break;
    case 'clockEcho':
      view.setUint32(4, reply.token, true);
      view.setUint32(8, reply.receivedUs % 2 ** 32, true);
      view.setUint32(12, reply.sentUs % 2 ** 32, true);
      break;
    case 'battery':
      bytes[4] = reply.percent ?? UNKNOWN_PERCENT;
      view.setUint16(5, reply.millivolts ?? 0, true);
      break;
    case 'error':
      bytes[3] = REPLY_STATUS[reply.status];
      bytes[4] = reply.faultyByte;
      break;
    case 'health':
      bytes[4] = reply.health.flags;
      bytes[5] = reply.health.chipRestarts;
      view.setUint16(6, reply.health.bufferLost, true);
      view.setUint16(8, reply.health.chipLost, true);
      view.setUint16(10, reply.health.radioRefusals, true);
      break;
    case 'readCalibration':
      writeCalibrationRow(view, BODY_AT, reply.calibration);
      break;
    case 'start':
    case 'stop':
    case 'identify':
    case 'writeCalibration':
    case 'storeCalibration':
      break;
  }
  return bytes;
}

/** The reply, or in plain words why the bytes are none. Never throws. */
export function decodeReply(view: DataView): Reply | string {
  const size = view.byteLength;
  if (size === 0) return 'byte 0 (version and kind) is missing: the reply is empty';
  const head = view.getUint8(0);
  if (headVersion(head) !== PROTOCOL_VERSION)
    return `byte 0: protocol version ${headVersion(head)}, this reader knows version ${PROTOCOL_VERSION}`;
  if (headKind(head) !== PACKET_KIND.reply) return `byte 0: kind ${headKind(head)} is not a reply`;
  if (size < BODY_AT) return `reply cut: ${size} of at least ${BODY_AT} bytes arrived`;
  const opcode = view.getUint8(1);
  const reference = view.getUint8(2);
  const status = statusName(view.getUint8(3));
  if (status === null) return `byte 3: status ${view.getUint8(3)} is unknown`;
  const name = status === 'ok' ? commandName(opcode) : 'error';
  if (name === null) return `byte 1: opcode ${opcode} is unknown`;
  if (size !== REPLY_BYTES[name])
    return `reply to ${name} ${size < REPLY_BYTES[name] ? 'cut' : 'too long'}: ${size} of ${REPLY_BYTES[name]} bytes arrived`;
  switch (name) {
    case 'hello':
      return { name, reference, info: readInfo(view) };
    case 'configure': {
      const configuration = readConfiguration(view, BODY_AT);
      if (typeof configuration === 'number')
        return `byte ${configuration}: value ${view.getUint8(configuration)} is out of range`;
      return { name, reference, configuration };
    }
    case 'clockEcho':
      return {
        name,
        reference,
        token: view.getUint32(4, true),
        receivedUs: view.getUint32(8, true),
        sentUs: view.getUint32(12, true),
      };
    case 'battery': {
      const percent = view.getUint8(4);
      if (percent > 100 && percent !== UNKNOWN_PERCENT) return `byte 4: battery ${percent} % is out of range`;
      const millivolts = view.getUint16(5, true);
      return {
        name,
        reference,
        percent: percent === UNKNOWN_PERCENT ? null : percent,
        millivolts: millivolts === 0 ? null : millivolts,
      };
    }
    case 'error':
      return {
        name,
        reference,
        opcode,
        status: status as Exclude<ReplyStatus, 'ok'>,
        faultyByte: view.getUint8(4),
      };
    case 'health':
      return { name, reference, health: readHealth(view) };
    case 'readCalibration': {
      const calibration = readCalibrationRow(view, BODY_AT);
      if (typeof calibration === 'number')
        return `byte ${calibration}: value ${view.getUint8(calibration)} is out of range`;
      return { name, reference, calibration };
    }
    case 'start':
    case 'stop':
    case 'identify':
    case 'writeCalibration':
    case 'storeCalibration':
      return { name, reference };
  }
}

function readInfo(view: DataView): BoardInfo {
  return {
    firmwareMajor: view.getUint8(4),
    firmwareMinor: view.getUint8(5),
    firmwarePatch: view.getUint8(6),
    boardCode: view.getUint8(7),
    features: view.getUint8(8),
    mtu: view.getUint16(9, true),
    nativeRateCentiHz: view.getUint16(11, true),
    unitId: view.getUint32(13, true),
  };
}

function readHealth(view: DataView): BoardHealth {
  return {
    flags: view.getUint8(4),
    chipRestarts: view.getUint8(5),
    bufferLost: view.getUint16(6, true),
    chipLost: view.getUint16(8, true),
    radioRefusals: view.getUint16(10, true),
  };
}

function statusName(code: number): ReplyStatus | null {
  for (const name of Object.keys(REPLY_STATUS) as ReplyStatus[]) if (REPLY_STATUS[name] === code) return name;
  return null;
}
