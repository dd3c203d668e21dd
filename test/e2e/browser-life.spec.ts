import { expect, test, type Page } from '@playwright/test';
import { countMoves, startDemonstration, startTest, strapOn } from './journey.ts';

/* What a browser does to an app: it may have no Bluetooth, hide the page, or be asked what is the matter. */

async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (value ? 'hidden' : 'visible'),
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

test.describe('on an iPhone', () => {
  test.use({
    viewport: { width: 390, height: 844 },
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  });

  test('who has sensors is told the way, and everything else works', async ({ page }) => {
    await page.goto('./#/welcome');
    await page.getByRole('button', { name: 'I have sensors' }).click();
    await page.getByRole('link', { name: 'How to use my sensors' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sensors need another way in');
    await expect(page.getByText('You seem to use Safari on an iPhone or iPad.')).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'App Store' })).toContainText('Bluefy');
    await page.getByRole('link', { name: 'Open, play and export recordings made elsewhere' }).click();
    await page.locator('.example').first().click();
    await expect(page.locator('.plot canvas')).toBeVisible({ timeout: 60_000 });
  });
});

test('diagnostics are copied, with the browser in them', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./#/workshop/about');
  await page.getByRole('button', { name: 'Copy diagnostics' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(/^Thora \d/);
  expect(text).toContain('Sensors: none');
});

test('a set that was out of sight is paused, and asks on return whether to go on', async ({ page }) => {
  await startDemonstration(page);
  await strapOn(page);
  await startTest(page);
  await countMoves(page, 1);
  await setHidden(page, true);
  await page.waitForTimeout(3000);
  await setHidden(page, false);
  const sheet = page.getByRole('dialog', { name: 'Welcome back' });
  await expect(sheet).toContainText(/out of sight for \d+ seconds/);
  await sheet.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await countMoves(page, 2);
});

test('a fault of the virtual kit is named where its switch says it will be', async ({ page }) => {
  await page.goto('./#/workshop/virtual-kit');
  await page.getByText('Faults', { exact: true }).click();
  await page.getByRole('checkbox', { name: /^Half rate/ }).check();
  await page.getByRole('checkbox', { name: /^Dead battery/ }).check();
  await page.getByRole('button', { name: 'Record with the virtual kit' }).click();
  await page.getByRole('button', { name: /^Sensors: / }).click();
  const panel = page.getByRole('dialog', { name: 'Your sensors' });
  await expect(panel.getByText('Blue circle gets only half of its samples through.')).toBeVisible();
  await expect(panel.getByText('Blue circle: battery too low for a session')).toBeVisible();
  await expect(panel.getByText('2 of 3 ready')).toBeVisible();
});
