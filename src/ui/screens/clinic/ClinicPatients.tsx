import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { newestPlan } from '../../../core/recording/clinic-record.ts';
import type { ClinicDesk, ClinicPatient } from '../../clinic-ports.ts';
import { NameField } from '../../components/NameField.tsx';
import { FailedToRead } from '../../components/Waiting.tsx';
import { useClinicDesk } from '../../hooks/use-clinic-desk.ts';

const readDesk = async (desk: ClinicDesk) => ({ name: await desk.name(), patients: await desk.list() });

/** The clinic's patients, and the way to a new one. */
export function ClinicPatients() {
  const { t } = useLingui();
  const { state, reload } = useClinicDesk(readDesk);
  const [, go] = useLocation();
  const [name, setName] = useState('');
  if (state.kind === 'waiting') return null;
  if (state.kind === 'failed') return <FailedToRead error={state.error} onRetry={() => void reload()} />;
  const { desk, value } = state;
  if (value.name === null)
    return (
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          void desk
            .setName(name.trim())
            .then(() => setName(''))
            .then(reload);
        }}
      >
        <h2>
          <Trans>Plans for patients, by files</Trans>
        </h2>
        <p>
          <Trans>
            Give your clinic a name. This device then gets keys of its own, which sign what you send. They
            cannot be copied to another device.
          </Trans>
        </p>
        <NameField label={t`Name of the clinic`} value={name} onChange={setName} />
        <button type="submit" className="button button-primary button-small">
          <Trans>Set up the clinic</Trans>
        </button>
      </form>
    );
  return (
    <section className="card stack">
      <h2>
        <Trans>Patients of {value.name}</Trans>
      </h2>
      {value.patients.length > 0 && (
        <ul aria-label={t`Patients`}>
          {value.patients.map((patient) => (
            <li key={patient.patientId}>
              <Link href={`/patients/one/${patient.patientId}`} className="line-item">
                <b className="grow">{patient.name}</b>
                <span className="small">
                  <PlanState patient={patient} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void desk.add(name.trim()).then((id) => go(`/patients/one/${id}`));
        }}
      >
        <NameField label={t`Name of the patient`} value={name} onChange={setName} />
        <button type="submit" className="button button-second button-small">
          <Trans>Add the patient</Trans>
        </button>
      </form>
    </section>
  );
}

function PlanState({ patient: { pairing, content } }: { readonly patient: ClinicPatient }) {
  const version = newestPlan(content.plans)?.version;
  if (pairing !== 'paired') return <Trans>Not paired yet</Trans>;
  return version === undefined ? <Trans>No plan yet</Trans> : <Trans>Plan version {version}</Trans>;
}
