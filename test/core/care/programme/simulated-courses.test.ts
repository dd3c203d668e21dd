import { describe, expect, it } from 'vitest';
import { BEHAVIOURS, type CourseReport, simulateCourse } from './simulated-course.ts';

/** `THORA_LONG`: as many people as the issue asks for, each behaving in all four ways. */
const PEOPLE = process.env['THORA_LONG'] ? 5000 : 8;

describe.each(BEHAVIOURS)('twelve simulated weeks, %s', (behaviour) => {
  const reports: CourseReport[] = [];

  it(
    `hold no unsafe plan (${PEOPLE} drawn people)`,
    () => {
      for (let seed = 1; seed <= PEOPLE; seed++) {
        const report = simulateCourse(seed, behaviour);
        reports.push(report);
        expect(report.faults, `person ${seed}`).toEqual([]);
      }
    },
    30 * 60_000,
  );

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
