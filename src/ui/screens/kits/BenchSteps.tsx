import { Trans, useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import Circle from 'lucide-react/icons/circle';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { BenchProgress } from '../../../core/bench/bench-run.ts';
import type { CollectorState, GuidedStep } from '../../../core/bench/bench-step.ts';
import { judgeUnit } from '../../../core/bench/kit-verdict.ts';
import { BenchTrace } from '../../components/BenchTrace.tsx';
import { FigureTable } from '../../components/FigureTable.tsx';
import { Notice } from '../../components/Notice.tsx';
import { useRoom } from '../../services-context.ts';
import { hintWords, refusalWords, stepGuide, stepName } from '../../text/bench-text.ts';
import type { BenchCheck } from './BenchScreen.tsx';

const LOOK_EVERY_MS = 150;

/** Step after step, each behind the gates of those it needs. */
export function BenchSteps({ check }: { readonly check: BenchCheck }) {
  const { t } = useLingui();
  const { services } = useRoom();
  const [, navigate] = useLocation();
  const { session } = check;
  const { run } = session;
  const steps = run.guidedSteps();
  const [progress, setProgress] = useState<BenchProgress>(session.progress());
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => setProgress(session.progress()), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [session]);

  const running = progress.kind === 'running' ? progress.step : null;
  const next = steps.find((step) => !run.isDone(step)) ?? null;
  const current = running ?? next;
  const begin = (step: GuidedStep) => {
    session.begin(step);
    setProgress(session.progress());
  };
  const verdicts = run.units.map((_, i) => judgeUnit(run.results(i), run.units.length));
  const isComplete = running === null && verdicts.every((verdict) => verdict !== 'incomplete');
  const keep = async () => {
    try {
      const kits = await services.loadPassports();
      const { kitName, checkedBy } = check;
      const passport = await kits.keep({ kitName, checkedBy, units: session.checkedUnits() });
      navigate(`/patients/kits/${encodeURIComponent(passport.passportId)}`);
    } catch {
      setFailed(true);
    }
  };
  return (
    <>
      <ol className="card card-list bench-steps" aria-label={t`Steps of the check`}>
        {steps.map((step) => {
          const isDone = run.isDone(step);
          return (
            <li key={step} className="line-item" aria-current={step === current ? 'step' : undefined}>
              {isDone ? (
                <Check size={22} strokeWidth={1.75} aria-label={t`done`} />
              ) : (
                <Circle size={22} strokeWidth={1.75} aria-label={t`to do`} />
              )}
              <span className="grow">{t(stepName(step))}</span>
              {isDone && running === null && (
                <button
                  type="button"
                  className="button button-quiet button-small"
                  aria-label={t`Do again: ${t(stepName(step))}`}
                  onClick={() => begin(step)}
                >
                  <Trans>Do again</Trans>
                </button>
              )}
            </li>
          );
        })}
      </ol>
      {current !== null && (
        <section className="card card-lifted stack">
          <h2>{t(stepName(current))}</h2>
          <p>{t(stepGuide(current))}</p>
          {progress.kind === 'refused' && progress.step === current && (
            <Notice tone="warn" alert>
              <p>
                <b>{run.units[progress.problem.unitIndex]?.description.name}</b>
              </p>
              <p>{t(refusalWords(progress.problem.refusal))}</p>
            </Notice>
          )}
          {progress.kind === 'running' ? (
            <>
              <ul className="bench-steps stack">
                {progress.units.map((state, i) => (
                  <li key={run.units[i]?.description.sensorIndex}>
                    <UnitProgress name={run.units[i]?.description.name ?? ''} state={state} />
                  </li>
                ))}
              </ul>
              <BenchTrace session={session} step={progress.step} label={t`Live trace of the first unit`} />
              <div className="row wrap">
                {progress.step === 'magnet' && (
                  <button
                    type="button"
                    className="button button-second button-small"
                    onClick={() => run.conclude()}
                  >
                    <Trans>That was all</Trans>
                  </button>
                )}
                <button
                  type="button"
                  className="button button-quiet button-small"
                  onClick={() => run.cancel()}
                >
                  <Trans>Stop this step</Trans>
                </button>
              </div>
            </>
          ) : (
            <button type="button" className="button button-primary" onClick={() => begin(current)}>
              {progress.kind === 'refused' ? <Trans>Begin it again</Trans> : <Trans>Begin this step</Trans>}
            </button>
          )}
        </section>
      )}
      {isComplete && (
        <section className="card card-lifted stack">
          <h2>
            <Trans>The check is complete</Trans>
          </h2>
          <p>
            {verdicts.every((verdict) => verdict === 'fit') ? (
              <Trans>Every unit is fit for use. What was corrected is in the passport.</Trans>
            ) : (
              <Trans>A unit failed. The kit is not to be worn; the passport says why.</Trans>
            )}
          </p>
          {failed && (
            <p className="warn" role="alert">
              <Trans>The passport could not be kept. Try again.</Trans>
            </p>
          )}
          <button type="button" className="button button-primary" onClick={() => void keep()}>
            <Trans>Make the passport</Trans>
          </button>
        </section>
      )}
      {run.units.map((unit, i) => (
        <section className="card stack" key={unit.description.sensorIndex}>
          <h2>
            {unit.description.name} · {unit.serial}
          </h2>
          <FigureTable results={run.results(i)} label={t`Figures of ${unit.description.name}`} />
        </section>
      ))}
    </>
  );
}

function UnitProgress({ name, state }: { readonly name: string; readonly state: CollectorState }) {
  const { t } = useLingui();
  const share = state.kind === 'collecting' ? state.fraction : state.kind === 'done' ? 1 : 0;
  const hint = state.kind === 'collecting' ? state.hint : null;
  return (
    <div>
      <div className="row row-apart wrap small">
        <b>{name}</b>
        <span role="status">{hint === null ? '' : t(hintWords(hint))}</span>
      </div>
      <progress className="progress" max={1} value={share} aria-label={t`Progress of ${name}`} />
    </div>
  );
}
