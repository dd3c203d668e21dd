import { Plural, Trans, useLingui } from '@lingui/react/macro';
import BookOpen from 'lucide-react/icons/book-open';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Clock from 'lucide-react/icons/clock';
import CloudRain from 'lucide-react/icons/cloud-rain';
import MessageCircle from 'lucide-react/icons/message-circle';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import { entriesOf } from '../../core/care/care-journal.ts';
import { followedPlan } from '../../core/care/clinic/followed-plan.ts';
import { kitMismatch } from '../../core/care/clinic/kit-match.ts';
import { intakeOf } from '../../core/care/intake/intake.ts';
import { nextModule } from '../../core/care/learning/unlock.ts';
import { measuresDue } from '../../core/care/outcomes/measures-due.ts';
import { decidePlan } from '../../core/care/programme/decide-plan.ts';
import { todaysSession, type TodaysSession } from '../../core/care/programme/todays-session.ts';
import { safetyStatus } from '../../core/care/safety/safety-status.ts';
import type { LibraryExerciseId } from '../../core/exercise/exercise-library.ts';
import { useBluetooth } from '../hooks/use-bluetooth.ts';
import type { CareJournalState } from '../hooks/use-care-journal.ts';
import { recordedSessions, rolesOfPlaces } from '../programme-kit.ts';
import { planProgrammeSession } from '../plan-session.ts';
import { isArmMovement, motionDefinition } from '../../core/exercise/motion-definitions.ts';
import { knownMaxima } from '../../core/exercise/known-maxima.ts';
import { useRoom } from '../services-context.ts';
import type { StoredSession } from '../services.ts';
import { planMinutes } from '../start-session.ts';
import { usePreferences } from '../stores/preferences-store.ts';
import { type FlowItem, type FlowPlan, isUnderWay } from '../stores/session-flow-state.ts';
import { tellUntold } from '../untold-session.ts';
import { libraryWords, variationWords } from '../text/exercise-library-text.ts';
import { alike, nextStepWords, noticeWords, reasonWords, ruleSentence } from '../text/programme-text.ts';
import { BadDaySheet } from './BadDaySheet.tsx';
import { CrisisSteps } from './CrisisSteps.tsx';
import { useBeginSession } from './BeginSession.tsx';
import { Dose } from './Dose.tsx';
import { ExplainNumber } from './ExplainNumber.tsx';
import { KitMismatchNotice } from './KitMismatchNotice.tsx';
import { KitChoice } from './KitChoice.tsx';
import { Notice } from './Notice.tsx';
import { SessionItem } from './SessionItem.tsx';

type Ready = Extract<CareJournalState, { readonly kind: 'ready' }>;

/** The day's session, what is asked, one thing to read, and a way for a bad day. */
export function TodaysProgramme({
  journal,
  sessions,
}: {
  readonly journal: Ready;
  readonly sessions: readonly StoredSession[];
}) {
  const { t } = useLingui();
  const { entries, moment } = journal;
  const [isBadDay, setBadDay] = useState(false);
  const { today, todayByClock, decision, inCrisis } = useMemo(() => {
    const { lock, profiles, restrictions, inCrisis: needsHelp } = safetyStatus(entries, moment);
    const context = { profiles, restrictions, locked: lock !== null };
    return {
      today: todaysSession(entries, moment, context),
      todayByClock: todaysSession(entries, moment, context, 'byClock'),
      decision: decidePlan(entries, moment, context),
      inCrisis: needsHelp,
    };
  }, [entries, moment]);
  usePlanOnRecord(journal, decision);
  useUntold(sessions);
  const due = measuresDue(entries, moment).length;
  const lesson = nextModule(entries, moment);
  const newest = entriesOf(entries, 'planSet').at(-1);
  const changes = newest?.day === moment.day ? newest.event.firings : [];
  const clockSetBack = changes.find(({ ruleId }) => ruleId === 'X2');
  return (
    <>
      {inCrisis && (
        <Notice tone="stop">
          <CrisisSteps />
        </Notice>
      )}
      {clockSetBack !== undefined && (
        <Notice tone="info">
          <p>{t(ruleSentence(clockSetBack))}</p>
        </Notice>
      )}
      {due > 0 && (
        <Link href="/questions" className="card row card-link">
          <MessageCircle size={24} strokeWidth={1.75} aria-hidden="true" />
          <span className="grow">
            <b>
              <Trans>How are you?</Trans>
            </b>
            <span className="small choice-detail">
              <Plural value={due} one="# short question" other="# short questions" />
            </span>
          </span>
          <ChevronRight size={22} strokeWidth={1.75} aria-hidden="true" />
        </Link>
      )}
      <SessionCard today={today} byClock={todayByClock} journal={journal} sessions={sessions} />
      {changes.length > 0 && (
        <details className="card">
          <summary>
            <Trans>What changed in your plan today, and why</Trans>
          </summary>
          <ul className="plain-list stack">
            {alike(changes, (firing) => t(ruleSentence(firing))).map(({ ruleId, sentence, exerciseIds }) => (
              <li key={`${ruleId} ${sentence}`}>
                {exerciseIds.length > 0 && (
                  <b>{exerciseIds.map((id) => t(libraryWords(id).title)).join(', ')}: </b>
                )}
                {sentence}
              </li>
            ))}
          </ul>
          <p className="small">
            <Trans>Rules made these changes, not artificial intelligence. Each is on record.</Trans>
          </p>
        </details>
      )}
      {today.notices.map((ruleId) => (
        <section key={ruleId} className="card stack warn-card" role="status">
          <p>{t(noticeWords(ruleId))}</p>
          <Link href="/safety/doctor" className="button button-second button-small">
            <Trans>Your page for a doctor</Trans>
          </Link>
        </section>
      ))}
      {lesson !== null && (
        <Link href={`/learn/${lesson.id}`} className="card row card-link">
          <BookOpen size={24} strokeWidth={1.75} aria-hidden="true" />
          <span className="grow">
            <b>
              <Trans>One thing to read</Trans>
            </b>
            <span className="small choice-detail">
              <Trans>Two minutes, and one question</Trans>
            </span>
          </span>
          <ChevronRight size={22} strokeWidth={1.75} aria-hidden="true" />
        </Link>
      )}
      <button type="button" className="button button-second" onClick={() => setBadDay(true)}>
        <CloudRain size={20} strokeWidth={1.75} aria-hidden="true" />
        <Trans>Bad day</Trans>
      </button>
      {isBadDay && <BadDaySheet onSay={journal.append} onClose={() => setBadDay(false)} />}
    </>
  );
}

