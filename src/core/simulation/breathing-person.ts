import { RAD_PER_DEG } from '../math/angle.ts';
import { createQuaternion, fromRotationVectorInto, multiplyInto } from '../math/quaternion.ts';
import { minimumJerk } from './minimum-jerk.ts';
import { Random } from './random.ts';

/** How a simulated person sits. */
export const SITTING_KINDS = ['quiet', 'restless', 'breathless'] as const;
/** quiet: breath, sway, a rare change of posture; restless: with bursts of movement; breathless: all but the breath. */
export type SittingKind = (typeof SITTING_KINDS)[number];

/** An orientation stream of a sensor on the trunk, with the breath that is in it. */
export interface BreathingTrial {
  readonly kind: SittingKind;
  readonly rateHz: number;
  readonly timeS: Float64Array;
  /** Row-major 4 x count, w x y z; NaN where a sample is missing. */
  readonly qEarthFromSensor: Float64Array;
  /** Mean breaths per minute between two times. */
  breathsPerMin(fromS: number, toS: number): number;
}

/** Steps of the numbers that a sensor sends; 0: floats. */
const QUANTA: readonly number[] = [0, 1 / 32768, 1 / 16384, 1 / 10000, 1 / 2000];
const RATES_HZ: readonly number[] = [10, 12.5, 20, 25, 50, 60, 100];

/**
 * One seated person with a sensor on the trunk. Drawn from the seed: rate 5 to 30 a minute with 5 to 20 % variation
 * from breath to breath, inhalation shorter than exhalation, pauses, sighs; amplitude 0.2 to 2 deg; sway, drift,
 * changes of posture, heartbeat, noise, quantisation, missing samples; sample rate 10 to 100 Hz.
 */
export function createBreathingTrial(seed: number, kind: SittingKind, durationS = 120): BreathingTrial {
  const random = new Random(seed, 1);
  const rateHz = random.pick(RATES_HZ);
  const breaths = drawBreaths(new Random(seed, 2), durationS);
  const breathAxis = axisNear(random, [0, 0, 1]);
  const amplitude = kind === 'breathless' ? 0 : 0.2 * 10 ** random.uniform() * RAD_PER_DEG;
  const sway = drawSway(new Random(seed, 3), durationS);
  const shifts = drawShifts(new Random(seed, 4), durationS, kind === 'restless' ? 2 : 0.4);
  const bursts = kind === 'restless' ? drawBursts(new Random(seed, 5), durationS) : [];
  const heartHz = random.between(1, 1.5),
    heartRad = random.between(0.005, 0.05) * RAD_PER_DEG;
  const heartAxis = axisNear(random, [1, 0, 0]);
  const noiseRad = random.between(0.003, 0.03) * RAD_PER_DEG;
  const quantum = random.pick(QUANTA);
  const lossShare = random.uniform() < 0.5 ? 0 : random.between(0, 0.03);
  const holeS = random.uniform() < 0.3 ? random.between(0, durationS) : Infinity;
  const holeEndS = holeS + random.between(0.3, 3);
  const headingDrift = random.gaussian() * 0.02 * RAD_PER_DEG;
  const start = fromRotationVectorInto(
    createQuaternion(),
    random.between(-2, 2),
    random.between(-2, 2),
    random.between(-2, 2),
  );

  const count = Math.floor(durationS * rateHz);
  const timeS = Float64Array.from({ length: count }, (_, i) => i / rateHz);
  const qEarthFromSensor = new Float64Array(4 * count);
  const noise = new Random(seed, 6);
  const q = createQuaternion(),
    turn = createQuaternion(),
    v = new Float64Array(3);
  for (let row = 0; row < count; row++) {
    const t = timeS[row];
    sway(v, t);
    const breath = amplitude * breathAt(breaths, t);
    const heart = heartRad * Math.max(0, Math.sin(2 * Math.PI * heartHz * t)) ** 2;
    for (let i = 0; i < 3; i++) {
      v[i] += breath * breathAxis[i] + heart * heartAxis[i] + noiseRad * noise.gaussian();
      for (const shift of shifts)
        v[i] += shift.turnRad[i] * minimumJerk((t - shift.startS) / shift.durationS);
    }
    for (const burst of bursts) addBurst(v, burst, t);
    fromRotationVectorInto(turn, v[0], v[1], v[2]);
    multiplyInto(q, start, turn);
    fromRotationVectorInto(turn, 0, 0, headingDrift * t);
    multiplyInto(q, turn, q);
    const isLost = noise.uniform() < lossShare || (t >= holeS && t < holeEndS);
    for (let i = 0; i < 4; i++)
      qEarthFromSensor[4 * row + i] = isLost
        ? Number.NaN
        : Math.fround(quantum > 0 ? quantum * Math.round(q[i] / quantum) : q[i]);
  }
  return {
    kind,
    rateHz,
    timeS,
    qEarthFromSensor,
    breathsPerMin: (fromS, toS) => (60 * (phaseAt(breaths, toS) - phaseAt(breaths, fromS))) / (toS - fromS),
  };
}

interface Breath {
  readonly startS: number;
  readonly periodS: number;
  /** Shares of the period for breathing in and out; the rest is a pause. */
  readonly inhale: number;
  readonly exhale: number;
  readonly depth: number;
}

