import { expect, test, type Page } from '@playwright/test';
import { CHROMIUM_PATH, LAUNCH_ARGS, NO_FIGURE } from '../../test-browser.ts';
import { EmulatedNano33 } from '../support/emulated-nano33.ts';
import { EmulatedRadio, RADIO_LAUNCH_ARGS } from '../support/emulated-radio.ts';
import { answerSafety } from './journey.ts';

/* The kit on the table, on a screen of a phone: which sensor is which, and which does not keep up. */
test.use({
  viewport: { width: 390, height: 844 },
  actionTimeout: 20_000,
  launchOptions: {
    executablePath: CHROMIUM_PATH,
    args: [...LAUNCH_ARGS, NO_FIGURE, ...RADIO_LAUNCH_ARGS],
  },
});

let radio: EmulatedRadio;
let boards: EmulatedNano33[] = [];
const answered = new WeakSet<Page>();

test.beforeEach(async ({ browser, context, page }) => {
  radio = await EmulatedRadio.attach(browser, context, page);
});
test.afterEach(async () => {
  for (const board of boards) board.powerOff();
  boards = [];
  await radio.detach();
});

/** Lies flat, and turns back and forth in a hand while it is shaken. */
async function powerOn(index: number, options: { readonly otherRateHz?: number } = {}) {
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

declare global {
  interface Window {
    /** Taps of the person on this page. */
    taps: number;
  }
}

/** To the step in which sensors are connected, with two on the back. */
async function beginSession(page: Page): Promise<void> {
  // Once: it loads the page anew, and a page that was loaded anew has forgotten its sensors.
  const isFirst = !answered.has(page);
  if (isFirst) await answerSafety(page);
  answered.add(page);
  await page.goto('/#/today/own');
  await page.getByRole('group', { name: 'Where do you wear the sensors?' }).getByRole('radio').nth(1).check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  if (!isFirst) await page.getByRole('button', { name: 'None of these' }).click();
  await page.getByRole('radio', { name: '2', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Wake your sensors' })).toBeVisible();
}

const tapsOf = (page: Page): Promise<number> => page.evaluate(() => window.taps);

/** One tap in the page for each sensor; the two others of a pairing are the browser's own. */
async function connectBoth(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.taps = 0;
    addEventListener('click', (event) => void (event.isTrusted && window.taps++), true);
  });
  await page.goto('/#/welcome');
  await page.evaluate(() => localStorage.setItem('thora-preferences', '{"door":"exercise"}'));
  await beginSession(page);
  const before = await tapsOf(page);
  for (const [index, name] of ['Blue circle', 'Amber triangle'].entries()) {
    radio.choose(boards[index]!.address);
    await page.getByRole('button', { name: `Connect ${name}` }).click();
    await expect(page.getByText(name, { exact: true })).toBeVisible();
    await expect.poll(() => boards[index]!.streaming).toBe(true);
  }
  await expect(page.getByRole('button', { name: 'They lie still' })).toBeVisible();
  expect((await tapsOf(page)) - before).toBe(boards.length);
}

test('the sensor that is shaken goes where the person says', async ({ page }) => {
  await powerOn(1);
  const second = await powerOn(2);
  await connectBoth(page);
  await page.getByRole('button', { name: 'Not sure which is which? Shake one' }).click();
  const sheet = page.getByRole('dialog', { name: 'Which sensor is which?' });
  await expect(sheet.getByText('Shake the sensor you will put on your upper back')).toBeVisible();
  second.motion.shaken = true;
  await expect(sheet.getByText('Now each sensor has its place.')).toBeVisible({ timeout: 60_000 });
  second.motion.shaken = false;
  await expect(sheet.getByRole('listitem').filter({ hasText: 'Blue circle' })).toContainText('Thora-5502');
  await expect(sheet.getByRole('listitem').filter({ hasText: 'Amber triangle' })).toContainText('Thora-5501');
  await sheet.getByRole('button', { name: 'Keep it so' }).click();
  await page.getByRole('button', { name: 'Blink Blue circle' }).click();
  await expect.poll(() => second.board.identifyCount).toBe(1);

  // The next session: the browser remembers the sensors, and they come back to their places without a tap.
  await page.getByRole('button', { name: 'Leave the session' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave', exact: true }).click();
  await beginSession(page);
  const before = await tapsOf(page);
  await expect(page.getByRole('button', { name: 'They lie still' })).toBeVisible({ timeout: 60_000 });
  expect(await tapsOf(page)).toBe(before);
  for (const board of boards) await expect.poll(() => board.streaming).toBe(true);
});

test('a sensor that the radio starves is connected before the others, or all are asked for fewer samples', async ({
  page,
}) => {
  await powerOn(1, { otherRateHz: 52 });
  const { board } = await powerOn(2, { otherRateHz: 52 });
  await connectBoth(page);
  board.starvedAboveHz = 60;
  const alarm = page.getByRole('alert').filter({ hasText: 'gets only half of its samples through' });
  await expect(alarm).toContainText('Amber triangle', { timeout: 60_000 });

  const startsOf = ({ commands }: EmulatedNano33) => commands.filter(({ name }) => name === 'start').length;
  const starts = boards.map(startsOf);
  await alarm.getByRole('button', { name: 'Connect Amber triangle first' }).click();
  // Which of them is first shows at the fake radio of the unit tests: this one does not report who connects.
  await expect
    .poll(() => boards.every((one, i) => startsOf(one) > starts[i]!), { timeout: 60_000 })
    .toBe(true);
  // Links that fall because the person asked for it are no problem to tell.
  await expect(page.getByText('The link to the sensor was lost.')).toBeHidden();

  await expect(alarm).toContainText('Amber triangle', { timeout: 60_000 });
  await alarm.getByRole('button', { name: 'Ask all for 52 samples a second' }).click();
  for (const { commands } of boards)
    await expect
      .poll(() => commands.findLast((one) => one.name === 'configure')?.configuration.rateCentiHz)
      .toBe(5200);
  await expect(alarm).toBeHidden({ timeout: 60_000 });
  // A page that still makes a link while the emulation ends takes the browser with it: it goes first.
  await page.goto('about:blank');
});
