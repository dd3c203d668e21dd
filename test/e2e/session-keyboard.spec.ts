import { expect, test, type Page } from '@playwright/test';
import { keysOn } from './hands.ts';
import { hurried, letPaceBeSet } from './hurry.ts';
import { answerSafety, countMoves } from './journey.ts';

const SLOW = { timeout: 60_000 };

async function expectHeading(page: Page, name: string): Promise<void> {
  // Whoever cannot see the page change is put at its beginning.
  await expect(page.getByRole('heading', { level: 1, name })).toBeFocused(SLOW);
}

/** What regions that are read out say from now on, in its order; the list grows. */
async function announcementsOf(page: Page): Promise<readonly string[]> {
  const heard: string[] = [];
  await page.exposeFunction('announced', (words: string) => void heard.push(words));
  await page.evaluate(() => {
    const { announced } = globalThis as unknown as { announced: (words: string) => void };
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest('[role="status"], [aria-live="polite"]');
        if (region?.textContent) announced(region.textContent);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return heard;
}

test('a session is done by keys alone, from Today to Done', async ({ page }) => {
  await letPaceBeSet(page);
  await page.addInitScript(() => {
    localStorage.setItem('thora-preferences', '{"door":"exercise","kit":"virtual"}');
  });
  await answerSafety(page);
  const { press, choose } = keysOn(page);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const pressNow = async (name: string) => {
    await expect(button(name)).toBeVisible(SLOW);
    await press(button(name));
  };

  await press(page.getByRole('link', { name: 'A session of your own' }));
  await pressNow('Start');
  await expectHeading(page, 'How is your back right now?');
  await choose(page.getByRole('radio', { name: '2', exact: true }));
  await expectHeading(page, 'Leave the sensors on the table');
  const aloud = await announcementsOf(page);
  await hurried(page, async () => {
    await pressNow('They are on');
    await expectHeading(page, 'What we found');
  });
  expect(aloud).toContain('Stand still for 4 seconds.');
  expect(aloud).toContain('You stood still long enough.');
  expect(aloud.filter((words) => /seconds? more/.test(words))).toEqual([]);
  await pressNow('Start: Seated turn');
  await expectHeading(page, 'First a test');
  await pressNow('Wait for me');
  await pressNow('Start the test');
  await expectHeading(page, 'Seated turn');
  await countMoves(page, 1);

  const paused = page.getByText('Paused. Rest as long as you like');
  await page.keyboard.press('Space');
  await expect(paused).toBeVisible();
  await page.keyboard.press('Space');
  await expect(paused).toBeHidden();
  await page.keyboard.press('Escape');
  const sheet = page.getByRole('dialog', { name: 'Why do you stop?' });
  await expect(sheet).toBeVisible();
  // What is pressed in the first moments is taken as meant for what lay under the sheet.
  await page.waitForTimeout(500);
  await press(sheet.getByRole('button', { name: 'I am finished' }));
  await expectHeading(page, 'How is your back now?');
  await choose(page.getByRole('radio', { name: '3', exact: true }));
  await expectHeading(page, 'One more thing');
  await pressNow('At the end');
  await expectHeading(page, 'Well done');
  await expect(page.getByText('Saved on this device')).toBeVisible(SLOW);
  await pressNow('Finish');
  await expect(page).toHaveURL(/#\/today$/);
});
