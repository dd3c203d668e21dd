import { existsSync } from 'node:fs';
import { BenchRun } from '../../core/bench/bench-run.ts';
import { LOW_BOARD_SCALE } from '../../core/bench/bench-limits.ts';
import { GravityGain } from '../../core/bench/gravity-gain.ts';
import { Stillness } from '../../core/bench/stillness.ts';
import type { ImuSeries } from '../../core/fusion/imu-series.ts';
import { SAMPLE } from '../../core/fusion/orientation-filter.ts';
import { DEG_PER_RAD } from '../../core/math/angle.ts';
import { IDENTITY_3 } from '../../core/math/matrix3.ts';
import type { SensorCalibration } from '../../core/packet/sensor-calibration.ts';
import type { SessionRecording } from '../../core/recording/session-recording.ts';
import { CAREFUL_ROUTINES, performOnBench } from '../../core/simulation/bench-routine.ts';
import { simulateSession, type SimulatedSession } from '../../core/simulation/simulate-session.ts';
import { chipOfWorn, VirtualBench } from '../../core/simulation/virtual-bench.ts';
import { orient } from './chosen-filter.ts';
import { CommandFailure } from './command-failure.ts';
import { parseCommand, positive } from './command-options.ts';
import { scoreOrientation } from './scoring.ts';
import { liveOutcomes } from './simulated-body.ts';
import { choosePrefix, readReferencedTrial, readTables, type ReferencedTrial } from './trial-input.ts';

const REST_S = 1;
/** In the recordings hands turn a sensor about for half a minute between two rests. */
const RECORDED_WAYS = { longestPathRad: 100, longestS: 60 };

const CALIBRATION_HELP = `What a bench check of the sensors gains.

  npm run -s evaluate -- calibration [DIR] [options] [--json]

Simulated: people wear an upper back sensor whose gyroscope reads 12.8 % low and a pelvis sensor with usual faults; gyroscope
scale 2 % and accelerometer offset 0.2 m/s^2 (standard deviations) on top. The same sensors go through a simulated
bench check, and the same packets are replayed with and without what it found: error of the ranges of motion.

Recorded: DIR holds table trials with a reference, such as BROAD. Every gyroscope axis is read 12.8 % low on purpose (the fault
is put in, the rest is as recorded); the scale is then found again from the rests of some trials, by gravity alone, as on
the way between the six faces of the bench, and every other trial is corrected by it: error of the orientation (6
axes, live). Without DIR, or where it is missing, that part is left out and says so.

  --runs N      simulated people, default 20
  --seed S      of the first, default 1
  --from TEXT   the scale is found in the trials whose name holds this; default "breaks"
  --json        the figures as JSON on standard output
  --help        this text
`;

/** Runs the command; returns the exit code. */
export function evaluateCalibration(args: readonly string[]): number {
  const { values, positionals } = parseCommand(args, {
    runs: { type: 'string' },
    seed: { type: 'string' },
    from: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  });
  if (values.help === true) {
    process.stdout.write(CALIBRATION_HELP);
    return 0;
  }
  const [path, extra] = positionals;
  if (extra !== undefined) throw new CommandFailure(`"${extra}" is one argument too many (see --help)`);
  const runs = positive('--runs', values.runs ?? '20');
  const simulated = simulatedGain(Math.round(runs), Number(values.seed ?? '1'));
  const recorded =
    path === undefined || !existsSync(path) ? null : recordedGain(path, values.from ?? 'breaks');
  if (recorded === null)
    process.stderr.write(
      path === undefined
        ? 'Recorded data: left out, no DIR was given.\n'
        : `Recorded data: left out, there is no ${path}.\n`,
    );
  if (values.json === true) process.stdout.write(`${JSON.stringify({ simulated, recorded }, null, 1)}\n`);
  else process.stdout.write(describe(simulated, recorded));
  return 0;
}

interface SimulatedGain {
  readonly ranges: number;
  readonly without_rmse_deg: number;
  readonly with_rmse_deg: number;
  readonly without_inside_95: number;
  readonly with_inside_95: number;
  /** Largest error of a scale that the bench found. */
  readonly worst_scale_error_percent: number;
}

interface RecordedGain {
  readonly found_in: readonly string[];
  readonly found_scale: readonly number[];
  readonly put_in_scale: number;
  readonly trials: number;
  readonly as_recorded_rmse_deg: number;
  readonly low_rmse_deg: number;
  readonly corrected_rmse_deg: number;
}

