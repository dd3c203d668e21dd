import type { DeviceFamily } from '../../../core/device/device-family.ts';
import type { LiveStream } from '../../../core/device/live-stream.ts';
import type { SensorDescription } from '../../../core/packet/packet.ts';
import { SensorError } from '../../../core/packet/sensor-error.ts';
import type { ConnectedSensor } from '../../../ui/services.ts';
import { mapBluetoothError } from './bluetooth-error.ts';
import { BluetoothSensor } from './bluetooth-sensor.ts';
import { DeviceLink, type OpenedLink } from './device-link.ts';
import {
  DEVICE_INFORMATION_SERVICE_UUID,
  FIRMWARE_REVISION_UUID,
  readBatteryValue,
  readOptionalValue,
} from './gatt-link.ts';
import { OperationQueue } from './operation-queue.ts';
import { shareClock } from './unit-sync.ts';

/** `bluetooth` is `navigator.bluetooth`, undefined where the browser has none. */
export interface BluetoothPorts {
  readonly bluetooth: Bluetooth | undefined;
  readonly families: readonly DeviceFamily[];
}

/** A sensor that is awake advertises several times a second. */
const ADVERTISEMENT_MS = 2000;
/** What was just picked from a list is there. */
const CHOSEN_CONNECT_MS = 15_000;
/** What was there last time may be off: nobody waits for it for long, and others wait for their turn. */
const KNOWN_CONNECT_MS = 6_000;

/** Opens the chooser and connects what was chosen. One device connects at a time. */
export class BluetoothConnector {
  readonly #ports: BluetoothPorts;
  readonly #connects = new OperationQueue();
  /** By device id. The browser hands out the same device object again when the person picks it again. */
  readonly #links = new Map<string, DeviceLink>();
  /** Devices whose packets did not come whole: they are asked for shorter ones next time. */
  readonly #unreadable = new Set<string>();

  constructor(ports: BluetoothPorts) {
    this.#ports = ports;
  }

  async availability(): Promise<'available' | 'unsupported' | 'off'> {
    const { bluetooth } = this.#ports;
    if (!bluetooth) return 'unsupported';
    try {
      return (await bluetooth.getAvailability()) ? 'available' : 'off';
    } catch {
      return 'off';
    }
  }

  /**
   * Needs a user gesture. Rejects with {@link SensorError}; nothing stays connected then.
   * @param rateHz samples a second to ask for, where the family offers them; its usual rate without
   */
  async connect(sensorIndex: number, rateHz?: number): Promise<ConnectedSensor> {
    return this.#open(await this.#choose(), sensorIndex, CHOSEN_CONNECT_MS, rateHz);
  }

  /**
   * Needs no gesture: the browser remembers what the page was let use.
   * @returns null where it does not, or where the device does not answer
   */
  async reconnect(sensorIndex: number, sensorId: string): Promise<ConnectedSensor | null> {
    try {
      const device = await this.#findDevice(sensorId);
      if (device === null) return null;
      await hearAdvertisement(device);
      return await this.#open(device, sensorIndex, KNOWN_CONNECT_MS);
    } catch (error) {
      if (error instanceof SensorError) return null;
      throw error;
    }
  }

