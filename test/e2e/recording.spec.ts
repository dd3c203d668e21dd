import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { countMoves, startRecording, startTest, stopAndSave, strapOn } from './journey.ts';

async function importFile(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page
    .getByLabel('Import a recording')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: bytes });
}

/** Chooses what to take away in the open sheet, and takes it; the sheet closes. */
async function savedFile(page: Page, title: string | RegExp): Promise<Buffer> {
  const sheet = page.getByRole('dialog', { name: 'Export this session' });
  await sheet.getByRole('radio', { name: title }).check();
  const downloading = page.waitForEvent('download');
  await sheet.getByRole('button', { name: 'Save the file' }).click();
  const bytes = readFileSync(await (await downloading).path());
  await expect(sheet).toBeHidden();
  return bytes;
}

test('a recording goes out and comes back; one that is cut or flipped is refused and nothing is stored', async ({
  page,
}) => {
  await startRecording(page);
  await strapOn(page);
  await startTest(page);
  await countMoves(page, 1);
  await stopAndSave(page);
  await page.getByRole('link', { name: 'See every move' }).click();
  await page.getByRole('button', { name: 'Export' }).click();
  const bytes = await savedFile(page, 'Recording of Thora');
  expect(bytes.length).toBeGreaterThan(10_000);
  await page.getByRole('button', { name: 'Export' }).click();
  const orientations = await savedFile(page, 'Orientations for OpenSim');
  expect(orientations.toString()).toMatch(/^DataRate=100.*\n/);
  await page.getByRole('button', { name: 'Export' }).click();
  const samples = await savedFile(page, /^What the sensors sent/);
  // A ZIP archive with one table for each sensor.
  expect(samples.subarray(0, 2).toString()).toBe('PK');

  await page.goto('./#/sessions');
  const sessions = page.locator('.card-list a');
  await expect(sessions).toHaveCount(1);

  await importFile(page, 'cut.thora', bytes.subarray(0, Math.floor(bytes.length * 0.7)));
  await expect(page.getByRole('alert')).toContainText('cut.thora');
  const flipped = Buffer.from(bytes);
  const middle = flipped.length >> 1;
  flipped[middle] = (flipped[middle] ?? 0) ^ 0x10;
  await importFile(page, 'flipped.thora', flipped);
  await expect(page.getByRole('alert')).toContainText('flipped.thora');
  await importFile(page, 'letter.thora', Buffer.from('Dear reader'));
  await expect(page.getByRole('alert')).toContainText('This file is not a Thora recording.');
  await page.reload();
  await expect(sessions).toHaveCount(1);

  await importFile(page, 'whole.thora', bytes);
  await expect(page.getByText('This recording is on this device already.')).toBeVisible();
  await page.getByRole('link', { name: 'Open it' }).click();
  await page.getByRole('button', { name: 'Delete this session' }).click();
  await page.getByRole('button', { name: 'Delete it', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Nothing here yet' })).toBeVisible();

  await importFile(page, 'whole.thora', bytes);
  await expect(page.getByRole('heading', { name: 'Seated turn: test' })).toBeVisible({ timeout: 60_000 });
  await page.goto('./#/sessions');
  await expect(sessions).toHaveCount(1);
  await expect(page.getByText('Imported', { exact: true })).toBeVisible();
});

test('a page killed in mid-recording loses nothing that was saved: the session is found and kept', async ({
  page,
  context,
}) => {
  await startRecording(page);
  await strapOn(page);
  await startTest(page);
  await countMoves(page, 1);
  // The next chunk is written within half a second; then the process goes without a word.
  await page.waitForTimeout(1500);
  const tools = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void tools.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();

  const again = await context.newPage();
  await again.goto('./#/today');
  await expect(again.getByRole('heading', { name: 'A session was not finished' })).toBeVisible({
    timeout: 30_000,
  });
  // One press too many costs nothing.
  await again.getByRole('button', { name: 'Delete it', exact: true }).click();
  await expect(again.getByText('was deleted.')).toBeVisible();
  await again.getByRole('button', { name: 'Undo' }).click();
  await again.getByRole('button', { name: 'Keep it' }).click();
  await expect(again.getByRole('heading', { name: 'Seated turn: test' })).toBeVisible({ timeout: 60_000 });
  await expect(
    again.getByRole('region', { name: 'Every move of this set' }).getByRole('cell', { name: 'yes' }).first(),
  ).toBeVisible();
  await again.goto('./#/sessions');
  await expect(again.getByText('Not finished')).toHaveCount(0);
});
