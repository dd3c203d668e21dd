import { Trans, useLingui } from '@lingui/react/macro';
import Download from 'lucide-react/icons/download';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import Trash2 from 'lucide-react/icons/trash-2';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { BackLink } from '../components/BackLink.tsx';
import { DoneWithoutSensors } from '../components/DoneWithoutSensors.tsx';
import { EngineChanges } from '../components/EngineChanges.tsx';
import { DoorShell } from '../components/PatientShell.tsx';
import { ExportSheet } from '../components/ExportSheet.tsx';
import { Notice, ProblemNotice } from '../components/Notice.tsx';
import { PainPair } from '../components/PainPair.tsx';
import { RangeChanges } from '../components/RangeChanges.tsx';
import { ReplayView } from '../components/ReplayView.tsx';
import { SessionTimes } from '../components/SessionTimes.tsx';
import { Duration, SessionDate } from '../components/SessionList.tsx';
import { SetTable } from '../components/SetTable.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { Unfinished } from '../components/Unfinished.tsx';
import { VirtualMark } from '../components/VirtualMark.tsx';
import { WhatChanged } from '../components/WhatChanged.tsx';
import { FailedToRead, WaitingForSessions } from '../components/Waiting.tsx';
import { useRoom } from '../services-context.ts';
import type { ReplayedSession, StoredSession } from '../services.ts';
import { headlineExercise } from '../session-summary.ts';
import type { SessionResult } from '../../core/pipeline/session-result.ts';
import { hasDone } from '../../core/report/done-in-session.ts';
import { isSameResult, knowsAsMuch } from '../../core/report/engine-change.ts';
import { useRemovedSession } from '../stores/removed-session.ts';
import { usePreferences } from '../stores/preferences-store.ts';
import { exerciseWords } from '../text/exercise-text.ts';
import { stopReasonWords } from '../text/result-text.ts';
import { storageProblemWords } from '../text/storage-text.ts';

type PageState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'ready'; readonly stored: StoredSession };

export type ReplayState =
  /** Share done, 0 to 1. */
  | { readonly kind: 'waiting'; readonly share: number }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'ready'; readonly replayed: ReplayedSession };

