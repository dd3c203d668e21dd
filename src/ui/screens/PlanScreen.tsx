import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { Link } from 'wouter';
import { followedPlan } from '../../core/care/clinic/followed-plan.ts';
import { entriesOf } from '../../core/care/care-journal.ts';
import { comingIn, intakeOf } from '../../core/care/intake/intake.ts';
import type { ProgrammePlan } from '../../core/care/programme/programme-plan.ts';
import { Dose } from '../components/Dose.tsx';
import { ExplainNumber } from '../components/ExplainNumber.tsx';
import { JournalGate, type ReadyJournal } from '../components/JournalGate.tsx';
import { PatientShell } from '../components/PatientShell.tsx';
import { PlanChanges } from '../components/PlanChanges.tsx';
import { SessionItem } from '../components/SessionItem.tsx';
import { FLARE_LIMITS } from '../../core/care/programme/programme-thresholds.ts';
import { exercisesNow } from '../../core/care/programme/todays-session.ts';
import { safetyStatus } from '../../core/care/safety/safety-status.ts';
import { libraryExercise } from '../../core/exercise/exercise-library.ts';
import { libraryWords } from '../text/exercise-library-text.ts';
import { reasonWords, stretchWords } from '../text/programme-text.ts';
import '../styles/care.css';

const SHOWN_DAYS = 28;
/** Days of changes that stand open; the others are folded. */
const SHOWN_CHANGES = 3;

/** The whole plan with its reasons, and every change that the rules made to it. */
export function PlanScreen() {
  return (
    <PatientShell>
      <main className="page" id="main">
        <h1>
          <Trans>Your plan</Trans>
        </h1>
        <JournalGate>{(journal) => <Plan journal={journal} />}</JournalGate>
      </main>
    </PatientShell>
  );
}

