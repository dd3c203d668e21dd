import { Trans, useLingui } from '@lingui/react/macro';
import { Fragment, useCallback, type ReactNode } from 'react';
import type { ClinicDesk, ClinicPatient } from '../clinic-ports.ts';
import { useClinicDesk } from '../hooks/use-clinic-desk.ts';
import { BackLink } from './BackLink.tsx';
import { ClinicianShell } from './PatientShell.tsx';
import { FailedToRead } from './Waiting.tsx';

export interface AtDesk {
  readonly patient: ClinicPatient;
  readonly desk: ClinicDesk;
  readonly reload: () => Promise<void>;
}

/** A page about one patient of the clinic, who is read first. */
export function PatientGate({
  patientId,
  className,
  back,
  title,
  children,
}: {
  readonly patientId: string;
  readonly className: string;
  /** Undefined: what is inside has a head of its own. */
  readonly back?: { readonly href: string; readonly label: string };
  /** Undefined: the name of the patient. */
  readonly title?: string;
  readonly children: (at: AtDesk) => ReactNode;
}) {
  const { t } = useLingui();
  const { state, reload } = useClinicDesk(
    useCallback((desk: ClinicDesk) => desk.read(patientId), [patientId]),
  );
  return (
    <ClinicianShell>
      <main className={className} id="main">
        {back !== undefined && (
          <header className="row">
            <BackLink href={back.href} label={back.label} />
            <h1>
              {title ?? (state.kind === 'ready' && state.value !== null ? state.value.name : t`Patient`)}
            </h1>
          </header>
        )}
        {state.kind === 'failed' && <FailedToRead error={state.error} onRetry={() => void reload()} />}
        {state.kind === 'ready' &&
          (state.value === null ? (
            <p className="muted">
              <Trans>This patient is not on this device.</Trans>
            </p>
          ) : (
            // What was typed for one patient never stands on the page of another.
            <Fragment key={state.value.patientId}>
              {children({ patient: state.value, desk: state.desk, reload })}
            </Fragment>
          ))}
      </main>
    </ClinicianShell>
  );
}
