/** How often somebody was wrong in a row, and when last; kept on the disk, so that a reload does not wipe it. */
export interface Attempts {
  readonly failedCount: number;
  readonly lastUtcMs: number;
}

export const NO_ATTEMPTS: Attempts = { failedCount: 0, lastUtcMs: 0 };

/** Slips of the finger cost nothing. */
const FREE_COUNT = 3;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** How long the next try must still wait, ms: doubles with each failure. A clock that was set back shortens nothing. */
export function waitMs({ failedCount, lastUtcMs }: Attempts, utcMs: number): number {
  if (failedCount < FREE_COUNT) return 0;
  const whole = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failedCount - FREE_COUNT));
  return Math.max(0, whole - Math.max(0, utcMs - lastUtcMs));
}

/**
 * One try at a lock. Counted before it is made, by `keep`: who kills the page in between has tried all the same.
 *
 * @param open the key, or null where the secret is not the lock's
 */
export async function tryLock(
  attempts: Attempts,
  utcMs: number,
  keep: (attempts: Attempts) => PromiseLike<unknown>,
  open: () => Promise<CryptoKey | null>,
): Promise<CryptoKey | 'wrong' | 'wait'> {
  if (waitMs(attempts, utcMs) > 0) return 'wait';
  await keep({ failedCount: attempts.failedCount + 1, lastUtcMs: utcMs });
  const key = await open();
  if (key === null) return 'wrong';
  await keep(NO_ATTEMPTS);
  return key;
}
