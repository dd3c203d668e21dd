import { useCallback, useEffect, useRef } from 'react';
import { isStray } from '../stray-activation.ts';

/** Says of an event whether it came too soon after the component appeared to be meant for it. */
export function useFreshGuard(): (event: { readonly timeStamp: number }) => boolean {
  const shownMs = useRef(Infinity);
  useEffect(() => {
    shownMs.current = performance.now();
  }, []);
  return useCallback((event) => isStray(event.timeStamp, shownMs.current), []);
}
