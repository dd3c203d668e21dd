import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRecordingFile } from '../core/recording/recording-file.ts';
import type { SessionRecording } from '../core/recording/session-recording.ts';
import type { ExpectedResult, FixtureCase, FixtureTruth } from './fixture-case.ts';

/** One folder of fixtures/: recording.thora, case.json, expected.json, and truth.json where simulated. */
export interface Fixture {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly recording: SessionRecording;
  readonly origin: FixtureCase;
  readonly expected: ExpectedResult;
  readonly truth: FixtureTruth | null;
}

const RECORDING = 'recording.thora';

/** Names of all fixtures, sorted. */
export function fixtureNames(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, RECORDING)))
    .map((entry) => entry.name)
    .sort();
}

export function readFixture(root: string, name: string): Fixture {
  const folder = join(root, name);
  const bytes = new Uint8Array(readFileSync(join(folder, RECORDING)));
  const truthPath = join(folder, 'truth.json');
  return {
    name,
    bytes,
    recording: readRecordingFile(bytes, join(folder, RECORDING)),
    origin: readJson(join(folder, 'case.json')) as FixtureCase,
    expected: readJson(join(folder, 'expected.json')) as ExpectedResult,
    truth: existsSync(truthPath) ? (readJson(truthPath) as FixtureTruth) : null,
  };
}

export function writeFixture(root: string, fixture: Omit<Fixture, 'recording'>): void {
  const folder = join(root, fixture.name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, RECORDING), fixture.bytes);
  writeJson(join(folder, 'case.json'), fixture.origin);
  writeJson(join(folder, 'expected.json'), fixture.expected);
  if (fixture.truth !== null) writeJson(join(folder, 'truth.json'), fixture.truth);
}

export function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
