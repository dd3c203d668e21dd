import { Trans, useLingui } from '@lingui/react/macro';
import ListFilter from 'lucide-react/icons/list-filter';
import { useId, useState } from 'react';
import { EXERCISE_IDS } from '../../core/exercise/motion-definitions.ts';
import { isFiltering, layoutOf, NO_FILTER, PAIN_CHANGES, type HistoryFilter } from '../history-filter.ts';
import { LAYOUTS } from '../start-session.ts';
import { exerciseWords, roleName } from '../text/exercise-text.ts';
import { painChangeWords } from '../text/result-text.ts';

/** What of the history is wanted. The list follows at once. */
export function HistoryFilterBar({
  filter,
  onChange,
}: {
  readonly filter: HistoryFilter;
  readonly onChange: (filter: HistoryFilter) => void;
}) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const more = useId();
  const set = (part: Partial<HistoryFilter>) => onChange({ ...filter, ...part });
  return (
    <search className="stack">
      <div className="history-search">
        <label className="field">
          <span className="small">
            <Trans>Search</Trans>
          </span>
          <input
            type="search"
            value={filter.text}
            placeholder={t`Movement, place or month`}
            onChange={(event) => set({ text: event.target.value })}
          />
        </label>
        <button
          type="button"
          className="button button-second button-small"
          aria-expanded={open}
          aria-controls={more}
          onClick={() => setOpen(!open)}
        >
          <ListFilter size={20} strokeWidth={1.75} aria-hidden="true" />
          <Trans>Filter</Trans>
        </button>
      </div>
      <div id={more} className="history-filters" hidden={!open}>
        <label className="field">
          <span className="small">
            <Trans>Movement</Trans>
          </span>
          <select
            value={filter.exerciseId ?? ''}
            onChange={(event) =>
              set({ exerciseId: EXERCISE_IDS.find((id) => id === event.target.value) ?? null })
            }
          >
            <option value="">{t`All`}</option>
            {EXERCISE_IDS.map((id) => (
              <option key={id} value={id}>
                {t(exerciseWords(id).title)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span className="small">
            <Trans>Worn on</Trans>
          </span>
          <select
            value={filter.layout ?? ''}
            onChange={(event) => set({ layout: event.target.value === '' ? null : event.target.value })}
          >
            <option value="">{t`All`}</option>
            {LAYOUTS.map((roles) => (
              <option key={layoutOf(roles)} value={layoutOf(roles)}>
                {roles.map((role) => t(roleName(role))).join(' + ')}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span className="small">
            <Trans>Pain</Trans>
          </span>
          <select
            value={filter.pain ?? ''}
            onChange={(event) =>
              set({ pain: PAIN_CHANGES.find((change) => change === event.target.value) ?? null })
            }
          >
            <option value="">{t`All`}</option>
            {PAIN_CHANGES.map((change) => (
              <option key={change} value={change}>
                {t(painChangeWords(change))}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span className="small">
            <Trans>From</Trans>
          </span>
          <input
            type="date"
            value={filter.fromDay}
            max={filter.toDay}
            onChange={(event) => set({ fromDay: event.target.value })}
          />
        </label>
        <label className="field">
          <span className="small">
            <Trans>Until</Trans>
          </span>
          <input
            type="date"
            value={filter.toDay}
            min={filter.fromDay}
            onChange={(event) => set({ toDay: event.target.value })}
          />
        </label>
      </div>
      {isFiltering(filter) && (
        <button
          type="button"
          className="button button-quiet button-small history-clear"
          onClick={() => onChange(NO_FILTER)}
        >
          <Trans>Show all sessions</Trans>
        </button>
      )}
    </search>
  );
}
