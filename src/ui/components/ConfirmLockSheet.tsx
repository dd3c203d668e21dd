import { Trans, useLingui } from '@lingui/react/macro';
import type { UnlockAnswer, UnlockSecret } from '../services.ts';
import { Sheet } from './Sheet.tsx';
import { UnlockForm } from './UnlockForm.tsx';

/** Before a lock is changed or taken away: an open page is no proof of who sits before it. */
export function ConfirmLockSheet({
  onTry,
  onConfirmed,
  onClose,
}: {
  readonly onTry: (secret: UnlockSecret) => Promise<UnlockAnswer>;
  readonly onConfirmed: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  return (
    <Sheet title={t`First, show that it is you`} onClose={onClose}>
      <UnlockForm
        label={t`Passphrase you use now`}
        onTry={async (secret) => {
          const answer = await onTry(secret);
          if (answer === 'open') onConfirmed();
          return answer;
        }}
      >
        <Trans>Next</Trans>
      </UnlockForm>
    </Sheet>
  );
}
