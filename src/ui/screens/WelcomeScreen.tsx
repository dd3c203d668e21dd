import { Trans, useLingui } from '@lingui/react/macro';
import Bluetooth from 'lucide-react/icons/bluetooth';
import House from 'lucide-react/icons/house';
import Play from 'lucide-react/icons/play';
import Users from 'lucide-react/icons/users';
import Wrench from 'lucide-react/icons/wrench';
import { useCallback, useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { motionDefinition } from '../../core/exercise/motion-definitions.ts';
import { segmentPoseInto } from '../../core/exercise/motion-pose.ts';
import { useBeginSession } from '../components/BeginSession.tsx';
import { Brand } from '../components/Brand.tsx';
import { Figure } from '../components/Figure.tsx';
import { LanguageChoice } from '../components/LanguageChoice.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { LazyUnfinished } from '../components/LazyUnfinished.tsx';
import { demonstrationRad } from '../demonstration.ts';
import { useSessions } from '../hooks/use-sessions.ts';
import type { Avatar } from '../services.ts';
import { planSession } from '../start-session.ts';
import { usePreferences, type Door } from '../stores/preferences-store.ts';
import { useReducedMotion } from '../theme.ts';

const DOOR_PAGES: Record<Door, string> = { exercise: '/today', patients: '/patients', build: '/workshop' };
const WORN = ['upperBack', 'lowerBack', 'upperArmRight'] as const;

export function WelcomeScreen() {
  const { t } = useLingui();
  const { begin: startSession, sheet } = useBeginSession();
  const { state, reload } = useSessions();
  const [, navigate] = useLocation();
  const reducedMotion = useReducedMotion();
  const door = usePreferences((preferences) => preferences.door);
  const change = usePreferences((preferences) => preferences.change);
  const [explains, setExplains] = useState(false);
  const pose = useMemo(() => new Float64Array(20), []);
  const onMount = useCallback((avatar: Avatar) => {
    avatar.setPosture('standing');
    avatar.setWorn(WORN);
  }, []);
  const onFrame = useCallback(
    (avatar: Avatar, nowMs: number) => {
      const turn = { ...motionDefinition('E01'), posture: 'standing' as const };
      const primaryRad = reducedMotion ? 0 : demonstrationRad(turn, nowMs / 1000, null);
      avatar.setSegments(segmentPoseInto(pose, turn, primaryRad));
      avatar.setArc({ exerciseId: 'E01', primaryRad, targetRad: null, lastPeakRad: null });
    },
    [pose, reducedMotion],
  );
  const enter = (chosen: Door) => {
    change({ door: chosen });
    navigate(DOOR_PAGES[chosen]);
  };
  const begin = (kit: 'virtual' | 'bluetooth') => {
    startSession(planSession({ kit, exerciseIds: ['E01'], roles: WORN, demonstration: kit === 'virtual' }));
  };
  return (
    <main className="welcome" id="main">
      <header className="row row-apart">
        <Brand />
        <LanguageChoice />
      </header>
      <Figure
        className="hero figure-fades"
        label={t`The back of a person with three sensors`}
        onMount={onMount}
        onFrame={onFrame}
      />
      <div className="welcome-words">
        {state.kind === 'ready' && <LazyUnfinished sessions={state.sessions} onChange={reload} />}
        <h1>
          <Trans>Move your upper back more freely</Trans>
        </h1>
        <p className="muted">
          <Trans>Thora follows your back and tells you, in plain words, what it sees.</Trans>
        </p>
        <button type="button" className="button button-primary" onClick={() => begin('virtual')}>
          <Play size={22} strokeWidth={1.75} aria-hidden="true" />
          <Trans>Try it now, no sensors</Trans>
        </button>
        <button type="button" className="button button-second" onClick={() => begin('bluetooth')}>
          <Bluetooth size={22} strokeWidth={1.75} aria-hidden="true" />
          <Trans>I have sensors</Trans>
        </button>
        <p className="small centered">
          <Trans>A prototype, not a medical device.</Trans>{' '}
          <button type="button" className="text-button" onClick={() => setExplains(true)}>
            <Trans>What that means</Trans>
          </button>
        </p>
        <nav aria-label={t`Ways into Thora`}>
          <p className="small doors-title">
            <Trans>Thora is for me because</Trans>
          </p>
          <div className="doors">
            <DoorButton chosen={door === 'exercise'} onClick={() => enter('exercise')}>
              <House size={24} strokeWidth={1.75} aria-hidden="true" />
              <Trans>I exercise at home</Trans>
            </DoorButton>
            <DoorButton chosen={door === 'patients'} onClick={() => enter('patients')}>
              <Users size={24} strokeWidth={1.75} aria-hidden="true" />
              <Trans>I look after patients</Trans>
            </DoorButton>
            <DoorButton chosen={door === 'build'} onClick={() => enter('build')}>
              <Wrench size={24} strokeWidth={1.75} aria-hidden="true" />
              <Trans>I build or test</Trans>
            </DoorButton>
          </div>
        </nav>
      </div>
      {sheet}
      {explains && (
        <Sheet title={t`A prototype, not a medical device`} onClose={() => setExplains(false)}>
          <div className="stack">
            <p>
              <Trans>
                Thora measures movement and counts exercises. It does not find illness and does not replace a
                doctor or physiotherapist.
              </Trans>
            </p>
            <p>
              <Trans>
                Ask a doctor first after an injury or operation, with osteoporosis, with fever, with numbness
                or weakness, or with pain that wakes you at night.
              </Trans>
            </p>
            <p>
              <Trans>
                Chest pain, short breath or fainting: do not exercise. Call your local emergency number.
              </Trans>
            </p>
            <p>
              <Trans>Everything stays on this device. Nothing is sent anywhere.</Trans>
            </p>
          </div>
        </Sheet>
      )}
      <Link href="/settings" className="visually-hidden">
        <Trans>Settings</Trans>
      </Link>
    </main>
  );
}

function DoorButton({
  chosen,
  onClick,
  children,
}: {
  readonly chosen: boolean;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}) {
  return (
    <button type="button" className="door" aria-current={chosen ? 'true' : undefined} onClick={onClick}>
      {children}
    </button>
  );
}
