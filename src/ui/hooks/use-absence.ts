import { useEffect, useState } from 'react';
import { useRoom } from '../services-context.ts';
import type { FlowStep } from '../stores/session-flow-state.ts';

/** The page was hidden while a set ran. */
export interface Absence {
  readonly seconds: number;
  /** Longest silence of a sensor meanwhile, s; 0 when all were heard throughout. */
  readonly gapS: number;
}

/** By sensors or by the clock. */
export function isSet(step: FlowStep): boolean {
  return step === 'set' || step === 'timed';
}

/** Shorter than this nobody has missed anything. */
const LEAST_MS = 2000;

/** Steps that lead to a set by themselves: none begins on a page that nobody sees. */
const LEADS_TO_SET: readonly FlowStep[] = ['found', 'position', 'rest'];

/**
 * A set that nobody can see does not go on: hiding the page pauses it, by the clock too. On return it tells for how long, and what the
 * sensors' recordings lack; null once that was seen.
 */
export function useAbsence(): { readonly absence: Absence | null; readonly seen: () => void } {
  const { services, session } = useRoom();
  const [absence, setAbsence] = useState<Absence | null>(null);
  useEffect(() => {
    let hiddenAtMs = NaN;
    const onChange = () => {
      const { flow, send } = session.getState();
      if (document.visibilityState === 'hidden') {
        if (!isSet(flow.step) && !LEADS_TO_SET.includes(flow.step)) return;
        send({ kind: 'pause' });
        if (isSet(flow.step)) hiddenAtMs = performance.now();
      } else if (!Number.isNaN(hiddenAtMs)) {
        const seconds = Math.round((performance.now() - hiddenAtMs) / 1000);
        const wasLong = performance.now() - hiddenAtMs >= LEAST_MS;
        hiddenAtMs = NaN;
        if (wasLong && isSet(flow.step)) setAbsence({ seconds, gapS: 0 });
      }
    };
    // Gaps are told when the packets are back, which may be before or after the page is.
    const stop = services.session.onFact((fact) => {
      if (fact.kind !== 'gap') return;
      const gapS = (fact.endMs - fact.startMs) / 1000;
      setAbsence((known) => (known === null ? known : { ...known, gapS: Math.max(known.gapS, gapS) }));
    });
    document.addEventListener('visibilitychange', onChange);
    return () => {
      document.removeEventListener('visibilitychange', onChange);
      stop();
    };
  }, [services, session]);
  return { absence, seen: () => setAbsence(null) };
}
