import type { UnlockSecret } from '../../ui/services.ts';
import type { LockRow } from './device-database.ts';

/** A data key wrapped by a secret that somebody knows: a passphrase, or the code on paper. */
export interface KeySlot {
  readonly stretching: Stretching;
  /** Of the AES-GCM wrapping. */
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly wrapped: Uint8Array<ArrayBuffer>;
}

/** How Argon2id (RFC 9106, one lane, 32 bytes) turned the secret into a key. */
export interface Stretching {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly memoryKiB: number;
  readonly passes: number;
}

/** Argon2id of the secret's UTF-8 bytes: 32 bytes. */
export type StretchSecret = (secret: string, how: Stretching) => Promise<Uint8Array<ArrayBuffer>>;

/** RFC 9106, the recommendation for where memory is short. */
export const USUAL_STRETCHING = { memoryKiB: 65_536, passes: 3 };

/** One data key, random, in as many slots as there are secrets; the key itself cannot be taken out. */
export async function createSlots(
  secrets: readonly string[],
  stretch: StretchSecret,
  strength: Omit<Stretching, 'salt'> = USUAL_STRETCHING,
): Promise<{ readonly slots: KeySlot[]; readonly key: CryptoKey }> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const slots: KeySlot[] = [];
  for (const secret of secrets) {
    const stretching = { ...strength, salt: crypto.getRandomValues(new Uint8Array(16)) };
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const wrapper = await wrappingKey(secret, stretching, stretch);
    const wrapped = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, wrapper, raw));
    slots.push({ stretching, iv, wrapped });
  }
  const key = await importDataKey(raw);
  raw.fill(0);
  return { slots, key };
}

/** The data key, or null when the secret is not the slot's. */
export async function openSlot(
  slot: KeySlot,
  secret: string,
  stretch: StretchSecret,
): Promise<CryptoKey | null> {
  const wrapper = await wrappingKey(secret, slot.stretching, stretch);
  let raw: Uint8Array<ArrayBuffer>;
  try {
    raw = new Uint8Array(
      await crypto.subtle.decrypt({ name: 'AES-GCM', iv: slot.iv }, wrapper, slot.wrapped),
    );
  } catch {
    return null;
  }
  const key = await importDataKey(raw);
  raw.fill(0);
  return key;
}

async function wrappingKey(secret: string, how: Stretching, stretch: StretchSecret): Promise<CryptoKey> {
  const bytes = await stretch(secret, how);
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  bytes.fill(0);
  return key;
}

function importDataKey(raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** The same letters typed on two keyboards are the same passphrase. */
export function passphraseSecret(typed: string): string {
  return typed.normalize('NFKC').trim();
}

/** Digits and letters that cannot be taken for one another (Crockford's base 32). */
const CODE_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 25;
const CODE_GROUP = 5;

/** 125 random bits as five groups of five letters, to be written on paper. */
export function createRecoveryCode(): string {
  const random = crypto.getRandomValues(new Uint8Array(CODE_LENGTH));
  const letters = Array.from(random, (byte) => CODE_LETTERS[byte & 31]).join('');
  return (letters.match(new RegExp(`.{${CODE_GROUP}}`, 'g')) ?? []).join('-');
}

/** As typed from the paper: spaces and dashes do not count, and what is often misread is set right. */
export function recoverySecret(typed: string): string {
  return typed
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/[^0-9A-Z]/g, '');
}

/** A new lock under a passphrase, the key that it wraps, and the code for paper that opens it as well. */
export async function createLock(
  passphrase: string,
  stretch: StretchSecret,
): Promise<{ readonly lock: LockRow; readonly key: CryptoKey; readonly code: string }> {
  const code = createRecoveryCode();
  const { slots, key } = await createSlots([passphraseSecret(passphrase), recoverySecret(code)], stretch);
  const [passphraseSlot, recovery] = slots;
  if (passphraseSlot === undefined || recovery === undefined) throw new Error('A slot for each secret.');
  return { lock: { passphrase: passphraseSlot, recovery }, key, code };
}

/** The key, or null when the secret is not the lock's. */
export function openLock(
  lock: LockRow,
  secret: UnlockSecret,
  stretch: StretchSecret,
): Promise<CryptoKey | null> {
  return secret.kind === 'passphrase'
    ? openSlot(lock.passphrase, passphraseSecret(secret.passphrase), stretch)
    : openSlot(lock.recovery, recoverySecret(secret.code), stretch);
}
