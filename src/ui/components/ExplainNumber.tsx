import { Trans } from '@lingui/react/macro';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import { useState, type ReactNode } from 'react';
import { Sheet } from './Sheet.tsx';
import '../styles/care.css';

/** Opens where a number comes from. Its words are drawn only then. */
export function ExplainNumber({
  about,
  children,
}: {
  /** Whose number it is. */
  readonly about: string;
  readonly children: ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="button button-quiet button-small explain-number"
        onClick={() => setIsOpen(true)}
      >
        <CircleHelp size={20} strokeWidth={1.75} aria-hidden="true" />
        <Trans>Explain this number</Trans>
        <span className="visually-hidden">: {about}</span>
      </button>
      {isOpen && (
        <Sheet title={about} onClose={() => setIsOpen(false)}>
          {children}
        </Sheet>
      )}
    </>
  );
}