  /** Lets these sensors go and connects them again, the first of them first. Link changes tell what comes of it. */
  renew(sensorIndexes: readonly number[]): void {
    // All wait equally long before they connect, and then for their turn.
    for (const link of this.#linksOf(sensorIndexes)) link.renew();
  }

  /** Has these sensors follow the clock of the first of them, where their maker offers that. Links fall and come back. */
  shareClock(sensorIndexes: readonly number[]): Promise<void> {
    return shareClock(this.#linksOf(sensorIndexes));
  }

  #linksOf(sensorIndexes: readonly number[]): readonly DeviceLink[] {
    const links = [...this.#links.values()].filter((link) => !link.isClosed);
    return sensorIndexes.flatMap((index) => links.find((link) => link.sensorIndex === index) ?? []);
  }

  async #open(
    device: BluetoothDevice,
    sensorIndex: number,
    firstConnectMs: number,
    rateHz?: number,
  ): Promise<ConnectedSensor> {
    const known = this.#links.get(device.id);
    if (known && !known.isClosed && known.sensorIndex !== sensorIndex)
      throw new SensorError('alreadyInUse', device.name ?? '');
    // A device picked again must not have two keepers that both bring its link back.
    await known?.close();
    const link = new DeviceLink(device, sensorIndex, {
      connects: this.#connects,
      families: this.#ports.families,
      firstConnectMs,
      findDevice: (id) => this.#findDevice(id),
      chooseStream: (family) => chooseStream(family, rateHz, this.#unreadable.has(device.id)),
    });
    this.#links.set(device.id, link);
    const opened = await link.open();
    const facts = await readFacts(link, opened, device);
    return new BluetoothSensor(link, opened, facts, () => this.#unreadable.add(device.id));
  }

  async #findDevice(id: string): Promise<BluetoothDevice | null> {
    const { bluetooth } = this.#ports;
    // Not every browser has it, whatever its types say.
    if (!bluetooth || !('getDevices' in bluetooth)) return null;
    return (await bluetooth.getDevices()).find((device) => device.id === id) ?? null;
  }

  async #choose(): Promise<BluetoothDevice> {
    const { bluetooth, families } = this.#ports;
    if (!bluetooth) throw new SensorError('bluetoothUnsupported', '');
    const filters: BluetoothLEScanFilter[] = [];
    // Battery and firmware are shown where a device tells them.
    const optionalServices = new Set([DEVICE_INFORMATION_SERVICE_UUID]);
    for (const { bluetooth: radio } of families) {
      for (const { services, namePrefix } of radio.filters) {
        filters.push({ ...(services && { services: [...services] }), ...(namePrefix && { namePrefix }) });
      }
      optionalServices.add(radio.serviceUuid).add(radio.batteryValue.serviceUuid);
      const { identify, resetHeading, sync } = radio;
      const elsewhere = [identify, ...(resetHeading ?? [])].map((write) => write?.characteristic);
      for (const place of [...elsewhere, sync?.address, sync?.request, sync?.outcome])
        if (place) optionalServices.add(place.serviceUuid);
    }
    try {
      // First of all, while the user's gesture still counts: questions about the adapter come after.
      return await bluetooth.requestDevice({ filters, optionalServices: [...optionalServices] });
    } catch (error) {
      if ((await this.availability()) === 'off') throw new SensorError('bluetoothOff', '', { cause: error });
      throw mapBluetoothError(error, 'choose', '');
    }
  }
}

/** After a start of the browser some systems connect only to what they have heard; others need no waiting. */
async function hearAdvertisement(device: BluetoothDevice): Promise<void> {
  // Not every browser has it, whatever its types say.
  if (!('watchAdvertisements' in device)) return;
  const watching = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      setTimeout(resolve, ADVERTISEMENT_MS);
      device.addEventListener('advertisementreceived', () => resolve(), { once: true });
      device.watchAdvertisements({ signal: watching.signal }).catch(reject);
    });
  } catch {
    // It may answer all the same.
  } finally {
    watching.abort();
  }
}

function chooseStream(family: DeviceFamily, rateHz: number | undefined, narrow: boolean): LiveStream {
  if (narrow && family.narrowStream) return family.narrowStream;
  return family.liveStreams.find((live) => live.rateHz === rateHz) ?? family.liveStreams[0];
}

async function readFacts(
  link: DeviceLink,
  { link: { family }, dialogue, live }: OpenedLink,
  device: BluetoothDevice,
): Promise<{ readonly description: SensorDescription; readonly batteryPercent: number | null }> {
  const battery = await link.ask((gatt, operations) => readBatteryValue(gatt, operations));
  const revision = await link.ask(({ server }, operations) =>
    readOptionalValue(server, operations, DEVICE_INFORMATION_SERVICE_UUID, FIRMWARE_REVISION_UUID),
  );
  return {
    description: {
      sensorIndex: link.sensorIndex,
      sensorId: device.id,
      family: family.name,
      stream: live.stream,
      name: device.name || family.name,
      firmware: dialogue.firmware ?? (revision ? new TextDecoder().decode(revision) : null),
      nominalRateHz: live.rateHz,
      simulated: false,
    },
    batteryPercent: dialogue.batteryPercent ?? battery,
  };
}
