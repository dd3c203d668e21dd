import type { SegmentRole } from '../core/body/segment-role.ts';
import { DEG_PER_RAD } from '../core/math/angle.ts';
import { replaySession } from '../core/pipeline/live-replay.ts';
import type { SessionResult } from '../core/pipeline/session-result.ts';
import type { SessionRecording } from '../core/recording/session-recording.ts';
import type { SimulationConditions } from '../core/simulation/conditions.ts';
import { builtInScript } from '../core/simulation/session-script.ts';
import { simulateSession, type SimulatedSession } from '../core/simulation/simulate-session.ts';

/** How a simulated recording is made: the same words as `npm run simulate`. */
export interface SimulationRecipe {
  readonly script: string;
  readonly sensors: readonly SegmentRole[];
  readonly seed: number;
  readonly reps: number;
  readonly rate_hz: number;
  readonly faults: Partial<SimulationConditions>;
}

/** case.json: where a fixture comes from. */
export interface FixtureCase {
  readonly origin: 'simulated' | 'recorded';
  readonly description: string;
  readonly simulation: SimulationRecipe | null;
}

/** expected.json: what the live chain makes of the recording. Times in s since the first input, angles in deg. */
export interface ExpectedResult {
  readonly sensors: readonly {
    readonly role: string | null;
    readonly samples: number;
    readonly missing_fraction: number;
    readonly rejected_packets: number;
  }[];
  readonly sets: readonly {
    readonly exercise: string;
    readonly measure: string;
    readonly quality_class: string;
    readonly reps: readonly ExpectedRepetition[];
  }[];
  readonly flags: readonly string[];
}

export interface ExpectedRepetition {
  readonly side: string;
  readonly t_peak_s: number;
  readonly peak_deg: number;
  readonly half_width95_deg: number;
  readonly counted: boolean;
  readonly verdict: string;
}

/** truth.json of a simulated fixture: repetitions as they truly were. */
export interface FixtureTruth {
  readonly sets: readonly {
    readonly exercise: string;
    readonly reps: readonly { readonly side: string; readonly peak_deg: number | null }[];
  }[];
}

function recipe(
  script: string,
  sensors: readonly SegmentRole[],
  seed: number,
  faults: Partial<SimulationConditions> = {},
): SimulationRecipe {
  return { script, sensors, seed, reps: 4, rate_hz: 52, faults };
}

/** The committed fixtures that are simulated: one per motion for the usual layouts, and one over a bad radio. */
export const SIMULATED_FIXTURES: Readonly<Record<string, FixtureCase>> = {
  'seated-rotation': simulated(
    'Seated turns, upper back against lower back.',
    recipe('seated-rotation', ['upperBack', 'lowerBack'], 11),
  ),
  'lumbar-locked-rotation': simulated(
    'Kneeling turns from gravity, one sensor.',
    recipe('lumbar-locked-rotation', ['upperBack'], 12),
  ),
  'seated-flexion-extension': simulated(
    'Forward and back, upper back against lower back.',
    recipe('seated-flexion-extension', ['upperBack', 'lowerBack'], 13),
  ),
  'seated-side-bend': simulated(
    'Side bends, upper back against pelvis.',
    recipe('seated-side-bend', ['upperBack', 'pelvis'], 14),
  ),
  'arm-elevation': simulated(
    'Right arm up, against the upper back.',
    recipe('arm-elevation', ['upperBack', 'upperArmRight'], 15),
  ),
  'bad-radio': simulated(
    'Seated turns over a radio that loses, delays and cuts packets, with clocks far off.',
    recipe('seated-rotation', ['upperBack', 'lowerBack'], 16, {
      lossPercent: 1.5,
      truncatedPercent: 0.5,
      jitterMs: 20,
      bunchMs: 45,
      skewPercent: 3,
    }),
  ),
  'lost-signal': simulated(
    'Side bends during which the upper back sensor falls silent for three seconds.',
    recipe('seated-side-bend', ['upperBack', 'lowerBack'], 17, { gapS: 3 }),
  ),
};

/** Recordings in which signal is missing for seconds: counted in part, never over. */
export const BROKEN_FIXTURES: readonly string[] = ['lost-signal'];

function simulated(description: string, simulation: SimulationRecipe): FixtureCase {
  return { origin: 'simulated', description, simulation };
}

/** The recording and truth of a recipe. Throws when its script is not built in. */
export function simulateRecipe(simulation: SimulationRecipe): SimulatedSession {
  const script = builtInScript(simulation.script, simulation.reps);
  if (script === null)
    throw new Error(`case.json, simulation.script: "${simulation.script}" is not built in`);
  return simulateSession(script, {
    roles: simulation.sensors,
    seed: simulation.seed,
    rateHz: simulation.rate_hz,
    conditions: simulation.faults,
  });
}

/** Plays a recording through the live chain and sums up what came of it. */
export function expectedOf(recording: SessionRecording): ExpectedResult {
  return summaryOf(replaySession(recording).result);
}

function summaryOf(result: SessionResult): ExpectedResult {
  return {
    sensors: result.sensors.map((sensor) => ({
      role: sensor.role,
      samples: sensor.sampleCount,
      missing_fraction: rounded(sensor.missingFraction),
      rejected_packets: sensor.rejectedPacketCount,
    })),
    sets: result.sets.map((set) => ({
      exercise: set.exerciseId,
      measure: set.measure,
      quality_class: set.qualityClass,
      reps: set.repetitions.map((repetition) => ({
        side: repetition.side,
        t_peak_s: rounded(repetition.peakMs / 1000),
        peak_deg: rounded(repetition.peakRad * DEG_PER_RAD),
        half_width95_deg: rounded(repetition.peakHalfWidth95Rad * DEG_PER_RAD),
        counted: repetition.counted,
        verdict: repetition.verdict,
      })),
    })),
    flags: [...new Set(result.flags.map((flag) => flag.name))].sort(),
  };
}

export function truthOf(session: SimulatedSession): FixtureTruth {
  return {
    sets: session.truth.sets.map((set) => ({
      exercise: set.exerciseId,
      reps: set.repetitions.map((repetition) => ({
        side: repetition.side,
        peak_deg: repetition.peakRad === null ? null : rounded(repetition.peakRad * DEG_PER_RAD),
      })),
    })),
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(6));
}

/**
 * Angles may differ by this between JavaScript engines, whose sine and cosine differ in the last bit; anything that
 * a change of the chain does is larger.
 */
const ANGLE_TOLERANCE_DEG = 1e-4;
/** The flat top of a hold can move its extreme by a few steps of the 100 Hz axis. */
const PEAK_TIME_TOLERANCE_S = 0.05;

/** What differs between two results, one line each; empty when they agree. */
export function differences(actual: ExpectedResult, expected: ExpectedResult): string[] {
  const found: string[] = [];
  compare(actual, expected, '', found);
  return found;
}

function compare(actual: unknown, expected: unknown, path: string, found: string[]): void {
  if (typeof actual === 'number' && typeof expected === 'number') {
    const tolerance = path.endsWith('.t_peak_s')
      ? PEAK_TIME_TOLERANCE_S
      : path.endsWith('_deg')
        ? ANGLE_TOLERANCE_DEG
        : 1e-9;
    if (!(Math.abs(actual - expected) <= tolerance))
      found.push(`${path.slice(1)}: ${actual}, expected ${expected}`);
  } else if (isObject(actual) && isObject(expected)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)]))
      compare(actual[key], expected[key], `${path}.${key}`, found);
  } else if (actual !== expected) {
    found.push(`${path.slice(1)}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
