/** What may be said during a set; the words belong to the screens. */
export const CUE_CODES = [
  'kneesLevel',
  'growTall',
  'liftBreastbone',
  'hipsHeavy',
  'stayCentred',
  'turnChest',
  'kneesStacked',
  'rollRibs',
  'betweenBlades',
  'bendHigherUp',
  'straightBack',
  'hipsSquare',
  'slideDown',
  'seatHeavy',
  'faceForward',
  'chestAhead',
  'ribsDown',
  'evenArms',
  'sameHeight',
  'frontRibs',
  'armsBack',
  'evenSides',
  'reachUp',
  'ribsOverHips',
  'elbowsMove',
  'staySquare',
  'slowForward',
  'chestHeavy',
  'armsLevel',
  'breastboneDown',
  'reachOverhead',
  'oneLine',
  'pushEvenly',
  'longBreastbone',
  'turnFeet',
  'slower',
  'aLittleFurther',
  'otherSide',
  'holdAtTheEnd',
  'wellDone',
  'signalBack',
] as const;
export type CueCode = (typeof CUE_CODES)[number];

/** Movements beside the intended one, each since the set's start; NaN when no worn sensor shows it. */
export const COMPENSATION_SIGNALS = [
  'upperFlexion',
  'upperSideBend',
  'upperTurn',
  /** Rise of the upper back's length above level. */
  'upperPitch',
  'lowerFlexion',
  'lowerTurn',
  /** Of the pelvis where it is worn, else of the lower back. */
  'lowerTilt',
  'pelvisSideBend',
  'pelvisTurn',
  'pelvisFlexion',
  'upperTilt',
  /** The upper back against the lower back. */
  'thoracicFlexion',
  /** The upper back against the lower back, or the pelvis where only that is worn. */
  'trunkTwist',
  /** The arm's angle from the trunk's length, as it is. */
  'armHeight',
  /** Plane that the arm is raised in, as it is: 0 sideways, 90 deg forward. */
  'armPlane',
  /** Way of the arm round the chest. */
  'armTravel',
  /** Elevation of the right arm less that of the left. */
  'armDifference',
] as const;
export type CompensationSignal = (typeof COMPENSATION_SIGNALS)[number];
