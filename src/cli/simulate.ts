import { readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SEGMENT_ROLES, type SegmentRole } from '../core/body/segment-role.ts';
import { DEG_PER_RAD } from '../core/math/angle.ts';
import { writeRecordingFile } from '../core/recording/recording-file.ts';
import {
  CONDITION_NAMES,
  CONDITIONS,
  type ConditionName,
  type SimulationConditions,
} from '../core/simulation/conditions.ts';
import {
  builtInScript,
  builtInScriptNames,
  LARGEST_REPETITION_COUNT,
  readSessionScript,
  type SessionScript,
} from '../core/simulation/session-script.ts';
import { isArmMovement, motionDefinition } from '../core/exercise/motion-definitions.ts';
import { FAULT_NAMES, faultConditions, FAULTS, type FaultName } from '../core/simulation/faults.ts';
import { SIMULATED_FAMILIES, type SimulatedFamily } from '../core/simulation/packet-writer.ts';
import { simulateSession, type SimulatedSession } from '../core/simulation/simulate-session.ts';
import { truthToJson } from '../core/simulation/simulation-truth-json.ts';
import { parseComplaint } from './parse-error.ts';

const HELP = `Makes a recording of a simulated session with known truth.

  npm run -s simulate -- SCRIPT [options] --out FILE

SCRIPT is one of ${builtInScriptNames().join(', ')},
or a JSON file: {"sets": [{"motion": "seated-rotation", "side": "both", "repetitions": 6}]}
(side: left, right or both, taking turns; repetitions counts both sides together).
The recording goes to FILE (.thora), the truth to FILE.truth.json.

  --out FILE          where the recording goes
  --sensors ROLE,...  worn sensors (default upperBack,lowerBack, with upperArmRight for arm movements):
                      ${SEGMENT_ROLES.join(' ')}
  --device NAME       sensor family whose bytes are written: ${SIMULATED_FAMILIES.join(', ')} (default thora-nano33)
  --seed N            same seed, same bytes (default 1)
  --reps N            repetitions per set where the script states none (default 6)
  --rate HZ           sample rate, 10 to 400 (default 104); movesense: 13, 26, 52 or 104
  --fault NAME        a fault by its name, repeatable; "--fault help" lists them
  --fault NAME=VALUE  or a condition other than usual
  --json              a summary as JSON on standard output
  --help              this text
`;

/** Bad usage or a script that cannot be used: one line for the person. */
class CommandFailure extends Error {}

interface Options {
  readonly script: string;
  readonly out: string;
  readonly sensors: readonly SegmentRole[] | null;
  readonly seed: number;
  readonly repetitions: number;
  readonly device: SimulatedFamily;
  readonly rateHz: number;
  readonly conditions: Partial<SimulationConditions>;
  readonly json: boolean;
}

function main(args: readonly string[]): void {
  const options = readOptions(args);
  if (options === 'help') {
    process.stdout.write(HELP);
    return;
  }
  if (options === 'deviceHelp') {
    process.stdout.write(
      args.includes('--json')
        ? `${JSON.stringify({ devices: SIMULATED_FAMILIES })}\n`
        : `${SIMULATED_FAMILIES.join('\n')}\n`,
    );
    return;
  }
  if (options === 'faultHelp') {
    process.stdout.write(faultHelp(args.includes('--json')));
    return;
  }
  const script = readScript(options.script, options.repetitions);
  if (resolve(options.out) === resolve(options.script))
    throw new CommandFailure(`--out: ${options.out} is the script itself; name another file`);
  const roles = options.sensors ?? usualRoles(script);
  let session: SimulatedSession;
  try {
    session = simulateSession(script, {
      roles,
      seed: options.seed,
      family: options.device,
      rateHz: options.rateHz,
      conditions: options.conditions,
    });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const option = cause.message.startsWith(options.device) ? '--rate' : '--sensors';
    throw new CommandFailure(`${option}: ${cause.message}; see --help`, { cause });
  }
  const file = writeRecordingFile(session.recording);
  const truthFile = `${options.out}.truth.json`;
  write(options.out, file);
  write(truthFile, `${JSON.stringify(truthToJson(session.truth))}\n`);
  summarize(options, session, file.length, truthFile);
}

function readOptions(args: readonly string[]): Options | 'help' | 'faultHelp' | 'deviceHelp' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const faults = values.fault ?? [];
  if (faults.includes('help')) return 'faultHelp';
  const device = values.device ?? 'thora-nano33';
  if (device === 'help') return 'deviceHelp';
  if (!isSimulated(device))
    throw new CommandFailure(
      `--device: "${device}" cannot be simulated; there is ${SIMULATED_FAMILIES.join(', ')}`,
    );
  if (positionals.length === 0)
    throw new CommandFailure(
      `SCRIPT is missing; there is ${builtInScriptNames().join(', ')}, or a JSON file`,
    );
  if (positionals.length > 1)
    throw new CommandFailure(`one SCRIPT at a time, but "${positionals[1]}" follows "${positionals[0]}"`);
  if (values.out === undefined || values.out === '')
    throw new CommandFailure('--out FILE is missing; see --help');
  return {
    script: positionals[0]!,
    out: values.out,
    sensors: values.sensors === undefined ? null : readRoles(values.sensors),
    seed: readNumber('--seed', values.seed ?? '1', -(2 ** 31), 2 ** 31 - 1, true),
    repetitions: readNumber('--reps', values.reps ?? '6', 1, LARGEST_REPETITION_COUNT, true),
    device,
    rateHz: readNumber('--rate', values.rate ?? '104', 10, 400, false),
    conditions: readFaults(faults),
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        sensors: { type: 'string' },
        device: { type: 'string' },
        seed: { type: 'string' },
        reps: { type: 'string' },
        rate: { type: 'string' },
        fault: { type: 'string', multiple: true },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (cause) {
    throw new CommandFailure(parseComplaint(cause), { cause });
  }
}

