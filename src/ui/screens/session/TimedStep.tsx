import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useMemo } from 'react';
import { motionDefinition } from '../../../core/exercise/motion-definitions.ts';
import { segmentPoseInto } from '../../../core/exercise/motion-pose.ts';
import { Figure } from '../../components/Figure.tsx';
import { SecondsLeft } from '../../components/SecondsLeft.tsx';
import { demonstrationRad } from '../../demonstration.ts';
import { useRoom } from '../../services-context.ts';
import type { Avatar } from '../../services.ts';
import { currentItem, currentSide } from '../../stores/session-sets.ts';
import { useReducedMotion } from '../../theme.ts';
import { exerciseWords } from '../../text/exercise-text.ts';
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
  const reducedMotion = useReducedMotion();
  const item = currentItem(flow);
  const exerciseId = item?.exerciseId ?? 'E01';
  const side = currentSide(flow);
  const pose = useMemo(() => new Float64Array(20), []);
  const onMount = useCallback(
    (avatar: Avatar) => avatar.setPosture(motionDefinition(exerciseId).posture),
    [exerciseId],
  );
  const onFrame = useCallback(
    (avatar: Avatar, nowMs: number) => {
      const definition = motionDefinition(exerciseId);
      const primaryRad = reducedMotion ? 0 : demonstrationRad(definition, nowMs / 1000);
      avatar.setSegments(segmentPoseInto(pose, definition, primaryRad, side));
    },
    [exerciseId, pose, reducedMotion, side],
  );
  const { timed, paused } = flow;
  if (item === null || timed === null) return null;
  const words = exerciseWords(exerciseId);
  const asked = timed.phase === 'asked';
  return (
    <SessionFrame
      name={t(words.title)}
      step={null}
      title={asked ? t`Did you do them all?` : t`${timed.repetition + 1} of ${item.repetitions}`}
      lead={
        item.mode === 'timer' ? (
          <Trans>The clock leads this one. No sensor counts it.</Trans>
        ) : (
          <Trans>You count this one yourself. No sensor can see it.</Trans>
        )
      }
      stage={
        <Figure
          className="stage-figure stage-figure-medium figure-fades"
          label={t`A figure from behind shows the movement`}
          onMount={onMount}
          onFrame={onFrame}
        />
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
                {timed.phase === 'hold' && item.mode === 'timer' ? (
                  <Trans>seconds to hold</Trans>
                ) : timed.phase === 'hold' ? (
                  <Trans>seconds for this one</Trans>
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
        <StopPair pausable={!asked} />
      </div>
    </SessionFrame>
  );
}
