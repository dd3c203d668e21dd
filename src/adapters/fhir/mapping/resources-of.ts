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
 * apart, and {@link contentOf} makes the same content of them again. Passports are looked at for the kit's last check even where
 * they are the other party's to write.
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
  const { plans, passports, messages, journal } = partOf(content, context);
  const drafts: readonly Draft[] = [
    ...passports.flatMap((passport) => passportDrafts(passport, about)),
    ...(await planDrafts(plans, context)),
    ...messages.map((message) => messageDraft(message, context)),
    ...journal.flatMap((entry) => entryDrafts(entry, about)),
    ...answersOfDays(journal, about),
    ...lockFlags(journal, about),
    ...(await ownGoals(journal, about, context.sha256)),
  ];
  const mapped: MappedResource[] = [];
  for (const draft of drafts) {
    const finished = await finish(draft, context);
    if (finished !== null) mapped.push(finished);
  }
  return mapped;
}

function partOf(content: HandOverContent, { part, writer }: MappingContext): HandOverContent {
  if (part === 'all') return content;
  const messages = content.messages.filter(({ from }) => from === writer.role);
  return writer.role === 'clinic'
    ? { ...content, messages, journal: [] }
    : { ...content, messages, plans: [], passports: [] };
}

function kitVerdicts(passports: readonly KitPassport[]): JournalAbout['kitVerdictAt'] {
  const checks = passports
    .map(({ madeAtUtc, verdict }) => ({ atUtcMs: Date.parse(madeAtUtc), verdict }))
    .toSorted((a, b) => a.atUtcMs - b.atUtcMs);
  return (utcMs) => checks.findLast(({ atUtcMs }) => atUtcMs <= utcMs)?.verdict ?? null;
}
