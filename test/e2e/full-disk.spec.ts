import { expect, test, type Page } from '@playwright/test';
import { answerSafety, countMoves, startRecording, startTest, stopBecause, strapOn } from './journey.ts';

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

/** Writes rows of its own until the browser takes no more of them. @returns how many */
async function useUpQuota(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('filler', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { autoIncrement: true });
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(new Error('The filler could not be opened.'));
    });
    let rowCount = 0;
    for (let bytes = 65_536; bytes >= 64; bytes /= 2) {
      for (let fits = true; fits;) {
        const transaction = database.transaction('rows', 'readwrite');
        transaction.objectStore('rows').put(crypto.getRandomValues(new Uint8Array(bytes)));
        fits = await new Promise<boolean>((resolve) => {
          transaction.oncomplete = () => resolve(true);
          transaction.onabort = () => resolve(false);
        });
        if (fits) rowCount++;
      }
    }
    database.close();
    return rowCount;
  });
}

const filesOf = (page: Page) =>
  page.evaluate(async () => {
    const names: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
    return names;
  });

test('a session that uses up what the browser allows ends its recording, and keeps its results', async ({
  page,
  context,
  baseURL,
}) => {
  const browser = await context.newCDPSession(page);
  const allow = (quotaSize?: number) =>
    browser.send('Storage.overrideQuotaForOrigin', {
      origin: baseURL ?? '',
      ...(quotaSize !== undefined && { quotaSize }),
    });
  await allow(16 * 2 ** 20);
  await startRecording(page);
  await strapOn(page);
  await startTest(page);
  await countMoves(page, 1);
  expect(await filesOf(page)).toHaveLength(1);
  expect(await useUpQuota(page)).toBeGreaterThan(0);
  const told = page.getByRole('alert').filter({ hasText: 'no space left for the recording' });
  await expect(told).toContainText('your results are kept');
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await expect(told).toHaveCount(0);
  // What was given back is gone too: the database takes not even the result.
  await allow(1);
  await useUpQuota(page);
  await countMoves(page, 2);
  await stopBecause(page, 'I am finished');
  await expect(page.getByText('Only the results were saved')).toBeVisible();
  const moves = page.getByRole('region', { name: 'Every move of this set' }).getByRole('row');
  const look = async () => {
    await page.goto('./#/sessions');
    await page.reload();
    await page.getByRole('link', { name: /Seated turn/ }).click();
    await expect(page.getByText('Part of this recording is not on this device')).toBeVisible();
    return moves.count();
  };
  const shown = await look();
  expect(shown).toBeGreaterThan(2);
  expect(await filesOf(page)).toHaveLength(1);

  await allow();
  expect(await look()).toBe(shown);
  await expect.poll(() => filesOf(page)).toEqual([]);
  expect(await look()).toBe(shown);
});
