import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { UnmeasuredSetResult } from '../../core/pipeline/session-result.ts';
import { isStoppedEarly } from '../session-summary.ts';
import { itemTitle } from '../text/exercise-library-text.ts';

/** Sets that the clock led or the person counted: what is known of them, and from whom. */
export function DoneWithoutSensors({ sets }: { readonly sets: readonly UnmeasuredSetResult[] }) {
  const { t } = useLingui();
  const title = ({ exerciseId, test = false }: UnmeasuredSetResult) => t(itemTitle({ exerciseId, test }));
  if (sets.length === 0) return null;
  return (
    <section className="card">
      <h2>
        <Trans>By the clock</Trans>
      </h2>
      {sets.map((set, index) => (
        <p key={index}>
          <b>{set.test === true ? <Trans>Test: {title(set)}</Trans> : title(set)}</b>:{' '}
          <WhatWasDone set={set} /> <WhatWasSeen set={set} />
        </p>
      ))}
    </section>
  );
}

function WhatWasDone({ set }: { readonly set: UnmeasuredSetResult }) {
  const { mode, repetitions, allDone } = set;
  const planned = set.planned ?? set;
  const isOneHold = mode === 'timer' && planned.repetitions === 1;
  const seconds = Math.round(set.seconds);
  if (isStoppedEarly(set)) {
    const all = isOneHold ? Math.round(planned.seconds) : planned.repetitions;
    if (isOneHold)
      return <Plural value={all} one={`${seconds} of # second.`} other={`${seconds} of # seconds.`} />;
    switch (mode) {
      case 'timer':
        return (
          <Plural
            value={all}
            one={`${repetitions} of # hold by the clock.`}
            other={`${repetitions} of # holds by the clock.`}
          />
        );
      case 'breaths':
        return (
          <Plural
            value={all}
            one={`${repetitions} of # breath to the pace.`}
            other={`${repetitions} of # breaths to the pace.`}
          />
        );
      case 'self':
        return (
          <Trans>
            stopped early, with time for {repetitions} of {all}.
          </Trans>
        );
    }
  }
  switch (mode) {
    case 'timer':
      return isOneHold ? (
        <Plural value={seconds} one="# second." other="# seconds." />
      ) : (
        <Plural value={repetitions} one="# hold by the clock." other="# holds by the clock." />
      );
    case 'breaths':
      return <Plural value={repetitions} one="# breath to the pace." other="# breaths to the pace." />;
    case 'self':
      return allDone === true ? (
        <Trans>you did all {repetitions}.</Trans>
      ) : allDone === false ? (
        <Trans>you did some of the {repetitions}.</Trans>
      ) : (
        <Trans>there was time for {repetitions}, and you did not say how many you did.</Trans>
      );
  }
}

/** What the sensor on the upper back has to say; nothing where none watched. */
function WhatWasSeen({ set: { holds } }: { readonly set: UnmeasuredSetResult }) {
  if (holds === undefined) return null;
  const breaths = holds.map(({ breathsPerMin }) => breathsPerMin).filter((rate) => rate !== undefined);
  if (breaths.length > 0) {
    const rate = breaths.find((one) => one !== null) ?? null;
    const near = holds.find(({ nearPaceShare }) => nearPaceShare != null)?.nearPaceShare ?? null;
    const perMin = rate === null ? 0 : Math.round(rate);
    const percent = Math.round(100 * (near ?? 0));
    if (rate === null)
      return <Trans>The sensor could not read the breath: sit back and stay still for that.</Trans>;
    return (
      <>
        <Trans>The sensor read about {perMin} breaths a minute (give or take 2).</Trans>{' '}
        {near !== null && <Trans>Near the pace for {percent} % of the time it could read.</Trans>}
      </>
    );
  }
  const judged = holds.filter(({ isKept }) => isKept != null);
  if (judged.length === 0) return <Trans>The sensor saw too little to tell more.</Trans>;
  const kept = judged.filter(({ isKept }) => isKept === true).length;
  const insideS = Math.round(holds.reduce((sum, { insideS: one }) => sum + (one ?? 0), 0));
  if (holds.length === 1) return <Trans>By the sensor, {insideS} seconds of it in your position.</Trans>;
  return (
    <Trans>
      By the sensor, {kept} of {judged.length} kept the position.
    </Trans>
  );
}
