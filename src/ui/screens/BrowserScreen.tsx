import { Trans, useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { browserAdvice, readBrowserFacts } from '../browser-advice.ts';
import { CopyButton } from '../components/CopyButton.tsx';
import { CopyDiagnostics } from '../components/CopyDiagnostics.tsx';
import { DoorShell } from '../components/PatientShell.tsx';
import { browserTitle, switchAddress, systemWords, wayWords } from '../text/browser-text.ts';

/** What to do where the browser cannot talk to sensors, and what works all the same. */
export function BrowserScreen() {
  const { t } = useLingui();
  const advice = useMemo(() => browserAdvice(readBrowserFacts()), []);
  const words = wayWords(advice);
  const name = browserTitle(advice.browser);
  const system = t(systemWords(advice.system));
  const address = switchAddress(advice.way) ?? new URL('./', document.baseURI).href;
  return (
    <DoorShell>
      <main className="page" id="main">
        <h1>
          {advice.way === 'here' ? (
            <Trans>Sensors work in this browser</Trans>
          ) : (
            <Trans>Sensors need another way in</Trans>
          )}
        </h1>
        <p className="muted">
          {name === null ? (
            <Trans>You seem to be on {system}.</Trans>
          ) : (
            <Trans>
              You seem to use {name} on {system}.
            </Trans>
          )}
        </p>
        <section className="card card-lifted stack">
          <p>
            <b>{t(words.why)}</b>
          </p>
          {words.steps.length > 0 && (
            <ol className="steps-list">
              {words.steps.map((step) => (
                <li key={step.id}>{t(step)}</li>
              ))}
            </ol>
          )}
          {advice.way !== 'here' && (
            <>
              <p className="browser-address">{address}</p>
              <CopyButton text={() => Promise.resolve(address)} className="button button-primary">
                <Copy size={22} strokeWidth={1.75} aria-hidden="true" />
                <Trans>Copy the address</Trans>
              </CopyButton>
            </>
          )}
        </section>
        <section className="card">
          <h2>
            <Trans>All this works here without sensors</Trans>
          </h2>
          <ul className="kit-checks">
            <Works>
              <Link href="/welcome">
                <Trans>Try a session with the virtual kit</Trans>
              </Link>
            </Works>
            <Works>
              <Link href="/sessions">
                <Trans>Your sessions, their numbers and reports</Trans>
              </Link>
            </Works>
            <Works>
              <Link href="/workshop">
                <Trans>Open, play and export recordings made elsewhere</Trans>
              </Link>
            </Works>
          </ul>
        </section>
        <CopyDiagnostics />
      </main>
    </DoorShell>
  );
}

function Works({ children }: { readonly children: React.ReactNode }) {
  return (
    <li className="row kit-check">
      <Check size={24} strokeWidth={1.75} aria-hidden="true" className="good" />
      {children}
    </li>
  );
}
