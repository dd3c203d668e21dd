import { createAhrsEngine } from '../../core/fusion/baselines/ahrs-engine.ts';
import { MADGWICK_BETA } from '../../core/fusion/baselines/ahrs-madgwick.ts';
import { SAMPLE } from '../../core/fusion/orientation-filter.ts';
import { createThoraFilter } from '../../core/fusion/thora-filter.ts';
import { garbageBytes, heapGrowthBytes } from './heap.ts';

const RATE_HZ = 100;
const SAMPLE_COUNT = 50_000;
const WARM_UP_ROUNDS = 4;
const ROUNDS = 21;

export interface FusionSpeed {
  readonly thora6Ns: number;
  readonly madgwick6Ns: number;
  readonly ratio6: number;
  readonly thora9Ns: number;
  readonly madgwick9Ns: number;
  readonly ratio9: number;
  readonly heapGrowthBytesPerMillion: number;
  readonly garbageBytesPerSample: number;
}

/**
 * Thora's filter against the Madgwick filter of the `ahrs` package, with six and with nine axes. All four are warmed up
 * first and then take turns, so that neither order nor other work on the machine favours one; ratios are medians over
 * the rounds of what stood side by side.
 */
export function measureFusionSpeed(): FusionSpeed {
  const signal = createSignal();
  const rounds = [
    createThoraRound(signal, false),
    createMadgwickRound(signal, false),
    createThoraRound(signal, true),
    createMadgwickRound(signal, true),
  ] as const;
  const times: number[][] = rounds.map(() => []);
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++)
    rounds.forEach((run, i) => {
      const start = process.cpuUsage();
      run();
      const ns = cpuNsSince(start) / SAMPLE_COUNT;
      if (round >= WARM_UP_ROUNDS) times[i]?.push(ns);
    });
  const [thora6 = [], madgwick6 = [], thora9 = [], madgwick9 = []] = times;
  const ratio = (a: readonly number[], b: readonly number[]): number =>
    median(a.map((ns, i) => ns / (b[i] ?? Number.NaN)));
  return {
    thora6Ns: median(thora6),
    madgwick6Ns: median(madgwick6),
    ratio6: ratio(thora6, madgwick6),
    thora9Ns: median(thora9),
    madgwick9Ns: median(madgwick9),
    ratio9: ratio(thora9, madgwick9),
    heapGrowthBytesPerMillion: (heapGrowthBytes(rounds[0], 20) / (20 * SAMPLE_COUNT)) * 1e6,
    garbageBytesPerSample: garbageBytes(rounds[0]) / SAMPLE_COUNT,
  };
}

/** Processor time of this process: what else the machine does is not in it. */
export function cpuNsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return 1000 * (user + system);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/**
 * Samples as {@link SAMPLE} of a sensor that turns about changing axes, rests now and then, and shakes a little; steps
 * differ by a hundredth, as real ones do.
 */
function createSignal(): Float64Array {
  const signal = new Float64Array(SAMPLE.length * SAMPLE_COUNT);
  for (let i = 0; i < SAMPLE_COUNT; i++) {
    const t = i / RATE_HZ;
    const moves = t % 20 > 4 ? 1 : 0;
    const noise = Math.sin(i * 12.9898) * 0.002;
    signal.set(
      [
        0.01 + moves * 1.5 * Math.sin(0.9 * t) + noise,
        -0.005 + moves * 1.1 * Math.sin(1.3 * t + 1) + noise,
        0.002 + moves * 0.7 * Math.sin(0.4 * t + 2) + noise,
        moves * 2 * Math.sin(0.5 * t) + noise,
        moves * 2 * Math.cos(0.7 * t) + noise,
        9.6 + noise,
        18,
        -3,
        -44,
        (1 + 5 * noise) / RATE_HZ,
      ],
      SAMPLE.length * i,
    );
  }
  return signal;
}

function createThoraRound(signal: Float64Array, useMagnetometer: boolean): () => void {
  const filter = createThoraFilter({ useMagnetometer });
  const sample = new Float64Array(SAMPLE.length);
  return () => {
    for (let row = 0, at = 0; row < SAMPLE_COUNT; row++, at += SAMPLE.length) {
      for (let i = 0; i < SAMPLE.length; i++) sample[i] = signal[at + i] ?? 0;
      filter.update(sample);
    }
  };
}

/** The package itself, without the guards around it, reading its result at each sample as anyone who uses it must. */
function createMadgwickRound(signal: Float64Array, useMagnetometer: boolean): () => void {
  const beta = useMagnetometer ? MADGWICK_BETA.nineAxes : MADGWICK_BETA.sixAxes;
  const engine = createAhrsEngine({ algorithm: 'Madgwick', beta });
  const q = new Float64Array(4);
  return () => {
    for (let row = 0, at = 0; row < SAMPLE_COUNT; row++, at += SAMPLE.length) {
      const gx = signal[at] ?? 0,
        gy = signal[at + 1] ?? 0,
        gz = signal[at + 2] ?? 0,
        ax = signal[at + 3] ?? 0,
        ay = signal[at + 4] ?? 0,
        az = signal[at + 5] ?? 0,
        mx = signal[at + 6] ?? 0,
        my = signal[at + 7] ?? 0,
        mz = signal[at + 8] ?? 0,
        dtS = signal[at + SAMPLE.stepS] ?? 0;
      if (useMagnetometer) engine.update(gx, gy, gz, ax, ay, az, mx, my, mz, dtS);
      else engine.update(gx, gy, gz, ax, ay, az, undefined, undefined, undefined, dtS);
      const result = engine.getQuaternion();
      q[0] = result.w;
      q[1] = result.x;
      q[2] = result.y;
      q[3] = result.z;
    }
  };
}
