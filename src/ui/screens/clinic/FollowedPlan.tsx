import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ClinicPlan } from '../../../core/care/clinic/clinic-plan.ts';
import type { ReadyJournal } from '../../components/JournalGate.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { placeWords } from '../../text/library-label-text.ts';

/** Where the clinic wants each sensor, in its words. */
export function WornSensors({ plan: { sensors } }: { readonly plan: ClinicPlan }) {
  const { t } = useLingui();
  if (sensors.length === 0) return null;
  return (
    <ul className="clinic-differences" aria-label={t`Sensors of this plan`}>
      {sensors.map(({ place, site, strap }) => (
        <li key={place}>{[t(placeWords(place)), site, strap].filter((words) => words !== '').join(' · ')}</li>
      ))}
    </ul>
  );
}

/** The way out of a clinic's plan: what it means is said first. */
export function StopFollowing({
  clinicName,
  onStop,
}: {
  readonly clinicName: string;
  readonly onStop: () => void;
}) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button button-quiet button-small" onClick={() => setOpen(true)}>
        <Trans>Stop following this plan</Trans>
      </button>
      {isOpen && (
        <Sheet title={t`Stop following this plan?`} onClose={() => setOpen(false)}>
          <p>
            <Trans>
              Your exercises are then chosen by the rules of this app, from your answers. The limits that{' '}
              {clinicName} set for you do not hold any more; the usual ones do.
            </Trans>
          </p>
          <p>
            <Trans>
              {clinicName} reads of it in your next file. You stay paired, and can take a new plan later.
            </Trans>
          </p>
          <div className="session-actions">
            <button
              type="button"
              className="button button-primary button-wide"
              onClick={() => setOpen(false)}
            >
              <Trans>Keep the plan</Trans>
            </button>
            <button
              type="button"
              className="button button-second button-wide"
              onClick={() => {
                setOpen(false);
                onStop();
              }}
            >
              <Trans>Stop following it</Trans>
            </button>
          </div>
        </Sheet>
      )}
    </>
  );
}

/** What came from the clinic and changed something here, newest first. */
export function FromClinicLog({ journal: { entries } }: { readonly journal: ReadyJournal }) {
  const { i18n } = useLingui();
  const time = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeStyle: 'short' });
  const told = entries
    .flatMap(({ order, atUtcMs, event }) => {
      if (event.kind === 'clinicPlanTaken') {
        const { version, author, exercises } = event.plan;
        return {
          order,
          atUtcMs,
          words: (
            <Trans>
              You took version {version} of the plan of {event.clinicName}, signed by {author}.{' '}
              <Plural value={exercises.length} one="# exercise" other="# exercises" />
            </Trans>
          ),
        };
      }
      if (event.kind === 'clinicPlanLeft')
        return { order, atUtcMs, words: <Trans>You stopped following version {event.version}.</Trans> };
      if (event.kind === 'clinicMessage' && event.from === 'clinic')
        return { order, atUtcMs, words: <Trans>A message came.</Trans> };
      return [];
    })
    .toReversed();
  if (told.length === 0) return null;
  return (
    <details className="card">
      <summary>
        <Trans>What your clinic changed here</Trans>
      </summary>
      <ul className="plain-list stack">
        {told.map(({ order, atUtcMs, words }) => (
          <li key={order}>
            <span className="small">{time.format(atUtcMs)}</span> {words}
          </li>
        ))}
      </ul>
    </details>
  );
}
