import type { ClinicPlan } from '../../../core/care/clinic/clinic-plan.ts';
import { canonical } from '../../../core/recording/canonical-json.ts';
import {
  type ClinicMessage,
  contentSchema,
  emptyContent,
  type HandOverContent,
  mergeContent,
  planDigest,
} from '../../../core/recording/clinic-record.ts';
import type { HandOverCrypto } from '../../../core/recording/hand-over-crypto.ts';
import type { KeptJournalEntry } from '../../../core/recording/journal-schema.ts';
import type { KitPassport } from '../../../core/recording/kit-passport.ts';
import type { PartyCard } from '../../../core/recording/party-card.ts';
import { readPassport, writePassport } from '../../../core/recording/passport-file.ts';
import { entryHome, entryIdentifier } from './entry-resources.ts';
import type { BusinessIdentifier } from './fhir-names.ts';
import { passportIdentifier } from './kit-resources.ts';
import { messageIdentifier } from './message-resources.ts';
import { planIdentifier } from './plan-resources.ts';
import {
  fieldOf,
  keyName,
  maySay,
  readRecord,
  type ReadRecord,
  type RecordKind,
  signedBytes,
} from './record-extension.ts';

export type RefusedCode =
  /** A plan of another system: it is left alone. */
  | 'foreignPlan'
  | 'otherPatient'
  /** By nobody that this device is paired with, or by one who may not say it. */
  | 'notSigned'
  /** Not as it was signed. */
  | 'altered'
  /** No resource, or nothing that Thora writes. */
  | 'invalid'
  | 'newerVersion'
  /** Only older plans than the one that holds here: taking one would go back. */
  | 'replayed';

export interface RefusedResource {
  /** '' where it has none. */
  readonly resourceType: string;
  readonly id: string;
  readonly code: RefusedCode;
}

/** What a reader knows before it looks at what a server holds. */
export interface Expected {
  readonly patientId: string;
  /** As the server knows the patient: `Patient/123`. */
  readonly patientReference: string;
  readonly own: PartyCard;
  /** The one it is paired with. */
  readonly peer: PartyCard;
  readonly crypto: Pick<HandOverCrypto, 'verify' | 'sha256'>;
  /**
   * Plans that this device knows already, in the order in which it took them: the chain of versions goes on from them, and a
   * patient follows the last one.
   */
  readonly knownPlans: readonly ClinicPlan[];
}

/**
 * Takes back what either party wrote. Each resource stands for itself: one that is refused keeps no other from being read, and
 * whatever a server sends, nothing is thrown and nothing comes in that was not signed by a paired party about this patient.
 *
 * @param resources as a server sent them, in any order and however often
 */
export async function contentOf(
  resources: readonly unknown[],
  expected: Expected,
): Promise<{ readonly content: HandOverContent; readonly refused: readonly RefusedResource[] }> {
  const refused: RefusedResource[] = [];
  const taken: { readonly item: Item; readonly refuse: (code: RefusedCode) => void }[] = [];
  for (const resource of resources) {
    const refuse = (code: RefusedCode): void => void refused.push({ ...nameOf(resource), code });
    const read = await readOne(resource, expected).catch((): RefusedCode => 'invalid');
    if (typeof read === 'string') refuse(read);
    else if (read !== null) taken.push({ item: read, refuse });
  }
  const plans = taken.flatMap(({ item }) => (item.kind === 'plan' ? [item.value] : []));
  const digests = new Map<ClinicPlan, string>();
  for (const plan of [...expected.knownPlans, ...plans])
    digests.set(plan, await planDigest(plan, expected.crypto.sha256));
  const goesBack = wouldGoBack(plans, expected);
  const kept: Item[] = [];
  for (const { item, refuse } of taken) {
    if (item.kind === 'plan' && goesBack) refuse('replayed');
    else if (item.kind === 'plan' && !fitsChain(item.value, digests)) refuse('altered');
    else kept.push(item);
  }
  const nothing = emptyContent(expected.patientId);
  const content = mergeContent(nothing, {
    ...nothing,
    plans: kept.flatMap((item) => (item.kind === 'plan' ? [item.value] : [])),
    passports: kept.flatMap((item) => (item.kind === 'passport' ? [item.value] : [])),
    messages: kept.flatMap((item) => (item.kind === 'message' ? [item.value] : [])),
    journal: kept.flatMap((item) => (item.kind === 'entry' ? [item.value] : [])),
  });
  return { content, refused };
}

type Item =
  | { readonly kind: 'entry'; readonly value: KeptJournalEntry }
  | { readonly kind: 'plan'; readonly value: ClinicPlan }
  | { readonly kind: 'message'; readonly value: ClinicMessage }
  | { readonly kind: 'passport'; readonly value: KitPassport };

