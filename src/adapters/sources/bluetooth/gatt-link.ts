import type { DeviceFamily, DeviceWrite } from '../../../core/device/device-family.ts';
import { SensorError } from '../../../core/packet/sensor-error.ts';
import { mapBluetoothError } from './bluetooth-error.ts';
import { withTimeout } from './operation-queue.ts';
import type { OperationQueue } from './operation-queue.ts';

export const DEVICE_INFORMATION_SERVICE_UUID = '0000180a-0000-1000-8000-00805f9b34fb';
export const FIRMWARE_REVISION_UUID = '00002a26-0000-1000-8000-00805f9b34fb';

const OPERATION_TIMEOUT_MS = 8_000;

/** The handles of one connection. All of them are void once the link falls: fetch a new link then. */
export interface GattLink {
  readonly server: BluetoothRemoteGATTServer;
  readonly family: DeviceFamily;
  /** In the order of the family's `dataCharacteristicUuids`. */
  readonly data: readonly BluetoothRemoteGATTCharacteristic[];
  readonly command: BluetoothRemoteGATTCharacteristic | null;
}

/**
 * `connects` is shared by all devices, so that one connects at a time. `isWanted` is asked when its turn comes and when
 * it is connected: what nobody wants any more is let go before the next device's turn.
 */
export async function connectServer(
  device: BluetoothDevice,
  connects: OperationQueue,
  timeoutMs: number,
  isWanted: () => boolean,
): Promise<BluetoothRemoteGATTServer> {
  const name = device.name ?? '';
  const gatt = device.gatt;
  if (!gatt) throw new SensorError('permissionDenied', name);
  try {
    return await connects.run(async () => {
      try {
        if (!isWanted()) throw new SensorError('linkLost', name);
        const server = await withTimeout(gatt.connect(), timeoutMs, 'Connecting');
        if (!isWanted()) throw new SensorError('linkLost', name);
        return server;
      } catch (error) {
        // Calls a pending connection back.
        gatt.disconnect();
        throw error;
      }
    });
  } catch (error) {
    throw mapBluetoothError(error, 'connect', name);
  }
}

/** Finds which of the families this is by its service, and fetches its handles. */
export async function findHandles(
  server: BluetoothRemoteGATTServer,
  families: readonly DeviceFamily[],
  operations: OperationQueue,
): Promise<GattLink> {
  const name = server.device.name ?? '';
  try {
    return await operations.run(() =>
      withTimeout(discover(server, families, name), OPERATION_TIMEOUT_MS, 'Discovery'),
    );
  } catch (error) {
    throw mapBluetoothError(error, 'findService', name);
  }
}

async function discover(
  server: BluetoothRemoteGATTServer,
  families: readonly DeviceFamily[],
  name: string,
): Promise<GattLink> {
  let missing: unknown = null;
  for (const family of families) {
    const { serviceUuid, dataCharacteristicUuids, commandCharacteristicUuid } = family.bluetooth;
    try {
      const service = await server.getPrimaryService(serviceUuid);
      await refuseForeign(service, family, name);
      const data: BluetoothRemoteGATTCharacteristic[] = [];
      for (const uuid of dataCharacteristicUuids) data.push(await service.getCharacteristic(uuid));
      const command = commandCharacteristicUuid
        ? await service.getCharacteristic(commandCharacteristicUuid)
        : null;
      return { server, family, data, command };
    } catch (error) {
      if (!isNotFound(error)) throw error;
      missing = error;
    }
  }
  const isKnownKind = families.some(({ bluetooth }) =>
    bluetooth.namePrefixes.some((prefix) => name.startsWith(prefix)),
  );
  throw new SensorError(isKnownKind ? 'firmwareTooOld' : 'wrongDevice', name, { cause: missing });
}

async function refuseForeign(
  service: BluetoothRemoteGATTService,
  family: DeviceFamily,
  name: string,
): Promise<void> {
  const foreign = family.bluetooth.foreignCharacteristicUuids;
  if (foreign.length === 0) return;
  const found = (await service.getCharacteristics()).find(({ uuid }) => foreign.includes(uuid));
  if (found)
    throw new SensorError('foreignFirmware', name, {
      cause: new Error(`It has characteristic ${found.uuid}.`),
    });
}

function isNotFound(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
}

export async function subscribe(
  characteristic: BluetoothRemoteGATTCharacteristic,
  operations: OperationQueue,
): Promise<void> {
  await operations.run(() =>
    withTimeout(characteristic.startNotifications(), OPERATION_TIMEOUT_MS, 'Subscribing'),
  );
}

export async function unsubscribe(
  characteristic: BluetoothRemoteGATTCharacteristic,
  operations: OperationQueue,
): Promise<void> {
  await operations.run(() =>
    withTimeout(characteristic.stopNotifications(), OPERATION_TIMEOUT_MS, 'Unsubscribing'),
  );
}

/** To be run in the device's queue. */
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

/** Writes what a family wants written, on the command characteristic or elsewhere. */
export async function writeRequest(
  { server, command }: GattLink,
  operations: OperationQueue,
  { characteristic, value }: DeviceWrite,
): Promise<void> {
  await operations.run(async () => {
    if (characteristic === null) {
      if (command) await writeCommand(command, value);
      return;
    }
    const service = await server.getPrimaryService(characteristic.serviceUuid);
    await writeCommand(await service.getCharacteristic(characteristic.characteristicUuid), value);
  });
}

/** Reads a value of one of the standard services; null where the device does not offer it. */
export async function readOptionalValue(
  server: BluetoothRemoteGATTServer,
  operations: OperationQueue,
  serviceUuid: string,
  characteristicUuid: string,
): Promise<DataView | null> {
  const read = async (): Promise<DataView> => {
    const service = await server.getPrimaryService(serviceUuid);
    const characteristic = await service.getCharacteristic(characteristicUuid);
    return characteristic.readValue();
  };
  try {
    return await operations.run(() => withTimeout(read(), OPERATION_TIMEOUT_MS, 'Reading'));
  } catch {
    return null;
  }
}

/** Percent as the family's battery value tells it; null where it is not offered or out of range. */
export async function readBatteryValue(link: GattLink, operations: OperationQueue): Promise<number | null> {
  const { serviceUuid, characteristicUuid } = link.family.bluetooth.batteryValue;
  const value = await readOptionalValue(link.server, operations, serviceUuid, characteristicUuid);
  const percent = value && value.byteLength > 0 ? value.getUint8(0) : null;
  return percent !== null && percent <= 100 ? percent : null;
}

/** A copy of what was notified. The value's buffer belongs to the browser, and the value may be a part of it. */
export function copyValue(event: Event): Uint8Array<ArrayBuffer> | null {
  const view = (event.target as BluetoothRemoteGATTCharacteristic).value;
  return view
    ? (new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice() as Uint8Array<ArrayBuffer>)
    : null;
}
