import { Plural, Trans, useLingui } from '@lingui/react/macro';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import { useState } from 'react';
import type { SessionResult } from '../../core/pipeline/session-result.ts';
import { countSummary } from '../session-summary.ts';
import { reasonWords } from '../text/result-text.ts';
import { Sheet } from './Sheet.tsx';

/** How many moves of a session counted, why the others did not, and by which rules. */
export function WhatCounted({ result }: { readonly result: SessionResult }) {
  const { t } = useLingui();
  const [asked, setAsked] = useState(false);
  const summary = countSummary(result);
  if (result.sets.length === 0) return null;
  return (
    <section className="card">
      <h2>
        <Trans>What counted</Trans>
      </h2>
      <p>
        <Trans>
          <b>
            {summary.counted} of {summary.total}
          </b>{' '}
          moves.
        </Trans>
      </p>
      {summary.reasons.map(({ reason, count }) => (
        <p className="row muted" key={reason}>
          <RotateCcw size={20} strokeWidth={1.75} aria-hidden="true" />
          <span>
            <Plural value={count} one="# move" other="# moves" />: {t(reasonWords(reason))}
          </span>
        </p>
      ))}
      <button type="button" className="button button-quiet button-small" onClick={() => setAsked(true)}>
        <CircleHelp size={20} strokeWidth={1.75} aria-hidden="true" />
        <Trans>What makes a move count?</Trans>
      </button>
      {asked && (
        <Sheet title={t`What makes a move count?`} onClose={() => setAsked(false)}>
          <ol className="steps-list">
            <li>
              <Trans>You leave the middle far enough that it cannot be a sway.</Trans>
            </li>
            <li>
              <Trans>
                In a test you go as far as feels fine. In an exercise you reach at least most of the way to
                the target.
              </Trans>
            </li>
            <li>
              <Trans>You do not rush, and you come back to the middle.</Trans>
            </li>
            <li>
              <Trans>The sensors were heard all the way, and their zero stayed where it was.</Trans>
            </li>
          </ol>
          <p className="muted">
            <Trans>
              A move that does not count is no mistake. It is kept, with its reason, on the page of the
              session.
            </Trans>
          </p>
        </Sheet>
      )}
    </section>
  );
}
