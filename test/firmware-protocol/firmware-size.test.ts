import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/firmware-size.mjs', import.meta.url));
const measure = (env: Record<string, string>) =>
  spawnSync(process.execPath, [script], { encoding: 'utf8', env: { ...process.env, ...env } });

it('says that there is no Arm compiler, and how to get one', () => {
  const { status, stdout } = measure({ ARM_CC: '/nowhere/arm-none-eabi-gcc' });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^No Arm compiler: .* Install gcc-arm-none-eabi/);
});

it('measures a core that leaves the processor nearly all of its memory, where the compiler is there', ({
  skip,
}) => {
  const { status, stdout } = measure({});
  expect(status).toBe(0);
  skip(stdout.startsWith('No Arm compiler'));
  const [, flash, memory] = /(\d+) B flash +(\d+) B memory {2}in all/.exec(stdout)!;
  expect(Number(flash)).toBeLessThan(16_384);
  expect(Number(memory)).toBeLessThan(16_384);
});
