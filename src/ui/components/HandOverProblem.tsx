import { HandOverError } from '../../core/recording/hand-over-error.ts';
import { handOverErrorWords } from '../text/clinic-text.ts';
import { unknownProblemWords } from '../text/problem-text.ts';
import { ProblemNotice } from './Notice.tsx';

/** Why a file between a clinic and a patient was refused, with the field at fault. */
export function HandOverProblem({ error }: { readonly error: unknown }) {
  const isRefused = error instanceof HandOverError;
  return (
    <ProblemNotice
      words={isRefused ? handOverErrorWords(error.code) : unknownProblemWords()}
      subject={isRefused ? error.field || error.file : ''}
      detail={error instanceof Error ? error.message : String(error)}
    />
  );
}
