import { Plural, Trans, useLingui } from '@lingui/react/macro';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { comingIn } from '../../core/care/intake/intake.ts';
import { hasDone } from '../../core/report/done-in-session.ts';
import { LazyUnfinished } from '../components/LazyUnfinished.tsx';
import { PatientShell } from '../components/PatientShell.tsx';
import { useCareJournal } from '../hooks/use-care-journal.ts';
import { usePeople } from '../hooks/use-people.ts';
import { useSessions } from '../hooks/use-sessions.ts';

/** The rules behind the day come with it. */
const TodaysProgramme = lazy(async () => ({
  default: (await import('../components/TodaysProgramme.tsx')).TodaysProgramme,
}));

const ExplainNumber = lazy(async () => ({
  default: (await import('../components/ExplainNumber.tsx')).ExplainNumber,
}));

export function TodayScreen() {
  const { t, i18n } = useLingui();
  const { state, reload } = useSessions();
  const journal = useCareJournal();
  const [now] = useState(() => new Date());
  const locale = i18n.locale === 'en' ? 'en-GB' : i18n.locale;
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(now);
  const greeting =
    now.getHours() < 12 ? t`Good morning` : now.getHours() < 18 ? t`Good afternoon` : t`Good evening`;
  const who = usePeople();
  const name = who.kind === 'ready' ? who.person.name : '';
  const sessions = state.kind === 'ready' ? state.sessions : [];
  const kept = sessions.filter(({ state: is, simulated }) => is === 'finished' && !simulated);
  const finished = kept.filter(({ report, result }) => {
    const known = report ?? result;
    return known !== null && hasDone(known);
  });
  const nothingDone = kept.length - finished.length;
  const hasComeIn = journal.kind === 'ready' && comingIn(journal.entries).isDone;
  return (
    <PatientShell>
      <main className="page" id="main">
        <div>
          <p className="muted">{day}</p>
          <h1>{name === '' ? greeting : t`${greeting}, ${name}`}</h1>
        </div>
        <LazyUnfinished sessions={sessions} onChange={reload} />
        {journal.kind === 'ready' && hasComeIn && (
          <Suspense fallback={null}>
            <TodaysProgramme journal={journal} sessions={sessions} />
          </Suspense>
        )}
        {journal.kind === 'ready' && !hasComeIn && (
          <section className="card card-lifted stack">
            <h2>
              <Trans>Your programme</Trans>
            </h2>
            <p>
              <Trans>
                Six to twelve weeks of short sessions that follow your pain, your day and what you want to do
                again. It begins with some questions.
              </Trans>
            </p>
            <Link href="/coming-in" className="button button-primary button-wide">
              {journal.entries.length === 0 ? (
                <Trans>Begin: about six minutes</Trans>
              ) : (
                <Trans>Go on with the questions</Trans>
              )}
              <ChevronRight size={22} strokeWidth={1.75} aria-hidden="true" />
            </Link>
          </section>
        )}
        <nav aria-label={t`Other ways to move today`}>
          <ul className="card card-list">
            <OtherWay href="/today/own">
              <Trans>A session of your own</Trans>
            </OtherWay>
            <OtherWay href="/today/tests">
              <Trans>How far can you move? Two short tests</Trans>
            </OtherWay>
            <OtherWay href="/exercises">
              <Trans>See all exercises</Trans>
            </OtherWay>
          </ul>
        </nav>
        {state.kind === 'ready' && state.isWhole && kept.length > 0 && (
          <section className="card stack">
            <div className="row row-apart">
              <p>
                <Plural
                  value={finished.length}
                  one="You finished # session on this device."
                  other="You finished # sessions on this device."
                />
              </p>
              <Suspense fallback={null}>
                <ExplainNumber about={t`Sessions finished`} isBeside>
                  <p>
                    <Trans>
                      Every session that was kept and in which you did something, with sensors or by the
                      clock. Demonstrations and the virtual kit do not count.
                    </Trans>
                  </p>
                </ExplainNumber>
              </Suspense>
            </div>
            {nothingDone > 0 && (
              <p className="small">
                <Plural
                  value={nothingDone}
                  one="# more was begun and ended before you did anything. It does not count."
                  other="# more were begun and ended before you did anything. They do not count."
                />
              </p>
            )}
          </section>
        )}
      </main>
    </PatientShell>
  );
}

function OtherWay({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <li>
      <Link href={href} className="line-item">
        <span className="grow">{children}</span>
        <ChevronRight size={20} strokeWidth={1.75} aria-hidden="true" className="muted" />
      </Link>
    </li>
  );
}
