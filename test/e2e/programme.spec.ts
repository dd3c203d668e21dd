import { expect, test, type Locator, type Page } from '@playwright/test';
import type { JournalEntry } from '../../src/core/care/care-journal.ts';
import { readJournal } from '../support/stored-sessions.ts';
import { expectAccessibleWhenTall } from './axe.ts';
import { fingersOn, keysOn, type Hand } from './hands.ts';
import { hurried } from './hurry.ts';
import { answerRound, answerUntil, countMoves, expectClean, stopBecause, strapOn, watch } from './journey.ts';

test.use({ reducedMotion: 'reduce' });

const title = (page: Page): Locator => page.getByRole('heading', { level: 1 });
const heading = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { level: 1, name });
const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: true });

/** Taps on the page, over reloads too. */
async function countTaps(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const count = (): void =>
      sessionStorage.setItem('taps', String(1 + Number(sessionStorage.getItem('taps') ?? 0)));
    addEventListener('pointerdown', count, { capture: true });
  });
  return () => page.evaluate(() => Number(sessionStorage.getItem('taps') ?? 0));
}

/** Consent, who pays, and the safety questions with nothing wrong. @returns how many safety questions there were */
async function comeInSafely(page: Page, hand: Hand): Promise<number> {
  await hand.press(page.getByRole('link', { name: /^Begin/ }));
  await hand.press(page.getByRole('checkbox', { name: 'I have read this and want to go on' }));
  await hand.press(button(page, 'Begin'));
  await expect(heading(page, 'Who covers your care?')).toBeVisible();
  await hand.type(page.getByRole('searchbox'), 'nhs');
  await hand.press(page.getByRole('button', { name: /^National Health Service/ }));
  await expect(page.getByText('We do not know whether it pays for this programme')).toBeVisible();
  await hand.press(button(page, 'Next'));
  await expect(heading(page, 'How old are you?')).toBeVisible();
  return answerRound(page, hand);
}

/** What is ticked where several may be; of all other lists the first. */
const TICKED: Readonly<Record<string, readonly string[]>> = {
  'What matters most to you?': ['Sitting at a desk or driving'],
  'Which positions can you take, and come out of again, on your own?': [
    'Standing',
    'Sitting',
    'On hands and knees',
  ],
  'Where can you wear a sensor?': ['upper back', 'lower back'],
};

/** The questions about the person. @returns how many there were */
async function tellAboutYou(
  page: Page,
  hand: Hand,
  before: (count: number) => Promise<void>,
): Promise<number> {
  return answerUntil(page, /^What you told us/, async (asked, count) => {
    await before(count);
    const texts = page.getByRole('textbox');
    const radios = page.getByRole('radio');
    if (await texts.first().isVisible()) {
      await hand.type(texts.first(), 'driving to work');
      await hand.press(button(page, 'Next'));
    } else if (await radios.first().isVisible())
      await hand.choose(radios.nth((await radios.count()) > 6 ? 4 : 0));
    else {
      const boxes = page.getByRole('checkbox');
      for (const name of TICKED[asked] ?? [])
        await hand.press(page.getByRole('checkbox', { name, exact: true }));
      if (TICKED[asked] === undefined) await hand.press(boxes.first());
      await hand.press(button(page, 'Next'));
    }
  });
}

/** More than this many taps from the welcome page to the first plan would be a form, not a conversation. */
const MOST_TAPS_TO_PLAN = 60;

test('a newcomer comes in, answers few questions, does a first session and sees what comes next', async ({
  page,
  baseURL,
}) => {
  const seen = await watch(page, baseURL ?? '');
  const taps = await countTaps(page);
  const hand = fingersOn();
  await page.goto('./');
  await button(page, 'I exercise at home').click();
  const safety = await comeInSafely(page, hand);
  await button(page, 'Go on').click();
  const about = await tellAboutYou(page, hand, async (count) => {
    if (count !== 5) return;
    // Whoever closes the page in the middle goes on where they were.
    const asked = (await title(page).textContent()) ?? '';
    await page.reload();
    await expect(title(page)).toHaveText(asked);
  });
  await button(page, 'This is right: make my plan').click();
  await expect(heading(page, /^Good/)).toBeVisible();
  const tapsToPlan = await taps();
  await page.getByRole('link', { name: /^How are you/ }).click();
  const baseline = await answerUntil(page, /^Nothing to ask/, () => page.getByRole('radio').nth(4).click());
  test.info().annotations.push({
    type: 'coming in',
    description: `${safety} questions about safety, ${about} about the person, ${baseline} on the first day, ${tapsToPlan} taps to the plan`,
  });
  expect([safety, about]).toEqual([26, 16]);
  expect(baseline).toBeLessThanOrEqual(5);
  expect(tapsToPlan).toBeLessThanOrEqual(MOST_TAPS_TO_PLAN);

  await page.getByRole('link', { name: 'Go to today' }).click();
  await expect(page.getByRole('link', { name: /^How are you/ })).toHaveCount(0);
  await expect(page.locator('.today-list li')).not.toHaveCount(0);
  // This browser hears no sensors: the clock leads.
  await button(page, 'Start').click();
  await page.getByRole('radio', { name: '4', exact: true }).click();
  await button(page, 'Start the exercise').click();
  await expect(title(page)).toHaveText(/(?<!\d)[2-9] of \d+$/, { timeout: 60_000 });
  await stopBecause(page, 'I am finished');
  await button(page, 'I would rather not say').click();
  await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 60_000 });
  await button(page, 'Finish').click();
  await expect(heading(page, /^Good/)).toBeVisible();
  await expect(page.getByText('You are done for today. Come back tomorrow.')).toBeVisible();
  await expect(button(page, 'Start')).toHaveCount(0);
  expectClean(seen);
});

