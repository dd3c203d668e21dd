import { headKind, headVersion, PACKET_KIND, packetHead, PROTOCOL_VERSION } from './packet-head.ts';
import { LAYOUT_MAGNETOMETER, MAX_SAMPLES_PER_PACKET } from './sample-packet.ts';
import type { ReplyStatus } from './reply-status.ts';

export const OPCODE = {
  hello: 1,
  configure: 2,
  start: 3,
  stop: 4,
  clockEcho: 5,
  identify: 6,
  battery: 7,
  health: 8,
  readCalibration: 9,
  writeCalibration: 10,
  storeCalibration: 11,
} as const;
export type CommandName = keyof typeof OPCODE;

/** Bit 1 of the layout byte of `configure`: 20-byte single-sample packets, for links that carry no more. */
export const LAYOUT_SINGLE_SAMPLE = 0x02;

export interface StreamConfiguration {
  /** Wanted (or, in the reply, actual) rate in hundredths of a hertz, 1 to 65535. */
  readonly rateCentiHz: number;
  readonly hasMagnetometer: boolean;
  /** 20-byte packets of one six-axis sample; excludes the magnetometer. */
  readonly singleSample: boolean;
  /** Samples per block, 1 to 40; 0 leaves it to the board. */
  readonly samplesPerPacket: number;
}

/** Sensor of a calibration row: gyroscope, accelerometer, magnetometer. */
export const CALIBRATION_SENSOR = { gyro: 0, acc: 1, mag: 2 } as const;
/** 1 in a calibration matrix. */
export const MATRIX_ONE = 16384;
/** Furthest that a matrix may be from the identity: half of 1 on the diagonal, a quarter beside it. */
const DIAGONAL_LIMITS = [MATRIX_ONE / 2, (MATRIX_ONE * 3) / 2] as const;
const CROSS_LIMIT = MATRIX_ONE / 4;

/** One axis of one sensor in the board's stored calibration: corrected = matrix row x (reading - bias). */
export interface CalibrationRow {
  /** One of {@link CALIBRATION_SENSOR}. */
  readonly sensor: number;
  /** 0, 1, 2: x, y, z of the board's right-handed axes. */
  readonly row: number;
  /** Sixteenths of a count, i16. */
  readonly biasSixteenths: number;
  /** Three elements in units of 1 / {@link MATRIX_ONE}, i16. */
  readonly matrix: readonly [number, number, number];
}

/** What the page asks of the board. `reference` (0 to 255) comes back in the reply. */
export type Command =
  | { readonly name: 'hello' | 'start' | 'stop' | 'battery' | 'health'; readonly reference: number }
  | { readonly name: 'configure'; readonly reference: number; readonly configuration: StreamConfiguration }
  /** `token` (u32) comes back unchanged beside the device's clock. */
  | { readonly name: 'clockEcho'; readonly reference: number; readonly token: number }
  /** Blink for so many seconds, 0 to 255; 0 ends it. */
  | { readonly name: 'identify'; readonly reference: number; readonly durationS: number }
  | {
      readonly name: 'readCalibration';
      readonly reference: number;
      readonly sensor: number;
      readonly row: number;
    }
  /** Takes effect, all rows at once, with `storeCalibration`. */
  | { readonly name: 'writeCalibration'; readonly reference: number; readonly calibration: CalibrationRow }
  /** `crc` (u32) is of all nine rows as written: see SPEC.md. */
  | { readonly name: 'storeCalibration'; readonly reference: number; readonly crc: number };

const ARGUMENT_AT = 3;
/** Whole length of each command, bytes: all fit the smallest ATT MTU. */
const COMMAND_BYTES: Record<CommandName, number> = {
  hello: 3,
  configure: 7,
  start: 3,
  stop: 3,
  clockEcho: 7,
  identify: 4,
  battery: 3,
  health: 3,
  readCalibration: 5,
  writeCalibration: 13,
  storeCalibration: 7,
};

export function encodeCommand(command: Command): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(COMMAND_BYTES[command.name]);
  const view = new DataView(bytes.buffer);
  bytes[0] = packetHead(PACKET_KIND.command);
  bytes[1] = OPCODE[command.name];
  bytes[2] = command.reference;
  switch (command.name) {
    case 'configure':
      writeConfiguration(view, ARGUMENT_AT, command.configuration);
      break;
    case 'clockEcho':
      view.setUint32(ARGUMENT_AT, command.token, true);
      break;
    case 'identify':
      bytes[ARGUMENT_AT] = command.durationS;
      break;
    case 'readCalibration':
      bytes[ARGUMENT_AT] = command.sensor;
      bytes[ARGUMENT_AT + 1] = command.row;
      break;
    case 'writeCalibration':
      writeCalibrationRow(view, ARGUMENT_AT, command.calibration);
      break;
    case 'storeCalibration':
      view.setUint32(ARGUMENT_AT, command.crc, true);
      break;
    case 'hello':
    case 'start':
    case 'stop':
    case 'battery':
    case 'health':
      break;
  }
  return bytes;
}

/** What the board makes of a write: the command, or the error reply's content. `faultyByte` is an offset in the write. */
export type CommandReading =
  | { readonly ok: true; readonly command: Command }
  | {
      readonly ok: false;
      readonly opcode: number;
      readonly reference: number;
      readonly status: Exclude<ReplyStatus, 'ok'>;
      readonly faultyByte: number;
    };

