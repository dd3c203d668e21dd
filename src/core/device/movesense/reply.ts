/** Response codes of the GATT SensorData Protocol, byte 0 of every notification. */
export const RESPONSE = { reply: 1, data: 2, dataPart2: 3 } as const;

const SHORTEST_REPLY_BYTES = 4;
/** 'H': the sample firmware answers with the word "Hello", the default firmware with a small version number. */
const HELLO_LETTER = 0x48;
const NO_FREE_SLOT = 507;

/** Which of the two firmwares answered HELLO; they differ in commands and replies. */
export type MovesenseHello =
  | { readonly firmware: 'sample' }
  | {
      readonly firmware: 'default';
      readonly protocolVersion: number;
      readonly serialNumber: string;
      readonly productName: string;
      readonly dfuMac: string;
      readonly appName: string;
      readonly appVersion: string;
    };

export function isWholeReply(view: DataView): boolean {
  return view.byteLength >= SHORTEST_REPLY_BYTES;
}

/** What a notification says in answer to HELLO; null when it does not answer one. */
export function readHello(view: DataView): MovesenseHello | null {
  if (!isWholeReply(view) || view.getUint8(0) !== RESPONSE.reply) return null;
  const version = view.getUint8(2);
  if (version === HELLO_LETTER) return { firmware: 'sample' };
  const words: string[] = [];
  let word = '';
  for (let i = 3; i < view.byteLength; i++) {
    const code = view.getUint8(i);
    if (code === 0) {
      words.push(word);
      word = '';
    } else if (code < 0x20 || code > 0x7e) return null;
    else word += String.fromCharCode(code);
  }
  if (word !== '') words.push(word);
  if (version === 0 || words.length < 5) return null;
  const [serialNumber = '', productName = '', dfuMac = '', appName = '', appVersion = ''] = words;
  return {
    firmware: 'default',
    protocolVersion: version,
    serialNumber,
    productName,
    dfuMac,
    appName,
    appVersion,
  };
}

/**
 * HTTP-like status of a reply to any command but HELLO, which has none; any 2xx is success. Little-endian, except that
 * the sample firmware sends its one status, "no free subscription slot", the other way round.
 */
export function readStatus(view: DataView): number | null {
  if (!isWholeReply(view) || view.getUint8(0) !== RESPONSE.reply) return null;
  return view.getUint16(2, false) === NO_FREE_SLOT ? NO_FREE_SLOT : view.getUint16(2, true);
}

/** Response code and reference; 0 for both where the notification is too short to have them. */
export function referenceOf(view: DataView): { readonly code: number; readonly reference: number } {
  return view.byteLength < 2
    ? { code: 0, reference: 0 }
    : { code: view.getUint8(0), reference: view.getUint8(1) };
}

const BODY = 4;
const OK = 200;
/** u64 UTC us, u32 ms since boot, u32 tick rate, u32 accuracy. */
const TIME_BYTES = 20;
const RELATIVE_TIME = 8;

/** Percent; null where the unit could not measure it now, or answers something else. */
export function readBattery(view: DataView): number | null {
  if (readStatus(view) !== OK || view.byteLength <= BODY) return null;
  const percent = view.getUint8(BODY);
  return percent <= 100 ? percent : null;
}

/** Milliseconds since boot, the clock of the packets; null where the unit did not tell. */
export function readRelativeTimeMs(view: DataView): number | null {
  if (readStatus(view) !== OK || view.byteLength < BODY + TIME_BYTES) return null;
  return view.getUint32(BODY + RELATIVE_TIME, true);
}
