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
