import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { UnmeasuredSet } from '../../core/pipeline/pipeline-command.ts';
import { exerciseWords } from '../text/exercise-text.ts';

/** Sets that the clock led or the person counted: what is known of them, and from whom. */
export function DoneWithoutSensors({ sets }: { readonly sets: readonly UnmeasuredSet[] }) {
  const { t } = useLingui();
  if (sets.length === 0) return null;
  return (
    <section className="card">
      <h2>
        <Trans>Done without sensors</Trans>
      </h2>
      {sets.map((set, index) => (
        <p key={index}>
          <b>{t(exerciseWords(set.exerciseId).title)}</b>:{' '}
          {set.mode === 'timer' ? (
            <Plural value={set.repetitions} one="# hold by the clock." other="# holds by the clock." />
          ) : set.allDone === true ? (
            <Trans>you did them all.</Trans>
          ) : set.allDone === false ? (
            <Trans>you did some of them.</Trans>
          ) : (
            <Trans>nobody said how many.</Trans>
          )}
        </p>
      ))}
    </section>
  );
}
