/** Nobody touched anything for this long: whoever left the device open is protected. */
const USUAL_IDLE_MINUTES = 10;
const MS_PER_MINUTE = 60_000;
const LOOK_EVERY_MS = 10_000;
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

interface IdlePorts {
  readonly target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
  /** Wall clock, ms: it goes on while a device sleeps. */
  readonly utcMs: () => number;
  /** Somebody exercises: their hands are elsewhere. */
  readonly isBusy: () => boolean;
  readonly onIdle: () => void;
  /** Missing: ten. */
  readonly idleMinutes?: number;
}

/** Calls back once nobody was there for so many minutes; returns the end of watching. */
export function watchIdle({
  target,
  utcMs,
  isBusy,
  onIdle,
  idleMinutes = USUAL_IDLE_MINUTES,
}: IdlePorts): () => void {
  const idleMs = idleMinutes * MS_PER_MINUTE;
  let lastMs = utcMs();
  const note = () => {
    lastMs = utcMs();
  };
  const timer = setInterval(() => {
    const passedMs = utcMs() - lastMs;
    // A clock that was set back says nothing: the time is counted from now.
    if (isBusy() || passedMs < 0) note();
    else if (passedMs >= idleMs) onIdle();
  }, LOOK_EVERY_MS);
  for (const sign of SIGNS_OF_LIFE) target.addEventListener(sign, note, { passive: true });
  return () => {
    clearInterval(timer);
    for (const sign of SIGNS_OF_LIFE) target.removeEventListener(sign, note);
  };
}
