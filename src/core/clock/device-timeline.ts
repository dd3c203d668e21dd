import type { SampleBatch } from '../packet/sample-batch.ts';

/** Ticks per millisecond and where the counter wraps, as the device family states them. */
export interface DeviceClockFacts {
  readonly ticksPerMs: number;
  readonly wrapTicks: number;
}

/** What a packet is to its stream. 'stale': its samples were seen before; 'restarted': the device's clock began anew. */
export type PacketStanding = 'first' | 'continued' | 'restarted' | 'stale';

/** A sensor's sample counter may wrap here; which one is learned from the numbers themselves. */
const COUNTER_MODULI = [2 ** 8, 2 ** 16, 2 ** 24, 2 ** 32] as const;
/** Arrival earlier than the line allows by more than this is impossible: the clock must be another one. */
const EARLY_LIMIT_MS = 300;
/** Longest stretch of packets that a radio stack may hold back and still deliver, ms. */
const LATE_LIMIT_MS = 30_000;
const LAG_LEAK = 0.04;
const PERSISTENT_LAG_MS = 3000;
/** By how much samples may be further apart or closer than was seen, as a share. */
const STEP_TOLERANCE = 0.02;
const STALE_RUN_LIMIT = 5;
/** Where neither clock, count nor rate is told, until arrivals have shown better. */
const ASSUMED_PERIOD_MS = 20;
/** Arrival this late is a loss: no radio holds packets back for so long as a rule. */
const UNTIMED_GAP_MS = 500;
/** Share of what a packet comes late or early that moves the time of a stream without clock, count and rate. */
const UNTIMED_PULL = 0.02;
const LARGEST_RATE_ERROR = 0.15;
/** How many packets the observed period is a mean of. */
export const PERIOD_MEMORY_PACKETS = 200;

/**
 * The device's own time of each packet of one stream: counters unwrapped, lost samples counted, restarts noticed.
 * Families without a clock are timed by their sample counter, those without either by counting samples.
 */
export class DeviceTimeline {
  standing: PacketStanding = 'first';
  /** Device time of the packet's first and last sample, ms, rising within a stretch. */
  firstMs = NaN;
  lastMs = NaN;
  /** Samples lost before this packet; 0 after a restart, where nobody can know. */
  missingCount = 0;
  /** Time between samples on the device's clock as observed, ms. */
  periodMs = NaN;
  /** Last sample of the packet before this one, NaN at the start of a stretch. */
  previousLastMs = NaN;

  private readonly clock: DeviceClockFacts | null;
  private started = false;
  private previousTicks = NaN;
  private previousNumber = NaN;
  private largestNumber = 0;
  private previousFirstMs = NaN;
  private previousCount = 0;
  private previousHostMs = NaN;
  private lagFloorMs = NaN;
  /** Since when packets have been late, on both clocks; NaN while they are not. */
  private lateSinceMs = NaN;
  private lateSinceHostMs = NaN;
  private isLateOnly = false;
  private observedPackets = 0;
  private staleRun = 0;
  /** Arrival less time of the last sample, as this stretch began. */
  private untimedLagMs = NaN;

  constructor(clock: DeviceClockFacts | null) {
    this.clock = clock;
  }

  /** The next packet begins a new stretch: nothing ties its clock to what was before. The observed period stays. */
  restart(): void {
    this.started = false;
    this.previousTicks = NaN;
    this.previousNumber = NaN;
    this.largestNumber = 0;
    this.lagFloorMs = NaN;
    this.lateSinceMs = NaN;
    this.staleRun = 0;
  }

  /** The device was asked for another rate: what was seen of the old one is no guide. A new stretch begins. */
  forgetPeriod(): void {
    this.restart();
    this.periodMs = NaN;
    this.observedPackets = Math.min(1, this.observedPackets);
  }

  /**
   * Device time of a reading of its clock taken near the newest packet, ms; NaN where there is no clock, or no packet
   * since it began anew.
   */
  deviceMsOf(ticks: number): number {
    if (this.clock === null || !this.started) return NaN;
    const { ticksPerMs, wrapTicks } = this.clock;
    const step = ticks - this.previousTicks;
    return this.previousFirstMs + (step - wrapTicks * Math.round(step / wrapTicks)) / ticksPerMs;
  }

