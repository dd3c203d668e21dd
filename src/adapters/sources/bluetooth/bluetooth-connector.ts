import type { DeviceFamily } from '../../../core/device/device-family.ts';
import { SensorError } from '../../../core/packet/sensor-error.ts';
import type { ConnectedSensor } from '../../../ui/services.ts';
import { mapBluetoothError } from './bluetooth-error.ts';
import { BluetoothSensor } from './bluetooth-sensor.ts';
import {
  BATTERY_LEVEL_UUID,
  BATTERY_SERVICE_UUID,
  DEVICE_INFORMATION_SERVICE_UUID,
  FIRMWARE_REVISION_UUID,
  openGattLink,
  readOptionalValue,
} from './gatt-link.ts';
import { OperationQueue } from './operation-queue.ts';

/** `bluetooth` is `navigator.bluetooth`, undefined where the browser has none. */
export interface BluetoothPorts {
  readonly bluetooth: Bluetooth | undefined;
  readonly families: readonly DeviceFamily[];
}

/** Opens the chooser and connects what was chosen. One device connects at a time. */
export class BluetoothConnector {
  readonly #ports: BluetoothPorts;
  readonly #connects = new OperationQueue();
  /** By device id. The browser hands out the same device object again when the person picks it again. */
  readonly #sensors = new Map<string, BluetoothSensor>();

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

  /** Needs a user gesture. Rejects with {@link SensorError}; nothing stays connected then. */
  async connect(sensorIndex: number): Promise<ConnectedSensor> {
    const device = await this.#choose();
    // A device picked again must not have two keepers that both bring its link back.
    await this.#sensors.get(device.id)?.disconnect();
    this.#sensors.delete(device.id);
    const operations = new OperationQueue();
    const link = await openGattLink(device, this.#ports.families, this.#connects, operations);
    const battery = await operations.run(() =>
      readOptionalValue(link.server, BATTERY_SERVICE_UUID, BATTERY_LEVEL_UUID),
    );
    const firmware = await operations.run(() =>
      readOptionalValue(link.server, DEVICE_INFORMATION_SERVICE_UUID, FIRMWARE_REVISION_UUID),
    );
    const description = {
      sensorIndex,
      sensorId: device.id,
      family: link.family.name,
      stream: '',
      name: device.name ?? link.family.name,
      firmware: firmware ? new TextDecoder().decode(firmware) : null,
      nominalRateHz: link.family.defaultRateHz,
      simulated: false,
    };
    const batteryPercent = battery && battery.byteLength > 0 ? battery.getUint8(0) : null;
    const queues = { connects: this.#connects, operations };
    const sensor = new BluetoothSensor(device, link, queues, { description, batteryPercent });
    this.#sensors.set(device.id, sensor);
    return sensor;
  }

  async #choose(): Promise<BluetoothDevice> {
    const { bluetooth, families } = this.#ports;
    if (!bluetooth) throw new SensorError('bluetoothUnsupported', '');
    const filters: BluetoothLEScanFilter[] = [];
    // Standard services are asked for too: battery and firmware are shown where a device tells them.
    const optionalServices = [BATTERY_SERVICE_UUID, DEVICE_INFORMATION_SERVICE_UUID];
    for (const { bluetooth: radio } of families) {
      for (const { services, namePrefix } of radio.filters) {
        filters.push({ ...(services && { services: [...services] }), ...(namePrefix && { namePrefix }) });
      }
      optionalServices.push(radio.serviceUuid, ...radio.optionalServices);
    }
    try {
      // First of all, while the user's gesture still counts: questions about the adapter come after.
      return await bluetooth.requestDevice({ filters, optionalServices });
    } catch (error) {
      if ((await this.availability()) === 'off') throw new SensorError('bluetoothOff', '', { cause: error });
      throw mapBluetoothError(error, 'choose', '');
    }
  }
}
