// `npm run screens`: pictures of every screen of the built app, narrow and wide, light and dark, one sheet a screen, into
// docs/images/screens, with docs/screens.md as their list. Data are simulated.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { build, buildIsStale } from './build.mjs';
import { ensureBrowser, root } from './setup.mjs';

const FOLDER = join(root, 'docs/images/screens');
const VIEWS = [
  ['light', 390, 844],
  ['dark', 390, 844],
  ['light', 1280, 800],
  ['dark', 1280, 800],
];
/** Height of the pictures on a sheet, px. */
const SHEET_HEIGHT = 560;

/** @type {[name: string, path: string, journal: 'none' | 'came' | 'locked'][]} */
const PAGES = [
  ['welcome', '/welcome', 'none'],
  ['today-before', '/today', 'none'],
  ['coming-in', '/coming-in', 'none'],
  ['today', '/today', 'came'],
  ['plan', '/plan', 'came'],
  ['questions', '/questions', 'came'],
  ['progress', '/progress', 'came'],
  ['learn', '/learn', 'came'],
  ['learn-card', '/learn/M01', 'came'],
  ['reminders', '/reminders', 'came'],
  ['own-session', '/today/own', 'came'],
  ['tests', '/today/tests', 'came'],
  ['exercises', '/exercises', 'came'],
  ['exercise', '/exercises/seated-rotation', 'came'],
  ['sessions', '/sessions', 'came'],
  ['me', '/settings', 'came'],
  ['data', '/settings/data', 'came'],
  ['locked', '/today', 'locked'],
  ['doctor-page', '/safety/doctor', 'locked'],
  ['browser', '/browser', 'none'],
  ['patients', '/patients', 'none'],
  ['recordings', '/workshop', 'none'],
  ['virtual-kit', '/workshop/virtual-kit', 'none'],
  ['sensors', '/workshop/sensors', 'none'],
  ['about', '/workshop/about', 'none'],
];

const well = Object.fromEntries(
  Array.from({ length: 27 }, (_, i) => [`R-${String(i + 1).padStart(2, '0')}`, ['no']]).filter(
    ([id]) => id !== 'R-24',
  ),
);
const CAME_IN = [
  { kind: 'consentGiven', textVersion: '1' },
  { kind: 'coverageSaid', state: 'self', payerId: null, payerName: '' },
  {
    kind: 'safetyAnswered',
    form: 'full',
    answers: { ...well, 'R-09': ['none'], 'R-19': ['45'], 'R-20': ['none'], 'R-28': ['yes'] },
  },
  {
    kind: 'intakeAnswered',
    answers: {
      ageYears: 45,
      painSince: 'months',
      painNow: 4,
      painAverage24h: 4,
      painWorst24h: 6,
      settles: 'under2h',
      wakesAtNight: 'no',
      activeMinutesPerWeek: '60to150',
      goals: ['desk', 'lifting'],
      hardThings: ['reversing the car'],
      work: 'desk',
      equipment: ['chair', 'firmChair', 'chairWithBack', 'mat', 'band', 'bandAnchor'],
      positions: ['standing', 'sitting', 'heelSit', 'handsAndKnees', 'sideLying', 'supine', 'prone'],
      arms: 'both',
      sensorPlaces: ['upperBack', 'lowerBack', 'upperArm'],
      worry: 3,
      confidence: 6,
    },
  },
  { kind: 'cameIn' },
];
const JOURNALS = {
  none: [],
  came: CAME_IN,
  locked: [...CAME_IN, { kind: 'safetyAnswered', form: 'short', answers: { ...well, 'R-08': ['yes'] } }],
};

if (buildIsStale()) build();
const server = await preview({ root, preview: { host: '127.0.0.1', port: 0 }, logLevel: 'warn' });
const base = `http://127.0.0.1:${server.httpServer.address().port}`;
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox'] });
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });

async function layJournal(page, events) {
  await page.evaluate(async (given) => {
    const database = await new Promise((resolve) => {
      const opening = indexedDB.open('thora-sessions');
      opening.onsuccess = () => resolve(opening.result);
    });
    const utcMs = Date.now() - 60_000;
    const day = Math.floor((utcMs - new Date().getTimezoneOffset() * 60_000) / 86_400_000);
    const transaction = database.transaction('journal', 'readwrite');
    given.forEach((event, order) => {
      transaction
        .objectStore('journal')
        .put({ order, entryId: `entry-${order}`, atUtcMs: utcMs, day, event });
    });
    await new Promise((resolve) => (transaction.oncomplete = () => resolve()));
    database.close();
  }, events);
}

