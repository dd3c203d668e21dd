import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { readRecordingFile, writeRecordingFile } from '../../src/core/recording/recording-file.ts';
import { CHROMIUM_PATH, LAUNCH_ARGS, NO_FIGURE } from '../../test-browser.ts';
import { expectAccessible } from './axe.ts';

/* What is kept on the device, and who can read it. The browser is closed and opened again, on a folder of its own. */

const EXAMPLES = new URL('../../public/examples/', import.meta.url);
const PASSPHRASE = 'heron at dusk';
const BACKUP_PASSPHRASE = 'otter at dawn';
const SLOW = { timeout: 60_000 };

/** A recording in which a sensor and an answer carry words that stand nowhere else. */
function recordingWith(word: string, example: string): { name: string; mimeType: string; buffer: Buffer } {
  const read = readRecordingFile(new Uint8Array(readFileSync(new URL(example, EXAMPLES))), example);
  const last = read.commands.at(-1)!;
  const order = Math.max(last.order, ...read.sensors.map(({ packets }) => packets.order.at(-1) ?? 0)) + 1;
  const note = { about: 'stopReason', reason: `${word} answered` } as const;
  const bytes = writeRecordingFile({
    ...read,
    recordingId: example,
    sensors: read.sensors.map((sensor) => ({
      ...sensor,
      description: { ...sensor.description, name: `${word} sensor` },
    })),
    commands: [...read.commands, { ...last, order, command: { kind: 'annotate', note } }],
  });
  return { name: example, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
}

/** Files of the folder that hold one of the words, as bytes or as UTF-16. */
function filesThatTell(folder: string, words: readonly string[]): string[] {
  const needles = words.flatMap((word) => [Buffer.from(word, 'latin1'), Buffer.from(word, 'utf16le')]);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path);
      return needles.some((needle) => bytes.includes(needle));
    });
}

async function importRecording(page: Page, word: string, example: string): Promise<void> {
  await page.goto('./#/sessions');
  await page.getByLabel('Import a recording').setInputFiles(recordingWith(word, example));
  await expect(page.getByRole('button', { name: 'Export' })).toBeVisible(SLOW);
}

let folder: string;
let context: BrowserContext;

async function openBrowser(baseURL: string | undefined): Promise<Page> {
  context = await chromium.launchPersistentContext(folder, {
    executablePath: CHROMIUM_PATH,
    args: [...LAUNCH_ARGS, NO_FIGURE],
    ...(baseURL === undefined ? {} : { baseURL }),
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  return context.pages()[0] ?? (await context.newPage());
}

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thora-profile-'));
});
test.afterEach(async () => {
  await context.close();
  rmSync(folder, { recursive: true, force: true });
});

