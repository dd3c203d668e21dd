import { Trans, useLingui } from '@lingui/react/macro';
import Upload from 'lucide-react/icons/upload';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { RecordingError } from '../../core/recording/recording-error.ts';
import { useRoom } from '../services-context.ts';
import { recordingErrorWords } from '../text/problem-text.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import { Notice, ProblemNotice } from './Notice.tsx';

/** Takes a recording in; what is refused is said in words, and nothing is stored. */
export function ImportButton() {
  const { t } = useLingui();
  const { services } = useRoom();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ readonly name: string; readonly error: unknown } | null>(null);
  const [twin, setTwin] = useState<{ readonly name: string; readonly page: string } | null>(null);
  const take = async (file: File) => {
    setBusy(true);
    setRefused(null);
    setTwin(null);
    try {
      const { stored, wasHere } = await services.files.importRecording(file);
      const page = `/sessions/${encodeURIComponent(stored.sessionId)}`;
      if (wasHere) setTwin({ name: file.name, page });
      else navigate(page);
    } catch (error) {
      setRefused({ name: file.name, error });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack">
      <div className="file-drop">
        <input
          type="file"
          aria-label={t`Import a recording`}
          disabled={busy}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) void take(file);
          }}
        />
        <span className="button button-second button-small" aria-hidden="true">
          <Upload size={20} strokeWidth={1.75} />
          {busy ? <Trans>Reading</Trans> : <Trans>Import a recording</Trans>}
        </span>
      </div>
      {twin !== null && (
        <Notice tone="info" alert>
          <p>
            <b>
              <Trans>This recording is on this device already.</Trans>
            </b>{' '}
            <span className="muted">({twin.name})</span>
          </p>
          <div className="notice-actions">
            <Link href={twin.page} className="button button-second button-small">
              <Trans>Open it</Trans>
            </Link>
          </div>
        </Notice>
      )}
      {refused !== null && (
        <ProblemNotice
          words={
            refused.error instanceof RecordingError
              ? recordingErrorWords(refused.error.code)
              : storageProblemWords(refused.error)
          }
          subject={refused.name}
          detail={refused.error instanceof Error ? refused.error.message : String(refused.error)}
        >
          <button type="button" className="button button-quiet button-small" onClick={() => setRefused(null)}>
            <Trans>All right</Trans>
          </button>
        </ProblemNotice>
      )}
    </div>
  );
}
