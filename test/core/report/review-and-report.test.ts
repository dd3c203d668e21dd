import { describe, expect, it } from 'vitest';
import { patientReview } from '../../../src/core/care/clinic/patient-review.ts';
import { referrerReport } from '../../../src/core/report/referrer-report.ts';
import { momentOf } from '../../support/care-journal.ts';
import { COURSE_DAYS, type CourseTruth, simulateCourse } from '../../support/simulated-course.ts';

const CHANGES: readonly CourseTruth['changes'][] = ['pain', 'movement', 'function', 'confidence', null];
const COURSES = 40;

function pagesOf(seed: number, changes: CourseTruth['changes']) {
  const journal = simulateCourse(seed, { changes, rangeCount: 4 });
  const told = momentOf(COURSE_DAYS);
  const review = patientReview({ patientId: 'ana', journal, plan: null, told, today: told.day });
  return { review, report: referrerReport(journal, told, { name: 'Ana', kit: null }) };
}

describe('the review and the report of one patient', () => {
  it('say the same of every answer: start, now, verdict, and whether it matters @slow', () => {
    let interferenceCount = 0;
    for (const changes of CHANGES)
      for (let seed = 1; seed <= COURSES; seed++) {
        const { review, report } = pagesOf(seed, changes);
        const lines = review.outcomes.flatMap((outcome) => outcome.lines);
        for (const { name, first, latest, change, verdict, worth } of report.outcomes) {
          if (name.kind === 'worstPain') continue;
          const line = lines.find(({ series }) => JSON.stringify(series.name) === JSON.stringify(name))!;
          expect([line.start, line.now, line.change]).toEqual([first?.value ?? null, latest.value, change]);
          expect(line.series.verdict).toBe(verdict);
          const isLarge = worth === 'reached' || worth === 'withinChance';
          const isKnown = worth !== 'notKnown' && worth !== 'tooEarly';
          expect(line.isMeaningful).toBe(isKnown ? isLarge : null);
          if (name.kind === 'interference' && isKnown) interferenceCount++;
        }
      }
    expect(interferenceCount).toBeGreaterThan(0);
  });

  it('find what truly changed, and call few better for whom nothing did', () => {
    const answers = (changes: CourseTruth['changes']): readonly string[] =>
      Array.from({ length: COURSES }, (_, i) => pagesOf(i + 1, changes).review.answer);
    const share = (said: readonly string[], answer: string): number =>
      said.filter((one) => one === answer).length / said.length;
    for (const changes of CHANGES) {
      const said = answers(changes);
      expect(share(said, 'worse') + share(said, 'mixed')).toBe(0);
      if (changes === null) {
        expect(share(said, 'better')).toBeLessThanOrEqual(0.05);
        expect(share(said, 'same')).toBeGreaterThanOrEqual(0.8);
      } else expect(share(said, 'better')).toBeGreaterThanOrEqual(0.85);
    }
  });
});
