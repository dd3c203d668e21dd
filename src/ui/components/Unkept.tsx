import { Trans } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { storageProblemWords } from '../text/storage-text.ts';
import { ProblemNotice } from './Notice.tsx';

/** An answer that the disk did not take; nothing where it did. It comes into view by itself. */
export function Unkept({ error }: { readonly error: unknown }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error !== null) place.current?.scrollIntoView({ block: 'center' });
  }, [error]);
  return (
    <div ref={place}>
      {error !== null && (
        <ProblemNotice
          words={storageProblemWords(error)}
          detail={error instanceof Error ? error.message : String(error)}
        >
          <p>
            <Trans>Your last answer is not kept yet. Please give it again after that.</Trans>
          </p>
        </ProblemNotice>
      )}
    </div>
  );
}
