import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OUTCOME_RULES_VERSION } from '../../../src/core/care/outcomes/outcome-thresholds.ts';
import { progressTiles, type TileId } from '../../../src/core/care/outcomes/progress-tiles.ts';
import { momentOf } from '../../support/care-journal.ts';
import {
  COURSE_DAYS,
  PAIN_BEGINS_DAY,
  simulateCourse,
  type CourseTruth,
} from '../../support/simulated-course.ts';

/** `THORA_LONG`: as many as the issue asks for, and the documentation's table is compared with what came out. */
const LONG = process.env['THORA_LONG'] !== undefined;
const COURSES = LONG ? 1000 : 40;
/** Two of forty are 5 %: fewer courses say less. */
const MOST_FALSE = LONG ? 0.025 : 0.05;
const LEAST_HEARD = LONG ? 0.8 : 0.7;
const FOUR_WEEKS = 28;
const TILES: readonly TileId[] = ['pain', 'movement', 'function', 'confidence'];

/** First day on which each tile says "improved", looked at every day; Infinity: never. */
function firstImproved(seed: number, truth: CourseTruth): Record<TileId, number> {
  const journal = simulateCourse(seed, truth);
  const first = { pain: Infinity, movement: Infinity, function: Infinity, confidence: Infinity };
  for (let day = 0, written = 0; day <= COURSE_DAYS; day++) {
    while ((journal[written]?.day ?? Infinity) <= day) written++;
    for (const { id, verdict } of progressTiles(journal.slice(0, written), momentOf(day)))
      if (verdict === 'improved') first[id] = Math.min(first[id], day);
  }
  return first;
}

/** Share of courses in which a tile says it until that day, tile by tile. */
function shareSaid(truth: CourseTruth, untilDay = COURSE_DAYS): number[] {
  const firsts = Array.from({ length: COURSES }, (_, i) => firstImproved(i + 1, truth));
  return TILES.map((id) => firsts.filter((first) => first[id] <= untilDay).length / COURSES);
}

const UNCHANGED: readonly (readonly [string, CourseTruth])[] = [
  ['nothing changes, 1 range tested', { changes: null, rangeCount: 1 }],
  ['nothing changes, 2 ranges tested', { changes: null, rangeCount: 2 }],
  ['nothing changes, 4 ranges tested', { changes: null, rangeCount: 4 }],
  ['nothing changes, 8 ranges tested', { changes: null, rangeCount: 8 }],
  ['nothing changes, 8 ranges tested every week', { changes: null, rangeCount: 8, testEveryDays: 7 }],
];
const CHANGED: readonly (readonly [string, TileId, CourseTruth])[] = [
  ['pain falls by 4 points', 'pain', { changes: 'pain', rangeCount: 1 }],
  ['the one range tested grows by 2 MDC', 'movement', { changes: 'movement', rangeCount: 1 }],
  ['one of 8 ranges tested grows by 2 MDC', 'movement', { changes: 'movement', rangeCount: 8 }],
  ['ability grows by 4.6 points', 'function', { changes: 'function', rangeCount: 1 }],
  ['confidence grows by 4 points', 'confidence', { changes: 'confidence', rangeCount: 1 }],
];

function row(what: string, shares: readonly (number | null)[]): string {
  return `| ${what} | ${shares.map((share) => (share === null ? '' : `${(100 * share).toFixed(1)} %`)).join(' | ')} |`;
}

describe('verdicts over simulated courses', () => {
  const rows: string[] = [];

  it.each(LONG ? UNCHANGED : UNCHANGED.slice(-2))(
    'seldom say "improved": %s @slow',
    (what, truth) => {
      const shares = shareSaid(truth);
      rows.push(row(what, shares));
      expect(Math.max(...shares)).toBeLessThanOrEqual(MOST_FALSE);
    },
    600_000,
  );

  it.each(CHANGED)(
    'say it within four weeks: %s',
    (what, tile, truth) => {
      const until = FOUR_WEEKS + (tile === 'pain' ? PAIN_BEGINS_DAY : 0);
      const shares = shareSaid(truth, until).map((share, i) => (TILES[i] === tile ? share : null));
      rows.push(row(what, shares));
      expect(Math.max(...shares.map((share) => share ?? 0))).toBeGreaterThanOrEqual(LEAST_HEARD);
    },
    600_000,
  );

  it.runIf(LONG)(
    'are in the documentation as they came out',
    () => {
      rows.push(
        row(
          'a first day 2 points worse settles by itself within two weeks',
          shareSaid({ changes: null, rangeCount: 1, badStartPoints: 2 }),
        ),
      );
      console.log(rows.join('\n'));
      const written = readFileSync(new URL('../../../docs/outcomes.md', import.meta.url), 'utf8');
      expect(written).toContain(`rules ${OUTCOME_RULES_VERSION}`);
      expect(written.replace(/ +/g, ' ')).toContain(rows.join('\n').replace(/ +/g, ' '));
    },
    600_000,
  );
});
