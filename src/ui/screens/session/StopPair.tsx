import { Trans, useLingui } from '@lingui/react/macro';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import Square from 'lucide-react/icons/square';
import { useEffect, useState, type MouseEvent, type ReactNode } from 'react';
import { Sheet } from '../../components/Sheet.tsx';
import { useFreshGuard } from '../../hooks/use-fresh-guard.ts';
import { useRoom } from '../../services-context.ts';
import type { StopReason } from '../../stores/session-flow-state.ts';

/** Pause and Stop: always in the same place, always the same words. Space pauses, Escape stops. */
export function StopPair({
  pausable,
  beside,
}: {
  readonly pausable: boolean;
  /** Stands where Pause does in a set; missing: Stop has the width. */
  readonly beside?: ReactNode;
}) {
  const { session } = useRoom();
  const send = session((store) => store.send);
  const paused = session((store) => store.flow.paused);
  const [asking, setAsking] = useState(false);
  const isStray = useFreshGuard();

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A sheet that lies over the set has the keys to itself.
      if (asking || document.querySelector('dialog[open]') !== null) return;
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      // A key held down, or pressed for the button that stood here before.
      if (event.repeat || isStray(event)) return;
      const onControl =
        event.target instanceof HTMLElement && event.target.closest('button, a, input, select') !== null;
      if (event.key === ' ' && pausable && !onControl) {
        event.preventDefault();
        send({ kind: session.getState().flow.paused === null ? 'pause' : 'resume' });
      }
      if (event.key === 'Escape') {
        event.preventDefault();
        if (session.getState().flow.paused === null) send({ kind: 'pause' });
        setAsking(true);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [asking, isStray, pausable, send, session]);

  const ask = (event: MouseEvent) => {
    if (isStray(event)) return;
    // A set stands still, and nothing goes on by itself under the question.
    if (paused === null) send({ kind: 'pause' });
    setAsking(true);
  };

  return (
    <>
      <div className={pausable || beside !== undefined ? 'pair' : undefined}>
        {beside}
        {pausable && (
          <button
            type="button"
            className={`button button-big ${paused === null ? 'button-second' : 'button-primary'}`}
            onClick={(event) => {
              if (!isStray(event)) send({ kind: paused === null ? 'pause' : 'resume' });
            }}
          >
            {paused === null ? (
              <>
                <Pause size={26} strokeWidth={1.75} aria-hidden="true" />
                <Trans>Pause</Trans>
              </>
            ) : (
              <>
                <Play size={26} strokeWidth={1.75} aria-hidden="true" />
                <Trans>Go on</Trans>
              </>
            )}
            <kbd aria-hidden="true">
              <Trans>Space</Trans>
            </kbd>
          </button>
        )}
        <button type="button" className="button button-stop button-big button-wide" onClick={ask}>
          <Square size={26} strokeWidth={1.75} aria-hidden="true" />
          <Trans>Stop</Trans>
          <kbd aria-hidden="true">
            <Trans>Esc</Trans>
          </kbd>
        </button>
      </div>
      {asking && (
        <StopReasons
          onClose={() => setAsking(false)}
          onGoOn={() => {
            setAsking(false);
            if (session.getState().flow.paused === 'person') send({ kind: 'resume' });
          }}
          onChoose={(reason) => {
            setAsking(false);
            send({ kind: 'stop', reason });
          }}
        />
      )}
    </>
  );
}

function StopReasons({
  onClose,
  onGoOn,
  onChoose,
}: {
  readonly onClose: () => void;
  readonly onGoOn: () => void;
  readonly onChoose: (reason: StopReason) => void;
}) {
  const { t } = useLingui();
  const isStray = useFreshGuard();
  const choose = (reason: StopReason) => (event: MouseEvent) => {
    if (!isStray(event)) onChoose(reason);
  };
  return (
    <Sheet title={t`Why do you stop?`} onClose={onClose}>
      <div className="session-actions">
        <button type="button" className="button button-primary button-wide" onClick={onGoOn}>
          <Trans>I go on</Trans>
        </button>
        <button type="button" className="button button-second button-wide" onClick={choose('finished')}>
          <Trans>I am finished</Trans>
        </button>
        <button type="button" className="button button-second button-wide" onClick={choose('pain')}>
          <Trans>It hurts</Trans>
        </button>
        <button type="button" className="button button-stop button-wide" onClick={choose('unwell')}>
          <Trans>I feel dizzy or unwell</Trans>
        </button>
        <button type="button" className="button button-quiet" onClick={choose('other')}>
          <Trans>Something else</Trans>
        </button>
      </div>
    </Sheet>
  );
}
