import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CALIBRATION_SENSOR,
  decodeCommand,
  encodeCommand,
  MATRIX_ONE,
  OPCODE,
} from '../../firmware-protocol/typescript/command.ts';
import type { CalibrationRow, Command } from '../../firmware-protocol/typescript/command.ts';
import { decodeReply, HEALTH } from '../../firmware-protocol/typescript/reply.ts';
import type { Reply } from '../../firmware-protocol/typescript/reply.ts';
import { createSampleHeader, readSampleHeader } from '../../firmware-protocol/typescript/sample-packet.ts';
import { calibration, crcOf, identityRow } from './calibration-rows.ts';
import { ask, buildC, CORE_SOURCES, cCompiler, createBuildFolder } from './c-program.ts';
import { decodeSamples, deskReading } from './desk-motion.ts';
import { bytesOf, hexOf, viewOf } from './shared-vectors.ts';
import { chipCounts, VirtualNano } from './virtual-nano.ts';

const REPLACED: readonly CalibrationRow[] = [
  { sensor: CALIBRATION_SENSOR.gyro, row: 0, biasSixteenths: 400, matrix: [16500, 120, -80] },
  { sensor: CALIBRATION_SENSOR.gyro, row: 2, biasSixteenths: -77, matrix: [0, -300, 16200] },
  { sensor: CALIBRATION_SENSOR.acc, row: 1, biasSixteenths: 900, matrix: [50, 16384, 0] },
  { sensor: CALIBRATION_SENSOR.mag, row: 0, biasSixteenths: 32000, matrix: [15000, 0, 0] },
];