async function pageWith(view, journal) {
  const [colorScheme, width, height] = view;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
  });
  await context.addInitScript(() =>
    localStorage.setItem('thora-preferences', '{"door":"exercise","kit":"virtual"}'),
  );
  const page = await context.newPage();
  await page.goto(`${base}/#/today`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForTimeout(500);
  if (journal.length > 0) await layJournal(page, journal);
  return page;
}

/** Lays the four pictures of a screen side by side and keeps the sheet. */
async function keepSheet(name, pictures) {
  const page = await browser.newPage({ viewport: { width: 2400, height: SHEET_HEIGHT + 40 } });
  await page.setContent(
    `<body style="margin:20px;display:flex;gap:20px;background:#c9cdca">${pictures
      .map(
        (data) =>
          `<img style="height:${SHEET_HEIGHT}px;border-radius:8px" src="data:image/png;base64,${data}">`,
      )
      .join('')}</body>`,
  );
  await page.waitForTimeout(200);
  const sheet = await page.locator('body').screenshot({ type: 'jpeg', quality: 72 });
  writeFileSync(join(FOLDER, `${name}.jpg`), sheet);
  await page.close();
}

const sheets = new Map();
const keep = (name, data) => sheets.set(name, [...(sheets.get(name) ?? []), data.toString('base64')]);

for (const view of VIEWS) {
  for (const kind of ['none', 'came', 'locked']) {
    const page = await pageWith(view, JOURNALS[kind]);
    for (const [name, path] of PAGES.filter((one) => one[2] === kind)) {
      await page.goto(`${base}/#${path}`);
      await page.reload();
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForTimeout(900);
      keep(name, await page.screenshot());
    }
    await page.context().close();
  }
  await sessionSteps(view);
}

/** The guided steps, by the demonstration. */
async function sessionSteps(view) {
  const page = await pageWith(view, []);
  const keepNow = async (name) => keep(name, await page.screenshot());
  await page.goto(`${base}/#/welcome`);
  await page.getByRole('button', { name: 'Try it now, no sensors' }).click();
  await page.getByRole('heading', { name: 'Leave the sensors on the table' }).waitFor();
  await page.waitForTimeout(1500);
  await keepNow('session-connect');
  const on = page.getByRole('button', { name: 'They are on' });
  await on.waitFor({ timeout: 60_000 });
  await keepNow('session-strap-on');
  await on.click();
  await page.waitForTimeout(1500);
  await keepNow('session-check');
  await page.getByRole('heading', { name: 'What we found' }).waitFor({ timeout: 60_000 });
  await keepNow('session-found');
  await page.getByRole('button', { name: 'Start: Seated turn' }).click();
  await page.waitForTimeout(1500);
  await keepNow('session-position');
  await page.getByRole('button', { name: 'Start the test' }).click();
  await page.locator('.dots [data-state=counted]').first().waitFor({ timeout: 90_000 });
  await keepNow('session-exercise');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('dialog').waitFor();
  await page.waitForTimeout(700);
  await keepNow('session-stop');
  await page.getByRole('button', { name: 'I am finished' }).click();
  await page.getByText('This was a demonstration').waitFor({ timeout: 60_000 });
  await page.waitForTimeout(500);
  await keepNow('session-done');
  await page.context().close();
}

for (const [name, pictures] of sheets) await keepSheet(name, pictures);
await browser.close();
await server.close();

const lines = [...sheets.keys()].map((name) => `## ${name}\n\n![${name}](images/screens/${name}.jpg)\n`);
writeFileSync(
  join(root, 'docs/screens.md'),
  `# The screens\n\nEach at 390 and 1280 px, light and dark, as \`npm run screens\` took them on ${new Date().toISOString().slice(0, 10)} from the\nbuilt app. The person is simulated.\n\n${lines.join('\n')}`,
);
process.stdout.write(`${sheets.size} screens, ${VIEWS.length} views each.\n`);
process.exit(0);
