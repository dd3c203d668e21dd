// `npm run build`: dist/, static files that any web host can serve, and the size of what is loaded first.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pathToFileURL } from 'node:url';
import { checkNode, ensurePackages, fail, newestTimeMs, root, run } from './setup.mjs';

/** JavaScript that may be fetched before Today can be used, gzip. */
const INITIAL_JS_LIMIT_BYTES = 180_000;

const SOURCES = [
  'message-macro.ts',
  'src',
  'public',
  'firmware-protocol/typescript',
  'index.html',
  'vite.config.ts',
  'lingui.config.ts',
  'package-lock.json',
];

export function buildIsStale() {
  const built = join(root, 'dist/index.html');
  return (
    !existsSync(built) || statSync(built).mtimeMs < newestTimeMs(SOURCES.map((name) => join(root, name)))
  );
}

/** Gzip bytes of the scripts that index.html loads, with everything they import statically. */
export function initialScriptBytes() {
  const dist = join(root, 'dist');
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const queue = [...html.matchAll(/(?:src|href)="[./]*(assets\/[^"]+\.js)"/g)].map((match) => match[1]);
  const seen = new Set();
  let bytes = 0;
  while (queue.length > 0) {
    const name = queue.pop();
    if (seen.has(name)) continue;
    seen.add(name);
    const text = readFileSync(join(dist, name));
    bytes += gzipSync(text, { level: 9 }).length;
    for (const match of text.toString().matchAll(/(?:import|from)\s*"\.\/([^"]+\.js)"/g))
      queue.push(`assets/${match[1]}`);
  }
  return { bytes, files: seen.size };
}

export function build() {
  const code = run(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    {
      stdio: ['ignore', process.stderr, process.stderr],
    },
  );
  if (code !== 0) fail('The build failed; the reason stands above.');
  const { bytes, files } = initialScriptBytes();
  process.stderr.write(
    `Built ${readdirSync(join(root, 'dist/assets')).length} assets; first load ${(bytes / 1000).toFixed(1)} kB of JavaScript (gzip, ${files} files).\n`,
  );
  if (bytes > INITIAL_JS_LIMIT_BYTES)
    fail(
      `The first load is over its limit of ${INITIAL_JS_LIMIT_BYTES / 1000} kB. Load what is not needed at once later.`,
    );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  checkNode();
  ensurePackages();
  build();
}
