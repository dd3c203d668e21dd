import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { hurried, letPaceBeSet } from './hurry.ts';
import { answerSafety, expectClean, stopBecause, watch } from './journey.ts';

/** A person who came in by the welcome page before. */
async function open(page: Page, path: string): Promise<void> {
  await letPaceBeSet(page);
  await page.addInitScript(() => localStorage.setItem('thora-preferences', '{"door":"exercise"}'));
  await answerSafety(page);
  await page.goto(path);
}

test('an exercise that no sensor counts is done from its page, and stays in the record', async ({
  page,
  baseURL,
}) => {
  const seen = await watch(page, baseURL ?? '');
  await open(page, './#/exercises/side-rib-breathing');
  await page.getByRole('button', { name: 'By the clock, without sensors' }).click();
  await page.getByRole('radio', { name: '2', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Get ready' })).toBeVisible();
  const start = page.getByRole('button', { name: 'Start the exercise' });
  await start.click();
  await expect(page.getByText('seconds to breathe in')).toBeVisible();
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
  // A slow machine may be some breaths further on by then.
  await hurried(page, () =>
    expect(page.getByRole('heading', { name: /^Breath ([2-9]|[12][0-9]) of 30$/ })).toBeVisible({
      timeout: 60_000,
    }),
  );
  await stopBecause(page, 'I am finished');
  await page.getByRole('button', { name: 'I would rather not say' }).click();
  await expect(page.getByText('Saved on this device')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/(?<!\d)[1-9]\d? of 30 breaths to the pace\./)).toBeVisible();
  await page.getByRole('link', { name: 'See this session' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Side-rib breathing' })).toBeVisible();
  await expect(page.getByText(/(?<!\d)[1-9]\d? of 30 breaths to the pace\./)).toBeVisible();
  await expect(page.getByText('This session went by the clock, without sensors')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Compute again' })).toHaveCount(0);
  expectClean(seen);
});
