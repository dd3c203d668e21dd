import { LiveClock } from '../clock/live-clock.ts';
import type { DeviceDecoder, DeviceFamily } from '../device/device-family.ts';
import { createLiveDecoder } from '../device/live-decoder.ts';
import { deviceFamily } from '../device/registry.ts';
import { SAMPLE } from '../fusion/orientation-filter.ts';
import type { SensorDescription, SensorPacket } from '../packet/packet.ts';
import { createSampleBatch } from '../packet/sample-batch.ts';

/** More samples than any family packs into one notification. */
const LARGEST_BATCH = 64;
/** Longer without samples is a gap that no step survives, s. */
export const LONGEST_GAP_S = 1;

/** What came over the air since {@link BenchSensor.beginCount}. */
export interface RadioCount {
  samples: number;
  missing: number;
  rejected: number;
  longestGapS: number;
}

/** One unit at the bench: bytes in, samples as they are read out, on the unit's own axis of time. */
export class BenchSensor {
  readonly description: SensorDescription;
  readonly family: DeviceFamily;
  /** The newest sample, layout of SAMPLE; reused. */
  readonly sample = new Float64Array(SAMPLE.length);
  readonly radio: RadioCount = { samples: 0, missing: 0, rejected: 0, longestGapS: 0 };
  /** Whether the unit's clock began anew since {@link beginCount}. */
  hasRestarted = false;
  /** On the host's clock, s; NaN before the first packet. */
  latestS = NaN;
  private readonly decoder: DeviceDecoder;
  private readonly clock: LiveClock;
  private readonly batch = createSampleBatch(LARGEST_BATCH);
  private startHostMs = NaN;

  constructor(description: SensorDescription) {
    this.description = description;
    this.family = deviceFamily(description.family);
    this.decoder = createLiveDecoder(this.family, description.stream);
    this.clock = new LiveClock(this.family.clock);
  }

  /** Whether the unit counts or times its samples: without either a loss leaves no trace. */
  get tellsLoss(): boolean {
    return this.family.clock !== null;
  }

  /** By how much its clock is fast (+) or slow (-), share; NaN where it has none. */
  get clockSkew(): number {
    return this.family.clock === null ? NaN : 1 / this.clock.slope - 1;
  }

  beginCount(): void {
    const { radio } = this;
    radio.samples = radio.missing = radio.rejected = radio.longestGapS = 0;
    this.hasRestarted = false;
  }

  /** @param onSample called for each sample, with {@link sample} filled. @returns whether samples came */
  push(packet: SensorPacket, onSample: (timeS: number) => void): boolean {
    const { bytes } = packet;
    const { batch, clock, sample, radio } = this;
    const outcome = this.decoder.decode(
      new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      batch,
    );
    if (outcome === 'rejected') radio.rejected++;
    if (outcome !== 'samples' || batch.count === 0) return false;
    if (this.startHostMs !== this.startHostMs) this.startHostMs = packet.hostTimeMs;
    const standing = clock.place(batch, packet.hostTimeMs - this.startHostMs);
    if (standing === 'stale') return false;
    if (standing === 'restarted') this.hasRestarted = true;
    if (standing === 'continued') {
      radio.missing += clock.missingCount;
      radio.longestGapS = Math.max(radio.longestGapS, clock.sinceLastS);
    }
    radio.samples += batch.count;
    for (let i = 0; i < batch.count; i++) {
      for (let k = 0; k < 3; k++) {
        sample[SAMPLE.gyroRadPerS + k] = batch.gyroRadPerS[3 * i + k];
        sample[SAMPLE.accMetersPerS2 + k] = batch.accMetersPerS2[3 * i + k];
        sample[SAMPLE.magMicroTesla + k] = batch.magMicroTesla[3 * i + k];
      }
      sample[SAMPLE.stepS] = i === 0 && standing === 'continued' ? clock.sinceLastS : clock.periodS;
      this.latestS = (clock.firstSessionMs + i * clock.spacingMs) / 1000;
      onSample(this.latestS);
    }
    return true;
  }
}
