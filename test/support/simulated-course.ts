import type { CareEvent, JournalEntry } from '../../src/core/care/care-journal.ts';
import type { MeasureId } from '../../src/core/care/outcomes/outcome-event.ts';
import { DETECTABLE_DEG, DETECTABLE_POINTS } from '../../src/core/care/outcomes/outcome-thresholds.ts';
import { Random } from '../../src/core/simulation/random.ts';
import { answer, journalOf, rangeReport, sessionWith } from './care-journal.ts';

export interface CourseTruth {
  /** What changes, by twice its detectable change; null: nothing does. */
  readonly changes: 'pain' | 'movement' | 'function' | 'confidence' | null;
  /** Ranges tested side by side; the first of them is the one that changes. */
  readonly rangeCount: number;
  /** So many points more pain on the first day, gone evenly within two weeks. */
  readonly badStartPoints?: number;
  /** Days between two range tests. */
  readonly testEveryDays?: number;
}

export const COURSE_DAYS = 84;
const CHANGE_DAYS = 14;
/** The first week is what pain is compared with: it changes from then on. */
export const PAIN_BEGINS_DAY = 7;
const REVIEW_DAYS = [0, 14, 28, 42, 56, 84];
const METRICS = ['locked.rotation', 'thoracic.extension', 'arm.elevation', 'thoracic.sideBend'];
/** From a detectable change to the standard error of one measurement. */
const SEM_PER_CHANGE = 1 / (1.96 * Math.SQRT2);

/**
 * Twelve weeks of answers and tests of a person who is made up. What changes grows evenly over the first two weeks and
 * stays. Pain runs on from day to day (first-order, spread 0.8 to 1.6 points, correlation 0.2 to 0.6); errors of
 * answers and tests have the size that their detectable changes state. Some mornings are left out.
 */
export function simulateCourse(seed: number, truth: CourseTruth): JournalEntry[] {
  const random = new Random(seed);
  const between = (least: number, most: number): number => least + (most - least) * random.uniform();
  const points = (value: number): number => Math.max(0, Math.min(10, Math.round(value)));
  const grown = (day: number): number => Math.max(0, Math.min(1, day / CHANGE_DAYS));
  const change = (what: CourseTruth['changes'], size: number, day: number): number =>
    truth.changes === what ? size * grown(day) : 0;

  // Where something changes there must be room for it.
  const painLevel = truth.changes === 'pain' ? between(5.5, 8.5) : between(2.5, 8.5);
  const abilityLevel = truth.changes === 'function' ? between(1.5, 5) : between(1.5, 8.5);
  const confidenceLevel = truth.changes === 'confidence' ? between(1.5, 5.5) : between(1.5, 8.5);
  const interferenceLevel = between(2, 8),
    sleepLevel = between(2, 8);
  const spread = between(0.8, 1.6),
    correlation = between(0.2, 0.6),
    answerShare = between(0.7, 1);
  const rangeLevels = Array.from({ length: truth.rangeCount }, () => between(25, 45));

  const written: [number, CareEvent][] = [[0, { kind: 'cameIn' }]];
  const say = (day: number, id: MeasureId, value: number): void => {
    written.push([day, answer(id, points(value))]);
  };
  const noisy = (level: number, detectable: number): number =>
    level + random.gaussian() * detectable * SEM_PER_CHANGE;
  const itemOfThree = Math.sqrt(3);
  let unrest = spread * random.gaussian();
  const week: number[] = [];
  for (let day = 0; day <= COURSE_DAYS; day++) {
    unrest = correlation * unrest + Math.sqrt(1 - correlation ** 2) * spread * random.gaussian();
    const bad = (truth.badStartPoints ?? 0) * (1 - grown(day));
    const pain = painLevel + unrest + bad - change('pain', 4, day - PAIN_BEGINS_DAY);
    week.push(pain);
    if (random.uniform() < answerShare) say(day, 'pain.avg24', pain);
    if (day % 7 === 0) {
      const level = confidenceLevel + change('confidence', 2 * DETECTABLE_POINTS.single, day);
      say(day, 'conf', noisy(level, DETECTABLE_POINTS.single));
    }
    if (REVIEW_DAYS.includes(day) && (day === 0 || random.uniform() < 0.97)) {
      const last = week.slice(-7);
      say(
        day,
        'pain.avg7',
        noisy(last.reduce((sum, one) => sum + one, 0) / last.length, DETECTABLE_POINTS.single),
      );
      const ability = abilityLevel + change('function', 2 * DETECTABLE_POINTS.function, day);
      for (const id of ['func1', 'func2', 'func3'] as const)
        say(day, id, noisy(ability, itemOfThree * DETECTABLE_POINTS.function));
      for (const id of ['int.enjoy', 'int.activity'] as const)
        say(day, id, noisy(interferenceLevel, DETECTABLE_POINTS.interference));
      say(day, 'int.sleep', noisy(sleepLevel, DETECTABLE_POINTS.single));
    }
    if (day % (truth.testEveryDays ?? 14) === 0)
      written.push([
        day,
        sessionWith(
          rangeLevels.map((level, i) => {
            const metric = METRICS[i >> 1] ?? '';
            const detectable = DETECTABLE_DEG[metric] ?? NaN;
            const changed = i === 0 ? change('movement', 2 * detectable, day) : 0;
            return rangeReport(noisy(level + changed, detectable), {
              metric,
              side: i % 2 === 0 ? 'left' : 'right',
            });
          }),
        ),
      ]);
  }
  return journalOf(...written);
}
