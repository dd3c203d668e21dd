import { entriesOf, type CareMoment, type JournalEntry } from '../care-journal.ts';
import { libraryExercise } from '../../exercise/exercise-library.ts';
import type { Intake } from '../intake/intake-event.ts';
import { careCalendar } from '../outcomes/care-calendar.ts';
import { answered, measureAnswers } from '../outcomes/measure-answers.ts';
import type { MeasureId } from '../outcomes/outcome-event.ts';
import type { ProgrammePlan } from '../programme/programme-plan.ts';
import type { ModuleId } from './learning-event.ts';

/** All of them, in the order in which most people meet them. */
export const MODULE_IDS = [
  'M01',
  'M02',
  'M03',
  'M04',
  'M05',
  'M06',
  'M07',
  'M08',
  'M09',
  'M10',
  'M11',
  'M12',
  'M13',
  'M14',
  'M15',
  'M16',
] as const satisfies readonly ModuleId[];

export type KnownModuleId = (typeof MODULE_IDS)[number];

/** Why a module is offered now; its words say so to the person. */
export type UnlockReason =
  | 'fromTheStart'
  | 'secondDay'
  | 'strengthPlanned'
  | 'worry'
  | 'secondWeek'
  | 'flare'
  | 'sitting'
  | 'sleep'
  | 'breathing'
  | 'lifting'
  | 'mood'
  | 'returning'
  | 'habit'
  | 'tested';

export interface OfferedModule {
  readonly id: KnownModuleId;
  /** Null: not needed yet; whoever wants may read it all the same. */
  readonly reason: UnlockReason | null;
  readonly isRead: boolean;
}

/** Limits of need, 0 to 10 (clinical page, sections 3 and 7). */
const WORRY_FROM = 7;
const CONFIDENCE_TO = 4;
const SLEEP_FROM = 5;
const ENJOY_FROM = 5;
const ENERGY_TO = 3;
const HABIT_DAY = 3;
const FLARE_PLAN_DAY = 7;
const POSTURE_DAY = 14;

/** What this person may need to know now, and why. */
export function offeredModules(
  journal: readonly JournalEntry[],
  moment: CareMoment,
): readonly OfferedModule[] {
  const read = new Set<string>(entriesOf(journal, 'moduleRead').map(({ event }) => event.moduleId));
  const reasonOf = needs(journal, moment);
  return MODULE_IDS.map((id) => ({ id, reason: reasonOf(id), isRead: read.has(id) }));
}

/** The one to offer next; null when nothing that is needed is unread. */
export function nextModule(journal: readonly JournalEntry[], moment: CareMoment): OfferedModule | null {
  const open = offeredModules(journal, moment).filter(({ reason, isRead }) => reason !== null && !isRead);
  // What somebody's own answers ask for goes before what everybody reads in time.
  return open.find(({ reason }) => reason !== null && URGENT.includes(reason)) ?? open[0] ?? null;
}

const URGENT: readonly UnlockReason[] = ['fromTheStart', 'flare', 'worry', 'strengthPlanned', 'sleep'];

function needs(
  journal: readonly JournalEntry[],
  moment: CareMoment,
): (id: KnownModuleId) => UnlockReason | null {
  const { startDay, sessionDays } = careCalendar(journal, moment);
  const daysIn = startDay === null ? -1 : moment.day - startDay;
  const answers = measureAnswers(journal, moment);
  const last = (id: MeasureId): number | null => answered(answers, id).at(-1)?.value ?? null;
  const atLeast = (id: MeasureId, limit: number): boolean => (last(id) ?? -Infinity) >= limit;
  const atMost = (id: MeasureId, limit: number): boolean => (last(id) ?? Infinity) <= limit;
  const plan = entriesOf(journal, 'planSet').at(-1)?.event.plan ?? null;
  const told: Partial<Intake> = Object.assign(
    {},
    ...entriesOf(journal, 'intakeAnswered').map(({ event }) => event.answers),
  );
  const wants = (...goals: readonly Intake['goals'][number][]): boolean =>
    goals.some((goal) => told.goals?.includes(goal) === true);
  const works = (...kinds: readonly Intake['work'][]): boolean =>
    told.work !== undefined && kinds.includes(told.work);
  const flared = entriesOf(journal, 'flareSaid').length > 0 || plan?.state === 'flare';
  const tested = entriesOf(journal, 'sessionDone').some(({ event }) => event.ranges.length > 0);
  const when = (isNeeded: boolean, reason: UnlockReason): UnlockReason | null => (isNeeded ? reason : null);
  return (id) => {
    switch (id) {
      case 'M01':
      case 'M02':
        return 'fromTheStart';
      case 'M03':
        return when(daysIn >= 1 || sessionDays.length > 0, 'secondDay');
      case 'M04':
      case 'M11':
        return when(hasCategory(plan, 'strength'), 'strengthPlanned');
      case 'M05':
        return when(atLeast('worry', WORRY_FROM) || atMost('conf', CONFIDENCE_TO), 'worry');
      case 'M06':
        return flared ? 'flare' : when(daysIn >= FLARE_PLAN_DAY, 'secondWeek');
      case 'M07':
        return when(works('desk') || wants('desk') || daysIn >= POSTURE_DAY, 'sitting');
      case 'M08':
        return when(works('desk') || wants('desk'), 'sitting');
      case 'M09':
        return when(
          atLeast('int.sleep', SLEEP_FROM) ||
            wants('sleep') ||
            (told.wakesAtNight !== undefined && told.wakesAtNight !== 'no'),
          'sleep',
        );
      case 'M10':
        return when(wants('breathing') || hasCategory(plan, 'breathing'), 'breathing');
      case 'M12':
        return when(wants('lifting') || works('manual', 'care'), 'lifting');
      case 'M13':
        return when(atLeast('int.enjoy', ENJOY_FROM) || atMost('energy', ENERGY_TO), 'mood');
      case 'M14':
        return when((plan?.phase ?? 0) >= 3 || atLeast('workdays', 1) || wants('sport'), 'returning');
      case 'M15':
        return when(daysIn >= HABIT_DAY, 'habit');
      case 'M16':
        return when(tested, 'tested');
    }
  };
}

function hasCategory(plan: ProgrammePlan | null, category: 'strength' | 'breathing'): boolean {
  return (plan?.exercises ?? []).some(({ exerciseId }) =>
    libraryExercise(exerciseId).categories.includes(category),
  );
}