/** @returns means over people and ranges of what the screen showed */
export function simulatedGain(runs: number, firstSeed: number): SimulatedGain {
  const before: number[] = [],
    after: number[] = [];
  let insideBefore = 0,
    insideAfter = 0,
    worst = 0;
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
    const session = simulateSession(
      {
        name: 'calibration',
        sets: (['E01', 'E05', 'E08'] as const).map((exerciseId) => ({
          exerciseId,
          side: null,
          repetitions: 6,
        })),
      },
      {
        roles: ['upperBack', 'pelvis'],
        seed,
        conditions: { lowGyro: 1, gyroScalePercent: 2, accOffsetMetersPerS2: 0.2 },
      },
    );
    const calibrations = checkAtBench(session, seed);
    session.truth.sensors.forEach(({ gyroScale }, i) => {
      const matrix = calibrations[i]?.gyro?.matrix ?? IDENTITY_3;
      for (let axis = 0; axis < 3; axis++) {
        const read = (gyroScale[axis] ?? NaN) * (i === 0 ? LOW_BOARD_SCALE : 1);
        worst = Math.max(worst, Math.abs(read * (matrix[4 * axis] ?? NaN) - 1));
      }
    });
    const checked = { ...session, recording: withCalibrations(session.recording, calibrations) };
    for (const outcome of liveOutcomes(session, 0)) {
      if (outcome.estimate === null) continue;
      before.push(outcome.estimate.meanBest3Rad - outcome.trueRad);
      if (isInside(outcome)) insideBefore++;
    }
    for (const outcome of liveOutcomes(checked, 0)) {
      if (outcome.estimate === null) continue;
      after.push(outcome.estimate.meanBest3Rad - outcome.trueRad);
      if (isInside(outcome)) insideAfter++;
    }
  }
  return {
    ranges: after.length,
    without_rmse_deg: rmsDeg(before),
    with_rmse_deg: rmsDeg(after),
    without_inside_95: insideBefore / before.length,
    with_inside_95: insideAfter / after.length,
    worst_scale_error_percent: 100 * worst,
  };
}

function isInside({ estimate, trueRad }: ReturnType<typeof liveOutcomes>[number]): boolean {
  return estimate !== null && trueRad >= estimate.lowRad && trueRad <= estimate.highRad;
}

/** The worn chips on the bench, with noise and radio of their own. */
function checkAtBench(session: SimulatedSession, seed: number): readonly (SensorCalibration | null)[] {
  const chips = session.truth.sensors.map((truth, i) => chipOfWorn(truth, i === 0));
  const bench = new VirtualBench({ unitCount: chips.length, seed, chips, hasMagnetometer: false });
  const run = new BenchRun(
    bench.sensors.map((description, i) => ({ description, serial: `S${i}`, batteryPercent: 90 })),
  );
  let nowMs = 0;
  for (const step of ['still', 'faces', 'turns'] as const) {
    nowMs = performOnBench(bench, run, CAREFUL_ROUTINES[step].before, nowMs);
    run.begin(step);
    nowMs = performOnBench(bench, run, CAREFUL_ROUTINES[step].during, nowMs);
    if (run.progress().kind !== 'done')
      throw new CommandFailure(`seed ${seed}: the bench refused ${step} (${JSON.stringify(run.progress())})`);
  }
  return chips.map((_, i) => run.calibration(i));
}

function withCalibrations(
  recording: SessionRecording,
  calibrations: readonly (SensorCalibration | null)[],
): SessionRecording {
  return {
    ...recording,
    commands: recording.commands.map((recorded) => {
      const { command } = recorded;
      const calibration =
        command.kind === 'attachSensor' ? (calibrations[command.sensor.sensorIndex] ?? null) : null;
      return command.kind !== 'attachSensor' || calibration === null
        ? recorded
        : { ...recorded, command: { ...command, calibration } };
    }),
  };
}

