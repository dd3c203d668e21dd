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
        <FilterSelect
          label={t`Movement`}
          chosen={filter.exerciseId}
          options={EXERCISE_IDS.map((id) => [id, t(exerciseWords(id).title)])}
          onChoose={(exerciseId) => set({ exerciseId })}
        />
        <FilterSelect
          label={t`Worn on`}
          chosen={filter.layout}
          options={LAYOUTS.map((roles) => [
            layoutOf(roles),
            roles.map((role) => t(roleName(role))).join(' + '),
          ])}
          onChoose={(layout) => set({ layout })}
        />
        <FilterSelect
          label={t`Pain`}
          chosen={filter.pain}
          options={PAIN_CHANGES.map((change) => [change, t(painChangeWords(change))])}
          onChoose={(pain) => set({ pain })}
        />
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

/** One of several, or all. */
function FilterSelect<T extends string>({
  label,
  chosen,
  options,
  onChoose,
}: {
  readonly label: string;
  readonly chosen: T | null;
  /** Value and words of each. */
  readonly options: readonly (readonly [T, string])[];
  readonly onChoose: (value: T | null) => void;
}) {
  const { t } = useLingui();
  return (
    <label className="field">
      <span className="small">{label}</span>
      <select
        value={chosen ?? ''}
        onChange={(event) => onChoose(options.find(([value]) => value === event.target.value)?.[0] ?? null)}
      >
        <option value="">{t`All`}</option>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
