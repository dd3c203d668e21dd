import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAgreedServer } from '../../hooks/use-agreed-server.ts';
import { ServerProblemNotice } from '../../components/ServerProblemNotice.tsx';
import type { ServerPayer } from '../../server-ports.ts';
import type { ChosenPayer } from './chosen-payer.ts';

/** Where the person's clinic has a server: whom it lists under that name. Asked only when they press for it. */
export function PayersOnServer({
  name,
  onChoose,
}: {
  readonly name: string;
  readonly onChoose: (payer: ChosenPayer) => void;
}) {
  const { t } = useLingui();
  const at = useAgreedServer();
  const [asked, setAsked] = useState<{
    readonly name: string;
    readonly found: readonly ServerPayer[];
  } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  if (at === null) return null;
  const { server, host } = at;
  return (
    <div className="stack">
      <button
        type="button"
        className="button button-second button-small"
        onClick={() => {
          setProblem(null);
          server.payers(name).then((found) => setAsked({ name, found }), setProblem);
        }}
      >
        <Trans>Also ask {host}</Trans>
      </button>
      {problem !== null && <ServerProblemNotice error={problem} />}
      {asked?.name === name && asked.found.length === 0 && (
        <p role="status">
          <Trans>{host} knows nobody by that name.</Trans>
        </p>
      )}
      {asked?.name === name && asked.found.length > 0 && (
        <ul className="plain-list stack" aria-label={t`At your clinic's server`}>
          {asked.found.map(({ payerId, name: payerName, kind }) => (
            <li key={payerId}>
              <button
                type="button"
                className="choice-button"
                onClick={() => onChoose({ payerId: null, name: payerName, confirmed: null })}
              >
                <b>{payerName}</b>
                <span className="small">
                  {kind === 'organization' ? t`Organisation` : t`Health plan`} · {host}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
