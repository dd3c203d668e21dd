import { LiveClock } from '../clock/live-clock.ts';
import type { PacketStanding } from '../clock/device-timeline.ts';
import type { DeviceDecoder, DeviceFamily } from '../device/device-family.ts';
import { createLiveDecoder } from '../device/live-decoder.ts';
import { SAMPLE, SIGMA_OFFSET, type OrientationFilter } from '../fusion/orientation-filter.ts';
import { slerpInto } from '../math/quaternion.ts';
import type { SegmentRole } from '../body/segment-role.ts';
import type { ClockEcho } from '../packet/clock-echo.ts';
import type { SensorDescription, SensorPacket } from '../packet/packet.ts';
import type { SensorCalibration } from '../packet/sensor-calibration.ts';
import { createSampleBatch } from '../packet/sample-batch.ts';
import { RESIDUAL_GYRO_BIAS_SIGMA_RAD_PER_S } from '../quality/error-sources.ts';
import { AxisAgreement } from '../quality/axis-agreement.ts';
import { TurnScale } from '../quality/turn-scale.ts';
import { DoubleTapDetector } from '../quality/double-tap.ts';
import { DeliveryMeter } from './delivery-meter.ts';
import { LIVE_SENSOR } from './live-frame.ts';
import { SensorWatch } from './live-sensor-watch.ts';
import { LARGEST_BATCH } from './sensor-timeline.ts';

/** Holds more than two seconds of the fastest sensor. */
const RING = 1024;
/** Longest distance between two samples that may still be joined by interpolation. */
export const LONGEST_BRIDGE_MS = 200;
/** Silence after which the heading of before says nothing any more. */
const HEADING_LOST_MS = 2000;
const LOSS_SLOT_MS = 1000;
const LOSS_SLOTS = 10;
const SPEED_CORNER_HZ = 4;
/** An older reading of the magnetometer says nothing about now. */
const FIELD_FRESH_MS = 500;
/** For a filter that states no uncertainty. */
const UNSTATED_SIGMA_RAD = 0.052;
const UNSTATED_BIAS_SIGMA_RAD_PER_S = 0.005;
/** No characteristic value is longer (Bluetooth Core, ATT). */
const LONGEST_PACKET = 512;

/** Where the session's time is zero, on the host's clock. */
export interface SessionAxis {
  startHostTimeMs: number;
}

export interface GapReport {
  startMs: number;
  endMs: number;
}

/** Called for every sample as it leaves the filter. */
export type SampleListener = (sensor: LiveSensor) => void;

/** Offsets into {@link LiveSensor.statedSigmaRad}. */
export const STATED = { inclination: 0, heading: 1 } as const;

/** Offsets into what {@link LiveSensor.markHeading} keeps: when, what noise had added by then, variance of the bias. */
export const HEADING_MARK = { timeMs: 0, walkRad2: 1, biasVariance: 2, length: 3 } as const;

/** One sensor of a running session: bytes in, orientations on the session's axis out. */
export class LiveSensor {
  description: SensorDescription;
  readonly family: DeviceFamily;
  readonly filter: OrientationFilter;
  private readonly calibration: SensorCalibration | null;
  role: SegmentRole | null;
  connected = true;
  hasStreamed = false;
  /** Host stamp of the newest packet that decoded. */
  lastHostTimeMs = NaN;
  /** Session time of the newest sample. */
  latestMs = -Infinity;
  /** Session time of the newest sample that gave an orientation. */
  usableMs = -Infinity;
  sampleCount = 0;
  missingCount = 0;
  rejectedPacketCount = 0;
  rejection = '';
  /** Grows by one whenever the orientation lost its heading: what was known of it before is void. */
  stretch = 0;
  /** Rotation rate without bias below 4 Hz, rad/s. */
  speedRadPerS = NaN;
  firstMs = NaN;
  /** Value of the last interpolation. */
  readonly qEarthFromSensor = new Float64Array(4);
  /** {@link STATED}: what the filter states of its newest orientation; for a filter that states nothing 3 deg. */
  readonly statedSigmaRad = new Float64Array(2).fill(UNSTATED_SIGMA_RAD);
  /** The newest sample as it went into the filter, {@link SAMPLE}; reused. */
  readonly sample = new Float64Array(SAMPLE.length);
  /** Time that the newest sample stood for, s. */
  sampleStepS = NaN;

