import { expect, test, type Locator, type Page } from '@playwright/test';
import type { JournalEntry } from '../../src/core/care/care-journal.ts';
import { countedSessions } from '../../src/core/care/programme/done-share.ts';
import { ABLE, Diary } from '../core/care/programme/programme-person.ts';
import { full } from '../core/care/safety/journal-of.ts';
import { layJournal, readJournal } from '../support/stored-sessions.ts';
import { stopBecause } from './journey.ts';

/* What happens to a session of the programme when its page is hidden, left, closed, or up past midnight. */

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

test.use({ timezoneId: 'Europe/Lisbon', reducedMotion: 'reduce' });

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Somebody in their second week without sensors, at this hour UTC of a day with a session. @returns that day */
async function comeIn(page: Page, hour: number): Promise<number> {
  await page.addInitScript(() => {
    localStorage.setItem('thora-preferences', '{"door":"exercise","sound":"silent"}');
    // Presses are stamped by the page's own clock too, which runs ahead here.
    Object.defineProperty(Event.prototype, 'timeStamp', { get: () => performance.now() });
  });
  const diary = new Diary({ ...ABLE, sensorPlaces: [] });
  diary.write(full());
  for (; diary.n < 9 || diary.today().kind !== 'session'; diary.day++) {
    diary.hour = 8;
    diary.answer('pain.avg24', 3);
    diary.decide();
    diary.hour = 18;
    if (diary.n < 9) diary.trainToday({ pain: 3, during: 2, effort: 5 });
  }
  diary.hour = hour;
  await page.clock.install({ time: diary.moment.utcMs });
  await page.goto('./#/today');
  await expect(page.getByRole('link', { name: /^Begin/ })).toBeVisible();
  await layJournal(page, diary.journal);
  await page.reload();
  return diary.day;
}

/** What is asked before a session that was just chosen. */
async function answerBefore(page: Page): Promise<void> {
  const none = button(page, 'None of these');
  const three = page.getByRole('radio', { name: '3', exact: true });
  await expect(none.or(three).first()).toBeVisible();
  if (await none.isVisible()) await none.click();
  await three.click();
  await expect(button(page, 'Start the exercise')).toBeVisible();
}

async function startByTheClock(page: Page): Promise<void> {
  await button(page, 'Start').click();
  await answerBefore(page);
  await button(page, 'Start the exercise').click();
  await expect(button(page, 'Pause')).toBeVisible();
}

/** The clock of the page runs on while what is real, the disk, takes its own time. */
async function runUntil(page: Page, stepMs: number, isThere: () => Promise<boolean>): Promise<void> {
  await expect(async () => {
    await page.clock.runFor(stepMs);
    expect(await isThere()).toBe(true);
  }).toPass({ intervals: [50], timeout: 60_000 });
}

