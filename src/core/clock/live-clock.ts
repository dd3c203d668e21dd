import type { SampleBatch } from '../packet/sample-batch.ts';
import type { ClockEcho } from '../packet/clock-echo.ts';
import { clockSigmaMs, latencyBoundMs } from './clock-doubt.ts';
import { DeviceTimeline, type DeviceClockFacts, type PacketStanding } from './device-timeline.ts';
import {
  createLowerLine,
  fitLowerLineInto,
  hostTimeOnLineMs,
  RESTARTED_SKEW_SIGMA,
  USUAL_SKEW_SIGMA,
  type LowerLine,
} from './lower-envelope.ts';
import { RoundTripLatency } from './round-trip.ts';

/** Exchanges kept: some minutes of them. */
const ECHOES_KEPT = 48;
/** The line follows temperature: what is older than this says nothing about now. */
const WINDOW_MS = 60_000;
/** Points closer than this on the device's clock share a slot; the earliest arrival of the slot stays. */
const SLOT_MS = 50;
const CAPACITY = 4 * (WINDOW_MS / SLOT_MS + 8);
const REFIT_EVERY_MS = 1000;
/** While a stretch is this young every packet is news. */
const YOUNG_MS = 2000;
/** Share of the elapsed time by which a corrected line may push or pull the output, so that it never runs backwards. */
const SLEW = 0.1;
const FAST_SLEW = 0.5;
const JUMP_MS = 300;
/** A stretch as old as this is settled; the latency then moves by so much from fit to fit at most. */
const SETTLED_MS = 8000;
const LATENCY_STEP_MS = 1;

/**
 * Session time of each packet of one sensor, causal: only what has arrived is used. Strictly rising whatever the line
 * does. Sample i of the packet lies at `firstSessionMs + i * spacingMs`.
 *
 * Two time steps come out. `spacingMs` (and `firstSessionMs`) place the sample on the common axis and carry the slow
 * corrections of the line; `periodS` and `sinceLastS` are the true elapsed times that a gyroscope must be integrated with.
 */
export class LiveClock {
  standing: PacketStanding = 'first';
  firstSessionMs = NaN;
  lastSessionMs = NaN;
  spacingMs = NaN;
  /** Elapsed time between samples of the packet, s. */
  periodS = NaN;
  /** Elapsed time from the last sample of the packet before to the first of this one, s; NaN at the start of a stretch. */
  sinceLastS = NaN;
  missingCount = 0;
  /** What exchanges with the device showed the least latency of its packets to be, ms; it is taken off. */
  latencyMs = 0;
  /** What the axis may be off by, in the sense of `ClockDoubt`, by the last fit of the line. */
  boundMs = Infinity;
  sigmaMs = Infinity;

  private readonly timeline: DeviceTimeline;
  private readonly deviceMs = new Float64Array(CAPACITY);
  private readonly hostMs = new Float64Array(CAPACITY);
  private readonly stack = new Int32Array(CAPACITY);
  private readonly line: LowerLine = createLowerLine();
  private readonly roundTrip = new RoundTripLatency(ECHOES_KEPT);
  private readonly lineHostMs = (deviceMs: number): number => hostTimeOnLineMs(this.line, deviceMs);
  private start = 0;
  private end = 0;
  private fittedAtMs = NaN;
  private priorSlope = 1;
  private priorSigma = USUAL_SKEW_SIGMA;

  constructor(clock: DeviceClockFacts | null) {
    this.timeline = new DeviceTimeline(clock);
  }

  /** Host milliseconds per device millisecond, as estimated now. */
  get slope(): number {
    return this.line.slope;
  }

  /** Mean of what packets arrive later than the fastest, ms. */
  get meanDelayMs(): number {
    return this.line.meanDelayMs;
  }

  /** How far that may be off, ms; NaN where the device did not offer its clock. */
  get latencyBoundMs(): number {
    return this.roundTrip.boundMs;
  }

  /** @param startHostTimeMs where the session's axis begins on the host's clock */
  takeEcho(echo: ClockEcho, startHostTimeMs: number): void {
    this.roundTrip.add(
      echo.sentHostTimeMs - startHostTimeMs,
      echo.receivedHostTimeMs - startHostTimeMs,
      this.timeline.deviceMsOf(echo.deviceReceivedTicks),
      this.timeline.deviceMsOf(echo.deviceSentTicks),
    );
    this.measureLatency();
  }

  /** The link fell: the next packet starts a new stretch. */
  restart(): void {
    this.timeline.restart();
  }

  /** The device was asked for another rate: a new stretch, with a period that is not known yet. */
  forgetPeriod(): void {
    this.timeline.forgetPeriod();
  }

