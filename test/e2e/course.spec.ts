import { expect, test, type Page } from '@playwright/test';
import { safetyStatus } from '../../src/core/care/safety/safety-status.ts';
import { ABLE, Diary, FIRST_DAY, range } from '../core/care/programme/programme-person.ts';
import { clearing, full, one } from '../core/care/safety/journal-of.ts';
import { layJournal, readJournal } from '../support/stored-sessions.ts';

/** `THORA_LONG`: every morning of the twelve weeks is looked at, instead of those that the tables name. */
const LONG = Boolean(process.env['THORA_LONG']);
const DAY_MS = 86_400_000;
const WEEKS = 12;
/** Phases begin, a flare comes and goes, something locks and opens, the programme ends in maintenance. */
const NAMED_DAYS = [0, 1, 4, 11, 20, 22, 28, 38, 44, 60, 75, 83];
const FLARE_DAY = 20;
const RED_FLAG_DAY = 38;
const CLEARED_DAY = 44;

/** What the person says of the night and the day before. */
function morning(diary: Diary): void {
  const pain =
    diary.n >= FLARE_DAY && diary.n < FLARE_DAY + 2 ? 7 : Math.max(1, Math.round(4 - diary.n / 25));
  if (diary.n === RED_FLAG_DAY) diary.write(one('short', { 'R-08': ['yes'] }));
  if (diary.n === CLEARED_DAY) {
    diary.write({ kind: 'seenSaid', seenDay: diary.day - 1, byWhom: 'doctor', said: '' });
    diary.write(clearing());
  }
  diary.answer('pain.avg24', pain);
  if (diary.n > 0) diary.morning('same');
  const { lock, profiles, restrictions } = safetyStatus(diary.journal, diary.moment);
  diary.context = { profiles, restrictions, locked: lock !== null };
}

test('twelve weeks by the clock: on each day the app decides, shows and writes down what the rules say', async ({
  page,
}) => {
  test.setTimeout(LONG ? 900_000 : 240_000);
  await page.addInitScript(() =>
    localStorage.setItem('thora-preferences', '{"door":"exercise","kit":"virtual"}'),
  );
  const diary = new Diary(ABLE);
  diary.write(full());
  await page.clock.setFixedTime((FIRST_DAY - 1) * DAY_MS + 9 * 3_600_000);
  await page.goto('./#/today');
  await expect(page.getByRole('link', { name: /^Begin/ })).toBeVisible();

  const looked: number[] = [];
  for (; diary.n < 7 * WEEKS; diary.day++) {
    diary.hour = 8;
    morning(diary);
    if (LONG || NAMED_DAYS.includes(diary.n)) {
      looked.push(diary.n);
      await lookAt(page, diary);
    } else diary.decide();
    diary.hour = 18;
    diary.trainToday({
      pain: 3,
      during: 2,
      quality: 88,
      effort: 5,
      ranges: diary.n % 14 === 0 ? ranges(diary.n) : [],
    });
    diary.decide();
  }
  expect(looked).toHaveLength(LONG ? 7 * WEEKS : NAMED_DAYS.length);
});

const ranges = (day: number) => [
  range('locked.rotation', 32 + day / 4, 'left'),
  range('locked.rotation', 33 + day / 4, 'right'),
];

/** Opens Today on that morning with the journal as it stands; the entry that the app adds is taken over. */
async function lookAt(page: Page, diary: Diary): Promise<void> {
  await page.clock.setFixedTime(diary.moment.utcMs);
  await layJournal(page, diary.journal);
  await page.goto('./#/today');
  await page.reload();
  const say = `day ${diary.n}`;
  const before = diary.journal.length;
  const today = diary.today();
  const decision = diary.decide();
  if (diary.context.locked) {
    await expect(page.getByRole('button', { name: 'Start', exact: true }), say).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 }), say).toBeVisible();
    expect(await readJournal(page), say).toHaveLength(before);
    return;
  }
  if (today.kind === 'session') {
    await expect(page.getByRole('button', { name: 'Start', exact: true }), say).toBeVisible();
    const heading = today.session === 'flare' ? 'An easy session' : "Today's session";
    await expect(page.getByRole('heading', { name: heading }), say).toBeVisible();
    await expect(page.locator('.today-list li'), say).toHaveCount(today.exercises.length + shownTests(today));
  } else {
    await expect(page.getByRole('heading', { name: "Today's session" }), say).toBeVisible();
    await expect(page.getByRole('button', { name: 'Start', exact: true }), say).toHaveCount(0);
  }
  await expect
    .poll(async () => (await readJournal(page)).length, { message: say })
    .toBe(diary.journal.length);
  if (decision === null) return;
  const written = (await readJournal(page)).at(-1);
  expect(written?.event, say).toEqual({ kind: 'planSet', ...decision });
}

/** The virtual person wears upper back, lower back and one arm: all the range tests can be made. */
function shownTests(today: Extract<ReturnType<Diary['today']>, { kind: 'session' }>): number {
  return today.tests.filter((id) => !today.exercises.some(({ exerciseId }) => exerciseId === id)).length;
}
