// `npm run screens`: pictures of every screen of the built app, narrow and wide, light and dark, one sheet a screen, into
// docs/images/screens, with docs/screens.md as their list. Data are simulated.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { build as bundle } from 'esbuild';
import { preview } from 'vite';
import { build, buildIsStale } from './build.mjs';
import { ensureBrowser, root } from './setup.mjs';

/** `npm run screens -- clinic` (or pages, session) takes those anew and leaves the others. */
const only = process.argv[2] ?? null;
const FOLDER = join(root, 'docs/images/screens');
const VIEWS = [
  ['light', 390, 844],
  ['dark', 390, 844],
  ['light', 1280, 800],
  ['dark', 1280, 800],
];
/** Height of the pictures on a sheet, px. */
const SHEET_HEIGHT = 720;
const DAY_MS = 86_400_000;
/** Around each picture of a sheet, px. */
const GAP = 20;
/** So many days of the course are behind the person of the pictures. */
const COURSE_DAYS = 60;

/** @type {[name: string, path: string, journal: 'none' | 'came' | 'course' | 'locked' | 'emergency'][]} */
const PAGES = [
  ['welcome', '/welcome', 'none'],
  ['today-before', '/today', 'none'],
  ['coming-in', '/coming-in', 'none'],
  ['today', '/today', 'came'],
  ['plan', '/plan', 'came'],
  ['questions', '/questions', 'came'],
  ['progress-before', '/progress', 'came'],
  ['progress', '/progress', 'course'],
  ['progress-pain', '/progress/pain', 'course'],
  ['report', '/progress/report', 'course'],
  ['learn', '/learn', 'course'],
  ['learn-card', '/learn/M01', 'course'],
  ['reminders', '/reminders', 'came'],
  ['own-session', '/today/own', 'came'],
  ['tests', '/today/tests', 'came'],
  ['exercises', '/exercises', 'came'],
  ['exercise', '/exercises/seated-rotation', 'came'],
  ['me', '/settings', 'came'],
  ['data', '/settings/data', 'came'],
  ['emergency', '/today', 'emergency'],
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
/** Entries of the care journal that end now, from events in their order. */
const justNow = (events) => {
  const atUtcMs = Date.now() - 60_000;
  return events.map((event, order) => ({
    order,
    entryId: `entry-${order}`,
    atUtcMs,
    day: localDay(atUtcMs),
    event,
  }));
};
const localDay = (utcMs) => Math.floor((utcMs - new Date().getTimezoneOffset() * 60_000) / DAY_MS);
const answered = (answers) => ({ kind: 'safetyAnswered', form: 'short', answers: { ...well, ...answers } });

/** A module of the tests' own. */
async function imported(name) {
  const file = join(root, `.cache/screens/${name}.mjs`);
  await bundle({
    entryPoints: [join(root, `test/support/${name}.ts`)],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return import(pathToFileURL(file).href);
}

/** A simulated course in which pain falls, so that today is its last day. */
async function courseUntilToday() {
  const { simulateCourse } = await imported('simulated-course');
  return simulateCourse(3, { changes: 'pain', rangeCount: 2 })
    .filter(({ day }) => day <= COURSE_DAYS)
    .map((entry) => ({
      ...entry,
      day: entry.day + localDay(Date.now()) - COURSE_DAYS,
      atUtcMs: Date.now() - 60_000 + (entry.day - COURSE_DAYS) * DAY_MS,
    }));
}

const JOURNALS = {
  none: [],
  came: justNow(CAME_IN),
  course: await courseUntilToday(),
  locked: justNow([...CAME_IN, answered({ 'R-08': ['yes'] })]),
  emergency: justNow([...CAME_IN, answered({ 'R-01': ['yes'] })]),
};

if (buildIsStale()) build();
const server = await preview({ root, preview: { host: '127.0.0.1', port: 0 }, logLevel: 'warn' });
const base = `http://127.0.0.1:${server.httpServer.address().port}`;
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox'] });
if (only === null) rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
// The clinic's server of the pictures: invented patients, gone with this program.
const { startClinicDemo } = await imported('clinic-demo');
const demo = await startClinicDemo({ appAddresses: [`${base}/`], patientCount: 24, port: 0 });

async function layJournal(page, entries) {
  await page.evaluate(async (rows) => {
    const database = await new Promise((resolve) => {
      const opening = indexedDB.open('thora-sessions');
      opening.onsuccess = () => resolve(opening.result);
    });
    const transaction = database.transaction('journal', 'readwrite');
    for (const row of rows) transaction.objectStore('journal').put(row);
    await new Promise((resolve) => (transaction.oncomplete = () => resolve()));
    database.close();
  }, entries);
}

async function pageWith(view, journal) {
  const [colorScheme, width, height] = view;
  const context = await browser.newContext({
    viewport: { width, height },
    // The figure is drawn with half of the pixels where there is no graphics card.
    deviceScaleFactor: 2,
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
  const width = VIEWS.reduce(
    (sum, [, wide, high]) => sum + Math.ceil((wide * SHEET_HEIGHT) / high) + GAP,
    GAP,
  );
  const page = await browser.newPage({ viewport: { width, height: SHEET_HEIGHT + 2 * GAP } });
  await page.setContent(
    `<body style="margin:0;padding:${GAP}px;display:flex;gap:${GAP}px;background:#c9cdca">${pictures
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
  for (const kind of only === null || only === 'pages' ? Object.keys(JOURNALS) : []) {
    const page = await pageWith(view, JOURNALS[kind]);
    for (const [name, path] of PAGES.filter((one) => one[2] === kind)) {
      await page.goto(`${base}/#${path}`);
      await page.reload();
      const title = page.getByRole('heading', { level: 1 }).first();
      await title.waitFor({ timeout: 60_000 }).catch((error) => {
        throw new Error(`The screen ${name} has no title.`, { cause: error });
      });
      await settle(page);
      const failed = page.getByRole('alert').filter({ hasText: 'That did not work.' });
      if ((await failed.count()) > 0)
        throw new Error(`The screen ${name} shows a failure: ${await failed.first().textContent()}`);
      keep(name, await page.screenshot());
    }
    await page.context().close();
  }
  if (only === null || only === 'session') await sessionSteps(view);
  if (only === null || only === 'clinic') await clinicPages(view);
}

/** Until what comes later is there and the figure, if there is one, has been drawn. */
async function settle(page) {
  await page.waitForTimeout(500);
  const figure = page.locator('.figure').first();
  if (await figure.isVisible())
    await page.locator('.figure[data-ready]').first().waitFor({ timeout: 30_000 });
  await page.waitForTimeout(1200);
}

/** The guided steps, by the virtual kit; then the session as it is kept. */
async function sessionSteps(view) {
  const page = await pageWith(view, JOURNALS.came);
  const keepNow = async (name) => {
    await settle(page);
    keep(name, await page.screenshot());
  };
  await page.goto(`${base}/#/workshop/virtual-kit`);
  await page.reload();
  await page.getByRole('button', { name: 'Record with the virtual kit' }).click();
  await page.getByRole('heading', { name: 'Leave the sensors on the table' }).waitFor();
  await keepNow('session-connect');
  const on = page.getByRole('button', { name: 'They are on' });
  await on.waitFor({ timeout: 60_000 });
  await keepNow('session-strap-on');
  await on.click();
  await keepNow('session-check');
  await page.getByRole('heading', { name: 'What we found' }).waitFor({ timeout: 60_000 });
  await keepNow('session-found');
  await page.getByRole('button', { name: 'Start: Seated turn' }).click();
  await keepNow('session-position');
  await page.getByRole('button', { name: 'Start the test' }).click();
  await page.locator('.dots [data-state=counted]').first().waitFor({ timeout: 90_000 });
  await keepNow('session-exercise');
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('dialog').waitFor();
  await keepNow('session-stop');
  await page.getByRole('button', { name: 'I am finished' }).click();
  await page.getByText('Saved on this device').waitFor({ timeout: 60_000 });
  await keepNow('session-done');
  await page.getByRole('link', { name: 'See every move' }).click();
  await keepNow('session-kept');
  await page.goto(`${base}/#/sessions`);
  await keepNow('sessions');
  await page.context().close();
}

/** The clinic's desk with one patient, and the check of a kit, by simulated units. */
async function clinicPages(view) {
  const page = await pageWith(view, JOURNALS.none);
  const keepNow = async (name) => {
    await settle(page);
    keep(name, await page.screenshot());
  };
  const press = (name) => page.getByRole('button', { name, exact: true }).click();
  await page.goto(`${base}/#/patients`);
  await page.getByLabel('Name of the clinic').fill('Clinic by the river');
  await press('Set up the clinic');
  await page.getByLabel('Name of the patient').fill('Ana');
  await press('Add the patient');
  await page.getByRole('link', { name: 'Make a plan' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await keepNow('clinic-plan');
  await page.getByLabel('Signed by').fill('A. Tester');
  await press('Approve and sign');
  await page.getByRole('link', { name: 'Change the plan' }).waitFor();
  await keepNow('clinic-patient');
  await page.getByRole('link', { name: /^Leave-behind/ }).click();
  await page.getByRole('heading', { name: 'Leave-behind' }).waitFor();
  await keepNow('clinic-leave-behind');
  await page.goto(`${base}/#/patients`);
  await keepNow('clinic-patients');
  await page.goto(`${base}/#/patients/log`);
  await keepNow('clinic-log');
  await page.goto(`${base}/#/patients/server`);
  await page.getByLabel('Address of the server').waitFor();
  await keepNow('clinic-server-before');
  await page.getByLabel('Address of the server').fill(demo.address);
  await press('Ask this server');
  await press('Agree and log in');
  await page.getByRole('link', { name: 'Log in as a clinician' }).click();
  await page.getByText('Show more').waitFor();
  await keepNow('clinic-server');
  await page.getByRole('button', { name: 'Bring Amber Alder here' }).click();
  await page.getByRole('heading', { level: 1, name: 'Amber Alder' }).waitFor();
  await press('Exchange now');
  await press('The code is the same');
  await press('Exchange now');
  await page.getByText(/new entries came/).waitFor();
  await keepNow('clinic-patient-on-server');
  await page.getByRole('link', { name: 'Look at the review' }).click();
  await page.locator('.review-answer').waitFor();
  await keepNow('clinic-review');
  await page.goto(`${base}/#/patients/kits`);
  await page.getByRole('link', { name: 'Check a kit' }).click();
  await keepNow('bench-begin');
  await page.getByLabel('Name of the kit').fill('Blue box');
  await page.getByLabel('Checked by').fill('A. Tester');
  await press('Begin with simulated units');
  await keepNow('bench');
  await press('Begin this step');
  await keepNow('bench-step');
  await page.goto(`${base}/#/settings/clinic`);
  await keepNow('from-clinic');
  await page.goto(`${base}/#/settings/kit`);
  await keepNow('home-kit');
  await page.context().close();
}

for (const [name, pictures] of sheets) await keepSheet(name, pictures);
await browser.close();
await server.close();

// Of a part: what the other parts showed stays.
const shown =
  only === null ? [...sheets.keys()] : readdirSync(FOLDER).map((file) => file.replace('.jpg', ''));
const lines = shown.map((name) => `## ${name}\n\n![${name}](images/screens/${name}.jpg)\n`);
writeFileSync(
  join(root, 'docs/screens.md'),
  `# The screens\n\nEach at 390 and 1280 px, light and dark, as \`npm run screens\` took them on ${new Date().toISOString().slice(0, 10)} from the\nbuilt app. The person is simulated.\n\n${lines.join('\n')}`,
);
process.stdout.write(`${sheets.size} screens taken, ${VIEWS.length} views each.\n`);
process.exit(0);
