/**
 * Every limit that counting, cues and coaching go by. All of them together have one version, which results carry:
 * whoever changes a number raises it, and a result says by which limits it came about. Degrees and seconds, since people
 * read and set them. Source: clinical page, sections 4.2, 5.1 to 5.4 and 6.5.
 */
export const THRESHOLDS_VERSION = '1.0.0';

/** Counting: when a repetition starts, has reached, and ends. */
export const REPETITION_LIMITS = {
  /** Before a maximum is known it is taken as the smallest amplitude over this. */
  provisionalDivisor: 0.6,
  /** Ranges below this are small: two degrees matter. */
  smallRangeBelowDeg: 25,
  smallLeastDeg: 2,
  smallLeastShare: 0.25,
  leastDeg: 5,
  returnShare: 0.2,
  /** Start threshold and return band never exceed this share of the target. */
  mostOfTarget: 0.5,
  startSpeedMostDegPerS: 8,
  startSpeedShare: 0.6,
  enterTargetShare: 0.85,
  holdFloorShare: 0.8,
  backShare: 0.75,
  partialShare: 0.6,
  fullToleranceDeg: 2,
  smallFullToleranceDeg: 1,
  reversalDropDeg: 1.5,
  reversalDropShare: 0.15,
  smallestPeakDeg: 2,
} as const;

/** Cues: how long a compensation lasts before it is said, and how often. */
export const CUE_LIMITS = {
  sustainS: 0.5,
  hysteresisDeg: 3,
  coolDownS: 8,
  /** After so many cues of one kind the same words have stopped helping. */
  mostOfOneKind: 2,
} as const;

/** Quality of a repetition, points of 100. */
export const QUALITY_POINTS = {
  reach: 40,
  tempo: 20,
  compensation: 30,
  return: 10,
  returnFullDeg: 5,
  returnNoneDeg: 12,
} as const;

export const PERSONAL_MAXIMUM_LIMITS = {
  raiseShare: 0.3,
  largestRaise: 1.1,
  largestDropDeg: 5,
  largestDropShare: 0.15,
  deadZoneDeg: 1,
  deadZoneShare: 0.05,
  leastQuality: 70,
} as const;

/** Pain, 0 to 10. */
export const PAIN_LIMITS = {
  /** Fine whatever the start. */
  green: 2,
  /** Fine where it did not rise. */
  greenNoRise: 4,
  /** Above the larger of this and the start plus one: stop, and always above the ceiling. */
  stopAbove: 5,
  stopOverStart: 1,
  ceiling: 7,
  /** A rise of so much stops. */
  riseStops: 3,
  /** From here on, with a rise of so much, the target goes down. */
  easeFrom: 4,
  easeRise: 1,
  /** At the start of a session: from here on, or so far above the week's mean, a gentle session is offered. */
  flareFrom: 7,
  flareOverMean: 3,
} as const;

/** The target as a share of the personal maximum. */
export const TARGET_LIMITS = {
  floor: 0.5,
  cap: 1,
  /** Where a clinician allows it, mobility exercises. */
  mobilityCap: 1.05,
  raise: 0.05,
  lower: 0.1,
  lowerForPain: 0.15,
} as const;

/** The controller of a running set. */
export const SESSION_LIMITS = {
  raiseAfterFull: 3,
  raiseQuality: 80,
  lowerAfterPartial: 2,
  /** Of the last so many repetitions. */
  window: 3,
  windowHits: 2,
  /** So many times lowered for a compensation, then an easier way. */
  regressAfter: 3,
  tiredPeakShare: 0.85,
  tiredTimeShare: 1.3,
  endEarlyFrom: 0.7,
  tiredRestS: 20,
  hardEffort: 8,
  shakeDeg: 4,
  hardRestS: 30,
  hardRepetitionShare: 0.8,
  painRepetitions: 2,
  painRegressAfter: 2,
  easyPeakShare: 1.1,
  easyRepetitions: 3,
  easyRaiseMost: 1.1,
  offDayOverMean: 2,
  offDaySleep: 7,
  offDayVolume: 0.7,
  offDayTarget: 0.1,
  shortestRestS: 15,
} as const;

/** A fall: a blow to the upper back, stillness after it, and another lean than before. */
export const FALL_LIMITS = { accG: 3, stillS: 2, tiltChangeDeg: 45 } as const;
