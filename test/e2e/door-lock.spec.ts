import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { addPatient, setUpClinic } from './clinic-hands.ts';

/* The passphrase on the door of who looks after patients, with the real Argon2id. */

const SLOW = { timeout: 60_000 };

/** All that lies in the databases of the clinic, as text. */
function clinicText(page: Page): Promise<string> {
  return page.evaluate(async () => {
    let text = '';
    for (const { name } of await indexedDB.databases()) {
      if (name?.startsWith('thora-clinic') !== true) continue;
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
      });
      for (const table of database.objectStoreNames) {
        const rows = await new Promise<object[]>((resolve) => {
          const request = database.transaction(table).objectStore(table).getAll();
          request.onsuccess = () => resolve(request.result as object[]);
        });
        for (const row of rows)
          for (const value of Object.values(row) as unknown[])
            text += value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value);
      }
      database.close();
    }
    return text;
  });
}

test('the door of who looks after patients opens with its passphrase alone, and the way to the exercises stays free', async ({
  page,
}) => {
  await page.clock.install();
  await setUpClinic(page);
  const ana = await addPatient(page, 'Ana of the heron');
  await page.goto('./#/patients');
  await page.getByLabel('Your name, for the log and for plans you sign').fill('Dr. Tester');
  await page.getByRole('button', { name: 'This is me' }).click();
  await page.getByRole('button', { name: 'Set a passphrase' }).click();
  await page.getByLabel('New passphrase, at least 8 letters').fill('heron at dusk');
  await page.getByLabel('The same once more').fill('heron at dusk');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.locator('.recovery-code')).toHaveText(/^(\w{5}-){4}\w{5}$/, SLOW);
  await page.getByRole('checkbox', { name: 'I have it on paper' }).check();
  await page.getByRole('button', { name: 'Lock this door' }).click();
  await expect(page.getByText('This door opens with its passphrase.')).toBeVisible();
  await expectAccessible(page);

  // What is being written when it closes is there again; the log says who did what.
  await page.goto(`${ana}/review`);
  await page.getByLabel('New note').fill('Half a note');
  // The id of a draft is in clear: it is on the disk.
  await expect.poll(() => clinicText(page)).toContain(' note"');
  expect(await clinicText(page)).not.toContain('Ana of the heron');
  expect(await clinicText(page)).not.toContain('Half a note');

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
  await page.getByLabel('Your name').fill('Dr. Tester');
  await page.getByLabel('Passphrase of this door').fill('heron at dawn');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('That is not the passphrase.')).toBeVisible(SLOW);
  await page.getByLabel('Passphrase of this door').fill('heron at dusk');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('heading', { name: 'Sessions on this device' })).toBeVisible(SLOW);

  await page.goto(`${ana}/review`);
  await expect(page.getByLabel('New note')).toHaveValue('Half a note');
  await page.getByRole('button', { name: 'Keep the note' }).click();
  await expect(page.getByLabel('New note')).toHaveValue('');
  await page.goto('./#/patients/log');
  const log = page.locator('.audit-list');
  await expect(log).toContainText('Dr. Tester: Wrote a note (Ana of the heron)');
  await expect(log).toContainText('No name given: A passphrase that does not fit was tried');
  await page.getByLabel('What').selectOption({ label: 'Wrote a note' });
  await expect(page.getByText('1 entry')).toBeVisible();
  const table = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a table (CSV)' }).click();
  expect(await readFile(await (await table).path(), 'utf8')).toContain('Dr. Tester,noteWritten,');
  await expectAccessible(page);
  await page.goto('./#/patients');

  // Nobody touches it for as long as was chosen: it closes, and knows who was there.
  await page.getByLabel('Lock by itself after').selectOption('2');
  await expect(page.getByLabel('Lock by itself after')).toHaveValue('2');
  await page.clock.fastForward(100_000);
  await expect(page.getByRole('heading', { name: 'Sessions on this device' })).toBeVisible();
  await page.clock.fastForward(60_000);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This door is locked');
  await expect(page.getByLabel('Your name')).toHaveValue('Dr. Tester');
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
  await expect(page.getByText('Patients who use this device can open this door too')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Sessions on this device' })).toBeVisible();
});
