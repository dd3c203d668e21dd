import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ClinicServer, RecordingAtServer } from '../server-ports.ts';

/** What the patient's sensors recorded, as it lies at the server: looked for, and opened, when somebody asks. */
export function RecordingsAtServer({
  patientId,
  run,
  onFile,
}: {
  readonly patientId: string;
  readonly run: (work: (server: ClinicServer) => Promise<void>) => Promise<void>;
  /** Takes the file in as one that was given. */
  readonly onFile: (file: File) => void;
}) {
  const { t, i18n } = useLingui();
  const [found, setFound] = useState<readonly RecordingAtServer[] | null>(null);
  const time = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'medium', timeStyle: 'short' });
  if (found === null)
    return (
      <button
        type="button"
        className="button button-quiet button-small"
        onClick={() => void run(async (server) => setFound(await server.recordings(patientId)))}
      >
        <Trans>Look for recordings there</Trans>
      </button>
    );
  if (found.length === 0)
    return (
      <p className="muted" role="status">
        <Trans>The patient sent no recording.</Trans>
      </p>
    );
  return (
    <ul aria-label={t`Recordings on the server`}>
      {found.map((recording) => {
        const at = time.format(new Date(recording.startedAtUtc));
        return (
          <li key={recording.binaryNumber} className="line-item wrap">
            <span className="grow">{at}</span>
            <button
              type="button"
              className="button button-second button-small"
              aria-label={t`Open the recording of ${at}`}
              onClick={() => void run(async (server) => onFile(await server.recordingFile(recording)))}
            >
              <Trans>Open</Trans>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
