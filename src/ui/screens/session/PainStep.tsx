import { Trans, useLingui } from '@lingui/react/macro';
import { PainScale } from '../../components/PainScale.tsx';
import { useRoom } from '../../services-context.ts';
import { asksPainPlace } from '../../stores/session-sets.ts';
import { PainPlaceQuestion } from './AfterSetQuestions.tsx';
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
  const flow = session((store) => store.flow);
  const before = when === 'painBefore';
  const mayAskMore = asksPainPlace({ ...flow, painAfter: 1 });
  if (asksPainPlace(flow))
    return (
      <SessionFrame name={t`How was it`} step={null} title={t`One more thing`} onLeave={onLeave}>
        <div className="session-body">
          <GoesOn />
          <p className="centered" role="status">
            <Trans>Noted: pain {flow.painAfter} of 10.</Trans>
          </p>
          <PainPlaceQuestion />
        </div>
        <div className="session-actions">
          <button
            type="button"
            className="button button-second button-wide"
            onClick={() => send({ kind: 'ready' })}
          >
            <Trans>Not in the move. Save the session</Trans>
          </button>
        </div>
      </SessionFrame>
    );
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
        action={before || mayAskMore ? <Trans>Go on</Trans> : <Trans>Save the session</Trans>}
        onAnswer={(value) => send({ kind: 'painAnswered', value })}
      />
    </SessionFrame>
  );
}
