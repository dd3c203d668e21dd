import { Trans } from '@lingui/react/macro';
import { useState, type ReactNode } from 'react';

/** Copies a text that is made when it is asked for; where the browser forbids that, the text is shown to be selected. */
export function CopyButton({
  text,
  className,
  children,
}: {
  readonly text: () => Promise<string>;
  readonly className: string;
  readonly children: ReactNode;
}) {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'refused'>('none');
  const [shown, setShown] = useState('');
  const copy = async () => {
    const made = await text();
    setShown(made);
    try {
      await navigator.clipboard.writeText(made);
      setOutcome('copied');
    } catch {
      setOutcome('refused');
    }
  };
  return (
    <>
      <button type="button" className={className} onClick={() => void copy()}>
        {children}
      </button>
      <p className="small" role="status">
        {outcome === 'copied' && <Trans>Copied.</Trans>}
        {outcome === 'refused' && (
          <Trans>This browser does not let us copy. Select the text and copy it:</Trans>
        )}
      </p>
      {outcome === 'refused' && (
        <pre className="raw" tabIndex={0}>
          {shown}
        </pre>
      )}
    </>
  );
}
