import { Plural, Trans, useLingui } from '@lingui/react/macro';
import ChevronRight from 'lucide-react/icons/chevron-right';
import { useMemo, useState } from 'react';
import { entriesOf } from '../../core/care/care-journal.ts';
import { intakeOf } from '../../core/care/intake/intake.ts';
import type { Intake } from '../../core/care/intake/intake-event.ts';
import { POSITIONS_RULED_OUT } from '../../core/care/programme/exercise-fit.ts';
import { safetyStatus } from '../../core/care/safety/safety-status.ts';
import type { LibraryExerciseId } from '../../core/exercise/exercise-library.ts';
import { hasMotion } from '../../core/exercise/motion-definitions.ts';
import { useBeginSession } from '../components/BeginSession.tsx';
import { PatientShell } from '../components/PatientShell.tsx';
import { Segmented } from '../components/Segmented.tsx';
import { WornOnChoice } from '../components/WornOnChoice.tsx';
import { useCareJournal } from '../hooks/use-care-journal.ts';
import { useSessions } from '../hooks/use-sessions.ts';
import {
  canTest,
  dueTests,
  LAYOUTS,
  planMinutes,
  planTests,
  sensorSetFor,
  TESTS,
  testsLeft,
} from '../start-session.ts';
import { testsAgainst, testsIn } from '../session-summary.ts';
import { usePreferences } from '../stores/preferences-store.ts';
import { itemTitle } from '../text/exercise-library-text.ts';
import { qualityClassWords } from '../text/exercise-text.ts';

