import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';

/* What hands do at a clinic and at its patient's, in two browsers that share nothing but files. */

export interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export async function saved(page: Page, button: string): Promise<GivenFile> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button, exact: true }).click();
  const file = await download;
  const buffer = await readFile(await file.path());
  return { name: file.suggestedFilename(), mimeType: 'application/json', buffer };
}

export async function addPatient(page: Page, name: string): Promise<string> {
  await page.goto('./#/patients');
  await page.getByLabel('Name of the patient').fill(name);
  await page.getByRole('button', { name: 'Add the patient' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  return page.url();
}

/** Cards both ways, and the code compared. */
export async function pair(clinic: Page, patient: Page): Promise<void> {
  const card = await saved(clinic, 'Save a card for this patient');
  await patient.goto('./#/settings/clinic');
  await patient.getByLabel('Open a file of your clinic').setInputFiles(card);
  await patient.getByRole('button', { name: 'Yes, pair with this clinic' }).click();
  const back = await saved(patient, 'Save your card');
  await clinic.getByLabel('Open a file of this patient').setInputFiles(back);
  const code = await clinic.locator('.pair-code').textContent();
  expect(code).toMatch(/^(\d{4} ){4}\d{4}$/);
  await expect(patient.locator('.pair-code')).toHaveText(code!);
  for (const page of [clinic, patient]) {
    await page.getByRole('button', { name: 'The code is the same' }).click();
    await expect(page.locator('.pair-code')).toHaveCount(0);
  }
}

export async function setUpClinic(clinic: Page): Promise<void> {
  await clinic.goto('./#/patients');
  await clinic.getByLabel('Name of the clinic').fill('Clinic of the test');
  await clinic.getByRole('button', { name: 'Set up the clinic' }).click();
  await expect(clinic.getByRole('heading', { name: 'Patients of Clinic of the test' })).toBeVisible();
}

/** Through all steps with the simulated kit's own careful hand. */
export async function checkKit(page: Page, fault: string): Promise<void> {
  await page.goto('/#/patients/kits');
  await page.getByRole('link', { name: 'Check a kit' }).click();
  await page.getByLabel('Name of the kit').fill('Kit of the test');
  await page.getByLabel('Checked by').fill('A. Tester');
  await page.getByLabel('Fault of the first unit').selectOption({ label: fault });
  await page.getByRole('button', { name: 'Begin with simulated units' }).click();
  for (const step of [
    'Radio at 3 m',
    'Zero and noise',
    'Six faces',
    'Whole turns',
    'Compass',
    'Drift in five minutes',
    'Two on one ruler',
  ]) {
    await expect(page.getByRole('heading', { name: step, exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Begin this step' }).click();
    await expect(page.getByRole('button', { name: `Do again: ${step}` })).toBeVisible({ timeout: 200_000 });
  }
  await page.getByRole('button', { name: 'Make the passport' }).click();
  await expect(page).toHaveURL(/\/patients\/kits\/(?!bench)/);
  await expect(page.getByRole('heading', { name: 'Kit of the test' })).toBeVisible();
}
