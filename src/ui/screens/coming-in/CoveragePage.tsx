import { Trans, useLingui } from '@lingui/react/macro';
import Search from 'lucide-react/icons/search';
import { useEffect, useId, useState, type ReactNode } from 'react';
import type { CareEvent } from '../../../core/care/care-journal.ts';
import { searchPayers, type Payer } from '../../../core/care/coverage/coverage-search.ts';
import { useRoom } from '../../services-context.ts';
import type { ChosenPayer } from './chosen-payer.ts';
import { PayersOnServer } from './PayersOnServer.tsx';

/** Who covers the care: found in the directory, not found, or nobody. No cover is promised that nobody confirmed. */
export function CoveragePage({
  problem,
  onSaid,
  onLeave,
}: {
  /** Why it was not kept. */
  readonly problem: ReactNode;
  readonly onSaid: (event: CareEvent) => void;
  readonly onLeave: () => void;
}) {
  const { t, i18n } = useLingui();
  const { services } = useRoom();
  const [directory, setDirectory] = useState<readonly Payer[] | 'failed' | null>(null);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<ChosenPayer | null>(null);
  const hint = useId();
  useEffect(() => {
    let over = false;
    services.loadPayers().then(
      (payers) => {
        if (!over) setDirectory(payers);
      },
      () => {
        if (!over) setDirectory('failed');
      },
    );
    return () => {
      over = true;
    };
  }, [services]);
  const found = Array.isArray(directory) ? searchPayers(directory as readonly Payer[], typed) : [];
  const country = new Intl.DisplayNames(i18n.locale, { type: 'region' });
  const name = typed.trim();
  if (chosen !== null)
    return (
      <div className="questions">
        <main className="questions-body" id="main">
          <h1>{chosen.name}</h1>
          {chosen.confirmed === null ? (
            <>
              <p>
                <Trans>
                  It is on the list. We do not know whether it pays for this programme: nobody has confirmed
                  it.
                </Trans>
              </p>
              <p>
                <Trans>
                  You can ask: “Do you pay for a guided exercise programme at home for upper-back pain, and do
                  I need a referral?”
                </Trans>
              </p>
            </>
          ) : (
            <p>
              <Trans>
                {chosen.confirmed.by} said on {chosen.confirmed.on} that it pays for this programme. Ask them
                what holds for you.
              </Trans>
            </p>
          )}
          <p className="muted">
            <Trans>You can start today either way. Thora itself asks for no money.</Trans>
          </p>
          {problem}
          <div className="session-actions">
            <button
              type="button"
              className="button button-primary button-wide"
              onClick={() =>
                onSaid({
                  kind: 'coverageSaid',
                  state: 'named',
                  payerId: chosen.payerId,
                  payerName: chosen.name,
                })
              }
            >
              <Trans>Next</Trans>
            </button>
            <button type="button" className="button button-quiet" onClick={() => setChosen(null)}>
              <Trans>Search again</Trans>
            </button>
          </div>
        </main>
      </div>
    );
  return (
    <div className="questions">
      <main className="questions-body" id="main">
        <h1>
          <Trans>Who covers your care?</Trans>
        </h1>
        <p className="muted">
          <Trans>An employer, a health plan or a public service. You can also go on by yourself.</Trans>
        </p>
        <label className="field">
          <span className="small">
            <Trans>Search by name</Trans>
          </span>
          <span className="search-field">
            <Search size={20} strokeWidth={1.75} aria-hidden="true" />
            <input
              type="search"
              autoComplete="off"
              maxLength={80}
              value={typed}
              aria-describedby={hint}
              onChange={(event) => setTyped(event.target.value)}
            />
          </span>
        </label>
        <p id={hint} className="small">
          <Trans>The search happens on this device.</Trans>
        </p>
        {directory === 'failed' && (
          <p className="warn" role="status">
            <Trans>The list could not be read. Go on by yourself; you can name who pays later.</Trans>
          </p>
        )}
        <div role="status">
          {name !== '' && Array.isArray(directory) && found.length === 0 && (
            <p>
              <Trans>“{name}” is not on the list. You can ask them for cover, or go on by yourself.</Trans>
            </p>
          )}
        </div>
        {name !== '' && <PayersOnServer name={name} onChoose={setChosen} />}
        {found.length > 0 && (
          <ul className="plain-list stack">
            {found.map((payer) => (
              <li key={payer.payerId}>
                <button type="button" className="choice-button" onClick={() => setChosen(payer)}>
                  <b>{payer.name}</b>
                  <span className="small">
                    {payer.kind === 'publicService'
                      ? t`Public service`
                      : payer.kind === 'employer'
                        ? t`Employer`
                        : t`Health plan`}{' '}
                    · {country.of(payer.country)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {problem}
        <div className="session-actions">
          {name !== '' && found.length === 0 && (
            <button
              type="button"
              className="button button-second button-wide"
              onClick={() =>
                onSaid({ kind: 'coverageSaid', state: 'notFound', payerId: null, payerName: name })
              }
            >
              <Trans>Go on; I will ask them</Trans>
            </button>
          )}
          <button
            type="button"
            className="button button-primary button-wide"
            onClick={() => onSaid({ kind: 'coverageSaid', state: 'self', payerId: null, payerName: '' })}
          >
            <Trans>I go on by myself</Trans>
          </button>
          <button type="button" className="button button-quiet" onClick={onLeave}>
            <Trans>Later</Trans>
          </button>
        </div>
      </main>
    </div>
  );
}
