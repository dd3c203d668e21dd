import { BluetoothConnector } from '../adapters/sources/bluetooth/bluetooth-connector.ts';
import { deviceFamily, deviceFamilyNames } from '../core/device/registry.ts';

/** The radio with all its sensor families: loaded when a screen first asks about it, not with the first page. */
export function createRadioKit(bluetooth: Bluetooth | undefined): BluetoothConnector {
  return new BluetoothConnector({
    bluetooth,
    families: deviceFamilyNames().map((name) => deviceFamily(name)),
  });
}
