import { useLingui } from '@lingui/react/macro';
import Eye from 'lucide-react/icons/eye';
import EyeOff from 'lucide-react/icons/eye-off';
import { useState } from 'react';

/** A secret to type, hidden unless one wants to see it. */
export function PassphraseField({
  label,
  value,
  isNew = false,
  minLength,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly isNew?: boolean;
  readonly minLength?: number;
  readonly onChange: (typed: string) => void;
}) {
  const { t } = useLingui();
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="field">
      <label className="field">
        <span className="small">{label}</span>
        <input
          type={shown ? 'text' : 'password'}
          required
          minLength={minLength}
          maxLength={200}
          autoComplete={isNew ? 'new-password' : 'current-password'}
          autoCapitalize="none"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      <button
        type="button"
        className="text-button row field-show"
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
        {shown ? t`Hide what I type` : t`Show what I type`}
      </button>
    </div>
  );
}
