import type { Page } from '@playwright/test';

/** Pages of the PDF that the browser prints of what is shown. Its own page objects are counted, which Chromium never packs. */
export async function printedPageCount(page: Page): Promise<number> {
  // What is emulated for the screen would be printed as it is on the screen.
  await page.emulateMedia({ media: 'print' });
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}
