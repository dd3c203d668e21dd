import { useEffect, useRef, type MouseEvent } from 'react';
import { isStray } from '../stray-activation.ts';

/**
 * Around what changes in place: the second half of a double click belongs to what stood there before, and nothing takes
 * it. An answer that nobody has read the question of is none.
 *
 * @param shown what stands there, as text
 * @returns for `onClickCapture`
 */
export function useStrayGuard(shown: string): (event: MouseEvent) => void {
  const shownMs = useRef(0);
  useEffect(() => {
    shownMs.current = performance.now();
  }, [shown]);
  return (event) => {
    if (event.detail < 2 || !isStray(event.timeStamp, shownMs.current)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
