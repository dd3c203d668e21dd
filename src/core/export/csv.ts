/** One cell: a number (NaN and null are empty), or words. */
export type CsvCell = number | string | null;

/**
 * Comma-separated values as in RFC 4180: CRLF, quotes where needed. Words that a spreadsheet would take for a formula are
 * kept from it by an apostrophe (OWASP, "CSV Injection"); numbers are written as they are.
 */
export function csvLines(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const lines = [header.map(cell).join(',')];
  for (const row of rows) lines.push(row.map(cell).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function cell(value: CsvCell): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const guarded = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** A number with so many digits behind the point, without an exponent or a negative zero. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits)) + 0;
}
