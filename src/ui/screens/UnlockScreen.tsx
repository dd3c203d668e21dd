import { Plural, Trans, useLingui } from '@lingui/react/macro';
import Lock from 'lucide-react/icons/lock';
import { useEffect, useState } from 'react';
import { Brand } from '../components/Brand.tsx';
import { EraseSheet } from '../components/EraseCard.tsx';
import { Notice, ProblemNotice } from '../components/Notice.tsx';
import { PassphraseField } from '../components/PassphraseField.tsx';
import { useRoom } from '../services-context.ts';
import type { PeopleState, UnlockAnswer } from '../services.ts';
import { storageProblemWords } from '../text/storage-text.ts';

/** The passphrase, or the code from the paper; nothing of the person is on the page before. */
export function UnlockScreen({ state }: { readonly state: Extract<PeopleState, { kind: 'locked' }> }) {
  const { t } = useLingui();
  const { services } = useRoom();
  const [by, setBy] = useState<'passphrase' | 'code'>('passphrase');
  const [typed, setTyped] = useState('');
  const [answer, setAnswer] = useState<UnlockAnswer | 'busy' | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [erasing, setErasing] = useState(false);
  const waitS = useCountdownS(state);
  const { name } = state.person;
  const open = () => {
    setAnswer('busy');
    setProblem(null);
    services.people
      .unlock(by === 'passphrase' ? { kind: 'passphrase', passphrase: typed } : { kind: 'code', code: typed })
      .then(setAnswer, (error: unknown) => {
        setAnswer(null);
        setProblem(error);
      });
  };
  return (
    <main className="page page-narrow" id="main">
      <Brand />
      <h1 className="row">
        <Lock size={28} strokeWidth={1.75} aria-hidden="true" />
        {name === '' ? t`Your sessions are locked` : t`${name}: your sessions are locked`}
      </h1>
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          open();
        }}
      >
        {by === 'passphrase' ? (
          <PassphraseField label={t`Your passphrase`} value={typed} onChange={setTyped} />
        ) : (
          <label className="field">
            <span className="small">
              <Trans>The code on your paper: five groups of five</Trans>
            </span>
            <input
              type="text"
              required
              maxLength={60}
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </label>
        )}
        {answer === 'wrong' && (
          <Notice tone="warn" alert>
            <p>
              <b>{by === 'passphrase' ? t`That is not the passphrase.` : t`That is not the code.`}</b>
            </p>
            <p>
              <Trans>Show what you type, look at each letter, and try again. Nothing is lost.</Trans>
            </p>
          </Notice>
        )}
        {problem !== null && <ProblemNotice words={storageProblemWords(problem)} detail={String(problem)} />}
        {waitS > 0 && (
          <p className="warn" role="status">
            <Plural
              value={waitS}
              one="Too many tries. You can try again in # second."
              other="Too many tries. You can try again in # seconds."
            />
          </p>
        )}
        <button
          type="submit"
          className="button button-primary button-wide"
          disabled={answer === 'busy' || waitS > 0}
        >
          {answer === 'busy' ? <Trans>One moment</Trans> : <Trans>Unlock</Trans>}
        </button>
      </form>
      <div className="row wrap">
        <button
          type="button"
          className="button button-quiet button-small"
          onClick={() => {
            setBy(by === 'passphrase' ? 'code' : 'passphrase');
            setTyped('');
            setAnswer(null);
          }}
        >
          {by === 'passphrase' ? (
            <Trans>I forgot it: use my paper code</Trans>
          ) : (
            <Trans>Use my passphrase</Trans>
          )}
        </button>
        {state.people.length > 1 && (
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => void services.people.leave().catch(setProblem)}
          >
            <Trans>I am somebody else</Trans>
          </button>
        )}
      </div>
      {by === 'code' && (
        <section className="card stack">
          <p>
            <Trans>
              Without the passphrase and without the paper nobody can open these sessions, and neither can we.
              You can erase them and begin anew.
            </Trans>
          </p>
          <button
            type="button"
            className="button button-second button-small"
            onClick={() => setErasing(true)}
          >
            <Trans>Erase and begin anew</Trans>
          </button>
        </section>
      )}
      {erasing && <EraseSheet onClose={() => setErasing(false)} />}
    </main>
  );
}

/** Whole seconds until the next try, counted down from the newest state. */
function useCountdownS(state: Extract<PeopleState, { kind: 'locked' }>): number {
  const [leftMs, setLeftMs] = useState(state.waitMs);
  useEffect(() => {
    const endMs = performance.now() + state.waitMs;
    setLeftMs(state.waitMs);
    if (state.waitMs === 0) return undefined;
    const timer = setInterval(() => {
      const now = Math.max(0, endMs - performance.now());
      setLeftMs(now);
      if (now === 0) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [state]);
  return Math.ceil(leftMs / 1000);
}
