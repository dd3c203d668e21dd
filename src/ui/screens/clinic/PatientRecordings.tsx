import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { HandOverError } from '../../../core/recording/hand-over-error.ts';
import { RecordingError } from '../../../core/recording/recording-error.ts';
import type { ClinicPatient } from '../../clinic-ports.ts';
import { FileButton } from '../../components/FileButton.tsx';
import { HandOverProblem } from '../../components/HandOverProblem.tsx';
import { Notice, ProblemNotice } from '../../components/Notice.tsx';
import type { AtDesk } from '../../components/PatientGate.tsx';
import { recordingErrorWords } from '../../text/problem-text.ts';

/** Recordings that the patient gave, to be replayed; a file that is another patient's is refused. */
export function PatientRecordings({
  patient,
  desk,
  reload,
  given,
}: AtDesk & {
  /** One that came another way than by the button here. */
  readonly given: File | null;
}) {
  const { t } = useLingui();
  const [unsure, setUnsure] = useState<File | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const { patientId } = patient;
  const open = useCallback(
    (file: File, isSaidTheirs: boolean): void => {
      setProblem(null);
      setUnsure(null);
      desk
        .openRecording(patientId, file, isSaidTheirs)
        .then((answer) => (answer === 'notNamed' ? setUnsure(file) : reload()))
        .catch(setProblem);
    },
    [desk, patientId, reload],
  );
  const opened = useRef<File | null>(null);
  useEffect(() => {
    if (given === null || opened.current === given) return;
    opened.current = given;
    open(given, false);
  }, [given, open]);
  return (
    <section className="card stack">
      <h2>
        <Trans>Recordings</Trans>
      </h2>
      <p className="small">
        <Trans>
          The patient exports one on the page of a session. It is kept among the sessions on this device: the
          passphrase of this door does not seal it.
        </Trans>
      </p>
      <RecordingList patient={patient} />
      <FileButton label={t`Open a recording of this patient`} onFile={(file) => open(file, false)} />
      {unsure !== null && (
        <Notice tone="warn" alert>
          <p>
            <Trans>
              No file of this patient names this session, so nothing says whose it is. Open it only if you
              know.
            </Trans>
          </p>
          <div className="notice-actions">
            <button
              type="button"
              className="button button-second button-small"
              onClick={() => open(unsure, true)}
            >
              <Trans>It is of {patient.name}: open it</Trans>
            </button>
          </div>
        </Notice>
      )}
      {problem !== null &&
        (problem instanceof RecordingError && !(problem instanceof HandOverError) ? (
          <ProblemNotice
            words={recordingErrorWords(problem.code)}
            subject={problem.file}
            detail={String(problem)}
          />
        ) : (
          <HandOverProblem error={problem} />
        ))}
    </section>
  );
}

/** Each leads to its replay. */
export function RecordingList({ patient: { recordings } }: { readonly patient: ClinicPatient }) {
  const { t, i18n } = useLingui();
  const time = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeStyle: 'short' });
  if (recordings.length === 0) return null;
  return (
    <ul className="stack" aria-label={t`Recordings`}>
      {recordings.map(({ sessionId, startedAtUtc, isNamed }) => (
        <li key={sessionId}>
          <Link href={`/sessions/${encodeURIComponent(sessionId)}`} className="line-item wrap">
            <span className="grow">
              <b>{time.format(new Date(startedAtUtc))}</b>
              <span className="small choice-detail">
                {isNamed ? (
                  <Trans>The patient's own file names this session.</Trans>
                ) : (
                  <Trans>Somebody here said that it is theirs.</Trans>
                )}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
