/** Sessions that were cut off before the care journal heard of them: a page closed, a browser killed. */
import { entriesOf, type CareMoment, type JournalEntry } from '../core/care/care-journal.ts';
import { countedSessions, isOncePerDay } from '../core/care/programme/done-share.ts';
import type { ProgrammeSessionBegun } from '../core/care/programme/programme-event.ts';
import { hasDone } from '../core/report/done-in-session.ts';
import { sessionDoneEvent } from '../core/report/care-report.ts';
import type { StoredSession, ThoraServices } from './services.ts';

/** The first packet may be stamped a little before the entry that the session began. */
const SAME_MOMENT_MS = 2000;

/** A session of today that is on record and that the journal does not know of. */
interface Untold {
  readonly stored: StoredSession;
  readonly programme: ProgrammeSessionBegun;
}

/** What a session of the person's own, or one of tests alone, is told as. */
const OWN: ProgrammeSessionBegun = { session: 'tests', planned: [] };

type Recorded = Pick<StoredSession, 'sessionId' | 'startedAtUtc'>;

/**
 * With what a recorded session was begun; null where that was never told, its end was, or it is of another day: the plan
 * has gone on without it, and a day that is over is not written anew.
 */
function begunAs(
  journal: readonly JournalEntry[],
  { sessionId, startedAtUtc }: Recorded,
  { day }: CareMoment,
): { readonly programme?: ProgrammeSessionBegun } | null {
  const startedMs = Date.parse(startedAtUtc) + SAME_MOMENT_MS;
  const begun = entriesOf(journal, 'sessionBegun').findLast(({ atUtcMs }) => atUtcMs <= startedMs);
  const isTold = entriesOf(journal, 'sessionDone').some(({ event }) => event.sessionId === sessionId);
  return begun === undefined || begun.day !== day || isTold ? null : begun.event;
}

/** What of today's programme a recorded session was; null where it was something else, was told already, or is of another day. */
export function programmeOf(
  journal: readonly JournalEntry[],
  recorded: Recorded,
  moment: CareMoment,
): ProgrammeSessionBegun | null {
  return begunAs(journal, recorded, moment)?.programme ?? null;
}

/** Today's session of the plan is on record already: what else is kept of the day counts as no other. */
export function hasDayDone(journal: readonly JournalEntry[], { day }: CareMoment): boolean {
  return countedSessions(journal).some((entry) => entry.day === day && isOncePerDay(entry.event.session));
}

function untoldSession(
  journal: readonly JournalEntry[],
  sessions: readonly StoredSession[],
  moment: CareMoment,
): Untold | null {
  for (const stored of sessions) {
    const { state, result, simulated } = stored;
    if (state !== 'finished' || result === null || !hasDone(result)) continue;
    const begun = begunAs(journal, stored, moment);
    // As when it comes to its end: of the virtual kit only what stands in for the programme's sensors.
    if (begun !== null && (begun.programme !== undefined || !simulated))
      return { stored, programme: begun.programme ?? OWN };
  }
  return null;
}

/** Tells the care journal of a kept session of today that it does not know, so that no session is lost or done twice. */
export async function tellUntold(
  { journal, log }: Pick<ThoraServices, 'journal' | 'log'>,
  sessions: readonly StoredSession[],
): Promise<void> {
  const untold = untoldSession(await journal.read(), sessions, journal.now());
  if (untold === null) return;
  const { stored, programme } = untold;
  const { sessionId, simulated } = stored;
  const result = (await log.read(sessionId))?.result ?? stored.result;
  if (result !== null) await journal.append(sessionDoneEvent(result, { sessionId, ...programme, simulated }));
}
