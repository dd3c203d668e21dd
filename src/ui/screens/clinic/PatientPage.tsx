import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useState } from 'react';
import { Link, useParams } from 'wouter';
import { entriesOf } from '../../../core/care/care-journal.ts';
import { followedPlan } from '../../../core/care/clinic/followed-plan.ts';
import { countedSessions, isDoneAtAll } from '../../../core/care/programme/done-share.ts';
import { doubledVersions, newestPlan } from '../../../core/recording/clinic-record.ts';
import type { TakenByClinic } from '../../clinic-ports.ts';
import { ClinicThread } from '../../components/ClinicThread.tsx';
import { FileButton } from '../../components/FileButton.tsx';
import { HandOverProblem } from '../../components/HandOverProblem.tsx';
import { Notice } from '../../components/Notice.tsx';
import { PairCode } from '../../components/PairCode.tsx';
import { type AtDesk, PatientGate } from '../../components/PatientGate.tsx';
import { PatientOnServer } from '../../components/PatientOnServer.tsx';
import { PlanDifferences } from '../../components/PlanDifferences.tsx';
import { useDraft } from '../../hooks/use-draft.ts';
import { QrLink } from '../../components/QrLink.tsx';
import { takeLinkedFile } from '../../linked-file.ts';
import { usePassports } from '../../hooks/use-passports.ts';
import { PatientRecordings } from './PatientRecordings.tsx';
import { ErasePatient } from './ErasePatient.tsx';
import '../../styles/clinic.css';

/** One patient of the clinic: pairing, plan and its versions, what came back, messages. */
export function PatientPage() {
  const { t } = useLingui();
  const { id } = useParams<{ id: string }>();
  return (
    <PatientGate
      patientId={id}
      className="page page-middle"
      back={{ href: '/patients', label: t`Back to the patients` }}
    >
      {(at) => <Patient {...at} />}
    </PatientGate>
  );
}

function Patient({ patient, desk, reload }: AtDesk) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<unknown>(null);
  const [taken, setTaken] = useState<TakenByClinic | null>(null);
  /** Fetched from the server, to be opened as one that was given. */
  const [recording, setRecording] = useState<File | null>(null);
  const draft = useDraft(desk, patient.patientId, 'message');
  const { patientId, pairing, code, content } = patient;
  const run = useCallback(
    (work: () => Promise<void>): void => {
      setProblem(null);
      work().catch(setProblem).then(reload).catch(setProblem);
    },
    [reload],
  );
  const open = useCallback(
    (file: File): void => {
      setTaken(null);
      run(async () => setTaken(await desk.openFile(patientId, file)));
    },
    [desk, patientId, run],
  );
  useEffect(() => {
    const file = takeLinkedFile('card');
    if (file !== null) open(file);
  }, [open]);
  return (
    <>
      {pairing !== 'paired' && (
        <section className="card stack">
          <h2>
            <Trans>Pair with {patient.name}</Trans>
          </h2>
          <p>
            <Trans>
              Save your card, and have it opened in the patient's Thora: Me, From your clinic. Then open the
              card that comes back, and compare the code.
            </Trans>
          </p>
          <button
            type="button"
            className="button button-second button-small"
            onClick={() => run(() => desk.saveInvitation(patientId))}
          >
            <Trans>Save a card for this patient</Trans>
          </button>
          <QrLink what={t`A card for ${patient.name}`} read={() => desk.invitationFile(patientId)} />
        </section>
      )}
      <FileButton label={t`Open a file of this patient`} onFile={open} />
      {problem !== null && <HandOverProblem error={problem} />}
      {taken?.kind === 'results' && (
        <p className="good" role="status">
          <Trans>Taken in. New entries: {taken.newEntryCount}</Trans>
        </p>
      )}
      {taken?.kind === 'results' && taken.clockAheadMs > 0 && (
        <Notice tone="warn">
          <p>
            <Trans>The patient's clock is ahead of this one. Days may be off.</Trans>
          </p>
        </Notice>
      )}
      {pairing === 'compare' && code !== null && (
        <PairCode code={code} onSame={() => run(() => desk.confirmCode(patientId, code))} />
      )}
      <Link href={`/patients/one/${patientId}/review`} className="button button-second button-small">
        <Trans>Look at the review</Trans>
      </Link>
      <PlanCard patient={patient} desk={desk} run={run} />
      <Results patient={patient} />
      <PatientOnServer patientId={patientId} reload={reload} onRecording={setRecording} />
      <PatientRecordings patient={patient} desk={desk} reload={reload} given={recording} />
      <Link href={`/patients/one/${patientId}/leave`} className="button button-second button-small">
        <Trans>Leave-behind: for the patient to keep</Trans>
      </Link>
      {pairing === 'paired' && (
        <ClinicThread
          messages={content.messages}
          me="clinic"
          draft={draft}
          onWrite={(text) => desk.write(patientId, text).then(reload)}
        />
      )}
      <ErasePatient patient={patient} desk={desk} />
    </>
  );
}

