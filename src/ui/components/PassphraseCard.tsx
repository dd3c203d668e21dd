import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useRoom } from '../services-context.ts';
import type { Person } from '../services.ts';
import { storageProblemWords } from '../text/storage-text.ts';
import { LockTasks } from './LockTasks.tsx';
import { Notice, ProblemNotice } from './Notice.tsx';
import { PassphraseField } from './PassphraseField.tsx';

type Work = (onProgress: (share: number) => void) => Promise<unknown>;

/** The lock on one person's sessions: set it, change it, lock now, take it away. */
export function PassphraseCard({
  person,
  unfinishedMove,
}: {
  readonly person: Person;
  readonly unfinishedMove: 'set' | 'remove' | null;
}) {
  const { services } = useRoom();
  const { people } = services;
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [wrong, setWrong] = useState(false);
  const run = (work: Work) => {
    setProblem(null);
    setWrong(false);
    setShare(0);
    work(setShare)
      .catch((error: unknown) => setProblem(error))
      .finally(() => setShare(null));
  };
  return (
    <section className="card stack">
      <h2>
        <Trans>Your lock</Trans>
      </h2>
      {problem !== null && <ProblemNotice words={storageProblemWords(problem)} detail={String(problem)} />}
      {share !== null ? (
        <div className="stack" role="status">
          <p>
            <Trans>
              Your sessions are being written anew. Keep this page open. If it closes, nothing is lost.
            </Trans>
          </p>
          <progress className="progress" aria-hidden="true" max={1} value={share} />
        </div>
      ) : unfinishedMove !== null ? (
        <Unfinished move={unfinishedMove} wrong={wrong} onRun={run} onWrong={() => setWrong(true)} />
      ) : (
        <>
          <p>
            {person.hasPassphrase ? (
              <Trans>
                Your sessions are locked with your passphrase. Thora locks by itself when nobody uses it for
                10 minutes, never during a session.
              </Trans>
            ) : (
              <Trans>
                Whoever can open this browser can read your sessions. With a passphrase, only you can. You
                will type it each time you open Thora.
              </Trans>
            )}
          </p>
          <LockTasks
            of="sessions"
            hasLock={person.hasPassphrase}
            onLock={() => void people.lock().catch(setProblem)}
            confirm={(secret) => people.confirm(secret)}
            prepare={(passphrase) => people.preparePassphrase(passphrase)}
            onSet={() => run((onProgress) => people.setPassphrase(onProgress))}
            onRemove={() => run((onProgress) => people.removePassphrase(onProgress))}
            removalMeans={<Trans>After that, whoever can open this browser can read your sessions.</Trans>}
          />
        </>
      )}
    </section>
  );
}

/** The page ended while the sessions were written anew: they are all there, as they were before. */
function Unfinished({
  move,
  wrong,
  onRun,
  onWrong,
}: {
  readonly move: 'set' | 'remove';
  readonly wrong: boolean;
  readonly onRun: (work: Work) => void;
  readonly onWrong: () => void;
}) {
  const { t } = useLingui();
  const { people } = useRoom().services;
  const [typed, setTyped] = useState('');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onRun(async (onProgress) => {
          if ((await people.continueMove(typed, onProgress)) === 'wrong') onWrong();
        });
      }}
    >
      <Notice tone="warn">
        <p>
          <b>
            {move === 'set' ? (
              <Trans>Your lock is not finished: the page closed too early.</Trans>
            ) : (
              <Trans>Taking the lock away is not finished: the page closed too early.</Trans>
            )}
          </b>
        </p>
        <p>
          <Trans>All your sessions are here, as before.</Trans>
        </p>
      </Notice>
      {move === 'set' && <PassphraseField label={t`The new passphrase`} value={typed} onChange={setTyped} />}
      {wrong && (
        <p className="warn" role="alert">
          <Trans>That is not the passphrase. Try again, or leave it as before.</Trans>
        </p>
      )}
      <div className="row wrap">
        <button type="submit" className="button button-primary button-small">
          <Trans>Go on</Trans>
        </button>
        <button
          type="button"
          className="button button-quiet button-small"
          onClick={() => onRun(() => people.giveUpMove())}
        >
          <Trans>Leave it as before</Trans>
        </button>
      </div>
    </form>
  );
}
