import { trunkAnglesInto } from '../body/angles.ts';
import { parseMountTriple } from '../body/mount-triple.ts';
import type { SegmentRole } from '../body/segment-role.ts';
import { DEG_PER_RAD, RAD_PER_DEG } from '../math/angle.ts';
import {
  conjugateMultiplyInto,
  createQuaternion,
  fromAxisAngleInto,
  fromRotationVectorInto,
  multiplyInto,
  type Quaternion,
} from '../math/quaternion.ts';
import { Random } from './random.ts';
import { planMovement, type PlannedExcursion } from './seated-movement.ts';
import { drawNuisances, drawPerson, type PerPlane, type SeatedNuisance } from './seated-person.ts';
import { FINE_STEP_S, moveBones, readSensor, type SPINE_ROLES, type SeatedBones } from './seated-signals.ts';

/**
 * A seated recording of a simulated back as a table trial, with what a counter must find in it. All is drawn from the
 * seed: the person, the pace, how sensors sit, what goes wrong.
 */
export interface SeatedTrial {
  readonly name: string;
  readonly nuisances: ReadonlySet<SeatedNuisance>;
  /** Content of NAME.json. */
  readonly description: Readonly<Record<string, unknown>>;
  /** Content of NAME.bin, row-major. */
  readonly values: Float32Array;
  readonly sensors: readonly {
    readonly role: SegmentRole;
    readonly prefix: string;
    /** `x:up,y:left,z:back`, true within 30 deg; null when the recording comes without. */
    readonly mount: string | null;
  }[];
  readonly truth: SeatedTruth;
}

export interface SeatedTruth {
  /** Cycles of flexion-extension, side bend and rotation. */
  readonly cycles: PerPlane<number>;
  /** Peaks by direction (positive, negative side of each plane) of the bones that the layout measures, deg from the start. */
  readonly peaksDeg: PerPlane<readonly [readonly number[], readonly number[]]>;
  readonly excursions: readonly PlannedExcursion[];
}

const RATE_HZ = 50;
const PACKET_ROWS = 4;
const PREFIXES: Readonly<Record<(typeof SPINE_ROLES)[number], string>> = {
  upperBack: 'ub',
  lowerBack: 'lb',
  pelvis: 'pv',
};
/** Flat on the back, either face outward, either end up; then sideways. */
const USUAL_MOUNTS = ['x:up,y:left,z:back', 'x:left,y:down,z:back'];
const TURNED_MOUNTS = [
  'x:down,y:right,z:back',
  'x:right,y:up,z:back',
  'x:up,y:right,z:forward',
  'x:left,y:up,z:forward',
];

/** @param forced what the recording has for sure, drawn or not; `excluded` what it has not */
export function createSeatedTrial(
  seed: number,
  forced: readonly SeatedNuisance[] = [],
  excluded: readonly SeatedNuisance[] = [],
): SeatedTrial {
  const random = new Random(seed, 7);
  const has = drawNuisances(random);
  for (const name of forced) has.add(name);
  for (const name of excluded) has.delete(name);
  const person = drawPerson(random, has);
  const movement = planMovement(random, person, has);
  const bones = moveBones(movement, person, random);
  const roles: readonly (typeof SPINE_ROLES)[number][] = has.has('pelvisReference')
    ? ['upperBack', 'pelvis']
    : random.uniform() < 0.7
      ? ['upperBack', 'lowerBack', 'pelvis']
      : ['upperBack', 'lowerBack'];

  const timeS = sampleTimes(random, movement.durationS, has);
  const columns = has.has('irregularTime') ? ['t_s'] : [];
  for (const role of roles)
    columns.push(...['gx', 'gy', 'gz', 'ax', 'ay', 'az'].map((column) => `${PREFIXES[role]}_${column}`));
  const values = new Float32Array(columns.length * timeS.length);
  const shift = columns.length % 6;
  if (shift > 0) timeS.forEach((t, row) => (values[row * columns.length] = t));
  const three = (mean: number, sd: number): Float64Array =>
    Float64Array.from([0, 0, 0], () => mean + sd * random.gaussian());
  const sensors = roles.map((role, s) => {
    const mounts = has.has('turnedSensors') ? TURNED_MOUNTS : USUAL_MOUNTS;
    const mount = random.pick(mounts);
    const readings = readSensor(
      bones,
      {
        role,
        qSegmentFromSensor: misplaced(random, role, parseMountTriple(mount)),
        gyroBiasRadPerS: three(0, 0.5 * RAD_PER_DEG),
        gyroScale: three(1, 0.01),
        accOffsetMetersPerS2: three(0, 0.05),
        gyroNoiseRadPerS: random.between(0.05, 0.2) * RAD_PER_DEG,
        accNoiseMetersPerS2: random.between(0.02, 0.08),
        softTissueShare: random.between(0, 0.1),
      },
      timeS,
      random,
    );
    loseReadings(random, readings, has, s === 0);
    for (let row = 0; row < timeS.length; row++)
      for (let i = 0; i < 6; i++) values[row * columns.length + shift + 6 * s + i] = readings[6 * row + i];
    return { role, prefix: PREFIXES[role], mount: has.has('mountUnknown') ? null : mount };
  });
  const name = `seated_${seed}`;
  return {
    name,
    nuisances: has,
    description: {
      name,
      source: 'simulated',
      rate_hz: RATE_HZ,
      columns,
      n_rows: timeS.length,
      n_cols: columns.length,
      dtype: 'float32-le',
    },
    values,
    sensors,
    truth: countTruth(bones, movement.excursions, roles.includes('lowerBack') ? 1 : 0),
  };
}

