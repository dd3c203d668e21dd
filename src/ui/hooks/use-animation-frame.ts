import { useEffect, useRef } from 'react';

/** Calls back in each animation frame while the component lives; what it draws never passes through React. */
export function useAnimationFrame(draw: (nowMs: number) => void): void {
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
  }, [draw]);
  useEffect(() => {
    let handle = requestAnimationFrame(function step() {
      latest.current(performance.now());
      handle = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(handle);
  }, []);
}
