import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { readRecordingFile } from '../../src/core/recording/recording-file.ts';
import { yearsOfSessions } from '../support/session-history.ts';
import { layRows } from '../support/stored-sessions.ts';

/** `THORA_LONG`: as many sessions as somebody has after years, and how soon the first one shows. */
const LONG = Boolean(process.env['THORA_LONG']);
const SESSIONS = LONG ? 1000 : 45;
const OPENINGS = 10;
const EXAMPLE = 'public/examples/seated-turn.thora';

async function importExample(page: Page): Promise<void> {
  await page.getByLabel('Import a recording').setInputFiles(EXAMPLE);
  await expect(page.getByRole('heading', { name: 'Seated turn', exact: true })).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.locator('.plot canvas')).toBeVisible({ timeout: 60_000 });
}

test('years of sessions are searched, compared, deleted, brought back and computed again', async ({
  page,
}) => {
  test.setTimeout(LONG ? 600_000 : 240_000);
  const { result } = readRecordingFile(readFileSync(EXAMPLE), EXAMPLE);
  await page.goto('./#/sessions');
  await importExample(page);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect.poll(() => page.evaluate(plotInkShare), colorScheme).toBeGreaterThan(0.001);
  }
  await layRows(
    page,
    'sessions',
    yearsOfSessions(SESSIONS, result!, new Date(Date.now() - 24 * 3600 * 1000).toISOString()),
  );

  await page.goto('./#/sessions');
  await page.reload();
  const lines = page.locator('.card-list > li');
  await expect(lines).toHaveCount(20);
  if (LONG) await measureOpening(page);
  await page.getByRole('button', { name: 'Show earlier sessions' }).click();
  await expect(lines).toHaveCount(40);

  await page.getByRole('searchbox', { name: 'Search' }).fill('imported');
  await expect(page.getByText('1 found', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(lines).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Search' }).fill('');
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByLabel('Movement').selectOption({ label: 'Seated bow and lean back' });
  await page.getByLabel('Pain').selectOption({ label: 'Less after the session' });
  await expect(lines.first()).toContainText('Seated bow and lean back');
  await page.getByRole('button', { name: 'Show all sessions' }).click();
  await expect(lines).toHaveCount(20);

  await page.getByRole('button', { name: 'Compare two sessions' }).click();
  for (const index of [1, 2]) await lines.nth(index).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByText('These are tests of two different movements.')).toBeVisible();
  await page.goBack();
  await page.getByRole('button', { name: 'Compare two sessions' }).click();
  // Every sixth is of the same movement with the same sensors.
  for (const index of [1, 7]) await lines.nth(index).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.locator('.change-verdict').first()).toHaveText(
    /No clear change|Can't tell yet|A real change/,
  );

  await page.goto('./#/sessions');
  const newest = await lines.first().textContent();
  await lines.first().getByRole('link').click();
  await page.getByRole('button', { name: 'Delete this session' }).click();
  await page.getByRole('button', { name: 'Delete it', exact: true }).click();
  await expect(page.getByText('was deleted.')).toBeVisible();
  await expect(lines).toHaveCount(20);
  expect(await lines.first().textContent()).not.toBe(newest);
  await page.getByRole('button', { name: 'Undo' }).dblclick();
  await expect.poll(() => lines.first().textContent()).toBe(newest);
  await expect(page.getByText('That did not work.')).toHaveCount(0);

  // Those without packets cannot be computed: what they said is kept, and that is said.
  await page.getByRole('button', { name: 'Compute all again' }).click();
  await expect(page.getByText(/^Session \d+ of \d+\./)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/session(s)? (was|were) computed\./)).toBeVisible({
    timeout: LONG ? 400_000 : 90_000,
  });
  await expect(lines).toHaveCount(20);
});

/** Runs in the page. @returns share of the plot that has the colour of a line in the theme of now */
function plotInkShare(): number {
  const plot = document.querySelector<HTMLCanvasElement>('.plot canvas');
  // It is made anew for another theme.
  if (plot === null) return 0;
  const one = new OffscreenCanvas(1, 1).getContext('2d')!;
  one.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--primary').trim();
  one.fillRect(0, 0, 1, 1);
  const [red, green, blue] = one.getImageData(0, 0, 1, 1).data;
  const { data } = plot.getContext('2d')!.getImageData(0, 0, plot.width, plot.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4)
    if (data[i] === red && data[i + 1] === green && data[i + 2] === blue && data[i + 3] === 255) count++;
  return (4 * count) / data.length;
}

/** From the tap to the first session that can be seen. */
async function measureOpening(page: Page): Promise<void> {
  const figures: number[] = [];
  for (let i = 0; i < OPENINGS; i++) {
    await page.goto('./#/settings');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForTimeout(300);
    figures.push(
      await page.evaluate(async () => {
        const beganMs = performance.now();
        location.hash = '#/sessions';
        while (document.querySelector('.card-list > li') === null) await new Promise(requestAnimationFrame);
        return performance.now() - beganMs;
      }),
    );
  }
  figures.sort((a, b) => a - b);
  const told =
    `${SESSIONS} sessions, first one shown after (ms) median ` +
    `${figures[OPENINGS >> 1]?.toFixed(0)}, worst ${figures.at(-1)?.toFixed(0)} of ${OPENINGS} openings.`;
  console.log(`${new Date().toISOString().slice(0, 10)}: ${told}`);
  test.info().annotations.push({ type: 'history', description: told });
}
