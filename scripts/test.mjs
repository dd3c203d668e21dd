// `npm test`: everything, cheapest first. `--check`: the quick part. `--long`: the full counts.
// Stops at the first step that fails and says which; ends with a line that counts the tests.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { checkNode, ensureBrowser, ensurePackages, root, run } from './setup.mjs';

/** Titles of tests that are not marked as taking over 0.3 s. */
const NOT_SLOW = '^(?!.*@slow)';

const quick = process.argv.includes('--check');
const long = process.argv.includes('--long');
checkNode();
ensurePackages();

const bin = (path) => join(root, 'node_modules', path);
const reports = join(root, '.cache/reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const env = { ...process.env };
if (long) env.THORA_LONG = '1';
if (!quick) env.CHROME_PATH = ensureBrowser();

const node = (path, args, more = {}) =>
  run(process.execPath, [bin(path), ...args], { env: { ...env, ...more } });
const vitest = (project, ...args) =>
  node('vitest/vitest.mjs', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reports, `${project}.json`)}`,
    ...args,
  ]);
const playwright = (name, ...args) =>
  node('@playwright/test/cli.js', ['test', '--reporter=line,json', ...args], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, `${name}.json`),
  });

/** Checks that only read: most of them use one core, so two run at a time. @type {[string, string[]][]} */
const checks = [
  [
    'format',
    [
      bin('prettier/bin/prettier.cjs'),
      '--check',
      '--log-level=warn',
      '--cache',
      '--cache-strategy=content',
      `--cache-location=${join(root, '.cache/prettier')}`,
      '.',
    ],
  ],
  ['types', [bin('ts7/bin/tsc'), '-b']],
  ['borders', [join(root, 'scripts/check-borders.mjs')]],
  ['lint', [bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings', '--quiet']],
  ['dead code', [bin('knip/bin/knip.js')]],
  ['messages', [join(root, 'scripts/check-messages.mjs')]],
  ['notices', [join(root, 'scripts/write-notices.mjs'), '--check']],
];
/** @type {[string, () => number][]} */
const steps = [['unit and property tests', () => (quick ? vitest('node', '-t', NOT_SLOW) : vitest('node'))]];
if (!quick)
  steps.push(
    ['tests of commands and firmware', () => vitest('programs')],
    ['browser tests', () => vitest('browser')],
    ['build and size', () => run(process.execPath, [join(root, 'scripts/build.mjs')])],
    ['end to end, side by side', () => playwright('e2e', '--grep-invert', '@alone')],
    ['end to end, one at a time', () => playwright('e2e-alone', '--grep', '@alone', '--workers', '1')],
    ['fixtures', () => run(process.execPath, [join(root, 'scripts/run-cli.mjs'), 'fixtures', '--verify'])],
  );

const began = Date.now();
let failedStep = '';

function report(name, code, startMs) {
  if (code !== 0 && failedStep === '') failedStep = name;
  process.stdout.write(
    `${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - startMs) / 1000).toFixed(1)} s)\n`,
  );
}

/** Takes check after check until none is left or one failed; what a check wrote is shown when it ends. */
async function runChecks() {
  for (let check = checks.shift(); check !== undefined && failedStep === ''; check = checks.shift()) {
    const [name, args] = check;
    const startMs = Date.now();
    const chunks = [];
    const code = await new Promise((resolve) => {
      const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout.on('data', (chunk) => chunks.push(chunk));
      child.stderr.on('data', (chunk) => chunks.push(chunk));
      child.on('error', () => resolve(127));
      child.on('close', (status) => resolve(status ?? 1));
    });
    process.stdout.write(Buffer.concat(chunks));
    report(name, code, startMs);
  }
}

/** All tests of a Playwright report, in its order. */
function endToEndTests(suites) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs.flatMap(({ file, title, tests }) =>
      tests.map(({ annotations, status }) => ({ file: `test/e2e/${file}`, title, annotations, status })),
    ),
    ...endToEndTests(inner),
  ]);
}

await Promise.all([runChecks(), runChecks()]);
for (const [name, step] of steps) {
  if (failedStep !== '') break;
  const startMs = Date.now();
  report(name, step(), startMs);
}

let passed = 0;
let failed = 0;
let skipped = 0;
/** File and title. @type {string[]} */
const failures = [];
for (const project of ['node', 'programs', 'browser']) {
  const path = join(reports, `${project}.json`);
  if (!existsSync(path)) continue;
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests;
  for (const { name, assertionResults } of report.testResults)
    for (const { status, fullName } of assertionResults)
      if (status === 'failed') failures.push(`${relative(root, name)}: ${fullName.trim()}`);
}
/** What tests noted of themselves, by name. @type {[string, string][]} */
const figures = [];
for (const name of ['e2e', 'e2e-alone']) {
  const path = join(reports, `${name}.json`);
  if (!existsSync(path)) continue;
  const { stats, suites } = JSON.parse(readFileSync(path, 'utf8'));
  for (const { file, title, annotations, status } of endToEndTests(suites)) {
    for (const { type, description } of annotations) figures.push([type, description ?? '']);
    if (status === 'unexpected') failures.push(`${file}: ${title}`);
  }
  passed += stats.expected + stats.flaky;
  failed += stats.unexpected;
  skipped += stats.skipped;
}
if (long && figures.length > 0) {
  const width = Math.max(...figures.map(([name]) => name.length));
  process.stdout.write(`\n${new Date().toISOString().slice(0, 10)}\n`);
  for (const [name, value] of figures) process.stdout.write(`${name.padEnd(width)}  ${value}\n`);
}
process.stdout.write(
  `\n${((Date.now() - began) / 1000).toFixed(0)} s in all${failedStep ? `; stopped at: ${failedStep}` : ''}\n`,
);
if (failures.length > 0) process.stdout.write(`first to fail: ${failures[0]}\n`);
process.stdout.write(
  `${passed} passed, ${failed} failed, ${skipped} ${quick ? 'skipped or left to npm test' : 'skipped'}\n`,
);
process.exit(failedStep === '' ? 0 : 1);