/** What the rules decided is written down once, as soon as it is seen. */
function usePlanOnRecord({ entries, append }: Ready, decision: ReturnType<typeof decidePlan>): void {
  const written = useRef(-1);
  useEffect(() => {
    if (decision === null || written.current === entries.length) return;
    written.current = entries.length;
    void append({ kind: 'planSet', ...decision }).catch(() => {
      written.current = -1;
    });
  }, [decision, entries, append]);
}

/** A session of today that was cut off, and kept since, is one of the plan's. */
function useUntold(sessions: readonly StoredSession[]): void {
  const { services, session } = useRoom();
  useEffect(() => {
    if (!isUnderWay(session.getState().flow)) void tellUntold(services, sessions).catch(() => undefined);
  }, [services, session, sessions]);
}

function isArmTest({ test, exerciseId, mode }: FlowItem): boolean {
  return test && mode === 'sensor' && isArmMovement(motionDefinition(exerciseId));
}

/** As a person counts them: there and back again is one, though sensors count each way. */
function movesOf({ exerciseId, mode, repetitions }: FlowItem): number {
  return mode === 'sensor' ? repetitions / motionDefinition(exerciseId).swingsPerRepetition : repetitions;
}

function SessionCard({
  today,
  byClock,
  journal: { entries, moment },
  sessions,
}: {
  readonly today: TodaysSession;
  /** As it fits where no sensors are put on. */
  readonly byClock: TodaysSession;
  readonly journal: Ready;
  readonly sessions: readonly StoredSession[];
}) {
  const { t } = useLingui();
  const { begin, sheet } = useBeginSession();
  const { kit: keptKit, change } = usePreferences();
  const radio = useBluetooth();
  if (today.kind === 'nextStep')
    return (
      <section className="card card-lifted stack">
        <h2>
          <Trans>Today's session</Trans>
        </h2>
        <p>{t(nextStepWords(today.step))}</p>
        {today.step === 'seeSomebody' && (
          <Link href="/safety/doctor" className="button button-second">
            <Trans>Your page for a doctor</Trans>
          </Link>
        )}
        {today.step === 'locked' && (
          <Link href="/safety" className="button button-primary">
            <Trans>See what to do</Trans>
          </Link>
        )}
      </section>
    );
  const { sensorPlaces = [], arms = 'both' } = intakeOf(entries);
  const roles = rolesOfPlaces(sensorPlaces, arms);
  const sensorKit = keptKit ?? 'bluetooth';
  // Sensors that this browser cannot hear are not stood in for: the clock leads, unless somebody chose the virtual kit.
  const hasSensors = roles.length > 0 && (sensorKit === 'virtual' || radio !== 'unsupported');
  const kit: FlowPlan['kit'] = hasSensors ? sensorKit : 'none';
  const ofKit = recordedSessions(sessions, kit === 'virtual', roles);
  const known = new Set<LibraryExerciseId>(
    entriesOf(entries, 'sessionDone').flatMap(({ event }) =>
      event.exercises.map(({ exerciseId }) => exerciseId),
    ),
  );
  const hasOneArm = arms === 'left' || arms === 'right';
  const planFor = (which: FlowPlan['kit']) =>
    planProgrammeSession(which === 'none' && byClock.kind === 'session' ? byClock : today, {
      kit: which,
      roles,
      known,
      maxima: knownMaxima(ofKit),
      today: moment.day,
      hasOneArm,
    });
  const plan = planFor(kit);
  const clinicPlan = followedPlan(entries)?.plan ?? null;
  const mismatch = clinicPlan === null ? null : kitMismatch(clinicPlan, kit === 'none' ? [] : sensorPlaces);
  const minutes = planMinutes(plan);
  const titles = new Map(plan.programme?.planned.map((planned) => [planned.exerciseId, planned]));
  const looked = new Set(plan.items.flatMap(({ test, exerciseId }) => (test ? [exerciseId] : [])));
  return (
    <section className="card card-lifted stack">
      <div className="row row-apart">
        <h2>{today.session === 'flare' ? <Trans>An easy session</Trans> : <Trans>Today's session</Trans>}</h2>
        <div className="row">
          <span className="row muted line-together">
            <Clock size={18} strokeWidth={1.75} aria-hidden="true" />
            <Trans>{minutes} min</Trans>
          </span>
          <ExplainNumber about={t`Today's session`} isBeside>
            <dl className="pairs">
              <dt>
                <Trans>{minutes} min</Trans>
              </dt>
              <dd>
                {hasSensors ? (
                  <Trans>
                    All moves, holds and rests at their usual pace, with two minutes for the sensors. Take
                    longer if you like.
                  </Trans>
                ) : (
                  <Trans>All moves, holds and rests at their usual pace. Take longer if you like.</Trans>
                )}
              </dd>
              <dt>
                <Trans>Moves</Trans>
              </dt>
              <dd>
                <Trans>
                  What your plan holds for today. It grows and shrinks by rules, from your pain, your mornings
                  and how hard it was.
                </Trans>
              </dd>
            </dl>
            <Link href="/plan" className="button button-second button-wide">
              <Trans>See your whole plan</Trans>
            </Link>
          </ExplainNumber>
        </div>
      </div>
      <ol className="today-list">
        {plan.items
          .filter(({ test, exerciseId }) => test === !titles.has(exerciseId) || !test)
          .map((item, index) => {
            const planned = titles.get(item.exerciseId);
            const title = t(libraryWords(item.exerciseId).title);
            const way = item.variation === undefined ? null : variationWords(item.exerciseId, item.variation);
            return (
              <SessionItem
                key={`${item.exerciseId} ${item.test ? 'test' : 'exercise'}`}
                number={index + 1}
                title={<b>{item.test ? <Trans>Test: {title}</Trans> : title}</b>}
                detail={
                  <>
                    {item.test || planned === undefined
                      ? t`How far you move today`
                      : t(reasonWords(planned.reason))}
                    {way !== null && <> {t(way)}</>}
                    {!item.test && looked.has(item.exerciseId) && (
                      <>
                        {' '}
                        <Trans>First, three moves show how far you go.</Trans>
                      </>
                    )}
                  </>
                }
              >
                {planned === undefined || item.test ? (
                  <span className="small">
                    {item.setSides.length > 1 && `${item.setSides.length} × `}
                    <Plural value={movesOf(item)} one="# move" other="# moves" />
                  </span>
                ) : (
                  <Dose planned={planned} isArmAlone={item.mode === 'sensor' || hasOneArm} />
                )}
              </SessionItem>
            );
          })}
      </ol>
      {kit === 'bluetooth' && arms === 'both' && plan.items.some(isArmTest) && (
        <p className="small">
          <Trans>
            We test the arm that wears the sensor. Moving it across takes time from your exercises: you can
            test the other arm on another day, under “How far can you move?”
          </Trans>
        </p>
      )}
      {today.isThin && (
        <p className="small">
          <Trans>
            Few moves here suit what you told us, so this one is short. A physiotherapist can show you more.
          </Trans>
        </p>
      )}
      {mismatch !== null && <KitMismatchNotice mismatch={mismatch} />}
      <button type="button" className="button button-primary button-wide" onClick={() => begin(plan)}>
        <Trans>Start</Trans>
        <ChevronRight size={22} strokeWidth={1.75} aria-hidden="true" />
      </button>
      {roles.length > 0 && <KitChoice kit={sensorKit} onChange={(chosen) => change({ kit: chosen })} />}
      {hasSensors && (
        <button type="button" className="button button-quiet" onClick={() => begin(planFor('none'))}>
          <Trans>Without sensors today</Trans>
        </button>
      )}
      {sheet}
    </section>
  );
}
