import {
  type HandOverCrypto,
  fromHex,
  type SealedBytes,
  toHex,
} from '../../core/recording/hand-over-crypto.ts';

/** The two key pairs of a party. Private halves may be such that not even this app can read them out. */
export interface PartyKeys {
  readonly sign: CryptoKeyPair;
  readonly agree: CryptoKeyPair;
}

const CURVE = 'P-256';
const SIGNING = { name: 'ECDSA', namedCurve: CURVE } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;
const AGREEING = { name: 'ECDH', namedCurve: CURVE } as const;
const IV_BYTES = 12;
const KEY_BITS = 256;
const PURPOSE = 'thora-hand-over 1';

/** @param extractable false: the private keys never leave the browser's own store */
export async function createKeys(extractable: boolean): Promise<PartyKeys> {
  return {
    sign: await crypto.subtle.generateKey(SIGNING, extractable, ['sign', 'verify']),
    agree: await crypto.subtle.generateKey(AGREEING, extractable, ['deriveBits']),
  };
}

/** Public keys as they stand on a card. */
export async function publicKeys({ sign, agree }: PartyKeys): Promise<{ signKey: string; agreeKey: string }> {
  return { signKey: await rawKey(sign.publicKey), agreeKey: await rawKey(agree.publicKey) };
}

/** Private keys that a sealed row can hold; the keys must be extractable. */
export interface StoredKeys {
  readonly sign: JsonWebKey;
  readonly agree: JsonWebKey;
}

export async function exportKeys({ sign, agree }: PartyKeys): Promise<StoredKeys> {
  return {
    sign: await crypto.subtle.exportKey('jwk', sign.privateKey),
    agree: await crypto.subtle.exportKey('jwk', agree.privateKey),
  };
}

/** The private keys again; from here on they cannot be read out. */
export async function importKeys({ sign, agree }: StoredKeys): Promise<OwnKeys> {
  return {
    signKey: await crypto.subtle.importKey('jwk', { ...sign, key_ops: ['sign'] }, SIGNING, false, ['sign']),
    agreeKey: await crypto.subtle.importKey('jwk', { ...agree, key_ops: ['deriveBits'] }, AGREEING, false, [
      'deriveBits',
    ]),
  };
}

/** What a party signs and opens with. */
export interface OwnKeys {
  readonly signKey: CryptoKey;
  readonly agreeKey: CryptoKey;
}

/**
 * ECDSA and ECDH on P-256, HKDF and AES-GCM of the browser.
 *
 * @param ownAgreeKey public half of the agreement key, as on the party's card
 */
export function createHandOverCrypto({ signKey, agreeKey }: OwnKeys, ownAgreeKey: string): HandOverCrypto {
  return {
    sha256,
    sign: async (bytes) =>
      new Uint8Array(await crypto.subtle.sign(SIGNATURE, signKey, new Uint8Array(bytes))),
    verify: verifySignature,
    async seal(receiverAgreeKey, plain, bound) {
      const pair = await crypto.subtle.generateKey(AGREEING, false, ['deriveBits']);
      const ephemeralKey = await rawKey(pair.publicKey);
      const key = await contentKey(pair.privateKey, receiverAgreeKey, ephemeralKey, receiverAgreeKey);
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const cipher = await crypto.subtle.encrypt(gcm(iv, bound), key, new Uint8Array(plain));
      return { ephemeralKey, iv, cipher: new Uint8Array(cipher) };
    },
    async open({ ephemeralKey, iv, cipher }: SealedBytes, bound) {
      try {
        const key = await contentKey(agreeKey, ephemeralKey, ephemeralKey, ownAgreeKey);
        const plain = await crypto.subtle.decrypt(
          gcm(new Uint8Array(iv), bound),
          key,
          new Uint8Array(cipher),
        );
        return new Uint8Array(plain);
      } catch {
        return null;
      }
    },
  };
}

export async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
}

/** False too where the key is no point of the curve. */
export async function verifySignature(
  signKey: string,
  signature: Uint8Array,
  bytes: Uint8Array,
): Promise<boolean> {
  try {
    const point = new Uint8Array(fromHex(signKey));
    const key = await crypto.subtle.importKey('raw', point, SIGNING, false, ['verify']);
    return await crypto.subtle.verify(SIGNATURE, key, new Uint8Array(signature), new Uint8Array(bytes));
  } catch {
    return false;
  }
}

function gcm(iv: Uint8Array<ArrayBuffer>, bound: Uint8Array): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new Uint8Array(bound) };
}

/** Bound to both public keys, so that the same secret never serves another file or receiver. */
async function contentKey(
  own: CryptoKey,
  other: string,
  ephemeralKey: string,
  receiverKey: string,
): Promise<CryptoKey> {
  const point = new Uint8Array(fromHex(other));
  const peer = await crypto.subtle.importKey('raw', point, AGREEING, false, []);
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: peer }, own, KEY_BITS);
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode(`${PURPOSE} ${ephemeralKey} ${receiverKey}`);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info },
    material,
    { name: 'AES-GCM', length: KEY_BITS },
    false,
    ['encrypt', 'decrypt'],
  );
}

async function rawKey(key: CryptoKey): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.exportKey('raw', key)));
}
