import { Plural, Trans, useLingui } from '@lingui/react/macro';
import ArrowLeftRight from 'lucide-react/icons/arrow-left-right';
import Check from 'lucide-react/icons/check';
import CircleAlert from 'lucide-react/icons/circle-alert';
import Repeat from 'lucide-react/icons/repeat';
import RotateCcw from 'lucide-react/icons/rotate-ccw';
import { useCallback } from 'react';
import type { SensorFinding } from '../../../core/pipeline/pipeline-fact.ts';
import { ExchangeButton } from '../../components/ExchangeButton.tsx';
import { Figure } from '../../components/Figure.tsx';
import { Notice } from '../../components/Notice.tsx';
import { SensorBadge } from '../../components/SensorBadge.tsx';
import { TappedSensor } from '../../components/TappedSensor.tsx';
import { useTappedSensor } from '../../hooks/use-double-tap.ts';
import { wholeDegrees } from '../../live-values.ts';
import { useRoom } from '../../services-context.ts';
import type { Avatar } from '../../services.ts';
import { itemTitle } from '../../text/exercise-library-text.ts';
import { roleName } from '../../text/exercise-text.ts';
import { findingWords, type FindingWords } from '../../text/result-text.ts';
import { currentItem } from '../../stores/current-item.ts';
import { GoesOn } from './GoesOn.tsx';
import { SessionFrame } from './SessionFrame.tsx';

/** "What we found", in words. What software can correct is corrected, and said. */
export function FoundStep({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useLingui();
  const { session } = useRoom();
  const flow = session((store) => store.flow);
  const send = session((store) => store.send);
  const onMount = useCallback(
    (avatar: Avatar) => {
      avatar.setPosture('standing');
      avatar.setWorn(session.getState().flow.sensors.map((sensor) => sensor.role));
    },
    [session],
  );
  const tapped = useTappedSensor();
  const item = currentItem(flow);
  if (item === null) return null;
  const title = t(itemTitle(item));
  const findings: SensorFinding[] = flow.sensors.map(
    (sensor) =>
      flow.findings.find((finding) => finding.sensorIndex === sensor.sensorIndex) ?? {
        sensorIndex: sensor.sensorIndex,
        role: sensor.role,
        kind: 'inPlace',
        movedRad: null,
        formerRole: null,
      },
  );
  const doubtful = findings.find((finding) => finding.kind === 'maybeSwapped');
  return (
    <SessionFrame
      name={t`Quick check`}
      step={4}
      title={t`What we found`}
      lead={
        doubtful === undefined ? (
          <Plural
            value={findings.length}
            one="Your sensor is ready."
            _2="Both sensors are ready."
            other="All # sensors are ready."
          />
        ) : (
          <Trans>Two of them may be in each other's place.</Trans>
        )
      }
      stage={
        <Figure
          className="stage-figure stage-figure-small figure-fades"
          label={t`The back of a person with the sensors in place`}
          onMount={onMount}
        />
      }
      onLeave={onLeave}
    >
      <div className="session-body">
        {doubtful?.otherSensorIndex !== undefined && (
          <Notice tone="info">
            <p>
              <b>
                <Trans>The lower sensor bowed further than the one above it.</Trans>
              </b>
            </p>
            <p>
              <Trans>If you wear these two in each other's place, swap them here. If not, go on.</Trans>
            </p>
            <div className="notice-actions">
              <ExchangeButton sensorIndexes={[doubtful.sensorIndex, doubtful.otherSensorIndex]} />
            </div>
          </Notice>
        )}
        <ul className="card card-lifted card-list">
          {findings.map((finding) => {
            const moved = wholeDegrees(finding.movedRad);
            const words = findingWords(finding, moved === null ? null : `${moved}°`);
            return (
              <li
                key={finding.sensorIndex}
                className="line-item line-item-top"
                data-tapped={finding.sensorIndex === tapped ? '' : undefined}
              >
                {finding.role !== null && <SensorBadge role={finding.role} />}
                <div className="grow">
                  <b>
                    {finding.role === null ? t`Sensor` : t(roleName(finding.role))}: {t(words.what)}
                  </b>
                  <div className="small">{t(words.detail)}</div>
                </div>
                <FindingMark mark={words.mark} swapped={finding.kind === 'swapped'} />
              </li>
            );
          })}
        </ul>
        <TappedSensor sensorIndex={tapped} />
      </div>
      <div className="session-actions">
        <GoesOn />
        <button
          type="button"
          className="button button-primary button-wide button-big"
          onClick={() => send({ kind: 'accepted' })}
        >
          <Trans>Start: {title}</Trans>
        </button>
        <button type="button" className="button button-quiet" onClick={() => send({ kind: 'checkAgain' })}>
          <Repeat size={20} strokeWidth={1.75} aria-hidden="true" />
          <Trans>Check again</Trans>
        </button>
      </div>
    </SessionFrame>
  );
}

function FindingMark({ mark, swapped }: { readonly mark: FindingWords['mark']; readonly swapped: boolean }) {
  const Icon =
    mark === 'look' ? CircleAlert : mark === 'check' ? Check : swapped ? ArrowLeftRight : RotateCcw;
  return (
    <Icon size={24} strokeWidth={1.75} aria-hidden="true" className={mark === 'look' ? 'warn' : 'good'} />
  );
}
