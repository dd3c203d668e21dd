import type { SegmentRole } from '../body/segment-role.ts';
import type { CompensationSignal, CueCode } from './cue-rules.ts';
import type { ExerciseId } from './motion-definition.ts';

export interface CompensationRule {
  /** Its name in the clinical library. */
  readonly id: string;
  readonly cue: CueCode;
  readonly signal: CompensationSignal;
  /** 'either' looks at the size; the others at one sign. 'away' is the side away from the moving arm. */
  readonly when: 'either' | 'above' | 'below' | 'away';
  readonly warnDeg: number;
  /** Null: it is said, and never counts as failed. */
  readonly failDeg: number | null;
  /** The signal is looked at from here: 90 asks how far it is from 90 deg. */
  readonly offsetDeg?: number;
  /** The limits grow to this many times the movement itself, warn and fail. */
  readonly timesPrimary?: readonly [number, number];
  /** Looked at only while all of these hold. */
  readonly gates?: readonly CompensationGate[];
}

export type CompensationGate =
  | { readonly signal: CompensationSignal; readonly when: 'above' | 'below'; readonly deg: number }
  /** The movement itself is below this share of the target: something else moves instead, so it may be said at rest too. */
  | { readonly belowTarget: number };

/** Limits are those of the clinical page, section 5.5; where it gives one number it warns, and 1.5 times it fails. */
const COMPENSATION_RULES: Readonly<Record<ExerciseId, readonly CompensationRule[]>> = {
  E01: [
    { id: 'pelvisTurn', cue: 'kneesLevel', signal: 'pelvisTurn', when: 'either', warnDeg: 8, failDeg: 12 },
    { id: 'pelvisTurnLB', cue: 'kneesLevel', signal: 'lowerTurn', when: 'either', warnDeg: 15, failDeg: 20 },
    { id: 'lean', cue: 'growTall', signal: 'upperSideBend', when: 'either', warnDeg: 12, failDeg: 18 },
    { id: 'slump', cue: 'liftBreastbone', signal: 'upperFlexion', when: 'above', warnDeg: 12, failDeg: 18 },
  ],
  E02: [
    { id: 'hipsUp', cue: 'hipsHeavy', signal: 'lowerTilt', when: 'either', warnDeg: 12, failDeg: 18 },
    { id: 'hipsUpUB', cue: 'hipsHeavy', signal: 'upperPitch', when: 'either', warnDeg: 15, failDeg: 22 },
    {
      id: 'armOnly',
      cue: 'turnChest',
      // The elbow swings round the chest; how far it is from the trunk's length hardly changes.
      signal: 'armTravel',
      when: 'either',
      warnDeg: 25,
      failDeg: 38,
      gates: [{ belowTarget: 0.5 }],
    },
    { id: 'shift', cue: 'stayCentred', signal: 'upperSideBend', when: 'either', warnDeg: 15, failDeg: 22 },
  ],
  E03: [
    { id: 'kneesLift', cue: 'kneesStacked', signal: 'pelvisTurn', when: 'either', warnDeg: 10, failDeg: 15 },
    { id: 'kneesLiftLB', cue: 'kneesStacked', signal: 'lowerTurn', when: 'either', warnDeg: 15, failDeg: 22 },
    {
      id: 'armOnly',
      cue: 'rollRibs',
      signal: 'armTravel',
      when: 'either',
      warnDeg: 60,
      failDeg: 90,
      gates: [{ belowTarget: 0.4 }],
    },
  ],
  E04: [
    // Below 5 deg a low back does not speak for itself.
    {
      id: 'lowBackOnly',
      cue: 'betweenBlades',
      signal: 'lowerFlexion',
      when: 'either',
      warnDeg: 5,
      failDeg: 8,
      timesPrimary: [1.5, 2],
    },
    {
      id: 'lowBackOnlyPV',
      cue: 'betweenBlades',
      signal: 'pelvisFlexion',
      when: 'either',
      warnDeg: 5,
      failDeg: 8,
      timesPrimary: [1.5, 2],
    },
  ],
  E05: [
    {
      id: 'lowBackArch',
      cue: 'bendHigherUp',
      signal: 'lowerFlexion',
      when: 'below',
      warnDeg: 8,
      failDeg: 12,
    },
    { id: 'twist', cue: 'straightBack', signal: 'upperTurn', when: 'either', warnDeg: 8, failDeg: 12 },
  ],
  E07: [
    { id: 'hipsShift', cue: 'hipsSquare', signal: 'lowerTilt', when: 'either', warnDeg: 12, failDeg: 18 },
    { id: 'hipsTurn', cue: 'hipsSquare', signal: 'pelvisTurn', when: 'either', warnDeg: 12, failDeg: 18 },
    { id: 'hipsTurnLB', cue: 'hipsSquare', signal: 'lowerTurn', when: 'either', warnDeg: 12, failDeg: 18 },
    { id: 'collapse', cue: 'slideDown', signal: 'upperPitch', when: 'either', warnDeg: 20, failDeg: 30 },
  ],
  E08: [
    { id: 'buttLift', cue: 'seatHeavy', signal: 'pelvisSideBend', when: 'either', warnDeg: 8, failDeg: 12 },
    { id: 'twist', cue: 'faceForward', signal: 'upperTurn', when: 'either', warnDeg: 12, failDeg: 18 },
    { id: 'fwd', cue: 'chestAhead', signal: 'upperFlexion', when: 'above', warnDeg: 12, failDeg: 18 },
  ],
  E09: [
    {
      id: 'leanBack',
      cue: 'ribsDown',
      signal: 'upperFlexion',
      when: 'below',
      warnDeg: 12,
      failDeg: 18,
      gates: [{ signal: 'lowerFlexion', when: 'below', deg: -8 }],
    },
    { id: 'sideLean', cue: 'evenArms', signal: 'upperSideBend', when: 'either', warnDeg: 8, failDeg: 12 },
    { id: 'asym', cue: 'sameHeight', signal: 'armDifference', when: 'either', warnDeg: 15, failDeg: 22 },
  ],
  E10: [
    { id: 'ribFlare', cue: 'frontRibs', signal: 'upperFlexion', when: 'below', warnDeg: 8, failDeg: 12 },
    { id: 'ribFlareLB', cue: 'frontRibs', signal: 'lowerFlexion', when: 'below', warnDeg: 6, failDeg: 9 },
    {
      id: 'armsFwd',
      cue: 'armsBack',
      signal: 'armPlane',
      when: 'above',
      warnDeg: 50,
      failDeg: 75,
      gates: [
        { signal: 'armHeight', when: 'above', deg: 40 },
        { signal: 'armHeight', when: 'below', deg: 150 },
      ],
    },
    { id: 'sideLean', cue: 'evenSides', signal: 'upperSideBend', when: 'either', warnDeg: 8, failDeg: 12 },
  ],
  E11: [
    { id: 'sideLean', cue: 'reachUp', signal: 'upperSideBend', when: 'away', warnDeg: 8, failDeg: 12 },
    { id: 'leanBack', cue: 'ribsOverHips', signal: 'upperFlexion', when: 'below', warnDeg: 12, failDeg: 18 },
    {
      id: 'lowBackArch',
      cue: 'ribsOverHips',
      signal: 'lowerFlexion',
      when: 'below',
      warnDeg: 8,
      failDeg: 12,
    },
    { id: 'twist', cue: 'straightBack', signal: 'upperTurn', when: 'either', warnDeg: 10, failDeg: 15 },
  ],
  E13: [
    { id: 'leanBack', cue: 'elbowsMove', signal: 'upperFlexion', when: 'below', warnDeg: 10, failDeg: 15 },
    { id: 'twist', cue: 'staySquare', signal: 'upperTurn', when: 'either', warnDeg: 8, failDeg: 12 },
  ],
  E14: [
    { id: 'chestLift', cue: 'chestHeavy', signal: 'upperPitch', when: 'above', warnDeg: 8, failDeg: 12 },
    {
      id: 'armHeight',
      cue: 'armsLevel',
      signal: 'armHeight',
      when: 'either',
      offsetDeg: 90,
      warnDeg: 10,
      failDeg: 20,
    },
  ],
  E15: [
    { id: 'chestLift', cue: 'breastboneDown', signal: 'upperPitch', when: 'above', warnDeg: 8, failDeg: 12 },
    // Below 110 deg warned, below 95 failed.
    {
      id: 'armDrop',
      cue: 'reachOverhead',
      signal: 'armHeight',
      when: 'below',
      offsetDeg: 130,
      warnDeg: 20,
      failDeg: 35,
    },
  ],
  E17: [
    // The low back sinks towards the wall while the upper back stays: between them the trunk bends forward.
    { id: 'sag', cue: 'oneLine', signal: 'thoracicFlexion', when: 'above', warnDeg: 8, failDeg: 12 },
    { id: 'twist', cue: 'pushEvenly', signal: 'upperTurn', when: 'either', warnDeg: 8, failDeg: 12 },
  ],
  E24: [
    {
      id: 'upperRound',
      cue: 'longBreastbone',
      signal: 'thoracicFlexion',
      when: 'above',
      warnDeg: 15,
      failDeg: null,
    },
    {
      id: 'twist',
      cue: 'turnFeet',
      signal: 'trunkTwist',
      when: 'either',
      warnDeg: 12,
      failDeg: 18,
      gates: [{ signal: 'upperTilt', when: 'above', deg: 25 }],
    },
  ],
};

