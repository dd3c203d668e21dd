import { expect, test } from '@playwright/test';
import type { CareEvent } from '../../src/core/care/care-journal.ts';
import { expectAccessible } from './axe.ts';
import { addPatient, pair, saved, setUpClinic } from './clinic-hands.ts';
import { layJournal, safetyAnswered } from './journey.ts';

/* A patient's weeks come in as a file, and the clinic has its answer on one page. */

const DAY_H = 24;
const DAYS = 23;

const pain = (value: number): CareEvent => ({
  kind: 'measureAnswered',
  measureId: 'pain.avg24',
  value,
  language: 'en',
  wordsVersion: '1',
});

function session(painDuring: number, layout: string, valueDeg: number): CareEvent {
  return {
    kind: 'sessionDone',
    sessionId: null,
    session: 'plan',
    painBefore: 2,
    painAfter: 2,
    ease: 4,
    exercises: [
      {
        exerciseId: 'E12',
        variation: null,
        painDuring,
        repetitionsDone: 8,
        repetitionsPlanned: 8,
        quality: 85,
        effort: null,
        selfReported: false,
      },
    ],
    ranges: [
      {
        metric: 'locked.rotation',
        side: 'left',
        valueDeg,
        intervalDeg: [valueDeg - 3, valueDeg + 3],
        layout,
      },
    ],
    durationS: 600,
    donningS: null,
  };
}

test('a review says who needs somebody first, what changed, and what to decide', async ({ browser }) => {
  const clinic = await (await browser.newContext()).newPage();
  const patient = await (await browser.newContext()).newPage();
  await setUpClinic(clinic);
  const ana = await addPatient(clinic, 'Ana');
  await addPatient(clinic, 'Ben');
  await clinic.goto(ana);

  // Pain falls from 6 to 3; the last session hurts too much; sensors were worn in two ways.
  const written = Array.from({ length: DAYS }, (_, day) => ({
    hoursAgo: DAY_H * (DAYS - day),
    event: pain(day < 7 ? 6 : 3),
  }));
  await layJournal(
    patient,
    { hoursAgo: DAY_H * DAYS, event: safetyAnswered() },
    { hoursAgo: DAY_H * DAYS, event: { kind: 'consentGiven', textVersion: '1' } },
    { hoursAgo: DAY_H * DAYS, event: { kind: 'cameIn' } },
    ...written.slice(0, 2),
    { hoursAgo: DAY_H * 21, event: session(1, 'upperBack', 30) },
    ...written.slice(2, -2),
    { hoursAgo: DAY_H * 3, event: session(8, 'lowerBack + upperBack', 48) },
    ...written.slice(-2),
  );
  await pair(clinic, patient);
  const results = await saved(patient, 'Save the file for your clinic');
  await clinic.getByLabel('Open a file of this patient').setInputFiles(results);
  await expect(clinic.getByText('Sessions: 2')).toBeVisible();

  // Ben was added last, and nobody has to look at him.
  await clinic.goto('./#/patients');
  const list = clinic.getByRole('list', { name: 'Patients' }).getByRole('listitem');
  await expect(list.first()).toContainText('Ana');
  await expect(list.first()).toContainText('Medium: within 2 days');
  await expect(list.last()).toContainText('Ben');
  await expectAccessible(clinic);

  await list.first().getByRole('link').click();
  await expect(clinic.getByRole('heading', { level: 2, name: 'Better', exact: true })).toBeVisible();
  await expect(clinic.getByText('Better: Pain.')).toBeVisible();
  await expect(clinic.getByText('Pain above the limit')).toBeVisible();
  await expect(clinic.getByText('Look at the exercise that hurt')).toBeVisible();
  const said = clinic.getByRole('region', { name: 'What the patient said' }).getByRole('row');
  await expect(said.filter({ hasText: 'Pain, week by week' })).toContainText(
    /Better\s*6\s*3\s*-3\s*yes.*yes/,
  );
  for (const [layout, angle] of [
    ['Upper back', '30°'],
    ['Lower back + Upper back', '48°'],
  ] as const) {
    const region = clinic.getByRole('region', { name: layout, exact: true });
    await expect(region.getByRole('row')).toHaveCount(2);
    await expect(region).toContainText(angle);
  }
  await clinic.getByLabel('New note').fill('Call about the squeeze.');
  await clinic.getByRole('button', { name: 'Keep the note' }).click();
  await expect(clinic.getByText('Call about the squeeze.')).toBeVisible();
  await clinic.reload();
  await expect(clinic.getByRole('list', { name: 'Notes of the clinic' })).toContainText('squeeze');
  await expectAccessible(clinic);
  await clinic.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(clinic);

  // A note stays at the clinic.
  await clinic.getByRole('link', { name: 'Plan, files and messages' }).click();
  const forPatient = await saved(clinic, 'Save the file for the patient');
  await patient.getByLabel('Open a file of your clinic').setInputFiles(forPatient);
  await expect(patient.getByText('squeeze')).toHaveCount(0);
});
