/** Held by the one tab that records in this browser profile. The browser frees it when the holder dies. */
const RECORDING_LOCK = 'thora-recording';
const SESSION_LOCK_PREFIX = 'thora-recording:';
/** A reloaded page may meet the lock of its dying predecessor. */
const GRACE_MS = 1500;

export type LockPort = Pick<LockManager, 'request' | 'query'>;

/** Takes the lock for one session; null when another tab keeps it. Call the result to release. */
export async function takeRecordingLock(locks: LockPort, sessionId: string): Promise<(() => void) | null> {
  const release = await holdRecordingLock(locks);
  if (!release) return null;
  // A second name tells readers which session is running, so that they do not offer it as unfinished.
  const releaseSession = await holdLock(locks, SESSION_LOCK_PREFIX + sessionId);
  if (!releaseSession) {
    release();
    return null;
  }
  return () => {
    releaseSession();
    release();
  };
}

/** Keeps everybody from recording; null when somebody records. Call the result to release. */
export function holdRecordingLock(locks: LockPort): Promise<(() => void) | null> {
  return holdLock(locks, RECORDING_LOCK);
}

async function holdLock(locks: LockPort, name: string): Promise<(() => void) | null> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), GRACE_MS);
  return new Promise((resolve, reject) => {
    locks
      .request(name, { signal: patience.signal }, () => {
        clearTimeout(timer);
        return new Promise<void>((release) => resolve(release));
      })
      .catch((error: unknown) => {
        clearTimeout(timer);
        if (patience.signal.aborted) resolve(null);
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
  });
}

/** Ids of sessions that some tab is recording now. */
export async function runningSessionIds(locks: LockPort): Promise<ReadonlySet<string>> {
  const { held = [] } = await locks.query();
  const ids = new Set<string>();
  for (const { name } of held) {
    if (name?.startsWith(SESSION_LOCK_PREFIX)) ids.add(name.slice(SESSION_LOCK_PREFIX.length));
  }
  return ids;
}

/** Outside secure contexts browsers have no Web Locks: nothing keeps two tabs apart there, and recording works. */
export const NO_LOCKS: LockPort = {
  request: (async (name: string, _options: LockOptions, callback: LockGrantedCallback<unknown>) =>
    callback({ name, mode: 'exclusive' })) as LockPort['request'],
  query: () => Promise.resolve({ held: [], pending: [] }),
};
