import { expect, test, type Page } from '@playwright/test';
import { letPaceBeSet } from './hurry.ts';
import {
  answerSafety,
  countMoves,
  expectClean,
  stopBecause,
  startDemonstration,
  startRecording,
  startTest,
  stopAndSave,
  stopDemonstration,
  strapOn,
  watch,
} from './journey.ts';

test('a recording with the virtual kit is saved, played again and explained', async ({ page, baseURL }) => {
  const seen = await watch(page, baseURL ?? '');
  await startRecording(page);
  await expect(page.getByText('Virtual kit')).toBeVisible();
  await expect(page.getByText('Blue circle')).toBeVisible();
  await strapOn(page);
  await expect(page.getByText('All 3 sensors are ready.')).toBeVisible();
  await startTest(page);
  await countMoves(page, 1);
  await expect(page.getByText('Virtual kit')).toBeVisible();
  const pause = await page.getByRole('button', { name: 'Pause' }).boundingBox();
  expect(pause?.height).toBeGreaterThanOrEqual(76);
  await stopAndSave(page);
  await page.getByRole('button', { name: 'Finish' }).click();

  await page.goto('./#/sessions');
  await page.reload();
  await page.getByRole('link', { name: /Seated turn/ }).click();
  await expect(page.getByRole('heading', { name: 'Seated turn: test' })).toBeVisible({ timeout: 60_000 });
  const saved = page.getByRole('region', { name: 'Every move of this set' });
  await expect(saved.getByRole('row')).not.toHaveCount(0);
  await expect(page.getByRole('region', { name: 'What the chain says' })).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.locator('.plot canvas')).toBeVisible();
  await page
    .getByRole('button', { name: /^Explain this number/ })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toContainText('19 times out of 20');
  await page.keyboard.press('Escape');
  expectClean(seen);
});

test('a newcomer without sensors sees the figure follow within 20 s, and has a measured move within 90 s and 8 taps @alone', async ({
  page,
  baseURL,
}) => {
  const seen = await watch(page, baseURL ?? '');
  await page.goto('./#/welcome');
  const tryIt = page.getByRole('button', { name: 'Try it now, no sensors' });
  await expect(tryIt).toBeVisible();
  await page.evaluate(() => {
    const counter = globalThis as unknown as { taps: number };
    counter.taps = 0;
    addEventListener('click', () => counter.taps++, true);
  });
  const startedMs = Date.now();
  await tryIt.click();
  await page.getByRole('button', { name: 'They are on' }).click({ timeout: 60_000 });
  await expect(page.getByText("That's your back. Bow, and I'll follow.").first()).toBeVisible({
    timeout: 60_000,
  });
  const followedMs = Date.now();
  await expect(page.getByRole('heading', { name: 'What we found' })).toBeVisible({ timeout: 60_000 });
  await startTest(page);
  await countMoves(page, 1);
  const measuredMs = Date.now();
  expect(followedMs - startedMs).toBeLessThanOrEqual(20_000);
  expect(measuredMs - startedMs).toBeLessThanOrEqual(90_000);
  expect(await page.evaluate(() => (globalThis as unknown as { taps: number }).taps)).toBeLessThanOrEqual(8);
  test.info().annotations.push({
    type: 'newcomer',
    description: `figure follows after ${followedMs - startedMs} ms, first move counted after ${measuredMs - startedMs} ms`,
  });
  await stopDemonstration(page);
  await expect(page.getByText('From opening Thora to your first move that counted')).toBeVisible();
  await page.getByRole('button', { name: 'What makes a move count?' }).click();
  await expect(page.getByRole('dialog')).toContainText('come back to the middle');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Finish' }).click();
  await page.goto('./#/sessions');
  await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible();
  expectClean(seen);
});

/** Taps of the person on the page, counted from now on. */
async function countTaps(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counter = globalThis as unknown as { taps: number };
    counter.taps = 0;
    addEventListener('pointerdown', () => counter.taps++, { capture: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { taps: number }).taps);
}

test('who returns has a move counted within 60 s and three taps of opening the app @alone', async ({
  page,
}) => {
  // As on a device on which the virtual kit was chosen once.
  await page.addInitScript(() => {
    localStorage.setItem('thora-preferences', JSON.stringify({ door: 'exercise', kit: 'virtual' }));
  });
  const toTheCheck = async () => {
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('button', { name: 'None of these' }).click();
    await page.getByRole('radio', { name: '2', exact: true }).click();
  };
  const finish = async () => {
    await stopBecause(page, 'I am finished');
    await page.getByRole('button', { name: 'I would rather not say' }).click();
    await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 60_000 });
  };
  await letPaceBeSet(page);
  await answerSafety(page, 5);
  await page.goto('./#/today/own');
  await toTheCheck();
  await strapOn(page);
  await startTest(page);
  await countMoves(page, 1);
  await finish();

  // The form that served the first session is of an hour ago by then.
  await answerSafety(page, 1);
  await page.goto('./#/today/own');
  await page.reload();
  const taps = await countTaps(page);
  await toTheCheck();
  // In real time: the page says how long it took.
  await expect(page.locator('.dots [data-state=counted]').first()).toBeVisible({ timeout: 90_000 });
  expect(await taps()).toBeLessThanOrEqual(3);
  await finish();
  const stated = await page
    .getByText('From opening Thora to your first move that counted')
    .locator('xpath=following-sibling::dd[1]')
    .textContent();
  const [, minutes, rest] = /^(?:(\d+) min )?(\d+) s$/.exec(stated ?? '') ?? [];
  const seconds = 60 * Number(minutes ?? 0) + Number(rest);
  test.info().annotations.push({ type: 'seconds', description: String(seconds) });
  expect(seconds).toBeLessThanOrEqual(60);
});

test('the policy stands in the page and has no hole for inline scripts', async ({ page, baseURL }) => {
  const seen = await watch(page, baseURL ?? '');
  await page.goto('./');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("object-src 'none'");
  expect(policy).toContain("connect-src 'self' https: http://127.0.0.1:* http://localhost:*;");
  expect(policy).toContain("form-action 'none'");
  expect(policy).not.toContain('unsafe');
  expectClean(seen);
});

test('space pauses a set and Escape asks before it stops', async ({ page }) => {
  await startDemonstration(page);
  await strapOn(page);
  await startTest(page);
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  // What is pressed in a page's first moments counts as meant for the button that stood there before.
  await expect(async () => {
    await page.locator('h1').focus();
    await page.keyboard.press('Space');
    await expect(page.getByText('Paused. Rest as long as you like')).toBeVisible({ timeout: 3000 });
  }).toPass();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Why do you stop?' })).toBeVisible();
});
