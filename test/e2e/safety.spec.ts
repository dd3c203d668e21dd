import { expect, test, type Page } from '@playwright/test';
import type { CareEvent } from '../../src/core/care/care-journal.ts';
import type { SafetyAnswers } from '../../src/core/care/safety/safety-event.ts';
import { expectAccessibleWhenTall } from './axe.ts';
import { fingersOn, keysOn } from './hands.ts';
import {
  answerRound,
  answerSafety,
  layJournal,
  safetyAnswered,
  startDemonstration,
  stopBecause,
  strapOn,
} from './journey.ts';

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
const ROUTES = [
  '/today',
  '/today/own',
  '/today/tests',
  '/session',
  '/exercises',
  '/exercises/open-book',
  '/plan',
  '/questions',
  '/coming-in',
];
/** Pages to read, which only an emergency closes. */
const READ_ONLY = ['/progress', '/learn', '/learn/M01'];

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
  await expectAccessibleWhenTall(page);
  const keys = keysOn(page);
  await keys.type(page.getByRole('textbox'), '52');
  await page.keyboard.press('Enter');
  await expect(heading(page, /^Now or in the last 24 hours/)).toBeFocused();
  await page.reload();
  await expect(heading(page, /^Now or in the last 24 hours/)).toBeVisible();
  await answerRound(page, keys);
  await expect(heading(page, 'Thank you. You can start.')).toBeVisible();
  await expectAccessibleWhenTall(page);
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

test('whoever cannot get down to the floor is offered no position there, and is not asked to kneel', async ({
  page,
}) => {
  const answers = { painSince: 'weeks', painNow: 3, painAverage24h: 3, painWorst24h: 4 } as const;
  await layJournal(
    page,
    { hoursAgo: 1, event: { kind: 'consentGiven', textVersion: '1' } },
    { hoursAgo: 1, event: { kind: 'coverageSaid', state: 'self', payerId: null, payerName: '' } },
    answered(1, { 'R-28': ['no'] }),
    { hoursAgo: 1, event: { kind: 'intakeAnswered', answers } },
    {
      hoursAgo: 1,
      event: {
        kind: 'intakeAnswered',
        answers: {
          settles: 'under2h',
          wakesAtNight: 'no',
          hardThings: [],
          goals: ['desk'],
          confidence: 5,
          worry: 2,
          work: 'desk',
          activeMinutesPerWeek: 'under60',
          arms: 'both',
        },
      },
    },
  );
  await page.goto('./#/coming-in');
  await expect(heading(page, /^Which positions can you take/)).toBeVisible();
  await expect(page.getByText('Lying down means on a bed.')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Sitting', exact: true })).toBeVisible();
  for (const name of ['On hands and knees', 'Sitting on your heels', 'Lying face down'])
    await expect(page.getByRole('checkbox', { name, exact: true })).toHaveCount(0);
  await page.goto('./#/today/tests');
  const irritable = page.getByRole('radiogroup', { name: 'Once it hurts, does it take hours to calm down?' });
  await expect(irritable.getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Start/ })).toBeDisabled();
  await irritable.getByRole('radio', { name: 'No' }).check({ force: true });
  await expect(page.getByRole('checkbox', { name: /^Seated turn/ })).toBeChecked();
  await expect(page.getByText('Can you kneel on the floor today?')).toHaveCount(0);
  await expect(page.getByRole('checkbox', { name: /^Kneeling turn/ })).toHaveCount(0);
});

test('nothing that a person has not come in for is shown or asked', async ({ page }) => {
  await page.goto('./#/questions');
  await expect(heading(page, 'Before we begin')).toBeVisible();
  await page.goto('./#/plan');
  await expect(page.getByText('There is no plan yet.')).toBeVisible();
  await page.goto('./#/progress');
  await expect(page.getByText('Your programme has not begun.')).toBeVisible();
  await page.goto('./#/today/tests');
  const answers = page.getByRole('radiogroup').getByRole('radio');
  await expect(answers).toHaveCount(4);
  await expect(page.getByRole('radiogroup').getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Start/ })).toBeDisabled();
});

test.describe('in Portugal', () => {
  test.use({ timezoneId: 'Europe/Lisbon' });

  test('the emergency number is one tap away, and those of elsewhere are named', async ({ page }) => {
    await layJournal(page, answered(1, { 'R-02': ['yes'] }));
    await expect(page.getByRole('link', { name: 'Call 112' })).toHaveAttribute('href', 'tel:112');
    await expect(page.getByRole('link', { name: '999 the United Kingdom' })).toHaveAttribute(
      'href',
      'tel:999',
    );
    await expectAccessibleWhenTall(page);
  });
});

