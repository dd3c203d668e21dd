import { Trans, useLingui } from '@lingui/react/macro';
import type { CoachingDecision } from '../../core/exercise/session-controller.ts';
import { coachingChangeWords, coachingReasonWords } from '../text/coaching-text.ts';

/** What was asked for otherwise than planned on the way, each with its reason; nothing where nothing was. */
export function WhatChanged({ decisions }: { readonly decisions: readonly CoachingDecision[] | undefined }) {
  const { t } = useLingui();
  if (decisions === undefined || decisions.length === 0) return null;
  return (
    <section className="card">
      <h2>
        <Trans>What changed on the way</Trans>
      </h2>
      <ul className="library-list">
        {decisions.map((decision, index) => {
          const changes = decision.changes.flatMap((change) => {
            const words = coachingChangeWords(change);
            return words === null ? [] : [t(words)];
          });
          return (
            <li key={index}>
              {t(coachingReasonWords(decision.reason))}
              {changes.length > 0 && <span className="small choice-detail">{changes.join(' ')}</span>}
            </li>
          );
        })}
      </ul>
      <p className="small">
        <Trans>Fixed rules did this, not AI. Each change is kept with the session.</Trans>
      </p>
    </section>
  );
}