  /** Takes the next packet in order of arrival and sets the public fields. */
  place(batch: SampleBatch, hostMs: number): PacketStanding {
    const ticks = this.clock === null ? NaN : batch.firstDeviceTicks;
    if (!Number.isFinite(this.periodMs))
      this.periodMs = Number.isFinite(batch.nominalPeriodMs) ? batch.nominalPeriodMs : ASSUMED_PERIOD_MS;
    if (!this.started)
      return this.begin(batch, ticks, hostMs, this.observedPackets > 0 ? 'restarted' : 'first');

    const hostStepMs = Math.max(0, hostMs - this.previousHostMs);
    const numberStep = this.numberStep(batch.firstSampleNumber);
    let stepMs: number;
    if (this.clock !== null && Number.isFinite(ticks)) stepMs = this.tickStepMs(ticks, hostStepMs);
    else if (Number.isFinite(numberStep)) stepMs = numberStep * this.periodMs;
    else if (Number.isFinite(batch.nominalPeriodMs)) stepMs = this.previousCount * this.periodMs;
    else stepMs = this.untimedStepMs(hostMs, hostStepMs, batch.count);

    const firstMs = this.previousFirstMs + stepMs;
    const lagMs = hostMs - (firstMs + (batch.count - 1) * this.periodMs);
    const isSameClock = this.isSameClock(ticks, stepMs, numberStep);
    if (!isSameClock && this.isAnotherClock(lagMs, hostStepMs))
      return this.begin(batch, ticks, hostMs, 'restarted');
    if (firstMs < this.lastMs - 0.4 * this.periodMs) {
      if (++this.staleRun > STALE_RUN_LIMIT) return this.begin(batch, ticks, hostMs, 'restarted');
      return (this.standing = 'stale');
    }
    this.staleRun = 0;
    if (this.isLagPersistent(lagMs, firstMs, hostMs, batch.count, isSameClock))
      return this.begin(batch, ticks, hostMs, 'restarted');

    const nominal = batch.nominalPeriodMs;
    const steps = Number.isFinite(numberStep) ? numberStep : Math.max(1, Math.round(stepMs / this.periodMs));
    this.missingCount = Math.max(0, steps - this.previousCount);
    const observedMs = stepMs / steps;
    if (steps > 0 && Math.abs(observedMs - nominal) < LARGEST_RATE_ERROR * nominal) {
      this.observedPackets = Math.min(this.observedPackets + 1, PERIOD_MEMORY_PACKETS);
      this.periodMs += (observedMs - this.periodMs) / Math.max(4, this.observedPackets);
    }
    // What was held back comes in a burst: no time passes on the host's clock, and before it none on the device's.
    this.lagFloorMs = Math.min(lagMs, this.lagFloorMs + LAG_LEAK * Math.min(stepMs, hostStepMs));
    this.standing = 'continued';
    this.previousLastMs = this.lastMs;
    this.remember(batch, ticks, hostMs, firstMs);
    return this.standing;
  }

  private begin(batch: SampleBatch, ticks: number, hostMs: number, standing: PacketStanding): PacketStanding {
    this.restart();
    this.started = true;
    this.standing = standing;
    this.missingCount = 0;
    this.previousLastMs = NaN;
    const firstMs = this.clock !== null && Number.isFinite(ticks) ? ticks / this.clock.ticksPerMs : 0;
    this.remember(batch, ticks, hostMs, firstMs);
    this.lagFloorMs = hostMs - this.lastMs;
    this.untimedLagMs = this.lagFloorMs;
    this.observedPackets = Math.max(this.observedPackets, 1);
    return standing;
  }

  private remember(batch: SampleBatch, ticks: number, hostMs: number, firstMs: number): void {
    this.firstMs = firstMs;
    this.lastMs = firstMs + (batch.count - 1) * this.periodMs;
    this.previousFirstMs = firstMs;
    this.previousTicks = ticks;
    this.previousCount = batch.count;
    this.previousHostMs = hostMs;
    this.previousNumber = batch.firstSampleNumber;
    if (batch.firstSampleNumber > this.largestNumber) this.largestNumber = batch.firstSampleNumber;
  }

