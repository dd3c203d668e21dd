import { expect, test } from '@playwright/test';

test('a page of which a part cannot be fetched says so, and the others go on', async ({ page }) => {
  await page.route(/assets\/AboutScreen-/, (route) => route.abort());
  await page.goto('./#/workshop/about');
  const told = page.getByRole('alert').filter({ hasText: 'This page could not be shown.' });
  await expect(told).toBeVisible();
  await page.goto('./#/workshop');
  await expect(told).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goto('./#/workshop/about');
  await expect(told).toBeVisible();
  await page.unroute(/assets\/AboutScreen-/);
  await told.getByRole('button', { name: 'Load the page again' }).click();
  await expect(page.getByRole('heading', { name: 'About Thora' })).toBeVisible();
});
