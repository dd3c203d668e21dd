import type { DeviceFamily } from '../../../core/device/device-family.ts';
import { SensorError } from '../../../core/packet/sensor-error.ts';
import { mapBluetoothError } from './bluetooth-error.ts';
import { withTimeout } from './operation-queue.ts';
import type { OperationQueue } from './operation-queue.ts';

export const BATTERY_SERVICE_UUID = '0000180f-0000-1000-8000-00805f9b34fb';
export const BATTERY_LEVEL_UUID = '00002a19-0000-1000-8000-00805f9b34fb';
export const DEVICE_INFORMATION_SERVICE_UUID = '0000180a-0000-1000-8000-00805f9b34fb';
export const FIRMWARE_REVISION_UUID = '00002a26-0000-1000-8000-00805f9b34fb';

const CONNECT_TIMEOUT_MS = 15_000;
const OPERATION_TIMEOUT_MS = 8_000;

/** The handles of one connection. All of them are void once the link falls: fetch a new link then. */
export interface GattLink {
  readonly server: BluetoothRemoteGATTServer;
  readonly family: DeviceFamily;
  readonly data: BluetoothRemoteGATTCharacteristic;
  readonly command: BluetoothRemoteGATTCharacteristic | null;
}

/**
 * Connects and finds which of the families this is by its service. `connects` is shared by all devices, so that one
 * connects at a time; `operations` belongs to the device.
 */
export async function openGattLink(
  device: BluetoothDevice,
  families: readonly DeviceFamily[],
  connects: OperationQueue,
  operations: OperationQueue,
): Promise<GattLink> {
  const name = device.name ?? '';
  const gatt = device.gatt;
  if (!gatt) throw new SensorError('permissionDenied', name);
  const server = await connects
    .run(() =>
      withTimeout(gatt.connect(), CONNECT_TIMEOUT_MS, 'Connecting').catch((error: unknown) => {
        // Calls a pending connection back.
        gatt.disconnect();
        throw error;
      }),
    )
    .catch((error: unknown) => {
      throw mapBluetoothError(error, 'connect', name);
    });
  try {
    return await operations.run(() =>
      withTimeout(findHandles(server, families, name), OPERATION_TIMEOUT_MS, 'Discovery'),
    );
  } catch (error) {
    server.disconnect();
    throw mapBluetoothError(error, 'findService', name);
  }
}

async function findHandles(
  server: BluetoothRemoteGATTServer,
  families: readonly DeviceFamily[],
  name: string,
): Promise<GattLink> {
  let missing: unknown = null;
  for (const family of families) {
    try {
      const { serviceUuid, dataCharacteristicUuid, commandCharacteristicUuid } = family.bluetooth;
      const service = await server.getPrimaryService(serviceUuid);
      const data = await service.getCharacteristic(dataCharacteristicUuid);
      const command = commandCharacteristicUuid
        ? await service.getCharacteristic(commandCharacteristicUuid)
        : null;
      return { server, family, data, command };
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'NotFoundError') throw error;
      missing = error;
    }
  }
  throw new SensorError('wrongDevice', name, { cause: missing });
}

export async function writeCommand(
  characteristic: BluetoothRemoteGATTCharacteristic,
  bytes: Uint8Array,
): Promise<void> {
  const value = new Uint8Array(bytes);
  const write = characteristic.properties.write
    ? characteristic.writeValueWithResponse(value)
    : characteristic.writeValueWithoutResponse(value);
  await withTimeout(write, OPERATION_TIMEOUT_MS, 'Writing');
}

/** Reads a value of one of the standard services; null where the device does not offer it. */
export async function readOptionalValue(
  server: BluetoothRemoteGATTServer,
  serviceUuid: string,
  characteristicUuid: string,
): Promise<DataView | null> {
  try {
    const service = await server.getPrimaryService(serviceUuid);
    const characteristic = await service.getCharacteristic(characteristicUuid);
    return await withTimeout(characteristic.readValue(), OPERATION_TIMEOUT_MS, 'Reading');
  } catch {
    return null;
  }
}
