import { expect, test, type Page } from '@playwright/test';
import { printedPageCount } from '../support/printed-page.ts';
import { expectAccessible } from './axe.ts';
import { addPatient, checkKit, pair, saved, setUpClinic } from './clinic-hands.ts';
import { layJournal, safetyAnswered, stopBecause } from './journey.ts';

// A kit check of ten simulated minutes stands at the beginning.
test.setTimeout(600_000);
test.use({ actionTimeout: 30_000 });

/** What is written so far was written so many hours earlier. */
async function letHoursPass(page: Page, hours: number): Promise<void> {
  await page.evaluate(async (passed) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('thora-sessions');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error ?? new Error('The database did not open.'));
    });
    const store = database.transaction('journal', 'readwrite').objectStore('journal');
    await new Promise<void>((resolve) => {
      const going = store.openCursor();
      going.onsuccess = () => {
        const cursor = going.result;
        if (cursor === null) return resolve();
        const row = cursor.value as { atUtcMs: number; day: number };
        const atUtcMs = row.atUtcMs - passed * 3_600_000;
        const localMs = atUtcMs - new Date(atUtcMs).getTimezoneOffset() * 60_000;
        cursor.update({ ...row, atUtcMs, day: Math.floor(localMs / 86_400_000) });
        cursor.continue();
      };
    });
    database.close();
  }, hours);
}

/** Today's session without sensors: the clock leads. */
async function exerciseToday(page: Page, pain: string): Promise<void> {
  await page.goto('./#/today');
  await page.reload();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const none = page.getByRole('button', { name: 'None of these' });
  const asked = page.getByRole('radio', { name: pain, exact: true });
  await expect(none.or(asked).first()).toBeVisible();
  if (await none.isVisible()) await none.click();
  await asked.click();
  await page.getByRole('button', { name: 'Start the exercise' }).click();
  // What ends before anything was done is no session.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/(?<!\d)[2-9] of \d+$/, {
    timeout: 60_000,
  });
  await stopBecause(page, 'I am finished');
  await page.getByRole('button', { name: 'I would rather not say' }).click();
  await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Good/ })).toBeVisible();
}

test('from the check of a kit to the printed report: everything goes between clinic and patient as files', async ({
  browser,
}) => {
  const clinic = await (await browser.newContext()).newPage();
  const patient = await (await browser.newContext()).newPage();

  // A kit whose gyroscope reads 12.8 % low is corrected, and says so on its passport.
  await checkKit(clinic, 'Gyroscope reads 12.8 % low');
  await expect(clinic.getByText('Fit for use')).toBeVisible();
  await setUpClinic(clinic);
  const ana = await addPatient(clinic, 'Ana');
  await layJournal(
    patient,
    { hoursAgo: 4, event: safetyAnswered() },
    { hoursAgo: 4, event: { kind: 'consentGiven', textVersion: '1' } },
    { hoursAgo: 4, event: { kind: 'cameIn' } },
  );
  await pair(clinic, patient);

  // The plan, with the kit, goes out as one file.
  await clinic.getByRole('link', { name: 'Make a plan' }).click();
  await clinic.getByLabel('Signed by').fill('Dr. Tester');
  await clinic.getByRole('button', { name: 'Approve and sign' }).click();
  await clinic.getByLabel('Kit passport that goes with it').selectOption({ label: 'Kit of the test' });
  const plan = await saved(clinic, 'Save the file for the patient');
  await patient.getByLabel('Open a file of your clinic').setInputFiles(plan);
  await expect(patient.getByText('A plan for Ana, version 1, signed by Dr. Tester')).toBeVisible();
  await patient.getByRole('button', { name: 'Follow this plan' }).click();
  await expect(patient.getByText('Version 1, signed by Dr. Tester.')).toBeVisible();
  await patient.goto('./#/settings/kit');
  await patient.getByRole('link', { name: /Kit of the test/ }).click();
  await expect(
    patient.getByText('Thora corrects its readings by what was found here.').first(),
  ).toBeVisible();

  // Two sessions on two days.
  await exerciseToday(patient, '4');
  await letHoursPass(patient, 48);
  await exerciseToday(patient, '3');

  // Results come back, are judged, and answered.
  await patient.goto('./#/settings/clinic');
  const results = await saved(patient, 'Save the file for your clinic');
  await clinic.goto(ana);
  await clinic.getByLabel('Open a file of this patient').setInputFiles(results);
  await expect(clinic.getByText('Sessions: 2')).toBeVisible();
  await clinic.getByRole('link', { name: 'Look at the review' }).click();
  await expect(clinic.locator('.review-answer')).toHaveText('Cannot be told yet');
  await clinic.goto(ana);
  await clinic.getByLabel('New message').fill('Two days done. Go on like this.');
  await clinic.getByRole('button', { name: 'Add the message' }).click();
  await expect(clinic.getByText('Two days done. Go on like this.')).toBeVisible();
  const answer = await saved(clinic, 'Save the file for the patient');
  await patient.getByLabel('Open a file of your clinic').setInputFiles(answer);
  await patient.getByRole('button', { name: 'Take it in' }).click();
  await expect(patient.getByText('Two days done. Go on like this.')).toBeVisible();

  // One page for who referred her.
  await clinic.getByRole('link', { name: 'Report on one page' }).click();
  const paper = clinic.getByRole('article');
  await expect(paper).toContainText('Ana, 40 years');
  await expect(paper).toContainText('2 sessions');
  await expect(paper).toContainText('Kit of the test');
  await expectAccessible(clinic);
  expect(await printedPageCount(clinic)).toBe(1);
});
