import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { ClientIdField, USUAL_CLIENT_ID } from './ClientIdField.tsx';
import type { ServerConnection, ServerConsent, ServerOffer } from '../server-ports.ts';

/** Two steps: ask what is at an address, then agree to it by name. */
export function ServerConnect({
  server,
  party,
  run,
}: {
  readonly server: ServerConnection;
  readonly party: 'patient' | 'clinic';
  /** Does the work, shows what goes amiss, and reads the state anew. */
  readonly run: (work: () => Promise<void>) => void;
}) {
  const [address, setAddress] = useState('');
  const [offer, setOffer] = useState<ServerOffer | null>(null);
  if (offer !== null)
    return (
      <Agree
        offer={offer}
        party={party}
        onBack={() => setOffer(null)}
        onAgree={(consent) => run(() => server.connect(offer, consent))}
      />
    );
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        run(async () => setOffer(await server.offer(address.trim())));
      }}
    >
      <label className="field">
        <span className="small">
          <Trans>Address of the server</Trans>
        </span>
        <input
          type="url"
          required
          inputMode="url"
          autoComplete="off"
          placeholder="https://"
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
      </label>
      <button type="submit" className="button button-second button-small">
        <Trans>Ask this server</Trans>
      </button>
    </form>
  );
}

function Agree({
  offer,
  party,
  onBack,
  onAgree,
}: {
  readonly offer: ServerOffer;
  readonly party: 'patient' | 'clinic';
  readonly onBack: () => void;
  readonly onAgree: (consent: ServerConsent) => void;
}) {
  const [clientId, setClientId] = useState(USUAL_CLIENT_ID);
  const [number, setNumber] = useState('');
  const asksNumber = party === 'patient' && !offer.needsLogin;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onAgree({ clientId: clientId.trim(), patientNumber: asksNumber ? number.trim() : null });
      }}
    >
      <p>
        <b>{offer.host}</b>
        {offer.software !== null && <span className="muted"> ({offer.software})</span>}
      </p>
      <p>
        {party === 'patient' ? (
          <Trans>
            If you agree, your answers, your sessions and your messages go to this server each time you press
            "Exchange now". Your clinic can read them there.
          </Trans>
        ) : (
          <Trans>
            If you agree, plans, messages and kit passports of the patients you choose go to this server, and
            what they send is read from it.
          </Trans>
        )}
      </p>
      {offer.needsLogin ? (
        <ClientIdField value={clientId} onChange={setClientId} />
      ) : (
        <p className="warn">
          <Trans>
            This server asks nobody to log in: whoever finds it can read it. Use it for trials only.
          </Trans>
        </p>
      )}
      {asksNumber && (
        <label className="field">
          <span className="small">
            <Trans>Your patient number there</Trans>
          </span>
          <input
            type="text"
            required
            pattern="[A-Za-z0-9.\-]{1,64}"
            autoComplete="off"
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
        </label>
      )}
      <div className="row wrap">
        <button type="submit" className="button button-primary button-small">
          {offer.needsLogin ? <Trans>Agree and log in</Trans> : <Trans>Agree</Trans>}
        </button>
        <button type="button" className="button button-quiet button-small" onClick={onBack}>
          <Trans>Another address</Trans>
        </button>
      </div>
    </form>
  );
}
