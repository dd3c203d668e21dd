import type { ReactNode } from 'react';

/** Seconds that are seen and never read out one by one; aloud goes what begins, what is waited for, and that it is over. */
export function StillCountdown({
  seconds,
  waiting,
  said,
}: {
  /** What the ring beside it shows, in words; null while nothing runs. */
  readonly seconds: ReactNode;
  /** Seen and read out in place of the seconds; null while nothing is waited for. */
  readonly waiting: ReactNode;
  /** Read out alone. */
  readonly said: ReactNode;
}) {
  const isWaiting = waiting !== null;
  return (
    <>
      {!isWaiting && seconds !== null && (
        <p className="countdown" role="timer">
          {seconds}
        </p>
      )}
      <p className={isWaiting ? 'countdown' : 'visually-hidden'} role="status">
        {isWaiting ? waiting : said}
      </p>
    </>
  );
}
