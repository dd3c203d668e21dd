import { expect, test, type Page } from '@playwright/test';
import type { ExerciseReport } from '../../src/core/care/programme/programme-event.ts';
import { start, type FhirServer } from '../support/fhir-server.ts';
import { addPatient, expectAccessible, setUpClinic } from './clinic-hands.ts';
import { layJournal, safetyAnswered } from './journey.ts';

/* A clinic and a patient, in two browsers that share nothing but a FHIR server. */

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

async function agree(page: Page, path: string, server: FhirServer, number: string | null): Promise<void> {
  await page.goto(path);
  await page.getByLabel('Address of the server').fill(server.url);
  await page.getByRole('button', { name: 'Ask this server' }).click();
  if (number !== null) await page.getByLabel('Your patient number there').fill(number);
  await page.getByRole('button', { name: 'Agree', exact: true }).click();
  await expect(page.getByText('Nothing was exchanged yet.')).toBeVisible();
}

const exchange = (page: Page) => page.getByRole('button', { name: 'Exchange now' }).click();

test('a clinic and a patient are paired, and plan, results and messages go, through an open FHIR server', async ({
  browser,
}) => {
  const server = await start();
  try {
    const clinic = await (await browser.newContext()).newPage();
    const patient = await (await browser.newContext()).newPage();
    await setUpClinic(clinic);
    await agree(clinic, './#/patients/server', server, null);
    await expectAccessible(clinic);
    const ana = await addPatient(clinic, 'Ana');
    await clinic.getByRole('button', { name: 'Add this patient to the server' }).click();
    const shown = await clinic.getByText(/^Number /).textContent();
    const number = shown!.replace('Number ', '');
    await exchange(clinic);
    await expect(clinic.getByText('1 entry was sent.')).toBeVisible();

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
    await agree(patient, './#/settings/clinic', server, number);
    await expectAccessible(patient);
    await exchange(patient);
    await patient.getByRole('button', { name: 'Yes, pair with this clinic' }).click();
    await exchange(patient);
    await expect(patient.getByText('1 entry was sent.')).toBeVisible();
    await exchange(clinic);
    const code = await clinic.locator('.pair-code').textContent();
    await expect(patient.locator('.pair-code')).toHaveText(code!);
    for (const page of [clinic, patient])
      await page.getByRole('button', { name: 'The code is the same' }).click();

    // A plan and a message go out.
    await clinic.goto(ana);
    await clinic.getByRole('link', { name: 'Make a plan' }).click();
    await clinic.getByLabel('Signed by').fill('Dr. Tester');
    await clinic.getByRole('button', { name: 'Approve and sign' }).click();
    await clinic.getByLabel('New message').fill('Start gently, please.');
    await clinic.getByRole('button', { name: 'Add the message' }).click();
    await expect(clinic.getByText('Start gently, please.')).toBeVisible();
    await exchange(clinic);
    await expect(clinic.getByText(/entries were sent/)).toBeVisible();
    await exchange(patient);
    await expect(patient.getByText('A plan for Ana, version 1, signed by Dr. Tester')).toBeVisible();
    await patient.getByRole('button', { name: 'Follow this plan' }).click();
    await expect(patient.getByText('Start gently, please.')).toBeVisible();

    // Results and an answer come back; a second exchange finds nothing to do.
    await patient.getByLabel('New message').fill('It went well.');
    await patient.getByRole('button', { name: 'Add the message' }).click();
    await expect(patient.getByText('It went well.')).toBeVisible();
    await exchange(patient);
    await expect(patient.getByText(/entries were sent/)).toBeVisible();
    await exchange(clinic);
    await expect(clinic.getByText('The patient follows version 1.')).toBeVisible();
    await expect(clinic.getByText('Sessions: 1')).toBeVisible();
    await expect(clinic.getByText('It went well.')).toBeVisible();
    for (const page of [patient, clinic]) {
      await exchange(page);
      await expect(page.getByText('Nothing new to send.')).toBeVisible();
    }
    await expectAccessible(clinic);
    await expectAccessible(patient);
  } finally {
    await server.close();
  }
});