function recordedGain(path: string, from: string): RecordedGain {
  const trials = [...readTables(path, (message) => process.stderr.write(`Left out: ${message}\n`))].map(
    (table) =>
      readReferencedTrial(table, choosePrefix(table, null), { rateHz: null, restS: null, gyroScale: 1 }),
  );
  const low = [1, 1, 1].map(() => LOW_BOARD_SCALE);
  const sources = trials.filter(({ name }) => name.includes(from));
  const others = trials.filter(({ name }) => !name.includes(from));
  if (sources.length === 0 || others.length === 0)
    throw new CommandFailure(
      `${path}: "${from}" must be in the names of some trials, not of all (see --from)`,
    );
  const gain = new GravityGain(RECORDED_WAYS);
  for (const { series } of sources) addWays(gain, scaled(series, low));
  const found = gain.scale({ matrix: IDENTITY_3, offset: [0, 0, 0] });
  if (found === null) throw new CommandFailure(`${path}: "${from}" has too few rests to find a scale in`);
  const mean = (gains: readonly number[]): number => {
    const errors = others.map((trial) => rmseDeg(trial, gains));
    return errors.reduce((sum, error) => sum + error, 0) / errors.length;
  };
  return {
    found_in: sources.map(({ name }) => name),
    found_scale: [...found.scale],
    put_in_scale: LOW_BOARD_SCALE,
    trials: others.length,
    as_recorded_rmse_deg: mean([1, 1, 1]),
    low_rmse_deg: mean(low),
    corrected_rmse_deg: mean(low.map((scale, i) => scale / (found.scale[i] ?? NaN))),
  };
}

function scaled(series: ImuSeries, gains: readonly number[]): ImuSeries {
  return { ...series, gyroRadPerS: series.gyroRadPerS.map((rate, i) => rate * (gains[i % 3] ?? NaN)) };
}

function rmseDeg(trial: ReferencedTrial, gains: readonly number[]): number {
  const series = { ...scaled(trial.series, gains), magMicroTesla: null };
  const { qEarthFromSensor } = orient(series, {
    filter: 'thora',
    mode: 'live',
    preset: 'free',
    useMagnetometer: false,
    initialBias: null,
  });
  const { timeS } = series;
  const { reference, counts } = trial;
  return scoreOrientation({ timeS, estimated: qEarthFromSensor, reference, counts }, true).totalRmseDeg;
}

/** Rests of a recording, and gravity on the ways between them. */
function addWays(gain: GravityGain, series: ImuSeries): void {
  gain.interrupt();
  const stillness = new Stillness();
  const sample = new Float64Array(SAMPLE.length);
  const zero = new Float64Array(3),
    rate = new Float64Array(3);
  for (let i = 1; i < series.count; i++) {
    const stepS = (series.timeS[i] ?? NaN) - (series.timeS[i - 1] ?? NaN);
    for (let k = 0; k < 3; k++) {
      sample[SAMPLE.gyroRadPerS + k] = series.gyroRadPerS[3 * i + k] ?? NaN;
      sample[SAMPLE.accMetersPerS2 + k] = series.accMetersPerS2[3 * i + k] ?? NaN;
      rate[k] = (sample[SAMPLE.gyroRadPerS + k] ?? NaN) - (zero[k] ?? NaN);
    }
    sample[SAMPLE.stepS] = stepS;
    gain.move(rate, stepS);
    if (stillness.push(sample) !== 'still' || stillness.heldS < REST_S) continue;
    zero.set(stillness.mean.subarray(0, 3));
    gain.arrive(stillness.mean.subarray(3));
  }
}

function rmsDeg(errors: readonly number[]): number {
  return Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length) * DEG_PER_RAD;
}

function describe(simulated: SimulatedGain, recorded: RecordedGain | null): string {
  const lines = [
    `Simulated, ${simulated.ranges} ranges of motion: ${simulated.without_rmse_deg.toFixed(2)} deg RMSE without the bench check, ${simulated.with_rmse_deg.toFixed(2)} deg with it`,
    `  true value inside the stated 95 %: ${(100 * simulated.without_inside_95).toFixed(0)} % without, ${(100 * simulated.with_inside_95).toFixed(0)} % with`,
    `  scales found within ${simulated.worst_scale_error_percent.toFixed(2)} %`,
  ];
  if (recorded !== null)
    lines.push(
      `Recorded, ${recorded.trials} trials with the gyroscope read ${(100 * (1 - recorded.put_in_scale)).toFixed(1)} % low on purpose: ${recorded.low_rmse_deg.toFixed(2)} deg RMSE, ${recorded.corrected_rmse_deg.toFixed(2)} deg corrected (as recorded ${recorded.as_recorded_rmse_deg.toFixed(2)} deg)`,
      `  scale found by gravity in ${recorded.found_in.join(', ')}: ${recorded.found_scale.map((scale) => scale.toFixed(4)).join(', ')} (put in ${recorded.put_in_scale.toFixed(4)})`,
    );
  return `${lines.join('\n')}\n`;
}
