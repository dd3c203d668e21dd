import type { ReactNode } from 'react';
import { ServerProblem } from '../server-ports.ts';
import { unknownProblemWords } from '../text/problem-text.ts';
import { serverProblemWords } from '../text/server-text.ts';
import { ProblemNotice } from './Notice.tsx';

/** What came between this device and the server, and the next step. */
export function ServerProblemNotice({
  error,
  children,
}: {
  readonly error: unknown;
  readonly children?: ReactNode;
}) {
  const isKnown = error instanceof ServerProblem;
  return (
    <ProblemNotice
      words={isKnown ? serverProblemWords(error.code) : unknownProblemWords()}
      subject={isKnown ? error.subject : ''}
      detail={error instanceof Error ? error.message : String(error)}
    >
      {children}
    </ProblemNotice>
  );
}
