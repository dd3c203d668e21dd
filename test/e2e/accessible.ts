import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** No rule is broken on the page as it stands, in light and in dark, with every target uncovered. */
export async function expectNoViolation(page: Page, where = ''): Promise<void> {
  const size = page.viewportSize() ?? { width: 390, height: 844 };
  // Tall enough that the bar at the bottom covers no target: whoever scrolls meets each of them uncovered.
  await page.setViewportSize({ width: size.width, height: 2400 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join()}`);
    expect(found, `${where}, ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize(size);
}
