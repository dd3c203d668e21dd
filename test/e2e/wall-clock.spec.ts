import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { readStoredRows, storedInputs } from '../support/stored-sessions.ts';

/*
 * What wall clocks, other tabs and private windows do to a recording. A context of these tests is a private window of Chromium:
 * its storage lies in memory and goes with it.
 */

test.use({ timezoneId: 'Europe/Lisbon' });

const SLOW = { timeout: 60_000 };

/** A page whose calendar stands elsewhere; its monotonic clock runs on as it does. */
async function pageAt(context: BrowserContext, utc: string): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript((startMs) => {
    const RealDate = Date;
    let shiftMs = startMs - RealDate.now();
    Object.assign(globalThis, { setCalendar: (atMs: number) => (shiftMs = atMs - RealDate.now()) });
    globalThis.Date = class extends RealDate {
      constructor(...given: [] | [number | string]) {
        if (given.length === 0) super(RealDate.now() + shiftMs);
        else super(given[0]);
      }
      static override now(): number {
        return RealDate.now() + shiftMs;
      }
    } as DateConstructor;
  }, Date.parse(utc));
  return page;
}

async function setCalendar(page: Page, utc: string): Promise<void> {
  await page.evaluate((atMs) => {
    (globalThis as unknown as { setCalendar: (ms: number) => void }).setCalendar(atMs);
  }, Date.parse(utc));
}

async function startRecording(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Record with the virtual kit' }).click();
  await expect(page.getByRole('button', { name: /^Sensors: / })).toBeVisible(SLOW);
}

/** What a tab that was closed while it recorded has left. */
async function keepIt(page: Page): Promise<void> {
  await page.goto('./#/sessions');
  await page.getByRole('button', { name: 'Keep it' }).click(SLOW);
  await expect(page.getByRole('button', { name: 'Compute again' })).toBeVisible(SLOW);
  await page.close();
}

test('a recording outlives the change of the clocks, and a clock that is set back a day', async ({
  context,
}) => {
  const first = await pageAt(context, '2026-10-25T00:58:00Z');
  await first.goto('./#/workshop/virtual-kit');
  await startRecording(first);
  // At 01:00 UTC that night Lisbon goes from 02:00 back to 01:00.
  await setCalendar(first, '2026-10-25T00:59:59Z');
  await first.waitForTimeout(2000);
  expect(await first.evaluate(() => new Date().toString())).toMatch(/^Sun Oct 25 2026 01:00:.*GMT\+0000/);
  await setCalendar(first, '2026-10-24T01:00:00Z');
  await first.waitForTimeout(2000);
  await first.close();
  await keepIt(await pageAt(context, '2026-10-24T01:05:00Z'));

  const second = await pageAt(context, '2026-10-24T12:00:00Z');
  await second.goto('./#/workshop/virtual-kit');
  await startRecording(second);
  await second.waitForTimeout(1500);
  await second.close();
  await keepIt(await pageAt(context, '2026-10-24T12:01:00Z'));

  const page = await pageAt(context, '2026-10-24T12:02:00Z');
  await page.goto('./#/sessions');
  const lines = page.locator('.card-list > li');
  await expect(lines).toHaveCount(2);
  await expect(lines.nth(0)).toContainText(/25 Oct.*01:5[89]/);
  await expect(lines.nth(1)).toContainText(/24 Oct.*13:00/);
  // Not an hour, and not a day less than nothing.
  for (const line of await lines.all()) await expect(line).toContainText(/\b\d{1,2} seconds?/);
  for (const { sessionId } of await readStoredRows(page, null)) {
    const rows = await readStoredRows(page, sessionId);
    const inputs = storedInputs(rows.find((row) => row.sessionId === sessionId)!);
    expect(inputs.length).toBeGreaterThan(100);
    expect(inputs.map(({ order }) => order)).toEqual(inputs.map((_, i) => i));
    for (const index of [0, 1, 2]) {
      const times = inputs.filter((input) => input.sensorIndex === index).map((input) => input.hostTimeMs);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  }
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByLabel('From').fill('2026-10-25');
  await page.getByLabel('Until').fill('2026-10-25');
  await expect(lines).toHaveCount(1);
});

test('a second tab says that the first one records, begins nothing, and records once that is closed', async ({
  context,
}) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  const elsewhere = second.getByRole('dialog', { name: 'A session runs in another tab' });
  for (const page of [first, second]) await page.goto('./#/workshop/virtual-kit');
  await startRecording(first);
  await second.getByRole('button', { name: 'Record with the virtual kit' }).click();
  await expect(elsewhere).toBeVisible(SLOW);
  await elsewhere.getByRole('button', { name: 'Try again' }).click();
  await expect(elsewhere).toHaveCount(0);
  await expect(elsewhere).toBeVisible(SLOW);
  expect(await readStoredRows(second, null)).toHaveLength(1);
  await first.close();
  // A tab takes a moment to close.
  await expect(async () => {
    const again = elsewhere.getByRole('button', { name: 'Try again' });
    if (await again.isVisible()) await again.click({ timeout: 1000 });
    await expect(second.getByRole('heading', { name: 'Leave the sensors on the table' })).toBeVisible({
      timeout: 5000,
    });
  }).toPass(SLOW);
  await second.waitForTimeout(1500);
  expect(await readStoredRows(second, null)).toHaveLength(2);
  await second.close();
  const page = await context.newPage();
  for (const left of [1, 0]) {
    await page.goto('./#/sessions');
    await expect(page.getByText('Not finished', { exact: true })).toHaveCount(left + 1);
    await page.getByRole('button', { name: 'Keep it' }).click(SLOW);
    await expect(page.getByRole('button', { name: 'Compute again' })).toBeVisible(SLOW);
  }
});

test('a private window says that nothing in it is promised to stay, and nothing stays', async ({
  context,
  browser,
  baseURL,
}) => {
  const recording = await context.newPage();
  await recording.goto('./#/workshop/virtual-kit');
  await startRecording(recording);
  await recording.waitForTimeout(1500);
  await recording.close();
  await keepIt(await context.newPage());

  const page = await context.newPage();
  await page.goto('./#/settings/data');
  await expect(page.getByText('1 session is here.')).toBeVisible();
  await expect(page.getByText('This browser may clear them')).toBeVisible();
  await page.getByRole('button', { name: 'Ask the browser to keep them' }).click();
  await expect(page.getByText('The browser did not promise it.')).toBeVisible();
  await context.close();

  const next = await browser.newContext({ baseURL: baseURL!, locale: 'en-GB' });
  const after = await next.newPage();
  await after.goto('./#/settings/data');
  await expect(after.getByText('No session is here yet.')).toBeVisible();
  await next.close();
});