/** The board's side: never throws, whatever was written. */
export function decodeCommand(view: DataView): CommandReading {
  const size = view.byteLength;
  const opcode = size > 1 ? view.getUint8(1) : 0;
  const reference = size > 2 ? view.getUint8(2) : 0;
  const refuse = (status: Exclude<ReplyStatus, 'ok'>, faultyByte: number): CommandReading => ({
    ok: false,
    opcode,
    reference,
    status,
    faultyByte,
  });
  if (size === 0) return refuse('badLength', 0);
  if (headVersion(view.getUint8(0)) !== PROTOCOL_VERSION) return refuse('unknownVersion', 0);
  if (headKind(view.getUint8(0)) !== PACKET_KIND.command) return refuse('badArgument', 0);
  if (size < ARGUMENT_AT) return refuse('badLength', size);
  const name = commandName(opcode);
  if (name === null) return refuse('unknownCommand', 1);
  if (size !== COMMAND_BYTES[name]) return refuse('badLength', Math.min(size, COMMAND_BYTES[name]));
  switch (name) {
    case 'configure': {
      const configuration = readConfiguration(view, ARGUMENT_AT);
      if (typeof configuration === 'number') return refuse('badArgument', configuration);
      return { ok: true, command: { name, reference, configuration } };
    }
    case 'clockEcho':
      return { ok: true, command: { name, reference, token: view.getUint32(ARGUMENT_AT, true) } };
    case 'identify':
      return { ok: true, command: { name, reference, durationS: view.getUint8(ARGUMENT_AT) } };
    case 'readCalibration': {
      const wrong = wrongPlace(view, ARGUMENT_AT);
      if (wrong !== null) return refuse('badArgument', wrong);
      const [sensor, row] = [view.getUint8(ARGUMENT_AT), view.getUint8(ARGUMENT_AT + 1)];
      return { ok: true, command: { name, reference, sensor, row } };
    }
    case 'writeCalibration': {
      const calibration = readCalibrationRow(view, ARGUMENT_AT);
      if (typeof calibration === 'number') return refuse('badArgument', calibration);
      return { ok: true, command: { name, reference, calibration } };
    }
    case 'storeCalibration':
      return { ok: true, command: { name, reference, crc: view.getUint32(ARGUMENT_AT, true) } };
    case 'hello':
    case 'start':
    case 'stop':
    case 'battery':
    case 'health':
      return { ok: true, command: { name, reference } };
  }
}

export function commandName(opcode: number): CommandName | null {
  for (const name of Object.keys(OPCODE) as CommandName[]) if (OPCODE[name] === opcode) return name;
  return null;
}

/** Four bytes, the same in the command and in its reply. */
export function writeConfiguration(view: DataView, at: number, configuration: StreamConfiguration): void {
  view.setUint16(at, configuration.rateCentiHz, true);
  view.setUint8(
    at + 2,
    (configuration.hasMagnetometer ? LAYOUT_MAGNETOMETER : 0) |
      (configuration.singleSample ? LAYOUT_SINGLE_SAMPLE : 0),
  );
  view.setUint8(at + 3, configuration.samplesPerPacket);
}

/** The configuration, or the offset of the byte that makes no sense. */
export function readConfiguration(view: DataView, at: number): StreamConfiguration | number {
  const rateCentiHz = view.getUint16(at, true);
  const layout = view.getUint8(at + 2);
  const samplesPerPacket = view.getUint8(at + 3);
  if (rateCentiHz === 0) return at;
  if (layout > LAYOUT_SINGLE_SAMPLE) return at + 2;
  if (samplesPerPacket > MAX_SAMPLES_PER_PACKET) return at + 3;
  return {
    rateCentiHz,
    hasMagnetometer: (layout & LAYOUT_MAGNETOMETER) !== 0,
    singleSample: (layout & LAYOUT_SINGLE_SAMPLE) !== 0,
    samplesPerPacket,
  };
}

/** Ten bytes, the same in `writeCalibration` and in the reply to `readCalibration`. */
export function writeCalibrationRow(view: DataView, at: number, row: CalibrationRow): void {
  view.setUint8(at, row.sensor);
  view.setUint8(at + 1, row.row);
  view.setInt16(at + 2, row.biasSixteenths, true);
  row.matrix.forEach((element, i) => view.setInt16(at + 4 + 2 * i, element, true));
}

/** The row, or the offset of the byte that makes no sense. */
export function readCalibrationRow(view: DataView, at: number): CalibrationRow | number {
  const wrong = wrongPlace(view, at);
  if (wrong !== null) return wrong;
  const row = view.getUint8(at + 1);
  const element = (i: number): number => view.getInt16(at + 4 + 2 * i, true);
  for (let i = 0; i < 3; i++) {
    const [least, most] = i === row ? DIAGONAL_LIMITS : [-CROSS_LIMIT, CROSS_LIMIT];
    if (element(i) < least || element(i) > most) return at + 4 + 2 * i;
  }
  return {
    sensor: view.getUint8(at),
    row,
    biasSixteenths: view.getInt16(at + 2, true),
    matrix: [element(0), element(1), element(2)],
  };
}

/** Offset of a sensor or row number that does not exist. */
function wrongPlace(view: DataView, at: number): number | null {
  if (view.getUint8(at) > CALIBRATION_SENSOR.mag) return at;
  return view.getUint8(at + 1) > 2 ? at + 1 : null;
}
