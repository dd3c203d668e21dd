import { expect, test, type Page } from '@playwright/test';
import type { ExerciseReport } from '../../src/core/care/programme/programme-event.ts';
import { expectAccessible } from './axe.ts';
import { addPatient, type GivenFile, pair, saved, setUpClinic } from './clinic-hands.ts';
import { printedPageCount } from '../support/printed-page.ts';
import { layJournal, safetyAnswered } from './journey.ts';

/* A clinic and a patient, in two browsers that share nothing but files. */

function edited(file: GivenFile, field: string, value: unknown): GivenFile {
  const root = JSON.parse(file.buffer.toString('utf8')) as object;
  return { ...file, buffer: Buffer.from(JSON.stringify({ ...root, [field]: value })) };
}

async function sign(clinic: Page, change: () => Promise<void>): Promise<void> {
  await clinic.getByRole('link', { name: /^(?:Make a plan|Change the plan)$/ }).click();
  await change();
  await clinic.getByRole('button', { name: 'Approve and sign' }).click();
  await expect(clinic.getByRole('link', { name: 'Change the plan' })).toBeVisible();
}

const DONE: ExerciseReport = {
  exerciseId: 'E12',
  variation: null,
  painDuring: 2,
  repetitionsDone: 8,
  repetitionsPlanned: 8,
  quality: null,
  effort: null,
  selfReported: true,
};

