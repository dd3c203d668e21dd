import type { ClockEcho } from '../packet/clock-echo.ts';
import type { SampleBatch } from '../packet/sample-batch.ts';
import { clockSigmaMs, latencyBoundMs, type ClockDoubt } from './clock-doubt.ts';
import { DeviceTimeline, PERIOD_MEMORY_PACKETS, type DeviceClockFacts } from './device-timeline.ts';
import { RESTARTED_SKEW_SIGMA } from './lower-envelope.ts';
import { RoundTripLatency } from './round-trip.ts';
import { fitRecordingClock, hostTimeMs, type RecordingClock } from './recording-clock.ts';

/** An exchange on the axes of its stretch. */
interface StretchEcho {
  readonly stretch: number;
  readonly sentHostMs: number;
  readonly receivedHostMs: number;
  readonly readDeviceMs: number;
  readonly answeredDeviceMs: number;
}

/** Session times of all samples of one sensor, with the whole recording in view. */
export class RecordingTimeline {
  /** Packets taken so far. */
  count = 0;
  /** How far the least latency that was taken off may be off, ms; NaN where the device did not offer its clock. */
  latencyBoundMs = NaN;
  /** Known once {@link sampleTimesS} was asked. */
  doubt: ClockDoubt = { boundMs: Infinity, sigmaMs: Infinity };

  private readonly timeline: DeviceTimeline;
  private readonly firstMs: Float64Array;
  private readonly lastMs: Float64Array;
  private readonly hostMs: Float64Array;
  private readonly periodMs: Float64Array;
  private readonly samples: Uint16Array;
  private readonly stretchStarts: number[] = [];
  /** First packets of each rate that the device was asked for. */
  private readonly rateStarts: number[] = [0];
  private readonly echoes: StretchEcho[] = [];

  /** @param capacity most packets that will come */
  constructor(clock: DeviceClockFacts | null, capacity: number) {
    this.timeline = new DeviceTimeline(clock);
    this.firstMs = new Float64Array(capacity);
    this.lastMs = new Float64Array(capacity);
    this.hostMs = new Float64Array(capacity);
    this.periodMs = new Float64Array(capacity);
    this.samples = new Uint16Array(capacity);
  }

  /**
   * Takes the next packet in order of arrival.
   * @param hostSessionMs arrival on the host's clock, counted from the start of the session
   * @returns false when its samples were seen before: leave them out
   */
  add(batch: SampleBatch, hostSessionMs: number): boolean {
    const { timeline } = this;
    const standing = timeline.place(batch, hostSessionMs);
    if (standing === 'stale') return false;
    const at = this.count++;
    if (standing !== 'continued') this.stretchStarts.push(at);
    this.firstMs[at] = timeline.firstMs;
    this.hostMs[at] = hostSessionMs;
    this.periodMs[at] = timeline.periodMs;
    this.samples[at] = batch.count;
    return true;
  }

  /** From the next packet on the device sends at another rate. */
  changeRate(): void {
    this.timeline.forgetPeriod();
    if (this.count > this.rateStarts[this.rateStarts.length - 1]) this.rateStarts.push(this.count);
  }

  /** Takes an exchange in its turn between the packets; `startHostMs` is second 0 of the session. */
  addEcho(echo: ClockEcho, startHostMs: number): void {
    this.echoes.push({
      stretch: this.stretchStarts.length - 1,
      sentHostMs: echo.sentHostTimeMs - startHostMs,
      receivedHostMs: echo.receivedHostTimeMs - startHostMs,
      readDeviceMs: this.timeline.deviceMsOf(echo.deviceReceivedTicks),
      answeredDeviceMs: this.timeline.deviceMsOf(echo.deviceSentTicks),
    });
  }

