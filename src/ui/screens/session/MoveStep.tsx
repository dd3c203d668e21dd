import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useState } from 'react';
import { LIVE_FRAME } from '../../../core/pipeline/live-frame.ts';
import { Figure } from '../../components/Figure.tsx';
import { StillCountdown } from '../../components/StillCountdown.tsx';
import { StillRing } from '../../components/StillRing.tsx';
import { useRoom } from '../../services-context.ts';
import type { Avatar } from '../../services.ts';
import { utteranceText } from '../../text/speech-text.ts';
import { Caption, SessionFrame } from './SessionFrame.tsx';
import { StopPair } from './StopPair.tsx';

const SEGMENTS = new Float64Array(20);

/** Stand tall, then a bow and an arm raise: the figure follows from the first of them on. */
export function MoveStep({
  step,
  onLeave,
}: {
  readonly step: 'standTall' | 'bow' | 'armRaise';
  readonly onLeave: () => void;
}) {
  const { t, i18n } = useLingui();
  const { services, session } = useRoom();
  const runs = session((store) => store.flow.stepRuns);
  const moving = session((store) => store.flow.movingSensors.length > 0);
  const plan = session((store) => store.flow.plan);
  const caption = session((store) => store.caption);
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);
  const onSeconds = useCallback((left: number) => setSecondsLeft(left), []);
  const onMount = useCallback(
    (avatar: Avatar) => {
      avatar.setPosture('standing');
      avatar.setWorn(session.getState().flow.sensors.map((sensor) => sensor.role));
    },
    [session],
  );
  const onFrame = useCallback(
    (avatar: Avatar) => {
      const frame = services.session.latestFrame();
      if (frame === null) return;
      for (let i = 0; i < SEGMENTS.length; i++) SEGMENTS[i] = frame[LIVE_FRAME.qFacingFromSegment + i] ?? NaN;
      avatar.setSegments(SEGMENTS);
    },
    [services],
  );
  const stands = step === 'standTall' && runs;
  const arm = plan?.armSide ?? 'right';
  const words = {
    standTall: {
      name: t`Stand tall`,
      title: t`Stand tall and look ahead`,
      lead: t`Arms by your side. Breathe as you like.`,
    },
    bow: {
      name: t`Quick check`,
      title: t`That's your back. Bow, and I'll follow.`,
      lead: t`Twice forward as far as feels fine, and up again.`,
    },
    armRaise: {
      name: t`Quick check`,
      title: arm === 'left' ? t`Raise your left arm` : t`Raise your right arm`,
      lead: t`To the front, up to shoulder height, then down again.`,
    },
  }[step];
  const said = caption === null || step === 'standTall' ? null : utteranceText(i18n, caption);
  return (
    <SessionFrame
      name={words.name}
      step={step === 'standTall' ? 3 : 4}
      title={words.title}
      lead={words.lead}
      stage={
        <div className={step === 'standTall' ? 'ring-box ring-box-large' : 'bow-box'}>
          {step === 'standTall' && plan !== null && (
            <StillRing
              durationS={plan.tallS}
              runs={runs}
              label={t`Ring: how long you stood still`}
              onSeconds={onSeconds}
            />
          )}
          <Figure
            key={step === 'standTall' ? 'still' : 'moves'}
            className={step === 'standTall' ? 'figure-fades' : 'stage-figure figure-fades'}
            label={t`You from behind`}
            onMount={onMount}
            onFrame={onFrame}
          />
        </div>
      }
      onLeave={onLeave}
    >
      <div className="session-body">
        <StillCountdown
          seconds={
            stands && secondsLeft !== null ? (
              <>
                <b className="count">{secondsLeft}</b>
                <span className="muted">
                  <Plural value={secondsLeft} one="second more" other="seconds more" />
                </span>
              </>
            ) : null
          }
          waiting={
            stands && moving ? (
              <b>
                <Trans>Waiting until you stand still</Trans>
              </b>
            ) : null
          }
          said={
            step !== 'standTall' ? (
              <Trans>You stood still long enough.</Trans>
            ) : stands && secondsLeft !== null && plan !== null ? (
              <Plural value={plan.tallS} one="Stand still for # second." other="Stand still for # seconds." />
            ) : null
          }
        />
        <Caption text={said === words.title ? null : said} />
      </div>
      <div className="session-actions">
        <StopPair pausable={false} />
      </div>
    </SessionFrame>
  );
}
