import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import Printer from 'lucide-react/icons/printer';
import { Link } from 'wouter';
import { entriesOf, type JournalEntry } from '../../../core/care/care-journal.ts';
import { FULL_FORM } from '../../../core/care/safety/safety-questions.ts';
import { isTold } from '../../../core/care/safety/told-answers.ts';
import type { LibraryExerciseId } from '../../../core/exercise/exercise-library.ts';
import { JournalProblem } from '../../components/JournalProblem.tsx';
import { usePeople } from '../../hooks/use-people.ts';
import { useSafety } from '../../hooks/use-safety.ts';
import { libraryWords } from '../../text/exercise-library-text.ts';
import { AnswerList } from './AnswerList.tsx';
import type { ReadySafety } from './QuestionRound.tsx';
import '../../styles/safety.css';

/** With these a programme begins where none is set yet: lying turns and breathing. */
const FIRST_EXERCISES: readonly LibraryExerciseId[] = ['E03', 'E22'];

const ASK: readonly MessageDescriptor[] = [
  msg`May I do gentle exercises for the upper back at home: turning, bending, breathing and light strength?`,
  msg`Which moves or loads should I leave out, and for how long?`,
  msg`Which signs should make me stop and come back?`,
  msg`When should we look at it again?`,
];

/** To print or save, and take along: answers, pain, what is planned, what to ask. */
export function DoctorPage() {
  const safety = useSafety();
  if (safety.kind === 'waiting') return null;
  if (safety.kind === 'failed') return <JournalProblem error={safety.error} />;
  return <ForDoctor safety={safety} />;
}

function ForDoctor({ safety }: { readonly safety: ReadySafety }) {
  const { t, i18n } = useLingui();
  const who = usePeople();
  const name = who.kind === 'ready' ? who.person.name : '';
  const locale = i18n.locale === 'en' ? 'en-GB' : i18n.locale;
  const dateOf = (utcMs: number) => new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(utcMs);
  const { lock, answers } = safety.status;
  const locking = lock?.answers.map(({ flagId }) => flagId) ?? [];
  const others = FULL_FORM.filter((id) => !locking.includes(id) && isTold(id, answers));
  const asked = FULL_FORM.filter((id) => answers[id] !== undefined).length;
  const well = asked - locking.length - others.length;
  const pains = painsOf(safety.entries);
  const plan = entriesOf(safety.entries, 'planSet').at(-1)?.event.plan;
  const exerciseIds = plan?.exercises.map(({ exerciseId }) => exerciseId) ?? FIRST_EXERCISES;
  return (
    <main className="page doctor-page" id="main">
      <div className="row row-apart print-hidden">
        <Link href="/today" className="button button-quiet button-small">
          <ArrowLeft size={20} strokeWidth={1.75} aria-hidden="true" />
          <Trans>Back</Trans>
        </Link>
        <button type="button" className="button button-primary button-small" onClick={() => print()}>
          <Printer size={20} strokeWidth={1.75} aria-hidden="true" />
          <Trans>Print or save</Trans>
        </button>
      </div>
      <header>
        <h1>
          <Trans>A page for your doctor</Trans>
        </h1>
        <p className="muted">
          {name !== '' && `${name} · `}
          {dateOf(safety.moment.utcMs)}
        </p>
      </header>
      <p>
        <Trans>
          Thora is an app with exercises for people with pain in the upper back. It makes no diagnosis. It
          asks safety questions first, and the answers below are the person's own.
        </Trans>
      </p>
      {lock !== null && (
        <section className="stack">
          <h2>
            <Trans>Answers because of which no exercise was started</Trans>
          </h2>
          <p className="muted">
            <Trans>Given on {dateOf(lock.sinceUtcMs)}.</Trans>
          </p>
          <AnswerList flagIds={locking} answers={answers} />
        </section>
      )}
      <section className="stack">
        <h2>
          <Trans>Other answers</Trans>
        </h2>
        <AnswerList flagIds={others} answers={answers} />
        <p>
          <Plural
            value={well}
            one="# more safety question was answered: nothing to report."
            other="# more safety questions were answered: nothing to report."
          />
        </p>
      </section>
      <section className="stack">
        <h2>
          <Trans>Pain from 0 to 10</Trans>
        </h2>
        {pains.length === 0 ? (
          <p>
            <Trans>Not told yet.</Trans>
          </p>
        ) : (
          <ul className="plain-list">
            {pains.map(({ words, value, atUtcMs }) => (
              <li key={words.id}>
                {t(words)}: <b>{value}</b> <span className="muted">({dateOf(atUtcMs)})</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="stack">
        <h2>
          <Trans>Exercises that are planned</Trans>
        </h2>
        <ul>
          {exerciseIds.map((id) => (
            <li key={id}>{t(libraryWords(id).title)}</li>
          ))}
        </ul>
        {plan === undefined && (
          <p className="muted">
            <Trans>This is how everybody begins. More is added over the weeks when it goes well.</Trans>
          </p>
        )}
      </section>
      <section className="stack">
        <h2>
          <Trans>What to ask</Trans>
        </h2>
        <ul>
          {ASK.map((question) => (
            <li key={question.id}>{t(question)}</li>
          ))}
        </ul>
      </section>
    </main>
  );
}

interface ToldPain {
  readonly words: MessageDescriptor;
  readonly value: number;
  readonly atUtcMs: number;
}

/** The latest number of each kind, from coming in or asked since. */
function painsOf(journal: readonly JournalEntry[]): readonly ToldPain[] {
  const kinds = [
    { words: msg`Now`, field: 'painNow', measureId: 'pain.now' },
    { words: msg`Average of 24 hours`, field: 'painAverage24h', measureId: 'pain.avg24' },
    { words: msg`Worst of 24 hours`, field: 'painWorst24h', measureId: 'pain.worst24' },
  ] as const;
  return kinds.flatMap(({ words, field, measureId }): readonly ToldPain[] => {
    let latest: ToldPain | null = null;
    for (const { event, atUtcMs } of entriesOf(journal, 'intakeAnswered', 'measureAnswered')) {
      const value =
        event.kind === 'intakeAnswered'
          ? event.answers[field]
          : event.measureId === measureId
            ? event.value
            : undefined;
      if (value !== undefined && value !== null) latest = { words, value, atUtcMs };
    }
    return latest === null ? [] : [latest];
  });
}
