import { Trans } from '@lingui/react/macro';
import { EmergencyCall } from './EmergencyCall.tsx';

/** What to do with thoughts of self-harm: whom to call, in one tap. */
export function CrisisSteps() {
  return (
    <>
      <ol className="safety-steps">
        <li>
          <Trans>If you may act on these thoughts, call your local emergency number now.</Trans>
        </li>
        <li>
          <Trans>
            Call a crisis line of your country. In the United Kingdom and Ireland it is{' '}
            <a href="tel:116123">116 123</a>, in the United States and Canada <a href="tel:988">988</a>. It is
            free, day and night.
          </Trans>
        </li>
        <li>
          <Trans>Tell someone you trust, and ask them to stay with you.</Trans>
        </li>
      </ol>
      <EmergencyCall />
    </>
  );
}
