import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback } from 'react';
import { changesPosition } from '../../../core/care/programme/exercise-fit.ts';
import { hasMotion, motionDefinition } from '../../../core/exercise/motion-definitions.ts';
import { bestBySide } from '../../../core/pipeline/set-best.ts';
import { BestBars } from '../../components/BestBars.tsx';
import { Figure } from '../../components/Figure.tsx';
import { useExerciseFigure } from '../../hooks/use-exercise-figure.ts';
import { useRoom } from '../../services-context.ts';
import type { Avatar } from '../../services.ts';
import { currentItem, currentSide, isQuietBreathing } from '../../stores/current-item.ts';
import {
  itemTitle,
  libraryWords,
  quietBreathingSteps,
  variationWords,
} from '../../text/exercise-library-text.ts';
import { setSideSentence } from '../../text/speech-text.ts';
import { GoesOn } from './GoesOn.tsx';
import { SessionFrame } from './SessionFrame.tsx';
import { StopPair } from './StopPair.tsx';

/** Position and side are said first; the figure shows the movement. After the test: what it gave, then the exercise. */
export function PositionStep({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useLingui();
  const { session } = useRoom();
  const flow = session((store) => store.flow);
  const send = session((store) => store.send);
  const item = currentItem(flow);
  const exerciseId = item?.exerciseId ?? 'E01';
  const side = currentSide(flow);
  const figure = useExerciseFigure(exerciseId, side);
  const onMount = useCallback(
    (avatar: Avatar) => {
      figure.onMount(avatar);
      avatar.setWorn(session.getState().flow.sensors.map((sensor) => sensor.role));
    },
    [session, figure],
  );
  const how = libraryWords(exerciseId);
  const test = item?.test === true;
  const holds = hasMotion(exerciseId) && motionDefinition(exerciseId).tempo.holdS > 0;
  const stay = holds ? t`Stay there until the chime.` : '';
  const variation = item?.variation;
  const way = variation === undefined ? null : variationWords(exerciseId, variation);
  const isElsewhere = variation !== undefined && changesPosition(exerciseId, variation);
  const isQuiet = item !== null && isQuietBreathing(item);
  const sets = item?.setSides.length ?? 1;
  const tested = flow.testRepetitions.filter((repetition) => repetition.exerciseId === exerciseId);
  const best = bestBySide(tested);
  const known = item?.mode === 'sensor' && best.length > 0;
  return (
    <SessionFrame
      name={t(itemTitle({ exerciseId, test }))}
      step={null}
      title={
        test
          ? flow.itemIndex === 0
            ? t`First a test`
            : t`Now a test`
          : flow.setIndex === 0
            ? flow.itemIndex === 0
              ? t`Get ready`
              : t`Now the exercise`
            : t`Set ${flow.setIndex + 1} of ${sets}`
      }
      lead={
        item?.mode === 'timer' ? (
          <Trans>The clock leads this one. You need not look.</Trans>
        ) : item?.mode === 'breaths' ? (
          <Trans>The sounds lead your breath. Close your eyes if you like.</Trans>
        ) : item?.mode === 'self' ? (
          <Trans>The app gives the pace and asks afterwards. No sensor counts this one.</Trans>
        ) : flow.gentle ? (
          test ? (
            <Trans>Gently, only as far as it stays easy. It sets your target.</Trans>
          ) : (
            <>
              <Trans>Your target is half of your furthest.</Trans> {stay}
            </>
          )
        ) : test && side !== null ? (
          <Trans>As far as feels fine. It sets your target.</Trans>
        ) : test ? (
          <Trans>Each side, as far as feels fine. It sets your target.</Trans>
        ) : (
          <>
            <Trans>Your target is a little short of your furthest.</Trans> {stay}
          </>
        )
      }
      stage={
        isElsewhere ? null : (
          <Figure
            className="stage-figure stage-figure-medium figure-fades"
            label={hasMotion(exerciseId) ? t`A figure shows the exercise` : t`A figure in the start position`}
            onMount={onMount}
            onFrame={figure.onFrame}
          />
        )
      }
      onLeave={onLeave}
    >
      <div className="session-body">
        {side !== null &&
          setSideSentence(exerciseId, side).map((words) => (
            <p key={words.id} className="centered">
              <b>{t(words)}</b>
            </p>
          ))}
        {!test && known && (
          <section className="card">
            <h2>
              <Trans>Your test</Trans>
            </h2>
            <BestBars best={best} repetitions={tested} />
          </section>
        )}
        {way !== null && (
          <section className="card">
            <p className="small">
              <Trans>Your way of it today</Trans>
            </p>
            <p className="lead">{t(way)}</p>
          </section>
        )}
        {!isElsewhere && (test || !known) && (
          <section className="card">
            {!isQuiet && <p>{t(how.start)}</p>}
            <ol className="steps-list">
              {(isQuiet ? quietBreathingSteps() : how.steps).map((step) => (
                <li key={step.id}>{t(step)}</li>
              ))}
            </ol>
          </section>
        )}
      </div>
      <div className="session-actions">
        <GoesOn />
        <StopPair
          pausable={false}
          beside={
            <button
              type="button"
              className="button button-primary button-wide button-big"
              onClick={() => send({ kind: 'ready' })}
            >
              {test ? <Trans>Start the test</Trans> : <Trans>Start the exercise</Trans>}
            </button>
          }
        />
      </div>
    </SessionFrame>
  );
}
