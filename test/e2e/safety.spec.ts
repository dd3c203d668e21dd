import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import type { CareEvent } from '../../src/core/care/care-journal.ts';
import type { SafetyAnswers } from '../../src/core/care/safety/safety-event.ts';
import { answerSafety, layJournal, safetyAnswered, startDemonstration, strapOn } from './journey.ts';

test.use({ reducedMotion: 'reduce' });
test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    localStorage.setItem('thora-preferences', JSON.stringify({ door: 'exercise', kit: 'virtual' }));
  });
});

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const EMERGENCY = 'Call your local emergency number now';
const URGENT = 'Get medical help today';
const REVIEW = 'See a doctor before you start';
const ADULTS = 'This programme is for adults';

/** Every address behind which something could be started. */
const ROUTES = ['/today', '/today/own', '/today/tests', '/session', '/exercises', '/exercises/open-book'];

async function expectLocked(page: Page, title: string): Promise<void> {
  for (const path of ROUTES) {
    await page.goto(`./#${path}`);
    await expect(heading(page, title)).toBeVisible();
    await expect(page.getByRole('button', { name: /^Start/ })).toHaveCount(0);
  }
  await page.reload();
  await expect(heading(page, title)).toBeVisible();
  // Neither the demonstration nor the workshop's recording begins.
  await page.goto('./#/welcome');
  await page.getByRole('button', { name: 'Try it now, no sensors' }).click();
  await expect(heading(page, title)).toBeVisible();
  await page.goto('./#/workshop/virtual-kit');
  await page.getByRole('button', { name: 'Record with the virtual kit' }).click();
  await expect(heading(page, title)).toBeVisible();
}

