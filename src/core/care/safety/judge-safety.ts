import type { HealthProfile } from '../../exercise/exercise-library.ts';
import type { FlagId, SafetyAnswers } from './safety-event.ts';
import {
  SAFETY_ACTIONS,
  SAFETY_QUESTIONS,
  safetyQuestion,
  type LockAction,
  type Restriction,
  type SafetyAction,
  type SafetyCondition,
  type SafetyRule,
} from './safety-questions.ts';
import { NO_IMPROVEMENT, SAFETY_LIMITS } from './safety-thresholds.ts';

/** The course at a review, for the one rule that no answer decides. */
export interface CourseSoFar {
  readonly week: number;
  /** Average pain at the start minus now, points of 10. */
  readonly painDrop: number;
  /** Global change as the person sees it, 1 to 7. */
  readonly globalChange: number;
  /** Sessions done of those planned, 0 to 1. */
  readonly adherence: number;
}

export interface FlagFiring {
  readonly flagId: FlagId;
  readonly action: SafetyAction;
  readonly locks: boolean;
}

export interface SafetyJudgement {
  /** The gravest of all; it gives the text. */
  readonly action: SafetyAction;
  /** The gravest of those that lock; null where nothing locks. A crisis never lifts it. */
  readonly lock: LockAction | null;
  /** In the questions' order, one for each question that a rule of matches. */
  readonly firings: readonly FlagFiring[];
  readonly profiles: readonly HealthProfile[];
  readonly restrictions: readonly Restriction[];
}

/**
 * What answers lead to. In one question the first matching rule counts (in R-20 all do), over all questions the gravest
 * action; profiles and restrictions add up. An unanswered question fires nothing: whether all were answered is for
 * the caller to see. Of answers that contradict each other the graver one counts.
 */
export function judgeSafety(answers: SafetyAnswers, course: CourseSoFar | null = null): SafetyJudgement {
  const firings: FlagFiring[] = [];
  const profiles = new Set<HealthProfile>();
  const restrictions = new Set<Restriction>();
  for (const question of SAFETY_QUESTIONS) {
    const matching = question.rules.filter((rule) => holds(rule.when, answers, course));
    const counting = question.allRules ? matching : matching.slice(0, 1);
    const [gravest] = counting.toSorted((a, b) => gravity(b.action) - gravity(a.action));
    if (gravest === undefined) continue;
    firings.push({ flagId: question.id, action: gravest.action, locks: counting.some(({ locks }) => locks) });
    addEffects(counting, profiles, restrictions);
  }
  return {
    action: gravestAction(firings),
    lock: gravestLock(firings),
    firings,
    profiles: [...profiles],
    restrictions: [...restrictions],
  };
}

/** Larger is graver. */
export function gravity(action: SafetyAction): number {
  return SAFETY_ACTIONS.length - SAFETY_ACTIONS.indexOf(action);
}

/** Whether a question has an answer that can be read: codes that it offers, or an age a person can have. */
export function isAnswered(flagId: FlagId, codes: readonly string[] | undefined): codes is readonly string[] {
  if (codes === undefined) return false;
  const { kind, answers } = safetyQuestion(flagId);
  switch (kind) {
    case 'one':
      return codes.length > 0 && codes.every((code) => answers.includes(code));
    case 'several':
      return codes.every((code) => answers.includes(code));
    case 'age':
      return ageOf(codes) !== null;
    case 'course':
      return false;
  }
}

/** Whole years; null where the answer is none. */
export function ageOf(codes: readonly string[] | undefined): number | null {
  const [text] = codes ?? [];
  if (text === undefined || !/^\d{1,3}$/.test(text)) return null;
  const years = Number(text);
  return years <= SAFETY_LIMITS.oldestYears ? years : null;
}

function gravestAction(firings: readonly FlagFiring[]): SafetyAction {
  return SAFETY_ACTIONS.find((action) => firings.some((firing) => firing.action === action)) ?? 'none';
}

export function gravestLock(firings: readonly FlagFiring[]): LockAction | null {
  const locking = firings.filter(({ locks }) => locks).map(({ action }) => action);
  return LOCK_ACTIONS.find((action) => locking.includes(action)) ?? null;
}

/** The gravest first. */
const LOCK_ACTIONS: readonly LockAction[] = ['emergency', 'urgent', 'ineligible', 'review'];

function addEffects(
  rules: readonly SafetyRule[],
  profiles: Set<HealthProfile>,
  restrictions: Set<Restriction>,
): void {
  for (const rule of rules) {
    for (const profile of rule.profiles) profiles.add(profile);
    for (const restriction of rule.restrictions) restrictions.add(restriction);
  }
}

function holds(condition: SafetyCondition, answers: SafetyAnswers, course: CourseSoFar | null): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, answers, course));
  if ('any' in condition) return condition.any.some((part) => holds(part, answers, course));
  if ('course' in condition) return course !== null && isWithoutImprovement(course);
  const codes = answers[condition.question] ?? [];
  if ('anyOf' in condition) return codes.some((code) => condition.anyOf.includes(code));
  if ('atLeast' in condition) {
    const { answers: offered } = safetyQuestion(condition.question);
    return offered.filter((code) => codes.includes(code)).length >= condition.atLeast;
  }
  const years = ageOf(codes);
  return years !== null && years < condition.ageBelowYears;
}

function isWithoutImprovement(course: CourseSoFar): boolean {
  return (
    course.week >= NO_IMPROVEMENT.fromWeek &&
    course.painDrop < NO_IMPROVEMENT.painDropBelow &&
    course.globalChange <= NO_IMPROVEMENT.changeAtMost &&
    course.adherence >= NO_IMPROVEMENT.adherenceAtLeast
  );
}
