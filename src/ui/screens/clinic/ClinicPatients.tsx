import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { byNeed, type PatientReview } from '../../../core/care/clinic/patient-review.ts';
import { newestPlan } from '../../../core/recording/clinic-record.ts';
import type { ClinicDesk, ClinicPatient } from '../../clinic-ports.ts';
import { HandOverProblem } from '../../components/HandOverProblem.tsx';
import { LevelChip } from '../../components/LevelChip.tsx';
import { NameField } from '../../components/NameField.tsx';
import { FailedToRead } from '../../components/Waiting.tsx';
import { useClinicDesk } from '../../hooks/use-clinic-desk.ts';
import { reviewOfPatient } from '../../review-of-patient.ts';
import { alertTitle, answerWords } from '../../text/review-text.ts';
import '../../styles/clinic.css';

/** Who needs somebody today stands first. */
const readDesk = async (desk: ClinicDesk) => {
  const patients = (await desk.list()).map((patient) => ({
    patient,
    review: reviewOfPatient(patient, desk),
  }));
  return { name: await desk.name(), patients: patients.sort((a, b) => byNeed(a.review, b.review)) };
};

/** The clinic's patients, and the way to a new one. */
export function ClinicPatients() {
  const { t } = useLingui();
  const { state, reload } = useClinicDesk(readDesk);
  const [, go] = useLocation();
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  if (state.kind === 'waiting')
    // As high as what comes, so that nothing below it moves under a finger.
    return (
      <p className="card muted clinic-waiting" role="status">
        <Trans>Reading the patients on this device</Trans>
      </p>
    );
  if (state.kind === 'failed') return <FailedToRead error={state.error} onRetry={() => void reload()} />;
  const { desk, value } = state;
  if (value.name === null)
    return (
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          setProblem(null);
          desk
            .setName(name.trim())
            .then(() => setName(''))
            .then(reload)
            .catch(setProblem);
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
        {problem !== null && <HandOverProblem error={problem} />}
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
          {value.patients.map(({ patient, review }) => (
            <li key={patient.patientId}>
              <Link
                href={`/patients/one/${patient.patientId}${patient.told === null ? '' : '/review'}`}
                className="line-item wrap"
              >
                <span className="grow">
                  <b>{patient.name}</b>
                  <span className="small choice-detail">
                    <PatientState patient={patient} review={review} />
                  </span>
                </span>
                {review.alerts[0] !== undefined && <LevelChip level={review.alerts[0].level} />}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          setProblem(null);
          desk.add(name.trim()).then((id) => go(`/patients/one/${id}`), setProblem);
        }}
      >
        <NameField label={t`Name of the patient`} value={name} onChange={setName} />
        {problem !== null && <HandOverProblem error={problem} />}
        <button type="submit" className="button button-second button-small">
          <Trans>Add the patient</Trans>
        </button>
      </form>
      <Link href="/patients/server" className="button button-quiet button-small">
        <Trans>Health record server</Trans>
      </Link>
    </section>
  );
}

function PatientState({
  patient: { pairing, content, told },
  review: { alerts, answer },
}: {
  readonly patient: ClinicPatient;
  readonly review: PatientReview;
}) {
  const { t } = useLingui();
  const [first, ...others] = alerts;
  if (first !== undefined)
    return (
      <>
        {t(alertTitle(first.subject))}
        {others.length > 0 && (
          <>
            {' · '}
            <Plural value={others.length} one="# alert more" other="# alerts more" />
          </>
        )}
      </>
    );
  if (told !== null) return t(answerWords(answer));
  const version = newestPlan(content.plans)?.version;
  if (pairing !== 'paired') return <Trans>Not paired yet</Trans>;
  return version === undefined ? <Trans>No plan yet</Trans> : <Trans>Plan version {version}</Trans>;
}
