import { Trans, useLingui } from '@lingui/react/macro';
import Magnet from 'lucide-react/icons/magnet';
import { useEffect, useState } from 'react';
import { DEG_PER_RAD } from '../../core/math/angle.ts';
import { LIVE_SENSOR } from '../../core/pipeline/live-frame.ts';
import { FieldSurvey, type FieldFinding, type SurveyState } from '../../core/quality/field-survey.ts';
import { sensorValue } from '../live-values.ts';
import { useRoom } from '../services-context.ts';
import { badgeName } from '../text/exercise-text.ts';
import { fieldWords } from '../text/kit-text.ts';
import { decimal } from '../text/number-text.ts';
import { Notice } from './Notice.tsx';
import { Segmented } from './Segmented.tsx';

const EVERY_MS = 50;
const STALE_MS = 500;

/** Is there steel or a magnet in this chair or bed? One sensor is moved over it, and the field compared. */
export function FieldCheck() {
  const { t } = useLingui();
  const { services, session } = useRoom();
  const sensors = session((store) => store.flow.sensors);
  const [sensorIndex, setSensorIndex] = useState(sensors[0]?.sensorIndex ?? 0);
  const [runs, setRuns] = useState(false);
  const [state, setState] = useState<SurveyState | null>(null);

  useEffect(() => {
    if (!runs) return undefined;
    const survey = new FieldSurvey();
    const timer = setInterval(() => {
      const nowMs = performance.now();
      const frame = services.session.latestFrame();
      const of = (offset: number) => sensorValue(frame, sensorIndex, offset);
      const fresh = nowMs - of(LIVE_SENSOR.hostTimeMs) < STALE_MS;
      const next = survey.take(
        {
          fieldMicroTesla: fresh ? of(LIVE_SENSOR.fieldMicroTesla) : NaN,
          dipRad: of(LIVE_SENSOR.dipRad),
          rateRadPerS: of(LIVE_SENSOR.rateRadPerS),
        },
        nowMs,
      );
      setState(next);
      if (next.kind === 'found') setRuns(false);
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [services, sensorIndex, runs]);

  return (
    <section className="stack">
      <h3>
        <Trans>Magnets near your chair or bed</Trans>
      </h3>
      {sensors.length > 1 && !runs && (
        <Segmented
          label={t`Which sensor you move`}
          value={String(sensorIndex)}
          choices={sensors.map((sensor) => ({
            value: String(sensor.sensorIndex),
            label: t(badgeName(sensor.role)),
          }))}
          onChange={(value) => setSensorIndex(Number(value))}
        />
      )}
      {runs ? (
        <SurveyProgress state={state} />
      ) : (
        <>
          {state?.kind === 'found' && <Finding finding={state.finding} />}
          <p className="muted">
            <Trans>
              Hold one sensor flat, its face up. Move it slowly all over the seat or the bed for 15 seconds.
              Do not turn it round.
            </Trans>
          </p>
        </>
      )}
      <button type="button" className="button button-second button-small" onClick={() => setRuns(!runs)}>
        <Magnet size={20} strokeWidth={1.75} aria-hidden="true" />
        {runs ? <Trans>Stop the check</Trans> : <Trans>Check this place</Trans>}
      </button>
    </section>
  );
}

function SurveyProgress({ state }: { readonly state: SurveyState | null }) {
  const isMoving = state?.kind === 'moving';
  return (
    <>
      <div className="shake-bar" aria-hidden="true">
        <span style={{ inlineSize: `${isMoving ? 100 * state.fraction : 0}%` }} />
      </div>
      <p role="status">
        {state?.kind === 'noField' ? (
          <Trans>This sensor sends no magnetic field now.</Trans>
        ) : !isMoving || state.hint === 'moveOn' ? (
          <Trans>Move it slowly over the place.</Trans>
        ) : state.hint === 'slower' ? (
          <Trans>A little slower, and do not turn it.</Trans>
        ) : state.isUsualHere === false ? (
          <b className="warn">
            <Trans>The field is different here.</Trans>
          </b>
        ) : (
          <Trans>Good, go on.</Trans>
        )}
      </p>
    </>
  );
}

function Finding({ finding }: { readonly finding: FieldFinding }) {
  const { t, i18n } = useLingui();
  const words = fieldWords(finding.verdict);
  const one = (value: number) => decimal(value, i18n.locale);
  return (
    <Notice tone={finding.verdict === 'steady' ? 'info' : 'warn'} alert>
      <p>
        <b>{t(words.happened)}</b>
      </p>
      <p>{t(words.next)}</p>
      <p className="small">
        <Trans>
          Field {one(finding.medianMicroTesla)} µT, varies by {one(finding.spreadMicroTesla)} µT; its slope
          varies by {one(finding.dipSpreadRad * DEG_PER_RAD)}°.
        </Trans>
      </p>
    </Notice>
  );
}