test('what is locked stands nowhere in the folder of the browser; it opens with the passphrase, and comes back from a backup', async ({
  baseURL,
}) => {
  let page = await openBrowser(baseURL);
  await importRecording(page, 'marmalade', 'seated-turn.thora');
  await context.close();
  // Without a lock it does stand there: this test can fail.
  expect(filesThatTell(folder, ['marmalade'])).not.toEqual([]);

  page = await openBrowser(baseURL);
  await page.goto('./#/settings/data');
  await page.getByRole('button', { name: 'Set a passphrase' }).click();
  await page.getByLabel('New passphrase, at least 8 letters').fill(PASSPHRASE);
  await page.getByLabel('The same once more').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Next' }).click();
  const code = await page.locator('.recovery-code').textContent();
  await expectAccessible(page);
  await page.getByRole('checkbox', { name: 'I have it on paper' }).check();
  await page.getByRole('button', { name: 'Lock my sessions' }).click();
  await expect(page.getByText('Your sessions are locked with your passphrase.')).toBeVisible({
    timeout: 60_000,
  });
  await importRecording(page, 'thunderwhistle', 'reach-up.thora');
  await context.close();
  expect(filesThatTell(folder, ['marmalade', 'thunderwhistle', PASSPHRASE, code!])).toEqual([]);

  page = await openBrowser(baseURL);
  await page.goto('./#/sessions');
  await expect(page.getByRole('heading', { name: 'Your sessions are locked' })).toBeVisible();
  await page.getByLabel('Your passphrase').fill('heron at dawn');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('That is not the passphrase.')).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await page.getByLabel('Your passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.locator('.card-list a')).toHaveCount(2);

  // A copy in a safe place, everything erased, and everything back.
  await page.goto('./#/settings/data');
  await page.getByRole('button', { name: 'Make a backup' }).click();
  let sheet = page.getByRole('dialog', { name: 'Make a backup' });
  await sheet.getByLabel('Passphrase for the backup, at least 8 letters').fill(BACKUP_PASSPHRASE);
  await sheet.getByLabel('The same once more').fill(BACKUP_PASSPHRASE);
  const downloading = page.waitForEvent('download', { timeout: 60_000 });
  await sheet.getByRole('button', { name: 'Save the backup' }).click();
  const saved = readFileSync(await (await downloading).path());
  expect(saved.includes('thunderwhistle')).toBe(false);
  await sheet.getByRole('button', { name: 'Done' }).click();

  const openBackup = async (task: string, button: string, bytes: Buffer) => {
    await page.getByRole('button', { name: task }).click();
    sheet = page.getByRole('dialog', { name: task });
    const file = { name: 'mine.thora-backup', mimeType: 'application/octet-stream', buffer: bytes };
    await sheet.getByLabel('The backup file').setInputFiles(file);
    // A mistyped passphrase costs nothing but typing it again.
    await sheet.getByLabel('Passphrase of the backup').fill('otter at noon');
    await sheet.getByRole('button', { name: button }).click();
    await expect(sheet.getByRole('alert')).toContainText('The passphrase does not fit this backup.', SLOW);
    await sheet.getByLabel('Passphrase of the backup').fill(BACKUP_PASSPHRASE);
    await sheet.getByRole('button', { name: button }).click();
  };
  await openBackup('Check a backup', 'Check it', saved);
  await expect(sheet.getByText('The backup opens. 2 sessions in it are exactly as here.')).toBeVisible(SLOW);
  await sheet.getByRole('button', { name: 'Done' }).click();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Erase everything of mine' }).click();
  await page.getByRole('button', { name: 'Erase', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Erase now' })).toBeDisabled();
  await page.getByRole('checkbox', { name: 'Yes, erase all of it for good' }).check();
  await page.getByRole('button', { name: 'Erase now' }).click();
  await expect(page.getByText('There is no backup yet.')).toBeVisible(SLOW);
  await expect(page.getByText('No session is here yet.')).toBeVisible();

  await openBackup('Bring back a backup', 'Bring it back', saved.subarray(0, saved.length - 100));
  await expect(sheet.getByRole('alert')).toContainText('This backup', SLOW);
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('No session is here yet.')).toBeVisible();
  await openBackup('Bring back a backup', 'Bring it back', saved);
  await expect(sheet.getByText('2 sessions came back.')).toBeVisible(SLOW);
  await sheet.getByRole('button', { name: 'Done' }).click();
  await page.goto('./#/sessions');
  await page.locator('.card-list a').first().click();
  await expect(page.locator('.plot canvas')).toBeVisible(SLOW);

  // Somebody whose name has no end.
  await page.goto('./#/settings/data');
  await page.getByRole('button', { name: 'Add a person' }).click();
  sheet = page.getByRole('dialog', { name: 'Add a person' });
  await sheet.getByLabel('Your own name').fill('مريم');
  await sheet.getByLabel("The other person's name").fill('W'.repeat(200));
  await sheet.getByRole('button', { name: 'Add and go there' }).click();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'I am somebody else' }).click();
  await expect(page.getByRole('button', { name: 'WWWW' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
