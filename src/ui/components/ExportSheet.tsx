import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { Trans, useLingui } from '@lingui/react/macro';
import Download from 'lucide-react/icons/download';
import { useId, useState } from 'react';
import type { ExportFormat } from '../../core/export/export-session.ts';
import { useRoom } from '../services-context.ts';
import { nothingToExportWords } from '../text/problem-text.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import { ProblemNotice } from './Notice.tsx';
import { SendToClinic } from './SendToClinic.tsx';
import { Sheet } from './Sheet.tsx';

/** What can be taken away, and who it is for. */
const CHOICES: readonly {
  readonly format: 'recording' | ExportFormat;
  readonly title: MessageDescriptor;
  readonly note: MessageDescriptor;
}[] = [
  {
    format: 'recording',
    title: msg`Recording of Thora`,
    note: msg`Everything, to open here again or to give to your clinic.`,
  },
  {
    format: 'repetitions-csv',
    title: msg`List of repetitions`,
    note: msg`A table (CSV) for a spreadsheet.`,
  },
  {
    format: 'angles-csv',
    title: msg`Angles over time`,
    note: msg`A table (CSV): every angle with how sure it is, 100 times a second.`,
  },
  {
    format: 'samples-csv',
    title: msg`What the sensors sent`,
    note: msg`Tables (CSV) with both clocks, one for each sensor.`,
  },
  {
    format: 'samples-parquet',
    title: msg`Tables for data science`,
    note: msg`What the sensors sent, as Parquet files: small, and with every number exact.`,
  },
  {
    format: 'sto',
    title: msg`Orientations for OpenSim`,
    note: msg`A .sto file; its first row is the pose in which you stood tall.`,
  },
  { format: 'mot', title: msg`Angles for OpenSim`, note: msg`A .mot file.` },
  { format: 'bvh', title: msg`Animation`, note: msg`A BVH file. To look at, not to measure from.` },
];

/** Takes a session away as a file. Nothing leaves the device: the browser stores it where it stores downloads. */
export function ExportSheet({
  sessionId,
  isFinished,
  onClose,
}: {
  readonly sessionId: string;
  /** An unfinished session has its recording only. */
  readonly isFinished: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const { services } = useRoom();
  const group = useId();
  const [chosen, setChosen] = useState<'recording' | ExportFormat>('recording');
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const save = (): void => {
    setProblem(null);
    setShare(0);
    const saved =
      chosen === 'recording'
        ? services.files.exportSession(sessionId)
        : services.files.exportAs(sessionId, chosen, setShare);
    saved.then(onClose, setProblem).finally(() => setShare(null));
  };
  return (
    <Sheet title={t`Export this session`} onClose={onClose}>
      <fieldset className="choice" disabled={share !== null}>
        <legend className="muted">
          <Trans>The file stays on this device until you send it yourself.</Trans>
        </legend>
        {CHOICES.filter(({ format }) => isFinished || format === 'recording').map(
          ({ format, title, note }) => (
            <label key={format}>
              <input
                type="radio"
                name={group}
                checked={chosen === format}
                onChange={() => setChosen(format)}
              />
              <span>
                <b>{t(title)}</b>
                <br />
                <span className="small muted">{t(note)}</span>
              </span>
            </label>
          ),
        )}
      </fieldset>
      {problem !== null && (
        <ProblemNotice
          words={
            problem instanceof Error && problem.name === 'ExportError'
              ? nothingToExportWords()
              : storageProblemWords(problem)
          }
          detail={problem instanceof Error ? problem.message : String(problem)}
        />
      )}
      <div className="session-actions">
        <button
          type="button"
          className="button button-primary button-wide"
          disabled={share !== null}
          onClick={save}
        >
          <Download size={20} strokeWidth={1.75} aria-hidden="true" />
          {share === null ? (
            <Trans>Save the file</Trans>
          ) : (
            <Trans>Preparing: {Math.round(100 * share)} %</Trans>
          )}
        </button>
      </div>
      {isFinished && <SendToClinic sessionId={sessionId} />}
    </Sheet>
  );
}
