import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeSamplePacket } from '../../firmware-protocol/typescript/sample-packet.ts';
import { deviceFamilies } from '../../src/core/device/registry.ts';
import { notificationLines } from '../../src/cli/notification-file.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thora-decode-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function decode(...args: string[]) {
  const run = spawnSync(process.execPath, [join(root, 'scripts/run-cli.mjs'), 'decode', ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

function expectRefusal(args: string[], words: RegExp): void {
  const { status, out, err } = decode(...args);
  expect(err).toMatch(words);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(out).toBe('');
  expect(status).toBe(1);
}

/** Two samples of nine axes at 100 Hz, the second without a magnetometer reading. */
const BLOCK = Buffer.from(
  encodeSamplePacket(
    {
      form: 'block',
      hasMagnetometer: true,
      sequence: 1,
      rateCentiHz: 10000,
      deviceTimeUs: 2_500_250,
      sampleCounter: 2,
      count: 2,
    },
    [0.5, -0.25, 0, 0.5, NaN, 0],
    [0, 0, 9.80665, 0, 0, 9.80665],
    [20, -30, 40, NaN, NaN, NaN],
  ),
).toString('hex');

describe('decode', () => {
  it('gives samples, rejections with line and reason, and leaves replies out', () => {
    const file = write(
      'mixed.txt',
      [
        '# a recording',
        '',
        `1000.5 ${BLOCK}   # good`,
        `1010 ${BLOCK.slice(0, 40)}`,
        '1020 14030300',
        '1030 1234zz',
        `1040 ${BLOCK.toUpperCase()}\r`,
        'later 00',
      ].join('\n'),
    );
    const { status, out, err } = decode('--device', 'thora-nano33', file, '--json');
    expect(err).toBe('');
    expect(status).toBe(0);
    const result = JSON.parse(out);
    expect(Object.keys(result)).toEqual(['device', 'packets', 'rejected', 'samples']);
    expect(result.device).toBe('thora-nano33');
    expect(result.packets).toBe(2);
    expect(result.rejected).toEqual([
      { line: 4, reason: 'packet cut: bytes 4-5 state a length of 53, 20 arrived' },
      { line: 6, reason: 'byte 2: "zz" is not hexadecimal' },
      { line: 8, reason: 'arrival time "later" is not a number of milliseconds' },
    ]);
    expect(result.samples).toHaveLength(4);
    const [first, second] = result.samples;
    expect(first.t_device_ms).toBeCloseTo(2500.25, 9);
    expect(second.t_device_ms).toBeCloseTo(2510.25, 9);
    expect(first.gyro_rad_s[0]).toBeCloseTo(0.5, 2);
    expect(first.acc_m_s2[2]).toBeCloseTo(9.80665, 9);
    expect(first.mag_ut).toEqual([20, -30, 40]);
    expect(first.q).toBeNull();
    expect(first.free_acc_m_s2).toBeNull();
    expect(second.gyro_rad_s[1]).toBeNull();
    expect(second.mag_ut).toBeNull();
  });

  it('lists the rejections of a file in which every packet is bad', () => {
    const file = write('bad.txt', `0 ${BLOCK.slice(0, 20)}\n5 21000000\n`);
    const { status, out } = decode('--device', 'thora-nano33', file, '--json');
    expect(status).toBe(0);
    const result = JSON.parse(out);
    expect(result.packets).toBe(0);
    expect(result.samples).toEqual([]);
    expect(result.rejected.map((r: { line: number }) => r.line)).toEqual([1, 2]);
    expect(result.rejected[1].reason).toContain('protocol version 2');
  });

  it('speaks to people without --json', () => {
    const file = write('human.txt', `0 ${BLOCK}\n10 00\n`);
    const { status, out } = decode('--device', 'thora-nano33', '--stream', 'samples', file);
    expect(status).toBe(0);
    expect(out).toContain('thora-nano33, 1 packets, 2 samples, 1 rejected');
    expect(out).toContain('line 2: byte 0: protocol version 0');
    expect(out).toContain('9.807');
  });

  it('counts joined parts as one packet and names the line of a part that was left alone', () => {
    const first = `0205${'00'.repeat(150)}`;
    const second = `0305${'00'.repeat(142)}`;
    const lines = [first, second, '0105c800', first, first, '0107c800', second, second, first];
    const file = write('parts.txt', lines.map((hex, i) => `${i} ${hex}\n`).join(''));
    const { status, out, err } = decode(
      '--device',
      'movesense',
      '--stream',
      '/meas/imu9/104',
      file,
      '--json',
    );
    expect(err).toBe('');
    expect(status).toBe(0);
    const { packets, rejected, samples } = JSON.parse(out);
    expect(packets).toBe(2);
    expect(samples).toHaveLength(16);
    expect(samples[9].t_device_ms).toBeCloseTo(1000 / 104, 9);
    expect(samples[0].mag_ut).toEqual([0, 0, 0]);
    expect(rejected).toEqual([
      { line: 4, reason: 'first part of a packet (reference 5) whose second part never came' },
      { line: 8, reason: 'second part of a packet (reference 5) whose first part never came' },
      { line: 9, reason: 'the file ends before the rest of this packet' },
    ]);
  });

  it('lists the families and explains itself', () => {
    const listed = decode('--device', 'help').out.trimEnd().split('\n');
    expect(listed.map((line) => line.split(/ {2,}/)[0])).toEqual(deviceFamilies().map(({ name }) => name));
    for (const line of listed) expect(line).toMatch(/\S {2,}\S.*\. Streams: \S/);
    const { devices, families } = JSON.parse(decode('--device', 'help', '--json').out);
    expect(devices).toContain('thora-nano33');
    expect(families.find(({ name }: { name: string }) => name === 'thora-nano33').streams).toEqual([
      'samples',
      'single',
    ]);
    expect(decode('--help').out).toContain('--stream');
  });

  it('refuses in one line what it cannot do', () => {
    const file = write('good.txt', `0 ${BLOCK}\n`);
    expectRefusal([file, '--json'], /--device is missing/);
    expectRefusal(
      ['--device', 'nano', file],
      /--device: "nano" is not known; there is movesense, thora-nano33/,
    );
    expectRefusal(['--device', 'thora-nano33', '--stream', 'acc', file], /--stream: .* no stream "acc"/);
    expectRefusal(['--device', 'thora-nano33', '--json'], /FILE is missing/);
    expectRefusal(['--device', 'thora-nano33', join(folder, 'none.txt')], /none\.txt: no such file/);
    expectRefusal(['--device', 'thora-nano33', folder], /is a folder/);
    expectRefusal(['--device', 'thora-nano33', write('empty.txt', '# nothing\n')], /empty\.txt: holds no/);
    expectRefusal(['--device', 'thora-nano33', write('prose.txt', 'hello\n')], /prose\.txt, line 1: arrival/);
    expectRefusal(['--device', 'thora-nano33', file, '--jason'], /--jason/);
  });

  it('writes more samples than fit one piece', () => {
    const file = write('long.txt', `0 ${BLOCK}\n`.repeat(5000));
    const result = JSON.parse(decode('--device', 'thora-nano33', file, '--json').out);
    expect(result.packets).toBe(5000);
    expect(result.samples).toHaveLength(10000);
  });
});

describe('notification files', () => {
  it('takes grouped digits, exponents, line ends of every kind and a byte order mark', () => {
    const text = '\uFEFF1e3 01 02\r\n-5.5 FF\r7 aa#c\n';
    // However it is cut: whole, in two, and into single characters.
    const cuts = Array.from(text, (_, at) => [text.slice(0, at), text.slice(at)]);
    for (const pieces of [[text], Array.from(text), ...cuts])
      expect(
        [...notificationLines(pieces)].map((entry) =>
          'bytes' in entry ? [entry.line, entry.arrivalMs, ...entry.bytes] : entry.reason,
        ),
      ).toEqual([
        [1, 1000, 1, 2],
        [2, -5.5, 255],
        [3, 7, 170],
      ]);
  });

  it('names what is wrong with a line', () => {
    const reasons = (text: string) =>
      [...notificationLines([text])].map((entry) => ('reason' in entry ? entry.reason : '')).join();
    expect(reasons('5')).toContain('no bytes');
    expect(reasons('5 abc')).toContain('byte 1: half a byte');
    expect(reasons('NaN ab')).toContain('"NaN"');
    expect(reasons(`5 ${'00'.repeat(513)}`)).toContain('513 bytes');
    expect(reasons('\u0000\u0001 ab')).toContain('"??"');
    expect([...notificationLines(Array<string>(40).fill('ab'.repeat(2 ** 14)))]).toHaveLength(1);
  });
});
