import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** All that another colour scheme can break on a page that was looked at before. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
/** More than the bar at the bottom takes: whoever scrolls meets each target uncovered. */
const TALL_PX = 3000;

/** One look by axe at the page as it stands. @param where what a message calls the page */
export async function expectAccessible(
  page: Page,
  where = '',
  rules: 'all' | 'colours' = 'all',
): Promise<void> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  // The usual way opens a page more for each look, for frames, of which Thora has none.
  axe.setLegacyMode();
  if (rules === 'all') axe.withTags(RULES);
  else axe.withRules(COLOUR_RULES);
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) => `${where} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
  expect(found).toEqual([]);
}

/** In both colour schemes: the page follows the change where it stands. */
export async function expectAccessibleInBothSchemes(page: Page, where = ''): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expectAccessible(page, `${where}, light`);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expectAccessible(page, `${where}, dark`, 'colours');
}

/** The same with the window so tall that the bar at the bottom covers nothing. */
export async function expectAccessibleWhenTall(page: Page, widths: readonly number[] = []): Promise<void> {
  const size = page.viewportSize() ?? { width: 390, height: 844 };
  for (const width of widths.length === 0 ? [size.width] : widths) {
    await page.setViewportSize({ width, height: TALL_PX });
    await expectAccessibleInBothSchemes(page, `${width}`);
  }
  await page.setViewportSize(size);
}
