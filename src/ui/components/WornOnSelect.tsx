import { Trans, useLingui } from '@lingui/react/macro';
import { LAYOUTS } from '../start-session.ts';
import { roleName } from '../text/exercise-text.ts';

/** Where the sensors are worn: one of the layouts. */
export function WornOnSelect({
  layout,
  onChange,
}: {
  /** Place in `LAYOUTS`; one that there is not stands for the first. */
  readonly layout: number;
  readonly onChange: (layout: number) => void;
}) {
  const { t } = useLingui();
  return (
    <label className="field">
      <span className="small">
        <Trans>Worn on</Trans>
      </span>
      <select
        value={LAYOUTS[layout] === undefined ? 0 : layout}
        onChange={(event) => onChange(Number(event.target.value))}
      >
        {LAYOUTS.map((roles, index) => (
          <option key={roles.join()} value={index}>
            {roles.map((role) => t(roleName(role))).join(' + ')}
          </option>
        ))}
      </select>
    </label>
  );
}
