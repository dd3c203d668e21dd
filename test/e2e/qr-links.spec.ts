import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { addPatient, setUpClinic } from './clinic-hands.ts';

/* Cards that go as codes: what a camera would read is the link beside the picture. */

async function linkOf(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Show it as a code' }).click();
  await expect(page.getByRole('img', { name: 'Code with a link' })).toBeVisible();
  await expectAccessible(page);
  const link = await page.getByRole('link', { name: 'The same as a link' }).getAttribute('href');
  await page.keyboard.press('Escape');
  return link!;
}

test('cards go both ways as codes, through the same door as files', async ({ browser }) => {
  const clinic = await (await browser.newContext()).newPage();
  const patient = await (await browser.newContext()).newPage();
  await setUpClinic(clinic);
  const ana = await addPatient(clinic, 'Ana');
  for (const width of [360, 1280]) {
    await clinic.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await clinic.emulateMedia({ colorScheme });
      await linkOf(clinic);
    }
  }
  const card = await linkOf(clinic);
  expect(card).toMatch(/#take=[\w-]+$/);
  expect(card.length).toBeLessThan(1_900);

  // Taken out of the address at once, kept over a reload, and nothing is taken before somebody says so.
  await patient.goto(card);
  await expect(patient.getByText('The card of a clinic for you.')).toBeVisible();
  expect(patient.url()).not.toContain('take=');
  expect(patient.url()).toMatch(/#\/take$/);
  await patient.reload();
  await expectAccessible(patient);
  await patient.getByRole('button', { name: 'Look at it' }).focus();
  await patient.keyboard.press('Enter');
  await expect(
    patient.getByRole('heading', { name: 'Clinic of the test wants to look after you' }),
  ).toBeVisible();
  await patient.getByRole('button', { name: 'Yes, pair with this clinic' }).click();
  const back = await linkOf(patient);

  // In a page that is open already: only the fragment changes.
  await clinic.evaluate((link) => (location.hash = new URL(link).hash), back);
  await expect(clinic.getByText("A patient's card for your clinic.")).toBeVisible();
  expect(clinic.url()).not.toContain('take=');
  await clinic.getByRole('button', { name: 'Look at it' }).click();
  await expect(clinic).toHaveURL(ana);
  const code = await clinic.locator('.pair-code').textContent();
  await expect(patient.locator('.pair-code')).toHaveText(code!);

  // Once taken it does not come back.
  await clinic.goto('./#/take');
  await expect(clinic.getByText('No file waits here. Open the link again.')).toBeVisible();

  // Hostile links are refused by name, and change nothing.
  for (const [fragment, words] of [
    ['take=%%%', 'This link is not whole.'],
    [`take=${'A'.repeat(9_000)}`, 'This link holds more than'],
    ['take=q1bKTSzOzEtXsqoGAA', 'This link'],
  ] as const) {
    await patient.goto('./#/settings/clinic');
    await patient.evaluate((text) => (location.hash = text), fragment);
    await expect(patient.getByRole('alert')).toContainText(words);
    expect(patient.url()).not.toContain('take=');
  }
});
