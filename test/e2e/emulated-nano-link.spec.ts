import { expect, test } from '@playwright/test';
import { EmulatedNano33 } from '../support/emulated-nano33.ts';
import type { BoardMotion, BoardOptions } from '../support/emulated-nano33.ts';
import { RADIO_LAUNCH_OPTIONS, RadioBench } from '../support/radio-bench.ts';

/*
 * The Bluetooth adapter alone, in a minimal page, against an emulated board behind the browser's real Bluetooth stack:
 * choosing, discovery, subscription, commands, packets, drops. The built app's own journey is in emulated-nano.spec.ts.
 */
const ADDRESS = 'C0:FF:EE:00:33:01';
const AT_REST: BoardMotion = {
  sampleInto: (out) => out.set([0.01, -0.02, 0, 0, 0, 9.80665, 20, -10, -40]),
};

test.use({ launchOptions: RADIO_LAUNCH_OPTIONS });

let bench: RadioBench;
let board: EmulatedNano33;

test.beforeEach(async ({ browser, context, page }) => {
  bench = await RadioBench.open(browser, context, page);
});

test.afterEach(async () => {
  board.powerOff();
  await bench.radio.detach();
});

async function powerOn(more: Partial<BoardOptions> = {}): Promise<void> {
  board = await EmulatedNano33.powerOn(bench.radio, {
    address: ADDRESS,
    name: 'Thora-3301',
    source: AT_REST,
    ...more,
  });
  bench.radio.choose(ADDRESS);
}

test('connects, streams without a gap, blinks and stops', async ({ page }) => {
  await powerOn();
  expect(await bench.connect()).toBe('connected');
  expect(await page.evaluate(() => window.radioPage.units[0]?.sensor.batteryPercent)).toBe(87);
  expect(await bench.start()).toBe('streaming');
  await expect.poll(async () => (await bench.received()).sampleCount).toBeGreaterThan(200);
  const got = await bench.received();
  expect(got).toMatchObject({ rejected: 0, breaks: 0, formSizes: [89] });
  expect(got.lastAccMetersPerS2[2]).toBeCloseTo(9.80665, 6);
  await page.evaluate(() => window.radioPage.units[0]?.sensor.identify?.());
  expect((await bench.description()).firmware).toBe('1.0.0');
  await expect.poll(() => board.identifyCount).toBe(1);
  await bench.disconnect();
  await expect.poll(() => board.streaming).toBe(false);
  const told = board.commands.map(({ name }) => name).filter((name) => name !== 'clockEcho');
  expect(told).toEqual(['hello', 'stop', 'configure', 'start', 'identify', 'stop']);
});

test('a link of the smallest MTU streams single samples', async () => {
  await powerOn({ mtu: 23, chipRateHz: 50 });
  expect(await bench.connect()).toBe('connected');
  expect(await bench.start()).toBe('streaming');
  await expect.poll(async () => (await bench.received()).sampleCount).toBeGreaterThan(60);
  expect(await bench.received()).toMatchObject({ rejected: 0, breaks: 0, formSizes: [20] });
});

test('a drop is told, mended and costs no order', async () => {
  await powerOn();
  expect(await bench.connect()).toBe('connected');
  expect(await bench.start()).toBe('streaming');
  for (let drops = 1; drops <= 3; drops++) {
    const before = (await bench.received()).sampleCount;
    await board.drop();
    await expect
      .poll(() => bench.linkChanges())
      .toEqual(Array.from({ length: 2 * drops }, (_, i) => i % 2 === 1));
    await expect.poll(async () => (await bench.received()).sampleCount).toBeGreaterThan(before + 50);
  }
  const got = await bench.received();
  expect(got.rejected).toBe(0);
  // The board counts afresh after each start: one break per drop and no other.
  expect(got.breaks).toBe(3);
  expect(board.commands.filter((command) => command.name === 'start')).toHaveLength(4);
});

test('a board that falls silent is connected anew', async () => {
  await powerOn();
  expect(await bench.connect()).toBe('connected');
  expect(await bench.start()).toBe('streaming');
  board.pause();
  await expect.poll(() => bench.linkChanges()).toEqual([false]);
  board.resume();
  await expect.poll(() => bench.linkChanges()).toEqual([false, true]);
});

test('a device without the service is named a wrong device', async () => {
  await powerOn({ foreign: true });
  expect(await bench.connect()).toBe('wrongDevice');
});

test('a chooser that is closed is no failure of the sensor', async () => {
  await powerOn();
  bench.radio.dismissChooser();
  expect(await bench.connect()).toBe('chooserDismissed');
  bench.radio.choose(ADDRESS);
  expect(await bench.connect()).toBe('connected');
});

test('a computer whose Bluetooth is gone is told so', async () => {
  await powerOn();
  await bench.radio.setAdapter('absent');
  expect(await bench.connect()).toBe('bluetoothOff');
});
