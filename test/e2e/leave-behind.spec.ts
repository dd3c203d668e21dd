import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { expectAccessible } from './axe.ts';
import { addPatient, setUpClinic } from './clinic-hands.ts';

/* What a patient takes home from a clinic: one ZIP, made without a network, whose page needs nothing else. */

test('a patient takes home a page that opens by itself, the record, and a recording', async ({ browser }) => {
  const context = await browser.newContext({ bypassCSP: true, serviceWorkers: 'allow' });
  const page = await context.newPage();
  await setUpClinic(page);
  const ana = await addPatient(page, 'Ana <b>Heron</b>');
  await page.getByRole('link', { name: 'Make a plan' }).click();
  await page.getByLabel('Signed by').fill('Dr. Tester');
  await page.getByLabel('Strap: upper back').fill('elastic');
  await page.getByRole('button', { name: 'Approve and sign' }).click();
  await expect(page.getByText(/^Version 1, signed by Dr. Tester/)).toBeVisible();

  // A recording that no file names is opened only where somebody says whose it is.
  await page
    .getByLabel('Open a recording of this patient')
    .setInputFiles('public/examples/seated-turn.thora');
  await expect(page.getByRole('alert')).toContainText('nothing says whose it is');
  await page.getByRole('button', { name: /^It is of Ana/ }).click();
  const recording = page.getByRole('list', { name: 'Recordings' }).getByRole('link');
  await expect(recording).toHaveCount(1);
  await expect(recording).toContainText('Somebody here said that it is theirs.');
  await page.getByLabel('Open a recording of this patient').setInputFiles({
    name: 'not.thora',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('nothing'),
  });
  await expect(page.getByRole('alert')).toBeVisible();
  await recording.click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto(`${ana}/review`);
  await expect(page.getByRole('heading', { name: 'Sessions to replay' })).toBeVisible();

  await page.goto(ana);
  await page.getByRole('link', { name: 'Leave-behind: for the patient to keep' }).click();
  await page.getByLabel(/^How to reach you/).fill('Telephone 21 000\nMonday to Friday');
  const paper = page.getByRole('article');
  await expect(paper).toContainText('Telephone 21 000');
  for (const width of [360, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
  // As installed: what the page needs has been kept.
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.reload();
  await expect(paper).toContainText('Telephone 21 000');
  await context.setOffline(true);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save it for the patient' }).click();
  const file = await download;
  await expect(page.getByText(/^Saved with your downloads\./)).toBeVisible();
  await context.setOffline(false);
  const files = unzipSync(new Uint8Array(await readFile(await file.path())));
  expect(Object.keys(files).map((name) => name.replace(/^recordings\/.*\.sto$/, 'a recording'))).toEqual([
    'leave-behind.html',
    'record.fhir.json',
    'a recording',
  ]);
  const bundle = JSON.parse(strFromU8(files['record.fhir.json']!)) as { entry: { resource: object }[] };
  expect(JSON.stringify(bundle.entry.map(({ resource }) => resource))).toContain('CarePlan');

  // The page by itself: nothing runs in it and nothing is fetched.
  const html = strFromU8(files['leave-behind.html']!);
  expect(html).not.toMatch(/<script|<img|<link|src=|href=|url\(|https?:/i);
  const alone = await context.newPage();
  const asked: string[] = [];
  alone.on('request', (request) => asked.push(request.url()));
  await alone.setContent(html);
  await expect(alone.getByRole('heading', { level: 1, name: 'Ana <b>Heron</b>' })).toBeVisible();
  await expect(alone.getByText('Telephone 21 000')).toBeVisible();
  await expect(alone.getByRole('heading', { name: 'What to watch for' })).toBeVisible();
  for (const width of [360, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      await alone.setViewportSize({ width, height: 900 });
      await alone.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page: alone }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      const overflow = await alone.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(overflow).toBe(false);
    }
  expect(asked).toEqual([]);
  await page.goto('./#/patients/log');
  await expect(page.locator('.audit-list')).toContainText('leave-behind');
});
