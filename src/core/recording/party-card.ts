import { strToU8 } from 'fflate';
import * as z from 'zod/mini';
import { canonical } from './canonical-json.ts';
import { identifier, shortText } from './clinic-plan-schema.ts';
import { type HandOverCrypto, fromHex, toHex } from './hand-over-crypto.ts';
import { HandOverError } from './hand-over-error.ts';
import { readDocument } from './hand-over-document.ts';
import type { Sha256 } from './passport-file.ts';

export const CARD_FORMAT = 'thora-clinic-card';
export const CARD_VERSION = 1;
export const CARD_FILE_ENDING = '.thora-card.json';
const LARGEST_BYTES = 20_000;

export const publicKey = z.string().check(z.regex(/^04[0-9a-f]{128}$/));
const name = shortText.check(z.minLength(1));

/** Whom a file is from or for: the public halves of the keys of one party. */
export interface PartyCard {
  readonly partyId: string;
  readonly role: 'clinic' | 'patient';
  readonly name: string;
  readonly signKey: string;
  readonly agreeKey: string;
}

/** A card on its way to the other party. */
export interface CardFile {
  readonly card: PartyCard;
  /** The id that the clinic gave to the person, and the name it typed. */
  readonly patientId: string;
  readonly patientName: string;
}

export const cardSchema = z.strictObject({
  partyId: identifier,
  role: z.enum(['clinic', 'patient']),
  name,
  signKey: publicKey,
  agreeKey: publicKey,
});

const fileSchema = z.strictObject({
  format: z.literal(CARD_FORMAT),
  version: z.literal(CARD_VERSION),
  card: cardSchema,
  patientId: identifier,
  patientName: name,
  signature: z.string().check(z.regex(/^[0-9a-f]{128}$/)),
});

/** The card as the text of its file, signed with the card's own key: whoever changes it must have another key. */
export async function writeCard(content: CardFile, crypto: HandOverCrypto): Promise<Uint8Array> {
  const signed = { format: CARD_FORMAT, version: CARD_VERSION, ...content };
  const signature = toHex(await crypto.sign(strToU8(canonical(signed))));
  return strToU8(`${JSON.stringify({ ...signed, signature }, null, 1)}\n`);
}

/**
 * Reads a card whole or not at all. That it is whose it says it is, only the code shows that both compare by eye.
 *
 * @param role whose card is expected
 * @throws HandOverError
 */
export async function readCard(
  bytes: Uint8Array,
  file: string,
  role: PartyCard['role'],
  crypto: Pick<HandOverCrypto, 'verify'>,
): Promise<CardFile> {
  const { signature, ...signed } = readDocument(bytes, file, {
    format: CARD_FORMAT,
    version: CARD_VERSION,
    largestBytes: LARGEST_BYTES,
    schema: fileSchema,
  });
  const { card, patientId, patientName } = signed;
  if (!(await crypto.verify(card.signKey, fromHex(signature), strToU8(canonical(signed)))))
    throw new HandOverError('altered', file, 'signature', 'is not of this card; ask for the file again');
  if (card.role !== role)
    throw new HandOverError(
      'fieldInvalid',
      file,
      'card.role',
      `is ${card.role}; a card of a ${role} is needed`,
    );
  return { card, patientId, patientName };
}

const CODE_GROUPS = 5;
const GROUP_DIGITS = 4;

/**
 * The code that both parties see once each has the other's card: five groups of four digits, of all four keys and the
 * patient's id. It is the same only where nobody exchanged a card on the way.
 */
export async function pairCode(
  clinic: PartyCard,
  patient: PartyCard,
  patientId: string,
  sha256: Sha256,
): Promise<string> {
  const keys = [clinic.signKey, clinic.agreeKey, patient.signKey, patient.agreeKey, patientId];
  const digest = await sha256(strToU8(canonical(keys)));
  const view = new DataView(digest.buffer, digest.byteOffset, digest.byteLength);
  return Array.from({ length: CODE_GROUPS }, (_, i) =>
    String(view.getUint32(4 * i) % 10 ** GROUP_DIGITS).padStart(GROUP_DIGITS, '0'),
  ).join(' ');
}
