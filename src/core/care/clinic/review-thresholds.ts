/**
 * Limits of a clinician's review. Source: clinical page, sections 2.5 and 8.4; those marked [D] are this project's choice
 * and stand in docs/clinic-review.md.
 */
export const REVIEW_LIMITS = {
  /** What happened stands among the alerts for so long [D]; what still holds stands as long as it does. */
  shownDays: 14,
  /** A flare of more days is looked at sooner. */
  longFlareDays: 5,
  /** Without a file of the patient, nobody at the clinic knows anything newer [D]. */
  noFileDays: 14,
  /** A signed plan should have reached the patient by then [D]. */
  planUntakenDays: 7,
  /** So many measured sessions in a row below the low limit of quality [D]. */
  lowQualitySessions: 3,
  changesDays: 28,
  weeks: 4,
} as const;
