// `npm test`: everything, cheapest first. `--check`: the quick part. `--long`: the full counts.
// Stops at the first step that fails and says which; ends with a line that counts the tests.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, ensureBrowser, ensurePackages, root, run } from './setup.mjs';

const quick = process.argv.includes('--check');
const long = process.argv.includes('--long');
checkNode();
ensurePackages();

const bin = (path) => join(root, 'node_modules', path);
const node = (path, ...args) => run(process.execPath, [bin(path), ...args], { env });
const reports = join(root, '.cache/reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'e2e.json') };
if (long) env.THORA_LONG = '1';
if (!quick) env.CHROME_PATH = ensureBrowser();

const vitest = (project) =>
  node(
    'vitest/vitest.mjs',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reports, `${project}.json`)}`,
  );

/** @type {[string, () => number][]} */
const steps = [
  ['format', () => node('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.')],
  ['lint', () => node('oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--quiet')],
  ['types', () => node('ts7/bin/tsc', '-b')],
  ['borders', () => run(process.execPath, [join(root, 'scripts/check-borders.mjs')])],
  ['dead code', () => node('knip/bin/knip.js')],
  ['messages', () => run(process.execPath, [join(root, 'scripts/check-messages.mjs')])],
  ['notices', () => run(process.execPath, [join(root, 'scripts/write-notices.mjs'), '--check'])],
  ['unit and property tests', () => vitest('node')],
];
if (!quick)
  steps.push(
    ['browser tests', () => vitest('browser')],
    ['build and size', () => run(process.execPath, [join(root, 'scripts/build.mjs')])],
    ['end to end', () => node('@playwright/test/cli.js', 'test', '--reporter=line,json')],
    ['fixtures', () => run(process.execPath, [join(root, 'scripts/run-cli.mjs'), 'fixtures', '--verify'])],
  );

const began = Date.now();
let failedStep = '';
for (const [name, step] of steps) {
  const start = Date.now();
  const code = step();
  process.stdout.write(
    `${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)\n`,
  );
  if (code !== 0) {
    failedStep = name;
    break;
  }
}

let passed = 0;
let failed = 0;
let skipped = 0;
for (const project of ['node', 'browser']) {
  const path = join(reports, `${project}.json`);
  if (!existsSync(path)) continue;
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests;
}
if (existsSync(join(reports, 'e2e.json'))) {
  const { stats } = JSON.parse(readFileSync(join(reports, 'e2e.json'), 'utf8'));
  passed += stats.expected + stats.flaky;
  failed += stats.unexpected;
  skipped += stats.skipped;
}
process.stdout.write(
  `\n${((Date.now() - began) / 1000).toFixed(0)} s in all${failedStep ? `; stopped at: ${failedStep}` : ''}\n`,
);
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exit(failedStep === '' ? 0 : 1);
