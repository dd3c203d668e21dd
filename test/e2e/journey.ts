/** Steps that several journeys share: what a newcomer does with the virtual kit. */
import { expect, type Page } from '@playwright/test';
import type { CareEvent } from '../../src/core/care/care-journal.ts';
import type { Hand } from './hands.ts';
import { hurried, letPaceBeSet } from './hurry.ts';
import type { SafetyAnswers } from '../../src/core/care/safety/safety-event.ts';
import { clearAnswer, FULL_FORM } from '../../src/core/care/safety/safety-questions.ts';

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
  await letPaceBeSet(page);
  await page.goto('./#/welcome');
  await page.getByRole('button', { name: 'Try it now, no sensors' }).click();
  await expect(page.getByRole('heading', { name: 'Leave the sensors on the table' })).toBeVisible();
}

/** The same movements by the virtual kit, kept like a session with sensors. */
export async function startRecording(page: Page): Promise<void> {
  await letPaceBeSet(page);
  await page.goto('./#/workshop/virtual-kit');
  await page.getByRole('button', { name: 'Record with the virtual kit' }).click();
  await expect(page.getByRole('heading', { name: 'Leave the sensors on the table' })).toBeVisible();
}

/** The person's care journal from now on: events as they were written so many hours ago. */
export async function layJournal(
  page: Page,
  ...written: readonly { readonly hoursAgo: number; readonly event: CareEvent }[]
): Promise<void> {
  // A page that reads the journal makes it, and one that does not look at it lets it be written.
  await page.goto('./#/today');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.evaluate(async (rows) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('thora-sessions');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error ?? new Error('The database did not open.'));
    });
    const transaction = database.transaction('journal', 'readwrite');
    transaction.objectStore('journal').clear();
    for (const [order, { hoursAgo, event }] of rows.entries()) {
      const atUtcMs = Date.now() - hoursAgo * 3_600_000;
      const localMs = atUtcMs - new Date(atUtcMs).getTimezoneOffset() * 60_000;
      const day = Math.floor(localMs / 86_400_000);
      transaction.objectStore('journal').put({ order, entryId: `laid ${order}`, atUtcMs, day, event });
    }
    await new Promise<void>((resolve) => (transaction.oncomplete = () => resolve()));
    database.close();
  }, written);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Everything is answered, and all is well but for what is given. */
export function safetyAnswered(
  others: SafetyAnswers = {},
): Extract<CareEvent, { readonly kind: 'safetyAnswered' }> {
  const well = Object.fromEntries(FULL_FORM.map((id) => [id, clearAnswer(id) ?? ['40']]));
  return { kind: 'safetyAnswered', form: 'full', answers: { ...well, ...others } };
}

/** As after the safety questions, so that a session of the person's own may begin. */
export async function answerSafety(page: Page, hoursAgo = 0): Promise<void> {
  await layJournal(page, { hoursAgo, event: safetyAnswered() });
}

export async function strapOn(page: Page): Promise<void> {
  await hurried(page, async () => {
    await page.getByRole('button', { name: 'They are on' }).click(SLOW);
    await expect(page.getByRole('heading', { name: 'What we found' })).toBeVisible(SLOW);
  });
}

export async function startTest(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start: Seated turn' }).click();
  await page.getByRole('button', { name: 'Start the test' }).click();
}

/** Until at least so many moves are counted. */
export async function countMoves(page: Page, count: number): Promise<void> {
  await hurried(page, () =>
    expect
      .poll(() => page.locator('.dots [data-state=counted]').count(), { timeout: 90_000 })
      .toBeGreaterThanOrEqual(count),
  );
}

/** Stops the set that runs and saves; the done page is shown afterwards. */
export async function stopAndSave(page: Page): Promise<void> {
  await stopBecause(page, 'I am finished');
  await expect(page.getByText('Saved on this device')).toBeVisible(SLOW);
}

/** The same of a demonstration, of which nothing is saved. */
export async function stopDemonstration(page: Page): Promise<void> {
  await stopBecause(page, 'I am finished');
  await expect(page.getByText('This was a demonstration')).toBeVisible(SLOW);
}

/** Stops the set that runs and says why. Neither the button nor the sheet takes a press in its first moments. */
export async function stopBecause(
  page: Page,
  reason: 'I am finished' | 'I feel dizzy or unwell',
): Promise<void> {
  const sheet = page.getByRole('dialog', { name: 'Why do you stop?' });
  await expect(async () => {
    if (!(await sheet.isVisible()))
      await page.getByRole('button', { name: /^Stop/ }).click({ timeout: 2000 });
    await expect(sheet).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(async () => {
    // A press that a slow page answered too late for the one who pressed has still closed the sheet.
    if (await sheet.isVisible()) await sheet.getByRole('button', { name: reason }).click({ timeout: 2000 });
    await expect(sheet).toBeHidden({ timeout: 1000 });
  }).toPass();
}

/** Answers questions, one a page, until a page whose heading ends them. @returns how many were asked */
export async function answerUntil(
  page: Page,
  end: RegExp,
  answer: (asked: string, count: number) => Promise<void>,
): Promise<number> {
  const title = page.getByRole('heading', { level: 1 });
  // Between the last answer and what follows from it, a page may stand there that asks nothing.
  const asksOrEnds = page
    .locator('main')
    .getByRole('radio')
    .or(page.getByRole('checkbox'))
    .or(page.getByRole('textbox'))
    .or(page.getByRole('button', { name: /^(?:None of these$|No, )/ }))
    .or(page.getByRole('heading', { level: 1, name: end }))
    .first();
  for (let count = 0; count < 60; count++) {
    await expect(asksOrEnds).toBeVisible();
    const asked = (await title.textContent()) ?? '';
    if (end.test(asked)) return count;
    await answer(asked, count);
    await expect(title).not.toHaveText(asked);
  }
  throw new Error('The questions do not end.');
}

/**
 * The safety questions that are left, with nothing wrong. @returns how many were asked
 * @param onNewOrWorse answers "Is this new or worse since you were seen?"
 */
export async function answerRound(
  page: Page,
  hand: Hand,
  onNewOrWorse?: () => Promise<void>,
): Promise<number> {
  const none = page.getByRole('button', { name: 'None of these' });
  return answerUntil(page, /^(?:Thank you|Good )/, async (asked) => {
    if (asked === 'How old are you?') {
      await hand.type(page.getByRole('textbox'), '52');
      await hand.press(page.getByRole('button', { name: 'Next' }));
    } else if (onNewOrWorse !== undefined && asked.startsWith('Is this new or worse')) await onNewOrWorse();
    else if (await none.isVisible()) await hand.press(none);
    else {
      const answer = asked.startsWith('Can you get down') ? 'Yes' : 'No';
      await hand.choose(page.getByRole('radio', { name: answer, exact: true }));
    }
  });
}
