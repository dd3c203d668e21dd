import { strToU8 } from 'fflate';
import * as z from 'zod/mini';
import type { ClinicPlan } from '../care/clinic/clinic-plan.ts';
import { canonical } from './canonical-json.ts';
import { clinicPlanSchema, identifier, LONGEST_MESSAGE, utc } from './clinic-plan-schema.ts';
import { toHex } from './hand-over-crypto.ts';
import { journalSchema, type KeptJournalEntry } from './journal-schema.ts';
import type { KitPassport } from './kit-passport.ts';
import { passportSchema, type Sha256 } from './passport-file.ts';

export interface ClinicMessage {
  readonly messageId: string;
  readonly from: 'clinic' | 'patient';
  readonly text: string;
  readonly writtenAtUtc: string;
}

/** What a clinic and a patient know of each other; each file carries all of its sender's part. */
export interface HandOverContent {
  readonly patientId: string;
  /** Every version, oldest first. */
  readonly plans: readonly ClinicPlan[];
  readonly passports: readonly KitPassport[];
  readonly messages: readonly ClinicMessage[];
  /** The patient's care journal: what was done, said and measured. */
  readonly journal: readonly KeptJournalEntry[];
}

const MOST = 10_000;

export const contentSchema = z.strictObject({
  patientId: identifier,
  plans: z.array(clinicPlanSchema).check(z.maxLength(MOST)),
  passports: z.array(passportSchema).check(z.maxLength(100)),
  messages: z
    .array(
      z.strictObject({
        messageId: identifier,
        from: z.enum(['clinic', 'patient']),
        text: z.string().check(z.minLength(1), z.maxLength(LONGEST_MESSAGE)),
        writtenAtUtc: utc,
      }),
    )
    .check(z.maxLength(MOST)),
  journal: journalSchema,
});

export function emptyContent(patientId: string): HandOverContent {
  return { patientId, plans: [], passports: [], messages: [], journal: [] };
}

/** SHA-256 of a plan's canonical text, hexadecimal: by it the next version names this one. */
export async function planDigest(plan: ClinicPlan, sha256: Sha256): Promise<string> {
  return toHex(await sha256(strToU8(canonical(plan))));
}

/**
 * Lays together what two copies know, whichever of them changed since: nothing that either holds is lost, and the order in
 * which copies meet does not matter. Two different versions of the same number both stay.
 */
export function mergeContent(a: HandOverContent, b: HandOverContent): HandOverContent {
  return {
    patientId: a.patientId,
    plans: union(a.plans, b.plans, canonical, planOrder),
    passports: union(a.passports, b.passports, canonical, (one) => one.madeAtUtc),
    messages: union(a.messages, b.messages, canonical, (one) => one.writtenAtUtc),
    // The same entry can stand at another place after two copies of a journal were laid together: the later one counts.
    journal: union(
      a.journal,
      b.journal,
      ({ entryId }) => entryId,
      ({ order }) => sortable(order),
    ),
  };
}

/** The plan that holds: the highest version, of two of the same number the later one; null where there is none. */
export function newestPlan(plans: readonly ClinicPlan[]): ClinicPlan | null {
  return plans.toSorted((x, y) => compare(planOrder(x), planOrder(y))).at(-1) ?? null;
}

/** Versions that were made twice, on two devices of a clinic: somebody there has to say which holds. */
export function doubledVersions(plans: readonly ClinicPlan[]): readonly number[] {
  const versions = plans.map(({ version }) => version);
  return [...new Set(versions.filter((version, i) => versions.indexOf(version) !== i))];
}

function planOrder({ version, madeAtUtc }: ClinicPlan): string {
  return `${sortable(version)} ${madeAtUtc}`;
}

const SORTABLE_DIGITS = 12;

function sortable(count: number): string {
  return String(count).padStart(SORTABLE_DIGITS, '0');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One of each key: of two the one that comes later in order. Sorted, so that equal sets are equal lists. */
function union<T>(
  a: readonly T[],
  b: readonly T[],
  keyOf: (item: T) => string,
  orderOf: (item: T) => string,
): readonly T[] {
  const rank = (item: T): string => `${orderOf(item)} ${canonical(item)}`;
  const byKey = new Map<string, T>();
  for (const item of [...a, ...b]) {
    const known = byKey.get(keyOf(item));
    if (known === undefined || compare(rank(item), rank(known)) > 0) byKey.set(keyOf(item), item);
  }
  return [...byKey.values()].sort((x, y) => compare(rank(x), rank(y)));
}
