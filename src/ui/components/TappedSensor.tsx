import { Trans, useLingui } from '@lingui/react/macro';
import { useRoom } from '../services-context.ts';
import { badgeName } from '../text/exercise-text.ts';

/** Tells a screen reader which sensor was tapped; the eye sees its line light up. */
export function TappedSensor({ sensorIndex }: { readonly sensorIndex: number | null }) {
  const { t } = useLingui();
  const { session } = useRoom();
  const role = session(
    (store) => store.flow.sensors.find((sensor) => sensor.sensorIndex === sensorIndex)?.role,
  );
  return (
    <p className="visually-hidden" role="status">
      {role !== undefined && <Trans>You tapped {t(badgeName(role))}.</Trans>}
    </p>
  );
}
