import { expect, test, type Page } from '@playwright/test';
import { EmulatedNano33 } from '../support/emulated-nano33.ts';
import { EmulatedRadio, RADIO_LAUNCH_ARGS } from '../support/emulated-radio.ts';

/* The kit on the table, on a screen of a phone: which sensor is which, and which does not keep up. */
test.use({
  viewport: { width: 390, height: 844 },
  actionTimeout: 20_000,
  launchOptions: {
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-3d-apis', ...RADIO_LAUNCH_ARGS],
  },
});

let radio: EmulatedRadio;
let boards: EmulatedNano33[] = [];

test.beforeEach(async ({ browser, context, page }) => {
  radio = await EmulatedRadio.attach(browser, context, page);
});
test.afterEach(async () => {
  for (const board of boards) board.powerOff();
  boards = [];
  await radio.detach();
});

/** Lies flat, and turns back and forth in a hand while it is shaken. */
async function powerOn(index: number, options: { readonly chipRateHz?: number } = {}) {
  const motion = { shaken: false };
  const board = await EmulatedNano33.powerOn(radio, {
    address: `C0:FF:EE:00:55:0${index}`,
    name: `Thora-550${index}`,
    source: {
      sampleInto: (values, timeS) => {
        values.fill(0);
        values[5] = 9.81;
        if (motion.shaken) values[0] = 7 * Math.cos(2 * Math.PI * 4 * timeS);
      },
    },
    ...options,
  });
  boards.push(board);
  return { board, motion };
}

/** One tap in the page for each sensor; the two others of a pairing are the browser's own. */
async function connectBoth(page: Page): Promise<void> {
  await page.goto('/#/welcome');
  await page.evaluate(() => localStorage.setItem('thora-preferences', '{"door":"exercise"}'));
  await page.goto('/#/today');
  await page.getByRole('combobox').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('radio', { name: '2', exact: true }).check();
  await page.getByRole('button', { name: 'Go on' }).click();
  for (const [index, name] of ['Blue circle', 'Amber triangle'].entries()) {
    radio.choose(boards[index]!.address);
    await page.getByRole('button', { name: `Connect ${name}` }).click();
    await expect(page.getByText(name, { exact: true })).toBeVisible();
    await expect.poll(() => boards[index]!.streaming).toBe(true);
  }
  await expect(page.getByRole('button', { name: 'They lie still' })).toBeVisible();
}

test('the sensor that is shaken goes where the person says', async ({ page }) => {
  await powerOn(1);
  const second = await powerOn(2);
  await connectBoth(page);
  await page.getByRole('button', { name: 'Not sure which is which? Shake one' }).click();
  const sheet = page.getByRole('dialog', { name: 'Which sensor is which?' });
  await expect(sheet.getByText('Shake the sensor you will put on your upper back')).toBeVisible();
  second.motion.shaken = true;
  await expect(sheet.getByText('Now each sensor has its place.')).toBeVisible();
  second.motion.shaken = false;
  await expect(sheet.getByRole('listitem').filter({ hasText: 'Blue circle' })).toContainText('Thora-5502');
  await expect(sheet.getByRole('listitem').filter({ hasText: 'Amber triangle' })).toContainText('Thora-5501');
  await sheet.getByRole('button', { name: 'Keep it so' }).click();
  await page.getByRole('button', { name: 'Blink Blue circle' }).click();
  await expect.poll(() => second.board.identifyCount).toBe(1);
});
