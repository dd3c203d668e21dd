import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

/** Messages whose Portuguese differs: none of them may be seen once Portuguese is chosen. */
function englishOnly(): Set<string> {
  const text = readFileSync(join(process.cwd(), 'src/ui/text/locales/pt.po'), 'utf8');
  const found = new Set<string>();
  for (const [, id = '', translated] of text.matchAll(/^msgid "(.+)"\nmsgstr "(.+)"$/gm))
    if (id !== translated && !id.includes('{') && !id.includes('<')) found.add(id);
  // One language is always shown in its own words.
  found.delete('English');
  return found;
}

const PAGES = [
  '/welcome',
  '/today',
  '/today/own',
  '/coming-in',
  '/plan',
  '/sessions',
  '/settings',
  '/patients',
  '/workshop',
  '/workshop/virtual-kit',
  '/workshop/sensors',
  '/workshop/about',
];

test('Portuguese leaves no English message on any page', async ({ page }) => {
  const english = englishOnly();
  expect(english.size).toBeGreaterThan(300);
  await page.goto('./#/settings');
  await page.getByRole('radio', { name: 'Português' }).check();
  await expect(page.getByRole('heading', { name: 'Idioma' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'pt');
  for (const path of PAGES) {
    await page.goto(`./#${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const shown = await page.evaluate(() => {
      const texts: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) texts.push((walker.currentNode.textContent ?? '').trim());
      for (const element of document.querySelectorAll('[aria-label], [title]'))
        texts.push(element.getAttribute('aria-label') ?? '', element.getAttribute('title') ?? '');
      return texts.filter(Boolean);
    });
    expect(
      shown.filter((text) => english.has(text)),
      path,
    ).toEqual([]);
  }
});
