import { Plural, Trans, useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { offeredModules, type OfferedModule } from '../../core/care/learning/unlock.ts';
import { JournalGate, type ReadyJournal } from '../components/JournalGate.tsx';
import { PatientShell } from '../components/PatientShell.tsx';
import { moduleTitle, unlockWords } from '../text/learn-text.ts';
import '../styles/care.css';

/** Short cards: first what this person needs now, then the others for whoever is curious. */
export function LearnScreen() {
  return (
    <PatientShell>
      <main className="page" id="main">
        <h1>
          <Trans>Learn</Trans>
        </h1>
        <p className="muted">
          <Trans>Two or three minutes each. New ones come up when they can help you.</Trans>
        </p>
        <JournalGate>{(journal) => <Modules journal={journal} />}</JournalGate>
        <Link href="/exercises" className="button button-quiet">
          <Trans>All exercises</Trans>
        </Link>
      </main>
    </PatientShell>
  );
}

function Modules({ journal: { entries, moment } }: { readonly journal: ReadyJournal }) {
  const all = useMemo(() => offeredModules(entries, moment), [entries, moment]);
  const now = all.filter(({ reason, isRead }) => reason !== null && !isRead);
  const later = all.filter(({ reason, isRead }) => reason === null && !isRead);
  const read = all.filter(({ isRead }) => isRead);
  return (
    <>
      <section className="stack" aria-labelledby="learn-now">
        <h2 id="learn-now">
          <Trans>For you now</Trans>
        </h2>
        {now.length === 0 ? (
          <p className="card">
            <Trans>You have read what fits you now. More comes as you go on.</Trans>
          </p>
        ) : (
          <ModuleList modules={now} />
        )}
      </section>
      {later.length > 0 && (
        <details className="card">
          <summary>
            <Plural value={later.length} one="# more, for later or now" other="# more, for later or now" />
          </summary>
          <ModuleList modules={later} isPlain />
        </details>
      )}
      {read.length > 0 && (
        <section className="stack" aria-labelledby="learn-read">
          <h2 id="learn-read">
            <Trans>Already read</Trans>
          </h2>
          <ModuleList modules={read} />
        </section>
      )}
    </>
  );
}

function ModuleList({
  modules,
  isPlain = false,
}: {
  readonly modules: readonly OfferedModule[];
  readonly isPlain?: boolean;
}) {
  const { t } = useLingui();
  return (
    <ul className={isPlain ? 'module-plain' : 'card card-list'}>
      {modules.map(({ id, reason, isRead }) => (
        <li key={id}>
          <Link href={`/learn/${id}`} className="line-item">
            {isRead && <Check size={20} strokeWidth={1.75} className="good" aria-label={t`read`} />}
            <span className="grow">
              <b>{t(moduleTitle(id))}</b>
              {reason !== null && !isRead && (
                <span className="small choice-detail">{t(unlockWords(reason))}</span>
              )}
            </span>
            <ChevronRight size={20} strokeWidth={1.75} aria-hidden="true" className="muted" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
