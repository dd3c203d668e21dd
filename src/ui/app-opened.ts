/** Away for less than this, the person has not opened the app anew. */
const AWAY_MS = 30_000;

let openedMs = 0;
let hiddenMs = NaN;

/** Begins to notice when the app is opened: its page loaded, or shown again after a while. */
export function watchOpening(): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') hiddenMs = performance.now();
    else if (performance.now() - hiddenMs >= AWAY_MS) openedMs = performance.now();
  });
}

/** A session is over: the next one's time begins here. */
export function countFromNow(): void {
  openedMs = performance.now();
}

/** How long the app has been open, s. */
export function openForS(): number {
  return (performance.now() - openedMs) / 1000;
}
