import type {
  Basic,
  CarePlan,
  Communication,
  Device,
  DeviceMetric,
  DiagnosticReport,
  DocumentReference,
  Extension,
  Flag,
  Goal,
  Meta,
  Observation,
  Patient,
  Procedure,
  Provenance,
  QuestionnaireResponse,
} from 'fhir/r4';
import { canonical } from '../../../core/recording/canonical-json.ts';
import { type HandOverCrypto, toHex } from '../../../core/recording/hand-over-crypto.ts';
import type { PartyCard } from '../../../core/recording/party-card.ts';
import type { Sha256 } from '../../../core/recording/passport-file.ts';
import { type BusinessIdentifier, RECORD_TAG, RECORD_URL } from './fhir-names.ts';
import { compact } from './fhir-values.ts';
import {
  maySay,
  recordExtension,
  type RecordKind,
  signatureOf,
  type ThoraRecord,
} from './record-extension.ts';

/** Every kind of resource that Thora writes. */
export type MappableResource =
  | Basic
  | CarePlan
  | Communication
  | Device
  | DeviceMetric
  | DiagnosticReport
  | DocumentReference
  | Flag
  | Goal
  | Observation
  | Patient
  | Procedure
  | Provenance
  | QuestionnaireResponse;

/** A resource on its way to a server, with the name by which it is known there. */
export interface MappedResource {
  readonly resource: MappableResource;
  /** Stands in the resource as its identifier, or as a tag where the type has none (Provenance): see `conditionOf`. */
  readonly identifier: BusinessIdentifier;
  /** `once`: what is there stays. `newest`: the last one written counts. */
  readonly mode: 'once' | 'newest';
  /** SHA-256 of what it says, signatures apart: two signatures of the same thing differ. */
  readonly digest: string;
}

/** Who writes, about whom. */
export interface MappingContext {
  /** As the server knows the patient: `Patient/123`. */
  readonly patientReference: string;
  readonly patientId: string;
  readonly writer: PartyCard;
  readonly appVersion: string;
  /**
   * `own`, as without it: what the writer may say, for a server. `all`: everything, for a bundle that is kept as a file; sent to a
   * server it would stand in the place of what the other party signed.
   */
  readonly part?: 'own' | 'all';
  readonly sha256: Sha256;
  /** With the writer's key. Without it nothing is signed, and nothing of it is taken back by Thora. */
  readonly sign?: HandOverCrypto['sign'];
  /** True skips what is at the server as it is, before it is signed. */
  isKnown?(identifier: BusinessIdentifier, digest: string): boolean;
}

/** A resource before it has its identifier, tags and signature. */
export interface Draft {
  readonly resource: MappableResource;
  readonly identifier: BusinessIdentifier;
  readonly mode: MappedResource['mode'];
  /** What stands in it word for word, so that it comes back whole. */
  readonly record?: { readonly kind: RecordKind; readonly value: object; readonly when: string };
  /** What a Provenance is the signature of. */
  readonly signed?: ThoraRecord;
}

/** Null where the caller knows that it is at the server as it is. */
export async function finish(draft: Draft, context: MappingContext): Promise<MappedResource | null> {
  const plain = await unsignedOf(draft, context);
  const isKnown = context.isKnown?.(draft.identifier, plain.digest) === true;
  return isKnown ? null : signedOf(draft, plain, context);
}

/** As {@link finish}, for a single resource that the caller asked for. */
export async function finishNew(draft: Draft, context: MappingContext): Promise<MappedResource> {
  return signedOf(draft, await unsignedOf(draft, context), context);
}

interface Unsigned {
  readonly resource: MappableResource;
  readonly record: ThoraRecord | null;
  readonly digest: string;
}

async function unsignedOf(
  { resource, identifier, record }: Draft,
  { patientId, writer, sha256 }: MappingContext,
): Promise<Unsigned> {
  const named = compact(withIdentifier(resource, identifier));
  const kept =
    record === undefined ? null : { kind: record.kind, text: canonical(record.value), when: record.when };
  const whole = kept === null ? named : withRecord(named, await recordExtension(kept, { patientId, writer }));
  return { resource: named, record: kept, digest: await digestOf(whole, sha256) };
}

async function signedOf(
  { identifier, mode, record: about, signed }: Draft,
  { resource, record, digest }: Unsigned,
  context: MappingContext,
): Promise<MappedResource> {
  const { patientId, writer, sign, appVersion } = context;
  const isOwn = about !== undefined && maySay(about, writer);
  const writing = { patientId, writer, ...(isOwn && sign !== undefined ? { sign } : {}) };
  const whole = record === null ? resource : withRecord(resource, await recordExtension(record, writing));
  const signature = signed === undefined ? null : await signatureOf(signed, context);
  const source = `urn:thora:app:${appVersion.replaceAll(/[^\w.-]/g, '-')}`;
  return {
    resource: {
      ...whole,
      ...(signature === null ? {} : { signature: [signature] }),
      meta: { ...whole.meta, source },
    } as MappableResource,
    identifier,
    mode,
    digest,
  };
}

function withRecord(resource: MappableResource, record: Extension): MappableResource {
  const { meta, extension } = resource as { readonly meta?: Meta; readonly extension?: readonly Extension[] };
  return {
    ...resource,
    meta: { ...meta, tag: [...(meta?.tag ?? []), { ...RECORD_TAG }] },
    extension: [...(extension ?? []), record],
  } as MappableResource;
}

function withIdentifier(resource: MappableResource, { system, value }: BusinessIdentifier): MappableResource {
  if (resource.resourceType === 'QuestionnaireResponse')
    return { ...resource, identifier: { system, value } };
  if (resource.resourceType === 'Provenance')
    return {
      ...resource,
      meta: { ...resource.meta, tag: [...(resource.meta?.tag ?? []), { system, code: value }] },
    };
  return { ...resource, identifier: [{ system, value }] } as MappableResource;
}

/** The search that finds this very resource: for `If-None-Exist`, and after the `?` of a conditional update. */
export function conditionOf({
  resource,
  identifier,
}: Pick<MappedResource, 'resource' | 'identifier'>): string {
  const parameter = resource.resourceType === 'Provenance' ? '_tag' : 'identifier';
  return `${parameter}=${encodeURIComponent(`${identifier.system}|${identifier.value}`)}`;
}

/** SHA-256, hexadecimal, of what a resource says: the same at the server as before it was sent. */
export async function digestOf(resource: object, sha256: Sha256): Promise<string> {
  return toHex(await sha256(new TextEncoder().encode(statementOf(resource))));
}

/** What a resource says, as one text: without what the server adds, and without signatures, which differ each time. */
export function statementOf(resource: object): string {
  const { id: _id, meta: _meta, text: _narrative, ...said } = resource as Record<string, unknown>;
  return canonical(JSON.parse(JSON.stringify(said, withoutSignature)));
}

function withoutSignature(key: string, value: unknown): unknown {
  if (key === 'signature') return undefined;
  if (key !== 'extension' || !Array.isArray(value)) return value;
  return (value as readonly Extension[]).map((one) =>
    one.url === RECORD_URL
      ? { ...one, extension: one.extension?.filter(({ url }) => url !== 'signature') }
      : one,
  );
}
