import type { CareEvent, CareMoment, JournalEntry } from '../../../../src/core/care/care-journal.ts';
import type { Intake } from '../../../../src/core/care/intake/intake-event.ts';
import type { MeasureId } from '../../../../src/core/care/outcomes/outcome-event.ts';
import { decidePlan, type PlanDecision } from '../../../../src/core/care/programme/decide-plan.ts';
import type { ProgrammeContext } from '../../../../src/core/care/programme/draft.ts';
import { type Morning, MORNINGS } from '../../../../src/core/care/programme/pain-layer.ts';
import type { ExerciseReport, RangeReport } from '../../../../src/core/care/programme/programme-event.ts';
import type { PlannedExercise, ProgrammePlan } from '../../../../src/core/care/programme/programme-plan.ts';
import { todaysSession, type TodaysSession } from '../../../../src/core/care/programme/todays-session.ts';

export const FIRST_DAY = 20_000;
const DAY_MS = 86_400_000;

/** Somebody who can take everything the library has. */
export const ABLE: Intake = {
  ageYears: 45,
  painSince: 'months',
  painNow: 4,
  painAverage24h: 4,
  painWorst24h: 6,
  settles: 'under2h',
  wakesAtNight: 'no',
  activeMinutesPerWeek: '60to150',
  goals: ['desk', 'lifting'],
  hardThings: ['reversing the car'],
  work: 'desk',
  equipment: ['chair', 'firmChair', 'chairWithBack', 'mat', 'band', 'lightBand', 'bandAnchor'],
  positions: ['standing', 'sitting', 'heelSit', 'handsAndKnees', 'sideLying', 'supine', 'prone'],
  arms: 'both',
  sensorPlaces: ['upperBack', 'lowerBack', 'upperArm'],
  worry: 3,
  confidence: 6,
};

export const NOBODY_SPECIAL: ProgrammeContext = { profiles: [], locked: false };

/** A journal that is written day by day by somebody's hand: the days of the clock are given, the order is kept. */
export class Diary {
  readonly journal: JournalEntry[] = [];
  day = FIRST_DAY;
  hour = 6;
  context: ProgrammeContext;

  constructor(intake: Partial<Intake>, context: ProgrammeContext = NOBODY_SPECIAL) {
    this.context = context;
    this.write({ kind: 'intakeAnswered', answers: intake });
    this.write({ kind: 'cameIn' });
  }

  get moment(): CareMoment {
    return { utcMs: this.day * DAY_MS + this.hour * 3_600_000, day: this.day };
  }

  /** Day of the programme, from 0. */
  get n(): number {
    return this.day - FIRST_DAY;
  }

  write(event: CareEvent): void {
    this.journal.push({ order: this.journal.length, atUtcMs: this.moment.utcMs, day: this.day, event });
  }

  answer(measureId: MeasureId, value: number | null): void {
    this.write({ kind: 'measureAnswered', measureId, value, language: 'en', wordsVersion: '1' });
  }

  morning(said: Morning): void {
    this.answer('pain.nextday', MORNINGS.indexOf(said));
  }

  /** Puts on record what the rules decide now. */
  decide(): PlanDecision | null {
    const decision = decidePlan(this.journal, this.moment, this.context);
    if (decision !== null) this.write({ kind: 'planSet', ...decision });
    return decision;
  }

  get plan(): ProgrammePlan {
    const set = this.journal.findLast(({ event }) => event.kind === 'planSet');
    if (set?.event.kind !== 'planSet') throw new Error('There is no plan yet.');
    return set.event.plan;
  }

  today(led: 'bySensors' | 'byClock' = 'bySensors'): TodaysSession {
    return todaysSession(this.journal, this.moment, this.context, led);
  }

  train(
    exercises: readonly PlannedExercise[],
    {
      pain = 3,
      during = 2,
      quality = 85,
      effort = 5,
      share = 1,
      byClock,
      kind = 'plan',
      ranges = [],
    }: Training = {},
  ): void {
    this.write({
      kind: 'sessionDone',
      sessionId: null,
      session: kind,
      painBefore: pain,
      painAfter: pain,
      ease: null,
      exercises: exercises.map((planned) => ({
        ...reportOf(planned, during, quality, effort, share),
        ...(byClock !== undefined && { ...byClock, quality: null, selfReported: true }),
      })),
      ranges,
      durationS: 900,
      donningS: null,
    });
  }

  /** Today's session, if there is one. */
  trainToday(training: Training = {}): TodaysSession {
    const today = this.today();
    if (today.kind === 'session') this.train(today.exercises, { ...training, kind: today.session });
    return today;
  }
}

export interface Training {
  readonly pain?: number | null;
  readonly during?: number | null;
  readonly quality?: number | null;
  readonly effort?: number | null;
  /** Of the repetitions. */
  readonly share?: number;
  /** By the clock in place of sensors: so many seconds, or nobody said how many. */
  readonly byClock?: Pick<ExerciseReport, 'secondsDone' | 'secondsPlanned' | 'notAnswered'>;
  readonly kind?: 'plan' | 'flare' | 'tests' | 'short';
  readonly ranges?: readonly RangeReport[];
}

function reportOf(
  planned: PlannedExercise,
  during: number | null,
  quality: number | null,
  effort: number | null,
  share: number,
): ExerciseReport {
  const repetitionsPlanned = planned.sets * (planned.repetitions ?? 1);
  return {
    exerciseId: planned.exerciseId,
    variation: planned.variation,
    painDuring: during,
    repetitionsDone: Math.floor(repetitionsPlanned * share),
    repetitionsPlanned,
    quality: planned.mode === 'sensor' ? quality : null,
    effort,
    selfReported: planned.mode === 'self',
  };
}

export function range(metric: string, valueDeg: number, side: 'left' | 'right' | null = null): RangeReport {
  return { metric, side, valueDeg, intervalDeg: [valueDeg - 3, valueDeg + 3], layout: 'upperBack+lowerBack' };
}
