import { build } from 'esbuild';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { EmulatedNano33 } from '../support/emulated-nano33.ts';
import type { BoardMotion, BoardOptions } from '../support/emulated-nano33.ts';
import { EmulatedRadio, RADIO_LAUNCH_ARGS } from '../support/emulated-radio.ts';

/*
 * The Bluetooth adapter alone, in a minimal page, against an emulated board behind the browser's real Bluetooth stack:
 * choosing, discovery, subscription, commands, packets, drops. The built app's own journey is in emulated-nano.spec.ts.
 */
const ADDRESS = 'C0:FF:EE:00:33:01';
const AT_REST: BoardMotion = {
  sampleInto: (out) => out.set([0.01, -0.02, 0, 0, 0, 9.80665, 20, -10, -40]),
};

test.use({
  launchOptions: {
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', ...RADIO_LAUNCH_ARGS],
  },
});

let script = '';
test.beforeAll(async () => {
  const bundle = await build({
    entryPoints: [new URL('../support/radio-page.ts', import.meta.url).pathname],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
  script = bundle.outputFiles[0]?.text ?? '';
});

let radio: EmulatedRadio;
let board: EmulatedNano33;

test.beforeEach(async ({ browser, context, page }) => {
  radio = await EmulatedRadio.attach(browser, context, page);
  await page.route('http://localhost/**', (route) =>
    route.request().url().endsWith('/radio-page.js')
      ? route.fulfill({ contentType: 'text/javascript', body: script })
      : route.fulfill({
          contentType: 'text/html',
          body: '<!doctype html><button>Connect</button><script type="module" src="/radio-page.js"></script>',
        }),
  );
  await page.goto('http://localhost/');
});

test.afterEach(async () => {
  board.powerOff();
  await radio.detach();
});

async function powerOn(more: Partial<BoardOptions> = {}): Promise<void> {
  board = await EmulatedNano33.powerOn(radio, {
    address: ADDRESS,
    name: 'Thora-3301',
    source: AT_REST,
    ...more,
  });
  radio.choose(ADDRESS);
}

async function connect(page: Page): Promise<string> {
  await page.getByRole('button').click();
  return await page.evaluate(async () => (await window.radioPage.outcome) ?? '');
}

const start = (page: Page): Promise<string> => page.evaluate(() => window.radioPage.startStreaming());
const received = (page: Page) => page.evaluate(() => window.radioPage.received);

test('connects, streams without a gap, blinks and stops', async ({ page }) => {
  await powerOn();
  expect(await connect(page)).toBe('connected');
  expect(await page.evaluate(() => window.radioPage.sensor?.batteryPercent)).toBe(87);
  expect(await start(page)).toBe('streaming');
  await expect.poll(async () => (await received(page)).sampleCount).toBeGreaterThan(200);
  const got = await received(page);
  expect(got).toMatchObject({ rejected: 0, breaks: 0, formSizes: [89] });
  expect(got.lastAccMetersPerS2[2]).toBeCloseTo(9.80665, 6);
  await page.evaluate(() => window.radioPage.sensor?.identify?.());
  await expect.poll(() => board.identifyCount).toBe(1);
  await page.evaluate(() => window.radioPage.sensor?.disconnect());
  await expect.poll(() => board.streaming).toBe(false);
  expect(board.commands.map((command) => command.name)).toEqual([
    'hello',
    'stop',
    'configure',
    'start',
    'identify',
    'stop',
  ]);
});

test('a link of the smallest MTU streams single samples', async ({ page }) => {
  await powerOn({ mtu: 23, chipRateHz: 50 });
  expect(await connect(page)).toBe('connected');
  expect(await start(page)).toBe('streaming');
  await expect.poll(async () => (await received(page)).sampleCount).toBeGreaterThan(60);
  expect(await received(page)).toMatchObject({ rejected: 0, breaks: 0, formSizes: [20] });
});

test('a drop is told, mended and costs no order', async ({ page }) => {
  await powerOn();
  expect(await connect(page)).toBe('connected');
  expect(await start(page)).toBe('streaming');
  for (let drops = 1; drops <= 3; drops++) {
    const before = (await received(page)).sampleCount;
    await board.drop();
    await expect
      .poll(() => page.evaluate(() => window.radioPage.linkChanges))
      .toEqual(Array.from({ length: 2 * drops }, (_, i) => i % 2 === 1));
    await expect.poll(async () => (await received(page)).sampleCount).toBeGreaterThan(before + 50);
  }
  const got = await received(page);
  expect(got.rejected).toBe(0);
  // The board counts afresh after each start: one break per drop and no other.
  expect(got.breaks).toBe(3);
  expect(board.commands.filter((command) => command.name === 'start')).toHaveLength(4);
});

test('a board that falls silent is connected anew', async ({ page }) => {
  await powerOn();
  expect(await connect(page)).toBe('connected');
  expect(await start(page)).toBe('streaming');
  board.pause();
  await expect.poll(() => page.evaluate(() => window.radioPage.linkChanges)).toEqual([false]);
  board.resume();
  await expect.poll(() => page.evaluate(() => window.radioPage.linkChanges)).toEqual([false, true]);
});

test('a device without the service is named a wrong device', async ({ page }) => {
  await powerOn({ foreign: true });
  expect(await connect(page)).toBe('wrongDevice');
});

test('a chooser that is closed is no failure of the sensor', async ({ page }) => {
  await powerOn();
  radio.dismissChooser();
  expect(await connect(page)).toBe('chooserDismissed');
  radio.choose(ADDRESS);
  expect(await connect(page)).toBe('connected');
});

test('a computer whose Bluetooth is gone is told so', async ({ page }) => {
  await powerOn();
  await radio.setAdapter('absent');
  expect(await connect(page)).toBe('bluetoothOff');
});
