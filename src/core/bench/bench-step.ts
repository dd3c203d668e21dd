/** What is checked, in the order in which it is reported. */
export const BENCH_STEPS = [
  'identity',
  'battery',
  'radio',
  'still',
  'faces',
  'handedness',
  'turns',
  'magnet',
  'drift',
  'clock',
  'ruler',
] as const;
export type BenchStep = (typeof BENCH_STEPS)[number];

/** What a person does something for, in the order in which it is done; the other steps follow from these. */
export const GUIDED_STEPS = ['radio', 'still', 'faces', 'turns', 'magnet', 'drift', 'ruler'] as const;
export type GuidedStep = (typeof GUIDED_STEPS)[number];

/** `corrected`: it was wrong, and the calibration makes it right. `notTold`: the unit has nothing to check here. */
export type StepVerdict = 'pass' | 'corrected' | 'fail' | 'notTold';

/** Every figure that a step states, with its unit in the name. */
export const FIGURE_NAMES = [
  'batteryPercent',
  'rateHz',
  'lossPercent',
  'longestGapMs',
  'rejectedPackets',
  'gyroZeroXDegPerS',
  'gyroZeroYDegPerS',
  'gyroZeroZDegPerS',
  'gyroZeroScatterDegPerS',
  'gyroRandomWalkDegPerSqrtS',
  'gyroBiasInstabilityDegPerH',
  'accOffsetXMetersPerS2',
  'accOffsetYMetersPerS2',
  'accOffsetZMetersPerS2',
  'accScaleX',
  'accScaleY',
  'accScaleZ',
  'accSkewDeg',
  'faceErrorBeforeMetersPerS2',
  'faceErrorAfterMetersPerS2',
  'axisAgreement',
  'gyroScaleX',
  'gyroScaleY',
  'gyroScaleZ',
  'gyroSkewDeg',
  'turnDisagreementPercent',
  'gravityScaleX',
  'gravityScaleY',
  'gravityScaleZ',
  'fieldMicroTesla',
  'fieldOffsetMicroTesla',
  'fieldScatterBeforePercent',
  'fieldScatterPercent',
  'yawDriftDeg',
  'tiltDriftDeg',
  'clockSkewPercent',
  'rulerRmsDeg',
  'rulerMaxDeg',
  'timeOffsetMs',
] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];

export interface BenchFigure {
  readonly name: FigureName;
  readonly value: number;
  /** Bounds that it was held to; null where there is none. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface StepResult {
  readonly step: BenchStep;
  readonly verdict: StepVerdict;
  readonly figures: readonly BenchFigure[];
}

/** Why a step could not be finished: nothing is stated, and it is done again. */
export type BenchRefusal =
  /** It was moved while it had to lie still. */
  | { readonly code: 'moved' }
  /** A reading came to the end of the range. */
  | { readonly code: 'saturated' }
  /** Another unit sends under this place now, or this one began anew. */
  | { readonly code: 'otherUnit' }
  | { readonly code: 'restarted' }
  /** No samples came for longer than a second. */
  | { readonly code: 'silent' }
  /** At rest it does not read gravity within what a mere offset explains. */
  | { readonly code: 'notGravity'; readonly metersPerS2: number }
  /** The two faces of this axis do not fit with the other four: one of them was tilted. */
  | { readonly code: 'tiltedFace'; readonly axis: Axis; readonly metersPerS2: number }
  /** It lay differently after the turns than before. */
  | { readonly code: 'tiltedTurn'; readonly deg: number }
  /** So many turns, it seems, instead of those asked for. */
  | { readonly code: 'otherTurnCount'; readonly turns: number }
  /** The scale is none that a gyroscope can have: the turns were not whole, or it is broken. */
  | { readonly code: 'notWholeTurns'; readonly axis: Axis; readonly percent: number }
  /** The turns one way and the other differ by so much. */
  | { readonly code: 'turnsDisagree'; readonly axis: Axis; readonly deg: number }
  /** Turns say another scale than gravity did. */
  | { readonly code: 'againstGravity'; readonly axis: Axis; readonly percent: number }
  | { readonly code: 'tooFewDirections'; readonly percent: number }
  /** What was gathered is not an ellipsoid: something magnetic moved along, or near. */
  | { readonly code: 'disturbedField' }
  /** The two did not move as one, or too little to tell. */
  | { readonly code: 'notTogether' };

export const AXES = ['x', 'y', 'z'] as const;
export type Axis = (typeof AXES)[number];

/** What to do differently, now; nothing is lost yet. */
export type BenchHint =
  'holdStill' | 'straighten' | 'otherFace' | 'turnOn' | 'otherWay' | 'otherAxis' | 'moveOn';

export type CollectorState =
  | { readonly kind: 'collecting'; readonly fraction: number; readonly hint: BenchHint | null }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly refusal: BenchRefusal };

/** Gathers what one step needs of one unit. `push` allocates nothing; a refused one takes no more. */
export interface Collector {
  /** @param sample layout of SAMPLE in core/fusion. @param timeS on the unit's axis, rising */
  push(sample: Float64Array, timeS: number): void;
  state(): CollectorState;
}

export function figure(
  name: FigureName,
  value: number,
  low: number | null = null,
  high: number | null = null,
): BenchFigure {
  return { name, value, low, high };
}

/** Whether every figure is inside its bounds; one that is not a number is not. */
export function areInside(figures: readonly BenchFigure[]): boolean {
  return figures.every(
    ({ value, low, high }) =>
      Number.isFinite(value) && (low === null || value >= low) && (high === null || value <= high),
  );
}
