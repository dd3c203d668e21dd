import { deflateSync, inflateSync, strFromU8 } from 'fflate';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { HAND_OVER_FORMAT } from './hand-over.ts';
import { PASSPORT_FORMAT } from './kit-passport.ts';
import { CARD_FORMAT } from './party-card.ts';

/**
 * A small file as the fragment of a link to this app: `take=`, then the file, deflated (RFC 1951), as base64url without padding
 * (RFC 4648). A fragment is sent to no server.
 */
export const LINK_START = 'take=';
/** As a code that a telephone still reads from a screen: version 32 of 40 at the lowest correction. */
export const LONGEST_LINK_CHARS = 1_900;
/** What is read: a link may come by other ways than a code. */
const LONGEST_READ_CHARS = 8_000;
/** Twenty cards. Room is made for so much and no more, whatever a fragment would unfold to. */
const LARGEST_BYTES = 65_536;

export type LinkErrorCode = 'tooLong' | 'notALink' | 'damaged' | 'tooLarge' | 'unknownKind';

/** A link whose file cannot be taken; nothing was kept. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
  readonly code: LinkErrorCode;
  constructor(code: LinkErrorCode, options?: ErrorOptions) {
    super(`link: ${code}`, options);
    this.code = code;
  }
}

export type LinkedKind = 'card' | 'handOver' | 'passport';

export interface LinkedFile {
  readonly kind: LinkedKind;
  readonly bytes: Uint8Array;
}

/** The fragment of a link, without the `#`. */
export function linkFragment(bytes: Uint8Array): string {
  return LINK_START + toBase64Url(deflateSync(bytes, { level: 9 }));
}

/**
 * The file in a fragment. It is then read by the reader of its kind, as one that was chosen.
 *
 * @throws LinkError
 */
export function readLinkFragment(fragment: string): LinkedFile {
  if (fragment.length > LONGEST_READ_CHARS) throw new LinkError('tooLong');
  if (!fragment.startsWith(LINK_START)) throw new LinkError('notALink');
  const packed = fromBase64Url(fragment.slice(LINK_START.length));
  if (packed === null || packed.length === 0) throw new LinkError('notALink');
  const bytes = inflated(packed);
  return { kind: kindOf(bytes), bytes };
}

function inflated(packed: Uint8Array): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = inflateSync(packed, { out: new Uint8Array(LARGEST_BYTES + 1) });
  } catch (cause) {
    // A stored block that does not fit is refused by the array itself.
    throw new LinkError(cause instanceof RangeError ? 'tooLarge' : 'damaged', { cause });
  }
  if (bytes.length > LARGEST_BYTES) throw new LinkError('tooLarge');
  return bytes;
}

const KINDS: readonly (readonly [format: string, kind: LinkedKind])[] = [
  [CARD_FORMAT, 'card'],
  [HAND_OVER_FORMAT, 'handOver'],
  [PASSPORT_FORMAT, 'passport'],
];

function kindOf(bytes: Uint8Array): LinkedKind {
  let format: unknown;
  try {
    format = (JSON.parse(strFromU8(bytes)) as { readonly format?: unknown } | null)?.format;
  } catch (cause) {
    throw new LinkError('damaged', { cause });
  }
  const kind = KINDS.find(([one]) => one === format)?.[1];
  if (kind === undefined) throw new LinkError('unknownKind');
  return kind;
}
