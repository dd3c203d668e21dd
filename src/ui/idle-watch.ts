/** Nobody touched anything for this long: whoever left the device open is protected. */
const IDLE_MS = 10 * 60_000;
const LOOK_EVERY_MS = 10_000;
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

interface IdlePorts {
  readonly target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
  /** Wall clock, ms: it goes on while a device sleeps. */
  readonly utcMs: () => number;
  /** Somebody exercises: their hands are elsewhere. */
  readonly isBusy: () => boolean;
  readonly onIdle: () => void;
}

/** Calls back once nobody was there for ten minutes; returns the end of watching. */
export function watchIdle({ target, utcMs, isBusy, onIdle }: IdlePorts): () => void {
  let lastMs = utcMs();
  const note = () => {
    lastMs = utcMs();
  };
  const timer = setInterval(() => {
    const passedMs = utcMs() - lastMs;
    // A clock that was set back says nothing: the time is counted from now.
    if (isBusy() || passedMs < 0) note();
    else if (passedMs >= IDLE_MS) onIdle();
  }, LOOK_EVERY_MS);
  for (const sign of SIGNS_OF_LIFE) target.addEventListener(sign, note, { passive: true });
  return () => {
    clearInterval(timer);
    for (const sign of SIGNS_OF_LIFE) target.removeEventListener(sign, note);
  };
}
