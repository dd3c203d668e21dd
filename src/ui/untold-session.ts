/** Sessions of the programme that were cut off before the care journal heard of them: a page closed, a browser killed. */
import { entriesOf, type CareMoment, type JournalEntry } from '../core/care/care-journal.ts';
import type { ProgrammeSessionBegun } from '../core/care/programme/programme-event.ts';
import { sessionDoneEvent } from '../core/report/care-report.ts';
import type { StoredSession, ThoraServices } from './services.ts';

/** The first packet may be stamped a little before the entry that the session began. */
const SAME_MOMENT_MS = 2000;

/** A session of today's programme that is on record and that its plan does not know of. */
interface Untold {
  readonly stored: StoredSession;
  readonly programme: ProgrammeSessionBegun;
}

/**
 * What of today's programme a recorded session was; null where it was something else, was told already, or is of another
 * day: the plan has gone on without it, and a day that is over is not written anew.
 */
export function programmeOf(
  journal: readonly JournalEntry[],
  { sessionId, startedAtUtc }: Pick<StoredSession, 'sessionId' | 'startedAtUtc'>,
  { day }: CareMoment,
): ProgrammeSessionBegun | null {
  const startedMs = Date.parse(startedAtUtc) + SAME_MOMENT_MS;
  const begun = entriesOf(journal, 'sessionBegun').findLast(({ atUtcMs }) => atUtcMs <= startedMs);
  const isTold = entriesOf(journal, 'sessionDone').some(({ event }) => event.sessionId === sessionId);
  return begun === undefined || begun.day !== day || isTold ? null : (begun.event.programme ?? null);
}

function untoldSession(
  journal: readonly JournalEntry[],
  sessions: readonly StoredSession[],
  moment: CareMoment,
): Untold | null {
  for (const stored of sessions) {
    const programme = stored.state === 'finished' ? programmeOf(journal, stored, moment) : null;
    if (programme !== null && hasMoved(stored)) return { stored, programme };
  }
  return null;
}

/** Where no exercise was begun, the day's session is still to come. */
function hasMoved({ result }: StoredSession): boolean {
  const byClock = result?.unmeasuredSets ?? [];
  return result?.sets.some(({ plan }) => !plan.test) === true || byClock.some(({ test }) => test !== true);
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