  readonly watch: SensorWatch;

  private decoder: DeviceDecoder;
  private readonly clock: LiveClock;
  private readonly batch = createSampleBatch(LARGEST_BATCH);
  /** One view per packet length seen, all on the same bytes: a view for each packet would be garbage. */
  private readonly packetBytes = new Uint8Array(LONGEST_PACKET);
  private readonly packetViews: (DataView | undefined)[] = Array.from({
    length: LONGEST_PACKET + 1,
  });
  private readonly ringMs = new Float64Array(RING);
  private readonly ringQ = new Float64Array(4 * RING);
  private readonly ringStretch = new Int32Array(RING);
  private readonly a = new Float64Array(4);
  private readonly b = new Float64Array(4);
  private written = 0;
  private cursor = 0;
  private delivery = new DeliveryMeter();
  private readonly axes = new AxisAgreement();
  private readonly turns = new TurnScale();
  private readonly taps = new DoubleTapDetector();
  private fieldMicroTesla = NaN;
  private dipRad = NaN;
  private fieldMs = -Infinity;
  private restartCount = 0;
  private linkFell = false;
  private lastNumber = NaN;
  /** Session time of the last sample at rest, ms. */
  private lastRestMs = NaN;
  private readonly lossReceived = new Float64Array(LOSS_SLOTS);
  private readonly lossMissing = new Float64Array(LOSS_SLOTS);
  private lossSlot = -1;

  constructor(
    description: SensorDescription,
    role: SegmentRole | null,
    family: DeviceFamily,
    filter: OrientationFilter,
    calibration: SensorCalibration | null = null,
  ) {
    this.description = description;
    this.calibration = calibration;
    this.role = role;
    this.family = family;
    this.filter = filter;
    this.decoder = createLiveDecoder(family, description.stream, calibration);
    this.clock = new LiveClock(family.clock);
    this.watch = new SensorWatch(
      description.sensorIndex,
      description.nominalRateHz,
      family.gyroFullScaleRadPerS,
      family.accFullScaleMetersPerS2,
    );
  }

  /** The link fell or is back: decoder, clock and heading start a new stretch; the learned bias stays in the filter. */
  linkChanged(connected: boolean): void {
    this.connected = connected;
    if (connected) return;
    this.linkFell = true;
    this.decoder.reset();
    this.clock.restart();
  }

  /** The same unit is asked for other samples from now on: what was learned of it stays, only its stream begins anew. */
  changeStream(description: SensorDescription): void {
    this.description = description;
    this.decoder = createLiveDecoder(this.family, description.stream, this.calibration);
    this.clock.forgetPeriod();
    this.watch.expectRate(description.nominalRateHz);
    this.delivery = new DeliveryMeter();
  }

  /** Largest error to be expected of its time, ms. */
  get clockBoundMs(): number {
    return this.clock.boundMs;
  }

  /** One standard deviation of its time, ms. */
  get clockSigmaMs(): number {
    return this.clock.sigmaMs;
  }

  /** An exchange with the device's clock. */
  takeEcho(echo: ClockEcho, axis: SessionAxis): void {
    this.clock.takeEcho(echo, axis.startHostTimeMs);
  }

  /** @returns true when samples came out */
  /** How often its case was tapped twice. */
  get doubleTaps(): number {
    return this.taps.count;
  }

