import { Trans } from '@lingui/react/macro';
import { SecondsLeft } from '../../components/SecondsLeft.tsx';
import { useRoom } from '../../services-context.ts';

/** When the step goes on by itself, and the way to stop that: nobody is hurried. */
export function GoesOn() {
  const { session } = useRoom();
  const runs = session((store) => store.flow.countdown !== null);
  const untilMs = session((store) => store.countdownEndsMs);
  const send = session((store) => store.send);
  if (!runs) return null;
  return (
    <div className="row row-apart" role="timer">
      <span className="muted">
        <Trans>
          Goes on by itself in <SecondsLeft untilMs={untilMs} /> s
        </Trans>
      </span>
      <button
        type="button"
        className="button button-second button-small"
        onClick={() => send({ kind: 'noHurry' })}
      >
        <Trans>Wait for me</Trans>
      </button>
    </div>
  );
}