async function setHidden(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

const sessionsOf = (journal: readonly JournalEntry[]) =>
  journal.filter(({ event }) => event.kind === 'sessionDone');

test('a set by the clock waits for a page that is hidden or left, and a session that was closed counts once', async ({
  page,
}) => {
  await comeIn(page, 9);
  await startByTheClock(page);
  const title = page.getByRole('heading', { level: 1 });
  const before = await title.textContent();
  await setHidden(page, 'hidden');
  await page.clock.runFor(MINUTE_MS);
  await setHidden(page, 'visible');
  const sheet = page.getByRole('dialog', { name: 'Welcome back' });
  await expect(sheet).toContainText('out of sight for 60 seconds');
  await expect(title).toHaveText(before ?? '');
  await sheet.getByRole('button', { name: 'Go on' }).click();
  await expect(button(page, 'Pause')).toBeVisible();

  await page.goBack();
  await expect(page.getByText('A session is still open.')).toBeVisible();
  await page.clock.runFor(MINUTE_MS);
  await page.goForward();
  await expect(page.getByText('Paused. Rest as long as you like')).toBeVisible();
  // What is pressed in a page's first moments counts as meant for the button that stood there before.
  await page.clock.runFor(1000);
  await button(page, 'Go on').click();

  await runUntil(page, 10_000, async () => ((await title.textContent()) ?? '').startsWith('Turn '));
  await page.reload();
  await expect(page.getByRole('heading', { name: 'A session was not finished' })).toBeVisible();
  await expect(
    page.getByText("If you did some of an exercise and keep it, it counts as today's session."),
  ).toBeVisible();
  await expect(page.getByText('0 seconds')).toHaveCount(0);
  await button(page, 'Keep it').click();
  await expect(page.getByRole('heading', { level: 1, name: /Side-rib breathing/ })).toBeVisible({
    timeout: 60_000,
  });
  const told = sessionsOf(await readJournal(page)).length;
  await page.goto('./#/today');
  await page.reload();
  await expect(page.getByText('You are done for today. Come back tomorrow.')).toBeVisible();
  await expect(button(page, 'Start')).toHaveCount(0);
  expect(sessionsOf(await readJournal(page))).toHaveLength(told);
});

test('a session that was cut off, and kept after the day was done anew, counts as one with it', async ({
  page,
}) => {
  await comeIn(page, 9);
  const told = sessionsOf(await readJournal(page)).length;
  const title = page.getByRole('heading', { level: 1 });
  const untilTheTurn = () =>
    runUntil(page, 10_000, async () => ((await title.textContent()) ?? '').startsWith('Turn '));
  await startByTheClock(page);
  await untilTheTurn();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'A session was not finished' })).toBeVisible();
  await startByTheClock(page);
  await untilTheTurn();
  await stopBecause(page, 'I am finished');
  await page.clock.runFor(1000);
  await button(page, 'I would rather not say').click();
  await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/: stopped early, with time for \d+ of \d+\./)).toBeVisible();
  await page.clock.runFor(1000);
  await button(page, 'Finish').click();
  await expect(page.getByText("You did today's session after it.")).toBeVisible();
  await button(page, 'Keep it').click();
  await expect(title).toHaveText(/Side-rib breathing/, { timeout: 60_000 });
  await expect.poll(async () => sessionsOf(await readJournal(page)).length).toBe(told + 2);
  const journal = await readJournal(page);
  expect(countedSessions(journal)).toHaveLength(countedSessions(journal.slice(0, -1)).length);
  await page.goto('./#/today');
  await expect(page.getByText('You are done for today. Come back tomorrow.')).toBeVisible();
});

test('Stop stands before a set too, and nothing goes on under its question', async ({ page }) => {
  await comeIn(page, 9);
  await button(page, 'Start').click();
  await answerBefore(page);
  await page.clock.runFor(1000);
  await button(page, 'Stop').click();
  const sheet = page.getByRole('dialog', { name: 'Why do you stop?' });
  await expect(sheet).toBeVisible();
  await page.clock.runFor(MINUTE_MS);
  await expect(sheet).toBeVisible();
  await sheet.getByRole('button', { name: 'I feel dizzy or unwell' }).click();
  await expect(page.getByRole('heading', { name: 'Sit down and rest' })).toBeVisible();
});

test('who says pain in a rest goes on by keys from where they were', async ({ page }) => {
  await comeIn(page, 9);
  await startByTheClock(page);
  const title = page.getByRole('heading', { level: 1 });
  await runUntil(page, 10_000, async () => (await title.textContent()) === 'Rest a little');
  await expect(title).toBeFocused();
  await button(page, 'Wait for me').click();
  await page.getByRole('radio', { name: '3', exact: true }).first().check({ force: true });
  await button(page, 'Say it').click();
  await expect(page.getByText('Noted: pain 3 of 10.')).toBeFocused();
});

