import { expect, test, type Page } from '@playwright/test';
import type { CareEvent, JournalEntry } from '../../src/core/care/care-journal.ts';
import type { PlannedExercise, RuleFiring } from '../../src/core/care/programme/programme-plan.ts';
import type { LibraryExerciseId } from '../../src/core/exercise/exercise-library.ts';
import { printedPageCount } from '../support/printed-page.ts';
import { simulateCourse } from '../support/simulated-course.ts';
import { layJournal } from '../support/stored-sessions.ts';
import { expectAccessible } from './axe.ts';
import { safetyAnswered } from './journey.ts';

const DAY_MS = 86_400_000;
const DAYS = 83;
const EXERCISES: readonly LibraryExerciseId[] = [
  'E01',
  'E02',
  'E03',
  'E04',
  'E05',
  'E06',
  'E07',
  'E08',
  'E09',
  'E10',
];

function planned(exerciseId: LibraryExerciseId): PlannedExercise {
  return {
    exerciseId,
    variation: null,
    sets: 2,
    repetitions: 10,
    holdS: 5,
    restS: 30,
    minutes: null,
    targetShare: 0.8,
    capDeg: null,
    extraSide: null,
    halfRange: false,
    loadStep: 0,
    mode: 'sensor',
    reason: 'MOVE',
  };
}

function planSet(...firings: readonly RuleFiring[]): CareEvent {
  return {
    kind: 'planSet',
    plan: {
      phase: 2,
      irritability: 'moderate',
      fitness: 'F1',
      exercises: EXERCISES.map(planned),
      sessionsPerWeek: 5,
      minutesPerSession: 20,
      state: 'running',
    },
    firings,
    rulesVersion: '1',
    by: 'clinician',
  };
}

function fired(ruleId: string, exerciseId: LibraryExerciseId | null = null): RuleFiring {
  return { ruleId, exerciseId, inputs: {}, before: '3', after: '2' };
}

/** More of everything than one page has room for, with the sensors in three places. */
function fullCourse(): JournalEntry[] {
  const today = Math.floor((Date.now() - new Date().getTimezoneOffset() * 60_000) / DAY_MS);
  const layouts = ['upperBack', 'virtual: lowerBack + upperBack', 'lowerBack + pelvis + upperBack'];
  const told: CareEvent[] = [
    safetyAnswered({
      'R-04': ['slow'],
      'R-07': ['yes'],
      'R-10': ['past'],
      'R-14': ['over3months', 'stiff30', 'betterMoving'],
      'R-21': ['yes'],
      'R-27': ['yes'],
    }),
    {
      kind: 'intakeAnswered',
      answers: {
        painSince: 'months',
        work: 'care',
        hardThings: ['carrying', 'driving', 'sleeping'].map((thing) =>
          `${thing} on the days after work `.repeat(4),
        ),
      },
    },
    planSet(fired('ENTRY')),
  ];
  const later: [number, CareEvent][] = [
    [20, planSet(fired('G3', 'E04'), fired('G4', 'E05'))],
    [60, planSet(fired('G3', 'E08'), fired('G7', 'E09'), fired('G4', 'E10'))],
  ];
  const course = simulateCourse(3, { changes: 'pain', rangeCount: 4 })
    .filter(({ day }) => day <= DAYS)
    .map(({ day, event }): [number, CareEvent] => {
      if (event.kind !== 'sessionDone') return [day, event];
      const layout = layouts[day % layouts.length] ?? '';
      const ranges = event.ranges.map((range) => ({ ...range, layout }));
      return [day, { ...event, ranges }];
    });
  const worst = course.flatMap(([day, event]): [number, CareEvent][] =>
    event.kind === 'measureAnswered' && event.measureId === 'pain.avg24' && event.value !== null
      ? [[day, { ...event, measureId: 'pain.worst24', value: Math.min(10, event.value + 1) }]]
      : [],
  );
  const said: [number, CareEvent] = [
    80,
    { kind: 'measureAnswered', measureId: 'pgic', value: 5, language: 'en', wordsVersion: '1' },
  ];
  return [...told.map((event): [number, CareEvent] => [0, event]), ...course, ...worst, ...later, said]
    .sort(([a], [b]) => a - b)
    .map(([day, event], order) => ({
      order,
      day: day + today - DAYS,
      atUtcMs: Date.now() + (day - DAYS) * DAY_MS,
      event,
    }));
}

async function openWith(page: Page, journal: readonly JournalEntry[]): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('thora-preferences', '{"door":"exercise"}'));
  await page.goto('./#/progress');
  await expect(page.getByRole('heading', { name: 'Progress', level: 1 })).toBeVisible();
  await layJournal(page, journal);
  await page.reload();
  await page.getByRole('link', { name: /^A report for your doctor/ }).click();
  await expect(page.getByRole('heading', { name: 'Report: upper back, exercise at home' })).toBeVisible();
}

async function expectAccessibleEitherWay(page: Page): Promise<void> {
  for (const [width, colorScheme] of [
    [390, 'light'],
    [1280, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 3000 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page, `${width} ${colorScheme}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
}

test('a long course becomes one page for a doctor, in the language of who reads it', async ({ page }) => {
  await openWith(page, fullCourse());
  const paper = page.getByRole('article');
  await page
    .getByLabel(/^What you want to say or ask/)
    .fill('May I go swimming again, and how often? '.repeat(6));

  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  for (const words of [
    'Exercise is locked: the answers asked to be seen soon.',
    'Pain, week by week',
    'Better than at the start',
    'The latest change is large enough to matter (MCID).',
    'Worst pain, week by week',
    'Since starting, my upper back is: much better',
    'carrying on the days after work',
    'Sensors: Lower back, Upper back · simulated',
    'not used any more; not compared with the others',
    'Kneeling turn · left less right',
    'Part of this page is simulated',
    'Sensors: not checked by a clinic.',
    'May I go swimming again',
    'they are not radiographic',
    'Where the numbers come from',
  ])
    await expect(paper).toContainText(words);
  await expect(paper.getByText(/^and \d+ more$/)).toHaveCount(4);
  await expect(page.getByRole('button', { name: 'Print or save as PDF' })).toBeHidden();
  await expect(page.getByRole('navigation')).toBeHidden();
  expect(await printedPageCount(page)).toBe(1);

  // Every footnote that a figure names is there, and none is without a figure.
  const named = new Set(
    (await paper.locator('sup').allTextContents()).map((text) => Number(text.replaceAll(/\D/g, ''))),
  );
  const notes = await paper.locator('.report-notes li').count();
  expect([...named].sort((a, b) => a - b)).toEqual(Array.from({ length: notes }, (_, i) => i + 1));

  await page.emulateMedia({ media: 'screen' });
  await expectAccessibleEitherWay(page);
  await page.getByRole('radio', { name: 'Português' }).press('Space');
  await expect(paper).toHaveAttribute('lang', 'pt');
  await expect(paper).toContainText('De onde vêm os números');
  await expect(page.getByRole('button', { name: 'Print or save as PDF' })).toBeVisible();
  expect(await printedPageCount(page)).toBe(1);
});

test('a page without anything yet says so, and prints', async ({ page }) => {
  await openWith(page, []);
  const paper = page.getByRole('article');
  await expect(paper).toContainText('The safety questions have not been answered.');
  await expect(paper).toContainText('Not enough answers yet.');
  await expect(paper).toContainText('Not tested with sensors yet.');
  await expect(paper).toContainText('No plan yet.');
  expect(await printedPageCount(page)).toBe(1);
});
