import { ECHO_SCHEDULE } from '../packet/clock-echo.ts';
import type { SampleBatch } from '../packet/sample-batch.ts';
import { Random } from './random.ts';

/** One packet of a simulated link, with the truth beside it. Truth is host time, ms. */
export interface LinkPacket {
  readonly deviceTicks: number;
  readonly sampleNumber: number;
  readonly count: number;
  readonly arrivalMs: number;
  readonly firstTrueMs: number;
  readonly lastTrueMs: number;
}

/** One exchange in which the device offered its clock. */
export interface LinkEcho {
  readonly sentHostTimeMs: number;
  readonly receivedHostTimeMs: number;
  readonly deviceReceivedTicks: number;
  readonly deviceSentTicks: number;
}

export interface LinkOptions {
  readonly seed: number;
  readonly durationMs: number;
  /** As the device states it; it really samples `1 + rateError` times as fast. */
  readonly nominalRateHz: number;
  readonly rateError: number;
  readonly perPacket: number;
  /** Device milliseconds per true millisecond, minus 1. */
  readonly skew: number;
  /** What every packet needs from its last sample to its arrival. */
  readonly leastLatencyMs: number;
  /** Largest delay on top of it. */
  readonly jitterMs: number;
  /** True: every packet's delay is drawn by itself; false: the air is crowded or free for a while. */
  readonly independentJitter: boolean;
  /** Longest time for which the host's stack now and then holds everything back. */
  readonly bunchMs: number;
  /** Connection interval: packets leave at its events only; 0: whenever they are ready. */
  readonly intervalMs: number;
  readonly loss: number;
  readonly tickMs: number;
  readonly wrapTicks: number;
  readonly startTicks: number;
  /** The device boots anew: its clock and its counter begin again. */
  readonly restartAtMs: number;
  /** Whether the device offers its clock. */
  readonly hasEchoes: boolean;
}

/** A link without faults. */
export const PERFECT_LINK: LinkOptions = {
  seed: 1,
  durationMs: 40_000,
  nominalRateHz: 104,
  rateError: 0,
  perPacket: 8,
  skew: 0,
  leastLatencyMs: 0,
  jitterMs: 0,
  independentJitter: false,
  bunchMs: 0,
  intervalMs: 0,
  loss: 0,
  tickMs: 0.001,
  wrapTicks: 2 ** 32,
  startTicks: 0,
  restartAtMs: Infinity,
  hasEchoes: false,
};

/** Air crowded or free for so long at a time, and how often free. */
const AIR_MS = 100;
const FREE_AIR = 0.25;
const HELD_BACK = 0.05;
/** Share of connection events that fail and are made up for at the next. */
const FAILED_EVENTS = 0.1;
const RESTART_TICKS = 137;
const COUNTER_MODULUS = 65536;
/** What a board takes from reading a command to handing over its reply. */
const ECHO_WORK_MS = 0.4;

/** Packets and echoes between one device and the host, stamps and arrivals only: what clocks are made from. */
export function simulateLink(options: LinkOptions): {
  readonly packets: LinkPacket[];
  readonly echoes: LinkEcho[];
} {
  const random = new Random(options.seed);
  const { intervalMs } = options;
  const packets: LinkPacket[] = [];
  const truePeriodMs = 1000 / (options.nominalRateHz * (1 + options.rateError));
  const eventPhaseMs = random.uniform() * intervalMs;
  let sample = 0,
    bootMs = 0,
    arrivalFloorMs = 0,
    heldUntilMs = 0,
    base = options.startTicks,
    numberOrigin = 0,
    crowding = 0,
    crowdingUntilMs = 0;
  const ticksAt = (trueMs: number): number =>
    (base + Math.floor(((trueMs - bootMs) * (1 + options.skew)) / options.tickMs)) % options.wrapTicks;
  const nextEventMs = (timeMs: number): number => {
    if (intervalMs === 0) return timeMs;
    let event = Math.ceil((timeMs - eventPhaseMs) / intervalMs);
    while (random.uniform() < FAILED_EVENTS) event++;
    return eventPhaseMs + event * intervalMs;
  };
  const echoes: LinkEcho[] = [];
  let nextEchoMs = options.hasEchoes ? ECHO_SCHEDULE.leastWaitMs : Infinity;
  for (;;) {
    const firstTrueMs = sample * truePeriodMs;
    if (firstTrueMs > options.durationMs) return { packets, echoes };
    if (bootMs === 0 && firstTrueMs >= options.restartAtMs) {
      bootMs = firstTrueMs;
      base = RESTART_TICKS;
      numberOrigin = sample;
    }
    const lastTrueMs = firstTrueMs + (options.perPacket - 1) * truePeriodMs;
    // Independent delays of packets that follow each other faster than the jitter would never let one through at
    // once: order is kept, so the slowest leads. Real air has free moments.
    if (options.independentJitter) crowding = options.jitterMs;
    else if (lastTrueMs >= crowdingUntilMs) {
      crowdingUntilMs = lastTrueMs + AIR_MS;
      crowding = random.uniform() < FREE_AIR ? 0 : options.jitterMs;
    }
    const sentMs = nextEventMs(lastTrueMs) + options.leastLatencyMs + random.uniform() * crowding;
    if (options.bunchMs > 0 && random.uniform() < HELD_BACK)
      heldUntilMs = sentMs + options.bunchMs * random.uniform();
    arrivalFloorMs = Math.max(arrivalFloorMs + 0.02, sentMs, heldUntilMs);
    if (random.uniform() >= options.loss)
      packets.push({
        deviceTicks: ticksAt(firstTrueMs),
        sampleNumber: (sample - numberOrigin) % COUNTER_MODULUS,
        count: options.perPacket,
        arrivalMs: arrivalFloorMs,
        firstTrueMs,
        lastTrueMs,
      });
    for (; nextEchoMs < arrivalFloorMs; nextEchoMs = timeOfNextEcho(nextEchoMs, echoes.length, random)) {
      // A command waits for an event; its answer can leave at the next one only.
      const sentHostTimeMs = nextEchoMs;
      const readMs = nextEventMs(sentHostTimeMs) + 1 + random.uniform() * crowding;
      const answeredMs = readMs + ECHO_WORK_MS;
      echoes.push({
        sentHostTimeMs,
        deviceReceivedTicks: ticksAt(readMs),
        deviceSentTicks: ticksAt(answeredMs),
        receivedHostTimeMs: nextEventMs(answeredMs) + 1 + random.uniform() * crowding,
      });
    }
    sample += options.perPacket;
  }
}

function timeOfNextEcho(lastMs: number, count: number, random: Random): number {
  const { firstCount, laterCount, leastWaitMs, longestWaitMs, pauseMs } = ECHO_SCHEDULE;
  const isPause = count >= firstCount && (count - firstCount) % laterCount === 0;
  return lastMs + (isPause ? pauseMs : random.between(leastWaitMs, longestWaitMs));
}

/** Makes a batch state what a packet's head says; its samples stay as they are. */
export function readLinkPacket(out: SampleBatch, packet: LinkPacket, options: LinkOptions): SampleBatch {
  out.count = packet.count;
  out.firstDeviceTicks = packet.deviceTicks;
  out.firstSampleNumber = packet.sampleNumber;
  out.nominalPeriodMs = 1000 / options.nominalRateHz;
  return out;
}