function drawBreaths(random: Random, durationS: number): Breath[] {
  const meanS = 60 / random.between(5, 30);
  const variation = random.between(0.05, 0.2);
  const depthVariation = random.between(0.05, 0.25);
  const inhale = random.between(0.3, 0.45),
    pause = random.between(0, 0.25);
  const breaths: Breath[] = [];
  let deviation = 0;
  for (let startS = -random.between(0, meanS); startS < durationS + meanS;) {
    // Neighbouring breaths are alike: a first-order process with the wanted scatter.
    deviation = 0.5 * deviation + Math.sqrt(0.75) * variation * random.gaussian();
    const periodS = meanS * Math.exp(Math.max(-0.5, Math.min(0.5, deviation)));
    const isSigh = random.uniform() < periodS / 90;
    const depth = Math.max(0.3, 1 + depthVariation * random.gaussian()) * (isSigh ? 2.5 : 1);
    breaths.push({ startS, periodS, inhale, exhale: 1 - inhale - pause, depth });
    startS += periodS;
  }
  return breaths;
}

function breathIndex(breaths: readonly Breath[], timeS: number): number {
  let index = breaths.length - 1;
  while (index > 0 && breaths[index].startS > timeS) index--;
  return index;
}

/** Depth of the breath, 0 when breathed out; about 1 at the top. */
function breathAt(breaths: readonly Breath[], timeS: number): number {
  const breath = breaths[breathIndex(breaths, timeS)];
  const phase = (timeS - breath.startS) / breath.periodS;
  if (phase < breath.inhale) return (breath.depth * (1 - Math.cos((Math.PI * phase) / breath.inhale))) / 2;
  const out = (phase - breath.inhale) / breath.exhale;
  return out < 1 ? (breath.depth * (1 + Math.cos(Math.PI * out))) / 2 : 0;
}

/** Breaths begun until a time, with the fraction of the running one. */
function phaseAt(breaths: readonly Breath[], timeS: number): number {
  const index = breathIndex(breaths, timeS);
  return index + (timeS - breaths[index].startS) / breaths[index].periodS;
}

/** Sway of three axes as sines of random phase whose amplitude falls with frequency, and a slow drift. */
function drawSway(random: Random, durationS: number): (out: Float64Array, timeS: number) => void {
  const rms = 0.02 * 10 ** random.between(0, 0.8) * RAD_PER_DEG;
  const lines: { readonly hz: number; readonly phase: number; readonly size: readonly number[] }[] = [];
  let power = 0;
  for (let hz = 0.01; hz < 1.5; hz *= 1.18) {
    // Density falls with 1 / f^2 above 0.08 Hz; lines are spaced evenly in log f.
    const size = Math.sqrt(hz / (1 + (hz / 0.08) ** 2));
    power += (size * size) / 2;
    lines.push({
      hz: hz * random.between(0.93, 1.07),
      phase: random.between(0, 2 * Math.PI),
      size: [0, 1, 2].map(() => size * random.gaussian()),
    });
  }
  const scale = rms / Math.sqrt(power);
  const drift = [0, 1, 2].map(() => (random.gaussian() * 1 * RAD_PER_DEG) / 60);
  return (out, timeS) => {
    for (let i = 0; i < 3; i++) out[i] = drift[i] * (timeS - durationS / 2);
    for (const line of lines) {
      const wave = scale * Math.sin(2 * Math.PI * line.hz * timeS + line.phase);
      for (let i = 0; i < 3; i++) out[i] += wave * line.size[i];
    }
  };
}

interface Shift {
  readonly startS: number;
  readonly durationS: number;
  readonly turnRad: readonly number[];
}

function drawShifts(random: Random, durationS: number, perMin: number): Shift[] {
  const shifts: Shift[] = [];
  for (
    let t = (60 / perMin) * random.exponential();
    t < durationS;
    t += (60 / perMin) * random.exponential()
  ) {
    const size = random.between(1, 8) * RAD_PER_DEG;
    const axis = axisNear(random, [0, 0, 0]);
    shifts.push({ startS: t, durationS: random.between(0.8, 3), turnRad: axis.map((x) => size * x) });
  }
  return shifts;
}

interface Burst {
  readonly startS: number;
  readonly durationS: number;
  readonly hz: number;
  readonly sizeRad: readonly number[];
}

/** Gestures, talking, reaching: some seconds of irregular movement. */
function drawBursts(random: Random, durationS: number): Burst[] {
  const bursts: Burst[] = [];
  for (let t = random.between(0, 20); t < durationS; t += random.between(4, 30)) {
    const durationOfBurst = random.between(2, 8);
    const size = random.between(1, 6) * RAD_PER_DEG;
    bursts.push({
      startS: t,
      durationS: durationOfBurst,
      hz: random.between(0.3, 1.5),
      sizeRad: axisNear(random, [0, 0, 0]).map((x) => size * x),
    });
    t += durationOfBurst;
  }
  return bursts;
}

function addBurst(out: Float64Array, burst: Burst, timeS: number): void {
  const since = timeS - burst.startS;
  if (since <= 0 || since >= burst.durationS) return;
  const envelope = Math.sin((Math.PI * since) / burst.durationS) ** 2;
  for (let i = 0; i < 3; i++)
    out[i] += burst.sizeRad[i] * envelope * Math.sin(2 * Math.PI * burst.hz * since + i + 0.7 * since);
}

/** Unit vector about 20 deg round `middle`; anywhere for the zero vector. */
function axisNear(random: Random, middle: readonly number[]): number[] {
  const isAny = middle.every((x) => x === 0);
  const v = middle.map((x) => x + (isAny ? 1 : 0.2) * random.gaussian());
  const norm = Math.hypot(...v);
  return v.map((x) => x / norm);
}
