import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { PainScale } from '../../components/PainScale.tsx';
import { useRoom } from '../../services-context.ts';
import { currentItem, isQuietBreathing } from '../../stores/current-item.ts';
import { asksEffort, asksPainPlace, countedOf, restedItem } from '../../stores/session-sets.ts';
import { itemTitle } from '../../text/exercise-library-text.ts';
import { exerciseWords } from '../../text/exercise-text.ts';
import { GoesOn } from './GoesOn.tsx';
import { SessionFrame } from './SessionFrame.tsx';
import { EffortQuestion, PainPlaceQuestion, takeFocus } from './AfterSetQuestions.tsx';
import { StopPair } from './StopPair.tsx';

/** Between two sets: the rest runs by itself, what comes next is named, pain may be said and need not be. */
export function RestStep({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useLingui();
  const { session } = useRoom();
  const flow = session((store) => store.flow);
  const send = session((store) => store.send);
  const item = currentItem(flow);
  if (item === null || flow.plan === null) return null;
  const words = exerciseWords(item.exerciseId);
  const counted = countedOf(flow.repetitions);
  return (
    <SessionFrame
      name={t`Rest`}
      step={null}
      title={t`Rest a little`}
      lead={
        flow.repetitions.length > 0 ? (
          <Plural value={counted} one="# move counted in this set." other="# moves counted in this set." />
        ) : undefined
      }
      onLeave={onLeave}
    >
      <div className="session-body">
        {/* The questions first: a rest is short, and their answers must not lie under its buttons. */}
        {flow.plan.askPain &&
          (flow.painDuring === null ? (
            <section className="card">
              <PainScale
                key={`${flow.itemIndex} ${flow.setIndex}`}
                question={<Trans>Any pain in that set? You can skip this.</Trans>}
                action={<Trans>Say it</Trans>}
                isOptional
                onAnswer={(value) => send({ kind: 'painAnswered', value })}
              />
            </section>
          ) : (
            <p className="centered" role="status" tabIndex={-1} ref={takeFocus}>
              <Trans>Noted: pain {flow.painDuring} of 10.</Trans>
            </p>
          ))}
        {flow.plan.askPain && asksPainPlace(flow) && <PainPlaceQuestion />}
        {flow.plan.askPain && asksEffort(restedItem(flow)) && <EffortQuestion />}
        <section className="card">
          <h2>
            <Trans>Next: {t(itemTitle(item))}</Trans>
          </h2>
          <p className="muted">
            {item.setSides.length > 1 ? (
              <Trans>
                Set {flow.setIndex + 1} of {item.setSides.length}
              </Trans>
            ) : isQuietBreathing(item) ? (
              <Trans>One minute, sitting still.</Trans>
            ) : item.test && item.mode !== 'sensor' ? (
              <Trans>How long you sit at ease: three minutes at most.</Trans>
            ) : item.test ? (
              <Trans>A test: how far you go today</Trans>
            ) : (
              t(words.why)
            )}
          </p>
        </section>
      </div>
      <div className="session-actions">
        <GoesOn />
        <button
          type="button"
          className="button button-primary button-wide button-big"
          onClick={() => send({ kind: 'ready' })}
        >
          <Trans>Go on now</Trans>
        </button>
        <StopPair pausable={false} />
      </div>
    </SessionFrame>
  );
}
