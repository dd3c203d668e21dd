// Size of the kit's firmware core on its processor (Cortex-M4F), where an Arm compiler is present; says so where it is
// not. Only the core: the Arduino core, ArduinoBLE and mbed come on top. `ARM_CC` names another compiler.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, root } from './setup.mjs';

const compiler = process.env.ARM_CC ?? 'arm-none-eabi-gcc';
const version = spawnSync(compiler, ['--version'], { encoding: 'utf8' });
if (version.status !== 0) {
  process.stdout.write(
    `No Arm compiler: ${compiler} does not run, so the firmware's size was not measured. Install gcc-arm-none-eabi, or name one: ARM_CC=/path/to/arm-none-eabi-gcc\n`,
  );
  process.exit(0);
}

const core = join(root, 'firmware-protocol/c');
const build = mkdtempSync(join(tmpdir(), 'thora-size-'));
process.on('exit', () => rmSync(build, { recursive: true, force: true }));

/** Bytes of code, of data that begins with a value, and of data that begins as zero. */
function compiled(source, name) {
  const object = join(build, `${name}.o`);
  const flags = ['-std=c99', '-Os', '-mcpu=cortex-m4', '-mthumb', '-mfloat-abi=softfp', '-mfpu=fpv4-sp-d16'];
  const run = spawnSync(compiler, [...flags, '-I', core, '-c', source, '-o', object], { encoding: 'utf8' });
  if (run.status !== 0) fail(`${name} does not compile:\n${run.stderr}`);
  const size = spawnSync(compiler.replace(/gcc(?=[^/\\]*$)/, 'size'), [object], { encoding: 'utf8' });
  const numbers = size.stdout?.trim().split('\n').at(-1).trim().split(/\s+/).map(Number) ?? [];
  if (size.status !== 0 || numbers.length < 3) fail(`The size of ${name} could not be read: ${size.stderr}`);
  return { code: numbers[0], data: numbers[1], zeros: numbers[2] };
}

const state = join(build, 'state.c');
writeFileSync(state, '#include "thora_unit.h"\nstruct thora_unit unit;\n');

process.stdout.write(`${version.stdout.split('\n')[0]}, -Os, Cortex-M4F\n\n`);
const sources = readdirSync(core)
  .filter((name) => name.endsWith('.c'))
  .sort();
let flash = 0;
for (const name of sources) {
  const { code, data, zeros } = compiled(join(core, name), name);
  flash += code + data;
  process.stdout.write(
    `${String(code + data).padStart(6)} B flash ${String(data + zeros).padStart(5)} B memory  ${name}\n`,
  );
}
const { zeros } = compiled(state, 'state');
process.stdout.write(
  `${String(flash).padStart(6)} B flash ${String(zeros).padStart(5)} B memory  in all, one board's state\n`,
);
