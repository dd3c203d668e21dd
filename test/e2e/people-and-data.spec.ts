import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { readRecordingFile, writeRecordingFile } from '../../src/core/recording/recording-file.ts';

/* What is kept on the device, and who can read it. The browser is closed and opened again, on a folder of its own. */

const EXAMPLES = new URL('../../public/examples/', import.meta.url);
const PASSPHRASE = 'heron at dusk';

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
  await expect(page.locator('.plot canvas')).toBeVisible({ timeout: 60_000 });
}

let folder: string;
let context: BrowserContext;

async function openBrowser(baseURL: string | undefined): Promise<Page> {
  context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-3d-apis'],
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

test('what is locked stands nowhere in the folder of the browser, and opens with the passphrase alone', async ({
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
  await page.reload();
  await page.getByLabel('Your passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.locator('.card-list a')).toHaveCount(2);
});
