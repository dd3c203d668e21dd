import { expect, test } from '@playwright/test';
import { Random } from '../../src/core/simulation/random.ts';
import { EmulatedMovesense } from '../support/emulated-movesense.ts';
import { EmulatedNano33 } from '../support/emulated-nano33.ts';
import type { BoardMotion } from '../support/emulated-nano33.ts';
import type { DropMoment } from '../support/emulated-radio.ts';
import { RADIO_LAUNCH_OPTIONS, RadioBench } from '../support/radio-bench.ts';

/*
 * Three Movesense-like and three Nano-like units at 52 and 104 samples a second at once, behind the browser's real Bluetooth
 * stack, and links that fall at every moment. What reached the browser must reach the chain, and every link must come
 * back without a reload. `THORA_LONG`: ten minutes and a hundred drops.
 */
const LONG = Boolean(process.env['THORA_LONG']);
const DROPS = LONG ? 100 : 6;
const LAST_MS = LONG ? 600_000 : 12_000;
const SEED = 11;
/** A link that fell in the middle of its own recovery takes several attempts. */
const RECOVERED_WITHIN_MS = 40_000;

const TURNING: BoardMotion = {
  sampleInto: (out, timeS) =>
    out.set([0.3 * Math.sin(timeS), 0.1 * Math.cos(2 * timeS), 0.05, 0, 0, 9.80665, 20, -10, -40]),
};

test.use({ launchOptions: RADIO_LAUNCH_OPTIONS });

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** `npm run test:long` prints them. */
function noteFigures(figures: Readonly<Record<string, string>>): void {
  for (const [type, description] of Object.entries(figures))
    test.info().annotations.push({ type, description });
}

type Unit = EmulatedMovesense | EmulatedNano33;
type Drop = 'now' | 'twoAtOnce' | DropMoment;
const DROP_KINDS: readonly Drop[] = ['now', 'write', 'discovery', 'subscribe', 'twoAtOnce'];

test('six units lose nothing that reached the browser, and come back from every drop @alone', async ({
  browser,
  context,
  page,
}) => {
  test.setTimeout(LONG ? 1_800_000 : 240_000);
  const bench = await RadioBench.open(browser, context, page);
  const { radio } = bench;
  const rates = [52, 52, 104, 52, 104, 104] as const;
  const units: Unit[] = [];
  for (let i = 0; i < 3; i++)
    units.push(
      await EmulatedMovesense.powerOn(radio, {
        address: `C0:FF:EE:00:51:0${i}`,
        serial: `25023000221${i}`,
        source: TURNING,
      }),
    );
  for (let i = 3; i < 6; i++)
    units.push(
      await EmulatedNano33.powerOn(radio, {
        address: `C0:FF:EE:00:52:0${i}`,
        name: `Thora-520${i}`,
        source: TURNING,
        chipRateHz: rates[i]!,
      }),
    );
  for (const [i, unit] of units.entries()) {
    radio.choose(unit.address);
    expect(await bench.connect(i, rates[i])).toBe('connected');
    expect((await bench.description(i)).nominalRateHz).toBe(rates[i]);
    expect(await bench.start(i)).toBe('streaming');
  }
  const beganMs = performance.now();

  const random = new Random(SEED);
  const recoveriesMs: number[] = [];
  let fallsTwice = 0;
  const fallenAndBack = async (i: number, act: () => Promise<void>): Promise<void> => {
    const before = await bench.unit(i);
    const fellMs = performance.now();
    await act();
    await expect
      .poll(
        async () => {
          const now = await bench.unit(i);
          const isBack =
            now.linkChanges.length > before.linkChanges.length && now.linkChanges.at(-1) === true;
          return (
            isBack && now.received.data > before.received.data + 3 && !radio.isDropDue(units[i]!.address)
          );
        },
        { timeout: RECOVERED_WITHIN_MS, intervals: [200] },
      )
      .toBe(true);
    recoveriesMs.push(performance.now() - fellMs);
  };
  for (let turn = 0; recoveriesMs.length < DROPS; turn++) {
    const next = DROP_KINDS[turn % DROP_KINDS.length]!;
    const kind = next === 'twoAtOnce' && recoveriesMs.length === DROPS - 1 ? 'now' : next;
    const i = Math.floor(6 * random.uniform());
    const unit = units[i]!;
    if (kind === 'twoAtOnce') {
      const other = (i + 1 + Math.floor(5 * random.uniform())) % 6;
      await Promise.all([i, other].map((one) => fallenAndBack(one, () => units[one]!.drop())));
    } else
      await fallenAndBack(i, async () => {
        await unit.drop(100 * Math.floor(5 * random.uniform()));
        // The second fall comes in the middle of the recovery from the first.
        if (kind === 'now') return;
        radio.dropAt(unit.address, kind);
        fallsTwice++;
      });
    const restMs = Math.min(LONG ? 3000 : 500, LAST_MS);
    await page.waitForTimeout(restMs * random.uniform());
  }
  await page.waitForTimeout(Math.max(1000, LAST_MS - (performance.now() - beganMs)));

  // The units fall silent first, so that nothing is on its way when it is counted.
  for (const unit of units) unit.powerOff();
  await expect.poll(() => units.reduce((sum, { address }) => sum + radio.waitingCount(address), 0)).toBe(0);
  await page.waitForTimeout(500);
  let gaps = 0;
  let packets = 0;
  for (const [i, unit] of units.entries()) {
    const { received, deviceGapsMs, troubles } = await bench.unit(i);
    expect(received.rejected, `unit ${i}`).toBe(0);
    expect(received.data, `unit ${i}`).toBe(unit.delivered.count);
    expect(received.sampleCount).toBeGreaterThan(100);
    expect(troubles).toEqual([]);
    // Each silence stands in the stamps as long as the unit was not heard; a Movesense stamps whole milliseconds.
    expect(deviceGapsMs).toHaveLength(unit.delivered.gapsMs.length);
    for (const [k, gapMs] of unit.delivered.gapsMs.entries())
      expect(Math.abs(deviceGapsMs[k]! - gapMs), `unit ${i}`).toBeLessThan(2);
    gaps += deviceGapsMs.length;
    packets += received.data;
  }
  expect(gaps).toBeGreaterThan(0);
  const latenciesMs = await page.evaluate(() => window.radioPage.latenciesMs);
  const p95Ms = quantile(latenciesMs, 0.95);
  // Every packet was accounted for above, and every drop waited for.
  noteFigures({
    'emulated radio: packets that reached the browser, of which lost': `${packets}, 0`,
    'emulated radio: minutes with six units': ((performance.now() - beganMs) / 60_000).toFixed(1),
    'emulated radio: drops, of which recovered': `${DROPS}, ${recoveriesMs.length}`,
    'emulated radio: links that fell a second time while they came back': String(fallsTwice),
    'emulated radio: recovery, median and longest, s': [0.5, 1]
      .map((share) => (quantile(recoveriesMs, share) / 1000).toFixed(1))
      .join(', '),
    'emulated radio: gaps in the stamps, all of their true length': String(gaps),
    'emulated radio: notification to frame, p50 and p95, ms': `${quantile(latenciesMs, 0.5).toFixed(1)}, ${p95Ms.toFixed(1)}`,
  });
  expect(p95Ms).toBeLessThan(50);
  expect(await page.evaluate(() => performance.getEntriesByType('navigation').length)).toBe(1);
  for (const i of units.keys()) await bench.disconnect(i);
  await radio.detach();
});