  push(packet: SensorPacket, axis: SessionAxis, onSample: SampleListener, gap: GapReport): boolean {
    gap.endMs = NaN;
    const outcome = this.decoder.decode(this.viewOf(packet.bytes), this.batch);
    if (outcome === 'rejected') {
      this.rejectedPacketCount++;
      this.rejection = this.decoder.rejection;
    }
    if (outcome !== 'samples' || this.batch.count === 0) return false;
    const clock = this.clock;
    const standing = clock.place(this.batch, packet.hostTimeMs - axis.startHostTimeMs);
    if (standing === 'stale') return false;
    this.lastHostTimeMs = packet.hostTimeMs;
    this.delivery.add(packet.hostTimeMs, this.batch.count);
    this.noteRestart(standing);
    // By the device's own clock and count where they went on: a host that hands over late loses nothing.
    const silentMs =
      standing === 'continued' ? 1000 * clock.sinceLastS : clock.firstSessionMs - this.latestMs;
    if (standing !== 'first' && silentMs > LONGEST_BRIDGE_MS) {
      gap.startMs = this.latestMs;
      gap.endMs = clock.firstSessionMs;
    }
    if (standing === 'continued') this.missingCount += clock.missingCount;
    this.countLoss();
    if (!this.hasStreamed) {
      this.hasStreamed = true;
      this.firstMs = clock.firstSessionMs;
    }
    for (let i = 0; i < this.batch.count; i++) {
      this.sampleStepS = clock.periodS;
      // The filter learns of a gap by its length: bias stays, tilt is found again from gravity, heading is unknown.
      if (i === 0 && standing !== 'first')
        this.sampleStepS = standing === 'continued' ? clock.sinceLastS : silentMs / 1000;
      this.latestMs = clock.firstSessionMs + i * clock.spacingMs;
      this.takeSample(i);
      onSample(this);
    }
    return true;
  }

  /** A device that counts from the beginning again without a link that fell was switched off, or fell over. */
  private noteRestart(standing: PacketStanding): void {
    const { firstSampleNumber, firstDeviceTicks } = this.batch;
    const number = firstSampleNumber === firstSampleNumber ? firstSampleNumber : firstDeviceTicks;
    if (standing === 'restarted' && !this.linkFell && number < this.lastNumber) this.restartCount++;
    this.linkFell = false;
    this.lastNumber = number;
  }

  private viewOf(bytes: Uint8Array): DataView {
    if (bytes.length > LONGEST_PACKET) return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.packetBytes.set(bytes);
    return (this.packetViews[bytes.length] ??= new DataView(this.packetBytes.buffer, 0, bytes.length));
  }

  private takeSample(i: number): void {
    const { sample, batch, filter, sampleStepS: dtS } = this;
    for (let k = 0; k < 3; k++) {
      sample[k] = batch.gyroRadPerS[3 * i + k];
      sample[3 + k] = batch.accMetersPerS2[3 * i + k];
      sample[6 + k] = batch.magMicroTesla[3 * i + k];
    }
    sample[SAMPLE.stepS] = dtS;
    this.watch.take(sample, this.latestMs);
    this.axes.push(sample, sample, SAMPLE.accMetersPerS2, dtS);
    this.turns.push(sample, filter.gyroBiasRadPerS, sample, SAMPLE.accMetersPerS2, dtS);
    this.taps.push(sample, SAMPLE.gyroRadPerS, sample, SAMPLE.accMetersPerS2, dtS);
    filter.update(sample);
    this.noteField();
    this.sampleCount++;
    if (filter.flags[0] === 1) this.lastRestMs = this.latestMs;
    stateSigma(this.statedSigmaRad, STATED.inclination, filter.sigma[SIGMA_OFFSET.inclinationRad]);
    stateSigma(this.statedSigmaRad, STATED.heading, filter.sigma[SIGMA_OFFSET.headingRad]);
    const bias = filter.gyroBiasRadPerS;
    const x = sample[0] - bias[0],
      y = sample[1] - bias[1],
      z = sample[2] - bias[2];
    const speed = Math.sqrt(x * x + y * y + z * z);
    if (speed === speed) {
      const k = 1 - Math.exp(-2 * Math.PI * SPEED_CORNER_HZ * dtS);
      if (this.speedRadPerS === this.speedRadPerS) this.speedRadPerS += k * (speed - this.speedRadPerS);
      else this.speedRadPerS = speed;
    }
    // A filter that skipped the sample holds the orientation of before, and that is none of now.
    if (filter.flags[1] === 1 || speed !== speed) return;
    // What a frozen gyroscope did not see may be any turn.
    const isLost = this.latestMs - this.usableMs > HEADING_LOST_MS && this.written > 0;
    if (isLost || this.watch.hasFrozen) this.stretch++;
    this.watch.hasFrozen = false;
    this.usableMs = this.latestMs;
    const at = this.written % RING;
    this.ringMs[at] = this.latestMs;
    this.ringStretch[at] = this.stretch;
    for (let k = 0; k < 4; k++) this.ringQ[4 * at + k] = filter.qEarthFromSensor[k];
    this.written++;
  }

