import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState, type ReactNode } from 'react';
import { Link, useParams } from 'wouter';
import { BackLink } from '../components/BackLink.tsx';
import type { SessionResult } from '../../core/pipeline/session-result.ts';
import { comparedTest, comparisonRefusal } from '../../core/report/range-change.ts';
import { compareSessions, type DatedResult } from '../../core/report/range-history.ts';
import { Notice } from '../components/Notice.tsx';
import { DoorShell } from '../components/PatientShell.tsx';
import { ChangeList } from '../components/RangeChanges.tsx';
import { Duration, SessionDate } from '../components/SessionList.tsx';
import { VirtualMark } from '../components/VirtualMark.tsx';
import { FailedToRead, WaitingForSessions } from '../components/Waiting.tsx';
import { useRoom } from '../services-context.ts';
import type { StoredSession } from '../services.ts';
import { countSummary, headlineSet } from '../session-summary.ts';
import { exerciseWords, measureName, roleName } from '../text/exercise-text.ts';
import { refusalWords } from '../text/result-text.ts';

type CompareState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** The earlier of the two first; all others for how far this person's tests scatter. */
  | {
      readonly kind: 'ready';
      readonly before: StoredSession;
      readonly after: StoredSession;
      readonly all: readonly StoredSession[];
    };

/** Two sessions side by side: what can be said of the difference, or why nothing can. */
export function ComparePage() {
  const { t } = useLingui();
  const { services } = useRoom();
  const { a, b } = useParams<{ a: string; b: string }>();
  const [state, setState] = useState<CompareState>({ kind: 'waiting' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let over = false;
    const read = async (): Promise<CompareState> => {
      const all = await services.log.list();
      const two = [a, b].map((id) => all.find(({ sessionId }) => sessionId === id));
      const [before, after] = two
        .filter((one) => one !== undefined)
        .sort((one, other) => atMs(one) - atMs(other));
      return before === undefined || after === undefined
        ? { kind: 'missing' }
        : { kind: 'ready', before, after, all };
    };
    read().then(
      (found) => {
        if (!over) setState(found);
      },
      (error: unknown) => {
        if (!over) setState({ kind: 'failed', error });
      },
    );
    return () => {
      over = true;
    };
  }, [services, a, b, round]);
  return (
    <DoorShell>
      <main className="page page-wide" id="main">
        <div className="row">
          <BackLink href="/sessions" label={t`Back to the sessions`} />
          <h1>
            <Trans>Two sessions side by side</Trans>
          </h1>
        </div>
        {state.kind === 'waiting' && <WaitingForSessions />}
        {state.kind === 'failed' && (
          <FailedToRead error={state.error} onRetry={() => setRound((count) => count + 1)} />
        )}
        {state.kind === 'missing' && (
          <p className="muted">
            <Trans>One of the two sessions is not on this device any more.</Trans>
          </p>
        )}
        {state.kind === 'ready' && <Compared {...state} />}
      </main>
    </DoorShell>
  );
}

function Compared({ before, after, all }: Extract<CompareState, { readonly kind: 'ready' }>) {
  const { t } = useLingui();
  const then = saidOf(before),
    now = saidOf(after);
  const refusal =
    before.simulated !== after.simulated
      ? 'virtual'
      : comparisonRefusal(then && comparedTest(then), now && comparedTest(now));
  const changes =
    refusal !== null || then === null || now === null
      ? []
      : compareSessions(
          all.filter(({ simulated }) => simulated === after.simulated).flatMap(dated),
          { atMs: atMs(before), result: then },
          { atMs: atMs(after), result: now },
        );
  return (
    <>
      <section className="card stack">
        <h2>
          <Trans>How far you moved</Trans>
        </h2>
        {refusal === null ? (
          <ChangeList changes={changes} trends={[]} />
        ) : (
          <Notice tone="info">
            <p>
              <b>
                <Trans>These two cannot be compared</Trans>
              </b>
            </p>
            <p>{t(refusalWords(refusal))}</p>
          </Notice>
        )}
      </section>
      <section className="card compared" aria-label={t`Both sessions`}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Session</Trans>
              </th>
              {[before, after].map((stored) => (
                <th key={stored.sessionId} scope="col">
                  <Link href={`/sessions/${encodeURIComponent(stored.sessionId)}`}>
                    <SessionDate startedAtUtc={stored.startedAtUtc} />
                  </Link>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Line name={<Trans>Movement</Trans>} both={[before, after].map((one) => movementOf(one, t))} />
            <Line
              name={<Trans>What was measured</Trans>}
              both={[before, after].map((one) => measureOf(one, t))}
            />
            <Line
              name={<Trans>Worn on</Trans>}
              both={[before, after].map(
                ({ roles }) => roles.map((role) => t(roleName(role))).join(' + ') || '–',
              )}
            />
            <Line
              name={<Trans>Moves that counted</Trans>}
              both={[then, now].map((result) => (result === null ? '–' : countedOf(result)))}
            />
            <Line
              name={<Trans>Pain before</Trans>}
              both={[then, now].map((result) => painOf(result?.painBefore))}
            />
            <Line
              name={<Trans>Pain after</Trans>}
              both={[then, now].map((result) => painOf(result?.painAfter))}
            />
            <Line
              name={<Trans>Length</Trans>}
              both={[before, after].map(({ sessionId, durationS }) => (
                <Duration key={sessionId} seconds={durationS} />
              ))}
            />
            <Line
              name={<Trans>Computed by</Trans>}
              both={[then, now].map((result) => (result === null ? '–' : `Thora ${result.engineVersion}`))}
            />
          </tbody>
        </table>
        {(before.simulated || after.simulated) && <VirtualMark />}
      </section>
    </>
  );
}

function Line({ name, both }: { readonly name: ReactNode; readonly both: readonly ReactNode[] }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{both[0]}</td>
      <td>{both[1]}</td>
    </tr>
  );
}

function saidOf({ report, result }: StoredSession): SessionResult | null {
  return report ?? result;
}

function atMs({ startedAtUtc }: StoredSession): number {
  return Date.parse(startedAtUtc);
}

function dated(stored: StoredSession): DatedResult[] {
  const result = saidOf(stored);
  return result === null ? [] : [{ atMs: atMs(stored), result }];
}

type Translate = ReturnType<typeof useLingui>['t'];

function movementOf(stored: StoredSession, t: Translate): string {
  const result = saidOf(stored);
  const set = result === null ? null : headlineSet(result);
  return set === null ? '–' : t(exerciseWords(set.exerciseId).title);
}

function measureOf(stored: StoredSession, t: Translate): string {
  const result = saidOf(stored);
  const set = result === null ? null : headlineSet(result);
  return set === null ? '–' : t(measureName(set.measure));
}

function countedOf(result: SessionResult): ReactNode {
  const { counted, total } = countSummary(result);
  return (
    <Trans>
      {counted} of {total}
    </Trans>
  );
}

function painOf(value: number | null | undefined): ReactNode {
  if (value === null || value === undefined) return '–';
  return <Trans>{value} of 10</Trans>;
}