test.describe('where no number is known for sure', () => {
  test.use({ timezoneId: 'Asia/Tokyo' });

  test('none is put forward, and each says where it holds', async ({ page }) => {
    await layJournal(page, answered(1, { 'R-02': ['yes'] }));
    await expect(page.getByRole('link', { name: '112 Europe' })).toHaveAttribute('href', 'tel:112');
    await expect(page.getByRole('link', { name: /^Call/ })).toHaveCount(0);
  });
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
  await expectAccessibleWhenTall(page);
  await page.getByRole('button', { name: /^Chest pain or pressure/ }).click();
  await page.getByRole('radio', { name: 'Yes' }).click();
  await expect(heading(page, EMERGENCY)).toBeVisible();
  await expectAccessibleWhenTall(page);
  await expect(heading(other, EMERGENCY)).toBeVisible();
  await other.close();
  await expectLocked(page, EMERGENCY);
  for (const path of READ_ONLY) {
    await page.goto(`./#${path}`);
    await expect(heading(page, EMERGENCY)).toBeVisible();
  }

  // Nobody has been seen a minute later, and nothing opens it within a day.
  await page.goto('./#/today');
  await expect(page.getByRole('button', { name: 'I was seen and told I may exercise' })).toHaveCount(0);
  await expect(page.getByText(/being seen takes its time/)).toBeVisible();
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
  await expectAccessibleWhenTall(page);
  await sayToday(page);
  await page.getByRole('button', { name: 'Answer all questions again' }).click();
  await answerRound(page, fingersOn(), async () => {
    await expect(page.getByText(/^Do you have a fever/)).toBeVisible();
    await page.getByRole('button', { name: 'No, it is not new and no worse' }).click();
  });
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
  await page.goto('./#/progress');
  await expect(heading(page, 'Progress')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Start/ })).toHaveCount(0);
  await page.goto('./#/today');
  await expectAccessibleWhenTall(page);
  await page.getByRole('link', { name: 'A page for your doctor' }).click();
  await expect(heading(page, 'A page for your doctor')).toBeVisible();
  await expect(page.getByText('Yes, once a broken bone in the back')).toBeVisible();
  await expectAccessibleWhenTall(page);
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

test('a lock is read, taken to a doctor and opened by keys alone', async ({ page }) => {
  await layJournal(page, answered(1, { 'R-16': ['fracture'] }));
  const hand = keysOn(page);
  for (const path of ROUTES) {
    await page.goto(`./#${path}`);
    await page.reload();
    await expect(heading(page, REVIEW)).toBeVisible();
    await expect(page.getByRole('button', { name: /^Start/ })).toHaveCount(0);
  }
  await hand.press(page.getByRole('link', { name: 'A page for your doctor' }));
  await expect(heading(page, 'A page for your doctor')).toBeVisible();
  await hand.press(page.getByRole('link', { name: 'Back' }));
  await hand.press(page.getByRole('button', { name: 'I tapped by mistake' }));
  await hand.press(page.getByRole('button', { name: 'Back' }));
  await hand.press(page.getByRole('button', { name: 'I was seen and told I may exercise' }));
  const date = page.getByLabel('On which day?');
  const [year, month, day] = ((await date.getAttribute('max')) ?? '').split('-');
  // Chromium's own order, whatever the page's language.
  await hand.type(date, `${month}${day}${year}`);
  await hand.choose(page.getByRole('radio', { name: 'A doctor' }));
  await expect(heading(page, REVIEW)).toHaveCount(0);
  await page.goto('./#/today');
  await page.reload();
  await expect(page.getByRole('link', { name: 'A session of your own' })).toBeVisible();
});

test('who is too young has no way on but a corrected age', async ({ page }) => {
  await layJournal(page, answered(1, { 'R-19': ['16'] }));
  await expectLocked(page, ADULTS);
  await page.goto('./#/today');
  await expect(page.getByRole('button', { name: 'I was seen and told I may exercise' })).toHaveCount(0);
  await expectAccessibleWhenTall(page);
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
  await stopBecause(page, 'I feel dizzy or unwell');
  await expect(heading(page, 'Sit down and rest')).toBeVisible();
  await expectAccessibleWhenTall(page);
  await page.getByRole('button', { name: 'A sharp stab when I breathe in' }).click();
  await page.getByRole('radio', { name: 'No' }).click();
  await page.getByRole('button', { name: /^Chest pain, short breath/ }).click();
  await expect(heading(page, EMERGENCY)).toBeVisible();
  await page.goto('./#/today');
  await page.reload();
  await expect(heading(page, EMERGENCY)).toBeVisible();
});

test('of two people on one device the other is free while one is locked, and no answers are mixed', async ({
  page,
}) => {
  await layJournal(page, answered(1, { 'R-16': ['fracture'] }));
  await expect(heading(page, REVIEW)).toBeVisible();
  await page.goto('./#/settings/data');
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByLabel('Your own name').fill('Ana');
  await page.getByLabel("The other person's name").fill('Rui');
  await page.getByRole('dialog').getByRole('button', { name: 'Add and go there' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.goto('./#/today/own');
  // Nothing of Ana's lock or of her answers: Rui is asked from the first question on.
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(heading(page, 'How old are you?')).toBeVisible();
  await page.getByRole('textbox').fill('33');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(heading(page, /^Now or in the last 24 hours/)).toBeVisible();
  await page.goto('./#/settings/data');
  await page.getByRole('button', { name: 'I am somebody else' }).click();
  await page.getByRole('button', { name: 'Ana' }).click();
  await page.goto('./#/today/own');
  await expect(heading(page, REVIEW)).toBeVisible();
  await expect(page.getByText('Yes, once a broken bone in the back')).toBeVisible();
  await page.goto('./#/safety/doctor');
  await expect(page.getByText('40', { exact: true })).toBeVisible();
  await expect(page.getByText('33', { exact: true })).toHaveCount(0);
});
