/**
 * Limits of the safety questions and their locks, under one version; whoever changes a number raises it. Source:
 * clinical page, section 4.1, and the machine-readable red flags; `formServesMinutes` and `roundDays` are this project's.
 */
export const SAFETY_THRESHOLDS_VERSION = '1.0.0';

export const SAFETY_LIMITS = {
  adultFromYears: 18,
  oldestYears: 120,
  /** An emergency lock opens no earlier, whatever is said; a corrected mistake excepted. */
  emergencyLockHours: 24,
  /** For so long "I was seen and told I may exercise" holds. */
  coveredDays: 90,
  /** So many days without a session, and all questions are asked again. */
  gapDays: 14,
  /** Days that the answers of one round may lie apart: an older one says nothing of today. */
  roundDays: 1,
  /** A form just answered serves the session that begins within this time. */
  formServesMinutes: 30,
} as const;

/** No improvement at the review of this week, although the person exercised. */
export const NO_IMPROVEMENT = {
  fromWeek: 6,
  painDropBelow: 1,
  changeAtMost: 4,
  adherenceAtLeast: 0.6,
} as const;
