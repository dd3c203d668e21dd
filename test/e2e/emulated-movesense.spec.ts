import { expect, test } from '@playwright/test';
import { EmulatedMovesense } from '../support/emulated-movesense.ts';
import type { MovesenseOptions } from '../support/emulated-movesense.ts';
import type { BoardMotion } from '../support/emulated-nano33.ts';
import { RADIO_LAUNCH_OPTIONS, RadioBench } from '../support/radio-bench.ts';

/*
 * The Bluetooth adapter against an emulated Movesense behind the browser's real Bluetooth stack: both firmwares, packets
 * in one and in two parts, a link that cuts, and units that cannot be used.
 */
const ADDRESS = 'C0:FF:EE:00:50:01';
const AT_REST: BoardMotion = {
  sampleInto: (out) => out.set([0.01, -0.02, 0, 0, 0, 9.80665, 20, -10, -40]),
};

test.use({ launchOptions: RADIO_LAUNCH_OPTIONS });

let bench: RadioBench;
let unit: EmulatedMovesense;

test.beforeEach(async ({ browser, context, page }) => {
  bench = await RadioBench.open(browser, context, page);
});

test.afterEach(async () => {
  unit.powerOff();
  await bench.radio.detach();
});

async function powerOn(more: Partial<MovesenseOptions> = {}): Promise<void> {
  unit = await EmulatedMovesense.powerOn(bench.radio, {
    address: ADDRESS,
    serial: '250230002214',
    source: AT_REST,
    ...more,
  });
  bench.radio.choose(ADDRESS);
}

test('default firmware: greets, streams, tells clock and battery, comes back after a drop, and stops', async ({
  page,
}) => {
  await powerOn();
  expect(await bench.connect()).toBe('connected');
  expect(await bench.description()).toMatchObject({
    family: 'movesense',
    stream: '/Meas/IMU9/52',
    firmware: 'default 2.3.1',
    nominalRateHz: 52,
  });
  expect(await page.evaluate(() => window.radioPage.units[0]?.sensor.batteryPercent)).toBe(80);
  expect(await bench.start()).toBe('streaming');
  await expect.poll(async () => (await bench.received()).clockEchoes).toBeGreaterThan(3);
  await expect.poll(async () => (await bench.received()).sampleCount).toBeGreaterThan(100);
  const got = await bench.received();
  expect(got).toMatchObject({ rejected: 0 });
  // Answers to its subscription and to the questions for its clock are handed on as well.
  expect(got.formSizes).toEqual(expect.arrayContaining([4, 24, 150]));
  expect(got.lastAccMetersPerS2[2]).toBeCloseTo(9.80665, 5);

  await unit.drop();
  await expect.poll(() => bench.linkChanges()).toEqual([false, true]);
  await expect.poll(async () => (await bench.received()).sampleCount).toBeGreaterThan(got.sampleCount + 50);
  await bench.disconnect();
  await expect.poll(() => unit.streaming).toBe(false);
  // HELLO once, one subscription for each link.
  expect(unit.commands.filter((code) => code === 0)).toHaveLength(1);
  expect(unit.commands.filter((code) => code === 1)).toHaveLength(2);
});

test('104 samples a second come in two parts and lose none', async () => {
  await powerOn();
  expect(await bench.connect(0, 104)).toBe('connected');
  expect(await bench.start()).toBe('streaming');
  await expect.poll(async () => (await bench.received()).sampleCount).toBeGreaterThan(200);
  const got = await bench.received();
  expect(got.rejected).toBe(0);
  expect(got.formSizes).toEqual(expect.arrayContaining([152, 144]));
});

test('sample firmware streams, and is not asked what it does not know', async () => {
  await powerOn({ firmware: 'sample' });
  expect(await bench.connect()).toBe('connected');
  expect(await bench.start()).toBe('streaming');
  await expect.poll(async () => (await bench.received()).sampleCount).toBeGreaterThan(60);
  expect(unit.commands).toEqual([0, 1]);
});

test('a link that cuts its packets is named, and the next time shorter ones are asked for', async () => {
  await powerOn({ mtu: 100 });
  expect(await bench.connect()).toBe('connected');
  expect(await bench.start()).toBe('unreadable');
  expect(await bench.connect()).toBe('connected');
  expect((await bench.description()).stream).toBe('/Meas/IMU9/26');
  expect(await bench.start()).toBe('streaming');
});

const UNUSABLE: readonly [string, Partial<MovesenseOptions>, string][] = [
  ['of a fork', { fork: true }, 'foreignFirmware'],
  ['from before the service', { tooOld: true }, 'firmwareTooOld'],
];
for (const [which, options, code] of UNUSABLE)
  test(`firmware ${which} has its own message`, async () => {
    await powerOn(options);
    expect(await bench.connect()).toBe(code);
  });

test('a unit that refuses every request is left alone after one', async () => {
  await powerOn({ refuseWith: 429 });
  expect(await bench.connect()).toBe('connected');
  expect(await bench.start()).toBe('sensorExhausted');
  expect(unit.commands.filter((code) => code === 1)).toHaveLength(1);
});
