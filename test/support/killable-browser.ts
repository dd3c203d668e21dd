import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { CHROMIUM_PATH, LAUNCH_ARGS, NO_FIGURE } from '../../test-browser.ts';

const STARTS_WITHIN_MS = 30_000;
const LOG_BLOCK_BYTES = 32_768;
/** LevelDB's log: checksum (u32), length (u16), kind (1: a whole record), and here 8 of the 90 bytes that should follow. */
const HALF_RECORD = Uint8Array.of(0x1d, 0x7a, 0x33, 0xc4, 90, 0, 1, 3, 5, 7, 9, 11, 13, 15, 17);

/** A profile folder of its own, and one real browser after another upon it. Each ends by SIGKILL. */
export class KillableProfile {
  readonly folder = mkdtempSync(join(tmpdir(), 'thora-profile-'));
  #process: ChildProcess | null = null;
  #browser: Browser | null = null;

  /** Starts a browser upon the profile; resolves with its one page. */
  async launch(): Promise<Page> {
    const portFile = join(this.folder, 'DevToolsActivePort');
    rmSync(portFile, { force: true });
    // A process group of its own: all of the browser's processes can go at once.
    this.#process = spawn(
      CHROMIUM_PATH,
      [
        '--headless=new',
        '--no-first-run',
        ...LAUNCH_ARGS,
        NO_FIGURE,
        '--remote-debugging-port=0',
        `--user-data-dir=${this.folder}`,
        '--lang=en-GB',
        'about:blank',
      ],
      { detached: true, stdio: 'ignore' },
    );
    const address = await readWhenWritten(portFile);
    this.#browser = await chromium.connectOverCDP(address);
    const [context] = this.#browser.contexts();
    const page = context?.pages()[0] ?? (await context?.newPage());
    if (page === undefined) throw new Error('The browser has no page.');
    return page;
  }

  /** Every process of the browser at once, with no chance to write anything more. */
  async kill(): Promise<void> {
    const { pid } = this.#process ?? {};
    if (pid === undefined) return;
    const over = new Promise((resolve) => this.#process?.once('exit', resolve));
    process.kill(-pid, 'SIGKILL');
    await over;
    this.#process = null;
    await this.#browser?.close().catch(() => undefined);
    this.#browser = null;
  }

  /** Leaves half a record at the end of the database's log, as a kill in the middle of a write does. */
  leaveHalfRecord(): void {
    const root = join(this.folder, 'Default/IndexedDB');
    const folder = readdirSync(root).find((name) => name.endsWith('.indexeddb.leveldb'));
    const newest = readdirSync(join(root, folder ?? ''))
      .filter((name) => name.endsWith('.log'))
      .sort()
      .at(-1);
    if (folder === undefined || newest === undefined)
      throw new Error('The browser keeps its databases elsewhere.');
    const file = join(root, folder, newest);
    // Records do not cross blocks; where this one would not fit there is nothing to cut.
    if (LOG_BLOCK_BYTES - (statSync(file).size % LOG_BLOCK_BYTES) > HALF_RECORD.length + HALF_RECORD[4]!)
      appendFileSync(file, HALF_RECORD);
  }

  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The browser writes its port and the path of its debugging address once it listens. */
async function readWhenWritten(file: string): Promise<string> {
  const untilMs = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < untilMs) {
    try {
      const [port = '', path = ''] = readFileSync(file, 'utf8').split('\n');
      if (path !== '') return `ws://127.0.0.1:${port}${path}`;
    } catch {
      // Not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`The browser did not start within ${STARTS_WITHIN_MS} ms.`);
}
