import { useLingui } from '@lingui/react/macro';
import { useState, type ReactNode } from 'react';
import {
  FUNCTIONS,
  MEASURE_WORDS_VERSION,
  measureDefinition,
} from '../../core/care/outcomes/measure-definition.ts';
import { hardThings, measuresDue, type DueMeasure } from '../../core/care/outcomes/measures-due.ts';
import type { MeasureId } from '../../core/care/outcomes/outcome-event.ts';
import { choiceWords, measureWords } from '../text/measure-text.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import type { ReadyJournal } from './JournalGate.tsx';
import { ProblemNotice } from './Notice.tsx';
import { QuestionForm, type AnswerKind } from './QuestionForm.tsx';
import { QuestionFrame } from './QuestionFrame.tsx';

/**
 * What is due, one question at a time: kept as it is answered, so that nothing is lost on the way. The list is made once,
 * when it opens: a midnight in between adds nothing.
 */
export function DueQuestions({
  journal,
  onLeave,
  children,
}: {
  readonly journal: ReadyJournal;
  readonly onLeave: () => void;
  /** Shown when nothing is left to ask. */
  readonly children: (answeredCount: number) => ReactNode;
}) {
  const { t, i18n } = useLingui();
  const [asked] = useState<readonly DueMeasure[]>(() => measuresDue(journal.entries, journal.moment));
  const [at, setAt] = useState(0);
  const [values, setValues] = useState<ReadonlyMap<MeasureId, number | null>>(new Map());
  const [error, setError] = useState<unknown>(null);
  const due = asked[at];
  if (due === undefined) return children([...values.values()].filter((value) => value !== null).length);
  const { measureId } = due;
  const keep = (value: number | null): void => {
    journal
      .append({
        kind: 'measureAnswered',
        measureId,
        value,
        language: i18n.locale,
        wordsVersion: MEASURE_WORDS_VERSION,
      })
      .then(
        () => {
          setError(null);
          setValues(new Map(values).set(measureId, value));
          setAt(at + 1);
        },
        (reason: unknown) => setError(reason),
      );
  };
  const thing = hardThings(journal.entries)[FUNCTIONS.indexOf(measureId)];
  const question = t(measureWords(measureId).asks);
  const given = values.get(measureId) ?? undefined;
  const isWords = measureDefinition(measureId).scale.kind === 'choice';
  return (
    <QuestionFrame
      part={due.occasion === 'review' ? t`Review` : t`How you are`}
      done={at}
      total={asked.length}
      question={thing === undefined ? question : t`${thing}: how well can you do it?`}
      onBack={at === 0 ? null : () => setAt(at - 1)}
      onLeave={onLeave}
    >
      {error !== null && <ProblemNotice words={storageProblemWords(error)} detail={String(error)} />}
      <QuestionForm
        key={measureId}
        label={question}
        kind={answerKind(measureId)}
        given={isWords && given !== undefined ? String(given) : given}
        onAnswer={(answer) => keep(Number(answer))}
        onSkip={() => keep(null)}
      />
    </QuestionFrame>
  );
}

function answerKind(measureId: MeasureId): AnswerKind {
  const { scale } = measureDefinition(measureId);
  const words = measureWords(measureId);
  switch (words.answer) {
    case 'points':
      return { takes: 'scale', low: words.least, high: words.most };
    case 'number':
      return {
        takes: 'number',
        least: 0,
        most: scale.kind === 'count' ? scale.most : 0,
        unit: words.unit,
      };
    case 'choice':
      return {
        takes: 'one',
        choices: choiceWords(measureId).map((choice, place) => ({ code: String(place), words: choice })),
      };
  }
}