/** The item; null for a resource that holds none and is no trouble; else why it is refused. */
async function readOne(resource: unknown, expected: Expected): Promise<Item | RefusedCode | null> {
  const resourceType = fieldOf(resource, 'resourceType');
  if (typeof resourceType !== 'string') return 'invalid';
  const read = readRecord(fieldOf(resource, 'extension'));
  if (read.state === 'none') return withoutRecord(resource, resourceType);
  if (read.state !== 'read') return read.state;
  const subject = fieldOf(resource, resourceType === 'Device' ? 'patient' : 'subject');
  if (fieldOf(subject, 'reference') !== expected.patientReference) return 'otherPatient';
  // Nothing is parsed that nobody known has signed.
  const signer = await signerOf(read, expected);
  if (typeof signer === 'string') return signer;
  const item = itemOf(read);
  if (item === null) return 'invalid';
  if (!maySay(item, signer)) return 'notSigned';
  if (item.kind === 'plan' && item.value.patientId !== expected.patientId) return 'otherPatient';
  const home = await homeOf(item, expected);
  if (resourceType !== home.resourceType || !hasIdentifier(resource, home.identifier)) return 'altered';
  if (item.kind === 'passport') {
    const sound = await readPassport(writePassport(item.value), '', expected.crypto.sha256).catch(() => null);
    if (sound === null) return 'altered';
  }
  return item;
}

/** Holders of a record say so by their identifier: one that has lost its record was changed. */
function withoutRecord(resource: unknown, resourceType: string): RefusedCode | null {
  const systems = identifiersOf(resource).map((one) => fieldOf(one, 'system'));
  if (HOLDERS.some((kind) => systems.includes(`urn:thora:id:${kind}`))) return 'altered';
  return resourceType === 'CarePlan' ? 'foreignPlan' : null;
}

const HOLDERS: readonly RecordKind[] = ['entry', 'plan', 'message', 'passport'];

const FIELDS = { entry: 'journal', plan: 'plans', message: 'messages', passport: 'passports' } as const;

/** By the same schemas as a file's content; null where it is not what Thora writes, letter by letter. */
function itemOf({ kind, text }: Extract<ReadRecord, { readonly state: 'read' }>): Item | null {
  const value: unknown = JSON.parse(text);
  if (canonical(value) !== text) return null;
  const field = FIELDS[kind];
  const parsed = contentSchema.safeParse({ ...emptyContent('patient'), [field]: [value] });
  const [item] = parsed.success ? parsed.data[field] : [];
  return item === undefined ? null : ({ kind, value: item } as Item);
}

/** Whose signature it is; else why it is refused. */
async function signerOf(
  { kind, writerId, key, text, signature }: Extract<ReadRecord, { readonly state: 'read' }>,
  { own, peer, patientId, crypto }: Expected,
): Promise<PartyCard | RefusedCode> {
  const signer = [peer, own].find((card) => card.partyId === writerId && keyName(card) === key);
  if (signature === null || signer === undefined) return 'notSigned';
  const isTheirs = await crypto.verify(signer.signKey, signature, signedBytes(kind, patientId, text));
  return isTheirs ? signer : 'altered';
}

/** Where the mapping would put it. */
async function homeOf(
  item: Item,
  { patientId, crypto }: Expected,
): Promise<{ readonly resourceType: string; readonly identifier: BusinessIdentifier }> {
  switch (item.kind) {
    case 'entry':
      return {
        resourceType: entryHome(item.value.event.kind),
        identifier: entryIdentifier(patientId, item.value),
      };
    case 'plan':
      return {
        resourceType: 'CarePlan',
        identifier: planIdentifier(item.value, await planDigest(item.value, crypto.sha256)),
      };
    case 'message':
      return { resourceType: 'Communication', identifier: messageIdentifier(patientId, item.value) };
    case 'passport':
      return { resourceType: 'Device', identifier: passportIdentifier(patientId, item.value) };
  }
}

function identifiersOf(resource: unknown): readonly unknown[] {
  return [fieldOf(resource, 'identifier')].flat();
}

/** A server may have added identifiers of its own. */
function hasIdentifier(resource: unknown, { system, value }: BusinessIdentifier): boolean {
  return identifiersOf(resource).some(
    (one) => fieldOf(one, 'system') === system && fieldOf(one, 'value') === value,
  );
}

/** A later version names the one before it, where that one is known. */
function fitsChain(plan: ClinicPlan, digests: ReadonlyMap<ClinicPlan, string>): boolean {
  const before = [...digests].filter(
    ([one]) => one.planId === plan.planId && one.version === plan.version - 1,
  );
  return before.length === 0 || before.some(([, digest]) => digest === plan.previousDigest);
}

/** A patient is never led back to an older plan by a server that holds back the newer one. */
function wouldGoBack(plans: readonly ClinicPlan[], { own, knownPlans }: Expected): boolean {
  const held = knownPlans.at(-1);
  if (own.role !== 'patient' || held === undefined || plans.length === 0) return false;
  // A clinic that began anew counts from 1 again.
  return plans.every(({ planId, version, madeAtUtc }) =>
    planId === held.planId ? version < held.version : madeAtUtc < held.madeAtUtc,
  );
}

const LONGEST_NAME = 100;

function nameOf(resource: unknown): Pick<RefusedResource, 'resourceType' | 'id'> {
  const name = (field: string): string => {
    const value = fieldOf(resource, field);
    return typeof value === 'string' ? value.slice(0, LONGEST_NAME) : '';
  };
  return { resourceType: name('resourceType'), id: name('id') };
}
