import { expect, test, type Page } from '@playwright/test';
import { answerSafety } from './journey.ts';

/* What a person tells while the device has no room to write it down. */

const EMERGENCY = 'Call your local emergency number now';
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

/** From now on the journal takes no entry, until the page is loaded again or `makeRoom` is called. */
async function fillDisk(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { add } = IDBObjectStore.prototype;
    Object.assign(globalThis, { makeRoom: () => (IDBObjectStore.prototype.add = add) });
    IDBObjectStore.prototype.add = function (this: IDBObjectStore, ...row: [unknown]) {
      if (this.name === 'journal') throw new DOMException('no room', 'QuotaExceededError');
      return add.apply(this, row);
    };
  });
}

const makeRoom = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { makeRoom: () => void }).makeRoom());

test('chest pain locks on a full disk too, and stands on it once there is room', async ({ page }) => {
  await answerSafety(page, 5);
  await page.goto('./#/today/own');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const chest = page.getByRole('button', { name: /^Chest pain or pressure/ });
  await expect(chest).toBeVisible();
  await fillDisk(page);
  await page.getByRole('button', { name: 'None of these' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toContainText('This device has no space left.');
  await chest.click();
  await page.getByRole('radio', { name: 'Yes' }).click();
  await expect(heading(page, EMERGENCY)).toBeVisible();
  await page.goto('./#/exercises/E01');
  await expect(heading(page, EMERGENCY)).toBeVisible();
  await makeRoom(page);
  await page.getByRole('button', { name: 'I tapped by mistake' }).click();
  await page.getByRole('radio', { name: 'Yes' }).click();
  await expect(page.getByRole('button', { name: 'I tapped by mistake' })).toHaveCount(0);
  await page.reload();
  await expect(heading(page, EMERGENCY)).toBeVisible();
});

test('who comes in on a full disk is told so at each question, and goes on once there is room', async ({
  page,
}) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  const told = page.getByRole('alert').filter({ hasText: 'This device has no space left.' });
  await page.goto('./#/coming-in');
  await page.getByRole('checkbox').check();
  await fillDisk(page);
  await page.getByRole('button', { name: 'Begin' }).click();
  await expect(told).toBeVisible();
  await makeRoom(page);
  await page.getByRole('button', { name: 'Begin' }).click();
  await expect(heading(page, 'Who covers your care?')).toBeVisible();
  await expect(told).toHaveCount(0);
  await page.getByRole('button', { name: 'I go on by myself' }).click();
  await page.getByRole('textbox').fill('52');
  await fillDisk(page);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(told).toBeVisible();
  await makeRoom(page);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Now or in the last 24 hours/);
  expect(errors).toEqual([]);
});
