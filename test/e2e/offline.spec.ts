import { expect, test } from '@playwright/test';

test.use({ serviceWorkers: 'allow' });

test('after the first visit everything opens without a network, deep links too', async ({
  page,
  context,
}) => {
  await page.goto('./');
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.reload();
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Try it now, no sensors' })).toBeVisible();
  await page.goto('./#/workshop/about');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'About Thora' })).toBeVisible();
  await page.goto('./#/settings');
  await page.getByRole('radio', { name: 'Português' }).check();
  await expect(page.getByRole('heading', { name: 'Idioma' })).toBeVisible();
  const second = await context.newPage();
  await second.goto('./#/workshop/virtual-kit');
  await expect(second.getByRole('heading', { name: 'Conjunto virtual' })).toBeVisible();
});

test('it can be installed', async ({ page, request }) => {
  await page.goto('./');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = (await (await request.get(new URL(href ?? '', page.url()).href)).json()) as {
    name: string;
    display: string;
    icons: { src: string; sizes: string }[];
  };
  expect(manifest).toMatchObject({ name: 'Thora', display: 'standalone' });
  for (const icon of manifest.icons)
    expect((await request.get(new URL(icon.src, page.url()).href)).ok(), icon.src).toBe(true);
  expect(manifest.icons.map((icon) => icon.sizes)).toContain('512x512');
});
