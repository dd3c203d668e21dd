import type { HandOverContent } from '../../../core/recording/clinic-record.ts';
import type { KitPassport } from '../../../core/recording/kit-passport.ts';
import { answersOfDays, entryDrafts } from './entry-resources.ts';
import type { JournalAbout } from './entry-observation.ts';
import { passportDrafts } from './kit-resources.ts';
import { type Draft, finish, type MappedResource, type MappingContext } from './mapped-resource.ts';
import { messageDraft } from './message-resources.ts';
import { planDrafts } from './plan-resources.ts';
import { lockFlags, ownGoals } from './standing-resources.ts';

/**
 * What a clinic and a patient know of each other, as FHIR R4 resources. The same content gives the same resources, signatures
 * apart, and {@link contentOf} makes the same content of them again. Oldest plan first.
 */
export async function resourcesOf(
  content: HandOverContent,
  context: MappingContext,
): Promise<readonly MappedResource[]> {
  const about: JournalAbout = {
    patientReference: context.patientReference,
    patientId: context.patientId,
    kitVerdictAt: kitVerdicts(content.passports),
  };
  const drafts: readonly Draft[] = [
    ...content.passports.flatMap((passport) => passportDrafts(passport, about)),
    ...(await planDrafts(content.plans, context)),
    ...content.messages.map((message) => messageDraft(message, context)),
    ...content.journal.flatMap((entry) => entryDrafts(entry, about)),
    ...answersOfDays(content.journal, about),
    ...lockFlags(content.journal, about),
    ...(await ownGoals(content.journal, about, context.sha256)),
  ];
  const mapped: MappedResource[] = [];
  for (const draft of drafts) {
    const finished = await finish(draft, context);
    if (finished !== null) mapped.push(finished);
  }
  return mapped;
}

function kitVerdicts(passports: readonly KitPassport[]): JournalAbout['kitVerdictAt'] {
  const checks = passports
    .map(({ madeAtUtc, verdict }) => ({ atUtcMs: Date.parse(madeAtUtc), verdict }))
    .toSorted((a, b) => a.atUtcMs - b.atUtcMs);
  return (utcMs) => checks.findLast(({ atUtcMs }) => atUtcMs <= utcMs)?.verdict ?? null;
}
