import { type Course, type DoneSession, latest, meanAnswer } from './course.ts';
import { painRule } from './pain-layer.ts';
import { FLARE_LIMITS as LIMITS } from './programme-thresholds.ts';

/** How many days back a flare begins, what it is measured against, and when it is over (clinical page, 6.4 and 6.6). */

/** Why a flare begins; null: it does not. */
export type FlareCause = 'said' | 'dayAboveMean' | 'weekAboveWeek';

export interface FlareSign {
  readonly cause: FlareCause;
  readonly pain: number | null;
  readonly mean: number | null;
}

/** @param sinceOrder order from which on signs have not been acted on yet */
export function flareSign(course: Course, sinceOrder: number): FlareSign | null {
  const { today } = course;
  const said = course.flareSaid.at(-1);
  const mean = ownMean(course, today);
  const today24 = (course.answers.get('pain.avg24') ?? []).at(-1);
  const pain = today24 !== undefined && today24.day === today ? today24.value : null;
  if (said !== undefined && said.order > sinceOrder && today - said.day <= LIMITS.leastDays)
    return { cause: 'said', pain, mean };
  // Old answers are not acted on twice.
  if (today24 === undefined || today24.order <= sinceOrder || pain === null) return null;
  if (mean !== null && pain - mean >= LIMITS.rise) return { cause: 'dayAboveMean', pain, mean };
  const week = meanAnswer(course, 'pain.avg24', today - LIMITS.meanDays + 1, today, LIMITS.leastAnswers);
  const weekBefore = meanAnswer(
    course,
    'pain.avg24',
    today - 2 * LIMITS.meanDays + 1,
    today - LIMITS.meanDays,
    LIMITS.leastAnswers,
  );
  if (week !== null && weekBefore !== null && week - weekBefore >= LIMITS.rise)
    return { cause: 'weekAboveWeek', pain: week, mean: weekBefore };
  return null;
}

/** The person's own mean of the seven days before; null with too few answers. */
function ownMean(course: Course, day: number): number | null {
  return meanAnswer(course, 'pain.avg24', day - LIMITS.meanDays, day - 1, LIMITS.leastAnswers);
}

/** Whether the present flare has settled: two days on, and pain back near what it was before. */
export function hasSettled(course: Course): boolean {
  const { today, stateDay, stateOrder } = course;
  const lastSaid = course.flareSaid.at(-1)?.day ?? stateDay;
  if (today - Math.max(stateDay, Math.min(lastSaid, today)) < LIMITS.leastDays) return false;
  const pain = painSince(course, stateOrder);
  if (pain === null) return false;
  const mean = ownMean(course, stateDay) ?? course.intake.painAverage24h ?? null;
  return mean === null ? pain <= LIMITS.settledOverMean + 3 : pain <= mean + LIMITS.settledOverMean;
}

/** No exercise of it hurt so much, then or the next morning, that less of it follows. */
export function wasBorneWell({ exercises, painBefore, morning }: DoneSession): boolean {
  return exercises.every(({ painDuring }) =>
    ['G1', 'G2', 'G13'].includes(painRule(painDuring, painBefore, morning)),
  );
}

/** Latest pain of today or yesterday said since the flare began: the day's average, else before a session. */
function painSince(course: Course, sinceOrder: number): number | null {
  const daily = (course.answers.get('pain.avg24') ?? []).at(-1);
  if (daily !== undefined && daily.order > sinceOrder && course.today - daily.day <= 1) return daily.value;
  const session = course.sessions.at(-1);
  if (session === undefined || session.order < sinceOrder || course.today - session.day > 1)
    return latestNow(course, sinceOrder);
  return session.painBefore ?? latestNow(course, sinceOrder);
}

function latestNow(course: Course, sinceOrder: number): number | null {
  const now = course.answers.get('pain.now')?.at(-1);
  return now !== undefined && now.order > sinceOrder ? latest(course, 'pain.now', 1) : null;
}
