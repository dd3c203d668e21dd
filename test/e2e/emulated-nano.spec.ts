import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { SegmentRole } from '../../src/core/body/segment-role.ts';
import { CHROMIUM_PATH, LAUNCH_ARGS, NO_FIGURE } from '../../test-browser.ts';
import { EmulatedNano33 } from '../support/emulated-nano33.ts';
import { EmulatedRadio, RADIO_LAUNCH_ARGS } from '../support/emulated-radio.ts';
import { WornBoards } from '../support/worn-boards.ts';
import { answerSafety, stopBecause } from './journey.ts';

/*
 * The built app with two emulated boards behind the browser's real Bluetooth stack: what a person with sensors does, from
 * the chooser to a saved session that survives reload. Both boards sit on a virtual person who follows the screen.
 */
const ROLES: readonly SegmentRole[] = ['upperBack', 'lowerBack'];
const EXERCISE = { exerciseId: 'E01', side: null } as const;

test.use({
  actionTimeout: 20_000,
  launchOptions: {
    executablePath: CHROMIUM_PATH,
    // No WebGL: a figure drawn without a graphics card takes the page's time, in which the emulation must fetch packets by
    // reads. The figure has its own tests.
    args: [...LAUNCH_ARGS, NO_FIGURE, ...RADIO_LAUNCH_ARGS],
  },
});

let radio: EmulatedRadio;
let cleanUp: (() => void)[] = [];

test.beforeEach(async ({ browser, context, page }) => {
  radio = await EmulatedRadio.attach(browser, context, page);
});
test.afterEach(async () => {
  for (const one of cleanUp) one();
  cleanUp = [];
  await radio.detach();
});

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

/** To the step in which sensors are connected, with the layout of two sensors on the spine. */
async function beginSession(page: Page): Promise<void> {
  await answerSafety(page);
  await page.goto('/#/today/own');
  await page.getByRole('group', { name: 'Where do you wear the sensors?' }).getByRole('radio').nth(1).check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('radio', { name: '2', exact: true }).click();
  await expect(heading(page, 'Wake your sensors')).toBeVisible();
}

/**
 * Does what the step asks until its heading is followed by the next. A computer too busy to hear the radio refuses a step
 * for want of signal; like a person, the test then taps "Try again".
 */
async function followStep(page: Page, next: string | RegExp, act: () => void): Promise<void> {
  const again = page.getByRole('button', { name: 'Try again' });
  await expect(async () => {
    if (await again.isVisible()) {
      await again.click();
      act();
    }
    await expect(heading(page, next)).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 90_000 });
}

/** A set begins with two still seconds in the start position: who moves before is asked to hold it. */
async function startFound(page: Page): Promise<void> {
  await expect(page.getByText('Hold your start position for a moment')).toBeHidden({ timeout: 30_000 });
}

test('from the chooser to a saved session that survives reload, with a drop on the way', async ({ page }) => {
  test.setTimeout(300_000);
  const worn = await WornBoards.powerOn(radio, ROLES, 7);
  cleanUp.push(() => worn.powerOff());
  const [upper, lower] = worn.boards;
  await beginSession(page);

  radio.choose(upper!.address);
  await page.getByRole('button', { name: 'Connect Blue circle' }).click();
  await expect(page.getByRole('button', { name: 'Connect Amber triangle' })).toBeEnabled();
  radio.choose(lower!.address);
  await page.getByRole('button', { name: 'Connect Amber triangle' }).click();
  await page.getByRole('button', { name: 'Blink Amber triangle' }).click();
  await expect.poll(() => lower!.identifyCount).toBe(1);
  expect(upper!.identifyCount).toBe(0);
  await page.getByRole('button', { name: 'They lie still' }).click();

  await followStep(page, 'Put the sensors on', () => worn.perform({ kind: 'lieOnTable' }));
  worn.perform({ kind: 'standTall' });
  await page.getByRole('button', { name: 'They are on' }).click();
  await followStep(page, /Bow, and I'll follow/, () => worn.perform({ kind: 'standTall' }));
  const bow = () => worn.perform({ kind: 'bow', repetitions: 2 });
  bow();
  await followStep(page, 'What we found', bow);

  worn.perform({ kind: 'takeStartPosture', ...EXERCISE });
  await page.getByRole('button', { name: /^Start:/ }).click();
  await page.getByRole('button', { name: 'Start the test' }).click();
  await expect(page.getByRole('img', { name: '0 of 6 counted' })).toBeVisible();
  await startFound(page);
  // On and on: the set ends by itself once six were counted, however many fell into a silence of a busy computer.
  worn.perform({ kind: 'exercise', ...EXERCISE, repetitions: 40 });
  await expect(heading(page, 'Now the exercise')).toBeVisible({ timeout: 150_000 });

  worn.perform({ kind: 'takeStartPosture', ...EXERCISE });
  await page.getByRole('button', { name: 'Start the exercise' }).click();
  await expect(page.getByRole('img', { name: '0 of 12 counted' })).toBeVisible();
  await startFound(page);
  worn.perform({ kind: 'exercise', ...EXERCISE, repetitions: 40 });
  await expect(page.getByRole('img', { name: /^[1-6] of 12 counted/ })).toBeVisible({ timeout: 60_000 });

  const startsBefore = upper!.commands.filter((command) => command.name === 'start').length;
  await upper!.drop(3_000);
  await expect(page.getByText('Signal lost', { exact: true })).toBeVisible();
  await expect
    .poll(() => upper!.commands.filter((command) => command.name === 'start').length)
    .toBe(startsBefore + 1);
  await expect(page.getByText('Signal lost', { exact: true })).toBeHidden();

  await stopBecause(page, 'I am finished');
  await page.getByRole('radio', { name: '1', exact: true }).check();
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await page.getByRole('button', { name: 'At the end' }).click();
  await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => worn.boards.some((board) => board.streaming)).toBe(false);

  for (const round of ['before', 'after']) {
    await page.goto('/#/sessions');
    if (round === 'after') await page.reload();
    const saved = page.getByRole('listitem').filter({ hasText: /of \d+ counted/ });
    await expect(saved).toHaveCount(1);
    await expect(saved).not.toContainText(/virtual|not finished/i);
  }
});

test('a dismissed chooser, then a wrong device, then the right one', async ({ page }) => {
  const stranger = await EmulatedNano33.powerOn(radio, {
    address: 'C0:FF:EE:00:44:01',
    name: 'Thora-4401',
    source: { packets: [] },
    foreign: true,
  });
  const worn = await WornBoards.powerOn(radio, ROLES, 8);
  cleanUp.push(
    () => worn.powerOff(),
    () => stranger.powerOff(),
  );
  await beginSession(page);
  const connect = page.getByRole('button', { name: 'Connect Blue circle' });

  radio.dismissChooser();
  await connect.click();
  await expect(page.getByText('No sensor was chosen.')).toBeVisible();
  radio.choose(stranger.address);
  await connect.click();
  await expect(page.getByText('That device is not a sensor Thora knows.')).toBeVisible();
  await expect(page.getByText('Thora-4401')).toBeVisible();
  radio.choose(worn.boards[0]!.address);
  await connect.click();
  await expect(page.getByRole('button', { name: 'Connect Amber triangle' })).toBeEnabled();
  await expect(page.getByText('That device is not a sensor Thora knows.')).toBeHidden();
  await expect.poll(() => worn.boards[0]!.streaming).toBe(true);
});
