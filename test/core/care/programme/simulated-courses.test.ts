import { describe, expect, it } from 'vitest';
import { BEHAVIOURS, type CourseReport, simulateCourse } from './simulated-course.ts';

/** `THORA_LONG`: as many people as the issue asks for, each behaving in all four ways. */
const MOST = process.env['THORA_LONG'] ? 5000 : 8;
/** `THORA_PEOPLE=1001-2000`: these of them, so that a long run can be done in parts. */
const [FROM, TO] = (process.env['THORA_PEOPLE'] ?? `1-${MOST}`).split('-').map(Number);
const PEOPLE = TO - FROM + 1;

describe.each(BEHAVIOURS)('twelve simulated weeks, %s @slow', (behaviour) => {
  const reports: CourseReport[] = [];

  it(
    `hold no unsafe plan (${PEOPLE} drawn people)`,
    () => {
      const faulty: string[] = [];
      for (let seed = FROM; seed <= TO; seed++) {
        const report = simulateCourse(seed, behaviour);
        reports.push(report);
        faulty.push(...report.faults.map((fault) => `person ${seed}: ${fault}`));
      }
      if (process.env['THORA_LONG']) console.log(summary(behaviour, reports, faulty));
      expect(faulty).toEqual([]);
    },
    120 * 60_000,
  );

  it('keep somebody waiting while a safety answer locks', () => {
    expect(reports.some(({ lockedDays }) => lockedDays > 0)).toBe(true);
  });

  it('swing at most twice in four weeks without pain', () => {
    expect(reports).toHaveLength(PEOPLE);
    expect(Math.max(...reports.map(({ swings }) => swings))).toBeLessThanOrEqual(2);
  });

  it('go up for who does well, and never for who says nothing', () => {
    const progressed = reports.reduce((sum, report) => sum + report.progressed, 0);
    if (behaviour === 'good') expect(progressed / PEOPLE).toBeGreaterThan(10);
    if (behaviour === 'silent') expect(progressed).toBe(0);
  });
});

/** One line for the documentation. */
function summary(behaviour: string, reports: readonly CourseReport[], faulty: readonly string[]): string {
  const sum = (of: (report: CourseReport) => number): number =>
    reports.reduce((total, report) => total + of(report), 0);
  return [
    `COURSES ${behaviour} people ${FROM}-${TO}`,
    `faults ${faulty.length}`,
    `sessions ${sum(({ sessions }) => sessions)}`,
    `thin ${sum(({ thin }) => thin)}`,
    `daysToldToSeeSomebody ${sum(({ steps }) => steps['seeSomebody'] ?? 0)}`,
    `lockedDays ${sum(({ lockedDays }) => lockedDays)}`,
    `flares ${sum(({ flares }) => flares)}`,
    `stepsUp ${sum(({ progressed }) => progressed)}`,
    `mostSwings ${Math.max(...reports.map(({ swings }) => swings))}`,
    `coursesWithASwing ${sum(({ swings }) => (swings > 0 ? 1 : 0))}`,
  ].join(', ');
}
