import { strToU8 } from 'fflate';
import * as z from 'zod/mini';
import { canonical } from './canonical-json.ts';
import { identifier, utc } from './clinic-plan-schema.ts';
import { contentSchema, type HandOverContent, planDigest } from './clinic-record.ts';
import { type HandOverCrypto, fromHex, toHex } from './hand-over-crypto.ts';
import { decodeFields, readDocument } from './hand-over-document.ts';
import { HandOverError } from './hand-over-error.ts';
import { type PartyCard, publicKey } from './party-card.ts';
import type { Sha256 } from './passport-file.ts';

/** Plans, passports, results and messages between a clinic and a patient, as one signed and sealed file: decision 10. */
export const HAND_OVER_FORMAT = 'thora-hand-over';
export const HAND_OVER_VERSION = 1;
export const HAND_OVER_FILE_ENDING = '.thora-clinic.json';

/** A year of answers and messages is a twentieth of this. */
const LARGEST_BYTES = 40_000_000;
const DIGEST_DIGITS = 32;
const MS_PER_DAY = 86_400_000;
/** Clocks of two devices differ by less. */
const CLOCKS_AGREE_MS = 10 * 60_000;

const hex = z.string().check(z.regex(/^([0-9a-f]{2})+$/));

/** What of a file can be read by anybody, and is bound to what is sealed. */
const headShape = {
  fileId: identifier,
  fromId: identifier,
  toId: identifier,
  sequence: z.number().check(z.int(), z.gte(1)),
  writtenAtUtc: utc,
};
const headSchema = z.strictObject(headShape);
export type HandOverHead = z.output<typeof headSchema>;

const fileSchema = z.strictObject({
  format: z.literal(HAND_OVER_FORMAT),
  version: z.literal(HAND_OVER_VERSION),
  ...headShape,
  ephemeralKey: publicKey,
  iv: z.string().check(z.regex(/^[0-9a-f]{24}$/)),
  cipher: hex,
  digests: z.record(z.string(), z.string().check(z.regex(/^[0-9a-f]{32}$/))),
  signature: z.string().check(z.regex(/^[0-9a-f]{128}$/)),
});
type SignedFields = Omit<z.output<typeof fileSchema>, 'digests' | 'signature'>;

/** Seals content for one receiver and signs the file. */
export async function writeHandOver(
  head: HandOverHead,
  content: HandOverContent,
  receiver: PartyCard,
  crypto: HandOverCrypto,
): Promise<Uint8Array> {
  const sealed = await crypto.seal(receiver.agreeKey, strToU8(canonical(content)), strToU8(canonical(head)));
  const fields: SignedFields = {
    format: HAND_OVER_FORMAT,
    version: HAND_OVER_VERSION,
    ...head,
    ephemeralKey: sealed.ephemeralKey,
    iv: toHex(sealed.iv),
    cipher: toHex(sealed.cipher),
  };
  const digests = await digestsOf(fields, crypto.sha256);
  const signature = toHex(await crypto.sign(strToU8(canonical(digests))));
  return strToU8(`${JSON.stringify({ ...fields, digests, signature }, null, 1)}\n`);
}

/** What a receiver knows when a file comes. */
export interface Receiver {
  readonly partyId: string;
  readonly crypto: HandOverCrypto;
  /** The one it is paired with. */
  readonly peer: PartyCard;
  readonly patientId: string;
  /** Of the files that were taken: the highest sequence, and their ids. */
  readonly lastSequence: number;
  readonly takenFileIds: readonly string[];
  readonly nowUtcMs: number;
  /** From ISO 8601 in UTC. */
  toUtcMs(utc: string): number;
}

export interface ReadHandOver {
  readonly head: HandOverHead;
  readonly content: HandOverContent;
  /** How far the sender's clock is ahead of this one, ms; 0 where they agree. */
  readonly clockAheadMs: number;
}

/**
 * Reads a file whole or not at all, and keeps nothing: the caller does, with `sequence` and `fileId`.
 *
 * @throws HandOverError that says what is wrong and with which field
 */
