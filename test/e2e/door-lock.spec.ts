import { expect, test } from '@playwright/test';
import { expectAccessible } from './axe.ts';

/* The passphrase on the door of who looks after patients, with the real Argon2id. */

const SLOW = { timeout: 60_000 };

test('the door of who looks after patients opens with its passphrase alone, and the way to the exercises stays free', async ({
  page,
}) => {
  await page.goto('./#/patients');
  await page.getByRole('button', { name: 'Set a passphrase' }).click();
  await page.getByLabel('New passphrase, at least 8 letters').fill('heron at dusk');
  await page.getByLabel('The same once more').fill('heron at dusk');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.locator('.recovery-code')).toHaveText(/^(\w{5}-){4}\w{5}$/, SLOW);
  await page.getByRole('checkbox', { name: 'I have it on paper' }).check();
  await page.getByRole('button', { name: 'Lock this door' }).click();
  await expect(page.getByText('This door opens with its passphrase.')).toBeVisible();
  await expectAccessible(page);

  // Every page behind it is shut, in a new tab too; the exercises are not.
  for (const path of ['./#/patients', './#/sessions', './#/settings/data']) {
    await page.goto(path);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This door is locked');
    await expect(page.getByText('Sessions on this device')).toHaveCount(0);
  }
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Choose another way into Thora' }).click();
  await page.getByRole('button', { name: 'I exercise at home' }).click();
  await expect(page.getByRole('link', { name: 'Today' }).first()).toBeVisible();
  await page.goto('./#/sessions');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your sessions');

  await page.goto('./#/patients');
  await page.getByLabel('Passphrase of this door').fill('heron at dawn');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('That is not the passphrase.')).toBeVisible(SLOW);
  await page.getByLabel('Passphrase of this door').fill('heron at dusk');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('heading', { name: 'Sessions on this device' })).toBeVisible(SLOW);

  // Whoever only sits before the open page cannot take the lock away.
  await page.getByRole('button', { name: 'Take the lock away' }).click();
  const sheet = page.getByRole('dialog', { name: 'First, show that it is you' });
  await expectAccessible(page);
  await sheet.getByLabel('Passphrase you use now').fill('heron at dusk');
  await sheet.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Take it away' }).click(SLOW);
  await expect(page.getByText('Patients who use this device can open this door too.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sessions on this device' })).toBeVisible();
});
