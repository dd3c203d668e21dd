import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { ExchangeButton } from '../../components/ExchangeButton.tsx';
import { ProblemNotice } from '../../components/Notice.tsx';
import type { SensorErrorCode } from '../../../core/packet/sensor-error.ts';
import { useRoom } from '../../services-context.ts';
import { canGoWithout } from '../../stores/going-without.ts';
import { kitMonitor } from '../../stores/kit-monitor.ts';
import { badgeName } from '../../text/exercise-text.ts';
import {
  bluetoothLostWords,
  missingRoleWords,
  refusalWords,
  saveFailedWords,
  sensorErrorWords,
  troubleWords,
} from '../../text/problem-text.ts';

/** The one thing that needs the person now, with the one next step. */
export function SessionProblem() {
  const { t } = useLingui();
  const room = useRoom();
  const { session } = room;
  const alarm = kitMonitor(room).useHealth((health) => health.alarm);
  const problem = session((store) => store.flow.problem);
  const plan = session((store) => store.flow.plan);
  const sensors = session((store) => store.flow.sensors);
  const send = session((store) => store.send);
  const step = session((store) => store.flow.step);
  if (problem === null) return null;
  // The alarm beside it knows the pattern, and so the better way out.
  if (problem.about === 'sensor' && problem.code === 'halfRate' && alarm !== null && step !== 'set')
    return null;
  const close = (
    <button
      type="button"
      className="button button-quiet button-small"
      onClick={() => send({ kind: 'problemSeen' })}
    >
      <Trans>All right</Trans>
    </button>
  );
  const content = () => {
    switch (problem.about) {
      case 'sensor':
        return (
          <ProblemNotice
            words={
              problem.code === 'bluetoothOff' && sensors.length > 0
                ? bluetoothLostWords()
                : sensorErrorWords(problem.code)
            }
            subject={problem.code === 'bluetoothOff' ? '' : problem.subject}
          >
            {isConnectedAnew(problem.code) && (
              <>
                <ConnectAgain sensorIndex={problem.sensorIndex} />
                <GoWithout sensorIndex={problem.sensorIndex} />
              </>
            )}
            {close}
          </ProblemNotice>
        );
      case 'step': {
        const role = sensors.find((sensor) => sensor.sensorIndex === problem.sensorIndex)?.role;
        return (
          <ProblemNotice
            words={refusalWords(problem.refusal)}
            subject={role === undefined ? '' : t(badgeName(role))}
          >
            {problem.exchange !== null && <ExchangeButton sensorIndexes={problem.exchange} />}
            <button
              type="button"
              className="button button-second button-small"
              onClick={() => send({ kind: 'tryAgain' })}
            >
              <Trans>Try again</Trans>
            </button>
            <GoWithout
              sensorIndex={
                problem.refusal === 'noSignal'
                  ? problem.sensorIndex
                  : (sensors.find(({ connected }) => !connected)?.sensorIndex ?? null)
              }
            />
          </ProblemNotice>
        );
      }
      case 'set':
        return (
          <ProblemNotice
            words={missingRoleWords()}
            subject={problem.missingRoles.map((role) => t(badgeName(role))).join(', ')}
          >
            <GoWithout
              sensorIndex={
                sensors.find(({ role }) => problem.missingRoles.includes(role))?.sensorIndex ?? null
              }
            />
            {close}
          </ProblemNotice>
        );
      case 'trouble':
        return (
          <ProblemNotice
            words={troubleWords(problem.trouble)}
            detail={problem.trouble.kind === 'storageFailed' ? problem.trouble.detail : ''}
          >
            {problem.trouble.kind === 'workerLost' ? (
              close
            ) : (
              <>
                <button
                  type="button"
                  className="button button-quiet button-small"
                  onClick={() => send({ kind: 'problemSeen' })}
                >
                  {problem.trouble.kind === 'storageFull' && problem.trouble.keepsResult ? (
                    <Trans>Go on</Trans>
                  ) : (
                    <Trans>Go on without saving</Trans>
                  )}
                </button>
                {plan !== null && (
                  <button
                    type="button"
                    className="button button-quiet button-small"
                    onClick={() => {
                      send({ kind: 'leave' });
                      send({ kind: 'begin', plan });
                    }}
                  >
                    <Trans>Start again</Trans>
                  </button>
                )}
              </>
            )}
          </ProblemNotice>
        );
      case 'save':
        return (
          <ProblemNotice words={saveFailedWords()}>
            <button
              type="button"
              className="button button-second button-small"
              onClick={() => send({ kind: 'leave' })}
            >
              <Trans>Leave the session</Trans>
            </button>
          </ProblemNotice>
        );
    }
  };
  return <div className="session-body session-problem">{content()}</div>;
}

/** Whether connecting it once more is the step that the words of the problem name. */
function isConnectedAnew(code: SensorErrorCode): boolean {
  return [
    'linkLost',
    'permissionRevoked',
    'connectFailed',
    'notReached',
    'noData',
    'unreadable',
    'sensorExhausted',
    'heldElsewhere',
  ].includes(code);
}

/** For a sensor that still has its place; the step that connects offers the open places by itself. */
function ConnectAgain({ sensorIndex }: { readonly sensorIndex: number | null }) {
  const { t } = useLingui();
  const { session } = useRoom();
  const kit = session((store) => store.flow.plan?.kit);
  const role = session(
    (store) => store.flow.sensors.find((sensor) => sensor.sensorIndex === sensorIndex)?.role,
  );
  const connect = session((store) => store.connect);
  const [busy, setBusy] = useState(false);
  if (kit !== 'bluetooth' || role === undefined) return null;
  return (
    <button
      type="button"
      className="button button-second button-small"
      disabled={busy}
      onClick={() => {
        setBusy(true);
        void connect(role).finally(() => setBusy(false));
      }}
    >
      {busy ? <Trans>Connecting</Trans> : <Trans>Connect {t(badgeName(role))}</Trans>}
    </button>
  );
}

/** For one that does not come back: what the others cannot see goes by the clock. */
function GoWithout({ sensorIndex }: { readonly sensorIndex: number | null }) {
  const { t } = useLingui();
  const { session } = useRoom();
  const flow = session((store) => store.flow);
  const send = session((store) => store.send);
  const role = flow.sensors.find((sensor) => sensor.sensorIndex === sensorIndex)?.role;
  if (sensorIndex === null || role === undefined || !canGoWithout(flow, sensorIndex)) return null;
  return (
    <button
      type="button"
      className="button button-second button-small"
      onClick={() => send({ kind: 'goWithout', sensorIndex })}
    >
      <Trans>Go on without {t(badgeName(role))}</Trans>
    </button>
  );
}