async function expectNoViolation(page: Page): Promise<void> {
  const size = page.viewportSize() ?? { width: 390, height: 844 };
  // Tall enough that the bar at the bottom covers no target: whoever scrolls meets each of them uncovered.
  await page.setViewportSize({ width: size.width, height: 2400 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join()}`)).toEqual(
      [],
    );
  }
  await page.setViewportSize(size);
}

/** As long ago as said: `others` beside answers that are all well. */
const answered = (hoursAgo: number, others: SafetyAnswers) => ({ hoursAgo, event: safetyAnswered(others) });
const seenToday = (hoursAgo: number): { readonly hoursAgo: number; readonly event: CareEvent } => ({
  hoursAgo,
  event: {
    kind: 'seenSaid',
    seenDay: Math.floor((Date.now() - hoursAgo * 3_600_000) / 86_400_000),
    byWhom: 'doctor',
    said: '',
  },
});

async function sayMistake(page: Page, answer: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'I tapped by mistake' }).click();
  await page.getByRole('radio', { name: answer }).click();
}

async function sayToday(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'I was seen and told I may exercise' }).click();
  const date = page.getByLabel('On which day?');
  const today = await date.getAttribute('max');
  await date.fill(today ?? '');
  await page.getByRole('radio', { name: 'A doctor' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
}

test('a newcomer answers one question a page, by keyboard alone, and goes on where they were after a reload', async ({
  page,
}) => {
  await page.goto('./#/today/own');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(heading(page, 'How old are you?')).toBeVisible();
  await expectNoViolation(page);
  await page.getByRole('textbox').focus();
  await page.keyboard.type('52');
  await page.keyboard.press('Enter');
  await expect(heading(page, /^Now or in the last 24 hours/)).toBeFocused();
  await page.reload();
  await expect(heading(page, /^Now or in the last 24 hours/)).toBeVisible();
  for (let asked = 0; asked < 25; asked++) {
    const title = await page.getByRole('heading', { level: 1 }).textContent();
    const several = page.getByRole('button', { name: 'None of these' });
    if (await several.isVisible()) {
      await several.focus();
      await page.keyboard.press('Enter');
    } else {
      await page
        .getByRole('radio', { name: title?.startsWith('Can you get') === true ? 'Yes' : 'No', exact: true })
        .focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Enter');
    }
    await expect(heading(page, title ?? '')).toHaveCount(0);
  }
  await expect(heading(page, 'Thank you. You can start.')).toBeVisible();
  await expectNoViolation(page);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.goto('./#/today/own');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(heading(page, 'How is your back right now?')).toBeVisible();
});

test('coming in asks for safety before anything about the person', async ({ page }) => {
  const { 'R-28': floor, ...most } = safetyAnswered().answers;
  expect(floor).toBeDefined();
  await layJournal(
    page,
    { hoursAgo: 0, event: { kind: 'consentGiven', textVersion: '1' } },
    { hoursAgo: 0, event: { kind: 'coverageSaid', state: 'self', payerId: null, payerName: '' } },
    { hoursAgo: 0, event: { kind: 'safetyAnswered', form: 'full', answers: most } },
  );
  await page.goto('./#/coming-in');
  await expect(heading(page, 'Can you get down on the floor and up again by yourself?')).toBeVisible();
  await page.getByRole('radio', { name: 'No' }).click();
  await expect(page.getByText('We leave out or change some moves')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText(/^About you/)).toBeVisible();
});

test('an answer that is an emergency shows its page at once and locks every route, also in another tab', async ({
  page,
  context,
}) => {
  await answerSafety(page, 5);
  const other = await context.newPage();
  await other.goto('./#/today/own');
  await expect(other.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
  await page.goto('./#/today/own');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expectNoViolation(page);
  await page.getByRole('button', { name: /^Chest pain or pressure/ }).click();
  await page.getByRole('radio', { name: 'Yes' }).click();
  await expect(heading(page, EMERGENCY)).toBeVisible();
  await expectNoViolation(page);
  await expect(heading(other, EMERGENCY)).toBeVisible();
  await other.close();
  await expectLocked(page, EMERGENCY);

  // The statement alone opens nothing, and nothing else opens it within a day.
  await page.goto('./#/today');
  await sayToday(page);
  await expect(page.getByText(/^The questions can be answered again from/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Answer all questions again' })).toHaveCount(0);
  // But for a mistake, which can be said once.
  await sayMistake(page, 'Yes');
  await expect(heading(page, EMERGENCY)).toBeVisible();
  await expect(page.getByRole('button', { name: 'I tapped by mistake' })).toHaveCount(0);
});

test('a corrected mistake opens an emergency at once', async ({ page }) => {
  await layJournal(page, answered(1, { 'R-01': ['yes'] }));
  await expect(heading(page, EMERGENCY)).toBeVisible();
  await sayMistake(page, 'No');
  await expect(heading(page, EMERGENCY)).toHaveCount(0);
  await page.goto('./#/today/own');
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
});

test('what needs care today opens by the statement and all questions again', async ({ page }) => {
  await layJournal(page, answered(1, { 'R-08': ['yes'] }));
  await expectLocked(page, URGENT);
  await page.goto('./#/today');
  await expectNoViolation(page);
  await sayToday(page);
  await page.getByRole('button', { name: 'Answer all questions again' }).click();
  await page.getByRole('textbox').fill('52');
  await page.getByRole('button', { name: 'Next' }).click();
  for (let asked = 0; asked < 25; asked++) {
    const title = await page.getByRole('heading', { level: 1 }).textContent();
    if (title === 'Is this new or worse since you were seen?') {
      await expect(page.getByText(/^Do you have a fever/)).toBeVisible();
      await page.getByRole('button', { name: 'No, it is not new and no worse' }).click();
    } else if (await page.getByRole('button', { name: 'None of these' }).isVisible())
      await page.getByRole('button', { name: 'None of these' }).click();
    else {
      const name = title?.startsWith('Can you get') === true ? 'Yes' : 'No';
      await page.getByRole('radio', { name, exact: true }).click();
    }
    await expect(heading(page, title ?? '')).toHaveCount(0);
  }
  await expect(heading(page, URGENT)).toHaveCount(0);
  await page.goto('./#/today/own');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
});

test('an emergency of yesterday offers the questions after the statement', async ({ page }) => {
  await layJournal(page, answered(25, { 'R-02': ['yes'] }), seenToday(2));
  await page.getByRole('button', { name: 'Answer all questions again' }).click();
  await expect(heading(page, 'How old are you?')).toBeVisible();
});

test('what a doctor should see first opens by the statement, and has a page to print', async ({ page }) => {
  await layJournal(page, answered(1, { 'R-16': ['fracture'] }));
  await expectLocked(page, REVIEW);
  await page.goto('./#/today');
  await expectNoViolation(page);
  await page.getByRole('link', { name: 'A page for your doctor' }).click();
  await expect(heading(page, 'A page for your doctor')).toBeVisible();
  await expect(page.getByText('Yes, once a broken bone in the back')).toBeVisible();
  await expectNoViolation(page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: 'Print or save' })).toBeHidden();
  await expect(page.getByRole('heading', { name: 'What to ask' })).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('link', { name: 'Back' }).click();
  await sayToday(page);
  await expect(heading(page, REVIEW)).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('link', { name: 'A session of your own' })).toBeVisible();
});

test('who is too young has no way on but a corrected age', async ({ page }) => {
  await layJournal(page, answered(1, { 'R-19': ['16'] }));
  await expectLocked(page, ADULTS);
  await page.goto('./#/today');
  await expect(page.getByRole('button', { name: 'I was seen and told I may exercise' })).toHaveCount(0);
  await expectNoViolation(page);
  await page.getByRole('button', { name: 'I tapped by mistake' }).click();
  await page.getByRole('textbox').fill('61');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(heading(page, ADULTS)).toHaveCount(0);
});

test('who feels chest pain in a session is told to call for help, and stays locked', async ({ page }) => {
  await startDemonstration(page);
  await strapOn(page);
  await page.getByRole('button', { name: 'Start: Seated turn' }).click();
  await page.getByRole('button', { name: 'Start the test' }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.waitForTimeout(500);
  await page.getByRole('button', { name: 'I feel dizzy or unwell' }).click();
  await expect(heading(page, 'Sit down and rest')).toBeVisible();
  await expectNoViolation(page);
  await page.getByRole('button', { name: 'A sharp stab when I breathe in' }).click();
  await page.getByRole('radio', { name: 'No' }).click();
  await page.getByRole('button', { name: /^Chest pain, short breath/ }).click();
  await expect(heading(page, EMERGENCY)).toBeVisible();
  await page.goto('./#/today');
  await page.reload();
  await expect(heading(page, EMERGENCY)).toBeVisible();
});
