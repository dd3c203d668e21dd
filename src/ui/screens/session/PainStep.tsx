import { Trans, useLingui } from '@lingui/react/macro';
import { PainScale } from '../../components/PainScale.tsx';
import { useRoom } from '../../services-context.ts';
import { GoesOn } from './GoesOn.tsx';
import { SessionFrame } from './SessionFrame.tsx';

export function PainStep({
  when,
  onLeave,
}: {
  readonly when: 'painBefore' | 'painAfter';
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const { session } = useRoom();
  const send = session((store) => store.send);
  const before = when === 'painBefore';
  return (
    <SessionFrame
      name={before ? t`Before we start` : t`How was it`}
      step={null}
      title={before ? t`How is your back right now?` : t`How is your back now?`}
      onLeave={onLeave}
    >
      {!before && (
        <div className="session-body">
          <GoesOn />
        </div>
      )}
      <PainScale
        inOneTap={before}
        question={<Trans>Pain in your upper back</Trans>}
        action={before ? <Trans>Go on</Trans> : <Trans>Save the session</Trans>}
        onAnswer={(value) => send({ kind: 'painAnswered', value })}
      />
    </SessionFrame>
  );
}
