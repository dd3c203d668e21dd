import { Trans } from '@lingui/react/macro';
import Send from 'lucide-react/icons/send';
import { useState } from 'react';
import { useAgreedServer } from '../hooks/use-agreed-server.ts';
import { ServerProblemNotice } from './ServerProblemNotice.tsx';

/** Where the person's clinic has a server: everything that the sensors sent in this session goes there when they press. */
export function SendToClinic({ sessionId }: { readonly sessionId: string }) {
  const at = useAgreedServer();
  const [state, setState] = useState<'idle' | 'sending' | 'sent' | 'there'>('idle');
  const [problem, setProblem] = useState<unknown>(null);
  if (at === null) return null;
  const { server, host } = at;
  const send = (): void => {
    setProblem(null);
    setState('sending');
    server.sendRecording(sessionId, new AbortController().signal).then(
      (isNew) => setState(isNew ? 'sent' : 'there'),
      (error: unknown) => {
        setState('idle');
        setProblem(error);
      },
    );
  };
  return (
    <section className="stack">
      <p className="small">
        <Trans>Your clinic can look at the recording if you send it to {host}.</Trans>
      </p>
      <button
        type="button"
        className="button button-second button-wide"
        disabled={state !== 'idle'}
        onClick={send}
      >
        <Send size={20} strokeWidth={1.75} aria-hidden="true" />
        {state === 'sending' ? <Trans>Sending the recording</Trans> : <Trans>Send it to your clinic</Trans>}
      </button>
      {state === 'sent' && (
        <p className="good" role="status">
          <Trans>The recording is at your clinic's server.</Trans>
        </p>
      )}
      {state === 'there' && (
        <p className="good" role="status">
          <Trans>The recording was there already.</Trans>
        </p>
      )}
      {problem !== null && <ServerProblemNotice error={problem} />}
    </section>
  );
}
