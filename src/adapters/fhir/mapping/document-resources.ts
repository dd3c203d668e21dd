import type { Binary, DocumentReference } from 'fhir/r4';
import { toHex } from '../../../core/recording/hand-over-crypto.ts';
import { type CardFile, type PartyCard, readCard } from '../../../core/recording/party-card.ts';
import type { HandOverCrypto } from '../../../core/recording/hand-over-crypto.ts';
import { identifierOf, SHA256_URL } from './fhir-names.ts';
import { fromBase64, instantOfUtc, local, plainText, toBase64 } from './fhir-values.ts';
import { finishNew, type MappedResource, type MappingContext } from './mapped-resource.ts';
import { fieldOf, keyName } from './record-extension.ts';

/** A card is a fiftieth of this. */
const LONGEST_CARD = 30_000;

/**
 * A card on its way through the server, as the very bytes of its file. That it is whose it says it is, only the code shows that
 * both compare by eye, as with a file.
 *
 * @param bytes as `writeCard` made them
 */
export async function cardDocument(
  bytes: Uint8Array,
  { card, patientId }: CardFile,
  context: MappingContext,
): Promise<MappedResource> {
  const title = plainText(card.name);
  const resource: DocumentReference = {
    resourceType: 'DocumentReference',
    status: 'current',
    type: local('card'),
    subject: { reference: context.patientReference },
    content: [
      {
        attachment: {
          contentType: 'application/json',
          data: toBase64(bytes),
          size: bytes.length,
          ...(title === undefined ? {} : { title }),
        },
      },
    ],
  };
  // With new keys it is another card.
  const identifier = identifierOf('card', patientId, card.partyId, keyName(card));
  return finishNew({ resource, identifier, mode: 'once' }, context);
}

/**
 * The cards of one role that resources hold for this patient, each of them once, the newest last, whatever order a server likes: who has
 * new keys left the old card there. What is no sound card is passed over.
 */
export async function cardsOf(
  resources: readonly unknown[],
  {
    patientId,
    patientReference,
    role,
    crypto,
  }: {
    /** Null: whoever it is, as for somebody who is not paired yet. */
    readonly patientId: string | null;
    readonly patientReference: string;
    readonly role: PartyCard['role'];
    readonly crypto: Pick<HandOverCrypto, 'verify'>;
  },
): Promise<readonly { readonly file: CardFile; readonly bytes: Uint8Array }[]> {
  const found = new Map<string, { readonly file: CardFile; readonly bytes: Uint8Array }>();
  for (const resource of resources.toSorted((a, b) => writtenAt(a) - writtenAt(b))) {
    const bytes = cardBytes(resource, patientReference);
    const file = bytes && (await readCard(bytes, '', role, crypto).catch(() => null));
    if (bytes !== null && file !== null && (patientId === null || file.patientId === patientId))
      found.set(file.card.signKey, { file, bytes });
  }
  return [...found.values()];
}

function writtenAt(resource: unknown): number {
  const utc = fieldOf(fieldOf(resource, 'meta'), 'lastUpdated');
  const ms = typeof utc === 'string' ? Date.parse(utc) : Number.NaN;
  return Number.isFinite(ms) ? ms : 0;
}

function cardBytes(resource: unknown, patientReference: string): Uint8Array | null {
  if (fieldOf(resource, 'resourceType') !== 'DocumentReference') return null;
  if (fieldOf(fieldOf(resource, 'subject'), 'reference') !== patientReference) return null;
  const [content] = [fieldOf(resource, 'content')].flat() as readonly unknown[];
  const data = fieldOf(fieldOf(content, 'attachment'), 'data');
  return typeof data === 'string' && data.length <= LONGEST_CARD ? fromBase64(data) : null;
}

export interface RecordingAbout {
  readonly recordingId: string;
  readonly startedAtUtc: string;
  readonly contentType: string;
}

/**
 * A recording file on its way: the bytes as a Binary, which servers give no identifier, and the document that points to it.
 * First search the document's identifier; where it is not there, create the Binary, then the document with its address.
 */
export function recordingBinary(
  bytes: Uint8Array,
  { contentType }: RecordingAbout,
  { patientReference }: Pick<MappingContext, 'patientReference'>,
): Binary {
  return {
    resourceType: 'Binary',
    contentType,
    securityContext: { reference: patientReference },
    data: toBase64(bytes),
  };
}

/** @param binaryReference as the server answered: `Binary/123` */
export async function recordingDocument(
  bytes: Uint8Array,
  binaryReference: string,
  { recordingId, startedAtUtc, contentType }: RecordingAbout,
  context: MappingContext,
): Promise<MappedResource> {
  const startedAt = instantOfUtc(startedAtUtc);
  const sha256 = toHex(await context.sha256(bytes));
  const resource: DocumentReference = {
    resourceType: 'DocumentReference',
    status: 'current',
    type: local('recording'),
    subject: { reference: context.patientReference },
    ...(startedAt === undefined ? {} : { date: startedAt }),
    content: [
      {
        attachment: {
          extension: [{ url: SHA256_URL, valueString: sha256 }],
          contentType,
          url: binaryReference,
          size: bytes.length,
          ...(startedAt === undefined ? {} : { creation: startedAt }),
        },
      },
    ],
  };
  const identifier = identifierOf('recording', context.patientId, recordingId);
  return finishNew({ resource, identifier, mode: 'once' }, context);
}
