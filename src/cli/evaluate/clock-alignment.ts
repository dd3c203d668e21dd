import { LiveClock } from '../../core/clock/live-clock.ts';
import { RecordingTimeline } from '../../core/clock/recording-timeline.ts';
import { createSampleBatch } from '../../core/packet/sample-batch.ts';
import { Random } from '../../core/simulation/random.ts';
import {
  PERFECT_LINK,
  readLinkPacket,
  simulateLink,
  type LinkEcho,
  type LinkOptions,
} from '../../core/simulation/simulated-link.ts';

const DURATION_MS = 60_000;
const RESTART_MS = 25_000;
/** Clocks may take this long to find their feet, at the start and after a restart. */
export const SETTLING_MS = 10_000;

/** One kind of trouble that two links have. */
export interface ClockCondition {
  readonly name: string;
  /** What two links of a run suffer from; the rest is as in a perfect link. */
  draw(random: Random): Partial<LinkOptions>;
  /** The two links need different least times, 0 to 40 ms, and the devices offer their clocks. */
  readonly hasEchoes?: boolean;
  /** Too much for 5 ms: what is asked for is that the stated bound holds. */
  readonly isBeyondTarget?: boolean;
}

const skewed = (random: Random): Partial<LinkOptions> => ({ skew: random.between(-0.03, 0.03) });
const jittery = (random: Random): Partial<LinkOptions> => ({
  ...skewed(random),
  jitterMs: random.between(0, 50),
});
/** The counter of microseconds, of 32768 Hz ticks or of milliseconds comes round 20 s after the start. */
const wrapping = (random: Random): Partial<LinkOptions> => {
  const tickMs = random.pick([0.001, 1 / 32.768, 1]);
  return { ...jittery(random), tickMs, startTicks: 2 ** 32 - Math.round(20_000 / tickMs) };
};
const coarse = (random: Random): Partial<LinkOptions> => ({
  ...jittery(random),
  tickMs: 1,
  perPacket: 8,
  nominalRateHz: random.pick([52, 104, 208]),
  rateError: random.between(-0.03, 0.03),
});

export const CLOCK_CONDITIONS: readonly ClockCondition[] = [
  { name: 'nothing', draw: () => ({}) },
  { name: 'skew to 3 %', draw: skewed },
  { name: '+ jitter to 50 ms', draw: jittery },
  {
    name: '  of each packet alone',
    draw: (random) => ({ ...jittery(random), independentJitter: true }),
  },
  {
    name: '+ bunches to 250 ms',
    draw: (random) => ({ ...jittery(random), bunchMs: random.between(50, 250) }),
  },
  { name: '+ 10 % loss', draw: (random) => ({ ...jittery(random), loss: 0.1 }) },
  { name: '+ u32 wrap', draw: wrapping },
  { name: '+ device restart', draw: (random) => ({ ...jittery(random), restartAtMs: RESTART_MS }) },
  { name: '+ 1 ms stamps, 8 samples', draw: coarse },
  {
    name: 'connection interval',
    draw: (random) => ({ ...skewed(random), intervalMs: random.between(7.5, 50) }),
  },
  {
    name: 'unlike links, clock echoes',
    draw: (random) => ({ ...jittery(random), loss: 0.1 }),
    hasEchoes: true,
  },
  {
    name: 'interval, clock echoes',
    draw: (random) => ({ ...skewed(random), loss: 0.1, intervalMs: random.between(7.5, 50) }),
    hasEchoes: true,
  },
  {
    name: '+ jitter of echoes too',
    draw: (random) => ({ ...jittery(random), loss: 0.1, intervalMs: random.between(7.5, 50) }),
    hasEchoes: true,
    isBeyondTarget: true,
  },
  {
    name: 'all of these',
    draw: (random) => ({
      ...wrapping(random),
      ...coarse(random),
      startTicks: 2 ** 32 - 20_000,
      perPacket: random.pick([1, 4, 8, 13]),
      bunchMs: random.between(50, 250),
      intervalMs: random.between(7.5, 30),
      loss: 0.1,
      restartAtMs: RESTART_MS,
    }),
  },
];

/** How a link's axis errs: at each sample the time it was given minus the time it was taken, ms. */
export interface LinkErrors {
  readonly trueMs: readonly number[];
  readonly errorMs: readonly number[];
  /** What the clock states of it in the end; NaN where the device did not offer its own. */
  readonly boundMs: number;
}

export type ClockMode = 'live' | 'refined';

