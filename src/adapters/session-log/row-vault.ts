import { parseExactJson, writeExactJson } from '../../core/recording/exact-json.ts';
import { CLEAR_FIELDS, type Rows } from './session-database.ts';
import { StorageError } from './storage-error.ts';

export type VaultKey = CryptoKey | null | 'locked';

const IV_BYTES = 12;
const LENGTH_BYTES = 4;

/** Of each table, what of a row stays readable: what it is found and ordered by. */
type ClearFields<R> = { readonly [T in keyof R]: readonly (keyof R[T])[] };

/** A row as it lies on the disk, open or sealed. */
export type SealedRow<R, C extends ClearFields<R>, T extends keyof R> = Pick<
  R[T],
  C[T][number] & keyof R[T]
> & {
  readonly sealed?: Uint8Array;
};

/**
 * Between the rows of one person, or of a clinic, and the disk. Under a key all of a row but the fields it is found by is sealed with
 * AES-GCM; the clear fields and the table's name are bound in, so a sealed row fits in no other place. A sealed row holds
 * a random IV of 12 bytes, then the ciphertext of: u32 length of JSON (little-endian), the JSON, the row's `bytes`.
 */
export class RowVault<R = Rows, C extends ClearFields<R> = typeof CLEAR_FIELDS & ClearFields<R>> {
  readonly #key: VaultKey;
  readonly #clearFields: C;

  /**
   * @param key null: rows lie open; 'locked': there is a key, and nobody has brought it
   * @param clearFields missing: those of a person's store
   */
  constructor(key: VaultKey, clearFields?: C) {
    this.#key = key;
    this.#clearFields = clearFields ?? (CLEAR_FIELDS as unknown as C);
  }

  get isLocked(): boolean {
    return this.#key === 'locked';
  }

  async seal<T extends keyof R & string>(table: T, row: R[T]): Promise<SealedRow<R, C, T>> {
    if (this.#key === null) return row as unknown as SealedRow<R, C, T>;
    // Nothing may lie open beside what is sealed.
    if (this.#key === 'locked') throw new StorageError('locked', table);
    const clear: Record<string, unknown> = {};
    const secret = { ...row } as Record<string, unknown>;
    for (const field of this.#clearFields[table] as readonly string[]) {
      clear[field] = secret[field];
      delete secret[field];
    }
    const { bytes = new Uint8Array(), ...rest } = secret as { bytes?: Uint8Array };
    const json = new TextEncoder().encode(writeExactJson(rest));
    const plain = new Uint8Array(LENGTH_BYTES + json.length + bytes.length);
    new DataView(plain.buffer).setUint32(0, json.length, true);
    plain.set(json, LENGTH_BYTES);
    plain.set(bytes, LENGTH_BYTES + json.length);
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const cipher = await crypto.subtle.encrypt(this.#algorithm(table, clear, iv), this.#key, plain);
    const sealed = new Uint8Array(IV_BYTES + cipher.byteLength);
    sealed.set(iv);
    sealed.set(new Uint8Array(cipher), IV_BYTES);
    return { ...clear, sealed } as unknown as SealedRow<R, C, T>;
  }

  /** Rejects with StorageError: 'locked' for a sealed row without a key, 'damaged' for one that its key does not open. */
  async open<T extends keyof R & string>(table: T, kept: SealedRow<R, C, T>): Promise<R[T]> {
    const { sealed, ...clear } = kept as { readonly sealed?: Uint8Array };
    if (this.#key === null || this.#key === 'locked') {
      if (sealed !== undefined || this.#key === 'locked') throw new StorageError('locked', table);
      return kept as unknown as R[T];
    }
    if (sealed === undefined) throw new StorageError('damaged', table);
    try {
      const plain = await crypto.subtle.decrypt(
        this.#algorithm(table, clear, sealed.slice(0, IV_BYTES)),
        this.#key,
        sealed.slice(IV_BYTES),
      );
      const jsonEnd = LENGTH_BYTES + new DataView(plain).getUint32(0, true);
      const text = new TextDecoder().decode(new Uint8Array(plain, LENGTH_BYTES, jsonEnd - LENGTH_BYTES));
      const rest = parseExactJson(text) as object;
      const bytes = new Uint8Array(plain.slice(jsonEnd));
      return { ...clear, ...rest, ...(table === 'chunks' ? { bytes } : {}) } as unknown as R[T];
    } catch (cause) {
      throw new StorageError('damaged', table, { cause });
    }
  }

  sealAll<T extends keyof R & string>(table: T, rows: readonly R[T][]): Promise<SealedRow<R, C, T>[]> {
    return Promise.all(rows.map((row) => this.seal(table, row)));
  }

  openAll<T extends keyof R & string>(table: T, rows: readonly SealedRow<R, C, T>[]): Promise<R[T][]> {
    return Promise.all(rows.map((row) => this.open(table, row)));
  }

  #algorithm(table: keyof R & string, clear: object, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
    const place = [
      table,
      ...(this.#clearFields[table] as readonly string[]).map((field) => Reflect.get(clear, field)),
    ];
    return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(JSON.stringify(place)) };
  }
}