  /** Time of every sample in order, s, strictly rising. */
  sampleTimesS(): Float64Array<ArrayBuffer> {
    let total = 0;
    this.settlePeriods();
    for (let p = 0; p < this.count; p++) {
      this.lastMs[p] = this.firstMs[p] + (this.samples[p] - 1) * this.periodMs[p];
      total += this.samples[p];
    }
    const clocks = this.fitStretches();
    const latencyMs = this.measureLatencies(clocks);
    this.doubt = this.doubtOf(clocks);
    const timeS = new Float64Array(total);
    let at = 0,
      stretch = 0,
      previousS = -Infinity;
    for (let p = 0; p < this.count; p++) {
      if (p === this.stretchStarts[stretch + 1]) stretch++;
      for (let i = 0; i < this.samples[p]; i++) {
        const s =
          (hostTimeMs(clocks[stretch], this.firstMs[p] + i * this.periodMs[p]) - latencyMs[stretch]) / 1000;
        // Coarse device stamps may touch the packet before by a fraction of a sample.
        timeS[at++] = previousS = s > previousS ? s : previousS + 1e-4;
      }
    }
    return timeS;
  }

  /** The first packets of each rate were placed with a period that had only been stated: now it is known. */
  private settlePeriods(): void {
    this.rateStarts.forEach((start, k) => {
      const end = this.rateStarts[k + 1] ?? this.count;
      const settled = Math.min(end - 1, start + PERIOD_MEMORY_PACKETS);
      for (let p = start; p < settled; p++) this.periodMs[p] = this.periodMs[settled];
    });
  }

  /** That of the longest stretch. */
  private doubtOf(clocks: readonly RecordingClock[]): ClockDoubt {
    let longest = 0,
      longestMs = -1;
    clocks.forEach(({ knotDeviceMs }, s) => {
      const spanMs = knotDeviceMs[knotDeviceMs.length - 1] - knotDeviceMs[0];
      if (spanMs > longestMs) {
        longest = s;
        longestMs = spanMs;
      }
    });
    if (longestMs < 0) return this.doubt;
    const { meanDelayMs, slopeSigma } = clocks[longest];
    const boundMs = latencyBoundMs(this.latencyBoundMs, meanDelayMs);
    return { boundMs, sigmaMs: clockSigmaMs(boundMs, slopeSigma, longestMs) };
  }

  /** What the packets of each stretch need on their way at least; a stretch without exchanges is taken for its neighbour. */
  private measureLatencies(clocks: readonly RecordingClock[]): Float64Array {
    const latencyMs = new Float64Array(clocks.length).fill(NaN);
    clocks.forEach((clock, stretch) => {
      const mine = this.echoes.filter((echo) => echo.stretch === stretch);
      if (mine.length === 0) return;
      const roundTrip = new RoundTripLatency(mine.length);
      for (const echo of mine)
        roundTrip.add(echo.sentHostMs, echo.receivedHostMs, echo.readDeviceMs, echo.answeredDeviceMs);
      roundTrip.measure((deviceMs) => hostTimeMs(clock, deviceMs), -Infinity);
      if (Number.isNaN(roundTrip.boundMs)) return;
      latencyMs[stretch] = roundTrip.latencyMs;
      if (!(roundTrip.boundMs <= this.latencyBoundMs)) this.latencyBoundMs = roundTrip.boundMs;
    });
    const isKnown = (value: number): boolean => !Number.isNaN(value);
    const firstKnown = latencyMs.find(isKnown) ?? 0;
    for (let s = 0; s < latencyMs.length; s++)
      if (!isKnown(latencyMs[s])) latencyMs[s] = s > 0 ? latencyMs[s - 1] : firstKnown;
    return latencyMs;
  }

  /** One clock for each stretch; the longest says the device's rate to the others. */
  private fitStretches(): RecordingClock[] {
    const { lastMs, hostMs, stretchStarts } = this;
    if (stretchStarts.length === 0) return [];
    const endOf = (s: number): number => stretchStarts[s + 1] ?? this.count;
    const spanMs = stretchStarts.map((start, s) => lastMs[endOf(s) - 1] - lastMs[start]);
    const longest = spanMs.indexOf(Math.max(...spanMs));
    const best = fitRecordingClock(lastMs, hostMs, stretchStarts[longest], endOf(longest));
    const prior = { slope: best.slope, slopeSigma: Math.max(RESTARTED_SKEW_SIGMA, best.slopeSigma) };
    return stretchStarts.map((start, s) =>
      s === longest ? best : fitRecordingClock(lastMs, hostMs, start, endOf(s), prior),
    );
  }
}
