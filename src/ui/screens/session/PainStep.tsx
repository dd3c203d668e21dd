import { Trans, useLingui } from '@lingui/react/macro';
import { Notice } from '../../components/Notice.tsx';
import { PainScale } from '../../components/PainScale.tsx';
import { useRoom } from '../../services-context.ts';
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
  const stopReason = session((store) => store.flow.stopReason);
  const before = when === 'painBefore';
  return (
    <SessionFrame
      name={before ? t`Before we start` : t`How was it`}
      step={null}
      title={before ? t`How is your back right now?` : t`How is your back now?`}
      onLeave={onLeave}
    >
      {!before && stopReason === 'unwell' && (
        <div className="session-body session-problem">
          <Notice tone="stop" alert>
            <p>
              <b>
                <Trans>Sit down and rest.</Trans>
              </b>
            </p>
            <p>
              <Trans>
                Chest pain, short breath or fainting: call your local emergency number now. If dizziness stays
                longer than two minutes, see a doctor today.
              </Trans>
            </p>
          </Notice>
        </div>
      )}
      <PainScale
        question={<Trans>Pain in your upper back</Trans>}
        action={before ? <Trans>Go on</Trans> : <Trans>Save the session</Trans>}
        onAnswer={(value) => send({ kind: 'painAnswered', value })}
      />
    </SessionFrame>
  );
}
