import { Trans, useLingui } from '@lingui/react/macro';
import Volume1 from 'lucide-react/icons/volume-1';
import Volume2 from 'lucide-react/icons/volume-2';
import VolumeX from 'lucide-react/icons/volume-x';
import X from 'lucide-react/icons/x';
import type { ReactNode } from 'react';
import { GyroscopeNotice } from '../../components/GyroscopeNotice.tsx';
import { RateAlarmNotice } from '../../components/RateAlarmNotice.tsx';
import { SensorsButton } from '../../components/SensorsButton.tsx';
import { VirtualMark } from '../../components/VirtualMark.tsx';
import { useRoom } from '../../services-context.ts';
import { usePreferences, type SoundChoice } from '../../stores/preferences-store.ts';
import { SessionProblem } from './SessionProblem.tsx';

const NEXT_SOUND: Record<SoundChoice, SoundChoice> = { voice: 'tones', tones: 'silent', silent: 'voice' };

export function SoundButton() {
  const { t } = useLingui();
  const sound = usePreferences((preferences) => preferences.sound);
  const change = usePreferences((preferences) => preferences.change);
  const { speaker } = useRoom();
  const label = { voice: t`Sound: voice`, tones: t`Sound: tones`, silent: t`Sound: silent` }[sound];
  const Icon = { voice: Volume2, tones: Volume1, silent: VolumeX }[sound];
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={() => {
        speaker.hush();
        change({ sound: NEXT_SOUND[sound] });
      }}
    >
      <Icon size={24} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}

/** What every step before and after the exercise has in common. */
export function SessionFrame({
  name,
  step,
  title,
  lead,
  stage,
  onLeave,
  children,
}: {
  readonly name: string;
  /** 1 to 4, null outside of the guided steps. */
  readonly step: number | null;
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  /** The picture: above the words on a phone, beside them where there is width. */
  readonly stage?: ReactNode;
  readonly onLeave: (() => void) | null;
  readonly children: ReactNode;
}) {
  const { t } = useLingui();
  const { session } = useRoom();
  const simulated = session((store) => store.flow.plan?.kit === 'virtual');
  return (
    <main className={stage === undefined ? 'session' : 'session session-staged'} id="main">
      <header className="session-bar">
        {onLeave === null ? (
          <span />
        ) : (
          <button type="button" className="icon-button" aria-label={t`Leave the session`} onClick={onLeave}>
            <X size={24} strokeWidth={1.75} aria-hidden="true" />
          </button>
        )}
        <b>{name}</b>
        <div className="head-buttons">
          <SensorsButton />
          <SoundButton />
        </div>
      </header>
      {step !== null && (
        <div className="session-steps" role="img" aria-label={t`Step ${step} of 4`}>
          {[1, 2, 3, 4].map((position) => (
            <i key={position} data-on={position <= step ? '' : undefined} />
          ))}
        </div>
      )}
      {simulated && (
        <div className="session-mark">
          <VirtualMark />
        </div>
      )}
      <div className="session-side">
        <div className="session-title">
          <h1 tabIndex={-1}>{title}</h1>
          {lead !== undefined && <p className="muted">{lead}</p>}
        </div>
        <SessionProblem />
        <div className="session-body session-problem">
          <GyroscopeNotice />
          <RateAlarmNotice />
        </div>
        {children}
      </div>
      {stage !== undefined && <div className="session-stage">{stage}</div>}
    </main>
  );
}

export function Caption({ text }: { readonly text: string | null }) {
  return (
    <p className="caption" aria-live="polite">
      {text !== null && (
        <>
          <Volume2 size={20} strokeWidth={1.75} aria-hidden="true" />
          <span>
            <Trans>“{text}”</Trans>
          </span>
        </>
      )}
    </p>
  );
}
