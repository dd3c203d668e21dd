import type { Random } from './random.ts';

/** Things that make a seated recording hard to count, as the evaluation names them. */
export const SEATED_NUISANCES = [
  'onePlane',
  'mountUnknown',
  'turnedSensors',
  'pelvisReference',
  'noRestAtStart',
  'midMovementStart',
  'abruptEnd',
  'standUp',
  'slump',
  'returnsInexactly',
  'fidgets',
  'reaches',
  'fast',
  'slow',
  'smallRange',
  'unequalSides',
  'smallExtension',
  'noExtension',
  'coupled',
  'pelvisAlong',
  'heldAtEnd',
  'pauseInCycle',
  'longPauseInCycle',
  'continuous',
  'oneSided',
  'irregularTime',
  'missingRows',
  'lostPackets',
  'longGap',
] as const;
export type SeatedNuisance = (typeof SEATED_NUISANCES)[number];

/** How often each is drawn, where nothing excludes it. */
const LIKELIHOOD: Readonly<Record<SeatedNuisance, number>> = {
  onePlane: 0.4,
  mountUnknown: 0.5,
  turnedSensors: 0.3,
  pelvisReference: 0.15,
  noRestAtStart: 0.25,
  midMovementStart: 0.12,
  abruptEnd: 0.15,
  standUp: 0.12,
  slump: 0.35,
  returnsInexactly: 0.4,
  fidgets: 0.3,
  reaches: 0.15,
  fast: 0.2,
  slow: 0.2,
  smallRange: 0.25,
  unequalSides: 0.35,
  smallExtension: 0.3,
  noExtension: 0.15,
  coupled: 0.45,
  pelvisAlong: 0.35,
  heldAtEnd: 0.2,
  pauseInCycle: 0.2,
  longPauseInCycle: 0.06,
  continuous: 0.35,
  oneSided: 0.08,
  irregularTime: 0.4,
  missingRows: 0.25,
  lostPackets: 0.2,
  longGap: 0.15,
};

/** Of two that contradict each other the second is dropped. */
const CONTRADICTIONS: readonly (readonly [SeatedNuisance, SeatedNuisance])[] = [
  ['fast', 'slow'],
  ['continuous', 'pauseInCycle'],
  ['continuous', 'longPauseInCycle'],
  ['pauseInCycle', 'longPauseInCycle'],
  ['noExtension', 'smallExtension'],
  ['midMovementStart', 'noRestAtStart'],
  ['midMovementStart', 'standUp'],
  ['standUp', 'noRestAtStart'],
  ['lostPackets', 'longGap'],
  ['smallExtension', 'longPauseInCycle'],
  ['oneSided', 'continuous'],
  ['oneSided', 'longPauseInCycle'],
];

export function drawNuisances(random: Random): Set<SeatedNuisance> {
  const drawn = new Set(SEATED_NUISANCES.filter((name) => random.uniform() < LIKELIHOOD[name]));
  for (const [kept, dropped] of CONTRADICTIONS) if (drawn.has(kept)) drawn.delete(dropped);
  return drawn;
}

/** Flexion-extension, side bend, rotation. */
export type PerPlane<T> = readonly [T, T, T];

/** How one person moves. Degrees of the upper back against the lower back. */
export interface SeatedPerson {
  /** Largest angle to the positive and to the negative side of each plane; 0 for a side that is not visited. */
  readonly range: PerPlane<readonly [positive: number, negative: number]>;
  /** Degrees of the lower back against the pelvis, and of the pelvis, for each degree of the upper back. */
  readonly lumbarShare: PerPlane<number>;
  readonly pelvisShare: PerPlane<number>;
  /** Row: movement made; column: degrees that go along in each plane for each degree of it. */
  readonly coupling: PerPlane<PerPlane<number>>;
  /** Whole cycle at an ordinary pace, s. */
  readonly cycleS: number;
  readonly breathDeg: number;
  readonly breathHz: number;
  readonly swayDeg: number;
}

export function drawPerson(random: Random, has: ReadonlySet<SeatedNuisance>): SeatedPerson {
  const small = has.has('smallRange');
  const size = (low: number, high: number): number =>
    small ? random.between(11.5, 15.5) : random.between(low, high);
  const flexion = size(16, 40);
  const extension = has.has('noExtension')
    ? 0
    : has.has('smallExtension')
      ? random.between(8, 10)
      : Math.min(flexion, random.between(11, 22));
  const sides = (larger: number): readonly [number, number] => {
    const smaller = has.has('unequalSides') ? Math.max(11, random.between(0.5, 0.85) * larger) : larger;
    return random.uniform() < 0.5 ? [larger, smaller] : [smaller, larger];
  };
  const oneSided = has.has('oneSided');
  const keepOne = ([positive, negative]: readonly [number, number]): readonly [number, number] =>
    random.uniform() < 0.5 ? [positive, 0] : [0, negative];
  const lateral = sides(size(15, 30)),
    rotation = sides(size(16, 42));
  const coupling = (largest: number): number =>
    has.has('coupled') ? random.between(-largest, largest) : random.between(-0.1, 0.1);
  const along = has.has('pelvisAlong');
  return {
    range: [
      oneSided ? [flexion, 0] : [flexion, extension],
      oneSided ? keepOne(lateral) : lateral,
      oneSided ? keepOne(rotation) : rotation,
    ],
    lumbarShare: [random.between(0.2, 1.1), random.between(0.15, 0.7), random.between(0.03, 0.25)],
    pelvisShare: along
      ? [random.between(0.2, 0.7), random.between(0.1, 0.35), random.between(0.1, 0.45)]
      : [random.between(0, 0.15), random.between(0, 0.08), random.between(0, 0.08)],
    coupling: [
      [1, coupling(0.2), coupling(0.2)],
      [coupling(0.3), 1, coupling(0.6)],
      [coupling(0.3), coupling(0.6), 1],
    ],
    cycleS: has.has('fast')
      ? random.between(1.5, 2.2)
      : has.has('slow')
        ? random.between(7, 10)
        : random.between(2.5, 6),
    breathDeg: random.between(0.3, 1.2),
    breathHz: random.between(0.17, 0.32),
    swayDeg: random.between(0.1, 0.5),
  };
}
