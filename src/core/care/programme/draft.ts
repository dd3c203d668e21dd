import type { HealthProfile, LibraryExerciseId } from '../../exercise/exercise-library.ts';
import { limitsOf } from '../clinic/clinic-plan.ts';
import type { CareMoment, JournalEntry } from '../care-journal.ts';
import type { Restriction } from '../safety/safety-questions.ts';
import { type Course, hasFiredWithin } from './course.ts';
import type { ClinicianLimits, DoseContext } from './dose.ts';
import { armReachedDeg, picksOf, type Picks, type RangeSeries, rangeSeries } from './entry.ts';
import { type Person, personOf } from './exercise-fit.ts';
import { isNoBetter } from './outcome-of-course.ts';
import { isOver, type PlannedExercise, type ProgrammePlan, type RuleFiring } from './programme-plan.ts';
import { type ProgrammeRuleId, SHOWN_TO_A_DOCTOR } from './programme-rule.ts';
import { DOSE_CAPS, SCHEDULE, STEADY_DAYS } from './programme-thresholds.ts';

/** What the plan may depend on besides the journal. */
export interface ProgrammeContext {
  /** From the safety questions. */
  readonly profiles: readonly HealthProfile[];
  /** From the safety questions too; missing: none. */
  readonly restrictions?: readonly Restriction[];
  /** Nothing changes and nothing begins while something is to be cleared first. */
  readonly locked: boolean;
  /** Of a linked clinician; missing: the person is alone, and the defaults cap everything. */
  readonly limits?: ClinicianLimits;
}

/** All that the rules look at. */
export interface Situation {
  readonly course: Course;
  readonly journal: readonly JournalEntry[];
  readonly moment: CareMoment;
  readonly context: ProgrammeContext;
  readonly limits: ClinicianLimits;
  readonly hasClinician: boolean;
  readonly person: Person;
  readonly series: readonly RangeSeries[];
  readonly picks: Picks;
  readonly armCapDeg: number | null;
  /** Somebody should look at it first: nothing goes up. */
  readonly mustStaySteady: boolean;
}

const NO_LIMITS: ClinicianLimits = {};

export function situationOf(
  course: Course,
  journal: readonly JournalEntry[],
  moment: CareMoment,
  context: ProgrammeContext,
): Situation {
  const series = rangeSeries(course);
  const { clinic } = course;
  const limits = clinic === null ? (context.limits ?? NO_LIMITS) : limitsOf(clinic.plan);
  return {
    course,
    journal,
    moment,
    context,
    limits,
    hasClinician: clinic !== null || context.limits !== undefined,
    person: personOf(course.intake, context.profiles, context.restrictions),
    series,
    picks: picksOf(course, series, context.profiles),
    armCapDeg: armCap(course, context, limits),
    mustStaySteady:
      isNoBetter(course) || SHOWN_TO_A_DOCTOR.some((rule) => hasFiredWithin(course, rule, STEADY_DAYS)),
  };
}

function armCap(
  course: Course,
  { profiles, restrictions = [] }: ProgrammeContext,
  limits: ClinicianLimits,
): number | null {
  if (limits.armCapDeg !== undefined) return limits.armCapDeg;
  return profiles.includes('shoulder') || restrictions.includes('capArmElevation')
    ? (armReachedDeg(course) ?? DOSE_CAPS.armDeg)
    : null;
}

/** The plan as the rules change it, with what each of them did. */
export class Draft {
  plan: ProgrammePlan;
  readonly firings: RuleFiring[] = [];
  private readonly situation: Situation;

  constructor(plan: ProgrammePlan, situation: Situation) {
    this.plan = plan;
    this.situation = situation;
  }

  log(
    ruleId: ProgrammeRuleId,
    inputs: RuleFiring['inputs'],
    before = '',
    after = before,
    exerciseId: LibraryExerciseId | null = null,
  ): void {
    this.firings.push({ ruleId, exerciseId, inputs, before, after });
  }

  change(change: Partial<ProgrammePlan>): void {
    this.plan = { ...this.plan, ...change };
  }

  /** Another state, with the rhythm that belongs to it. */
  enter(state: ProgrammePlan['state'], change: Partial<ProgrammePlan> = {}): void {
    const plan = { ...this.plan, ...change, state };
    this.plan = { ...plan, ...this.rhythmOf(plan) };
  }

  /** How often and how long: the clinic's own where it made the plan. */
  rhythmOf(plan: ProgrammePlan): ReturnType<typeof rhythm> {
    const { clinic } = this.situation.course;
    if (clinic === null) return rhythm(plan);
    const { sessionsPerWeek, minutesPerSession } = clinic.plan;
    return { sessionsPerWeek, minutesPerSession };
  }

  replace(planned: PlannedExercise): void {
    this.change({
      exercises: this.plan.exercises.map((one) => (one.exerciseId === planned.exerciseId ? planned : one)),
    });
  }

  get dose(): DoseContext {
    const { person, limits, picks, armCapDeg } = this.situation;
    const { phase, fitness, irritability } = this.plan;
    return { person, phase, fitness, irritability, limits, carefully: picks.carefully, armCapDeg };
  }
}

/** How often and how long, by phase and state. */
export function rhythm({
  phase,
  state,
  irritability,
}: Pick<ProgrammePlan, 'phase' | 'state' | 'irritability'>): Pick<
  ProgrammePlan,
  'sessionsPerWeek' | 'minutesPerSession'
> {
  const isCalm = irritability === 'high' && phase === 1;
  const { perWeek, minutes } = SCHEDULE[isOver({ state }) ? 'maintenance' : isCalm ? 'calm' : phase];
  return { sessionsPerWeek: perWeek, minutesPerSession: minutes };
}
