/**
 * Limits of the safety questions and their locks, under one version; whoever changes a number raises it. Source:
 * clinical page, section 4.1, and the machine-readable red flags; `formServesMinutes`, `roundDays` and `seenAfterMinutes`
 * are this project's.
 */
export const SAFETY_THRESHOLDS_VERSION = '1.1.0';

export const SAFETY_LIMITS = {
  adultFromYears: 18,
  oldestYears: 120,
  /** An emergency lock opens no earlier, whatever is said; a corrected mistake excepted. */
  emergencyLockHours: 24,
  /**
   * "Seen, and not before the answer that locked": on the day of that answer nobody has been seen sooner than this after
   * it, whatever is tapped.
   */
  seenAfterMinutes: 60,
  /** From the day on which somebody was seen, for so long "I was seen and told I may exercise" holds. */
  coveredDays: 90,
  /** So many days without a session, and all questions are asked again. */
  gapDays: 14,
  /** Days that the answers of one round may lie apart: an older one says nothing of today. */
  roundDays: 1,
  /** A form just answered serves one session, which begins within this time. */
  formServesMinutes: 30,
} as const;

/** Answers to measures that lead to safety questions (clinical page, section 3). */
export const ASKING_LIMITS = {
  /** More minutes of stiffness in the morning, and the question about it is asked. */
  stiffMinutes: 30,
  /** Points by which breathing has become less easy, and heart, lung and clots are asked about. */
  breathDrop: 2,
} as const;

/** No improvement at the review of this week, although the person exercised. */
export const NO_IMPROVEMENT = {
  fromWeek: 6,
  painDropBelow: 1,
  changeAtMost: 4,
  adherenceAtLeast: 0.6,
} as const;
