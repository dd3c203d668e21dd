import { Trans } from '@lingui/react/macro';

/** Registered at a clinic's server under this name, unless somebody chose another. */
export const USUAL_CLIENT_ID = 'thora';

/** By which name a server knows this app: hardly anybody has to change it. */
export function ClientIdField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (clientId: string) => void;
}) {
  return (
    <details>
      <summary>
        <Trans>How this app is known there</Trans>
      </summary>
      <label className="field">
        <span className="small">
          <Trans>Client ID</Trans>
        </span>
        <input
          type="text"
          required
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
    </details>
  );
}
