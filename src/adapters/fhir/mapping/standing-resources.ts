import type { Flag, Goal } from 'fhir/r4';
import type { FlagId } from '../../../core/care/safety/safety-event.ts';
import { SafetyFold, type HeldAnswer } from '../../../core/care/safety/safety-fold.ts';
import { toHex } from '../../../core/recording/hand-over-crypto.ts';
import type { KeptJournalEntry } from '../../../core/recording/journal-schema.ts';
import type { Sha256 } from '../../../core/recording/passport-file.ts';
import type { JournalAbout } from './entry-observation.ts';
import { identifierOf } from './fhir-names.ts';
import { instantOf, local, plainText } from './fhir-values.ts';
import type { Draft } from './mapped-resource.ts';

/** One safety lock: the answer that made it, and when it opened; null while it stands. */
interface LockSpan {
  readonly held: HeldAnswer;
  /** Of the entry that made it: its place may change, its id does not. */
  readonly entryId: string;
  openedUtcMs: number | null;
}

/** Each answer that ever locked, as a Flag: active while it locks. */
export function lockFlags(journal: readonly KeptJournalEntry[], about: JournalAbout): readonly Draft[] {
  const fold = new SafetyFold();
  const spans: LockSpan[] = [];
  const open = new Map<FlagId, LockSpan>();
  for (const entry of journal) {
    fold.add(entry);
    for (const [flagId, span] of open) {
      if (fold.held.has(flagId)) continue;
      span.openedUtcMs = Math.max(entry.atUtcMs, span.held.atUtcMs);
      open.delete(flagId);
    }
    for (const [flagId, held] of fold.held) {
      if (open.has(flagId)) continue;
      const span = { held, entryId: entry.entryId, openedUtcMs: null };
      open.set(flagId, span);
      spans.push(span);
    }
  }
  return spans.map(({ held, entryId, openedUtcMs }): Draft => ({
    resource: {
      resourceType: 'Flag',
      status: openedUtcMs === null ? 'active' : 'inactive',
      category: [
        {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/flag-category',
              code: 'safety',
              display: 'Safety',
            },
          ],
        },
        local('safetyLock'),
      ],
      code: local(held.flagId),
      subject: { reference: about.patientReference },
      period: {
        start: instantOf(held.atUtcMs),
        ...(openedUtcMs === null ? {} : { end: instantOf(openedUtcMs) }),
      },
    } satisfies Flag,
    identifier: identifierOf('lock', about.patientId, held.flagId, entryId),
    mode: 'newest',
  }));
}

/** What the person wants, as they said on coming in; what they do not name any more is cancelled. */
export async function ownGoals(
  journal: readonly KeptJournalEntry[],
  about: JournalAbout,
  sha256: Sha256,
): Promise<readonly Draft[]> {
  const said = journal.flatMap(({ atUtcMs, event }) =>
    event.kind === 'intakeAnswered' ? [{ atUtcMs, ...event.answers }] : [],
  );
  const named = (field: 'goals' | 'hardThings'): ReadonlyMap<string, Standing> => {
    const all = new Map<string, Standing>();
    const latest = said.findLast((one) => one[field] !== undefined)?.[field] ?? [];
    for (const one of said)
      for (const goal of one[field] ?? [])
        if (!all.has(goal))
          all.set(goal, { sinceUtcMs: one.atUtcMs, isNow: (latest as readonly string[]).includes(goal) });
    return all;
  };
  const draft = (kind: string, goal: string, { sinceUtcMs, isNow }: Standing, text: string): Draft => ({
    resource: {
      resourceType: 'Goal',
      lifecycleStatus: isNow ? 'active' : 'cancelled',
      description: kind === 'goal' ? local(`goal.${goal}`, text) : { text },
      subject: { reference: about.patientReference },
      startDate: instantOf(sinceUtcMs).slice(0, 10),
      expressedBy: { reference: about.patientReference },
    } satisfies Goal,
    identifier: identifierOf('goal', about.patientId, kind, goal),
    mode: 'newest',
  });
  const goals = [...named('goals')].map(([goal, standing]) => draft('goal', goal, standing, goal));
  for (const [thing, standing] of named('hardThings')) {
    const text = plainText(thing);
    if (text === undefined) continue;
    // What a person wrote does not belong into an identifier, which ends up in addresses and logs.
    const digest = toHex(await sha256(new TextEncoder().encode(thing))).slice(0, DIGEST_DIGITS);
    goals.push(draft('thing', digest, standing, text));
  }
  return goals;
}

const DIGEST_DIGITS = 16;

interface Standing {
  readonly sinceUtcMs: number;
  readonly isNow: boolean;
}
