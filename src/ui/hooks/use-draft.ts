import { useCallback, useEffect, useRef } from 'react';
import type { ClinicDesk, DraftKind } from '../clinic-ports.ts';

const KEEP_AFTER_MS = 400;

/** What somebody writes and has not sent: kept behind the door, so that one that closes loses nothing. */
export interface Draft {
  readonly read: () => Promise<string | null>;
  /** Soon, and at once when the page goes. @param text null: it was sent, or given up */
  readonly keep: (text: string | null) => void;
}

/** The draft of one patient's page. */
export function useDraft(desk: ClinicDesk, patientId: string, kind: DraftKind): Draft {
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; write: () => void } | null>(null);
  const flush = useCallback(() => {
    if (waiting.current === null) return;
    clearTimeout(waiting.current.timer);
    waiting.current.write();
    waiting.current = null;
  }, []);
  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);
  const read = useCallback(() => desk.draft(patientId, kind), [desk, patientId, kind]);
  const keep = useCallback(
    (text: string | null) => {
      const write = () => void desk.keepDraft(patientId, kind, text).catch(() => undefined);
      if (waiting.current !== null) clearTimeout(waiting.current.timer);
      waiting.current = {
        timer: setTimeout(flush, text === null ? 0 : KEEP_AFTER_MS),
        write,
      };
    },
    [desk, patientId, kind, flush],
  );
  return { read, keep };
}