/** Puts every sample of a link on the session's axis, live or with the whole recording known. */
export function linkErrors(options: LinkOptions, mode: ClockMode): LinkErrors {
  const { packets, echoes } = simulateLink(options);
  const facts = { ticksPerMs: 1 / options.tickMs, wrapTicks: options.wrapTicks };
  const batch = createSampleBatch(64);
  const trueMs: number[] = [];
  const errorMs: number[] = [];
  const note = (sampleTrueMs: number, sampleMs: number): void => {
    const sinceRestartMs =
      sampleTrueMs >= options.restartAtMs ? sampleTrueMs - options.restartAtMs : Infinity;
    if (sampleTrueMs < SETTLING_MS || sinceRestartMs < SETTLING_MS) return;
    trueMs.push(sampleTrueMs);
    errorMs.push(sampleMs - sampleTrueMs);
  };
  const live = new LiveClock(facts);
  const recording = new RecordingTimeline(facts, packets.length);
  const taken: number[] = [];
  let nextEcho = 0;
  for (const packet of packets) {
    for (; (echoes[nextEcho]?.receivedHostTimeMs ?? Infinity) <= packet.arrivalMs; nextEcho++) {
      const echo = { sensorIndex: 0, ...(echoes[nextEcho] as LinkEcho) };
      if (mode === 'live') live.takeEcho(echo, 0);
      else recording.addEcho(echo, 0);
    }
    readLinkPacket(batch, packet, options);
    const stepMs = packet.count > 1 ? (packet.lastTrueMs - packet.firstTrueMs) / (packet.count - 1) : 0;
    if (mode === 'live' && live.place(batch, packet.arrivalMs) === 'stale') continue;
    if (mode === 'refined' && !recording.add(batch, packet.arrivalMs)) continue;
    for (let i = 0; i < packet.count; i++) {
      const sampleTrueMs = packet.firstTrueMs + i * stepMs;
      if (mode === 'live') note(sampleTrueMs, live.firstSessionMs + i * live.spacingMs);
      else taken.push(sampleTrueMs);
    }
  }
  if (mode === 'refined') {
    const timeS = recording.sampleTimesS();
    taken.forEach((sampleTrueMs, i) => note(sampleTrueMs, 1000 * (timeS[i] ?? NaN)));
  }
  return { trueMs, errorMs, boundMs: mode === 'live' ? live.latencyBoundMs : recording.latencyBoundMs };
}

/** Two links of one run: same kind of trouble and same least latency, everything else drawn for each. */
export function drawLinks(condition: ClockCondition, seed: number): [LinkOptions, LinkOptions] {
  const random = new Random(seed);
  const commonLatencyMs = random.between(0, 20);
  const draw = (stream: number): LinkOptions => ({
    ...PERFECT_LINK,
    ...condition.draw(random),
    ...(condition.hasEchoes === true ? { hasEchoes: true } : {}),
    durationMs: DURATION_MS,
    seed: 2 * seed + stream,
    leastLatencyMs: condition.hasEchoes === true ? random.between(0, 40) : commonLatencyMs,
  });
  return [draw(0), draw(1)];
}

/** Distance in time between what two sensors measured at the same moment, ms, for every sample of the first. */
export function alignmentErrorsMs(condition: ClockCondition, seed: number, mode: ClockMode): number[] {
  const [linkA, linkB] = drawLinks(condition, seed);
  const a = linkErrors(linkA, mode),
    b = linkErrors(linkB, mode);
  let at = 0;
  return a.trueMs.map((timeMs, i) => {
    while ((b.trueMs[at + 1] ?? Infinity) <= timeMs) at++;
    return Math.abs((a.errorMs[i] ?? NaN) - (b.errorMs[at] ?? NaN));
  });
}

/** What the fit of the line may add to the bound of a round trip, ms. */
const FIT_MS = 2;

/** Share of samples whose own time error lies within what the clock states in the end; NaN without clock echoes. */
export function insideBoundShare(condition: ClockCondition, seed: number, mode: ClockMode): number {
  if (condition.hasEchoes !== true) return NaN;
  let inside = 0,
    count = 0;
  for (const options of drawLinks(condition, seed)) {
    const { errorMs, boundMs } = linkErrors(options, mode);
    count += errorMs.length;
    inside += errorMs.filter((error) => Math.abs(error) <= boundMs + FIT_MS).length;
  }
  return inside / count;
}

/** @param sorted rising */
export function quantile(sorted: readonly number[] | Float64Array, fraction: number): number {
  return sorted[Math.floor(fraction * (sorted.length - 1))] ?? NaN;
}
