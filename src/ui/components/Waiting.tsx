import { Trans } from '@lingui/react/macro';
import { unknownProblemWords } from '../text/problem-text.ts';
import { ProblemNotice } from './Notice.tsx';

export function WaitingForSessions() {
  return (
    <p className="muted" role="status">
      <Trans>Reading the sessions on this device</Trans>
    </p>
  );
}

export function FailedToRead({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return (
    <ProblemNotice words={unknownProblemWords()} detail={String(error)}>
      <button type="button" className="button button-second button-small" onClick={onRetry}>
        <Trans>Try again</Trans>
      </button>
    </ProblemNotice>
  );
}