  /** Keeps the field of the last sample that has one: a magnetometer may be slower than the rest. */
  private noteField(): void {
    const { sample } = this;
    const q = this.filter.qEarthFromSensor;
    const x = sample[SAMPLE.magMicroTesla],
      y = sample[SAMPLE.magMicroTesla + 1],
      z = sample[SAMPLE.magMicroTesla + 2];
    const size = Math.sqrt(x * x + y * y + z * z);
    if (!(size > 0)) return;
    const up =
      2 * (q[1] * q[3] - q[0] * q[2]) * x +
      2 * (q[2] * q[3] + q[0] * q[1]) * y +
      (1 - 2 * (q[1] * q[1] + q[2] * q[2])) * z;
    this.fieldMicroTesla = size;
    this.dipRad = -Math.asin(Math.max(-1, Math.min(1, up / size)));
    this.fieldMs = this.latestMs;
  }

  /**
   * Orientation at a time that never falls from call to call, into `qEarthFromSensor`.
   * @returns false where there is none: before the first sample, in a gap, across a new stretch
   */
  orientationAt(timeMs: number): boolean {
    if (this.cursor < this.written - RING) this.cursor = this.written - RING;
    while (this.cursor + 1 < this.written && this.ringMs[(this.cursor + 1) % RING] <= timeMs) this.cursor++;
    const i = this.cursor % RING,
      j = (this.cursor + 1) % RING;
    if (this.cursor + 1 >= this.written) return this.exactAt(i, timeMs);
    const fromMs = this.ringMs[i],
      toMs = this.ringMs[j];
    if (
      !(timeMs >= fromMs) ||
      toMs - fromMs > LONGEST_BRIDGE_MS ||
      this.ringStretch[i] !== this.ringStretch[j]
    )
      return this.exactAt(i, timeMs);
    for (let k = 0; k < 4; k++) {
      this.a[k] = this.ringQ[4 * i + k];
      this.b[k] = this.ringQ[4 * j + k];
    }
    slerpInto(this.qEarthFromSensor, this.a, this.b, (timeMs - fromMs) / (toMs - fromMs));
    return this.qEarthFromSensor[0] === this.qEarthFromSensor[0];
  }

  private exactAt(i: number, timeMs: number): boolean {
    if (this.written === 0 || this.ringMs[i] !== timeMs) return false;
    for (let k = 0; k < 4; k++) this.qEarthFromSensor[k] = this.ringQ[4 * i + k];
    return true;
  }

  /** Keeps what of the last packets came and what is missing. */
  private countLoss(): void {
    const slot = Math.floor(this.clock.firstSessionMs / LOSS_SLOT_MS);
    if (slot > this.lossSlot) {
      for (let s = Math.max(this.lossSlot + 1, slot - LOSS_SLOTS + 1); s <= slot; s++) {
        const at = ((s % LOSS_SLOTS) + LOSS_SLOTS) % LOSS_SLOTS;
        this.lossReceived[at] = this.lossMissing[at] = 0;
      }
      this.lossSlot = slot;
    }
    const at = ((this.lossSlot % LOSS_SLOTS) + LOSS_SLOTS) % LOSS_SLOTS;
    this.lossReceived[at] += this.batch.count;
    if (this.clock.standing === 'continued') this.lossMissing[at] += this.clock.missingCount;
  }

  /** Share of samples lost in the last 10 s, 0 to 1. */
  get lossFraction(): number {
    let received = 0,
      missing = 0;
    for (let i = 0; i < LOSS_SLOTS; i++) {
      received += this.lossReceived[i];
      missing += this.lossMissing[i];
    }
    return received + missing > 0 ? missing / (received + missing) : 0;
  }