/** Which range tests to do today, at most two; what each needs, and how sure its number will be with the worn kit. */
export function TestsScreen() {
  const { t } = useLingui();
  const { begin, sheet } = useBeginSession();
  const { state } = useSessions();
  const { kit: keptKit, layout, change } = usePreferences();
  const known = useKnown();
  const [saidKneel, setCanKneel] = useState<boolean | null>(null);
  const [saidIrritable, setIsIrritable] = useState<boolean | null>(null);
  const canKneel = known.cannotKneel ? false : saidKneel;
  const isIrritable = known.isIrritable ?? saidIrritable;
  const [chosen, setChosen] = useState<readonly LibraryExerciseId[] | null>(null);
  const kit = keptKit ?? 'bluetooth';
  const roles = LAYOUTS[layout] ?? LAYOUTS[0] ?? [];
  const sessions = state.kind === 'ready' ? state.sessions : [];
  const own = sessions.filter(
    (stored) => stored.state === 'finished' && stored.simulated === (kit === 'virtual'),
  );
  const done = new Set(own.flatMap(({ result }) => testsIn(result)));
  const [today] = useState(() => new Date());
  const doneToday = testsAgainst(own, today);
  const most = testsLeft(new Set(doneToday).size);
  const isAsked = canKneel !== null && isIrritable !== null;
  const kneels = canKneel === true;
  const due = dueTests(done, kneels).filter((id) => canTest(id, roles, known.arms));
  const picked = (chosen ?? due).slice(0, most).filter((id) => kneels || id !== 'E02');
  const plan = planTests({
    kit,
    exerciseIds: picked,
    roles,
    arms: known.arms,
    stopsAtFirstPain: isIrritable === true,
  });
  const isFull = picked.length >= most;
  return (
    <PatientShell>
      <main className="page" id="main">
        <h1>
          <Trans>How far can you move?</Trans>
        </h1>
        <p className="muted">
          <Trans>
            Three moves to each side, as far as feels fine. At most two tests a day: tired muscles move less,
            and the number would say less.
          </Trans>
        </p>
        {!known.cannotKneel && (
          <YesNo question={t`Can you kneel on the floor today?`} value={canKneel} onChange={setCanKneel} />
        )}
        {isAsked && !kneels && (
          <p className="small">
            <Trans>Without kneeling, we measure the seated turn instead. It is a little less sure.</Trans>
          </p>
        )}
        {known.isIrritable === null && (
          <YesNo
            question={t`Once it hurts, does it take hours to calm down?`}
            value={isIrritable}
            onChange={setIsIrritable}
          />
        )}
        {isIrritable === true && (
          <p className="small">
            <Trans>We stop at the first pain. The rest follows on other days.</Trans>
          </p>
        )}
        <section className="card stack">
          <h2>
            <Trans>Where do you wear the sensors?</Trans>
          </h2>
          <WornOnChoice
            label={t`Where do you wear the sensors?`}
            layout={layout}
            onChange={(chosen) => change({ layout: chosen })}
          />
          <p>
            <Trans>
              With one sensor on your upper back and one on your lower back, we see how far your upper back
              turns by itself.
            </Trans>
          </p>
          <p>
            <Trans>
              The test of an arm needs a sensor on that arm. If you have two sensors, do it on another day:
              move the lower one to your arm.
            </Trans>
          </p>
          {known.arms === 'both' && (
            <p>
              <Trans>One sensor is enough for both arms. You move it to the other arm in between.</Trans>
            </p>
          )}
        </section>
        <section className="card stack">
          <h2>
            <Trans>Tests of today</Trans>
          </h2>
          {most === 0 && (
            <p role="status">
              <Trans>Two tests are done for now. The others follow in the next days.</Trans>
            </p>
          )}
          {isAsked ? (
            <fieldset className="choice">
              <legend className="visually-hidden">
                <Trans>Tests of today</Trans>
              </legend>
              {TESTS.filter((id) => kneels || id !== 'E02').map((id) => {
                const set = hasMotion(id) ? sensorSetFor(id, roles) : null;
                const isSeen = canTest(id, roles, known.arms);
                const isPicked = picked.includes(id);
                return (
                  <label key={id}>
                    <input
                      type="checkbox"
                      checked={isPicked}
                      disabled={!isSeen || (isFull && !isPicked)}
                      onChange={() =>
                        setChosen(isPicked ? picked.filter((one) => one !== id) : [...picked, id])
                      }
                    />
                    <span>
                      <b>{t(itemTitle({ exerciseId: id, test: true }))}</b>
                      <span className="small choice-detail">
                        {!isSeen
                          ? t`Needs other sensors.`
                          : id === 'E21'
                            ? t`How long you sit at ease: three minutes at most.`
                            : id === 'E23'
                              ? t`One minute, sitting still.`
                              : t(qualityClassWords(set?.qualityClass ?? 'C'))}{' '}
                        {done.has(id) && t`Done before.`}
                      </span>
                    </span>
                  </label>
                );
              })}
            </fieldset>
          ) : (
            <p className="muted">
              <Trans>Answer what is asked above first. Then you see which tests fit you.</Trans>
            </p>
          )}
          <button
            type="button"
            className="button button-primary button-wide"
            disabled={picked.length === 0 || !isAsked}
            onClick={() => begin(plan)}
          >
            <Plural value={picked.length} one="Start # test" other="Start # tests" />
            <ChevronRight size={22} strokeWidth={1.75} aria-hidden="true" />
          </button>
          <p className="small centered">
            <Plural value={planMinutes(plan)} one="About # minute" other="About # minutes" />
          </p>
        </section>
        {sheet}
      </main>
    </PatientShell>
  );
}

/** What coming in and the plan have told already: it is not asked again. */
function useKnown(): {
  readonly cannotKneel: boolean;
  readonly isIrritable: boolean | null;
  readonly arms: Intake['arms'];
} {
  const journal = useCareJournal();
  return useMemo(() => {
    if (journal.kind !== 'ready') return { cannotKneel: false, isIrritable: null, arms: 'both' };
    const { profiles } = safetyStatus(journal.entries, journal.moment);
    const plan = entriesOf(journal.entries, 'planSet').at(-1)?.event.plan;
    return {
      cannotKneel: profiles.some((profile) => POSITIONS_RULED_OUT[profile]?.includes('heelSit') === true),
      isIrritable: plan === undefined ? null : plan.irritability === 'high',
      arms: intakeOf(journal.entries).arms ?? 'both',
    };
  }, [journal]);
}

function YesNo({
  question,
  value,
  onChange,
}: {
  readonly question: string;
  readonly value: boolean | null;
  readonly onChange: (value: boolean) => void;
}) {
  const { t } = useLingui();
  return (
    <section className="card stack">
      <h2>{question}</h2>
      <Segmented
        label={question}
        value={value === null ? null : value ? 'yes' : 'no'}
        onChange={(answer) => onChange(answer === 'yes')}
        choices={[
          { value: 'yes', label: t`Yes` },
          { value: 'no', label: t`No` },
        ]}
      />
    </section>
  );
}
