import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback } from 'react';
import { Figure } from '../../components/Figure.tsx';
import { Notice } from '../../components/Notice.tsx';
import { SensorBadge } from '../../components/SensorBadge.tsx';
import { useRoom } from '../../services-context.ts';
import type { Avatar } from '../../services.ts';
import { badgeName, roleName, rolePlacement } from '../../text/exercise-text.ts';
import { SessionFrame } from './SessionFrame.tsx';

export function StrapOnStep({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useLingui();
  const { session } = useRoom();
  const sensors = session((store) => store.flow.sensors);
  const simulated = session((store) => store.flow.plan?.kit === 'virtual');
  const send = session((store) => store.send);
  const roles = sensors.map((sensor) => sensor.role);
  const key = roles.join();
  const onMount = useCallback(
    (avatar: Avatar) => {
      avatar.setPosture('standing');
      avatar.setWorn(session.getState().flow.sensors.map((sensor) => sensor.role));
    },
    [session],
  );
  return (
    <SessionFrame
      name={t`Strap on`}
      step={2}
      title={t`Put the sensors on`}
      lead={<Trans>Over a thin shirt. Two fingers fit under each strap.</Trans>}
      stage={
        <Figure
          key={key}
          className="stage-figure figure-fades"
          label={t`The back of a person with the sensors in place`}
          onMount={onMount}
        />
      }
      onLeave={onLeave}
    >
      <div className="session-body">
        {simulated && (
          <Notice tone="info">
            <p>
              <Trans>
                There is nothing to put on: a simulated person wears the sensors and moves for you. Watch, and
                press the buttons. The numbers are simulated too.
              </Trans>
            </p>
          </Notice>
        )}
        <ul className="card card-lifted card-list">
          {sensors.map((sensor) => (
            <li key={sensor.sensorIndex} className="line-item line-item-top">
              <SensorBadge role={sensor.role} />
              <div className="grow">
                <b>
                  {t(badgeName(sensor.role))}: {t(roleName(sensor.role))}
                </b>
                <div className="small">{t(rolePlacement(sensor.role))}</div>
              </div>
            </li>
          ))}
        </ul>
        <p className="small">
          <Trans>
            Skin under a strap must be whole and dry. Take a sensor off at once if it gets hot, itches or
            burns.
          </Trans>
        </p>
      </div>
      <div className="session-actions">
        <button
          type="button"
          className="button button-primary button-wide"
          onClick={() => send({ kind: 'strapped' })}
        >
          <Trans>They are on</Trans>
        </button>
      </div>
    </SessionFrame>
  );
}