  /** Writes this sensor's part of a live frame, {@link LIVE_SENSOR}, as things stand at a moment of the host's clock. */
  writeInto(frame: Float64Array, at: number, nowHostTimeMs: number): void {
    const sigma = this.filter.sigma;
    const x = sigma[SIGMA_OFFSET.gyroBiasRadPerS],
      y = sigma[SIGMA_OFFSET.gyroBiasRadPerS + 1],
      z = sigma[SIGMA_OFFSET.gyroBiasRadPerS + 2];
    frame[at + LIVE_SENSOR.hostTimeMs] = this.lastHostTimeMs;
    frame[at + LIVE_SENSOR.rateHz] = this.rateHz;
    frame[at + LIVE_SENSOR.lossFraction] = this.lossFraction;
    frame[at + LIVE_SENSOR.resting] = this.isResting ? 1 : 0;
    frame[at + LIVE_SENSOR.inclinationSigmaRad] = this.statedSigmaRad[STATED.inclination];
    frame[at + LIVE_SENSOR.headingSigmaRad] = this.statedSigmaRad[STATED.heading];
    frame[at + LIVE_SENSOR.gyroBiasSigmaRadPerS] = Math.sqrt(x * x + y * y + z * z);
    frame[at + LIVE_SENSOR.rateRadPerS] = this.speedRadPerS;
    frame[at + LIVE_SENSOR.deliveredHz] = this.delivery.rateHz(nowHostTimeMs);
    frame[at + LIVE_SENSOR.latencyMs] = this.clock.latencyMs + this.clock.meanDelayMs;
    frame[at + LIVE_SENSOR.clockBoundMs] = this.clock.boundMs;
    frame[at + LIVE_SENSOR.clockSkew] = 1 / this.clock.slope - 1;
    frame[at + LIVE_SENSOR.biasAgeS] = (this.latestMs - this.lastRestMs) / 1000;
    frame[at + LIVE_SENSOR.rejectedPackets] = this.rejectedPacketCount;
    frame[at + LIVE_SENSOR.axisAgreement] = this.axes.correlation;
    frame[at + LIVE_SENSOR.restarts] = this.restartCount;
    const hasField = this.latestMs - this.fieldMs < FIELD_FRESH_MS;
    frame[at + LIVE_SENSOR.fieldMicroTesla] = hasField ? this.fieldMicroTesla : NaN;
    frame[at + LIVE_SENSOR.dipRad] = hasField ? this.dipRad : NaN;
    frame[at + LIVE_SENSOR.doubleTaps] = this.taps.count;
    frame[at + LIVE_SENSOR.tapMetersPerS2] = this.taps.strengthMetersPerS2;
    frame[at + LIVE_SENSOR.turnRatio] = this.turns.ratio;
  }

  /** Samples per second as they really come. */
  get rateHz(): number {
    return this.clock.periodS > 0 ? 1 / this.clock.periodS : NaN;
  }

  /** Keeps what the heading's doubt is counted from, {@link HEADING_MARK}. */
  markHeading(mark: Float64Array): void {
    const sigma = this.filter.sigma;
    mark[HEADING_MARK.timeMs] = this.latestMs;
    mark[HEADING_MARK.walkRad2] = sigma[SIGMA_OFFSET.headingWalkRad2];
    let bias = 0;
    for (let i = 0; i < 3; i++) bias += sigma[SIGMA_OFFSET.gyroBiasRadPerS + i] ** 2 / 3;
    if (bias !== bias) bias = UNSTATED_BIAS_SIGMA_RAD_PER_S * UNSTATED_BIAS_SIGMA_RAD_PER_S;
    mark[HEADING_MARK.biasVariance] = Math.max(bias, RESIDUAL_GYRO_BIAS_SIGMA_RAD_PER_S ** 2);
  }

  /** Adds to `out[at]` by how much the gyroscope's bias may have turned the heading since a mark, rad^2. */
  addHeadingDrift(out: Float64Array, at: number, mark: Float64Array): void {
    const passedS = (this.latestMs - mark[HEADING_MARK.timeMs]) / 1000;
    if (passedS > 0) out[at] += mark[HEADING_MARK.biasVariance] * passedS * passedS;
  }

  /** Adds to `out[at]` by how much noise and holes in the samples may have, rad^2. */
  addHeadingWalk(out: Float64Array, at: number, mark: Float64Array): void {
    const walk = this.filter.sigma[SIGMA_OFFSET.headingWalkRad2] - mark[HEADING_MARK.walkRad2];
    if (walk > 0) out[at] += walk;
  }

  get isResting(): boolean {
    return this.filter.flags[0] === 1;
  }
}

function stateSigma(out: Float64Array, at: number, sigmaRad: number): void {
  out[at] = UNSTATED_SIGMA_RAD;
  if (sigmaRad === sigmaRad) out[at] = sigmaRad;
}
