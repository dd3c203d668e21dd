import { Trans, useLingui } from '@lingui/react/macro';
import { PainScale } from '../../components/PainScale.tsx';
import { useRoom } from '../../services-context.ts';

/** What stands in the place of an answered question: whoever walks by keys goes on from there. */
export function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}

/** Where in the move it hurt, where no hand was free to tap it. */
export function PainPlaceQuestion() {
  const { t } = useLingui();
  const { session } = useRoom();
  const place = session((store) => store.flow.painPlace);
  const send = session((store) => store.send);
  const places = [
    ['start', t`At the start`],
    ['middle', t`In the middle`],
    ['end', t`At the end`],
  ] as const;
  return (
    <section className="card stack">
      <h2>
        <Trans>Where in the move did it hurt?</Trans>
      </h2>
      <div className="row wrap">
        {places.map(([id, label]) => (
          <button
            key={id}
            type="button"
            className={`button ${place === id ? 'button-primary' : 'button-second'}`}
            aria-pressed={place === id}
            onClick={() => send({ kind: 'painPlaced', place: id })}
          >
            {label}
          </button>
        ))}
      </div>
    </section>
  );
}

/** How hard the set was: asked after strength, and never waited for. */
export function EffortQuestion() {
  const { session } = useRoom();
  const flow = session((store) => store.flow);
  const send = session((store) => store.send);
  if (flow.effort !== null)
    return (
      <p className="centered" role="status" tabIndex={-1} ref={takeFocus}>
        <Trans>Noted: effort {flow.effort} of 10.</Trans>
      </p>
    );
  return (
    <section className="card">
      <PainScale
        key={`${flow.itemIndex} ${flow.setIndex}`}
        question={<Trans>How hard was that set? You can skip this.</Trans>}
        ends={{ least: <Trans>0 is no effort</Trans>, most: <Trans>10 is the most you can give</Trans> }}
        action={<Trans>Say how hard</Trans>}
        isOptional
        onAnswer={(value) => {
          if (value !== null) send({ kind: 'effortAnswered', value });
        }}
      />
    </section>
  );
}