  /** Device milliseconds since the previous packet's first sample; wraps are chosen to agree with the host's clock. */
  private tickStepMs(ticks: number, hostStepMs: number): number {
    const clock = this.clock as DeviceClockFacts;
    const wrapMs = clock.wrapTicks / clock.ticksPerMs;
    const stepMs = (ticks - this.previousTicks) / clock.ticksPerMs;
    if (stepMs < 0 && stepMs > -1000 && hostStepMs < 0.5 * wrapMs) return stepMs;
    const forwardMs = stepMs < 0 ? stepMs + wrapMs : stepMs;
    return forwardMs + wrapMs * Math.max(0, Math.round((hostStepMs - forwardMs) / wrapMs));
  }

  /**
   * Nothing but arrivals tells the time: the period is their mean, and the time of the stream is held near them. What
   * arrives in bunches is spread again; a long silence is a gap.
   */
  private untimedStepMs(hostMs: number, hostStepMs: number, count: number): number {
    this.observedPackets = Math.min(this.observedPackets + 1, PERIOD_MEMORY_PACKETS);
    if (hostStepMs < UNTIMED_GAP_MS) {
      const observedMs = hostStepMs / this.previousCount;
      this.periodMs = Math.max(1, this.periodMs + (observedMs - this.periodMs) / this.observedPackets);
    }
    const stepMs = this.previousCount * this.periodMs;
    const lastMs = this.previousFirstMs + stepMs + (count - 1) * this.periodMs;
    const lateMs = hostMs - lastMs - this.untimedLagMs;
    return Math.max(0.1 * stepMs, stepMs + (lateMs > UNTIMED_GAP_MS ? 1 : UNTIMED_PULL) * lateMs);
  }

  private numberStep(number: number): number {
    if (!Number.isFinite(number) || !Number.isFinite(this.previousNumber)) return NaN;
    const step = number - this.previousNumber;
    if (step > 0) return step;
    if (step > -200 && this.previousNumber < 200) return step;
    for (const modulus of COUNTER_MODULI) {
      // A wrap comes from near the top of the counter; anything else is an old packet or a restart.
      if (modulus > this.largestNumber && this.previousNumber > 0.75 * modulus && number < 0.25 * modulus)
        return step + modulus;
    }
    return step;
  }

  /** Whether the device's own clock went on from packet to packet as its samples did: then arrivals say nothing against it. */
  private isSameClock(ticks: number, stepMs: number, numberStep: number): boolean {
    if (this.clock === null || !Number.isFinite(ticks)) return false;
    const dueMs = (Number.isFinite(numberStep) ? numberStep : this.previousCount) * this.periodMs;
    return dueMs > 0 && Math.abs(stepMs - dueMs) < 0.5 * this.periodMs + STEP_TOLERANCE * dueMs;
  }

  private isAnotherClock(lagMs: number, hostStepMs: number): boolean {
    return (
      lagMs < this.lagFloorMs - EARLY_LIMIT_MS - 0.05 * hostStepMs || lagMs > this.lagFloorMs + LATE_LIMIT_MS
    );
  }

  /**
   * True when packets have been late for so long, on both clocks, that theirs cannot be the old one (or samples were lost
   * unseen). A browser that hands over seconds late does not change the device's clock: what followed on it as the
   * lateness began is late, and no more.
   */
  private isLagPersistent(
    lagMs: number,
    firstMs: number,
    hostMs: number,
    count: number,
    isSameClock: boolean,
  ): boolean {
    const limitMs =
      this.clock !== null || Number.isFinite(this.previousNumber)
        ? 400
        : Math.max(80, 1.5 * count * this.periodMs);
    if (lagMs < this.lagFloorMs + limitMs) {
      this.lateSinceMs = NaN;
      return false;
    }
    if (!Number.isFinite(this.lateSinceMs)) {
      this.lateSinceMs = firstMs;
      this.lateSinceHostMs = hostMs;
      this.isLateOnly = isSameClock;
    }
    const lateMs = Math.min(firstMs - this.lateSinceMs, hostMs - this.lateSinceHostMs);
    return !this.isLateOnly && lateMs > PERSISTENT_LAG_MS;
  }
}
