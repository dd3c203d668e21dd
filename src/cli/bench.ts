import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createAhrsEngine } from '../core/fusion/baselines/ahrs-engine.ts';
import { MADGWICK_BETA } from '../core/fusion/baselines/ahrs-madgwick.ts';
import { createThoraFilter } from '../core/fusion/thora-filter.ts';

const HELP = `Speed and memory of the engine, measured in one run; ratios are what to compare between machines.

  npm run -s bench [-- --json]

  --json   the figures as JSON on standard output
  --help   this text
`;

const RATE_HZ = 100;
const SAMPLE_COUNT = 100_000;
const ROUNDS = 15;

/** Gyro, acc, mag of a sensor that turns about changing axes, rests now and then, and shakes a little. */
function createSignal(): Float64Array {
  const signal = new Float64Array(9 * SAMPLE_COUNT);
  for (let i = 0; i < SAMPLE_COUNT; i++) {
    const t = i / RATE_HZ;
    const moves = t % 20 > 4 ? 1 : 0;
    const noise = Math.sin(i * 12.9898) * 0.002;
    signal[9 * i] = 0.01 + moves * 1.5 * Math.sin(0.9 * t) + noise;
    signal[9 * i + 1] = -0.005 + moves * 1.1 * Math.sin(1.3 * t + 1) + noise;
    signal[9 * i + 2] = 0.002 + moves * 0.7 * Math.sin(0.4 * t + 2) + noise;
    signal[9 * i + 3] = moves * 2 * Math.sin(0.5 * t) + noise;
    signal[9 * i + 4] = moves * 2 * Math.cos(0.7 * t) + noise;
    signal[9 * i + 5] = 9.6 + noise;
    signal[9 * i + 6] = 18;
    signal[9 * i + 7] = -3;
    signal[9 * i + 8] = -44;
  }
  return signal;
}

function loadSample(signal: Float64Array, row: number, sample: Float64Array, axes: number): void {
  for (let i = 0; i < axes; i++) sample[i] = signal[9 * row + i] ?? 0;
}

/**
 * Nanoseconds per sample of two candidates in turn, so that other work on the machine meets both alike; the best of
 * several rounds of each.
 */
function timePairNs(first: () => void, second: () => void): readonly [number, number] {
  const time = (round: () => void): number => {
    const start = process.hrtime.bigint();
    round();
    return Number(process.hrtime.bigint() - start) / SAMPLE_COUNT;
  };
  let bestFirst = Infinity,
    bestSecond = Infinity;
  for (let i = 0; i < ROUNDS; i++) {
    bestFirst = Math.min(bestFirst, time(first));
    bestSecond = Math.min(bestSecond, time(second));
  }
  return [bestFirst, bestSecond];
}

function createThoraRound(signal: Float64Array, useMagnetometer: boolean): () => void {
  const filter = createThoraFilter({ useMagnetometer });
  const sample = new Float64Array(9).fill(Number.NaN);
  const axes = useMagnetometer ? 9 : 6;
  return () => {
    for (let row = 0; row < SAMPLE_COUNT; row++) {
      loadSample(signal, row, sample, axes);
      filter.update(1 / RATE_HZ, sample);
    }
  };
}

/** The package itself, without the guards around it, reading its result at each sample as anyone who uses it must. */
function createMadgwickRound(signal: Float64Array, useMagnetometer: boolean): () => void {
  const beta = useMagnetometer ? MADGWICK_BETA.nineAxes : MADGWICK_BETA.sixAxes;
  const engine = createAhrsEngine({ algorithm: 'Madgwick', beta });
  const sample = new Float64Array(9);
  const q = new Float64Array(4);
  return () => {
    for (let row = 0; row < SAMPLE_COUNT; row++) {
      loadSample(signal, row, sample, useMagnetometer ? 9 : 6);
      const [gx = 0, gy = 0, gz = 0, ax = 0, ay = 0, az = 0, mx = 0, my = 0, mz = 0] = sample;
      if (useMagnetometer) engine.update(gx, gy, gz, ax, ay, az, mx, my, mz, 1 / RATE_HZ);
      else engine.update(gx, gy, gz, ax, ay, az, undefined, undefined, undefined, 1 / RATE_HZ);
      const result = engine.getQuaternion();
      q[0] = result.w;
      q[1] = result.x;
      q[2] = result.y;
      q[3] = result.z;
    }
  };
}

/** Bytes that stay on the heap after a million samples, counted between two forced collections. */
function heapGrowthPerMillion(round: () => void): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  round();
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 1_000_000 / SAMPLE_COUNT; i++) round();
  collect();
  return process.memoryUsage().heapUsed - before;
}

function main(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  const signal = createSignal();
  const thora6 = createThoraRound(signal, false),
    thora9 = createThoraRound(signal, true),
    madgwick6 = createMadgwickRound(signal, false),
    madgwick9 = createMadgwickRound(signal, true);
  const [thoraNs, madgwickNs] = timePairNs(thora6, madgwick6),
    [thora9Ns, madgwick9Ns] = timePairNs(thora9, madgwick9);
  const result = {
    machine: { cpu: cpus()[0]?.model ?? null, cores: cpus().length, node: process.version },
    fusion_ns_per_sample: round1(thoraNs),
    ahrs_madgwick_ns_per_sample: round1(madgwickNs),
    ratio_fusion_vs_ahrs_madgwick: Math.round((1000 * thoraNs) / madgwickNs) / 1000,
    fusion_9d_ns_per_sample: round1(thora9Ns),
    ahrs_madgwick_9d_ns_per_sample: round1(madgwick9Ns),
    ratio_fusion_vs_ahrs_madgwick_9d: Math.round((1000 * thora9Ns) / madgwick9Ns) / 1000,
    heap_growth_bytes_per_million_samples: heapGrowthPerMillion(thora6),
    pipeline_ns_per_sample: null,
    realtime_factor_3_sensors: null,
    initial_js_gzip_bytes: null,
  };
  if (values.json === true) process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);
  else
    for (const [name, value] of Object.entries(result))
      process.stdout.write(
        `${name.padEnd(40)} ${typeof value === 'object' ? JSON.stringify(value) : value}\n`,
      );
}

function round1(value: number): number {
  return Math.round(10 * value) / 10;
}

try {
  main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}\n`);
  process.exitCode = 1;
}
