import type { CodeableConcept, Coding, Quantity, Reference } from 'fhir/r4';
import { ABSENT_REASON, type BusinessIdentifier, LOCAL_CODES, UCUM } from './fhir-names.ts';
import { displayOf } from './local-codes.ts';

/** A local code with its words; where no code is known for it, the words alone. */
export function local(code: string, otherwise: string = code): CodeableConcept {
  const display = displayOf(code);
  return display === undefined
    ? { text: plainText(otherwise) ?? 'unknown' }
    : { coding: [{ system: LOCAL_CODES, code, display }], text: display };
}

/** A standard code first, the local one after it. */
export function coded(standard: Coding, code: string): CodeableConcept {
  const own = local(code);
  return { ...own, coding: [{ ...standard }, ...(own.coding ?? [])] };
}

/** Units by UCUM. */
export type Unit = 'deg' | 's' | 'min' | 'd' | '%' | '{score}' | '{count}' | 'a' | '/wk' | 'Hz';

export function quantity(value: number, unit: Unit): Quantity {
  return { value, unit, system: UCUM, code: unit };
}

export function absent(reason: 'asked-declined' | 'unknown' | 'not-performed' | 'error'): CodeableConcept {
  return { coding: [{ system: ABSENT_REASON, code: reason }] };
}

/** By business identifier: the order in which resources reach the server never matters. */
export function logical(type: string, { system, value }: BusinessIdentifier): Reference {
  return { type, identifier: { system, value } };
}

/** Text as FHIR allows it: no control characters, no halves of characters, not blank. Undefined where nothing is left. */
export function plainText(text: string): string | undefined {
  const plain = text
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    // FHIR's string forbids just these signs (datatypes, string): here they are meant.
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, ' ')
    .trim();
  return plain === '' ? undefined : plain;
}

const EARLIEST_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = Date.UTC(9999, 0, 1);
const MS_PER_DAY = 86_400_000;

/** An instant; a clock that was lost stands at the nearest year that FHIR can write and devices can show. */
export function instantOf(utcMs: number): string {
  return new Date(Math.min(LATEST_MS, Math.max(EARLIEST_MS, utcMs))).toISOString();
}

/** @param utc ISO 8601 in UTC; undefined where there is no such moment */
export function instantOfUtc(utc: string): string | undefined {
  const utcMs = Date.parse(utc);
  return Number.isFinite(utcMs) ? instantOf(utcMs) : undefined;
}

/** @param day days since 1970-01-01 */
export function dateOf(day: number): string {
  return instantOf(day * MS_PER_DAY).slice(0, 10);
}

/** Without what is empty: FHIR allows no empty text, list or object. */
export function compact<T>(value: T): T {
  return (strip(value) ?? {}) as T;
}

function strip(value: unknown): unknown {
  if (value === '' || value === null) return undefined;
  if (Array.isArray(value)) {
    const kept = value.map(strip).filter((item) => item !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  if (typeof value !== 'object') return value;
  const kept = Object.entries(value as object)
    .map(([key, item]) => [key, strip(item)] as const)
    .filter(([, item]) => item !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

const CHUNK = 0x8000;

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(binary);
}

/** Null where it is no base64. */
export function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  } catch {
    return null;
  }
}
