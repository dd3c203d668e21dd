import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

export const firmwareFolder = fileURLToPath(new URL('../../firmware-protocol/', import.meta.url));

function firstThatRuns(names: readonly (string | undefined)[]): string | undefined {
  return names.find((name) => name && spawnSync(name, ['--version']).status === 0);
}

export const cCompiler = firstThatRuns([process.env['CC'], 'cc', 'gcc', 'clang']);
export const cppCompiler = firstThatRuns([process.env['CXX'], 'c++', 'g++', 'clang++']);
if (!cCompiler || !cppCompiler)
  console.warn(
    'Firmware not tested in full: no C or C++ compiler found (cc, gcc, clang, c++, g++, clang++, or those named by CC and CXX). Install one.',
  );

/** With the address and undefined-behaviour sanitisers: any fault ends the program. */
export const CAREFUL = ['-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
export const STRICT_C = ['-std=c99', '-Wall', '-Wextra', '-Werror', '-pedantic', '-Wconversion', '-Wshadow'];

/** A folder for what a test file builds; `remove` it in the end. */
export function createBuildFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'thora-firmware-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Compiles; what the compiler says against it becomes the error's text. */
export function compile(compiler: string, args: readonly string[]): void {
  execFileSync(compiler, args, { stdio: 'pipe' });
}

export const CORE_SOURCES = [
  'thora_protocol.c',
  'thora_calibration.c',
  'thora_facts.c',
  'thora_battery.c',
  'thora_ring.c',
  'thora_sample_clock.c',
  'thora_unit.c',
];

/** Compiles C sources, paths from `firmware-protocol/c`, into a program. */
export function buildC(program: string, sources: readonly string[]): void {
  compile(cCompiler!, [
    ...STRICT_C,
    ...CAREFUL,
    ...sources.map((name) => join(firmwareFolder, 'c', name)),
    '-o',
    program,
  ]);
}

/** One line in, one line out. */
export function ask(program: string, requests: readonly string[]): string[] {
  const run = spawnSync(program, {
    input: requests.join('\n') + '\n',
    encoding: 'utf8',
    maxBuffer: 1 << 29,
  });
  expect(run.stderr).toBe('');
  expect(run.status).toBe(0);
  const answers = run.stdout.trimEnd().split('\n');
  expect(answers).toHaveLength(requests.length);
  return answers;
}
