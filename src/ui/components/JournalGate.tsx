import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useCareJournal, type CareJournalState } from '../hooks/use-care-journal.ts';
import { unknownProblemWords } from '../text/problem-text.ts';
import { ProblemNotice } from './Notice.tsx';

export type ReadyJournal = Extract<CareJournalState, { readonly kind: 'ready' }>;

/** Shows what needs the care journal once it is there. */
export function JournalGate({ children }: { readonly children: (journal: ReadyJournal) => ReactNode }) {
  const journal = useCareJournal();
  switch (journal.kind) {
    case 'waiting':
      return (
        <p className="muted" role="status">
          <Trans>Reading your answers</Trans>
        </p>
      );
    case 'failed':
      return (
        <ProblemNotice words={unknownProblemWords()} detail={String(journal.error)}>
          <button
            type="button"
            className="button button-second button-small"
            onClick={() => location.reload()}
          >
            <Trans>Try again</Trans>
          </button>
        </ProblemNotice>
      );
    case 'ready':
      return children(journal);
  }
}
