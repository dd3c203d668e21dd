import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { RecordingError } from '../core/recording/recording-error.ts';
import { readRecordingFile, writeRecordingFile } from '../core/recording/recording-file.ts';
import type { SessionRecording } from '../core/recording/session-recording.ts';
import { EXAMPLE_RECORDINGS, exampleRecording } from './example-recordings.ts';
import { differences, expectedOf, SIMULATED_FIXTURES, simulateRecipe, truthOf } from './fixture-case.ts';
import { fixtureNames, readFixture, writeFixture, writeJson } from './fixture-folder.ts';
import { parseComplaint } from './parse-error.ts';

const HELP = `Keeps the recordings that the tests replay, with their golden results.

  npm run fixtures -- --verify             makes every simulated recording again and compares it byte by byte,
                                           replays every recording and compares its result; the examples too
  npm run fixtures -- --write              makes simulated recordings, golden results and examples anew
  npm run fixtures -- add FILE [--name N]  keeps a recording (.thora) with the result it has now

Exit code 0: all agree (or written), 1: something differs or nothing could be done.
`;

const FIXTURES = 'fixtures';
const EXAMPLES = join('public', 'examples');
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** One line for the person. */
class CommandFailure extends Error {}

function main(args: readonly string[]): void {
  const { values, positionals } = parse(args);
  if (values.help) process.stdout.write(HELP);
  else if (positionals[0] === 'add') add(positionals.slice(1), values.name);
  else if (positionals.length > 0) throw new CommandFailure(`"${positionals[0]}" is not known; see --help`);
  else if (values.write) writeAll();
  else if (values.verify) verifyAll();
  else throw new CommandFailure('say --verify, --write or add FILE; see --help');
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        verify: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        name: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (cause) {
    throw new CommandFailure(parseComplaint(cause), { cause });
  }
}

function add(files: readonly string[], name: string | undefined): void {
  const [file] = files;
  if (file === undefined || files.length > 1) throw new CommandFailure('add takes one FILE; see --help');
  const fixtureName = name ?? basename(file, '.thora').toLowerCase();
  if (!NAME.test(fixtureName))
    throw new CommandFailure(
      `--name: "${fixtureName}" is not of small letters, digits and single hyphens; give another with --name`,
    );
  if (existsSync(join(FIXTURES, fixtureName)))
    throw new CommandFailure(`--name: ${FIXTURES}/${fixtureName} exists; give another name`);
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(readFileSync(file));
  } catch (cause) {
    throw new CommandFailure(
      `${file}: cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'error'})`,
      {
        cause,
      },
    );
  }
  const recording = readRecordingFile(bytes, file);
  const expected = expectedOf(recording);
  writeFixture(FIXTURES, {
    name: fixtureName,
    bytes,
    origin: {
      origin: 'recorded',
      description: `Kept from ${basename(file)}, started ${recording.startedAtUtc}.`,
      simulation: null,
    },
    expected,
    truth: null,
  });
  const lines = [
    `${FIXTURES}/${fixtureName}: ${Math.round(bytes.length / 1024)} kB, replayed by every "npm test" from now on`,
    ...expected.sets.map(
      (set) =>
        `  ${set.exercise} ${set.measure}: ${set.reps.filter((one) => one.counted).length} counted of ${set.reps.length}`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function writeAll(): void {
  for (const [name, origin] of Object.entries(SIMULATED_FIXTURES)) {
    const session = simulateRecipe(origin.simulation!);
    writeFixture(FIXTURES, {
      name,
      bytes: writeRecordingFile(session.recording),
      origin,
      expected: expectedOf(session.recording),
      truth: truthOf(session),
    });
    process.stderr.write(`${FIXTURES}/${name}\n`);
  }
  for (const name of fixtureNames(FIXTURES)) {
    const fixture = readFixture(FIXTURES, name);
    if (fixture.origin.origin === 'recorded')
      writeFixture(FIXTURES, { ...fixture, expected: expectedOf(fixture.recording) });
  }
  mkdirSync(EXAMPLES, { recursive: true });
  for (const example of EXAMPLE_RECORDINGS)
    writeFileSync(join(EXAMPLES, exampleFile(example.id)), writeRecordingFile(exampleRecording(example)));
  writeJson(join(EXAMPLES, 'index.json'), exampleIndex());
  process.stderr.write(`${EXAMPLES}\n`);
}

function verifyAll(): void {
  const faults: string[] = [];
  const names = fixtureNames(FIXTURES);
  for (const name of Object.keys(SIMULATED_FIXTURES))
    if (!names.includes(name)) faults.push(`${FIXTURES}/${name}: is missing`);
  for (const name of names) {
    const fixture = readFixture(FIXTURES, name);
    if (fixture.origin.simulation !== null) {
      const session = simulateRecipe(fixture.origin.simulation);
      if (!sameBytes(writeRecordingFile(session.recording), fixture.bytes))
        faults.push(`${FIXTURES}/${name}/recording.thora: is not what its recipe makes now`);
      if (JSON.stringify(truthOf(session)) !== JSON.stringify(fixture.truth))
        faults.push(`${FIXTURES}/${name}/truth.json: is not what its recipe makes now`);
    }
    for (const line of differences(expectedOf(fixture.recording), fixture.expected))
      faults.push(`${FIXTURES}/${name}/expected.json, ${line}`);
  }
  for (const example of EXAMPLE_RECORDINGS) {
    const path = join(EXAMPLES, exampleFile(example.id));
    if (!existsSync(path)) faults.push(`${path}: is missing`);
    else if (
      !sameInputs(readRecordingFile(new Uint8Array(readFileSync(path)), path), exampleRecording(example))
    )
      faults.push(`${path}: is not what its recipe makes now`);
  }
  const indexPath = join(EXAMPLES, 'index.json');
  if (
    !existsSync(indexPath) ||
    readFileSync(indexPath, 'utf8') !== `${JSON.stringify(exampleIndex(), null, 2)}\n`
  )
    faults.push(`${indexPath}: does not list the examples`);
  if (faults.length > 0)
    throw new CommandFailure(
      `${faults.length} difference${faults.length === 1 ? '' : 's'}; if they are meant, run "npm run fixtures -- --write"\n  ${faults.join('\n  ')}`,
    );
  process.stdout.write(
    `${names.length} fixtures and ${EXAMPLE_RECORDINGS.length} examples are as they should be.\n`,
  );
}

function exampleFile(id: string): string {
  return `${id}.thora`;
}

function exampleIndex() {
  return EXAMPLE_RECORDINGS.map(({ id, title, description }) => ({
    id,
    title,
    description,
    file: exampleFile(id),
  }));
}

/** Results are compared elsewhere: here only what went in. */
function sameInputs(a: SessionRecording, b: SessionRecording): boolean {
  const inputs = (recording: SessionRecording): Uint8Array =>
    writeRecordingFile({ ...recording, engineVersion: '', result: null });
  return sameBytes(inputs(a), inputs(b));
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CommandFailure) && !(error instanceof RecordingError)) throw error;
  process.stderr.write(`fixtures: ${error.message}\n`);
  process.exitCode = 1;
}
