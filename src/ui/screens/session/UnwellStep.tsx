import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Notice } from '../../components/Notice.tsx';
import { useRoom } from '../../services-context.ts';
import { SessionFrame } from './SessionFrame.tsx';

const REST_S = 120;

/** Dizzy or unwell: sit, two minutes, and get help when it does not pass (stop rules S-4 and S-5). */
export function UnwellStep({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useLingui();
  const { session } = useRoom();
  const send = session((store) => store.send);
  const still = session((store) => store.flow.stillUnwell);
  const secondsLeft = useCountdown(REST_S);
  const minutes = `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, '0')}`;
  return (
    <SessionFrame
      name={t`Stopped`}
      step={null}
      title={still ? t`Get help today` : t`Sit down and rest`}
      lead={
        still ? (
          <Trans>Stay seated. Do not exercise any more today, and do not drive.</Trans>
        ) : (
          <Trans>The exercise has stopped. Breathe calmly for two minutes. Do not stand up yet.</Trans>
        )
      }
      onLeave={onLeave}
    >
      <div className="session-body">
        <Notice tone="stop" alert>
          <p>
            <b>
              <Trans>
                Chest pain, short breath, a racing heart or fainting: call your local emergency number now.
              </Trans>
            </b>
          </p>
          {still && (
            <p>
              <Trans>
                Otherwise call your doctor or a health line today, and ask someone to stay with you until you
                feel well.
              </Trans>
            </p>
          )}
        </Notice>
        {!still && (
          <>
            <p className="countdown" role="timer">
              {secondsLeft > 0 && <b className="count">{minutes}</b>}
            </p>
            <h2 className="centered" role="status">
              {secondsLeft === 0 && <Trans>Two minutes are over. How do you feel?</Trans>}
            </h2>
          </>
        )}
      </div>
      <div className="session-actions">
        {still ? (
          <button
            type="button"
            className="button button-primary button-wide"
            onClick={() => send({ kind: 'restOver' })}
          >
            <Trans>Save the session and end</Trans>
          </button>
        ) : (
          <>
            <button
              type="button"
              className="button button-stop button-wide"
              onClick={() => send({ kind: 'stillUnwell' })}
            >
              <Trans>It does not get better</Trans>
            </button>
            <button
              type="button"
              className="button button-second button-wide"
              disabled={secondsLeft > 0}
              onClick={() => send({ kind: 'restOver' })}
            >
              <Trans>It has passed</Trans>
            </button>
          </>
        )}
      </div>
    </SessionFrame>
  );
}

/** Whole seconds left, by the clock: a page that slept in between is not late. */
function useCountdown(durationS: number): number {
  const [untilMs] = useState(() => performance.now() + 1000 * durationS);
  const [secondsLeft, setSecondsLeft] = useState(durationS);
  useEffect(() => {
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((untilMs - performance.now()) / 1000));
      setSecondsLeft(left);
      if (left === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [untilMs]);
  return secondsLeft;
}
