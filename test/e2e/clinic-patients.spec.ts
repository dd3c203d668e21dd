import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { addPatient, setUpClinic } from './clinic-hands.ts';

/* Patients of one clinic who are never taken for one another, and their backup. */

const SLOW = { timeout: 60_000 };

test('two patients of one name stay apart: what is typed, fast switching, and the way back', async ({
  page,
  context,
}) => {
  await setUpClinic(page);
  const first = await addPatient(page, 'Ana');
  const second = await addPatient(page, 'Ana');
  const note = page.getByLabel('New note');
  await page.goto(`${first}/review`);
  await note.fill('Of the first');
  await page.goto(`${second}/review`);
  await expect(note).toHaveValue('');
  await note.fill('Of the second');
  await page.getByRole('button', { name: 'Keep the note' }).click();
  const kept = page.getByRole('list', { name: 'Notes of the clinic' });
  await expect(kept).toHaveText(/Of the second/);
  await page.goBack();
  await expect(note).toHaveValue('Of the first');
  await expect(kept).toHaveCount(0);
  await page.getByRole('button', { name: 'Keep the note' }).click();
  await expect(kept).toHaveText(/Of the first/);

  // Faster than the pages can be read: the one that is asked for last is the one that stands.
  await page.evaluate(
    ([a, b]) => {
      for (let i = 0; i < 10; i++) location.hash = new URL(i % 2 === 0 ? a! : b!).hash;
    },
    [`${first}/review`, `${second}/review`],
  );
  await expect(kept).toHaveText(/Of the second/);
  await expect(kept).not.toContainText('Of the first');

  // A plan that was begun for one is in no editor of the other, in no tab.
  await page.goto(`${first}/plan`);
  await page.getByLabel('Note for the patient').fill('For the first alone');
  const tab = await context.newPage();
  await tab.goto(`${second}/plan`);
  await expect(tab.getByLabel('Note for the patient')).toHaveValue('');
  await expect
    .poll(async () => {
      await tab.goto(`${second}/plan`);
      await tab.goto(`${first}/plan`);
      return tab.getByLabel('Note for the patient').inputValue();
    })
    .toBe('For the first alone');
  await expect(tab.getByText('What you had begun and not signed is here again.')).toBeVisible();

  // Two who change one plan at once: the later is told, and signs over nothing that they did not see.
  for (const one of [page, tab]) await one.getByLabel('Signed by').fill('Dr. Tester');
  await page.getByRole('button', { name: 'Approve and sign' }).click();
  await expect(page.getByText(/^Version 1, signed by Dr. Tester/)).toBeVisible();
  await tab.getByRole('button', { name: 'Approve and sign' }).click();
  await expect(tab.getByRole('alert')).toContainText('Another version was signed since you began.');

  // One is erased, and the other stays.
  await page.goto(second);
  await page.getByRole('button', { name: 'Erase this patient from this device' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await expect(page.getByRole('list', { name: 'Patients' }).getByRole('link')).toHaveCount(1);
  await page.goto(`${first}/review`);
  await expect(kept).toHaveText(/Of the first/);
});

test('a backup brings the patients to another device', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  await setUpClinic(page);
  await addPatient(page, 'Ana');
  await page.goto('./#/patients');
  await page.getByRole('button', { name: 'Make a backup' }).click();
  await page.getByLabel('Passphrase for the backup, at least 8 letters').fill('heron at dusk');
  await page.getByLabel('The same once more').fill('heron at dusk');
  const download = page.waitForEvent('download', SLOW);
  await page.getByRole('button', { name: 'Save the backup' }).click();
  const buffer = await readFile(await (await download).path());

  const other = await (await browser.newContext()).newPage();
  await other.goto('./#/patients');
  await other.getByRole('button', { name: 'Bring back a backup' }).click();
  await other.getByLabel('The backup file').setInputFiles({
    name: 'clinic.thora-backup',
    mimeType: 'application/octet-stream',
    buffer,
  });
  await other.getByLabel('Passphrase of the backup').fill('heron at dawn');
  await other.getByRole('button', { name: 'Bring it back' }).click();
  await expect(other.getByRole('alert')).toContainText('The passphrase does not fit this backup.', SLOW);
  await expectAccessible(other);
  await other.getByLabel('Passphrase of the backup').fill('heron at dusk');
  await other.getByRole('button', { name: 'Bring it back' }).click();
  await expect(other.getByText('1 patient is here.')).toBeVisible(SLOW);
  await expect(other.getByText(/pair each patient again/)).toBeVisible();
  await other.getByRole('button', { name: 'Done' }).click();
  await expect(other.getByRole('heading', { name: 'Patients of Clinic of the test' })).toBeVisible();
  await expect(other.getByRole('list', { name: 'Patients' })).toContainText('Not paired yet');
});