describe.skipIf(!cCompiler)('firmware commands', () => {
  const build = createBuildFolder();
  const runner = join(build.path, 'unit_runner');
  beforeAll(() => buildC(runner, [...CORE_SOURCES, 'test/unit_runner.c']), 60_000);
  afterAll(() => build.remove());

  function statusOf(nano: VirtualNano, at: number): string {
    const [reply] = nano.repliesTo(at);
    return reply.name === 'error' ? `${reply.status} ${reply.faultyByte}` : reply.name;
  }

  describe('stored calibration', () => {
    const turning = () => ({ ...deskReading(0), gyroRadPerS: [1.5, -0.7, 0.4] });
    const board = (before: (nano: VirtualNano) => void = () => {}) => {
      const nano = new VirtualNano({ board: 'nano33Ble', reading: turning });
      before(nano);
      return nano;
    };
    const write = (nano: VirtualNano, rows: readonly CalibrationRow[]) =>
      rows.map((row) => nano.command({ name: 'writeCalibration', reference: 1, calibration: row }));
    const store = (nano: VirtualNano, rows: readonly CalibrationRow[]) =>
      nano.command({ name: 'storeCalibration', reference: 2, crc: crcOf(rows) });

    it('is applied to all axes, survives power-off, and can be read back', () => {
      const rows = calibration(REPLACED);
      const nano = board();
      write(nano, REPLACED);
      const stored = store(nano, rows);
      nano.restart();
      const back = rows.map(({ sensor, row }) =>
        nano.command({ name: 'readCalibration', reference: 3, sensor, row }),
      );
      const health = nano.command({ name: 'health', reference: 4 });
      nano.begin();
      nano.pass(2);
      nano.run(runner);
      expect(statusOf(nano, stored)).toBe('storeCalibration');
      expect(back.map((at) => nano.repliesTo(at)[0])).toEqual(
        rows.map((row) => ({ name: 'readCalibration', reference: 3, calibration: row })),
      );
      expect(nano.repliesTo(health)[0]).toMatchObject({ health: { flags: HEALTH.calibrated } });

      // The same in floating point, from the data sheet's scale.
      const raw = chipCounts('nano33Ble', turning());
      const gyro = [-raw[0], raw[1], raw[2]].map((count) => (count * 70) / (2_000_000 / 32768));
      const sent = decodeSamples(nano.packets)[50].gyro;
      for (let i = 0; i < 3; i++) {
        const { matrix } = rows[i];
        const corrected = matrix.reduce(
          (sum, element, j) => sum + (element / MATRIX_ONE) * (gyro[j] - rows[j].biasSixteenths / 16),
          0,
        );
        // Half a count of rounding and one of the chip's noise, which this script makes.
        expect(Math.abs(sent[i] / ((2000 / 32768) * (Math.PI / 180)) - corrected)).toBeLessThan(1.8);
      }
    });

    it('is not applied before it is stored, nor after the link fell', () => {
      const nano = board();
      write(nano, REPLACED);
      const read = nano.command({ name: 'readCalibration', reference: 1, sensor: 0, row: 0 });
      nano.request('drop');
      const stale = store(nano, calibration(REPLACED));
      const untouched = store(nano, calibration());
      nano.run(runner);
      expect(nano.repliesTo(read)[0]).toMatchObject({ calibration: identityRow(0, 0) });
      expect(statusOf(nano, stale)).toBe('badArgument 3');
      expect(statusOf(nano, untouched)).toBe('storeCalibration');
    });

    it('is refused whole when one bit of it changed, or when it is of another board', () => {
      const nano = board();
      write(nano, REPLACED);
      store(nano, calibration(REPLACED));
      const memory = nano.request('memory?');
      nano.run(runner);
      const record = nano.answer(memory);
      expect(record).toHaveLength(208);

      const flip = (at: number) => {
        const bytes = bytesOf(record);
        bytes[at >> 3] ^= 1 << (at & 7);
        return hexOf(bytes);
      };
      const bits = Array.from({ length: 8 * 104 }, (_, i) => i);
      const requests = bits.flatMap((bit) => [
        `memory ${flip(bit)}`,
        'power 1 7 0 0',
        'write 0 130801',
        'replies 0',
      ]);
      requests.push(`memory ${record}`, 'power 2 7 0 0', 'write 0 130801', 'replies 0');
      requests.push(`memory ${record}`, 'power 1 7 0 0', 'write 0 130801', 'replies 0');
      requests.push('memory erased', 'power 1 7 0 0', 'write 0 130801', 'replies 0');
      requests.push('memory absent', 'power 1 7 0 0', 'write 0 130801', 'replies 0');
      const flags = ask(runner, requests)
        .filter((_, i) => i % 4 === 3)
        .map((hex) => bytesOf(hex)[4]);
      const { calibrated, calibrationRefused } = HEALTH;
      expect(flags).toEqual([...bits.map(() => calibrationRefused), calibrationRefused, calibrated, 0, 0]);
    });

    it.each(['broken', 'absent'])(
      'answers a storage fault when the memory is %s, and keeps what it had',
      (state) => {
        const nano = board((b) => b.request(`memory ${state}`));
        write(nano, REPLACED);
        const failed = store(nano, calibration(REPLACED));
        const read = nano.command({ name: 'readCalibration', reference: 1, sensor: 0, row: 0 });
        nano.run(runner);
        expect(statusOf(nano, failed)).toBe('storageFault 1');
        expect(nano.repliesTo(read)[0]).toMatchObject({ calibration: identityRow(0, 0) });
      },
    );
  });

  interface PendingWrite {
    readonly bytes: Uint8Array;
    readonly nowUs: number;
    /** Line and place of its reply among the answers. */
    line: number | null;
    place: number;
    sentUs: number;
  }

  /** What the page knows of a board, kept beside it by this file. */
  class PageModel {
    streaming = false;
    written = calibration();
    stored = calibration();
    lastNumber = -1;
    answered = new Map<string, number>();

    drop(): void {
      this.streaming = false;
      this.written = [...this.stored];
    }

    /** One write that found room. `hex` is its reply; null where the link fell before it was sent. */
    wrote({ bytes, nowUs, sentUs }: PendingWrite, hex: string | null): void {
      const reply = hex === null ? null : decodeReply(viewOf(bytesOf(hex)));
      if (typeof reply === 'string') expect.fail(`${hexOf(bytes)} answered by ${hex}: ${reply}`);
      this.obey(bytes, reply);
      if (reply?.name === 'clockEcho') expect(reply).toMatchObject({ receivedUs: nowUs, sentUs });
    }

    /** Checks a reply by the specification and follows what the board does; without one only follows. */
    private obey(bytes: Uint8Array, reply: Reply | null): void {
      const reading = decodeCommand(viewOf(bytes));
      const refused = (status: string, faultyByte: number, opcode: number, reference: number) => {
        if (reply) expect(reply).toEqual({ name: 'error', opcode, reference, status, faultyByte });
      };
      if (!reading.ok) {
        refused(reading.status, reading.faultyByte, reading.opcode, reading.reference);
        return;
      }
      const { command } = reading;
      const opcode = OPCODE[command.name];
      this.answered.set(command.name, (this.answered.get(command.name) ?? 0) + 1);
      const crcWrong = command.name === 'storeCalibration' && command.crc !== crcOf(this.written);
      if (this.streaming && (command.name === 'configure' || command.name === 'storeCalibration')) {
        refused('notNow', 1, opcode, command.reference);
      } else if (crcWrong) {
        refused('badArgument', 3, opcode, command.reference);
      } else if (command.name === 'start' && reply?.name === 'error') {
        expect(this.streaming).toBe(false);
        refused('sensorFault', 1, opcode, command.reference);
      } else {
        if (reply) expect({ name: reply.name, reference: reply.reference }).toEqual(nameOf(command));
        this.follow(command, reply);
      }
    }

    private follow(command: Command, reply: Reply | null): void {
      if (command.name === 'start') {
        if (!this.streaming) this.lastNumber = -1;
        // Where the reply was lost it may have been refused; the link that fell ends it anyway.
        this.streaming = true;
      } else if (command.name === 'stop') {
        this.streaming = false;
      } else if (command.name === 'writeCalibration') {
        const { calibration: row } = command;
        this.written[3 * row.sensor + row.row] = row;
      } else if (command.name === 'storeCalibration') {
        this.stored = [...this.written];
      } else if (command.name === 'readCalibration' && reply?.name === 'readCalibration') {
        expect(reply.calibration).toEqual(this.stored[3 * command.sensor + command.row]);
      } else if (command.name === 'configure' && reply?.name === 'configure') {
        expect([5950, 11900, 23800]).toContain(reply.configuration.rateCentiHz);
        expect(reply.configuration.samplesPerPacket).toBeGreaterThanOrEqual(1);
        expect(reply.configuration.samplesPerPacket).toBeLessThanOrEqual(18);
      } else if (command.name === 'clockEcho' && reply?.name === 'clockEcho') {
        expect(reply.token).toBe(command.token);
      }
    }

    packets(answer: string): number {
      if (answer === '-') return 0;
      const header = createSampleHeader();
      for (const hex of answer.split(' ')) {
        expect(readSampleHeader(viewOf(bytesOf(hex)), header)).toBe('');
        if (header.form === 'block') {
          expect(header.sampleCounter).toBeGreaterThan(this.lastNumber);
          this.lastNumber = header.sampleCounter + header.count - 1;
        }
      }
      return answer.split(' ').length;
    }
  }

  function nameOf(command: Command) {
    return { name: command.name, reference: command.reference };
  }

  const count = process.env['THORA_LONG'] ? 200_000 : 6000;
  it(`answers or ignores ${count} writes of any bytes as the specification says`, () => {
    const plausible = fc
      .tuple(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 0, max: 255 }),
        fc.uint8Array({ maxLength: 11 }),
      )
      .map(([opcode, reference, rest]) => Uint8Array.of(0x13, opcode, reference, ...rest));
    const good = fc.oneof(
      fc
        .constantFrom<Command['name']>('hello', 'start', 'stop', 'battery', 'health')
        .map((name) => encodeCommand({ name, reference: 3 } as Command)),
      fc
        .tuple(
          fc.integer({ min: 1, max: 65535 }),
          fc.integer({ min: 0, max: 2 }),
          fc.integer({ min: 0, max: 40 }),
        )
        .map(([rate, layout, samples]) =>
          Uint8Array.of(0x13, OPCODE.configure, 9, rate & 255, rate >> 8, layout, samples),
        ),
      fc
        .integer({ min: 0, max: 2 ** 32 - 1 })
        .map((token) => encodeCommand({ name: 'clockEcho', reference: 4, token })),
      fc
        .integer({ min: 0, max: 255 })
        .map((durationS) => encodeCommand({ name: 'identify', reference: 5, durationS })),
      fc
        .tuple(
          fc.integer({ min: 0, max: 2 }),
          fc.integer({ min: 0, max: 2 }),
          fc.integer({ min: -500, max: 500 }),
        )
        .map(([sensor, row, biasSixteenths]) =>
          encodeCommand({
            name: 'writeCalibration',
            reference: 6,
            calibration: { ...identityRow(sensor, row), biasSixteenths },
          }),
        ),
      fc
        .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }))
        .map(([sensor, row]) => encodeCommand({ name: 'readCalibration', reference: 7, sensor, row })),
    );
    type Step =
      | { readonly do: 'write'; readonly bytes: Uint8Array }
      | { readonly do: 'store' | 'drop' | 'replies' | 'radio' | 'chip' | 'volts'; readonly number: number };
    const step = fc.oneof(
      {
        weight: 5,
        arbitrary: fc
          .oneof(good, plausible, fc.uint8Array({ maxLength: 30 }))
          .map((bytes): Step => ({ do: 'write', bytes })),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          do: fc.constantFrom('store', 'drop', 'replies', 'replies', 'radio', 'chip', 'chip', 'volts'),
          number: fc.integer({ min: 0, max: 65535 }),
        }) as fc.Arbitrary<Step>,
      },
    );
    const steps = fc.sample(step, { numRuns: 2 * count, seed: 20261126 });
    const requests = ['memory erased', 'power 1 1 0 4294000000', 'chip 4294000000 1'];
    const checks: ((answers: readonly string[]) => void)[] = [];
    const model = new PageModel();
    let waiting: PendingWrite[] = [];
    let packets = 0;
    let writes = 0;
    let nowUs = 4_294_000_000;
    const request = (line: string) => requests.push(line) - 1;
    const write = (bytes: Uint8Array) => {
      writes++;
      request(`write ${nowUs} ${bytes.length === 0 ? '-' : hexOf(bytes)}`);
      if (waiting.length === 8) return;
      const pending: PendingWrite = { bytes, nowUs, line: null, place: waiting.length, sentUs: NaN };
      waiting.push(pending);
      checks.push((answers) =>
        model.wrote(
          pending,
          pending.line === null ? null : (answers[pending.line].split(' ')[pending.place] ?? ''),
        ),
      );
    };
    const replies = () => {
      const line = request(`replies ${nowUs}`);
      const expected = waiting.length;
      for (const pending of waiting) Object.assign(pending, { line, sentUs: nowUs });
      waiting = [];
      checks.push((answers) =>
        expect(answers[line] === '-' ? 0 : answers[line].split(' ').length).toBe(expected),
      );
    };
    for (const s of steps) {
      if (s.do === 'write') {
        write(s.bytes);
        continue;
      }
      nowUs = (nowUs + s.number) % 2 ** 32;
      if (s.do === 'store') {
        write(encodeCommand({ name: 'storeCalibration', reference: 8, crc: crcOf(calibration()) }));
      } else if (s.do === 'replies') {
        replies();
      } else if (s.do === 'radio') {
        const line = request(`radio ${s.number % 5}`);
        checks.push((answers) => {
          packets += model.packets(answers[line]);
        });
      } else if (s.do === 'chip') {
        request(`chip ${nowUs} ${s.number % 11 === 0 ? 0 : 1}`);
        const samples = Array.from(
          { length: 1 + (s.number % 9) },
          (_, i) =>
            `${s.number - 32768} ${i} 3 -32768 32767 ${s.number >> 4} ${i % 3 === 0 ? '7 8 9' : 'none'}`,
        );
        request(
          `take ${nowUs} ${s.number % 37 === 0 ? 1 : 0} ${s.number % 3} ${samples.length} ${samples.join(' ')}`,
        );
      } else if (s.do === 'volts') {
        request(`volts ${s.number}`);
      } else if (s.number % 7 === 0) {
        request('drop');
        waiting = [];
        checks.push(() => model.drop());
      }
    }
    replies();
    const answers = ask(runner, requests);
    expect(answers).not.toContain('unknown request');
    for (const check of checks) check(answers);
    expect(writes).toBeGreaterThan(count);
    expect(packets).toBeGreaterThan(count / 50);
    expect([...model.answered.keys()].toSorted()).toEqual(Object.keys(OPCODE).toSorted());
  });
});