test('a reload before the first exercise leaves the day open, and one at the last question of an own session loses its answer alone', async ({
  page,
}) => {
  await comeIn(page, 9);
  const told = sessionsOf(await readJournal(page)).length;
  const unfinished = page.getByRole('heading', { name: 'A session was not finished' });
  const counts = page.getByText("If you did some of an exercise and keep it, it counts as today's session.");
  await button(page, 'Start').click();
  await answerBefore(page);
  await page.reload();
  await expect(unfinished).toBeVisible();
  await expect(counts).toBeVisible();
  await expect(page.getByText('0 seconds')).toHaveCount(0);
  await button(page, 'Keep it').click();
  await expect(page.getByText('It ended before you did anything')).toBeVisible({ timeout: 60_000 });
  await page.goto('./#/today');
  await expect(button(page, 'Start')).toBeVisible();
  expect(sessionsOf(await readJournal(page))).toHaveLength(told);

  await page.goto('./#/exercises/side-rib-breathing');
  await button(page, 'By the clock, without sensors').click();
  await answerBefore(page);
  await button(page, 'Start the exercise').click();
  await page.clock.runFor(MINUTE_MS / 2);
  await stopBecause(page, 'I am finished');
  await expect(page.getByRole('heading', { name: 'How is your back now?' })).toBeVisible();
  await page.reload();
  await expect(unfinished).toBeVisible();
  await expect(counts).toHaveCount(0);
  await button(page, 'Keep it').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Side-rib breathing' })).toBeVisible({
    timeout: 60_000,
  });
  await expect.poll(async () => sessionsOf(await readJournal(page)).length).toBe(told + 1);
  expect(sessionsOf(await readJournal(page)).at(-1)?.event).toMatchObject({
    session: 'tests',
    painBefore: 3,
    painAfter: null,
    exercises: [{ exerciseId: 'E22' }],
  });
  await page.goto('./#/today');
  await expect(button(page, 'Start')).toBeVisible();
});

test('a session that goes on past midnight is one of the evening, and no morning is asked about before the night', async ({
  page,
}) => {
  // In Lisbon ten minutes to midnight.
  const day = await comeIn(page, 22 + 50 / 60);
  await startByTheClock(page);
  await page.clock.runFor(11 * MINUTE_MS);
  await stopBecause(page, 'I am finished');
  await page.clock.runFor(1000);
  await button(page, 'I would rather not say').click();
  await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 60_000 });
  const [done] = sessionsOf(await readJournal(page)).slice(-1);
  expect(done?.day).toBe(day);
  await page.goto('./#/questions');
  await page.reload();
  await expect(page.getByRole('radio').first()).toBeVisible();
  await expect(page.getByText(/before (?:the|your) session/)).toHaveCount(0);
  // The day that has begun is open, and the morning asks.
  await page.clock.setFixedTime((day + 1) * 24 * HOUR_MS + 7 * HOUR_MS);
  await page.goto('./#/today');
  await page.reload();
  await expect(page.getByText('You are done for today.')).toHaveCount(0);
});

test('the second half of a double click answers no question that nobody has read', async ({ page }) => {
  const twice = async (target: Locator) => {
    const box = await target.boundingBox();
    expect(box).not.toBeNull();
    await page.mouse.move(box!.x + box!.width / 2, box!.y + box!.height / 2);
    for (const clickCount of [1, 2]) {
      await page.mouse.down({ clickCount });
      await page.mouse.up({ clickCount });
      await page.waitForTimeout(150);
    }
  };
  const title = page.getByRole('heading', { level: 1 });
  await page.goto('./#/safety');
  await page.getByRole('textbox').fill('52');
  await page.keyboard.press('Enter');
  await expect(title).toHaveText(/^Now or in the last 24 hours: pain or pressure/);
  const first = await title.textContent();
  await twice(page.getByText('No', { exact: true }));
  await expect(title).not.toHaveText(first ?? '');
  const answers = (await readJournal(page)).flatMap(({ event }) =>
    event.kind === 'safetyAnswered' ? Object.keys(event.answers) : [],
  );
  expect(answers).toEqual(['R-19', 'R-01']);
});