function PlanCard({
  patient,
  desk,
  run,
}: Pick<AtDesk, 'patient' | 'desk'> & { readonly run: (work: () => Promise<void>) => void }) {
  const { t, i18n } = useLingui();
  const { state: kits } = usePassports();
  const { patientId, pairing, content } = patient;
  const plan = newestPlan(content.plans);
  const day = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium' });
  const doubled = doubledVersions(content.plans);
  const versions = content.plans.toReversed();
  return (
    <section className="card stack">
      <h2>
        <Trans>Plan</Trans>
      </h2>
      {plan === null && (
        <p>
          <Trans>No plan yet.</Trans>
        </p>
      )}
      {doubled.length > 0 && (
        <Notice tone="warn">
          <p>
            <Trans>Two plans have the same version. The later one holds: check it and sign anew.</Trans>
          </p>
        </Notice>
      )}
      {versions.map((version) => {
        const before = content.plans.find((one) => one.version === version.version - 1);
        return (
          <details key={`${version.version} ${version.madeAtUtc}`} open={version === plan}>
            <summary>
              <Trans>
                Version {version.version}, signed by {version.author} on{' '}
                {day.format(new Date(version.madeAtUtc))}
              </Trans>
            </summary>
            {before !== undefined && <PlanDifferences before={before} after={version} />}
          </details>
        );
      })}
      <Link href={`/patients/one/${patientId}/plan`} className="button button-second button-small">
        {plan === null ? <Trans>Make a plan</Trans> : <Trans>Change the plan</Trans>}
      </Link>
      {kits.kind === 'ready' && kits.passports.length > 0 && (
        <label className="field">
          <span className="small">
            <Trans>Kit passport that goes with it</Trans>
          </span>
          <select
            value={content.passports[0]?.passportId ?? ''}
            onChange={(event) => {
              const passport = kits.passports.find(({ passportId }) => passportId === event.target.value);
              if (passport !== undefined) run(() => desk.setPassport(patientId, passport));
            }}
          >
            <option value="" disabled>
              {t`none`}
            </option>
            {kits.passports.map(({ passportId, kitName }) => (
              <option key={passportId} value={passportId}>
                {kitName}
              </option>
            ))}
          </select>
        </label>
      )}
      {pairing === 'paired' ? (
        <>
          <button
            type="button"
            className="button button-primary button-small"
            onClick={() => run(() => desk.saveFile(patientId))}
          >
            <Trans>Save the file for the patient</Trans>
          </button>
          <QrLink what={t`The file for ${patient.name}`} read={() => desk.handOverFile(patientId)} />
        </>
      ) : (
        <p className="small">
          <Trans>Pair first: then the plan can go out as a file.</Trans>
        </p>
      )}
    </section>
  );
}

const SHOWN_SESSIONS = 10;

function Results({ patient: { patientId, content, lastTakenAtUtc } }: Pick<AtDesk, 'patient'>) {
  const { i18n } = useLingui();
  const day = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium' });
  if (lastTakenAtUtc === null) return null;
  const sessions = entriesOf(content.journal, 'sessionDone').filter(
    ({ event }) => event.session !== 'tests' && isDoneAtAll(event),
  );
  const followed = followedPlan(content.journal)?.plan.version;
  const left = entriesOf(content.journal, 'clinicPlanLeft').at(-1);
  return (
    <section className="card stack">
      <h2>
        <Trans>What came back</Trans>
      </h2>
      <p>
        {followed !== undefined ? (
          <Trans>The patient follows version {followed}.</Trans>
        ) : left === undefined ? (
          <Trans>The patient has not taken a plan yet.</Trans>
        ) : (
          <Trans>
            The patient stopped following version {left.event.version} on {day.format(left.atUtcMs)}.
          </Trans>
        )}{' '}
        <Trans>Sessions: {countedSessions(content.journal).length}</Trans>
      </p>
      {sessions.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Day</Trans>
              </th>
              <th scope="col">
                <Trans>Pain before</Trans>
              </th>
              <th scope="col">
                <Trans>Pain after</Trans>
              </th>
              <th scope="col">
                <Trans>Exercises</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions
              .slice(-SHOWN_SESSIONS)
              .toReversed()
              .map(({ order, atUtcMs, event }) => (
                <tr key={order}>
                  <td>{day.format(atUtcMs)}</td>
                  <td>{event.painBefore ?? '–'}</td>
                  <td>{event.painAfter ?? '–'}</td>
                  <td>{event.exercises.length}</td>
                </tr>
              ))}
          </tbody>
        </table>
      )}
      <Link href={`/patients/one/${patientId}/report`} className="button button-second button-small">
        <Trans>Report on one page</Trans>
      </Link>
    </section>
  );
}
