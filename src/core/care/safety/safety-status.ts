import type { HealthProfile } from '../../exercise/exercise-library.ts';
import type { CareMoment, JournalEntry } from '../care-journal.ts';
import { isAnswered } from './judge-safety.ts';
import type { FlagId, SafetyAnswers } from './safety-event.ts';
import { SafetyFold, type HeldAnswer } from './safety-fold.ts';
import { FULL_FORM, type LockAction, type Restriction } from './safety-questions.ts';
import { SAFETY_LIMITS, SAFETY_THRESHOLDS_VERSION } from './safety-thresholds.ts';

export type WayOut = 'mistake' | 'statement' | 'clearFullScreen' | 'clinician';

export interface SafetyLock {
  readonly action: LockAction;
  /** Every question whose answer locks, in the order they were answered. */
  readonly answers: readonly HeldAnswer[];
  /** When the last of the answers that locked was given, by the latest clock that was seen then. */
  readonly sinceUtcMs: number;
  /** An emergency opens no earlier, a corrected mistake excepted; null: no such bound. */
  readonly earliestOpeningUtcMs: number | null;
  /** What the person can do now. */
  readonly waysOut: readonly WayOut[];
  /** Questions of which "I tapped by mistake" may still be said. */
  readonly correctable: readonly FlagId[];
  readonly statementSaid: boolean;
  /** Before it nobody can have been seen since the answer; null: the statement does not open this lock, or may be said. */
  readonly statementFromUtcMs: number | null;
}

/** A round of questions that is under way or due. */
export interface SafetyRound {
  readonly answers: SafetyAnswers;
  /** Still to be asked. */
  readonly left: readonly FlagId[];
  /** To be asked as "Is this new or worse since you were seen?". */
  readonly newOrWorse: readonly FlagId[];
}

export interface SafetyStatus {
  /** Null: nothing is locked. */
  readonly lock: SafetyLock | null;
  /** What is to be answered before the next session begins. */
  readonly due: 'full' | 'asked' | 'short' | 'nothing';
  /** Single questions that an answer elsewhere led to: to be asked at once, and before the next session at the latest. */
  readonly asked: readonly FlagId[];
  readonly profiles: readonly HealthProfile[];
  readonly restrictions: readonly Restriction[];
  /** Last day on which everything that a statement or a clinician covered still is; null: nothing is covered. */
  readonly coveredUntilDay: number | null;
  /** All questions, or all of them again where a lock may open by them. */
  readonly round: SafetyRound;
  /** Latest answers, as they are known. */
  readonly answers: SafetyAnswers;
  /** Thoughts of self-harm were told of lately: the words of help are to be shown, whatever else is. */
  readonly inCrisis: boolean;
  /** Of the limits that it was judged by. */
  readonly thresholdsVersion: string;
}

/**
 * What the safety questions allow at a moment, a pure fold over the journal: the order of writing decides, and a clock set
 * back neither opens a lock nor lets one stand for ever.
 */
export function safetyStatus(journal: readonly JournalEntry[], moment: CareMoment): SafetyStatus {
  const fold = new SafetyFold();
  for (const entry of journal) fold.add(entry);
  const { profiles, restrictions } = fold.judged;
  const covered = fold.covers.filter((cover) => fold.isCovered(cover.flagId, moment.day));
  return {
    lock: lockOf(fold, moment),
    due: dueAt(fold, moment),
    asked: [...fold.asked],
    profiles,
    restrictions,
    coveredUntilDay: covered.length === 0 ? null : Math.min(...covered.map(({ untilDay }) => untilDay)),
    round: roundOf(fold, moment),
    answers: fold.known,
    inCrisis: fold.crisisDay !== null && Math.abs(moment.day - fold.crisisDay) <= SAFETY_LIMITS.roundDays,
    thresholdsVersion: SAFETY_THRESHOLDS_VERSION,
  };
}

function lockOf(fold: SafetyFold, moment: CareMoment): SafetyLock | null {
  const action = fold.lockAction;
  if (action === null) return null;
  const correctable = fold.correctable;
  const waysOut: WayOut[] = correctable.length > 0 ? ['mistake'] : [];
  const isEmergency = action === 'emergency';
  const mayClear =
    fold.isVouched && (action === 'urgent' ? !fold.isLinked : isEmergency && fold.isOldEnough(moment.utcMs));
  if (fold.isLinked && !fold.isVouched) waysOut.push('clinician');
  // A clock that went back below the lock's time is met by saying it again: from then on its hours count.
  const waitsForClock = isEmergency && moment.utcMs < fold.sinceUtcMs && fold.behindSinceUtcMs === null;
  const wantsStatement = !fold.isLinked && action !== 'ineligible' && (!fold.isVouched || waitsForClock);
  const isTooSoon = fold.isTooSoonToBeSeen(moment.utcMs);
  if (wantsStatement && !isTooSoon) waysOut.push('statement');
  if (mayClear) waysOut.push('clearFullScreen');
  return {
    action,
    answers: [...fold.held.values()],
    sinceUtcMs: fold.sinceUtcMs,
    earliestOpeningUtcMs: isEmergency ? fold.opensFromUtcMs(moment.utcMs) : null,
    waysOut,
    correctable,
    statementSaid: !fold.isLinked && fold.isVouched,
    statementFromUtcMs: wantsStatement && isTooSoon ? fold.seenFromUtcMs : null,
  };
}

function dueAt(fold: SafetyFold, moment: CareMoment): SafetyStatus['due'] {
  const { lastFull, lastActive } = fold;
  if (lastFull === null || lastActive === null || fold.isFullAsked) return 'full';
  const daysSince = moment.day - lastActive.day;
  // A day that lies ahead is one of a clock that was wrong: nothing is known about the gap.
  if (daysSince >= SAFETY_LIMITS.gapDays || daysSince < -SAFETY_LIMITS.roundDays) return 'full';
  if (fold.covers.some(({ flagId }) => !fold.isCovered(flagId, moment.day))) return 'full';
  if (fold.asked.size > 0) return 'asked';
  if (fold.formAnsweredUtcMs === null) return 'short';
  const minutesSince = (moment.utcMs - fold.formAnsweredUtcMs) / 60_000;
  return minutesSince >= 0 && minutesSince <= SAFETY_LIMITS.formServesMinutes ? 'nothing' : 'short';
}

function roundOf(fold: SafetyFold, moment: CareMoment): SafetyRound {
  const round = fold.lockAction === null || !fold.isVouched ? fold.fullRound : fold.clearingRound;
  const isFresh = round !== null && Math.abs(moment.day - round.day) <= SAFETY_LIMITS.roundDays;
  const answers = isFresh ? round.answers : {};
  return {
    answers,
    left: FULL_FORM.filter((id) => answers[id] === undefined),
    newOrWorse: FULL_FORM.filter(
      (id) => fold.mayBeNotWorse(id, moment.day) && isAnswered(id, fold.known[id]),
    ),
  };
}
