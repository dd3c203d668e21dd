import { Trans, useLingui } from '@lingui/react/macro';
import Lock from 'lucide-react/icons/lock';
import { useState } from 'react';
import { Brand } from '../components/Brand.tsx';
import { EraseSheet } from '../components/EraseCard.tsx';
import { ProblemNotice } from '../components/Notice.tsx';
import { UnlockForm } from '../components/UnlockForm.tsx';
import { useRoom } from '../services-context.ts';
import type { PeopleState } from '../services.ts';
import { storageProblemWords } from '../text/storage-text.ts';

/** The passphrase, or the code from the paper; nothing of the person is on the page before. */
export function UnlockScreen({ state }: { readonly state: Extract<PeopleState, { kind: 'locked' }> }) {
  const { t } = useLingui();
  const { services } = useRoom();
  const [hasForgotten, setHasForgotten] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [erasing, setErasing] = useState(false);
  const { name } = state.person;
  return (
    <main className="page page-narrow" id="main">
      <Brand />
      <h1 className="row">
        <Lock size={28} strokeWidth={1.75} aria-hidden="true" />
        {name === '' ? t`Your sessions are locked` : t`${name}: your sessions are locked`}
      </h1>
      <section className="card">
        <UnlockForm
          label={t`Your passphrase`}
          wait={state}
          onTry={(secret) => services.people.unlock(secret)}
          onKind={(kind) => setHasForgotten(kind === 'code')}
        >
          <Trans>Unlock</Trans>
        </UnlockForm>
      </section>
      {problem !== null && <ProblemNotice words={storageProblemWords(problem)} detail={String(problem)} />}
      {state.people.length > 1 && (
        <div className="row wrap">
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => void services.people.leave().catch(setProblem)}
          >
            <Trans>I am somebody else</Trans>
          </button>
        </div>
      )}
      {hasForgotten && (
        <section className="card stack">
          <p>
            <Trans>
              Without the passphrase and without the paper nobody can open these sessions, and neither can we.
              You can erase them and begin anew.
            </Trans>
          </p>
          <button
            type="button"
            className="button button-second button-small"
            onClick={() => setErasing(true)}
          >
            <Trans>Erase and begin anew</Trans>
          </button>
        </section>
      )}
      {erasing && <EraseSheet onClose={() => setErasing(false)} />}
    </main>
  );
}
