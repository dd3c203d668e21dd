import type { SessionRecorder } from '../../core/recording/session-recorder.ts';
import type { StoredSession } from '../../ui/services.ts';
import type { AnswerRow, SessionRow } from './session-database.ts';

/** Stands in when the first row could not be written: the session runs unrecorded. */
export const NO_RECORDER: SessionRecorder = {
  appendPacket: () => undefined,
  appendCommand: () => undefined,
  appendRepetition: () => undefined,
  finish: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

export function lastStopReason(answers: readonly AnswerRow[]): string | null {
  let reason: string | null = null;
  for (const { note } of answers) if (note.about === 'stopReason') reason = note.reason;
  return reason;
}

export function describeRow(row: SessionRow): StoredSession {
  const unfinished = row.state === 'open' && row.origin === 'recorded';
  const durationMs = row.lastHostTimeMs - row.firstHostTimeMs;
  return {
    sessionId: row.sessionId,
    startedAtUtc: row.startedAtUtc,
    durationS: Number.isFinite(durationMs) ? durationMs / 1000 : 0,
    simulated: row.simulated,
    state: unfinished ? 'unfinished' : row.origin === 'imported' ? 'imported' : 'finished',
    roles: row.roles,
    result: row.result,
    report: row.report ?? null,
    earlierReports: row.earlierReports ?? [],
    stopReason: null,
  };
}
