import type { Phase } from './programme-plan.ts';

/**
 * Every number that the plan goes by. One version for all of them, which each plan on record carries: whoever changes a
 * number raises it. Source: clinical page, sections 2, 6 and 8.3; those that the page leaves open are marked as design
 * in docs/programme.md.
 */
export const RULES_VERSION = '1.2.0';

export const IRRITABILITY_LIMITS = { highNow: 6, highWorst: 8, lowAverage: 3 } as const;

/** Share of the personal maximum that a new exercise starts with. */
export const START_SHARE = { high: 0.6, moderate: 0.75, low: 0.85 } as const;

export const FITNESS_LIMITS = { lowHoldS: 45, highHoldS: 120, restAddS: 30 } as const;

/** What counts as doing well enough for more. */
export const PROGRESS_LIMITS = {
  quality: 75,
  lowQuality: 60,
  effort: 6,
  easyEffort: 3,
  hardEffort: 8,
  leastRepetitionShare: 0.7,
  /** Good sessions in a row before a step up; so many more for each step down of the last weeks. */
  goodSessions: 2,
  moreGoodSessionsPerStepDown: 2,
  stepDownMemoryDays: 28,
  exercisesPerSession: 2,
} as const;

export const STEP = {
  share: 0.05,
  repetitions: 2,
  holdS: 2,
  sets: 1,
  minutes: 1,
  fewerRepetitions: 3,
} as const;

/** Where nobody else has set a limit. */
export const DOSE_CAPS = {
  share: 1,
  leastShare: 0.5,
  sets: 4,
  repetitionsOverUsual: 4,
  leastRepetitions: 4,
  holdOverUsualS: 4,
  /** Each of at most a tenth more than the one before. */
  loadSteps: 12,
  armDeg: 90,
  /** Of what may stand in a plan at all, whoever wrote it. */
  planShare: 1.05,
  planSets: 6,
  planRepetitions: 40,
  planHoldS: 60,
  planRestS: 600,
  planMinutes: 30,
  planExercises: 24,
} as const;

export const PHASE_WEEKS_ALONE: Readonly<Record<Phase, number>> = { 0: 0, 1: 1, 2: 2, 3: 3, 4: 3 };

export const SCHEDULE: Readonly<
  Record<Phase | 'calm' | 'maintenance', { perWeek: number; minutes: number }>
> = {
  0: { perWeek: 4, minutes: 8 },
  1: { perWeek: 5, minutes: 15 },
  calm: { perWeek: 7, minutes: 10 },
  2: { perWeek: 5, minutes: 20 },
  3: { perWeek: 4, minutes: 25 },
  4: { perWeek: 3, minutes: 25 },
  maintenance: { perWeek: 2, minutes: 15 },
};

/** Of the very first session; at most two tests go with it. */
export const FIRST_DAY_MINUTES = 5;

/** Sessions with strength in any seven days. */
export const STRENGTH_PER_WEEK = 3;
export const STRENGTH_APART_MS = 24 * 3_600_000;

export const PHASE_EXIT = {
  startDays: 4,
  painAtMost: 5,
  painDrop: 1,
  sessions: 4,
  morningsFine: 0.75,
  restorePain: 4,
  wayToGoal: 0.5,
  /** Where no sensor can show the range, the phase lasts this many weeks instead. */
  weeksWithoutRange: 4,
  functionGain: 1.3,
  functionEnough: 7,
  confidence: 7,
} as const;

export const RANGE_RULES = {
  asymmetryPercent: 15,
  leastGainShare: 0.2,
  goalReached: 0.95,
  armEnoughDeg: 150,
  shortHoldS: 60,
} as const;

/** Orientation bands, deg: from 18, from 40 and from 60 years (clinical page, 2.1). */
export const ORIENTATION_BANDS_DEG: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  'locked.rotation': [
    [40, 60],
    [35, 55],
    [25, 45],
  ],
  'sideLying.rotation': [
    [40, 60],
    [35, 55],
    [25, 45],
  ],
  'thoracic.rotation': [
    [35, 55],
    [30, 50],
    [25, 45],
  ],
  'trunk.rotation': [
    [35, 55],
    [30, 50],
    [25, 45],
  ],
  'thoracic.extension': [
    [8, 20],
    [6, 18],
    [3, 14],
  ],
  'thoracic.flexion': [
    [12, 30],
    [10, 28],
    [8, 24],
  ],
  'thoracic.sideBend': [
    [15, 30],
    [12, 28],
    [10, 24],
  ],
  'arm.elevation': [
    [155, 175],
    [145, 170],
    [125, 160],
  ],
};

export const ADHERENCE_LIMITS = {
  normal: 0.8,
  low: 0.5,
  over: 1.2,
  windowDays: 14,
  shortWindowDays: 7,
  gapDays: 7,
  longGapDays: 14,
  shorterTime: 0.7,
  afterGap: 0.8,
  afterLongGap: 0.6,
  minimumPerWeek: 5,
  minimumMinutes: 5,
  minimumExercises: 2,
} as const;

export const FLARE_LIMITS = {
  rise: 2,
  leastAnswers: 2,
  meanDays: 7,
  leastDays: 2,
  settledOverMean: 1,
  returnShare: 0.5,
  returnStep: 0.25,
  share: 0.5,
  /** With strapping sensors on. */
  minutes: 8,
  /** The shortest that anybody may take (clinical page, 6.5): a few easy moves tire nobody. */
  restS: 15,
  leastMoves: 2,
  sessionsPerDay: 3,
  reviewAfterDays: 5,
  many: 3,
  manyInDays: 28,
} as const;

export const NO_BETTER = { weeks: 6, adherence: 0.6, drop: 1, overall: 4 } as const;

export const STIFF_WITHOUT_CHANGE = { fromWeek: 4, stiffness: 4 } as const;

export const DISCHARGE = {
  of: 4,
  forDays: 14,
  pain: 2,
  painShare: 0.5,
  function: 8,
  functionGain: 2.3,
  confidence: 8,
  interference: 2,
  returnPain: 4,
  returnDays: 7,
} as const;

/** After a rule that says "show it to somebody" nothing goes up for so long. */
export const STEADY_DAYS = 7;
export const CAUTION = { worry: 7, confidence: 4 } as const;
