import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback } from 'react';
import { armRole } from '../../../core/exercise/motion-definitions.ts';
import { Figure } from '../../components/Figure.tsx';
import { useRoom } from '../../services-context.ts';
import type { Avatar } from '../../services.ts';
import { armToSwapTo } from '../../stores/session-sets.ts';
import { rolePlacement } from '../../text/exercise-text.ts';
import { SessionFrame } from './SessionFrame.tsx';
import { StopPair } from './StopPair.tsx';

/** One sensor for two arms: it moves across, and a short check follows. Nobody is hurried. */
export function SwapArmStep({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useLingui();
  const { session } = useRoom();
  const send = session((store) => store.send);
  const side = session((store) => armToSwapTo(store.flow)) ?? 'left';
  const onMount = useCallback(
    (avatar: Avatar) => {
      avatar.setPosture('standing');
      avatar.setWorn([armRole(side)]);
    },
    [side],
  );
  return (
    <SessionFrame
      name={t`Other arm`}
      step={null}
      title={
        side === 'left' ? t`Move the arm sensor to your left arm` : t`Move the arm sensor to your right arm`
      }
      lead={t(rolePlacement(armRole(side)))}
      stage={
        <Figure
          className="stage-figure stage-figure-medium figure-fades"
          label={t`The back of a person with the sensors in place`}
          onMount={onMount}
        />
      }
      onLeave={onLeave}
    >
      <div className="session-body">
        <p className="muted">
          <Trans>The others stay where they are. A short check follows: stand, bow, raise that arm.</Trans>
        </p>
      </div>
      <div className="session-actions">
        <button
          type="button"
          className="button button-primary button-wide button-big"
          onClick={() => send({ kind: 'armSwapped' })}
        >
          <Trans>It is on</Trans>
        </button>
        <StopPair pausable={false} />
      </div>
    </SessionFrame>
  );
}
