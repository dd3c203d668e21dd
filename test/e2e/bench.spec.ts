import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { checkKit } from './clinic-hands.ts';

// Ten simulated minutes, at best 25 times as fast: a busy machine takes its time.
test.setTimeout(600_000);

test('a kit with a low gyroscope gets its passport, which goes out as a file and comes in whole or not at all', async ({
  page,
}) => {
  await checkKit(page, 'Gyroscope reads 12.8 % low');
  await expect(page.getByText('Fit for use')).toBeVisible();
  await expect(page.getByText('Simulated: no real sensor was checked.')).toBeVisible();
  const first = page.getByRole('region', { name: 'Figures of Virtual unit 1' });
  await expect(first.getByRole('row', { name: /^Whole turns Corrected/ })).toBeVisible();
  await expect(first.getByRole('row', { name: /^Gyroscope scale x 0\.8[4-9]/ })).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^Kit-of-the-test-.*\.thora-kit\.json$/);
  const text = await readFile(await file.path(), 'utf8');
  await page.getByRole('button', { name: 'Remove from this device' }).click();
  await expect(page.getByText('No kit has a passport on this device yet.')).toBeVisible();

  // The person at home: an edited file is refused whole, with the field named; the true one is taken.
  await page.goto('/#/settings/kit');
  await expect(page.getByRole('heading', { level: 1, name: 'Your sensors' })).toBeVisible();
  const input = page.getByLabel('Open a passport file');
  const asFile = (content: string) => ({
    name: 'kit.thora-kit.json',
    mimeType: 'application/json',
    buffer: Buffer.from(content),
  });
  await input.setInputFiles(asFile(text.replace('"SIM-1"', '"SIM-9"')));
  await expect(page.getByRole('alert')).toContainText('changed after it was made');
  await expect(page.getByRole('alert')).toContainText('units.0.serial');
  await expect(page.getByText('No kit has a passport on this device yet.')).toBeVisible();
  await input.setInputFiles(asFile(text));
  await page.getByRole('link', { name: /Kit of the test/ }).click();
  await page.reload();
  await expect(page.getByText('Thora corrects its readings by what was found here.').first()).toBeVisible();
});

test('left-handed axes put a kit in quarantine', async ({ page }) => {
  await checkKit(page, 'Left-handed axes');
  await expect(page.getByText('Not to be worn', { exact: true })).toBeVisible();
  const first = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: /^Virtual unit 1/ }) });
  await expect(first.getByText('Not to be worn: a step failed. Nothing is corrected.')).toBeVisible();
});
