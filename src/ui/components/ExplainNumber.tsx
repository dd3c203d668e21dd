import { Trans } from '@lingui/react/macro';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import { useState, type ReactNode } from 'react';
import { Sheet } from './Sheet.tsx';
import '../styles/care.css';

/** Opens where a number comes from. Its words are drawn only then. */
export function ExplainNumber({
  about,
  isBeside = false,
  children,
}: {
  /** Whose number it is. */
  readonly about: string;
  /** A sign alone, in the line of the number itself. */
  readonly isBeside?: boolean;
  readonly children: ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={
          isBeside ? 'icon-button explain-beside' : 'button button-quiet button-small explain-number'
        }
        onClick={() => setIsOpen(true)}
      >
        <CircleHelp size={20} strokeWidth={1.75} aria-hidden="true" />
        {isBeside ? (
          <span className="visually-hidden">
            <Trans>Explain this number</Trans>: {about}
          </span>
        ) : (
          <>
            <Trans>Explain this number</Trans>
            <span className="visually-hidden">: {about}</span>
          </>
        )}
      </button>
      {isOpen && (
        <Sheet title={about} onClose={() => setIsOpen(false)}>
          {children}
        </Sheet>
      )}
    </>
  );
}
