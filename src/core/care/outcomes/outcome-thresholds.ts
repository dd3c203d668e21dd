/**
 * Every limit that outcomes go by. All of them together have one version: whoever changes a number raises it. Sources:
 * clinical page, sections 2.3, 2.5, 3 and 6.7; figures for the rules of this project: docs/outcomes.md.
 */
export const OUTCOME_RULES_VERSION = '1.0.0';

/** Pain, 0 to 10 (Farrar 2001, Salaffi 2004). */
export const PAIN_CHANGE = {
  /** Both are needed: 3 to 2 is a third and within the error, 10 to 8 is two points and no relief. */
  meaningfulPoints: 2,
  meaningfulShare: 0.3,
  /** Either is enough. */
  smallPoints: 1,
  smallShare: 0.15,
  /** On top of meaningful only. */
  substantialShare: 0.5,
  /** Below it no meaningful drop can be shown. */
  lowBelow: 2,
} as const;

/** Ability in the person's own things, mean of 0 to 10 (Abbott and Schmitt 2014). */
export const FUNCTION_CHANGE = { small: 1.3, medium: 2.3, large: 2.7 } as const;

/** How much it gets in the way, mean of 0 to 10 (Reed 2024: 1 to 1.75 points). */
export const INTERFERENCE_CHANGE = 1;

/** From the end of a session to the morning after it, at least (this project's choice). */
export const NIGHT_HOURS = 4;

/** "Much better" or more, 1 to 7. */
export const GLOBAL_CHANGE_RESPONDER = 6;

/**
 * Smallest change that is more than the answer's own unrest, points (95 %). That of ability is its medium change; single
 * answers of 0 to 10 have the two points of the clinical page, and interference, whose own unrest is not known, the same
 * (this project's choice, to be replaced by a repeat study).
 */
export const DETECTABLE_POINTS = { function: 2.3, interference: 2, single: 2 } as const;

/** Smallest change between days of a range, deg (95 %), by the metric's name in a result. */
export const DETECTABLE_DEG: Readonly<Record<string, number>> = {
  'locked.rotation': 7,
  'sideLying.rotation': 7,
  'seated.rotation': 12,
  'thoracic.flexion': 7,
  'thoracic.extension': 7,
  'thoracic.sideBend': 8,
  'thoracic.rotation': 12,
  'trunk.flexion': 10,
  'trunk.extension': 10,
  'trunk.sideBend': 10,
  'trunk.rotation': 12,
  'ubIncl.flexion': 10,
  'ubIncl.sideBend': 10,
  'arm.elevation': 10,
};

/** How often the same must be seen before it is called a change. */
export const LOOKS = {
  /** A week's mean of daily answers stands on so many of its seven days. */
  leastDaysOfWeek: 4,
  weekDays: 7,
  /** A drop between weeks counts above so many times the spread of the person's days within their weeks. */
  unrestFactor: 1.8,
  /** Tests and reviews: so many in a row. */
  confirmations: 2,
  /** Tests closer to the last one that was looked at are repeats, not another look. */
  testSpacingDays: 10,
  /** Pairs at most so far apart tell how a person's own tests scatter. */
  repeatWithinDays: 7,
  leastRepeatPairs: 2,
} as const;

/** Weeks after the start at which everything is asked, and how often after the last of them. */
export const REVIEW_WEEKS = [2, 4, 6, 8, 12] as const;
export const REVIEW_EVERY_WEEKS_AFTER = 4;

/** Months after the end of the programme at which return of pain is asked. */
export const FOLLOW_UP_MONTHS = [3, 6, 12] as const;