  /** @param hostSessionMs arrival on the host's clock, counted from the start of the session */
  place(batch: SampleBatch, hostSessionMs: number): PacketStanding {
    const timeline = this.timeline;
    this.standing = timeline.place(batch, hostSessionMs);
    if (this.standing === 'stale') return this.standing;
    this.missingCount = timeline.missingCount;
    if (this.standing !== 'continued') {
      if (this.standing === 'restarted') {
        this.priorSlope = this.line.slope;
        this.priorSigma = Math.max(RESTARTED_SKEW_SIGMA, this.line.slopeSigma);
      }
      this.start = this.end = 0;
      this.roundTrip.forget();
    }
    this.addPoint(timeline.lastMs, hostSessionMs);

    const slope = this.line.slope;
    const targetLastMs = hostTimeOnLineMs(this.line, timeline.lastMs) - this.latencyMs;
    const insideMs = (timeline.lastMs - timeline.firstMs) * slope;
    this.periodS = (timeline.periodMs * slope) / 1000;
    if (this.standing === 'continued') {
      const stepMs = (timeline.lastMs - timeline.previousLastMs) * slope;
      // Coarse stamps may put the first sample a little before its turn: time still runs forward.
      const sinceLastMs = Math.max(0.1 * timeline.periodMs, timeline.firstMs - timeline.previousLastMs);
      this.sinceLastS = (sinceLastMs * slope) / 1000;
      const errorMs = targetLastMs - (this.lastSessionMs + stepMs);
      const limitMs = (errorMs < -JUMP_MS ? FAST_SLEW : SLEW) * stepMs;
      const pushMs = errorMs > JUMP_MS ? errorMs : Math.min(limitMs, Math.max(-limitMs, errorMs));
      // A jump forward belongs in front of the packet, a slow push is spread over it.
      const stretch = errorMs > JUMP_MS ? 1 : 1 + pushMs / stepMs;
      this.spacingMs = timeline.periodMs * slope * stretch;
      const firstMs = this.lastSessionMs + stepMs + pushMs - insideMs * stretch;
      this.firstSessionMs = Math.max(firstMs, this.lastSessionMs + 0.1 * this.spacingMs);
    } else {
      this.sinceLastS = NaN;
      this.spacingMs = timeline.periodMs * slope;
      this.firstSessionMs = targetLastMs - insideMs;
      if (this.firstSessionMs <= this.lastSessionMs) {
        const roomMs = Math.max(1, targetLastMs - this.lastSessionMs);
        this.spacingMs = Math.min(this.spacingMs, roomMs / batch.count);
        this.firstSessionMs = this.lastSessionMs + this.spacingMs;
      }
    }
    this.lastSessionMs = this.firstSessionMs + (batch.count - 1) * this.spacingMs;
    return this.standing;
  }

  private measureLatency(): void {
    if (this.end === this.start) return;
    const sinceMs = this.deviceMs[this.start];
    this.roundTrip.measure(this.lineHostMs, sinceMs);
    const moveMs = this.roundTrip.latencyMs - this.latencyMs;
    // What a link needs at least is a constant of it: once settled it follows slowly, and not a line that swings about.
    const spanMs = this.deviceMs[this.end - 1] - sinceMs;
    const limitMs = spanMs < SETTLED_MS ? Infinity : LATENCY_STEP_MS;
    this.latencyMs += Math.min(limitMs, Math.max(-limitMs, moveMs));
    this.boundMs = latencyBoundMs(this.roundTrip.boundMs, this.line.meanDelayMs);
    this.sigmaMs = clockSigmaMs(this.boundMs, this.line.slopeSigma, spanMs);
  }

  private addPoint(deviceMs: number, hostMs: number): void {
    const last = this.end - 1;
    if (last > this.start && deviceMs - this.deviceMs[last - 1] < SLOT_MS) {
      const slope = this.line.slope;
      if (hostMs - slope * deviceMs < this.hostMs[last] - slope * this.deviceMs[last]) {
        this.deviceMs[last] = deviceMs;
        this.hostMs[last] = hostMs;
      }
    } else {
      if (this.end === CAPACITY) {
        this.deviceMs.copyWithin(0, this.start, this.end);
        this.hostMs.copyWithin(0, this.start, this.end);
        this.end -= this.start;
        this.start = 0;
      }
      this.deviceMs[this.end] = deviceMs;
      this.hostMs[this.end++] = hostMs;
    }
    while (deviceMs - this.deviceMs[this.start] > WINDOW_MS) this.start++;
    const shortfallMs = hostTimeOnLineMs(this.line, deviceMs) - hostMs;
    const isYoung = this.end - this.start < 3 || deviceMs - this.deviceMs[this.start] < YOUNG_MS;
    // A point under the line lowers it at once; its slope can wait for the next fit.
    if (shortfallMs > 0 && !isYoung) this.line.originHostMs -= shortfallMs;
    if (isYoung || !(deviceMs - this.fittedAtMs < REFIT_EVERY_MS)) {
      fitLowerLineInto(
        this.line,
        this.deviceMs,
        this.hostMs,
        this.start,
        this.end,
        this.stack,
        this.priorSlope,
        this.priorSigma,
      );
      this.fittedAtMs = deviceMs;
      this.measureLatency();
    }
  }
}