export function compensationRules(exerciseId: ExerciseId): readonly CompensationRule[] {
  return COMPENSATION_RULES[exerciseId];
}

/** A way back that is over sooner than this has been let go, s. */
const SHORTEST_RETURN: Readonly<
  Partial<Record<ExerciseId, { readonly cue: CueCode; readonly atLeastS: number }>>
> = {
  E13: { cue: 'slowForward', atLeastS: 1 },
};

/** What is said of a return that was let go, and how long it must take at least; null where nothing is asked. */
export function shortestReturn(
  exerciseId: ExerciseId,
): { readonly cue: CueCode; readonly atLeastS: number } | null {
  return SHORTEST_RETURN[exerciseId] ?? null;
}

const UPPER: readonly (readonly SegmentRole[])[] = [['upperBack']];
const LOWER: readonly (readonly SegmentRole[])[] = [['lowerBack']];
const PELVIS: readonly (readonly SegmentRole[])[] = [['pelvis']];
const ARM: readonly (readonly SegmentRole[])[] = [
  ['upperBack', 'upperArmRight'],
  ['upperBack', 'upperArmLeft'],
];

/** Sets of places that show a signal: any one of them is enough. */
export const SHOWN_BY: Readonly<Record<CompensationSignal, readonly (readonly SegmentRole[])[]>> = {
  upperFlexion: UPPER,
  upperSideBend: UPPER,
  upperTurn: UPPER,
  upperPitch: UPPER,
  upperTilt: UPPER,
  lowerFlexion: LOWER,
  lowerTurn: LOWER,
  lowerTilt: [['lowerBack'], ['pelvis']],
  pelvisSideBend: PELVIS,
  pelvisTurn: PELVIS,
  pelvisFlexion: PELVIS,
  thoracicFlexion: [['upperBack', 'lowerBack']],
  trunkTwist: [
    ['upperBack', 'lowerBack'],
    ['upperBack', 'pelvis'],
  ],
  armHeight: ARM,
  armPlane: ARM,
  armTravel: ARM,
  armDifference: [['upperBack', 'upperArmLeft', 'upperArmRight']],
};

/** Whether the worn sensors show this compensation: a rule that they do not show is never judged. */
export function isObservable(rule: CompensationRule, worn: readonly SegmentRole[]): boolean {
  const signals = [rule.signal];
  for (const gate of rule.gates ?? []) if ('signal' in gate) signals.push(gate.signal);
  return signals.every((signal) =>
    SHOWN_BY[signal].some((roles) => roles.every((role) => worn.includes(role))),
  );
}
