import { Trans, useLingui } from '@lingui/react/macro';
import FileDown from 'lucide-react/icons/file-down';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { ImportButton } from '../components/ImportButton.tsx';
import { ProblemNotice } from '../components/Notice.tsx';
import { WorkshopShell } from '../components/PatientShell.tsx';
import { SessionList } from '../components/SessionList.tsx';
import { UndoNotice } from '../components/UndoNotice.tsx';
import { Unfinished } from '../components/Unfinished.tsx';
import { VirtualMark } from '../components/VirtualMark.tsx';
import { FailedToRead, WaitingForSessions } from '../components/Waiting.tsx';
import { useSessions } from '../hooks/use-sessions.ts';
import { useRoom } from '../services-context.ts';
import { exampleWords } from '../text/example-text.ts';
import { unknownProblemWords } from '../text/problem-text.ts';

type Example = { readonly id: string; readonly title: string; readonly description: string };

export function RecordingsScreen() {
  const { t } = useLingui();
  const { services } = useRoom();
  const [, navigate] = useLocation();
  const { state, reload } = useSessions();
  const [examples, setExamples] = useState<readonly Example[] | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    let over = false;
    services.files.listExamples().then(
      (list) => {
        if (!over) setExamples(list);
      },
      (error: unknown) => {
        if (!over) setProblem(error);
      },
    );
    return () => {
      over = true;
    };
  }, [services]);
  const open = async (id: string) => {
    setBusy(id);
    setProblem(null);
    try {
      const stored = await services.files.importExample(id);
      navigate(`/sessions/${encodeURIComponent(stored.sessionId)}`);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(null);
    }
  };
  return (
    <WorkshopShell>
      <main className="page page-wide" id="main">
        <div className="page-head wrap">
          <h1>
            <Trans>Recordings</Trans>
          </h1>
          <ImportButton />
        </div>
        {problem !== null && <ProblemNotice words={unknownProblemWords()} detail={String(problem)} />}
        <div className="two-columns">
          <div className="stack">
            {state.kind === 'waiting' && <WaitingForSessions />}
            {state.kind === 'failed' && <FailedToRead error={state.error} onRetry={reload} />}
            <UndoNotice onChange={reload} />
            {state.kind === 'ready' && <Unfinished sessions={state.sessions} onChange={reload} />}
            {state.kind === 'ready' && state.sessions.length > 0 && <SessionList sessions={state.sessions} />}
            {state.kind === 'ready' && state.sessions.length === 0 && (
              <section className="card">
                <h2>
                  <Trans>Nothing here yet</Trans>
                </h2>
                <p className="muted">
                  <Trans>Open a built-in example, import a recording, or record with the virtual kit.</Trans>
                </p>
              </section>
            )}
          </div>
          <section className="card stack">
            <div className="row row-apart wrap">
              <h2>
                <Trans>Built-in examples</Trans>
              </h2>
              <VirtualMark />
            </div>
            <p className="small">
              <Trans>
                Simulated sensors with known truth. They replay through the same chain as worn ones.
              </Trans>
            </p>
            {examples !== null && examples.length === 0 && (
              <p className="muted">
                <Trans>This build has no examples.</Trans>
              </p>
            )}
            <ul className="examples">
              {examples?.map((example) => {
                const words = exampleWords(example.id);
                return (
                  <li key={example.id}>
                    <button
                      type="button"
                      className="line-item example"
                      disabled={busy !== null}
                      onClick={() => void open(example.id)}
                    >
                      <FileDown size={24} strokeWidth={1.75} aria-hidden="true" />
                      <span className="grow">
                        <b>{words === null ? example.title : t(words.title)}</b>
                        <span className="small choice-detail">
                          {busy === example.id ? (
                            <Trans>Opening</Trans>
                          ) : words === null ? (
                            example.description
                          ) : (
                            t(words.detail)
                          )}
                        </span>
                      </span>
                    </button>
                  </li>
                );
              })}
            </ul>
          </section>
        </div>
      </main>
    </WorkshopShell>
  );
}
