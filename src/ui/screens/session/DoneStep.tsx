import { Trans, useLingui } from '@lingui/react/macro';
import CircleCheck from 'lucide-react/icons/circle-check';
import Sprout from 'lucide-react/icons/sprout';
import { Link, useLocation } from 'wouter';
import type { LibraryExerciseId } from '../../../core/exercise/exercise-library.ts';
import type { SessionResult, SetResult } from '../../../core/pipeline/session-result.ts';
import { hasDone, hasExercised } from '../../../core/report/done-in-session.ts';
import { sideDifference } from '../../../core/report/range-change.ts';
import { BestBars } from '../../components/BestBars.tsx';
import { DoneWithoutSensors } from '../../components/DoneWithoutSensors.tsx';
import { DriftWords } from '../../components/DriftWords.tsx';
import { ExplainBest } from '../../components/ExplainBest.tsx';
import { PainPair } from '../../components/PainPair.tsx';
import { SensorsButton } from '../../components/SensorsButton.tsx';
import { RangeChanges } from '../../components/RangeChanges.tsx';
import { Notice } from '../../components/Notice.tsx';
import { SessionTimes } from '../../components/SessionTimes.tsx';
import { VirtualMark } from '../../components/VirtualMark.tsx';
import { WhatChanged } from '../../components/WhatChanged.tsx';
import { WhatCounted } from '../../components/WhatCounted.tsx';
import { bandDegrees } from '../../live-values.ts';
import { useRoom } from '../../services-context.ts';
import { driftAudit, headlineSets } from '../../session-summary.ts';
import { usePreferences } from '../../stores/preferences-store.ts';
import type { Kept } from '../../stores/session-flow-state.ts';
import { itemTitle } from '../../text/exercise-library-text.ts';
import { exerciseWords } from '../../text/exercise-text.ts';
import { sideDifferenceWords } from '../../text/result-text.ts';
import { SessionProblem } from './SessionProblem.tsx';

export function DoneStep() {
  const { t } = useLingui();
  const { session } = useRoom();
  const [, navigate] = useLocation();
  const door = usePreferences((preferences) => preferences.door);
  const change = usePreferences((preferences) => preferences.change);
  const flow = session((store) => store.flow);
  const send = session((store) => store.send);
  const { result, plan } = flow;
  if (result === null || plan === null) return null;
  const isEnough = flow.stopReason === 'pain' || flow.stopReason === 'unwell';
  const words = exerciseWords(plan.items[0]?.exerciseId ?? 'E01');
  return (
    <main className="page session-done" id="main">
      <div className="row row-apart">
        {flow.kept === 'whole' && (
          <p className="row good">
            <CircleCheck size={22} strokeWidth={1.75} aria-hidden="true" />
            <b>
              <Trans>Saved on this device</Trans>
            </b>
          </p>
        )}
        <div className="row">
          {plan.kit === 'virtual' && <VirtualMark />}
          <SensorsButton />
        </div>
      </div>
      <NotKept kept={flow.kept} />
      <SessionProblem />
      <h1 tabIndex={-1}>
        {isEnough ? t`Enough for today` : hasDone(result) ? t`Well done` : t`Nothing done this time`}
      </h1>
      {plan.record && <NotCounted result={result} isOfPlan={plan.programme !== undefined && !isEnough} />}
      <NotMeasured exerciseIds={flow.notMeasured} />
      {headlineSets(result).map((set, index) => (
        <BestCard key={index} set={set} result={result} />
      ))}
      <DoneWithoutSensors sets={result.unmeasuredSets ?? []} />
      {flow.sessionId !== null && <RangeChanges sessionId={flow.sessionId} result={result} />}
      <WhatCounted result={result} />
      {(result.painBefore !== null || result.painAfter !== null) && (
        <section className="card">
          <PainPair before={result.painBefore} after={result.painAfter} />
        </section>
      )}
      <WhatChanged decisions={result.coaching} />
      <SessionTimes times={result.times} />
      {flow.stopReason === 'unwell' && (
        <section className="card">
          <p>
            <Trans>
              You stopped because you felt unwell. Take no more exercise today. If it comes back, see a doctor
              before your next session.
            </Trans>
          </p>
        </section>
      )}
      {flow.stopReason === 'pain' && (
        <section className="card row">
          <p>
            <Trans>
              Next time, go half as far. If the pain stays or grows, ask your physiotherapist or doctor.
            </Trans>
          </p>
        </section>
      )}
      {hasDone(result) && (
        <section className="card row">
          <Sprout size={30} strokeWidth={1.5} aria-hidden="true" />
          <div>
            <b>
              <Trans>Tomorrow: a walk, or rest</Trans>
            </b>
            <p className="small">{t(words.why)}</p>
          </div>
        </section>
      )}
      <div className="session-actions">
        <button
          type="button"
          className="button button-primary button-wide"
          onClick={() => {
            if (door === null) change({ door: 'exercise' });
            send({ kind: 'leave' });
            navigate('/today');
          }}
        >
          <Trans>Finish</Trans>
        </button>
        {flow.sessionId !== null && (flow.kept === 'whole' || flow.kept === 'result') && (
          <Link className="button button-quiet" href={`/sessions/${encodeURIComponent(flow.sessionId)}`}>
            {result.sets.length > 0 ? <Trans>See every move</Trans> : <Trans>See this session</Trans>}
          </Link>
        )}
      </div>
    </main>
  );
}

