import { useLingui } from '@lingui/react/macro';
import { ageOf } from '../../../core/care/safety/judge-safety.ts';
import type { FlagId, SafetyAnswers } from '../../../core/care/safety/safety-event.ts';
import { safetyAnswerWords, safetyWords } from '../../text/safety-text.ts';

/** Questions with what was answered. */
export function AnswerList({
  flagIds,
  answers,
}: {
  readonly flagIds: readonly FlagId[];
  readonly answers: SafetyAnswers;
}) {
  const { t } = useLingui();
  const said = (flagId: FlagId) => {
    const codes = answers[flagId] ?? [];
    if (flagId === 'R-19') return String(ageOf(codes) ?? '');
    return codes.map((code) => t(safetyAnswerWords(flagId, code))).join('; ');
  };
  return (
    <dl className="answer-list">
      {flagIds.map((flagId) => (
        <div key={flagId}>
          <dt>{t(safetyWords(flagId).question)}</dt>
          <dd>{said(flagId)}</dd>
        </div>
      ))}
    </dl>
  );
}
