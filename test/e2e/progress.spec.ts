import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import type { JournalEntry } from '../../src/core/care/care-journal.ts';
import { simulateCourse } from '../support/simulated-course.ts';
import { layJournal } from '../support/stored-sessions.ts';
import { expectAccessibleWhenTall } from './axe.ts';

const DAY_MS = 86_400_000;

/** The first days of a course in which pain falls, ending today. */
function courseUntilToday(days: number): JournalEntry[] {
  const today = Math.floor((Date.now() - new Date().getTimezoneOffset() * 60_000) / DAY_MS);
  return simulateCourse(3, { changes: 'pain', rangeCount: 2 })
    .filter(({ day }) => day <= days)
    .map((entry) => ({
      ...entry,
      day: entry.day + today - days,
      atUtcMs: Date.now() + (entry.day - days) * DAY_MS,
    }));
}

async function openWith(page: Page, journal: readonly JournalEntry[], path: string): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('thora-preferences', '{"door":"exercise"}'));
  await page.goto('./#/progress');
  await expect(page.getByRole('heading', { name: 'Progress', level: 1 })).toBeVisible();
  await layJournal(page, journal);
  await page.goto(`./#${path}`);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Narrow and wide, light and dark. */
const expectAccessible = (page: Page): Promise<void> => expectAccessibleWhenTall(page, [390, 1280]);

test('progress says four things in words, and opens each as chart, table and explanation', async ({
  page,
}) => {
  await openWith(page, courseUntilToday(83), '/progress');
  const tiles = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 2 }) });
  await expect(tiles).toHaveCount(4);
  await expect(tiles.nth(0)).toContainText('Better than at the start');
  await expect(tiles.nth(1)).toContainText('No clear change');
  await expectAccessible(page);

  await page.getByRole('link', { name: /^Pain/ }).click();
  await expect(page.getByRole('heading', { name: 'Pain', level: 1 })).toBeVisible();
  const weeks = page.getByRole('region', { name: 'Pain, week by week' });
  await expect(weeks.getByRole('img', { name: /at the start, .* now/ })).toBeVisible();
  await expectAccessible(page);
  await weeks.getByRole('button', { name: 'Show as a table' }).click();
  await expect(weeks.getByRole('row')).toHaveCount(12);
  await weeks.getByRole('button', { name: /Explain this number/ }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText('Pain often settles by itself.');
  await expect(sheet).toContainText('No AI.');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});

test('progress without anything yet says what fills it', async ({ page }) => {
  await openWith(page, [], '/progress');
  await expect(page.getByText('Too early to tell')).toHaveCount(4);
  await page.getByRole('link', { name: /^Movement/ }).click();
  // Who has not said that they wear sensors is not told of theirs.
  await expect(page.getByText(/^Movement tests fill this\. They need sensors/)).toBeVisible();
  await expect(page.getByText('your sensors')).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Go to the movement tests' }).click();
  await expect(page.getByRole('heading', { name: 'How far can you move?' })).toBeVisible();
  // Nor is any place where sensors may sit cut off on a phone.
  await page.setViewportSize({ width: 390, height: 844 });
  const places = page.getByRole('group', { name: 'Where do you wear the sensors?' });
  const longest = places.getByText('Upper back + Lower back + Right arm');
  await expect(longest).toBeVisible();
  expect(await longest.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  const left = places.getByRole('radio', { name: 'Upper back + Left arm' });
  await left.check();
  await page.getByRole('link', { name: 'Today', exact: true }).first().click();
  await page.goBack();
  await expect(left).toBeChecked();
});

test('who said that they wear sensors is asked for a movement test with theirs', async ({ page }) => {
  const sensorPlaces = ['upperBack', 'lowerBack'] as const;
  await openWith(
    page,
    [{ order: 0, atUtcMs: Date.now(), day: 0, event: { kind: 'intakeAnswered', answers: { sensorPlaces } } }],
    '/progress/movement',
  );
  await expect(page.getByText('Do a movement test with your sensors, and this begins.')).toBeVisible();
});

test('what is due is answered by keyboard, kept, and not asked again', async ({ page }) => {
  const course = courseUntilToday(30);
  const lastDay = course.at(-1)?.day ?? 0;
  await openWith(
    page,
    course.filter(({ day }) => day < lastDay),
    '/questions',
  );
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(/on average, over the last 24 hours/);
  await expect(heading).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: '3', exact: true })).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText('And at its worst, over the last 24 hours?');
  await page.getByRole('button', { name: 'I would rather not say' }).press('Enter');
  // Whatever else is due, skipped to the end.
  await expect(async () => {
    const skip = page.getByRole('button', { name: 'I would rather not say' });
    if (await skip.isVisible()) await skip.press('Enter', { timeout: 1000 });
    await expect(heading).toHaveText('Nothing to ask right now', { timeout: 300 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByText('Thank you. 1 answer is kept.')).toBeVisible();
  await page.reload();
  await expect(heading).toHaveText('Nothing to ask right now');
});

test('a card is read, its question answered, and it moves to what was read', async ({ page }) => {
  await openWith(page, courseUntilToday(30), '/learn');
  await expectAccessible(page);
  const now = page.getByRole('region', { name: 'For you now' });
  await now.getByRole('link', { name: /^When to get help/ }).click();
  await expect(page.getByRole('heading', { name: 'Call your emergency number now' })).toBeVisible();
  await page.getByRole('radio', { name: 'Call the emergency number.' }).press('Space');
  await page.getByRole('button', { name: 'Answer', exact: true }).press('Enter');
  await expect(page.getByRole('alert')).toContainText('That is right.');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'All cards', exact: true }).click();
  await expect(now.getByRole('link', { name: /^When to get help/ })).toHaveCount(0);
  await expect(
    page.getByRole('region', { name: 'Already read' }).getByRole('link', { name: /When to get help/ }),
  ).toBeVisible();
});

test('sensor numbers are explained from the person’s own tests', async ({ page }) => {
  await openWith(page, courseUntilToday(30), '/learn/M16');
  await expect(page.getByRole('heading', { name: 'Kneeling turn · Left' })).toBeVisible();
  await expect(page.getByText(/For you, a change counts from 8° on/)).toHaveCount(2);
  await expect(page.getByText(/You have not repeated it within a week yet/)).toHaveCount(2);
});

test('reminders are off until chosen, stay as chosen, and go into a calendar file', async ({ page }) => {
  await openWith(page, [], '/reminders');
  const on = page.getByRole('checkbox', { name: 'Remind me of my session' });
  await expect(on).not.toBeChecked();
  await expect(page.getByRole('link', { name: 'Save the calendar file' })).toHaveCount(0);
  await page.getByLabel('At', { exact: true }).fill('07:45');
  await page.getByRole('checkbox', { name: 'Monday' }).press('Space');
  await on.press('Space');
  await expect(on).toBeChecked();
  await expectAccessible(page);
  await page.reload();
  await expect(on).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Monday' })).not.toBeChecked();
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save the calendar file' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('thora-reminders.ics');
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toContain('RRULE:FREQ=WEEKLY;BYDAY=TU,WE,TH,FR\r\n');
  expect(text).toContain('T074500\r\n');
});
