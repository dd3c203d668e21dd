/** Steps that several journeys share: what a newcomer does with the virtual kit. */
import { expect, type Page } from '@playwright/test';

/** Everything that must never happen on any page. */
export interface Watch {
  readonly foreignRequests: string[];
  readonly violations: string[];
  readonly errors: string[];
}

/** Notes requests that leave the origin, breaches of the content security policy, and errors of the page. */
export async function watch(page: Page, origin: string): Promise<Watch> {
  const seen: Watch = { foreignRequests: [], violations: [], errors: [] };
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith('blob:'))
      seen.foreignRequests.push(url);
  });
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) seen.violations.push(message.text());
  });
  await page.exposeFunction('noteViolation', (text: string) => {
    seen.violations.push(text);
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const note = (globalThis as unknown as { noteViolation: (text: string) => void }).noteViolation;
      note(`${event.violatedDirective}: ${event.blockedURI}`);
    });
  });
  return seen;
}

export function expectClean(seen: Watch): void {
  expect(seen.foreignRequests).toEqual([]);
  expect(seen.violations).toEqual([]);
  expect(seen.errors).toEqual([]);
}

const SLOW = { timeout: 60_000 };

export async function startDemonstration(page: Page): Promise<void> {
  await page.goto('./#/welcome');
  await page.getByRole('button', { name: 'Try it now, no sensors' }).click();
  await expect(page.getByRole('heading', { name: 'Leave the sensors on the table' })).toBeVisible();
}

/** The same movements by the virtual kit, kept like a session with sensors. */
export async function startRecording(page: Page): Promise<void> {
  await page.goto('./#/workshop/virtual-kit');
  await page.getByRole('button', { name: 'Record with the virtual kit' }).click();
  await expect(page.getByRole('heading', { name: 'Leave the sensors on the table' })).toBeVisible();
}

export async function strapOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'They are on' }).click(SLOW);
  await expect(page.getByRole('heading', { name: 'What we found' })).toBeVisible(SLOW);
}

export async function startTest(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start: Seated turn' }).click();
  await page.getByRole('button', { name: 'Start the test' }).click();
}

/** Until at least so many moves are counted. */
export async function countMoves(page: Page, count: number): Promise<void> {
  await expect
    .poll(() => page.locator('.dots [data-state=counted]').count(), { timeout: 90_000 })
    .toBeGreaterThanOrEqual(count);
}

/** Stops the set that runs and saves; the done page is shown afterwards. */
export async function stopAndSave(page: Page): Promise<void> {
  await stop(page);
  await expect(page.getByText('Saved on this device')).toBeVisible(SLOW);
}

/** The same of a demonstration, of which nothing is saved. */
export async function stopDemonstration(page: Page): Promise<void> {
  await stop(page);
  await expect(page.getByText('This was a demonstration')).toBeVisible(SLOW);
}

async function stop(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.waitForTimeout(500);
  await page.getByRole('button', { name: 'I am finished' }).click();
}
