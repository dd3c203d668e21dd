import { useLingui } from '@lingui/react/macro';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Redirect, useLocation } from 'wouter';
import { keepAwake } from '../../hooks/keep-awake.ts';
import { isSet, useAbsence } from '../../hooks/use-absence.ts';
import { useStrayGuard } from '../../hooks/use-stray-guard.ts';
import { useRoom } from '../../services-context.ts';
import { kitMonitor } from '../../stores/kit-monitor.ts';
import { logProblems } from '../../stores/problem-log.ts';
import { usePreferences } from '../../stores/preferences-store.ts';
import { AbsenceSheet } from './AbsenceSheet.tsx';
import { ConnectStep } from './ConnectStep.tsx';
import { DoneStep } from './DoneStep.tsx';
import { ExerciseStep } from './ExerciseStep.tsx';
import { FoundStep } from './FoundStep.tsx';
import { LeaveSheet } from './LeaveSheet.tsx';
import { MoveStep } from './MoveStep.tsx';
import { PainHighStep } from './PainHighStep.tsx';
import { PainStep } from './PainStep.tsx';
import { PositionStep } from './PositionStep.tsx';
import { RestStep } from './RestStep.tsx';
import { SessionFrame } from './SessionFrame.tsx';
import { StrapOnStep } from './StrapOnStep.tsx';
import { SwapArmStep } from './SwapArmStep.tsx';
import { TimedStep } from './TimedStep.tsx';
import { UnwellStep } from './UnwellStep.tsx';

const SensorPanel = lazy(async () => ({
  default: (await import('../../components/SensorPanel.tsx')).SensorPanel,
}));

/** One guided session, full screen. Which step is shown is the flow's affair alone. */
export function SessionScreen() {
  const { t } = useLingui();
  const room = useRoom();
  const { services, session } = room;
  const { usePanel } = kitMonitor(room);
  const panelOpen = usePanel((panel) => panel.open);
  const [, navigate] = useLocation();
  const door = usePreferences((preferences) => preferences.door);
  const step = session((store) => store.flow.step);
  // The last question has a page of its own, in the same step.
  const asksPlace = session((store) => store.flow.step === 'painAfter' && store.flow.painAfter !== null);
  const isByClock = session((store) => store.flow.plan?.kit === 'none');
  const send = session((store) => store.send);
  const [leaving, setLeaving] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  // So have the questions after a fall, and the words of help.
  const asksAfterFall = session((store) => store.flow.fall !== null);
  const isStillUnwell = session((store) => store.flow.stillUnwell);
  const shown = [step, asksPlace, asksAfterFall, isStillUnwell].join(' ');
  const takeStray = useStrayGuard(shown);

  // A new step is a new page for who cannot see it: the heading takes the focus.
  useEffect(() => {
    place.current?.querySelector('h1')?.focus();
    scrollTo(0, 0);
  }, [shown]);

  // The figure is wanted soon: its parts come while the sensors lie on the table.
  useEffect(() => {
    void services.avatar.load().catch(() => undefined);
  }, [services]);

  // Who goes to another page sees no set: nothing counts until they are back and go on.
  useEffect(
    () => () => {
      send({ kind: 'pause' });
    },
    [send],
  );

  useEffect(() => logProblems(room), [room]);

  const { absence, seen } = useAbsence();

  useWakeLock(step !== 'idle' && step !== 'done');

  if (step === 'idle') return <Redirect to={door === null ? '/' : '/today'} replace />;

  const askToLeave = () => {
    send({ kind: 'noHurry' });
    setLeaving(true);
  };
  const leave = () => {
    setLeaving(false);
    send({ kind: 'leave' });
    navigate(door === null ? '/' : '/today');
  };
  const content = () => {
    switch (step) {
      case 'painBefore':
      case 'painAfter':
        return <PainStep key={step} when={step} onLeave={askToLeave} />;
      case 'painHigh':
        return <PainHighStep onRest={leave} onLeave={leave} />;
      case 'unwell':
        return <UnwellStep onLeave={askToLeave} />;
      case 'connect':
        return isByClock ? (
          <SessionFrame name={t`Get ready`} step={null} title={t`One moment`} onLeave={askToLeave}>
            {null}
          </SessionFrame>
        ) : (
          <ConnectStep onLeave={askToLeave} />
        );
      case 'strapOn':
        return <StrapOnStep onLeave={askToLeave} />;
      case 'standTall':
      case 'bow':
      case 'armRaise':
        return <MoveStep step={step} onLeave={askToLeave} />;
      case 'found':
        return <FoundStep onLeave={askToLeave} />;
      case 'swapArm':
        return <SwapArmStep onLeave={askToLeave} />;
      case 'position':
        return <PositionStep onLeave={askToLeave} />;
      case 'set':
        return <ExerciseStep />;
      case 'timed':
        return <TimedStep />;
      case 'rest':
        return <RestStep onLeave={askToLeave} />;
      case 'saving':
        return (
          <SessionFrame name={t`Saving`} step={null} title={t`Saving your session`} onLeave={null}>
            <p className="centered muted" role="status">
              {t`The whole recording is worked through once more. This takes a few seconds.`}
            </p>
          </SessionFrame>
        );
      case 'done':
        return <DoneStep />;
    }
  };

  return (
    <div ref={place} onClickCapture={takeStray}>
      {content()}
      {panelOpen && (
        <Suspense fallback={null}>
          <SensorPanel onClose={() => usePanel.setState({ open: false })} />
        </Suspense>
      )}
      {absence !== null && isSet(step) && (
        <AbsenceSheet
          absence={absence}
          onGoOn={() => {
            seen();
            send({ kind: 'resume' });
          }}
          onClose={seen}
        />
      )}
      {leaving && <LeaveSheet onStay={() => setLeaving(false)} onLeave={leave} />}
    </div>
  );
}

/** Keeps the screen on while a session runs, where the browser can. */
function useWakeLock(wanted: boolean) {
  useEffect(() => {
    if (!wanted || !('wakeLock' in navigator)) return undefined;
    return keepAwake({ wakeLock: navigator.wakeLock, page: document });
  }, [wanted]);
}
