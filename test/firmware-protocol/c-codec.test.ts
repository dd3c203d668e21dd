import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeCommand, encodeCommand, OPCODE } from '../../firmware-protocol/typescript/command.ts';
import type {
  CalibrationRow,
  Command,
  StreamConfiguration,
} from '../../firmware-protocol/typescript/command.ts';
import { REPLY_STATUS } from '../../firmware-protocol/typescript/reply-status.ts';
import { decodeReply, encodeReply } from '../../firmware-protocol/typescript/reply.ts';
import type { Reply } from '../../firmware-protocol/typescript/reply.ts';
import {
  blockCapacity,
  createSampleHeader,
  encodeSamplePacket,
  readSampleHeader,
} from '../../firmware-protocol/typescript/sample-packet.ts';
import type { SampleHeader } from '../../firmware-protocol/typescript/sample-packet.ts';
import {
  ACC_METERS_PER_S2_PER_COUNT,
  fromCount,
  GYRO_RAD_PER_S_PER_COUNT,
  MAG_MICRO_TESLA_PER_COUNT,
  toCount,
} from '../../firmware-protocol/typescript/scale.ts';
import { ask as askProgram, buildC, cCompiler, createBuildFolder } from './c-program.ts';
import {
  COMMAND_VECTORS,
  hexOf,
  REPLY_VECTORS,
  SAMPLE_VECTORS,
  SCALE_VECTORS,
  viewOf,
} from './shared-vectors.ts';

/*
 * The C codec, built by the host's compiler with the address and undefined-behaviour sanitisers, against the shared
 * vectors and against the TypeScript codec on many random inputs: byte for byte the same.
 */
const SCALES = {
  gyro: GYRO_RAD_PER_S_PER_COUNT,
  acc: ACC_METERS_PER_S2_PER_COUNT,
  mag: MAG_MICRO_TESLA_PER_COUNT,
};
const BY_AXIS = [SCALES.gyro, SCALES.acc, SCALES.mag];
const hexOrDash = (hex: string) => (hex === '' ? '-' : hex);
const bit = (value: boolean) => (value ? 1 : 0);

/** Nine counts per sample read straight from the bytes, as the C runner prints them. */
function countsOf(bytes: Uint8Array, header: SampleHeader): number[] {
  const view = viewOf(bytes);
  const axes = header.hasMagnetometer ? 9 : 6;
  const start = header.form === 'single' ? 8 : 17;
  return Array.from({ length: 9 * header.count }, (_, i) => {
    const axis = i % 9;
    return axis < axes ? view.getInt16(start + 2 * (Math.floor(i / 9) * axes + axis), true) : -32768;
  });
}

function headerWords(header: SampleHeader): string {
  const { form, hasMagnetometer, sequence, rateCentiHz, deviceTimeUs, sampleCounter, count } = header;
  return `${bit(form === 'single')} ${bit(hasMagnetometer)} ${sequence} ${rateCentiHz} ${deviceTimeUs} ${sampleCounter} ${count}`;
}

/** What the C runner has to answer to `samples`, by the TypeScript codec. */
function expectedSamples(bytes: Uint8Array): string {
  const header = createSampleHeader();
  const fault = readSampleHeader(viewOf(bytes), header);
  return fault === '' ? [headerWords(header), ...countsOf(bytes, header)].join(' ') : `refused ${fault}`;
}

function configurationWords(c: StreamConfiguration): string {
  return `${c.rateCentiHz} ${bit(c.hasMagnetometer)} ${bit(c.singleSample)} ${c.samplesPerPacket}`;
}

function calibrationWords({ sensor, row, biasSixteenths, matrix }: CalibrationRow): string {
  return [sensor, row, biasSixteenths, ...matrix].join(' ');
}

function commandWords(command: Command): string {
  const words: (string | number)[] = [OPCODE[command.name], command.reference];
  if (command.name === 'configure') words.push(configurationWords(command.configuration));
  if (command.name === 'clockEcho') words.push(command.token);
  if (command.name === 'identify') words.push(command.durationS);
  if (command.name === 'readCalibration') words.push(command.sensor, command.row);
  if (command.name === 'writeCalibration') words.push(calibrationWords(command.calibration));
  if (command.name === 'storeCalibration') words.push(command.crc);
  return [...words, hexOf(encodeCommand(command))].join(' ');
}

function expectedCommand(bytes: Uint8Array): string {
  const reading = decodeCommand(viewOf(bytes));
  if (reading.ok) return commandWords(reading.command);
  return `refused ${REPLY_STATUS[reading.status]} ${reading.opcode} ${reading.reference} ${reading.faultyByte}`;
}