test('a plan goes to a patient as a file, results and messages come back, and bad files change nothing', async ({
  browser,
}) => {
  const clinic = await (await browser.newContext()).newPage();
  const patient = await (await browser.newContext()).newPage();
  await setUpClinic(clinic);
  const other = await addPatient(clinic, 'Somebody Else');
  const ana = await addPatient(clinic, 'Ana');

  await layJournal(
    patient,
    { hoursAgo: 32, event: safetyAnswered() },
    { hoursAgo: 32, event: { kind: 'consentGiven', textVersion: '1' } },
    { hoursAgo: 32, event: { kind: 'cameIn' } },
    {
      hoursAgo: 30,
      event: {
        kind: 'sessionDone',
        sessionId: null,
        session: 'plan',
        painBefore: 3,
        painAfter: 2,
        ease: 4,
        exercises: [DONE],
        ranges: [],
        durationS: 600,
        donningS: null,
      },
    },
  );
  await pair(clinic, patient);

  // An exercise without its sensors is offered by the clock; what cannot be signed says why.
  await clinic.getByRole('link', { name: 'Make a plan' }).click();
  await clinic.getByRole('checkbox', { name: 'upper back' }).uncheck();
  await expect(clinic.getByText('No sensor for it: by the clock').first()).toBeVisible();
  await clinic.getByRole('checkbox', { name: 'upper back' }).check();
  await clinic.getByLabel('Pain limit, 0 to 10').fill('9');
  await clinic.getByRole('button', { name: 'Approve and sign' }).click();
  await expect(clinic.getByRole('alert')).toContainText('Say who signs.');
  await expect(clinic.getByRole('alert')).toContainText('Enter a pain limit from 0 to 7.');
  await clinic.getByLabel('Pain limit, 0 to 10').fill('4');
  await clinic.getByLabel('Signed by').fill('Dr. Tester');
  await clinic.getByLabel('Strap: upper back').fill('elastic, over the shirt');
  await clinic.getByLabel('Phase').selectOption('2');
  await clinic.getByLabel('Hold, seconds').first().fill('4');
  await clinic.getByLabel('Rest, seconds').first().fill('25');
  await clinic.getByLabel('Way of doing it').first().selectOption({ index: 1 });
  await expectAccessible(clinic);
  await clinic.getByRole('button', { name: 'Approve and sign' }).click();
  await expect(clinic.getByText(/^Version 1, signed by Dr. Tester/)).toBeVisible();
  await clinic.getByLabel('New message').fill('Start gently, please.');
  await clinic.getByRole('button', { name: 'Add the message' }).click();
  await expect(clinic.getByText('Start gently, please.')).toBeVisible();
  const first = await saved(clinic, 'Save the file for the patient');
  expect(first.buffer.toString('utf8')).not.toContain('Start gently');
  await expectAccessible(clinic);

  // Each bad file is refused by name, before the good one is taken.
  const open = patient.getByLabel('Open a file of your clinic');
  const alert = patient.getByRole('alert');
  for (const [file, words] of [
    [edited(first, 'sequence', 7), 'changed after it was signed'],
    [edited(first, 'signature', 'a'.repeat(128)), 'changed after it was signed'],
    [edited(first, 'format', 'thora-kit-passport'), 'not a file between a clinic and a patient'],
    [edited(first, 'version', 2), 'made by a newer Thora'],
  ] as const) {
    await open.setInputFiles(file);
    await expect(alert).toContainText(words);
  }
  await expect(alert).toHaveCount(1);
  await open.setInputFiles(first);
  await expect(patient.getByText('A plan for Ana, version 1, signed by Dr. Tester')).toBeVisible();
  await expectAccessible(patient);
  await patient.getByRole('button', { name: 'Follow this plan' }).click();
  await expect(patient.getByText('Version 1, signed by Dr. Tester.')).toBeVisible();
  await expect(patient.getByText('upper back · elastic, over the shirt')).toBeVisible();
  await expect(patient.getByText('Start gently, please.')).toBeVisible();
  await open.setInputFiles(first);
  await expect(alert).toContainText('opened here before');

  // The programme goes by it: Today writes it down, the plan page says why.
  await patient.goto('./#/today');
  await expect(patient.getByText('Your clinic chose it for you.').first()).toBeVisible();
  // No sensor is worn: it says which the plan has, and what the clock leads instead.
  await expect(
    patient.getByText(/^Your clinic's plan has a sensor that you do not wear: upper back\.$/),
  ).toBeVisible();
  await expect(patient.getByText(/^By the clock instead, and not measured:/)).toBeVisible();
  await expect(patient.getByText('What changed in your plan today, and why')).toBeVisible();
  await patient.goto('./#/plan');
  await expect(patient.getByText("Your clinic's plan holds from now on.").first()).toBeVisible();
  await expect(patient.getByText('Your clinic chose it for you.').first()).toBeVisible();

  // Results and an answer go back.
  await patient.goto('./#/settings/clinic');
  await patient.getByLabel('New message').fill('It went well.');
  await patient.getByRole('button', { name: 'Add the message' }).click();
  await expect(patient.getByText('It went well.')).toBeVisible();
  const results = await saved(patient, 'Save the file for your clinic');
  const fromPatient = clinic.getByLabel('Open a file of this patient');
  await fromPatient.setInputFiles(edited(results, 'toId', 'somebody'));
  await expect(clinic.getByRole('alert')).toContainText('toId');
  await fromPatient.setInputFiles(results);
  await expect(clinic.getByText('The patient follows version 1.')).toBeVisible();
  await expect(clinic.getByText('Sessions: 1')).toBeVisible();
  await expect(clinic.getByText('It went well.')).toBeVisible();
  await fromPatient.setInputFiles(results);
  await expect(clinic.getByRole('alert')).toContainText('opened here before');
  await expect(clinic.getByText('Sessions: 1')).toBeVisible();

  // One page for who referred her, from what came back.
  await clinic.getByRole('link', { name: 'Report on one page' }).click();
  const paper = clinic.getByRole('article');
  await expect(paper).toContainText('Ana, 40 years');
  await expect(paper).toContainText('1 session');
  await expect(paper).toContainText('Signed by Dr. Tester, version 1');
  await clinic.getByLabel(/^What you recommend/).fill('Go on for four weeks.');
  await expect(paper).toContainText('Go on for four weeks.');
  await expectAccessible(clinic);
  expect(await printedPageCount(clinic)).toBe(1);

  // A file of one patient is taken for no other.
  await clinic.goto(other);
  await clinic.getByLabel('Open a file of this patient').setInputFiles(results);
  await expect(clinic.getByRole('alert')).toContainText('not paired with');

  // The next version says what it changes; the one before cannot come back.
  await clinic.goto(ana);
  await sign(clinic, async () => {
    await clinic.getByLabel('Pain limit, 0 to 10').fill('3');
    await expect(clinic.getByText('Pain limit, 0 to 10 4 → 3')).toBeVisible();
  });
  const again = await saved(clinic, 'Save the file for the patient');
  const newest = await saved(clinic, 'Save the file for the patient');
  // One that was opened before the newest was taken in another tab is not taken after it.
  const tab = await patient.context().newPage();
  await tab.goto('./#/settings/clinic');
  await tab.getByLabel('Open a file of your clinic').setInputFiles(again);
  await expect(tab.getByText('A plan for Ana, version 2, signed by Dr. Tester')).toBeVisible();
  await open.setInputFiles(newest);
  await expect(patient.getByText('Pain limit, 0 to 10 4 → 3')).toBeVisible();
  await patient.getByRole('button', { name: 'Follow this plan' }).click();
  await expect(patient.getByText('Version 2, signed by Dr. Tester.')).toBeVisible();
  await tab.getByRole('button', { name: 'Follow this plan' }).click();
  await expect(tab.getByRole('alert')).toContainText('older than one that was opened here');
  await tab.close();
  await open.setInputFiles(again);
  await expect(alert).toContainText('older than one that was opened here');

  // The way out: what it means is said first, and the clinic hears of it with the next results.
  await patient.getByRole('button', { name: 'Stop following this plan' }).click();
  await expect(patient.getByRole('dialog')).toContainText('reads of it in your next file');
  await expectAccessible(patient);
  await patient.getByRole('button', { name: 'Stop following it' }).click();
  await expect(patient.getByText('Version 2, signed by Dr. Tester.')).toHaveCount(0);
  await patient.getByText('What your clinic changed here').click();
  await expect(patient.getByText('You stopped following version 2.')).toBeVisible();
  const last = await saved(patient, 'Save the file for your clinic');
  await fromPatient.setInputFiles(last);
  await expect(clinic.getByText(/^The patient stopped following version 2 on/)).toBeVisible();
  await clinic.getByRole('link', { name: 'Look at the review' }).click();
  await expect(clinic.getByText('The patient stopped following your plan')).toBeVisible();
  await patient.goto('./#/today');
  await expect(patient.getByText('Your clinic chose it for you.')).toHaveCount(0);
});
