import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Redirect, useParams } from 'wouter';
import { BackLink } from '../components/BackLink.tsx';
import { MODULE_IDS, type KnownModuleId } from '../../core/care/learning/unlock.ts';
import { EmergencyCall } from '../components/EmergencyCall.tsx';
import { JournalGate, type ReadyJournal } from '../components/JournalGate.tsx';
import { ModuleQuestion } from '../components/ModuleQuestion.tsx';
import { ProblemNotice } from '../components/Notice.tsx';
import { OwnNumbers } from '../components/OwnNumbers.tsx';
import { PatientShell } from '../components/PatientShell.tsx';
import { usePreferences } from '../stores/preferences-store.ts';
import { gradeWords, MODULE_SOURCES, moduleTitle } from '../text/learn-text.ts';
import { loadModule } from '../text/learn/load-module.ts';
import type { ModuleText } from '../text/learn/module-text.ts';
import { unknownProblemWords } from '../text/problem-text.ts';
import '../styles/care.css';
import '../styles/safety.css';

/** Cards that tell to call for help. */
const TELL_TO_CALL: readonly KnownModuleId[] = ['M02', 'M13'];

/** One card: its text, where it comes from, and its question. */
export function ModulePage() {
  const { id } = useParams<{ id: string }>();
  const known = MODULE_IDS.find((one) => one === id);
  if (known === undefined) return <Redirect to="/learn" replace />;
  return (
    <PatientShell>
      <main className="page" id="main">
        <JournalGate>{(journal) => <Module key={known} id={known} journal={journal} />}</JournalGate>
      </main>
    </PatientShell>
  );
}

type Loaded =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly text: ModuleText }
  | { readonly kind: 'failed'; readonly error: unknown };

function Module({ id, journal }: { readonly id: KnownModuleId; readonly journal: ReadyJournal }) {
  const { t } = useLingui();
  const locale = usePreferences((preferences) => preferences.locale);
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'waiting' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let over = false;
    loadModule(id, locale).then(
      (text) => {
        if (!over) setLoaded({ kind: 'ready', text });
      },
      (error: unknown) => {
        if (!over) setLoaded({ kind: 'failed', error });
      },
    );
    return () => {
      over = true;
    };
  }, [id, locale, round]);
  return (
    <>
      <header className="row">
        <BackLink href="/learn" label={t`Back to all cards`} />
        <h1>{t(moduleTitle(id))}</h1>
      </header>
      {loaded.kind === 'waiting' && (
        <p className="muted" role="status">
          <Trans>Fetching the text</Trans>
        </p>
      )}
      {loaded.kind === 'failed' && (
        <ProblemNotice words={unknownProblemWords()} detail={String(loaded.error)}>
          <button
            type="button"
            className="button button-second button-small"
            onClick={() => setRound(round + 1)}
          >
            <Trans>Try again</Trans>
          </button>
        </ProblemNotice>
      )}
      {loaded.kind === 'ready' && (
        <>
          {id === 'M16' && <OwnNumbers journal={journal} />}
          <article className="module-text">
            {loaded.text.parts.map(({ heading, paragraphs }) => (
              <section key={heading} className="stack">
                <h2>{heading}</h2>
                {paragraphs.map((paragraph) => (
                  <p key={paragraph}>{paragraph}</p>
                ))}
              </section>
            ))}
          </article>
          {TELL_TO_CALL.includes(id) && <EmergencyCall />}
          <ModuleQuestion id={id} text={loaded.text} journal={journal} />
          <Sources id={id} />
        </>
      )}
    </>
  );
}

function Sources({ id }: { readonly id: KnownModuleId }) {
  const { t } = useLingui();
  return (
    <details className="card">
      <summary>
        <Trans>Where this comes from</Trans>
      </summary>
      <ul className="module-sources">
        {MODULE_SOURCES[id].map(({ citation, grade }) => (
          <li key={citation ?? grade}>
            {citation ?? t`No single paper`}
            <span className="small choice-detail">{t(gradeWords(grade))}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
