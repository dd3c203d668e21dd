/** One notification as a text file holds it. */
export interface NotificationLine {
  /** Counted from 1, comments and empty lines included. */
  readonly line: number;
  readonly arrivalMs: number;
  readonly bytes: Uint8Array;
}

export interface NotificationFile {
  readonly notifications: readonly NotificationLine[];
  /** Lines that are no notification, with the column at fault. */
  readonly malformed: readonly { readonly line: number; readonly reason: string }[];
}

/** A Bluetooth characteristic value is never longer; a longer line is not a notification. */
const MAX_NOTIFICATION_BYTES = 512;

/**
 * Reads `ARRIVAL_MS HEX`, one notification a line. `#` begins a comment, empty lines do not count, the hexadecimal digits
 * may be grouped by blanks. Nothing is thrown: what cannot be read is listed with its line.
 */
export function parseNotificationFile(text: string): NotificationFile {
  const notifications: NotificationLine[] = [];
  const malformed: { line: number; reason: string }[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  lines.forEach((raw, index) => {
    const line = index + 1;
    const words = raw.replace(/#.*$/s, '').trim().split(/\s+/);
    const first = words[0] ?? '';
    if (first === '') return;
    const arrivalMs = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(first) ? Number(first) : NaN;
    if (!Number.isFinite(arrivalMs)) {
      malformed.push({ line, reason: `arrival time "${clip(first)}" is not a number of milliseconds` });
      return;
    }
    const hex = words.slice(1).join('');
    const reason = hexFault(hex);
    if (reason !== '') malformed.push({ line, reason });
    else notifications.push({ line, arrivalMs, bytes: Uint8Array.from(Buffer.from(hex, 'hex')) });
  });
  return { notifications, malformed };
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
