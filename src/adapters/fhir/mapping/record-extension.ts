import type { Extension } from 'fhir/r4';
import { canonical } from '../../../core/recording/canonical-json.ts';
import type { HandOverCrypto } from '../../../core/recording/hand-over-crypto.ts';
import type { PartyCard } from '../../../core/recording/party-card.ts';
import { identifierOf, RECORD_URL } from './fhir-names.ts';
import { fromBase64, toBase64 } from './fhir-values.ts';

/**
 * What Thora recorded, word for word, within the resource that says it for others: one extension with the canonical JSON, who
 * wrote it, and their signature (ECDSA P-256, SHA-256). Only this is read back; the rest of the resource follows from it.
 */
export const RECORD_KINDS = ['entry', 'plan', 'message', 'passport'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

const RECORD_VERSION = 1;
const PURPOSE = 'thora-fhir-record 1';
/** A passport of five units with all their figures is a tenth of this. */
const LONGEST_TEXT = 1_000_000;
const AUTHOR_SIGNATURE = {
  system: 'urn:iso-astm:E1762-95:2013',
  code: '1.2.840.10065.1.12.1.1',
  display: "Author's Signature",
};

export interface ThoraRecord {
  readonly kind: RecordKind;
  readonly text: string;
  /** Of the signature, from the record itself: nothing here has a clock. */
  readonly when: string;
}

/** What a party may say: plans and passports are the clinic's, the journal the patient's, and nobody speaks for the other. */
export function maySay(
  { kind, value }: { readonly kind: RecordKind; readonly value: object },
  { role }: Pick<PartyCard, 'role'>,
): boolean {
  if (kind === 'message') return fieldOf(value, 'from') === role;
  return role === (kind === 'entry' ? 'patient' : 'clinic');
}

interface Writing {
  readonly patientId: string;
  readonly writer: PartyCard;
  readonly sign?: HandOverCrypto['sign'];
}

/** The bytes that a signature stands for: kind and patient as well, so that nothing signed can be used elsewhere. */
export function signedBytes(kind: RecordKind, patientId: string, text: string): Uint8Array {
  return new TextEncoder().encode(canonical({ purpose: PURPOSE, kind, patientId, text }));
}

export async function recordExtension(record: ThoraRecord, writing: Writing): Promise<Extension> {
  const signature = await signatureOf(record, writing);
  return {
    url: RECORD_URL,
    extension: [
      { url: 'version', valueInteger: RECORD_VERSION },
      { url: 'kind', valueCode: record.kind },
      { url: 'writer', valueString: writing.writer.partyId },
      { url: 'key', valueString: keyName(writing.writer) },
      { url: 'text', valueString: record.text },
      ...(signature === null ? [] : [{ url: 'signature', valueSignature: signature }]),
    ],
  };
}

const KEY_DIGITS = 16;

/** Who got new keys signs anew; by the end of the key it shows which one it was. */
export function keyName({ signKey }: Pick<PartyCard, 'signKey'>): string {
  return signKey.slice(-KEY_DIGITS);
}

/** Null where the writer signs nothing. */
export async function signatureOf(
  { kind, text, when }: ThoraRecord,
  { patientId, writer, sign }: Writing,
): Promise<NonNullable<Extension['valueSignature']> | null> {
  if (sign === undefined) return null;
  const { system, value } = identifierOf('party', writer.partyId);
  return {
    type: [AUTHOR_SIGNATURE],
    when,
    who: {
      type: writer.role === 'clinic' ? 'Organization' : 'Patient',
      identifier: { system, value },
    },
    targetFormat: 'application/json',
    sigFormat: 'application/octet-stream',
    data: toBase64(await sign(signedBytes(kind, patientId, text))),
  };
}

export type ReadRecord =
  | { readonly state: 'none' | 'invalid' | 'newerVersion' }
  | {
      readonly state: 'read';
      readonly kind: RecordKind;
      readonly writerId: string;
      readonly key: string;
      readonly text: string;
      /** Null: it is not signed. */
      readonly signature: Uint8Array | null;
    };

/** @param extensions of a resource, whatever they are */
export function readRecord(extensions: unknown): ReadRecord {
  if (!Array.isArray(extensions)) return { state: 'none' };
  const own = extensions.filter((one: unknown) => fieldOf(one, 'url') === RECORD_URL);
  if (own.length === 0) return { state: 'none' };
  const parts = fieldOf(own[0], 'extension');
  if (own.length > 1 || !Array.isArray(parts)) return { state: 'invalid' };
  const part = (url: string, field: string): unknown => {
    const found = parts.filter((one: unknown) => fieldOf(one, 'url') === url);
    return found.length === 1 ? fieldOf(found[0], field) : undefined;
  };
  const version = part('version', 'valueInteger');
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return { state: 'invalid' };
  if (version > RECORD_VERSION) return { state: 'newerVersion' };
  const kind = RECORD_KINDS.find((one) => one === part('kind', 'valueCode'));
  const writerId = part('writer', 'valueString');
  const key = part('key', 'valueString');
  const text = part('text', 'valueString');
  if (kind === undefined || typeof writerId !== 'string' || typeof key !== 'string')
    return { state: 'invalid' };
  if (typeof text !== 'string' || text.length > LONGEST_TEXT) return { state: 'invalid' };
  const signature = part('signature', 'valueSignature');
  if (signature === undefined) return { state: 'read', kind, writerId, key, text, signature: null };
  const data = fieldOf(signature, 'data');
  const bytes = typeof data === 'string' ? fromBase64(data) : null;
  return bytes === null
    ? { state: 'invalid' }
    : { state: 'read', kind, writerId, key, text, signature: bytes };
}

/** A field of whatever a server sent; undefined where there is none. */
export function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, field)
    ? (value as Record<string, unknown>)[field]
    : undefined;
}
