import type { Payer } from './coverage-search.ts';

const MOST_PAYERS = 20_000;
const LONGEST_NAME = 200;
const KINDS: readonly unknown[] = ['publicService', 'healthPlan', 'employer'];

/**
 * The directory of who may pay for care, out of its file (docs/coverage-directory.md).
 * @throws TypeError that names the field which is not as it should be
 */
export function parsePayerDirectory(value: unknown): readonly Payer[] {
  const { format, version, payers } = fieldsOf(value, 'directory');
  if (format !== 'thora-coverage-directory' || version !== 1) throw new TypeError('directory.format');
  if (!Array.isArray(payers) || payers.length > MOST_PAYERS) throw new TypeError('directory.payers');
  return payers.map((payer, i) => parsePayer(payer, `payers[${i}]`));
}

function parsePayer(value: unknown, where: string): Payer {
  const { payerId, name, kind, country, otherNames, confirmed } = fieldsOf(value, where);
  if (!isName(payerId)) throw new TypeError(`${where}.payerId`);
  if (!isName(name)) throw new TypeError(`${where}.name`);
  if (!KINDS.includes(kind)) throw new TypeError(`${where}.kind`);
  if (typeof country !== 'string' || !/^[A-Z]{2}$/.test(country)) throw new TypeError(`${where}.country`);
  if (!Array.isArray(otherNames) || !otherNames.every(isName)) throw new TypeError(`${where}.otherNames`);
  return {
    payerId,
    name,
    kind: kind as Payer['kind'],
    country,
    otherNames,
    confirmed: confirmedOf(confirmed, where),
  };
}

function confirmedOf(value: unknown, where: string): Payer['confirmed'] {
  if (value === null) return null;
  const { by, on } = fieldsOf(value, `${where}.confirmed`);
  if (!isName(by)) throw new TypeError(`${where}.confirmed.by`);
  if (typeof on !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(on)) throw new TypeError(`${where}.confirmed.on`);
  return { by, on };
}

function fieldsOf(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError(where);
  return value as Record<string, unknown>;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_NAME;
}
