import { BackupError } from './backup-error.ts';
import type { StretchSecret, Stretching } from './key-slot.ts';
import { passphraseSecret, USUAL_STRETCHING } from './key-slot.ts';

/**
 * The sealed outside of a backup, docs/backup-format.md: a head in clear, then frames of AES-GCM whose nonces count, so
 * that none can be dropped, doubled or exchanged, and whose last one says that it is the last.
 */
const MAGIC = 'THORABAK';
/** 2: holds the care journal. */
const VERSION = 2;
const HEAD_BYTES = 44;
const TAG_BYTES = 16;
const PREFIX_BYTES = 7;
export const FRAME_BYTES = 256 * 1024;
const KEY_CHECK_COUNTER = 0xffffffff;
/** What somebody else's file may ask of this device. */
const MOST_MEMORY_KIB = 262_144;
const MOST_PASSES = 10;

export interface BackupKey {
  readonly key: CryptoKey;
  /** Magic, version, stretching, nonce prefix, and a tag that tells a wrong passphrase from damage. */
  readonly head: Uint8Array<ArrayBuffer>;
}

const WHOLE_HEAD_BYTES = HEAD_BYTES + TAG_BYTES;

/** A key of its own for each backup. */
export async function createBackupKey(
  passphrase: string,
  stretch: StretchSecret,
  strength: Omit<Stretching, 'salt'> = USUAL_STRETCHING,
): Promise<BackupKey> {
  const clear = new Uint8Array(HEAD_BYTES);
  const view = new DataView(clear.buffer);
  clear.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, VERSION, true);
  view.setUint32(12, strength.memoryKiB, true);
  view.setUint32(16, strength.passes, true);
  crypto.getRandomValues(clear.subarray(20, 36));
  crypto.getRandomValues(clear.subarray(36, 36 + PREFIX_BYTES));
  const key = await stretchKey(passphrase, stretch, clear);
  const tag = await crypto.subtle.encrypt(algorithm(clear, KEY_CHECK_COUNTER, false), key, new Uint8Array());
  const head = new Uint8Array(WHOLE_HEAD_BYTES);
  head.set(clear);
  head.set(new Uint8Array(tag), HEAD_BYTES);
  return { key, head };
}

/** The key of a backup that is there. Rejects with BackupError. */
export async function openBackupKey(
  file: Blob,
  passphrase: string,
  stretch: StretchSecret,
): Promise<BackupKey> {
  const head = new Uint8Array(await file.slice(0, WHOLE_HEAD_BYTES).arrayBuffer());
  if (new TextDecoder().decode(head.subarray(0, MAGIC.length)) !== MAGIC) throw new BackupError('notABackup');
  if (head.length < WHOLE_HEAD_BYTES) throw new BackupError('cut');
  const view = new DataView(head.buffer);
  if (view.getUint32(8, true) > VERSION) throw new BackupError('newerVersion');
  const memoryKiB = view.getUint32(12, true);
  const passes = view.getUint32(16, true);
  if (memoryKiB < 8 || memoryKiB > MOST_MEMORY_KIB || passes < 1 || passes > MOST_PASSES)
    throw new BackupError('damaged', 'head');
  const clear = head.slice(0, HEAD_BYTES);
  const key = await stretchKey(passphrase, stretch, clear);
  try {
    await crypto.subtle.decrypt(algorithm(clear, KEY_CHECK_COUNTER, false), key, head.slice(HEAD_BYTES));
  } catch {
    throw new BackupError('wrongPassphrase');
  }
  return { key, head };
}

