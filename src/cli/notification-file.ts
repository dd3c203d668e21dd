/** One notification as a text file holds it. */
export interface NotificationLine {
  /** Counted from 1, comments and empty lines included. */
  readonly line: number;
  readonly arrivalMs: number;
  readonly bytes: Uint8Array;
}

/** A line that is no notification, with the column at fault. */
export interface MalformedLine {
  readonly line: number;
  readonly reason: string;
}

/** A Bluetooth characteristic value is never longer; a longer line is not a notification. */
const MAX_NOTIFICATION_BYTES = 512;

/** A longer line is no notification, nor a comment on one. */
const MAX_LINE_CHARACTERS = 2 ** 16;

/**
 * Reads `ARRIVAL_MS HEX`, one notification a line. `#` begins a comment, empty lines do not count, the hexadecimal digits
 * may be grouped by blanks. Nothing is thrown: what cannot be read is given with its line. A long recording is never
 * held as a whole.
 * @param pieces the text, cut anywhere
 */
export function* notificationLines(pieces: Iterable<string>): Generator<NotificationLine | MalformedLine> {
  let line = 0;
  for (const raw of textLines(pieces)) {
    line++;
    const words = raw.replace(/#.*$/s, '').trim().split(/\s+/);
    const first = words[0] ?? '';
    if (first === '') continue;
    const arrivalMs = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(first) ? Number(first) : NaN;
    if (!Number.isFinite(arrivalMs)) {
      yield { line, reason: `arrival time "${clip(first)}" is not a number of milliseconds` };
      continue;
    }
    const hex = words.slice(1).join('');
    const reason = hexFault(hex);
    yield reason === ''
      ? { line, arrivalMs, bytes: Uint8Array.from(Buffer.from(hex, 'hex')) }
      : { line, reason };
  }
}

/** Lines that end in any of the usual ways; of one too long to be read, only the beginning. */
function* textLines(pieces: Iterable<string>): Generator<string> {
  let open = '',
    isFirst = true;
  for (const piece of pieces) {
    open += isFirst ? piece.replace(/^\uFEFF/, '') : piece;
    isFirst = false;
    // The other half of a line's end may follow in the next piece.
    const held = open.endsWith('\r') ? '\r' : '';
    const lines = (held === '' ? open : open.slice(0, -1)).split(/\r\n|\n|\r/);
    open = (lines.pop() ?? '').slice(0, MAX_LINE_CHARACTERS) + held;
    yield* lines;
  }
  yield* open.split('\r');
}

function hexFault(hex: string): string {
  if (hex === '') return 'no bytes behind the arrival time';
  const foreign = hex.search(/[^0-9a-f]/i);
  if (foreign >= 0)
    return `byte ${foreign >> 1}: "${clip(hex.slice(foreign, foreign + 2))}" is not hexadecimal`;
  if (hex.length % 2 === 1)
    return `byte ${hex.length >> 1}: half a byte, the number of hexadecimal digits is odd`;
  if (hex.length > 2 * MAX_NOTIFICATION_BYTES)
    return `${hex.length / 2} bytes are more than a notification holds (${MAX_NOTIFICATION_BYTES})`;
  return '';
}

/** Keeps a message to one short line, whatever the file holds. */
function clip(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]/g, '?');
  return printable.length > 24 ? `${printable.slice(0, 24)}...` : printable;
}
