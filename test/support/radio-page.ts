import { BluetoothConnector } from '../../src/adapters/sources/bluetooth/bluetooth-connector.ts';
import { deviceFamily, deviceFamilyNames } from '../../src/core/device/registry.ts';
import { createSampleBatch } from '../../src/core/packet/sample-batch.ts';
import { SensorError } from '../../src/core/packet/sensor-error.ts';
import { LIVE_FRAME } from '../../src/core/pipeline/live-frame.ts';
import { LivePipeline } from '../../src/core/pipeline/live-pipeline.ts';
import type { ConnectedSensor } from '../../src/ui/services.ts';

/**
 * A page that holds the Bluetooth adapter and the chain behind it, and no screens, for tests of the adapter against the
 * browser's real Bluetooth stack. A click on the button connects the next sensor, as the browser demands a gesture.
 */
export interface RadioPage {
  /** Settles after each click: 'connected', or the code of the SensorError. */
  outcome: Promise<string> | null;
  /** What the next click asks for. */
  next: { readonly sensorIndex: number; readonly rateHz?: number };
  readonly units: Record<number, RadioUnit>;
  /** From the notification to the frame that has taken it in, ms, newest last. */
  readonly latenciesMs: number[];
  startStreaming(sensorIndex?: number): Promise<string>;
}

export interface RadioUnit {
  readonly sensor: ConnectedSensor;
  readonly linkChanges: boolean[];
  readonly troubles: string[];
  /** What the packets that arrived decode to. */
  readonly received: {
    packets: number;
    rejected: number;
    sampleCount: number;
    /** Steps of the sample number that were not the previous packet's count; a restart of the count is one. */
    breaks: number;
    lastAccMetersPerS2: number[];
    formSizes: number[];
    clockEchoes: number;
    /** Notifications that hold samples or a part of a packet. */
    data: number;
  };
  /** Silences of more than 0.2 s by the stamps of the device's own clock, ms. */
  readonly deviceGapsMs: number[];
}

declare global {
  interface Window {
    radioPage: RadioPage;
  }
}

const families = deviceFamilyNames().map((name) => deviceFamily(name));
const connector = new BluetoothConnector({ bluetooth: navigator.bluetooth, families });
const pipelines = new Map<number, LivePipeline>();
const frame = new Float64Array(LIVE_FRAME.length);
/** A longer silence is a gap. */
const GAP_MS = 200;

function codeOf(error: unknown): string {
  return error instanceof SensorError ? error.code : String(error);
}

/** A chain of its own for each unit: a session has fewer sensors than this page. */
function pipelineOf(sensorIndex: number): LivePipeline {
  const known = pipelines.get(sensorIndex) ?? new LivePipeline({ engineVersion: 'test' });
  pipelines.set(sensorIndex, known);
  return known;
}

const page: RadioPage = {
  outcome: null,
  next: { sensorIndex: 0 },
  units: {},
  latenciesMs: [],

  async startStreaming(sensorIndex = 0): Promise<string> {
    const unit = page.units[sensorIndex];
    if (!unit) return 'not connected';
    const { sensor, received } = unit;
    const family = deviceFamily(sensor.description.family);
    const pipeline = pipelineOf(sensorIndex);
    const decoder = family.createDecoder(sensor.description.stream);
    const batch = createSampleBatch(64);
    let expected = NaN;
    let deviceEndMs = NaN;
    try {
      await sensor.source.start(
        (packet) => {
          const { bytes, hostTimeMs } = packet;
          pipeline.push(packet);
          pipeline.writeFrame(frame);
          page.latenciesMs.push(performance.now() - hostTimeMs);
          pipeline.drainFacts();
          received.packets++;
          if (!received.formSizes.includes(bytes.length)) received.formSizes.push(bytes.length);
          const outcome = decoder.decode(
            new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
            batch,
          );
          if (outcome === 'rejected') received.rejected++;
          if (outcome !== 'reply') received.data++;
          if (outcome !== 'samples') return;
          const firstMs = batch.firstDeviceTicks / (family.clock?.ticksPerMs ?? NaN);
          if (firstMs - deviceEndMs > GAP_MS) unit.deviceGapsMs.push(firstMs - deviceEndMs);
          deviceEndMs = firstMs + (batch.count - 1) * batch.nominalPeriodMs;
          if (!Number.isNaN(expected) && batch.firstSampleNumber !== expected) received.breaks++;
          expected = batch.firstSampleNumber + batch.count;
          received.sampleCount += batch.count;
          received.lastAccMetersPerS2 = [...batch.accMetersPerS2.subarray(0, 3)];
        },
        (echo) => {
          received.clockEchoes++;
          pipeline.command({ kind: 'clockEcho', ...echo }, performance.now());
        },
      );
      return 'streaming';
    } catch (error) {
      return codeOf(error);
    }
  },
};
window.radioPage = page;

document.querySelector('button')?.addEventListener('click', () => {
  const { sensorIndex, rateHz } = page.next;
  page.outcome = connector.connect(sensorIndex, rateHz).then((sensor) => {
    const unit: RadioUnit = {
      sensor,
      linkChanges: [],
      troubles: [],
      received: {
        packets: 0,
        rejected: 0,
        sampleCount: 0,
        breaks: 0,
        lastAccMetersPerS2: [],
        formSizes: [],
        clockEchoes: 0,
        data: 0,
      },
      deviceGapsMs: [],
    };
    page.units[sensorIndex] = unit;
    const pipeline = pipelineOf(sensorIndex);
    pipeline.command({ kind: 'attachSensor', sensor: sensor.description, role: null }, performance.now());
    sensor.onLinkChange((connected) => {
      unit.linkChanges.push(connected);
      pipeline.command({ kind: 'linkChanged', sensorIndex, connected }, performance.now());
    });
    sensor.onTrouble(({ code }) => unit.troubles.push(code));
    return 'connected';
  }, codeOf);
});
