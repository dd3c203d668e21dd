// What `npm start`, `npm test` and `npm run build` need before anything else, on a fresh clone too: a fitting Node,
// exactly the locked packages, and for tests a Chromium. Uses nothing but Node itself.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Ends the program with one line on standard error. */
export function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** Runs a program in the project folder with its output shown (on standard error); returns its exit code. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (result.error) return 127;
  return result.status ?? 1;
}

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    fail(
      `Node ${process.versions.node} is too old for Thora. Install Node 20.19 or newer, then run this again.`,
    );
}

/** True when what is installed is what package-lock.json says. */
function packagesAreCurrent() {
  const installedPath = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedPath)) return false;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedPath, 'utf8')).packages;
  for (const [path, entry] of Object.entries(locked)) {
    if (path === '') continue;
    const found = installed[path];
    // packages for other platforms are locked but not installed
    if (!found && (entry.optional || entry.devOptional || entry.peer)) continue;
    if (found?.version !== entry.version) return false;
  }
  return true;
}

export function ensurePackages() {
  if (packagesAreCurrent()) return;
  process.stderr.write('Installing the locked packages (once, about a minute)...\n');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = npm
    ? run(process.execPath, [npm, ...args])
    : run('npm', args, { shell: process.platform === 'win32' });
  if (code !== 0) fail('The packages could not be installed. Check the network, then run this again.');
}

const BROWSER_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of a Chromium for the tests; installs Debian's when root. Ends the program when there is none to be had. */
export function ensureBrowser() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (!existsSync(named)) fail(`CHROME_PATH names ${named}, which does not exist. Correct it or unset it.`);
    return named;
  }
  const found = () => BROWSER_PLACES.find((path) => existsSync(path));
  const present = found();
  if (present) return present;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write("Installing Debian's Chromium for the browser tests (once)...\n");
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    run('apt-get', ['install', '-y', '-qq', 'chromium'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    const installed = found();
    if (installed) return installed;
  }
  return fail(
    'The tests need Chromium or Chrome. Install one, or name it: CHROME_PATH=/path/to/chrome npm test',
  );
}

/** Newest modification time of files and folders, ms. */
export function newestTimeMs(paths) {
  let time = 0;
  for (const path of paths) {
    if (!existsSync(path)) continue;
    const stat = statSync(path);
    time = Math.max(
      time,
      stat.isDirectory() ? newestTimeMs(readdirSync(path).map((name) => join(path, name))) : stat.mtimeMs,
    );
  }
  return time;
}
