import type { DeviceWrite } from '../../../core/device/device-family.ts';
import { SensorError } from '../../../core/packet/sensor-error.ts';
import { mapBluetoothError } from './bluetooth-error.ts';
import type { DeviceLink } from './device-link.ts';
import { readOptionalValue } from './gatt-link.ts';
import { withTimeout } from './operation-queue.ts';

/** Units that were left alone are connected one after the other. */
const BACK_WITHIN_MS = 45_000;

/**
 * Has units of one family follow the clock of the first, by the maker's own procedure; the links fall and come back on the way.
 * Rejects with {@link SensorError}.
 */
export async function shareClock(links: readonly DeviceLink[]): Promise<void> {
  const [root] = links;
  const radio = root?.radio;
  if (root === undefined || !radio?.sync) return;
  const { sync } = radio;
  const failed = (link: DeviceLink, why: string): SensorError =>
    new SensorError('clockNotShared', link.name, { cause: new Error(why) });
  const read = (link: DeviceLink, place: typeof sync.address): Promise<DataView | null> =>
    link.ask(({ server }, operations) =>
      readOptionalValue(server, operations, place.serviceUuid, place.characteristicUuid),
    );

  const address = await read(root, sync.address);
  const request = address && sync.requestOf(address);
  if (!request) throw failed(root, 'it does not tell its address');
  const commands: DeviceWrite[] = radio.stopCommands().map((value) => ({ characteristic: null, value }));
  for (const link of links) await link.write([...commands, { characteristic: sync.request, value: request }]);
  try {
    const all = Promise.all(links.map((link) => link.leaveAlone(sync.aloneMs)));
    await withTimeout(all, sync.aloneMs + BACK_WITHIN_MS, 'Coming back');
  } catch (error) {
    throw mapBluetoothError(error, 'connect', '');
  }
  for (const link of links) {
    const outcome = await read(link, sync.outcome);
    const why = outcome ? sync.outcomeOf(outcome) : 'it does not tell how it went';
    if (why !== null) throw failed(link, why);
  }
}
