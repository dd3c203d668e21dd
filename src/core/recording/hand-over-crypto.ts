import type { Sha256 } from './passport-file.ts';

/**
 * The cryptography of one party: core has none of its own. Public keys are uncompressed points of P-256, hexadecimal
 * (130 digits); signatures are ECDSA with SHA-256, 64 bytes.
 */
export interface HandOverCrypto {
  readonly sha256: Sha256;
  /** With this party's own key. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
  verify(signKey: string, signature: Uint8Array, bytes: Uint8Array): Promise<boolean>;
  /** So that only the holder of the receiver's key opens it. @param bound must be the same when it is opened */
  seal(receiverAgreeKey: string, plain: Uint8Array, bound: Uint8Array): Promise<SealedBytes>;
  /** With this party's own key; null where it does not open. */
  open(sealed: SealedBytes, bound: Uint8Array): Promise<Uint8Array | null>;
}

export interface SealedBytes {
  /** Public key of a pair that was made for this file alone. */
  readonly ephemeralKey: string;
  readonly iv: Uint8Array;
  readonly cipher: Uint8Array;
}

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** @param hex an even number of digits */
export function fromHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