function sampleTimes(random: Random, durationS: number, has: ReadonlySet<SeatedNuisance>): number[] {
  const isIrregular = has.has('irregularTime');
  const rateHz = isIrregular ? RATE_HZ * random.between(0.97, 1.03) : RATE_HZ;
  const jitterS = isIrregular ? random.between(0, 0.004) : 0;
  const timeS: number[] = [];
  const lost = isIrregular && has.has('lostPackets') ? random.between(0.01, 0.08) : 0;
  for (let row = 0; row < durationS * rateHz; row++) {
    // With a column of times a lost packet leaves no rows behind.
    if (row % PACKET_ROWS === 0 && row > 0 && random.uniform() < lost) {
      row += PACKET_ROWS - 1;
      continue;
    }
    timeS.push(Math.max(0, row / rateHz + (row > 0 ? jitterS * random.between(-1, 1) : 0)));
  }
  return timeS;
}

/** Where the sensor sits: the upper back slopes, the rest does by chance, and people are not exact. */
function misplaced(random: Random, role: SegmentRole, qSegmentFromSensor: Quaternion): Quaternion {
  const slopeDeg = role === 'upperBack' ? random.between(6, 18) : random.between(-8, 10);
  const slope = fromAxisAngleInto(createQuaternion(), 0, 0, 1, -slopeDeg * RAD_PER_DEG);
  const axis = [random.gaussian(), random.gaussian(), random.gaussian()];
  const size = (random.between(0, 12) * RAD_PER_DEG) / Math.hypot(...axis);
  const error = fromRotationVectorInto(createQuaternion(), axis[0] * size, axis[1] * size, axis[2] * size);
  multiplyInto(slope, slope, error);
  return multiplyInto(slope, slope, qSegmentFromSensor);
}

function loseReadings(
  random: Random,
  readings: Float64Array,
  has: ReadonlySet<SeatedNuisance>,
  isFirst: boolean,
): void {
  const rows = readings.length / 6;
  const lose = (first: number, count: number): void => {
    readings.fill(NaN, 6 * first, 6 * Math.min(rows, first + count));
  };
  if (has.has('missingRows')) {
    const share = random.between(0, 0.02);
    for (let row = 0; row < rows; row++) if (random.uniform() < share) lose(row, 1);
  }
  if (has.has('lostPackets') && !has.has('irregularTime')) {
    const share = random.between(0.01, 0.08);
    for (let row = 0; row < rows; row += PACKET_ROWS) if (random.uniform() < share) lose(row, PACKET_ROWS);
  }
  if (has.has('longGap') && (isFirst || random.uniform() < 0.7)) {
    const seconds = random.between(0.5, 4);
    lose(Math.floor(random.between(0.15, 0.85) * rows), Math.round(seconds * RATE_HZ));
  }
}

/** Smallest peak that counts, deg, and its share of the plane's largest, as the rules of counting say. */
const MINIMUM_DEG = 8;
const MINIMUM_SHARE = 0.25;
const PAUSE_S = 3;

function countTruth(
  bones: SeatedBones,
  excursions: readonly PlannedExcursion[],
  reference: number,
): SeatedTruth {
  const angles = new Float64Array(3),
    q = createQuaternion();
  const angleAt = (timeS: number, plane: number): number => {
    const k = 4 * Math.round(timeS / FINE_STEP_S);
    conjugateMultiplyInto(
      q,
      bones.orientations[reference].subarray(k, k + 4),
      bones.orientations[2].subarray(k, k + 4),
    );
    return trunkAnglesInto(angles, q)[plane] * DEG_PER_RAD;
  };
  const peaks = excursions.map((e) => angleAt(e.peakS, e.plane));
  const sizes = excursions.map((e, i) => Math.abs(peaks[i] - angleAt(e.startS, e.plane)));
  const count = (plane: number): number => {
    const largest = Math.max(0, ...sizes.filter((_, i) => excursions[i].plane === plane));
    const counted = excursions.filter(
      (e, i) => e.plane === plane && sizes[i] >= Math.max(MINIMUM_DEG, MINIMUM_SHARE * largest),
    );
    let cycles = 0;
    for (let i = 0; i < counted.length; i++) {
      cycles++;
      const next = counted[i + 1];
      if (next !== undefined && next.sign !== counted[i].sign && next.startS - counted[i].endS <= PAUSE_S)
        i++;
    }
    return cycles;
  };
  const peaksOf = (plane: number): readonly [number[], number[]] => [
    peaks.filter((_, i) => excursions[i].plane === plane && excursions[i].sign > 0),
    peaks.filter((_, i) => excursions[i].plane === plane && excursions[i].sign < 0),
  ];
  return {
    cycles: [count(0), count(1), count(2)],
    peaksDeg: [peaksOf(0), peaksOf(1), peaksOf(2)],
    excursions,
  };
}
