import { expect, test } from '@playwright/test';
import { expectAccessibleInBothSchemes } from './axe.ts';
import { countMoves, startDemonstration, startRecording, stopAndSave, strapOn } from './journey.ts';

const PAGES = [
  '/welcome',
  '/today',
  '/today/own',
  '/coming-in',
  '/plan',
  '/today/tests',
  '/no-such-page',
  '/sessions',
  '/exercises',
  '/exercises/open-book',
  '/settings',
  '/settings/data',
  '/patients',
  '/workshop',
  '/workshop/virtual-kit',
  '/workshop/sensors',
  '/workshop/about',
  '/browser',
];

test.use({ reducedMotion: 'reduce' });

/** More than the bar at the bottom takes. */
const BAR_PX = 200;

test('no page breaks an accessibility rule', async ({ page }) => {
  const size = page.viewportSize() ?? { width: 390, height: 844 };
  await page.goto('./');
  for (const path of PAGES) {
    await page.goto(`./#${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText('Reading the sessions on this device')).toHaveCount(0);
    // Tall enough that the bar at the bottom covers no target: whoever scrolls meets each of them uncovered.
    const tall = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: size.width, height: tall + BAR_PX });
    await expectAccessibleInBothSchemes(page, path);
    await page.setViewportSize(size);
  }
  await page.goto('./#/today/own');
  await page.getByRole('button', { name: 'Choose other movements' }).click();
  await expectAccessibleInBothSchemes(page, 'movements');
});

test('no step of a session breaks an accessibility rule', async ({ page }) => {
  await startRecording(page);
  await expectAccessibleInBothSchemes(page, 'connect');
  await expect(page.getByRole('button', { name: 'They are on' })).toBeVisible({ timeout: 60_000 });
  await expectAccessibleInBothSchemes(page, 'strap on');
  await strapOn(page);
  await expectAccessibleInBothSchemes(page, 'what we found');
  await page.getByRole('button', { name: 'Start: Seated turn' }).click();
  // With the countdown and without: what is looked at must not go on by itself.
  await expect(page.getByRole('timer')).toBeVisible();
  await page.getByRole('button', { name: 'Wait for me' }).click();
  await expectAccessibleInBothSchemes(page, 'position');
  await page.getByRole('button', { name: 'Start the test' }).click();
  await countMoves(page, 1);
  // On a slow machine the set would end while it is looked at.
  await page.getByRole('button', { name: 'Pause' }).click();
  await expectAccessibleInBothSchemes(page, 'exercise');
  await stopAndSave(page);
  await expectAccessibleInBothSchemes(page, 'done');
  await page.getByRole('link', { name: 'See every move' }).click();
  await expect(page.locator('.plot canvas')).toBeVisible({ timeout: 60_000 });
  // Tall enough that the bar at the bottom covers no target: whoever scrolls meets each of them uncovered.
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 390, height: 2400 });
  await expectAccessibleInBothSchemes(page, 'session');
});

test('the sensor panel stays while the steps below it go on, and breaks no accessibility rule', async ({
  page,
}) => {
  await startDemonstration(page);
  await page.getByRole('button', { name: /^Sensors: / }).click();
  await page.getByRole('button', { name: 'Show details' }).click();
  await expect(page.getByText('3 of 3 ready')).toBeVisible();
  await expectAccessibleInBothSchemes(page, 'sensors');
  await expect(page.getByRole('heading', { name: 'Put the sensors on', includeHidden: true })).toBeAttached();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('nothing overflows at 360 px, nor at twice the text size', async ({ page }) => {
  for (const { width, fontSize } of [
    { width: 360, fontSize: '100%' },
    { width: 640, fontSize: '200%' },
  ]) {
    await page.setViewportSize({ width, height: 740 });
    for (const path of PAGES) {
      await page.goto(`./#${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const overflow = await page.evaluate((size) => {
        document.documentElement.style.fontSize = size;
        return document.documentElement.scrollWidth - document.documentElement.clientWidth;
      }, fontSize);
      expect(overflow, `${path} at ${width} px, text ${fontSize}`).toBeLessThanOrEqual(0);
    }
  }
});
