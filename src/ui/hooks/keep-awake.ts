/** What is needed of the browser to keep the screen on. */
export interface AwakePorts {
  readonly wakeLock: Pick<WakeLock, 'request'>;
  readonly page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
}

/**
 * Keeps the screen on until the returned function is called. The browser takes the lock away whenever the page is hidden,
 * and may at low battery: it is asked for again whenever the page can be seen.
 */
export function keepAwake({ wakeLock, page }: AwakePorts): () => void {
  let lock: WakeLockSentinel | null = null;
  let asking = false;
  let over = false;
  const take = async (): Promise<void> => {
    if (over || asking || lock !== null || page.visibilityState !== 'visible') return;
    asking = true;
    try {
      const taken = await wakeLock.request('screen');
      lock = taken;
      taken.addEventListener('release', () => {
        if (lock === taken) lock = null;
      });
      if (over) await taken.release();
    } catch {
      // Refused, as at low battery: the session goes on, and the next return to the page asks again.
    } finally {
      asking = false;
    }
  };
  const onVisible = (): void => void take();
  onVisible();
  page.addEventListener('visibilitychange', onVisible);
  return () => {
    over = true;
    page.removeEventListener('visibilitychange', onVisible);
    void lock?.release().catch(() => undefined);
  };
}
