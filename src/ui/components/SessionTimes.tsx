import { Trans, useLingui } from '@lingui/react/macro';
import type { SessionTimes as Times } from '../../core/pipeline/session-stopwatch.ts';

/** What the app's own stopwatch says of getting ready; nothing where it says nothing. */
export function SessionTimes({ times }: { readonly times: Times | undefined }) {
  const duration = useDuration();
  const opened = times?.openedToFirstMoveS ?? null,
    donning = times?.donningS ?? null;
  if (opened === null && donning === null) return null;
  return (
    <section className="card stack">
      <h2>
        <Trans>Getting ready</Trans>
      </h2>
      <dl className="pairs">
        {opened !== null && (
          <>
            <dt>
              <Trans>From opening Thora to your first move that counted</Trans>
            </dt>
            <dd>{duration(opened)}</dd>
          </>
        )}
        {donning !== null && (
          <>
            <dt>
              <Trans>Putting the sensors on</Trans>
            </dt>
            <dd>{duration(donning)}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** 48 -> "48 s", 135 -> "2 min 15 s". */
export function useDuration(): (seconds: number) => string {
  const { t } = useLingui();
  return (seconds) => {
    const whole = Math.round(seconds),
      minutes = Math.floor(whole / 60),
      rest = whole % 60;
    return minutes === 0 ? t`${rest} s` : t`${minutes} min ${rest} s`;
  };
}
