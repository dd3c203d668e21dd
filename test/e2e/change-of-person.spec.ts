import { expect, test, type Page } from '@playwright/test';
import { hurried, letPaceBeSet } from './hurry.ts';
import { countMoves, expectClean, startTest, strapOn, watch } from './journey.ts';

/* Two people use one device, and one of them leaves in the middle of a session. */

test.use({ reducedMotion: 'reduce' });

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { name });

async function becomeSomebodyElse(page: Page, name: string): Promise<void> {
  await button(page, 'I am somebody else').click();
  await expect(heading(page, 'Who is it today?')).toBeVisible();
  await button(page, name).click();
  await expect(heading(page, 'Who is it today?')).toHaveCount(0);
}

async function beginWithVirtualKit(page: Page): Promise<void> {
  await page.goto('./#/workshop/virtual-kit');
  await button(page, 'Record with the virtual kit').click();
  await expect(heading(page, 'Leave the sensors on the table')).toBeVisible();
}

test("a session that its person leaves in the middle stays theirs, and nothing of it is the next one's", async ({
  page,
  baseURL,
}) => {
  const seen = await watch(page, baseURL ?? '');
  await letPaceBeSet(page);
  await page.addInitScript(() => localStorage.setItem('thora-preferences', '{"door":"exercise"}'));
  await page.goto('./#/settings/data');
  await button(page, 'Add a person').click();
  await page.getByLabel('Your own name').fill('Ana');
  await page.getByLabel("The other person's name").fill('Bela');
  await page.getByRole('dialog').getByRole('button', { name: 'Add and go there' }).click();
  await expect(page.getByText('You are Bela.')).toBeVisible();
  await becomeSomebodyElse(page, 'Ana');

  await beginWithVirtualKit(page);
  await strapOn(page);
  await startTest(page);
  await countMoves(page, 2);
  // While it is recorded it is nobody else's turn.
  await page.goto('./#/settings/data');
  await button(page, 'I am somebody else').click();
  await expect(page.getByText('A session is being recorded right now.')).toBeVisible();
  await expect(page.getByText('You are Ana.')).toBeVisible();
  await expect(page.getByText('A session is still open.')).toBeVisible();

  // The page is closed in the middle, and whoever opens it next says who they are.
  await page.reload();
  await expect(page.getByText('A session is still open.')).toHaveCount(0);
  await becomeSomebodyElse(page, 'Bela');
  await page.goto('./#/today');
  await expect(page.getByRole('heading', { level: 1, name: /, Bela$/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Begin/ })).toBeVisible();
  await expect(heading(page, 'A session was not finished')).toHaveCount(0);
  await expect(page.getByText('A session is still open.')).toHaveCount(0);
  await page.goto('./#/sessions');
  await expect(heading(page, 'Nothing here yet')).toBeVisible();
  // The sensors are free: another session has them from its first step on.
  await beginWithVirtualKit(page);
  await hurried(page, () => expect(button(page, 'They are on')).toBeVisible({ timeout: 60_000 }));
  await page.reload();
  await page.goto('./#/sessions');
  await expect(heading(page, 'A session was not finished')).toBeVisible();
  await button(page, 'Delete it').click();
  await expect(heading(page, 'Nothing here yet')).toBeVisible();

  await page.goto('./#/settings/data');
  await becomeSomebodyElse(page, 'Ana');
  await page.goto('./#/today');
  await expect(page.getByRole('heading', { level: 1, name: /, Ana$/ })).toBeVisible();
  await expect(heading(page, 'A session was not finished')).toBeVisible();
  await button(page, 'Keep it').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Seated turn' })).toBeVisible({ timeout: 60_000 });
  await page.goto('./#/sessions');
  await expect(page.locator('.card-list a')).toHaveCount(1);
  expectClean(seen);
});