/** One saved session: what counted and why, the angle over time with its band, and the way these came about. */
export function SessionPage() {
  const { t } = useLingui();
  const { services } = useRoom();
  const [, navigate] = useLocation();
  const { id } = useParams<{ id: string }>();
  const sessionId = decoded(id);
  const door = usePreferences((preferences) => preferences.door);
  const [state, setState] = useState<PageState>({ kind: 'waiting' });
  const [replay, setReplay] = useState<ReplayState>({ kind: 'waiting', share: 0 });
  const [problem, setProblem] = useState<unknown>(null);
  const [removing, setRemoving] = useState(false);
  const [exporting, setExporting] = useState(false);
  const keepRemoved = useRemovedSession((store) => store.keep);
  const round = useRef(0);

  const load = useCallback(() => {
    const mine = ++round.current;
    setState({ kind: 'waiting' });
    services.log.read(sessionId).then(
      (stored) => {
        if (mine === round.current)
          setState(stored === null ? { kind: 'missing' } : { kind: 'ready', stored });
      },
      (error: unknown) => {
        if (mine === round.current) setState({ kind: 'failed', error });
      },
    );
  }, [services, sessionId]);
  const compute = useCallback(() => {
    setReplay({ kind: 'waiting', share: 0 });
    services.log
      .replay(sessionId, (share) => setReplay({ kind: 'waiting', share }))
      .then(
        (replayed) => setReplay({ kind: 'ready', replayed }),
        (error: unknown) => setReplay({ kind: 'failed', error }),
      );
  }, [services, sessionId]);
  useEffect(() => {
    load();
    const rounds = round;
    return () => {
      rounds.current++;
    };
  }, [load]);
  const finished = state.kind === 'ready' && state.stored.state !== 'unfinished';
  useEffect(() => {
    if (finished) compute();
  }, [finished, compute]);

  const list = door === 'build' ? '/workshop' : '/sessions';
  const back = <BackLink href={list} label={t`Back to the sessions`} />;
  if (state.kind !== 'ready')
    return (
      <DoorShell>
        <main className="page" id="main">
          <div className="row">
            {back}
            <h1>{state.kind === 'missing' ? t`This session is not on this device` : t`Session`}</h1>
          </div>
          {state.kind === 'waiting' && <WaitingForSessions />}
          {state.kind === 'failed' && <FailedToRead error={state.error} onRetry={load} />}
          {state.kind === 'missing' && (
            <p className="muted">
              <Trans>
                It may have been deleted, or it lies on another device. Export it there, then import its file
                here.
              </Trans>
            </p>
          )}
        </main>
      </DoorShell>
    );

  const { stored } = state;
  const isWhole = replay.kind !== 'ready' || knowsAsMuch(replay.replayed.live, stored.result);
  const computed = replay.kind === 'ready' && isWhole ? replay.replayed.result : null;
  const result = computed ?? stored.report ?? stored.result;
  const exerciseId = result === null ? null : headlineExercise(result);
  // The newest that says something else: the report that is being replaced now, or one that was before.
  const earlier = [stored.report, ...stored.earlierReports]
    .filter((one) => one !== null)
    .find((one) => result !== null && !isSameResult(one, result));
  return (
    <DoorShell>
      <main className="page page-wide" id="main">
        <header className="page-head wrap">
          <div className="row">
            {back}
            <div>
              <h1>{exerciseId === null ? t`Session` : t(exerciseWords(exerciseId).title)}</h1>
              <p className="small">
                <SessionDate startedAtUtc={stored.startedAtUtc} /> · <Duration seconds={stored.durationS} />
                {stored.state === 'imported' && (
                  <>
                    {' · '}
                    <Trans>imported</Trans>
                  </>
                )}
              </p>
            </div>
          </div>
          <div className="row wrap">
            {stored.simulated && <VirtualMark />}
            <button
              type="button"
              className="button button-second button-small"
              onClick={() => {
                setProblem(null);
                setExporting(true);
              }}
            >
              <Download size={20} strokeWidth={1.75} aria-hidden="true" />
              <Trans>Export</Trans>
            </button>
            {finished && stored.roles.length > 0 && (
              <button
                type="button"
                className="button button-primary button-small"
                disabled={replay.kind === 'waiting'}
                onClick={compute}
              >
                <RotateCcw size={20} strokeWidth={1.75} aria-hidden="true" />
                <Trans>Compute again</Trans>
              </button>
            )}
            <button
              type="button"
              className="icon-button"
              aria-label={t`Delete this session`}
              onClick={() => setRemoving(true)}
            >
              <Trash2 size={22} strokeWidth={1.75} aria-hidden="true" />
            </button>
          </div>
        </header>
        {problem !== null && <ProblemNotice words={storageProblemWords(problem)} detail={String(problem)} />}
        <Unfinished sessions={[stored]} onChange={() => navigate(list)} />
        {!isWhole && (
          <Notice tone="info">
            <p>
              <b>
                <Trans>Part of this recording is not on this device</Trans>
              </b>
            </p>
            <p>
              <Trans>The results below are those that were computed when it was whole.</Trans>
            </p>
          </Notice>
        )}
        {finished && <ReplayView stored={stored} replay={replay} onRetry={compute} />}
        {result !== null && <HowItWas stored={stored} result={result} />}
        {result !== null && <WhatChanged decisions={result.coaching} />}
        {result !== null && <SessionTimes times={result.times} />}
        {result !== null && <DoneWithoutSensors sets={result.unmeasuredSets ?? []} />}
        {result !== null && finished && <RangeChanges sessionId={sessionId} result={result} />}
        {computed !== null && earlier !== undefined && <EngineChanges before={earlier} after={computed} />}
        {result !== null &&
          result.sets.map((one, index) => (
            <SetTable
              key={`${one.startMs}-${index}`}
              set={one}
              result={result}
              engineVersion={result.engineVersion}
            />
          ))}
        {result !== null && !hasDone(result) && (
          <section className="card">
            <p className="muted">
              <Trans>It ended before you did anything, so it does not count as a session.</Trans>
            </p>
          </section>
        )}
        {exporting && (
          <ExportSheet sessionId={sessionId} isFinished={finished} onClose={() => setExporting(false)} />
        )}
        {removing && (
          <Sheet title={t`Delete this session?`} onClose={() => setRemoving(false)}>
            <p className="muted">
              <Trans>
                Its recording is removed from this device. You can undo that until you leave the list.
              </Trans>
            </p>
            <div className="session-actions">
              <button
                type="button"
                className="button button-second button-wide"
                onClick={() => setRemoving(false)}
              >
                <Trans>Do not delete it</Trans>
              </button>
              <button
                type="button"
                className="button button-stop button-wide"
                onClick={() => {
                  setRemoving(false);
                  services.log.remove(sessionId).then(
                    (restore) => {
                      keepRemoved({ startedAtUtc: stored.startedAtUtc, restore });
                      navigate('/sessions');
                    },
                    (error: unknown) => setProblem(error),
                  );
                }}
              >
                <Trans>Delete it</Trans>
              </button>
            </div>
          </Sheet>
        )}
      </main>
    </DoorShell>
  );
}

/** An address that was cut or mistyped names no session; it must not stop the page. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** Pain before and after, and why it ended early; nothing where nothing was said. */
function HowItWas({ stored, result }: { readonly stored: StoredSession; readonly result: SessionResult }) {
  const { t } = useLingui();
  const stopped = stored.stopReason === null ? null : stopReasonWords(stored.stopReason);
  const hasPain = result.painBefore !== null || result.painAfter !== null;
  if (!hasPain && stopped === null) return null;
  return (
    <section className="card stack">
      <h2>
        <Trans>How it was</Trans>
      </h2>
      {stopped !== null && <p>{t(stopped)}</p>}
      {hasPain && <PainPair before={result.painBefore} after={result.painAfter} />}
    </section>
  );
}