async function stretchKey(
  passphrase: string,
  stretch: StretchSecret,
  clear: Uint8Array<ArrayBuffer>,
): Promise<CryptoKey> {
  const view = new DataView(clear.buffer);
  const bytes = await stretch(passphraseSecret(passphrase), {
    memoryKiB: view.getUint32(12, true),
    passes: view.getUint32(16, true),
    salt: clear.slice(20, 36),
  });
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Nonce: 7 random bytes of the head, u32 counter (big-endian), 1 for the last frame. The head is bound in. */
function algorithm(clear: Uint8Array<ArrayBuffer>, counter: number, isLast: boolean): AesGcmParams {
  const iv = new Uint8Array(12);
  iv.set(clear.subarray(36, 36 + PREFIX_BYTES));
  new DataView(iv.buffer).setUint32(PREFIX_BYTES, counter, false);
  iv[11] = isLast ? 1 : 0;
  return { name: 'AES-GCM', iv, additionalData: clear };
}

/** Takes bytes, gives sealed frames of one size. */
export class BackupWriter {
  readonly #key: BackupKey;
  readonly #clear: Uint8Array<ArrayBuffer>;
  readonly #give: (part: Uint8Array<ArrayBuffer>) => void;
  readonly #open = new Uint8Array(FRAME_BYTES);
  #filled = 0;
  #counter = 0;

  constructor(key: BackupKey, give: (part: Uint8Array<ArrayBuffer>) => void) {
    this.#key = key;
    this.#clear = key.head.slice(0, HEAD_BYTES);
    this.#give = give;
    give(key.head);
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      if (this.#filled === FRAME_BYTES) await this.#seal(false);
      const taken = Math.min(FRAME_BYTES - this.#filled, bytes.length - at);
      this.#open.set(bytes.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
    }
  }

  async end(): Promise<void> {
    await this.#seal(true);
  }

  async #seal(isLast: boolean): Promise<void> {
    const { key } = this.#key;
    const how = algorithm(this.#clear, this.#counter++, isLast);
    this.#give(new Uint8Array(await crypto.subtle.encrypt(how, key, this.#open.slice(0, this.#filled))));
    this.#filled = 0;
  }
}

/** Gives the bytes of a backup back in order, a frame at a time; rejects with BackupError at the first frame that is not as written. */
export class BackupReader {
  readonly #file: Blob;
  readonly #key: BackupKey;
  readonly #clear: Uint8Array<ArrayBuffer>;
  #frame: Uint8Array = new Uint8Array();
  #used = 0;
  #at = WHOLE_HEAD_BYTES;
  #counter = 0;

  constructor(file: Blob, key: BackupKey) {
    this.#file = file;
    this.#key = key;
    this.#clear = key.head.slice(0, HEAD_BYTES);
  }

  /** Share of the file that was read, 0 to 1. */
  get share(): number {
    return this.#at / this.#file.size;
  }

  async read(byteCount: number): Promise<Uint8Array> {
    // Not more than the file can hold: a length that lies allocates nothing.
    if (byteCount > this.#file.size) throw new BackupError('cut');
    const bytes = new Uint8Array(byteCount);
    for (let filled = 0; filled < byteCount;) {
      if (this.#used === this.#frame.length) await this.#openNext();
      const taken = Math.min(this.#frame.length - this.#used, byteCount - filled);
      bytes.set(this.#frame.subarray(this.#used, this.#used + taken), filled);
      this.#used += taken;
      filled += taken;
    }
    return bytes;
  }

  /** Rejects unless everything was read. */
  expectEnd(): void {
    if (this.#at !== this.#file.size || this.#used !== this.#frame.length)
      throw new BackupError('damaged', 'end');
  }

  async #openNext(): Promise<void> {
    const left = this.#file.size - this.#at;
    if (left <= 0) throw new BackupError('cut');
    const length = Math.min(left, FRAME_BYTES + TAG_BYTES);
    const sealed = await this.#file.slice(this.#at, this.#at + length).arrayBuffer();
    const isLast = length === left;
    const counter = this.#counter++;
    try {
      this.#frame = new Uint8Array(
        await crypto.subtle.decrypt(algorithm(this.#clear, counter, isLast), this.#key.key, sealed),
      );
    } catch {
      throw new BackupError(
        isLast && (await this.#opensAsInner(sealed, counter)) ? 'cut' : 'damaged',
        `frame ${counter}`,
      );
    }
    this.#used = 0;
    this.#at += length;
  }

  /** A file that ends between two frames: the last it holds was not meant to be the last. */
  async #opensAsInner(sealed: ArrayBuffer, counter: number): Promise<boolean> {
    return crypto.subtle.decrypt(algorithm(this.#clear, counter, false), this.#key.key, sealed).then(
      () => true,
      () => false,
    );
  }
}