function Plan({ journal: { entries, moment } }: { readonly journal: ReadyJournal }) {
  const { t } = useLingui();
  const plans = entriesOf(entries, 'planSet');
  const newest = plans.at(-1);
  if (newest === undefined)
    return (
      <section className="card stack">
        {comingIn(entries).isDone ? (
          <>
            <p>
              <Trans>Your plan is made when you open today's page.</Trans>
            </p>
            <Link href="/today" className="button button-primary">
              <Trans>Go to today</Trans>
            </Link>
          </>
        ) : (
          <>
            <p>
              <Trans>There is no plan yet. It is made from a few questions.</Trans>
            </p>
            <Link href="/coming-in" className="button button-primary">
              <Trans>Go to the questions</Trans>
            </Link>
          </>
        )}
      </section>
    );
  const { plan } = newest.event;
  const clinicPlan = followedPlan(entries)?.plan;
  const isFlare = plan.state === 'flare';
  const { arms = 'both' } = intakeOf(entries);
  const { lock, profiles, restrictions } = safetyStatus(entries, moment);
  const now = exercisesNow(entries, moment, { profiles, restrictions, locked: lock !== null });
  const changes = plans
    .filter(({ day }) => day > moment.day - SHOWN_DAYS)
    .map(({ order, day, event }) => ({ order, day, firings: event.firings }))
    .toReversed();
  return (
    <>
      <section className="card stack">
        <h2>{t(stretchWords(plan))}</h2>
        <div className="row">
          <p>
            {isFlare ? (
              <Plural
                value={FLARE_LIMITS.sessionsPerDay}
                one="up to # session a day"
                other="up to # sessions a day"
              />
            ) : (
              <Plural value={plan.sessionsPerWeek} one="# session a week" other="# sessions a week" />
            )}
            {' · '}
            {isFlare ? (
              <Plural value={FLARE_LIMITS.minutes} one="at most # minute" other="at most # minutes" />
            ) : (
              <Plural value={plan.minutesPerSession} one="at most # minute" other="at most # minutes" />
            )}
          </p>
          <ExplainNumber about={t`How often and how long`} isBeside>
            <dl className="pairs">
              <dt>
                <Trans>Sessions a week</Trans>
              </dt>
              <dd>
                <Trans>
                  It follows from the stretch of the programme you are in and from how easily your back flares
                  up. It falls when a week is hard to fit in, and comes back.
                </Trans>
              </dd>
              <dt>
                <Trans>Minutes</Trans>
              </dt>
              <dd>
                <Trans>
                  The most a session takes: putting sensors on, moves, holds and rests. Only the tests of the
                  first days come on top.
                </Trans>
              </dd>
              <PlanRules plan={plan} rulesVersion={newest.event.rulesVersion} />
            </dl>
          </ExplainNumber>
        </div>
        <p className="small">
          {clinicPlan === undefined ? (
            <Trans>
              Rules make this plan, not artificial intelligence. No clinician is linked: nobody but you
              watches it.
            </Trans>
          ) : (
            <Trans>
              {clinicPlan.author} signed this plan. Rules, not artificial intelligence, change it within what
              was allowed. Nobody watches it between the files that you send.
            </Trans>
          )}
        </p>
      </section>
      <section className="card stack">
        <div className="row row-apart">
          <h2>
            <Trans>What is in it, and why</Trans>
          </h2>
          <ExplainNumber about={t`How much of each`} isBeside>
            <dl className="pairs">
              <dt>
                <Trans>2 × 6 moves</Trans>
              </dt>
              <dd>
                <Trans>Two sets of six, with a rest between. Where both sides move, six to each.</Trans>
              </dd>
              <dt>
                <Trans>It grows</Trans>
              </dt>
              <dd>
                <Trans>
                  by one small step after two good sessions in a row: little pain, all moves done, not too
                  hard.
                </Trans>
              </dd>
              <dt>
                <Trans>It shrinks</Trans>
              </dt>
              <dd>
                <Trans>when it hurt more, the next morning was worse, or it was very hard twice.</Trans>
              </dd>
              <PlanRules plan={plan} rulesVersion={newest.event.rulesVersion} />
            </dl>
          </ExplainNumber>
        </div>
        <ol className="today-list">
          {now.map((planned, index) => (
            <SessionItem
              key={planned.exerciseId}
              number={index + 1}
              title={
                <Link href={`/exercises/${libraryExercise(planned.exerciseId).slug}`}>
                  <b>{t(libraryWords(planned.exerciseId).title)}</b>
                </Link>
              }
              detail={t(reasonWords(planned.reason))}
            >
              <Dose
                planned={planned}
                isArmAlone={planned.mode === 'sensor' || arms === 'left' || arms === 'right'}
              />
            </SessionItem>
          ))}
        </ol>
        <p className="small">
          {isFlare ? (
            <Trans>Your usual plan waits. It comes back step by step.</Trans>
          ) : (
            <Trans>Each session takes some of them, in turns, and may be shorter to fit its time.</Trans>
          )}
        </p>
      </section>
      <section className="card stack">
        <h2>
          <Trans>What changed in the last four weeks</Trans>
        </h2>
        <PlanChanges changes={changes.slice(0, SHOWN_CHANGES)} />
        {changes.length > SHOWN_CHANGES && (
          <details>
            <summary>
              <Trans>Earlier changes</Trans>
            </summary>
            <PlanChanges changes={changes.slice(SHOWN_CHANGES)} />
          </details>
        )}
      </section>
      <Link href="/coming-in" className="button button-second">
        <Trans>What you told us: look and change</Trans>
      </Link>
      <Link href="/safety" className="button button-second">
        <Trans>Something about my health has changed</Trans>
      </Link>
    </>
  );
}

const FLARES: Readonly<Record<ProgrammePlan['irritability'], MessageDescriptor>> = {
  high: msg`easily`,
  moderate: msg`now and then`,
  low: msg`hardly ever`,
};

/** What all numbers of a plan rest on. */
function PlanRules({ plan, rulesVersion }: { readonly plan: ProgrammePlan; readonly rulesVersion: string }) {
  const { t } = useLingui();
  return (
    <>
      <dt>
        <Trans>Your back flares up</Trans>
      </dt>
      <dd>{t(FLARES[plan.irritability])}</dd>
      <dt>
        <Trans>Method</Trans>
      </dt>
      <dd>
        <Trans>Fixed rules, version {rulesVersion}. No AI.</Trans>
      </dd>
    </>
  );
}
