import { Trans, useLingui } from '@lingui/react/macro';
import ArrowLeftRight from 'lucide-react/icons/arrow-left-right';
import { useRoom } from '../services-context.ts';
import { badgeName } from '../text/exercise-text.ts';

/** One tap gives two sensors each other's place; the session goes on with that. */
export function ExchangeButton({ sensorIndexes }: { readonly sensorIndexes: readonly [number, number] }) {
  const { t } = useLingui();
  const { session } = useRoom();
  const sensors = session((store) => store.flow.sensors);
  const send = session((store) => store.send);
  const [one, two] = sensorIndexes.map((index) => {
    const role = sensors.find((sensor) => sensor.sensorIndex === index)?.role;
    return role === undefined ? '' : t(badgeName(role));
  });
  return (
    <button
      type="button"
      className="button button-second button-small"
      onClick={() => send({ kind: 'exchanged', sensorIndexes })}
    >
      <ArrowLeftRight size={20} strokeWidth={1.75} aria-hidden="true" />
      <Trans>
        Swap {one} and {two}
      </Trans>
    </button>
  );
}
