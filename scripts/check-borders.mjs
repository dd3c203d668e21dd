// Checks the borders between the rooms of src/ (rules in .dependency-cruiser.cjs), then proves that the check can see:
// planted bad imports must be found, and a minimum of modules must have been visited.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const binary = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

function cruise(folder, ...paths) {
  const run = spawnSync(
    process.execPath,
    [binary, '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', ...paths],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  if (!run.stdout.startsWith('{'))
    throw new Error(`The border check itself failed:\n${run.stderr || run.stdout}`);
  return JSON.parse(run.stdout).summary;
}

function* sources(folder) {
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    if (item.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(item.name) && !item.name.endsWith('.d.ts')) yield path;
  }
}

const problems = [];
const files = [...sources(join(root, 'src')), ...sources(join(root, 'firmware-protocol/typescript'))];
const real = cruise(root, 'src', 'firmware-protocol/typescript');
for (const violation of real.violations)
  problems.push(`${violation.rule.name}: ${violation.from} -> ${violation.to}`);
if (real.totalCruised < files.length)
  problems.push(
    `Only ${real.totalCruised} of ${files.length} source files were visited: the check is blind.`,
  );

// What the import graph cannot show: randomness in core, and workers outside their two places.
for (const file of files) {
  const name = file.slice(root.length + 1);
  const text = readFileSync(file, 'utf8');
  if (name.startsWith('src/core/') && /\bMath\.random\b|\bperformance\.now\b/.test(text))
    problems.push(`core-is-deterministic: ${name} asks for randomness or time.`);
  if (/new Worker\(/.test(text) && !/^src\/(app|adapters\/worker-link)\//.test(name))
    problems.push(`workers-in-two-places: ${name} starts a worker.`);
}

// The canary, in a tree of its own: each planted import must be refused by the rule that is named.
const plants = [
  [
    'src/core/math/planted.ts',
    "import type { Fact } from '../pipeline/fact.ts';\nexport type Planted = Fact;\n",
    'core-math',
  ],
  ['src/core/body/planted.ts', "export const planted = () => import('three');\n", 'core-uses-no-packages'],
  [
    'src/ui/planted.tsx',
    "import { planted } from '../cli/planted.ts';\nexport const Planted = () => <p>{planted}</p>;\n",
    'ui-imports-core-only',
  ],
  ['src/cli/planted.ts', "import '../ui/services.ts';\nexport const planted = 1;\n", 'cli-knows-no-browser'],
];
const canary = join(root, `.cache/border-canary-${process.pid}`);
try {
  const stubs = [
    ['src/core/pipeline/fact.ts', 'export type Fact = 1;\n'],
    ['src/ui/services.ts', 'export const stub = 1;\n'],
  ];
  for (const [path, text] of [...plants, ...stubs]) {
    mkdirSync(dirname(join(canary, path)), { recursive: true });
    writeFileSync(join(canary, path), text);
  }
  const planted = cruise(canary, 'src');
  for (const [path, , rule] of plants)
    if (!planted.violations.some((violation) => violation.from === path && violation.rule.name === rule))
      problems.push(`The canary lives: ${path} was not refused by rule "${rule}".`);
} finally {
  rmSync(canary, { recursive: true, force: true });
}

if (problems.length > 0) {
  process.stderr.write(`Borders broken:\n  ${problems.join('\n  ')}\n`);
  process.exit(1);
}
process.stdout.write(`Borders hold: ${real.totalCruised} modules, ${plants.length} planted faults found.\n`);
