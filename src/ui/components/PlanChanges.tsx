import { useLingui } from '@lingui/react/macro';
import type { RuleFiring } from '../../core/care/programme/programme-plan.ts';
import { libraryTitle } from '../text/exercise-library-text.ts';
import { alike, ruleSentence } from '../text/programme-text.ts';

const DAY_MS = 86_400_000;

export interface PlanChange {
  readonly order: number;
  readonly day: number;
  readonly firings: readonly RuleFiring[];
}

/** What rules did to a plan and why, in the words that the person reads; in the order given. */
export function PlanChanges({ changes }: { readonly changes: readonly PlanChange[] }) {
  const { t, i18n } = useLingui();
  const dayOf = new Intl.DateTimeFormat(i18n.locale === 'en' ? 'en-GB' : i18n.locale, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return changes.map(({ order, day, firings }) => (
    <div key={order}>
      <p className="small">{dayOf.format(day * DAY_MS)}</p>
      <ul>
        {alike(firings, (firing) => t(ruleSentence(firing))).map(({ ruleId, sentence, exerciseIds }) => (
          <li key={`${ruleId} ${sentence}`}>
            {exerciseIds.length > 0 && <b>{exerciseIds.map((id) => t(libraryTitle(id))).join(', ')}: </b>}
            {sentence} <span className="small">({ruleId})</span>
          </li>
        ))}
      </ul>
    </div>
  ));
}
