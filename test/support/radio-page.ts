import { BluetoothConnector } from '../../src/adapters/sources/bluetooth/bluetooth-connector.ts';
import { deviceFamily, deviceFamilyNames } from '../../src/core/device/registry.ts';
import { createSampleBatch } from '../../src/core/packet/sample-batch.ts';
import { SensorError } from '../../src/core/packet/sensor-error.ts';
import type { ConnectedSensor } from '../../src/ui/services.ts';

/**
 * A page that holds the Bluetooth adapter and nothing else, for tests of the adapter against the browser's real
 * Bluetooth stack. A click on the button connects, as the browser demands a gesture.
 */
export interface RadioPage {
  /** Settles after each click: 'connected', or the code of the SensorError. */
  outcome: Promise<string> | null;
  readonly sensor: ConnectedSensor | null;
  readonly linkChanges: boolean[];
  /** What the packets that arrived decode to. */
  readonly received: {
    packets: number;
    rejected: number;
    sampleCount: number;
    /** Steps of the sample number that were not the previous packet's count; a restart of the count is one. */
    breaks: number;
    lastAccMetersPerS2: number[];
    formSizes: number[];
  };
  startStreaming(): Promise<string>;
}

declare global {
  interface Window {
    radioPage: RadioPage;
  }
}

const families = deviceFamilyNames().map((name) => deviceFamily(name));
const connector = new BluetoothConnector({ bluetooth: navigator.bluetooth, families });

function codeOf(error: unknown): string {
  return error instanceof SensorError ? error.code : String(error);
}

const page = {
  outcome: null as Promise<string> | null,
  sensor: null as ConnectedSensor | null,
  linkChanges: [] as boolean[],
  received: {
    packets: 0,
    rejected: 0,
    sampleCount: 0,
    breaks: 0,
    lastAccMetersPerS2: [] as number[],
    formSizes: [] as number[],
  },

  async startStreaming(): Promise<string> {
    const { sensor } = page;
    if (!sensor) return 'not connected';
    const decoder = deviceFamily(sensor.description.family).createDecoder(sensor.description.stream);
    const batch = createSampleBatch(64);
    const { received } = page;
    let expected = NaN;
    try {
      await sensor.source.start(({ bytes }) => {
        received.packets++;
        if (!received.formSizes.includes(bytes.length)) received.formSizes.push(bytes.length);
        const outcome = decoder.decode(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), batch);
        if (outcome !== 'samples') {
          received.rejected++;
          return;
        }
        if (!Number.isNaN(expected) && batch.firstSampleNumber !== expected) received.breaks++;
        expected = batch.firstSampleNumber + batch.count;
        received.sampleCount += batch.count;
        received.lastAccMetersPerS2 = [...batch.accMetersPerS2.subarray(0, 3)];
      });
      return 'streaming';
    } catch (error) {
      return codeOf(error);
    }
  },
};
window.radioPage = page;

document.querySelector('button')?.addEventListener('click', () => {
  page.outcome = connector.connect(0).then((sensor) => {
    page.sensor = sensor;
    sensor.onLinkChange((connected) => page.linkChanges.push(connected));
    return 'connected';
  }, codeOf);
});