export async function readHandOver(
  bytes: Uint8Array,
  file: string,
  receiver: Receiver,
): Promise<ReadHandOver> {
  const { crypto, peer } = receiver;
  const { digests, signature, ...fields } = readDocument(bytes, file, {
    format: HAND_OVER_FORMAT,
    version: HAND_OVER_VERSION,
    largestBytes: LARGEST_BYTES,
    schema: fileSchema,
  });
  const { ephemeralKey, iv, cipher, format: _format, version: _version, ...head } = fields;
  // In the order in which it helps to know: a sender nobody knows has no signature to speak of.
  if (head.fromId !== peer.partyId)
    throw new HandOverError('unknownSender', file, 'fromId', 'is nobody that this device is paired with');
  const found = await digestsOf(fields, crypto.sha256);
  const changed = Object.keys(found).find((field) => found[field] !== digests[field]);
  if (changed !== undefined || Object.keys(digests).length !== Object.keys(found).length)
    throw altered(file, changed ?? 'digests');
  if (!(await crypto.verify(peer.signKey, fromHex(signature), strToU8(canonical(digests)))))
    throw altered(file, 'signature');
  if (head.toId !== receiver.partyId)
    throw new HandOverError('forSomeoneElse', file, 'toId', 'is another person; ask for your own file');
  if (receiver.takenFileIds.includes(head.fileId))
    throw new HandOverError('alreadyTaken', file, 'fileId', 'was taken before; there is nothing to do');
  if (head.sequence <= receiver.lastSequence)
    throw new HandOverError(
      'olderFile',
      file,
      'sequence',
      `is ${head.sequence}; ${receiver.lastSequence} was taken. Ask for the newest file`,
    );
  const aheadMs = receiver.toUtcMs(head.writtenAtUtc) - receiver.nowUtcMs;
  if (aheadMs > MS_PER_DAY)
    throw new HandOverError('fromFuture', file, 'writtenAtUtc', 'is ahead of the clock of this device');
  const sealed = { ephemeralKey, iv: fromHex(iv), cipher: fromHex(cipher) };
  const plain = await crypto.open(sealed, strToU8(canonical(head)));
  if (plain === null) throw new HandOverError('cannotOpen', file, 'cipher', 'is sealed for another key');
  const content = decodeFields(plain, contentSchema, file) as unknown as HandOverContent;
  await checkContent(content, file, receiver);
  return { head, content, clockAheadMs: aheadMs > CLOCKS_AGREE_MS ? aheadMs : 0 };
}

function altered(file: string, field: string): HandOverError {
  return new HandOverError('altered', file, field, 'is not as it was signed; ask for the file again');
}

async function digestsOf(fields: SignedFields, sha256: Sha256): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const [field, value] of Object.entries(fields))
    digests[field] = toHex(await sha256(strToU8(canonical(value)))).slice(0, DIGEST_DIGITS);
  return digests;
}

/** What a party may say: plans are the clinic's, the journal the patient's, and nobody speaks for the other. */
async function checkContent(content: HandOverContent, file: string, { patientId, peer, crypto }: Receiver) {
  const refuse = (code: 'forSomeoneElse' | 'fieldInvalid' | 'altered', field: string, why: string): never => {
    throw new HandOverError(code, file, field, why);
  };
  if (content.patientId !== patientId) refuse('forSomeoneElse', 'patientId', 'is another person');
  for (const [i, plan] of content.plans.entries()) {
    if (plan.patientId !== patientId) refuse('forSomeoneElse', `plans.${i}.patientId`, 'is another person');
    const before = content.plans.filter(
      ({ planId, version }) => planId === plan.planId && version === plan.version - 1,
    );
    if (before.length === 0) continue;
    const digests = await Promise.all(before.map((one) => planDigest(one, crypto.sha256)));
    if (plan.previousDigest === null || !digests.includes(plan.previousDigest))
      refuse('altered', `plans.${i}.previousDigest`, 'is not of the version before');
  }
  const notTheirs = peer.role === 'clinic' ? 'journal' : content.plans.length > 0 ? 'plans' : 'passports';
  if (content[notTheirs].length > 0) refuse('fieldInvalid', notTheirs, `is not for a ${peer.role} to say`);
  const foreign = content.messages.findIndex(({ from }) => from !== peer.role);
  if (foreign >= 0) refuse('fieldInvalid', `messages.${foreign}.from`, `is not ${peer.role}`);
}