/** Says where nothing, or tests alone, were done: what that counts for, and what is still to come. */
function NotCounted({ result, isOfPlan }: { readonly result: SessionResult; readonly isOfPlan: boolean }) {
  const isNothing = !hasDone(result);
  if (!isNothing && (!isOfPlan || hasExercised(result))) return null;
  return (
    <Notice tone="info">
      <p>
        {isNothing ? (
          <Trans>You stopped before you did anything, so this does not count as a session.</Trans>
        ) : (
          <Trans>Your tests are kept. You stopped before the exercises.</Trans>
        )}{' '}
        {isOfPlan && <Trans>Today's session is still open.</Trans>}
      </p>
    </Notice>
  );
}

/** Says what a sensor that was lost before its first set would have measured. */
function NotMeasured({ exerciseIds }: { readonly exerciseIds: readonly LibraryExerciseId[] }) {
  const { t } = useLingui();
  if (exerciseIds.length === 0) return null;
  const titles = exerciseIds.map((exerciseId) => t(itemTitle({ exerciseId, test: false }))).join(', ');
  return (
    <Notice tone="info">
      <p>
        <Trans>A sensor was lost in the check. Without it we could not measure: {titles}.</Trans>
      </p>
    </Notice>
  );
}

/** Best of each side of one exercise with its band, and what these rest on. */
function BestCard({ set, result }: { readonly set: SetResult; readonly result: SessionResult }) {
  const { t } = useLingui();
  const title = t(exerciseWords(set.exerciseId).title);
  const sides = sideDifference({ set, calibrationQuality: result.calibrationQuality });
  const widest = Math.max(0, ...set.best.map((side) => side.halfWidth95Rad));
  return (
    <section className="card card-lifted">
      <h2>{set.plan.test ? <Trans>Your test: {title}</Trans> : <Trans>Your exercise: {title}</Trans>}</h2>
      <BestBars best={set.best} repetitions={set.repetitions} />
      <p className="small">
        <Trans>Each can be off by {bandDegrees(widest) ?? '–'}°.</Trans>{' '}
        {sides !== null && t(sideDifferenceWords(sides))}
      </p>
      {hasSlipped(set, result) && (
        <p className="small">
          <Trans>A strap slipped in this set. Do not rely on its angles; the count holds.</Trans>
        </p>
      )}
      <DriftWords audit={driftAudit(set)} />
      <ExplainBest set={set} result={result} engineVersion={result.engineVersion} />
    </section>
  );
}

function hasSlipped(set: SetResult, { flags }: SessionResult): boolean {
  return flags.some(
    ({ name, startMs, endMs }) => name === 'SLIP' && startMs <= set.endMs && endMs >= set.startMs,
  );
}

/** Says plainly what this device does not hold, and what follows from it. */
function NotKept({ kept }: { readonly kept: Kept }) {
  if (kept === 'whole') return null;
  if (kept === 'demonstration')
    return (
      <Notice tone="info">
        <p>
          <b>
            <Trans>This was a demonstration</Trans>
          </b>
        </p>
        <p>
          <Trans>A virtual person moved. Nothing of it enters your record.</Trans>
        </p>
      </Notice>
    );
  return kept === 'result' ? (
    <Notice tone="warn" alert>
      <p>
        <b>
          <Trans>Only the results were saved</Trans>
        </b>
      </p>
      <p>
        <Trans>
          Part of the recording is missing. The session stays in your list, but it cannot be played again or
          exported whole.
        </Trans>
      </p>
    </Notice>
  ) : (
    <Notice tone="stop" alert>
      <p>
        <b>
          <Trans>This session could not be saved</Trans>
        </b>
      </p>
      <p>
        <Trans>
          The results below stay until you leave this page. There is no recording, so nothing can be exported.
          Write down what you want to keep.
        </Trans>
      </p>
    </Notice>
  );
}
