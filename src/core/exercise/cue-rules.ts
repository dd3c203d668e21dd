import type { ExerciseId } from './motion-definition.ts';

/** What may be said during a set; the words belong to the screens. */
export type CueCode =
  | 'kneesLevel'
  | 'growTall'
  | 'liftBreastbone'
  | 'hipsHeavy'
  | 'stayCentred'
  | 'bendHigherUp'
  | 'straightBack'
  | 'seatHeavy'
  | 'faceForward'
  | 'chestAhead'
  | 'reachUp'
  | 'ribsOverHips'
  | 'slower'
  | 'aLittleFurther'
  | 'otherSide'
  | 'holdAtTheEnd'
  | 'wellDone'
  | 'signalBack';

export const CUE_CODES: readonly CueCode[] = [
  'kneesLevel',
  'growTall',
  'liftBreastbone',
  'hipsHeavy',
  'stayCentred',
  'bendHigherUp',
  'straightBack',
  'seatHeavy',
  'faceForward',
  'chestAhead',
  'reachUp',
  'ribsOverHips',
  'slower',
  'aLittleFurther',
  'otherSide',
  'holdAtTheEnd',
  'wellDone',
  'signalBack',
];

/** Movements beside the intended one, each since the set's start; NaN when no worn sensor shows it. */
export const COMPENSATION_SIGNALS = [
  'upperFlexion',
  'upperSideBend',
  'upperTurn',
  'upperPitch',
  'lowerFlexion',
  'lowerTurn',
  'lowerTilt',
  'pelvisSideBend',
  'pelvisTurn',
] as const;
export type CompensationSignal = (typeof COMPENSATION_SIGNALS)[number];

export interface CompensationRule {
  readonly cue: CueCode;
  readonly signal: CompensationSignal;
  /** 'either' looks at the size; the others at one sign. 'away' is the side away from the moving arm. */
  readonly when: 'either' | 'above' | 'below' | 'away';
  readonly warnDeg: number;
  readonly failDeg: number;
}

/** Clinical page, section 5.5; the compensations that sensors on trunk and arms can show. */
const COMPENSATION_RULES: Readonly<Record<ExerciseId, readonly CompensationRule[]>> = {
  E01: [
    { cue: 'kneesLevel', signal: 'pelvisTurn', when: 'either', warnDeg: 8, failDeg: 12 },
    { cue: 'kneesLevel', signal: 'lowerTurn', when: 'either', warnDeg: 15, failDeg: 20 },
    { cue: 'growTall', signal: 'upperSideBend', when: 'either', warnDeg: 12, failDeg: 18 },
    { cue: 'liftBreastbone', signal: 'upperFlexion', when: 'above', warnDeg: 12, failDeg: 18 },
  ],
  E02: [
    { cue: 'hipsHeavy', signal: 'lowerTilt', when: 'either', warnDeg: 12, failDeg: 18 },
    { cue: 'hipsHeavy', signal: 'upperPitch', when: 'either', warnDeg: 15, failDeg: 22 },
    { cue: 'stayCentred', signal: 'upperSideBend', when: 'either', warnDeg: 15, failDeg: 22 },
  ],
  E05: [
    { cue: 'bendHigherUp', signal: 'lowerFlexion', when: 'below', warnDeg: 8, failDeg: 12 },
    { cue: 'straightBack', signal: 'upperTurn', when: 'either', warnDeg: 8, failDeg: 12 },
  ],
  E08: [
    { cue: 'seatHeavy', signal: 'pelvisSideBend', when: 'either', warnDeg: 8, failDeg: 12 },
    { cue: 'faceForward', signal: 'upperTurn', when: 'either', warnDeg: 12, failDeg: 18 },
    { cue: 'chestAhead', signal: 'upperFlexion', when: 'above', warnDeg: 12, failDeg: 18 },
  ],
  E11: [
    { cue: 'reachUp', signal: 'upperSideBend', when: 'away', warnDeg: 8, failDeg: 12 },
    { cue: 'ribsOverHips', signal: 'upperFlexion', when: 'below', warnDeg: 12, failDeg: 18 },
    { cue: 'ribsOverHips', signal: 'lowerFlexion', when: 'below', warnDeg: 8, failDeg: 12 },
    { cue: 'straightBack', signal: 'upperTurn', when: 'either', warnDeg: 10, failDeg: 15 },
  ],
};

export function compensationRules(exerciseId: ExerciseId): readonly CompensationRule[] {
  return COMPENSATION_RULES[exerciseId];
}