function readRoles(text: string): readonly SegmentRole[] {
  const roles = text.split(',').map((part) => part.trim());
  for (const role of roles) {
    if (!(SEGMENT_ROLES as readonly string[]).includes(role))
      throw new CommandFailure(`--sensors: "${role}" is not a role; there is ${SEGMENT_ROLES.join(', ')}`);
  }
  if (new Set(roles).size !== roles.length) throw new CommandFailure('--sensors: a role is named twice');
  return roles as SegmentRole[];
}

function readNumber(option: string, text: string, min: number, max: number, whole: boolean): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!(value >= min && value <= max) || (whole && !Number.isInteger(value)))
    throw new CommandFailure(
      `${option}: "${text}" is not a ${whole ? 'whole ' : ''}number from ${min} to ${max}`,
    );
  return value;
}

function readFaults(faults: readonly string[]): Partial<SimulationConditions> {
  const named = faults.filter(isFault);
  const conditions: Partial<Record<ConditionName, number>> = { ...faultConditions(named) };
  for (const fault of faults) {
    if (isFault(fault)) continue;
    const at = fault.indexOf('=');
    const name = at < 0 ? fault : fault.slice(0, at);
    if (!isCondition(name))
      throw new CommandFailure(`--fault: "${name}" is not known; "--fault help" lists the names`);
    if (at < 0) throw new CommandFailure(`--fault: ${name} needs a value, ${name}=NUMBER`);
    const { min, max } = CONDITIONS[name];
    conditions[name] = readNumber(`--fault ${name}`, fault.slice(at + 1), min, max, false);
  }
  return conditions;
}

function isSimulated(name: string): name is SimulatedFamily {
  return (SIMULATED_FAMILIES as readonly string[]).includes(name);
}

function isFault(name: string): name is FaultName {
  return (FAULT_NAMES as readonly string[]).includes(name);
}

function isCondition(name: string): name is ConditionName {
  return (CONDITION_NAMES as readonly string[]).includes(name);
}

function faultHelp(json: boolean): string {
  if (json) {
    const faults = CONDITION_NAMES.map((name) => ({ name, ...CONDITIONS[name] }));
    const named = FAULT_NAMES.map((name) => ({ name, ...FAULTS[name] }));
    return `${JSON.stringify({ faults, named })}\n`;
  }
  const named = FAULT_NAMES.map((name) => `  ${name.padEnd(22)} ${FAULTS[name].meaning}`);
  const rows = CONDITION_NAMES.map((name) => {
    const { usual, min, max, meaning } = CONDITIONS[name];
    return `  ${name.padEnd(22)} ${`${usual}`.padStart(5)}  (${min} to ${max})  ${meaning}`;
  });
  return `Faults by name:\n\n${named.join('\n')}\n\nConditions with their usual values:\n\n${rows.join('\n')}\n`;
}

function readScript(name: string, repetitions: number): SessionScript {
  const builtIn = builtInScript(name, repetitions);
  if (builtIn !== null) return builtIn;
  let text: string;
  try {
    text = readFileSync(name, 'utf8');
  } catch (cause) {
    throw new CommandFailure(
      `SCRIPT: "${name}" is neither a file nor one of ${builtInScriptNames().join(', ')}`,
      { cause },
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new CommandFailure(`${name}: not JSON`, { cause });
  }
  const script = readSessionScript(json, basename(name, '.json'), repetitions);
  if (typeof script === 'string') throw new CommandFailure(`${name}, ${script}`);
  return script;
}

function usualRoles(script: SessionScript): readonly SegmentRole[] {
  const withArm = script.sets.find((set) => isArmMovement(motionDefinition(set.exerciseId)));
  if (withArm === undefined) return ['upperBack', 'lowerBack'];
  return ['upperBack', 'lowerBack', withArm.side === 'left' ? 'upperArmLeft' : 'upperArmRight'];
}

function write(file: string, content: Uint8Array | string): void {
  try {
    writeFileSync(file, content);
  } catch (cause) {
    throw new CommandFailure(
      `${file}: cannot be written (${(cause as NodeJS.ErrnoException).code ?? 'error'})`,
      {
        cause,
      },
    );
  }
}

function summarize(options: Options, session: SimulatedSession, fileBytes: number, truthFile: string): void {
  const { recording, truth } = session;
  const sets = truth.sets.map((set) => ({
    exercise: set.exerciseId,
    side: set.side,
    measure: set.measure,
    reps: set.repetitions.length,
    max_deg: Math.max(...set.repetitions.map((one) => (one.peakRad ?? 0) * DEG_PER_RAD)),
  }));
  if (options.json) {
    const summary = {
      recording: options.out,
      truth: truthFile,
      seed: options.seed,
      sensors: truth.roles,
      packets: recording.sensors.map((sensor) => sensor.packets.count),
      bytes: fileBytes,
      sets,
    };
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    return;
  }
  const lines = [
    `${options.out}: ${truth.roles.join(', ')}; ${Math.round(fileBytes / 1024)} kB`,
    ...sets.map(
      (set) =>
        `  ${set.exercise} ${set.side ?? 'both sides'}: ${set.reps} repetitions, largest ${set.max_deg.toFixed(1)} deg`,
    ),
    `${truthFile}: the truth`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CommandFailure)) throw error;
  process.stderr.write(`simulate: ${error.message}\n`);
  process.exitCode = 1;
}
