import { Trans, useLingui } from '@lingui/react/macro';
import ShieldCheck from 'lucide-react/icons/shield-check';
import { useState, type ReactNode } from 'react';
import type { CareEvent } from '../../../core/care/care-journal.ts';

/** Raised when the words below change in what they ask for. */
const CONSENT_VERSION = '1';

/** What Thora is and is not, before the first question. */
export function ConsentPage({
  problem,
  onConsent,
  onLeave,
}: {
  /** Why it was not kept. */
  readonly problem: ReactNode;
  readonly onConsent: (event: CareEvent) => void;
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const [agrees, setAgrees] = useState(false);
  return (
    <div className="questions">
      <main className="questions-body" id="main">
        <h1>
          <Trans>Before we begin</Trans>
        </h1>
        <ul className="stack plain-list">
          <li>
            <b>
              <Trans>This is a prototype, not a medical device.</Trans>
            </b>{' '}
            <Trans>
              No authority has cleared or approved it. It guides exercise and keeps your own record. It finds
              no disease and treats none.
            </Trans>
          </li>
          <li>
            <b>
              <Trans>It is not for emergencies.</Trans>
            </b>{' '}
            <Trans>
              With chest pain, trouble breathing, new weakness, numbness, or loss of bladder or bowel control,
              call your emergency number.
            </Trans>
          </li>
          <li>
            <b>
              <Trans>Rules change your plan, not artificial intelligence.</Trans>
            </b>{' '}
            <Trans>
              Every change says why. Where a clinician is linked, they approve it. Where none is, nobody is
              watching: follow what your doctor tells you.
            </Trans>
          </li>
          <li>
            <b>
              <Trans>Sensor angles are estimates.</Trans>
            </b>{' '}
            <Trans>Each number says how sure it is.</Trans>
          </li>
          <li>
            <b>
              <Trans>What you answer stays on this device.</Trans>
            </b>{' '}
            <Trans>Nothing is sent unless you send it. You can erase it at any time.</Trans>
          </li>
        </ul>
        <p className="row muted">
          <ShieldCheck size={20} strokeWidth={1.75} aria-hidden="true" />
          <Trans>The questions take about six minutes. You can stop and go on later.</Trans>
        </p>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            onConsent({ kind: 'consentGiven', textVersion: CONSENT_VERSION });
          }}
        >
          <label className="tick">
            <input type="checkbox" checked={agrees} onChange={(event) => setAgrees(event.target.checked)} />
            <span>{t`I have read this and want to go on`}</span>
          </label>
          {problem}
          <div className="session-actions">
            <button type="submit" className="button button-primary button-wide" disabled={!agrees}>
              <Trans>Begin</Trans>
            </button>
            <button type="button" className="button button-quiet" onClick={onLeave}>
              <Trans>Not now</Trans>
            </button>
          </div>
        </form>
      </main>
    </div>
  );
}