test('coming in, the plan, the questions and the cards are done by keys alone', async ({ page }) => {
  const hand = keysOn(page);
  await page.goto('./#/today');
  await comeInSafely(page, hand);
  await hand.press(button(page, 'Go on'));
  await tellAboutYou(page, hand, () => expect(title(page)).toBeFocused());
  await hand.press(button(page, 'This is right: make my plan'));
  await expect(heading(page, /^Good/)).toBeVisible();
  await hand.press(page.getByRole('link', { name: /^How are you/ }));
  await answerUntil(page, /^Nothing to ask/, () => hand.choose(page.getByRole('radio').nth(4)));
  await hand.press(page.getByRole('link', { name: 'See your progress' }));
  await hand.press(page.getByRole('link', { name: /^Pain/ }));
  await hand.press(page.getByRole('button', { name: /^Explain this number/ }).first());
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await hand.press(page.getByRole('link', { name: 'Learn' }));
  await hand.press(page.getByRole('region', { name: 'For you now' }).getByRole('link').first());
  await hand.choose(page.getByRole('radio').first());
  await expect(page.getByRole('alert')).toBeVisible();
  await page.goto('./#/plan');
  const howMuch = page.getByRole('button', { name: /^Explain this number.*How much of each$/ });
  const top = async (part: Locator) => (await part.boundingBox())?.y ?? NaN;
  expect(await top(howMuch)).toBeLessThan(await top(page.locator('.today-list')));
  await hand.press(page.getByRole('button', { name: /^Explain this number/ }).first());
  await expect(page.getByRole('dialog')).toContainText('Fixed rules, version');
  await page.keyboard.press('Escape');
  await hand.press(page.getByRole('link', { name: 'Something about my health has changed' }));
  await expect(title(page)).toBeVisible();
});

const testedIn = (journal: readonly JournalEntry[]): readonly string[] =>
  journal.flatMap(({ event }) =>
    event.kind === 'sessionDone' ? event.ranges.map(({ metric }) => metric) : [],
  );

test('with sensors the first day begins with a test of how far the person moves, and no page breaks a rule at 360 px', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.addInitScript(() =>
    localStorage.setItem('thora-preferences', '{"door":"exercise","kit":"virtual","sound":"silent"}'),
  );
  const hand = fingersOn();
  await page.goto('./#/coming-in');
  await expect(heading(page, 'Before we begin')).toBeVisible();
  await expectAccessibleWhenTall(page);
  await page.goto('./#/today');
  await comeInSafely(page, hand);
  await expectAccessibleWhenTall(page);
  await button(page, 'Go on').click();
  const kinds = new Set<string | null>();
  await tellAboutYou(page, hand, async () => {
    const kind = await page.locator('main input, main textarea').first().getAttribute('type');
    if (!kinds.has(kind)) await expectAccessibleWhenTall(page);
    kinds.add(kind);
  });
  expect(kinds.size).toBeGreaterThan(2);
  await expectAccessibleWhenTall(page);
  await button(page, 'This is right: make my plan').click();
  await expect(page.locator('.today-list li')).not.toHaveCount(0);
  await expectAccessibleWhenTall(page);
  await page.goto('./#/plan');
  await expect(heading(page, /plan/i)).toBeVisible();
  await expectAccessibleWhenTall(page);
  await page.goto('./#/questions');
  await answerUntil(page, /^Nothing to ask/, async (_asked, count) => {
    if (count < 2) await expectAccessibleWhenTall(page);
    await page.getByRole('radio').nth(4).click();
  });
  await expectAccessibleWhenTall(page);

  await page.goto('./#/today');
  await expect(page.getByText(/^Test: /).first()).toBeVisible();
  await button(page, 'Start').click();
  await page.getByRole('radio', { name: '4', exact: true }).click();
  await strapOn(page);
  await page.getByRole('button', { name: /^Start: / }).click();
  await button(page, 'Start the test').click();
  await countMoves(page, 4);
  // Pain is asked after a test, in its rest.
  await hurried(page, () => expect(heading(page, 'Rest a little')).toBeVisible({ timeout: 120_000 }));
  await expect(page.getByText('Any pain in that set? You can skip this.')).toBeVisible();
  await stopBecause(page, 'I am finished');
  await button(page, 'I would rather not say').click();
  await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 60_000 });
  await button(page, 'Finish').click();
  // The test stands; the exercises of the day are still there to be done.
  await expect(button(page, 'Start')).toBeVisible();
  await expect(page.locator('.today-list li')).not.toHaveCount(0);
  await expect(page.getByText(/^Test: /)).toHaveCount(0);
  expect(testedIn(await readJournal(page)).length).toBeGreaterThan(0);
});
