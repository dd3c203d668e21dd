import { Trans, useLingui } from '@lingui/react/macro';
import { changesPosition } from '../../../core/care/programme/exercise-fit.ts';
import { hasMotion } from '../../../core/exercise/motion-definitions.ts';
import { Figure } from '../../components/Figure.tsx';
import { SecondsLeft } from '../../components/SecondsLeft.tsx';
import { useExerciseFigure } from '../../hooks/use-exercise-figure.ts';
import { useRoom } from '../../services-context.ts';
import { currentSide, currentTimedItem, isQuietBreathing } from '../../stores/current-item.ts';
import { itemTitle, quietBreathingSteps } from '../../text/exercise-library-text.ts';
import { exerciseWords, moveCount } from '../../text/exercise-text.ts';
import { utteranceText } from '../../text/speech-text.ts';
import { Caption, SessionFrame } from './SessionFrame.tsx';
import { StopPair } from './StopPair.tsx';

/** A set that no sensor counts: the clock leads it, or the person counts and is asked at its end. */
export function TimedStep() {
  const { t, i18n } = useLingui();
  const { session } = useRoom();
  const flow = session((store) => store.flow);
  const caption = session((store) => store.caption);
  const untilMs = session((store) => store.countdownEndsMs);
  const send = session((store) => store.send);
  const item = currentTimedItem(flow);
  const exerciseId = item?.exerciseId ?? 'E12';
  const { onMount, onFrame } = useExerciseFigure(exerciseId, currentSide(flow));
  const { timed, paused } = flow;
  if (item === null || timed === null) return null;
  const words = exerciseWords(exerciseId);
  const asked = timed.phase === 'asked';
  const isQuiet = isQuietBreathing(item);
  const lead = isQuiet ? quietBreathingSteps().at(-1) : undefined;
  return (
    <SessionFrame
      name={t(itemTitle(item))}
      step={null}
      title={
        asked
          ? t`Did you do them all?`
          : isQuiet
            ? t(itemTitle(item))
            : t(moveCount(words.move, timed.repetition + 1, item.repetitions))
      }
      lead={
        item.mode === 'self' ? (
          <Trans>The app gives the pace and asks afterwards. No sensor counts this one.</Trans>
        ) : (
          t(lead ?? words.cue)
        )
      }
      stage={
        // The figure knows the exercise as it stands in the library, and no other position.
        item.variation !== undefined && changesPosition(exerciseId, item.variation) ? null : (
          <Figure
            className="stage-figure stage-figure-medium figure-fades"
            label={hasMotion(exerciseId) ? t`A figure shows the exercise` : t`A figure in the start position`}
            onMount={onMount}
            onFrame={onFrame}
          />
        )
      }
      onLeave={null}
    >
      <div className="session-body">
        <p className="countdown" role="timer">
          {paused !== null ? (
            <b>
              <Trans>Paused. Rest as long as you like</Trans>
            </b>
          ) : (
            <>
              <SecondsLeft untilMs={untilMs + 1000 * timed.leftS} />
              <span className="muted">
                {isQuiet && timed.phase === 'hold' ? (
                  <Trans>seconds to sit still</Trans>
                ) : timed.phase === 'hold' && item.mode === 'timer' ? (
                  <Trans>seconds to hold</Trans>
                ) : timed.phase === 'hold' ? (
                  <Trans>seconds for this one</Trans>
                ) : timed.phase === 'breatheIn' ? (
                  <Trans>seconds to breathe in</Trans>
                ) : timed.phase === 'breatheOut' ? (
                  <Trans>seconds to breathe out</Trans>
                ) : timed.phase === 'asked' ? (
                  <Trans>seconds, then it goes on</Trans>
                ) : (
                  <Trans>seconds of rest</Trans>
                )}
              </span>
            </>
          )}
        </p>
        <Caption text={caption === null ? null : utteranceText(i18n, caption)} />
      </div>
      <div className="session-actions">
        {asked && (
          <>
            <button
              type="button"
              className="button button-primary button-wide button-big"
              onClick={() => send({ kind: 'didAll', all: true })}
            >
              <Trans>Yes, all</Trans>
            </button>
            <button
              type="button"
              className="button button-second button-wide"
              onClick={() => send({ kind: 'didAll', all: false })}
            >
              <Trans>Not all</Trans>
            </button>
          </>
        )}
        {item.repetitions === 1 && timed.phase === 'hold' && paused === null && (
          <button
            type="button"
            className="button button-second button-wide"
            onClick={() => {
              const leftS = timed.leftS + Math.max(0, untilMs - performance.now()) / 1000;
              send({ kind: 'enough', heldS: Math.max(0, item.holdS - leftS) });
            }}
          >
            <Trans>That is enough</Trans>
          </button>
        )}
        <StopPair pausable={!asked} />
      </div>
    </SessionFrame>
  );
}
