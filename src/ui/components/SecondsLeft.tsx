import { useEffect, useState } from 'react';

/** Whole seconds until a moment on the window's clock; nothing once it is past. */
export function SecondsLeft({ untilMs }: { readonly untilMs: number }) {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return <b className="count">{Math.max(0, Math.ceil((untilMs - nowMs) / 1000))}</b>;
}
