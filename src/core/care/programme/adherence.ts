import { type Course, openDays } from './course.ts';
import { ADHERENCE_LIMITS as LIMITS } from './programme-thresholds.ts';

/** Sessions done of those planned in the open days after `fromDay`; null while a week of them has not passed. */
export function adherenceSince(course: Course, fromDay: number, perWeek: number): number | null {
  const days = openDays(course, fromDay);
  if (days < LIMITS.shortWindowDays) return null;
  const done = course.sessions.filter(
    ({ day, kind, isSecond }) => day > fromDay && kind !== 'tests' && !isSecond,
  ).length;
  return done / ((perWeek * days) / 7);
}

/** Over the last so many days of the course, or since what last began anew. */
export function adherence(
  course: Course,
  windowDays: number,
  sinceDay: number,
  perWeek: number,
): number | null {
  return adherenceSince(course, Math.max(course.today - windowDays, sinceDay), perWeek);
}

/** Days without any session. */
export function gapDays(course: Course): number {
  const last = course.sessions.at(-1);
  return course.today - Math.max(last?.day ?? course.startDay, course.startDay);
}
