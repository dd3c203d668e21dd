import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { LAYOUTS } from '../start-session.ts';
import { roleName } from '../text/exercise-text.ts';

/** Where the sensors are worn, each layout on a line of its own: three places in a list box are cut off on a phone. */
export function WornOnChoice({
  label,
  layout,
  onChange,
}: {
  readonly label: string;
  /** Place in `LAYOUTS`; one that there is not stands for the first. */
  readonly layout: number;
  readonly onChange: (layout: number) => void;
}) {
  const { t } = useLingui();
  const name = useId();
  const chosen = LAYOUTS[layout] === undefined ? 0 : layout;
  return (
    <fieldset className="choice">
      <legend className="visually-hidden">{label}</legend>
      {LAYOUTS.map((roles, index) => (
        <label key={roles.join()}>
          <input type="radio" name={name} checked={index === chosen} onChange={() => onChange(index)} />
          <span>{roles.map((role) => t(roleName(role))).join(' + ')}</span>
        </label>
      ))}
    </fieldset>
  );
}
