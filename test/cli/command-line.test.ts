import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'thora-command-line-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'scripts/run-cli.mjs'), command, ...args],
    { cwd: root, encoding: 'utf8' },
  );
  return { status, out: stdout, err: stderr };
}

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const SET = { motion: 'seated-rotation', repetitions: 1 };

describe('simulate', () => {
  it('reads a script as an editor saved it, with a byte order mark and in a folder of any name', () => {
    const script = write('Übung 日.json', `\uFEFF{"sets":[\r\n${JSON.stringify(SET)}]}\r\n`);
    const out = join(folder, 'Aufnahme ä.thora');
    const { status, out: text } = run('simulate', script, '--out', out, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(text)).toMatchObject({ recording: out, truth: `${out}.truth.json` });
  });

  it('does not write over its own script', () => {
    const script = write('script.json', JSON.stringify({ sets: [SET] }));
    const { status, err } = run('simulate', script, '--out', join(folder, '.', 'script.json'));
    expect(status).toBe(1);
    expect(err).toMatch(/--out: .*script\.json is the script itself; name another file/);
    expect(JSON.parse(readFileSync(script, 'utf8'))).toEqual({ sets: [SET] });
  });

  it('names a field that it does not know', () => {
    const script = write('misspelt.json', JSON.stringify({ sets: [SET, { ...SET, reps: 3 }] }));
    const { status, err } = run('simulate', script, '--out', join(folder, 'never.thora'));
    expect(status).toBe(1);
    expect(err).toMatch(/misspelt\.json, sets\[1\]\.reps: not known; a set has motion, side, repetitions/);
  });

  it('lists its devices as JSON where that was asked for', () => {
    const { status, out } = run('simulate', '--device', 'help', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(out).devices).toContain('thora-nano33');
  });
});

describe('every command', () => {
  const file = write('file.txt', 'no folder');

  it.each([
    [['evaluate', 'cycles', '--runs', '1', '--write', file], /--write: .*file\.txt cannot be written to/],
    [
      ['evaluate', 'clocks', '--seed', '-1'],
      /--seed: write --seed=VALUE for a value that begins with a dash/,
    ],
    [['bench', 'fast'], /Unexpected argument 'fast'; see --help/],
  ])('%j fails with one line and nothing on standard output', ([command = '', ...args], words) => {
    const { status, out, err } = run(command, ...args);
    expect(err).toMatch(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(out).toBe('');
    expect(status).toBe(1);
  });

  it.each(['measure', 'evaluate', 'decode', 'simulate', 'bench', 'fixtures'])(
    '%s explains itself',
    (command) => {
      for (const flag of ['--help', '-h']) {
        const { status, out, err } = run(command, flag);
        expect(err).toBe('');
        expect(out).toContain(`npm run ${command === 'fixtures' ? '' : '-s '}${command}`);
        expect(status).toBe(0);
      }
    },
  );
});
