import { Trans } from '@lingui/react/macro';
import { storageProblemWords } from '../text/storage-text.ts';
import { ProblemNotice } from './Notice.tsx';

/** What was answered cannot be read: nothing is begun without it. */
export function JournalProblem({ error }: { readonly error: unknown }) {
  return (
    <main className="page page-narrow" id="main">
      <h1>
        <Trans>Your answers cannot be read</Trans>
      </h1>
      <p className="muted">
        <Trans>They say whether it is safe to exercise, so no session can begin without them.</Trans>
      </p>
      <ProblemNotice
        words={storageProblemWords(error)}
        detail={error instanceof Error ? error.message : ''}
      />
    </main>
  );
}
