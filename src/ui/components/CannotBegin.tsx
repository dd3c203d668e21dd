import { Trans, useLingui } from '@lingui/react/macro';
import { storageProblemWords } from '../text/storage-text.ts';
import { ProblemNotice } from './Notice.tsx';
import { Sheet } from './Sheet.tsx';

/** What was answered could not be read or kept, so that nothing was begun. */
export function CannotBegin({ error, onClose }: { readonly error: unknown; readonly onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Sheet title={t`The session could not begin`} onClose={onClose}>
      <p className="muted">
        <Trans>Your answers say whether it is safe to exercise, and they cannot be read now.</Trans>
      </p>
      <ProblemNotice
        words={storageProblemWords(error)}
        detail={error instanceof Error ? error.message : ''}
      />
    </Sheet>
  );
}