function replyWords(reply: Reply): string {
  const words: (string | number)[] =
    reply.name === 'error'
      ? [reply.opcode, reply.reference, REPLY_STATUS[reply.status], reply.faultyByte]
      : [OPCODE[reply.name], reply.reference, 0];
  if (reply.name === 'hello') words.push(...Object.values(reply.info));
  if (reply.name === 'configure') words.push(configurationWords(reply.configuration));
  if (reply.name === 'clockEcho') words.push(reply.token, reply.receivedUs, reply.sentUs);
  if (reply.name === 'battery') words.push(reply.percent ?? 255, reply.millivolts ?? 0);
  if (reply.name === 'health') words.push(...Object.values(reply.health));
  if (reply.name === 'readCalibration') words.push(calibrationWords(reply.calibration));
  return [...words, hexOf(encodeReply(reply))].join(' ');
}

function expectedReply(bytes: Uint8Array): string {
  const reply = decodeReply(viewOf(bytes));
  return typeof reply === 'string' ? 'refused' : replyWords(reply);
}

describe.skipIf(!cCompiler)('C codec', () => {
  const build = createBuildFolder();
  const runner = join(build.path, 'codec_runner');
  const ask = (requests: readonly string[]): string[] => askProgram(runner, requests);

  beforeAll(() => buildC(runner, ['thora_protocol.c', 'test/codec_runner.c']), 60_000);
  afterAll(() => build.remove());

  function compare(
    verb: string,
    inputs: readonly Uint8Array[],
    expected: (bytes: Uint8Array) => string,
  ): void {
    const answers = ask(inputs.map((bytes) => `${verb} ${hexOrDash(hexOf(bytes))}`));
    answers.forEach((answer, i) => expect(answer, `${verb} ${hexOf(inputs[i]!)}`).toBe(expected(inputs[i]!)));
  }

  it('reads and writes the sample vectors', () => {
    const { accepted, refused } = SAMPLE_VECTORS;
    const nine = accepted.map(({ counts }) =>
      counts.flatMap((c) => [...c, ...Array<number>(9 - c.length).fill(-32768)]),
    );
    expect(ask(accepted.map(({ hex }) => `samples ${hex}`))).toEqual(
      accepted.map(({ header }, i) => [headerWords(header), ...nine[i]!].join(' ')),
    );
    expect(
      ask(accepted.map(({ header }, i) => ['pack', headerWords(header), ...nine[i]!].join(' '))),
    ).toEqual(accepted.map(({ hex }) => hex));
    expect(ask(refused.map(({ hex }) => `samples ${hexOrDash(hex)}`))).toEqual(
      refused.map(({ fault }) => `refused ${fault}`),
    );
  });

  it('reads and writes the command and reply vectors', () => {
    expect(ask(COMMAND_VECTORS.accepted.map(({ hex }) => `command ${hex}`))).toEqual(
      COMMAND_VECTORS.accepted.map(({ command }) => commandWords(command)),
    );
    expect(ask(COMMAND_VECTORS.refused.map(({ hex }) => `command ${hexOrDash(hex)}`))).toEqual(
      COMMAND_VECTORS.refused.map(
        (v) =>
          `refused ${REPLY_STATUS[v.status as keyof typeof REPLY_STATUS]} ${v.opcode} ${v.reference} ${v.faultyByte}`,
      ),
    );
    expect(ask(REPLY_VECTORS.accepted.map(({ hex }) => `reply ${hex}`))).toEqual(
      REPLY_VECTORS.accepted.map(({ reply }) => replyWords(reply)),
    );
    expect(ask(REPLY_VECTORS.refused.map(({ hex }) => `reply ${hexOrDash(hex)}`))).toEqual(
      REPLY_VECTORS.refused.map(() => 'refused'),
    );
  });

  it('converts the scale vectors', () => {
    expect(ask(SCALE_VECTORS.conversions.map((c) => `count ${c.quantity} ${c.value ?? 'nan'}`))).toEqual(
      SCALE_VECTORS.conversions.map((c) => String(c.count)),
    );
  });

  it('says the same as the TypeScript codec of 3,000 random packets, good, cut and foreign', () => {
    const nearMiss = fc
      .record({
        layout: fc.constantFrom(0, 1, 0, 1, 2, 255),
        statedMore: fc.constantFrom(0, 0, 0, 0, -1, 1, -30, 600),
        surplus: fc.constantFrom(0, 0, 0, 0, -1, 1, -14),
        rate: fc.constantFrom(1, 10400, 65535, 0),
        count: fc.integer({ min: 0, max: 3 }),
        body: fc.uint8Array({ minLength: 54, maxLength: 54 }),
      })
      .map(({ layout, statedMore, surplus, rate, count, body }) => {
        const size = 17 + count * (layout === 1 ? 18 : 12);
        const bytes = new Uint8Array(17 + body.length);
        bytes.set(body, 17);
        const view = viewOf(bytes);
        bytes[0] = 0x11;
        bytes[1] = layout;
        view.setUint16(4, size + statedMore, true);
        view.setUint16(6, rate, true);
        bytes[16] = count;
        return bytes.subarray(0, size + surplus);
      });
    const anyBytes = fc.uint8Array({ maxLength: 80 });
    const withHead = fc
      .tuple(fc.constantFrom(0x11, 0x12), fc.uint8Array({ minLength: 15, maxLength: 22 }))
      .map(([head, rest]) => Uint8Array.of(head, ...rest));
    const inputs = fc.sample(fc.oneof(nearMiss, anyBytes, withHead), { numRuns: 3000, seed: 20261124 });
    const accepted = inputs.filter((bytes) => readSampleHeader(viewOf(bytes), createSampleHeader()) === '');
    expect(accepted.length).toBeGreaterThan(100);
    compare('samples', inputs, expectedSamples);
  });

  it('says the same of 3,000 random commands and 3,000 random replies', () => {
    const control = (head: number) =>
      fc
        .tuple(
          fc.constantFrom(head, head, head, 0x23, 0x11),
          fc.integer({ min: 0, max: 12 }),
          fc.uint8Array({ maxLength: 16 }),
        )
        .map(([first, opcode, rest]) => Uint8Array.of(first, opcode, ...rest));
    compare('command', fc.sample(control(0x13), { numRuns: 3000, seed: 5 }), expectedCommand);
    const reply = fc
      .tuple(
        fc.integer({ min: 0, max: 12 }),
        fc.constantFrom(0, 0, 0, 1, 6, 7, 8),
        fc.uint8Array({ maxLength: 14 }),
      )
      .map(([opcode, status, rest]) => Uint8Array.of(0x14, opcode, 9, status, ...rest));
    compare('reply', fc.sample(fc.oneof(reply, control(0x14)), { numRuns: 3000, seed: 6 }), expectedReply);
  });

  it('writes the same bytes for 500 random packets', () => {
    const one = fc.record({
      single: fc.boolean(),
      mag: fc.boolean(),
      count: fc.integer({ min: 1, max: 40 }),
      sequence: fc.integer({ min: 0, max: 65535 }),
      rate: fc.integer({ min: 50, max: 25549 }),
      time: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      seed: fc.integer({ min: 1, max: 65535 }),
    });
    const requests: string[] = [];
    const expected: string[] = [];
    for (const r of fc.sample(one, { numRuns: 500, seed: 7 })) {
      const header: SampleHeader = {
        form: r.single ? 'single' : 'block',
        hasMagnetometer: !r.single && r.mag,
        sequence: r.sequence,
        rateCentiHz: r.rate,
        deviceTimeUs: r.time,
        sampleCounter: r.single ? r.sequence : r.time ^ 5,
        count: r.single ? 1 : r.mag ? Math.min(r.count, 27) : r.count,
      };
      header.sampleCounter >>>= 0;
      const counts = Array.from(
        { length: 9 * header.count },
        (_, i) => ((r.seed * (i + 1) * 7919) % 65536) - 32768,
      );
      const si = [0, 1, 2].map((kind) =>
        Array.from({ length: 3 * header.count }, (_, i) =>
          fromCount(counts[9 * Math.floor(i / 3) + 3 * kind + (i % 3)]!, BY_AXIS[kind]!),
        ),
      );
      requests.push(['pack', headerWords(header), ...counts].join(' '));
      expected.push(hexOf(encodeSamplePacket(header, si[0]!, si[1]!, si[2]!)));
    }
    expect(ask(requests)).toEqual(expected);
  });

  it('rounds the same, ties included', () => {
    const requests: string[] = [];
    const expected: string[] = [];
    const steps = fc.sample(fc.integer({ min: -70000, max: 70000 }), { numRuns: 1500, seed: 8 });
    for (const quantity of ['gyro', 'acc', 'mag'] as const) {
      for (const step of steps) {
        const value = (step / 2) * SCALES[quantity];
        requests.push(`count ${quantity} ${value}`);
        expected.push(String(toCount(value, SCALES[quantity])));
      }
    }
    expect(ask(requests)).toEqual(expected);
  });

  it('refuses to write what no reader would accept', () => {
    expect(
      ask([
        'pack 0 0 0 10400 0 0 0',
        `pack 0 0 0 10400 0 0 41${' 0'.repeat(9 * 41)}`,
        `pack 0 1 0 10400 0 0 28${' 0'.repeat(9 * 28)}`,
        'pack 0 0 0 0 0 0 1 0 0 0 0 0 0 0 0 0',
        'pack 1 1 0 10400 0 0 1 0 0 0 0 0 0 0 0 0',
        'pack 1 0 0 25550 0 0 1 0 0 0 0 0 0 0 0 0',
        'pack 1 0 0 49 0 0 1 0 0 0 0 0 0 0 0 0',
      ]),
    ).toEqual(Array(7).fill('refused'));
  });

  it('fits the same number of samples into every MTU', () => {
    const cases = Array.from({ length: 2 * 600 }, (_, i) => ({ mtu: i >> 1, mag: i % 2 === 1 }));
    expect(ask(cases.map(({ mtu, mag }) => `capacity ${mtu} ${bit(mag)}`))).toEqual(
      cases.map(({ mtu, mag }) => String(blockCapacity(mtu, mag))),
    );
  });
});
