// Runs one command of src/cli: bundles it on demand (only when a source is newer than the last bundle) and starts it.
// Usage: node scripts/run-cli.mjs NAME [arguments...]
import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [name, ...args] = process.argv.slice(2);
const entry = join(root, 'src/cli', `${name}.ts`);
if (!name || !existsSync(entry)) {
  process.stderr.write(`Unknown command "${name ?? ''}". Run "npm run" to see what there is.\n`);
  process.exit(1);
}
if (!existsSync(join(root, 'node_modules/esbuild'))) {
  process.stderr.write('Packages are not installed yet. Run "npm ci" (or "npm start") first.\n');
  process.exit(1);
}

/** Newest modification time below a folder, ms. */
function newest(folder) {
  let time = 0;
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    time = Math.max(time, item.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return time;
}

const bundle = join(root, '.cache/cli', `${name}.mjs`);
const sourceTime = Math.max(
  ...['src/core', 'src/cli', 'firmware-protocol/typescript'].map((folder) => newest(join(root, folder))),
  statSync(join(root, 'package.json')).mtimeMs,
);
if (!existsSync(bundle) || statSync(bundle).mtimeMs < sourceTime) {
  mkdirSync(dirname(bundle), { recursive: true });
  const { build } = await import('esbuild');
  // Two commands may start at once: each builds aside and puts a whole file in place.
  const aside = join(dirname(bundle), `${name}.${process.pid}.mjs`);
  await build({
    entryPoints: [entry],
    outfile: aside,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'error',
  });
  renameSync(aside, bundle);
}
process.argv = [process.argv[0], bundle, ...args];
await import(pathToFileURL(bundle).href);
