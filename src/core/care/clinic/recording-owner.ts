import type { JournalEntry } from '../care-journal.ts';

interface Known {
  readonly patientId: string;
  readonly journal: readonly JournalEntry[];
}

/**
 * Whose a recording is, as far as its file tells: a recording has the id of its session, and a patient's journal names the
 * sessions that were done. It names no person, so that one of a session that no journal has may be anybody's.
 */
export function recordingOwner(
  recordingId: string,
  patientId: string,
  patients: readonly Known[],
): 'theirs' | 'somebodyElses' | 'unknown' {
  const owners = patients.filter(({ journal }) =>
    journal.some(({ event }) => event.kind === 'sessionDone' && event.sessionId === recordingId),
  );
  if (owners.some((owner) => owner.patientId === patientId)) return 'theirs';
  return owners.length > 0 ? 'somebodyElses' : 'unknown';
}
