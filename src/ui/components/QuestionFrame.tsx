import { Trans, useLingui } from '@lingui/react/macro';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import { useEffect, useRef, type ReactNode } from 'react';
import { useStrayGuard } from '../hooks/use-stray-guard.ts';

/** One question a page: how far along, the way back, the question as heading. Full screen, without the bar. */
export function QuestionFrame({
  part,
  done,
  total,
  question,
  help,
  onBack,
  onLeave,
  children,
}: {
  /** What the questions are about. */
  readonly part: string;
  readonly done: number;
  readonly total: number;
  readonly question: string;
  readonly help?: string | undefined;
  /** Null on the first question. */
  readonly onBack: (() => void) | null;
  /** What was answered is kept. */
  readonly onLeave: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useLingui();
  const heading = useRef<HTMLHeadingElement>(null);
  const takeStray = useStrayGuard(question);
  useEffect(() => {
    heading.current?.focus();
    document.documentElement.scrollTop = 0;
  }, [question]);
  return (
    <div className="questions" onClickCapture={takeStray}>
      <header className="questions-head">
        <button
          type="button"
          className="icon-button"
          aria-label={t`Back`}
          disabled={onBack === null}
          onClick={() => onBack?.()}
        >
          <ArrowLeft size={24} strokeWidth={1.75} aria-hidden="true" />
        </button>
        <div className="grow">
          <p className="small">
            {part} ·{' '}
            <Trans>
              {done + 1} of {total}
            </Trans>
          </p>
          <progress className="questions-bar" value={done} max={total} aria-label={t`Questions answered`} />
        </div>
        <button type="button" className="button button-quiet button-small" onClick={onLeave}>
          <Trans>Later</Trans>
        </button>
      </header>
      <main className="questions-body" id="main">
        <h1 ref={heading} tabIndex={-1}>
          {question}
        </h1>
        {help !== undefined && <p className="muted">{help}</p>}
        {children}
      </main>
    </div>
  );
}
