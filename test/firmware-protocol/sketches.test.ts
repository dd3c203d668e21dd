import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeCommand, MATRIX_ONE } from '../../firmware-protocol/typescript/command.ts';
import { THORA_SERVICE_UUID } from '../../firmware-protocol/typescript/gatt-table.ts';
import { HEALTH } from '../../firmware-protocol/typescript/reply.ts';
import type { BoardHealth } from '../../firmware-protocol/typescript/reply.ts';
import { THORA_NANO33 } from '../../src/core/device/thora-nano33/thora-nano33.ts';
import { calibration, crcOf } from './calibration-rows.ts';
import type { LiveStream } from '../../src/core/device/live-stream.ts';
import { cCompiler, cppCompiler, createBuildFolder } from './c-program.ts';
import {
  decodeSamples,
  DESK_DURATION_S,
  deskReading,
  FIELD,
  GRAVITY,
  handednessSlope,
} from './desk-motion.ts';
import type { DecodedSample } from './desk-motion.ts';
import { viewOf } from './shared-vectors.ts';
import { buildSketches, SketchHost } from './sketch-host.ts';
import { CHIPS } from './virtual-nano.ts';
import type { BoardName } from './virtual-nano.ts';

/*
 * The Arduino sketches, compiled by the host's compiler against stand-ins for the Arduino core, ArduinoBLE and mbed, with
 * register and FIFO models of the chips, and run: the bytes of their notifications go through the app's decoder. The
 * stand-ins follow data sheets and the libraries' sources; they are not the boards.
 */
const BOARDS = Object.keys(CHIPS) as BoardName[];
const RAD = Math.PI / 180;
const still = () => deskReading(0);

/** Furthest that the turning about an axis adds up to, degrees. */
function furthestTurnDeg(samples: readonly DecodedSample[], axis: number): number {
  let sum = 0;
  let furthest = 0;
  for (let k = 1; k < samples.length; k++) {
    sum += (samples[k].gyro[axis] * (samples[k].timeMs - samples[k - 1].timeMs)) / 1000;
    furthest = Math.max(furthest, sum);
  }
  return furthest / RAD;
}

function missing(samples: readonly DecodedSample[]): number[] {
  return samples
    .slice(1)
    .map((s, i) => s.number - samples[i].number - 1)
    .filter((step) => step !== 0);
}

function healthOf(host: SketchHost, run: number): BoardHealth {
  const reply = host.reply(run);
  if (reply.name !== 'health') throw new Error(`answered ${reply.name}`);
  return reply.health;
}

/** What the app writes to begin the stream. */
function page(host: SketchHost, live: LiveStream = THORA_NANO33.liveStreams[0]): void {
  const turn = THORA_NANO33.bluetooth.createDialogue().start(live);
  if (turn.next !== 'done') throw new Error(turn.next);
  for (const command of turn.commands) {
    host.write(command);
    host.pass(0.05);
  }
}

describe.skipIf(!cCompiler || !cppCompiler)('sketches on a computer', () => {
  const build = createBuildFolder();
  let programs = {} as Record<BoardName, string>;
  beforeAll(() => {
    programs = buildSketches(build.path);
  }, 240_000);
  afterAll(() => build.remove());

  describe.each(BOARDS)('%s', (board) => {
    const chip = CHIPS[board];

    it('advertises itself and streams right-handed SI samples from its chip’s FIFO', () => {
      const host = new SketchHost(board);
      host.feed(deskReading, DESK_DURATION_S + 2);
      const setup = host.connect();
      page(host);
      host.pass(DESK_DURATION_S);
      const hello = host.command({ name: 'hello', reference: 7 });
      const health = host.command({ name: 'health', reference: 8 });
      host.run(programs[board]);

      expect(host.answer(setup)).toBe(`Thora-BEEF ${THORA_SERVICE_UUID}`);
      expect(host.reply(hello)).toMatchObject({ info: { boardCode: chip.code, unitId: 0x1234abcd, mtu: 0 } });
      expect(healthOf(host, health)).toMatchObject({ flags: 0, chipRestarts: 0, bufferLost: 0, chipLost: 0 });

      const samples = decodeSamples(host.samplePackets);
      expect(samples.length).toBeGreaterThan(0.98 * DESK_DURATION_S * chip.rateHz);
      expect(samples.map((s) => s.number)).toEqual(samples.map((_, i) => i));
      expect(handednessSlope(samples)).toBeCloseTo(-1, 1);
      for (const [axis, angle] of [90, 70, 360].entries())
        expect(Math.abs(furthestTurnDeg(samples, axis) - angle)).toBeLessThan(angle / 100);
      for (let i = 0; i < 3; i++) {
        expect(Math.abs(samples[50].gyro[i])).toBeLessThan(0.003);
        expect(samples[50].acc[i]).toBeCloseTo(GRAVITY[i], 1);
      }
      const fields = samples.slice(0, 300).filter(({ mag }) => !Number.isNaN(mag[0]));
      if (chip.magMicroTeslaPerCount === null) {
        expect(fields).toHaveLength(0);
      } else {
        // 20 Hz.
        expect(Math.abs(fields.length - (300 / chip.rateHz) * 20)).toBeLessThan(3);
        for (const { mag } of fields)
          for (let i = 0; i < 3; i++) expect(Math.abs(mag[i] - FIELD[i])).toBeLessThan(0.6);
      }
    });

    it('keeps sampling while the radio takes nothing, and loses nothing that its buffer holds', () => {
      const host = new SketchHost(board);
      host.feed(deskReading, 14);
      host.connect();
      host.begin();
      host.pass(3);
      // 1.2 s: four times what the smallest FIFO of the kit holds.
      host.request('busy 1200000');
      host.pass(3);
      const early = host.command({ name: 'health', reference: 1 });
      host.request('busy 4000000');
      host.pass(6);
      const late = host.command({ name: 'health', reference: 2 });
      const watchdog = host.request('watchdog');
      host.run(programs[board]);
      expect(healthOf(host, early)).toMatchObject({ bufferLost: 0, chipLost: 0, chipRestarts: 0 });
      const { bufferLost, chipLost, chipRestarts } = healthOf(host, late);
      expect({ chipLost, chipRestarts }).toEqual({ chipLost: 0, chipRestarts: 0 });
      // One packet waits in the stack besides what the buffer holds.
      expect(Math.abs(bufferLost - (4 * chip.rateHz - 256))).toBeLessThan(12);
      expect(missing(decodeSamples(host.samplePackets))).toEqual([bufferLost]);
      const [longestMs, limitMs] = host.answer(watchdog).split(' of ').map(Number);
      expect(longestMs).toBeLessThan(4200);
      expect(limitMs).toBe(10_000);
    });

    it('sets up a chip that fell silent, and the gap is as long as the silence', () => {
      const host = new SketchHost(board);
      host.feed(deskReading, 12);
      host.connect();
      host.begin();
      host.pass(3);
      host.request('chip silent');
      host.pass(2.5);
      const ill = host.command({ name: 'health', reference: 1 });
      host.request('chip absent');
      host.pass(1.5);
      host.request('chip alive');
      host.pass(4);
      const well = host.command({ name: 'health', reference: 2 });
      host.run(programs[board]);
      expect(healthOf(host, ill).flags).toBe(HEALTH.chipSilent);
      const after = healthOf(host, well);
      expect(after.flags).toBe(0);
      expect(after.chipRestarts).toBeGreaterThanOrEqual(3);
      expect(missing(decodeSamples(host.samplePackets))).toEqual([after.chipLost]);
      // Of the 1.5 s that only the bus was down the FIFO may still hold some; setting up again costs up to 2 s.
      expect(after.chipLost / chip.rateHz).toBeGreaterThan(2.45);
      expect(after.chipLost / chip.rateHz).toBeLessThan(6.1);
      const samples = decodeSamples(host.samplePackets);
      const spanMs = samples.at(-1)!.timeMs - samples[0].timeMs;
      expect(Math.abs((spanMs * chip.rateHz) / 1000 - samples.at(-1)!.number)).toBeLessThan(3);
      // What a FIFO holds before its sensors have a value is not taken for one.
      for (const { acc } of samples) expect(Math.hypot(...acc)).toBeCloseTo(GRAVITY[2], 1);
    });

    it('refuses to start without its chip, and starts when it answers', () => {
      const host = new SketchHost(board);
      host.feed(still, 3);
      host.request('chip absent');
      host.connect();
      host.pass(0.5);
      const refused = host.command({ name: 'start', reference: 1 });
      host.request('chip alive');
      host.pass(2.5);
      const taken = host.command({ name: 'start', reference: 2 });
      host.pass(1);
      host.run(programs[board]);
      expect(host.reply(refused)).toMatchObject({ name: 'error', status: 'sensorFault' });
      expect(host.reply(taken)).toMatchObject({ name: 'start' });
      expect(decodeSamples(host.samplePackets).length).toBeGreaterThan(0.9 * chip.rateHz);
    });

    it.each([0.5, 2])('runs its chip at %d times the usual rate', (ratio) => {
      const rateHz = ratio * chip.rateHz;
      const host = new SketchHost(board);
      host.feed(still, 1);
      host.connect();
      host.pass(0.5);
      host.begin({ rateCentiHz: Math.round(100 * rateHz), samplesPerPacket: 8 });
      host.pass(5);
      host.run(programs[board]);
      const samples = decodeSamples(host.samplePackets);
      expect(missing(samples)).toEqual([]);
      expect(samples.length).toBeGreaterThan((board === 'nano33BleRev2' ? 3.8 : 4.8) * rateHz);
      const spanMs = samples.at(-1)!.timeMs - samples[0].timeMs;
      expect(Math.abs((spanMs * rateHz) / 1000 / (samples.length - 1) - 1)).toBeLessThan(0.01);
    });

    it('stores a calibration in its flash and uses it', () => {
      const host = new SketchHost(board);
      host.feed(still, 1);
      host.connect();
      host.pass(0.5);
      const row = { sensor: 1, row: 2, biasSixteenths: 0, matrix: [0, 0, MATRIX_ONE / 2] } as const;
      host.command({ name: 'writeCalibration', reference: 1, calibration: row });
      const wrong = host.command({ name: 'storeCalibration', reference: 2, crc: 1 });
      const stored = host.command({ name: 'storeCalibration', reference: 3, crc: crcOf(calibration([row])) });
      host.begin();
      host.pass(0.5);
      const flash = host.request('flash');
      host.run(programs[board]);
      expect(host.reply(wrong)).toMatchObject({ status: 'badArgument', faultyByte: 3 });
      expect(host.reply(stored)).toMatchObject({ name: 'storeCalibration' });
      expect(host.answer(flash).startsWith(`54684361010${chip.code}01`)).toBe(true);
      expect(decodeSamples(host.samplePackets)[20].acc[2]).toBeCloseTo(GRAVITY[2] / 2, 1);
    });
  });

  it('on a link that carries 20 bytes send cut blocks first, and whole single samples as the app then asks', () => {
    const host = new SketchHost('nano33Ble');
    host.feed(still, 2);
    host.connect(23);
    page(host);
    const cut = host.pass(1);
    page(host, THORA_NANO33.narrowStream!);
    const whole = host.pass(2);
    host.run(programs.nano33Ble);
    const sizes = (run: number) => new Set(host.notificationsOf(run).map(({ bytes }) => bytes.length));
    expect(sizes(cut)).toEqual(new Set([20]));
    expect(() => decodeSamples(host.notificationsOf(cut))).toThrow('packet cut');
    const samples = decodeSamples(host.notificationsOf(whole));
    expect(samples.length).toBeGreaterThan(110);
    expect(missing(samples)).toEqual([]);
  });

  it('forgets a page that left, and serves the next', () => {
    const host = new SketchHost('nano33Ble');
    host.feed(still, 4);
    host.connect();
    host.begin();
    host.pass(1);
    host.request('disconnect');
    const alone = host.pass(1);
    host.request('connect 247');
    host.request('subscribe');
    host.begin();
    host.pass(1);
    host.run(programs.nano33Ble);
    expect(host.notificationsOf(alone)).toEqual([]);
    expect(decodeSamples(host.samplePackets).filter(({ number }) => number === 0)).toHaveLength(2);
  });

  it('notifies a command back before its answer, as ArduinoBLE does, and the app takes the answer only', () => {
    const host = new SketchHost('nano33Ble');
    host.feed(still, 1);
    host.connect();
    host.pass(0.1);
    const run = host.command({ name: 'clockEcho', reference: 6, token: 99 });
    host.run(programs.nano33Ble);
    const notified = host.notificationsOf(run).map(({ bytes }) => bytes);
    expect(notified).toHaveLength(2);
    expect(notified[0]).toEqual(encodeCommand({ name: 'clockEcho', reference: 6, token: 99 }));
    const { readReply } = THORA_NANO33.bluetooth;
    expect(readReply(viewOf(notified[0]))).toBeNull();
    expect(readReply(viewOf(notified[1]))).toMatchObject({ kind: 'clockEcho', token: 99 });
  });

  it('answers a command that is too long or empty, and goes on', () => {
    const host = new SketchHost('nano33Ble');
    host.feed(still, 1);
    host.connect();
    const answers = [new Uint8Array(0), new Uint8Array(60).fill(0x13)].map((bytes) => {
      host.write(bytes);
      return host.pass(0.02);
    });
    const hello = host.command({ name: 'hello', reference: 1 });
    host.run(programs.nano33Ble);
    expect(host.reply(answers[0])).toMatchObject({ name: 'error', status: 'badLength' });
    expect(host.reply(answers[1])).toMatchObject({ name: 'error', status: 'unknownCommand' });
    expect(host.reply(hello)).toMatchObject({ name: 'hello' });
  });

  it('shows with its light what it is doing', () => {
    const lights = (board: BoardName) => {
      const host = new SketchHost(board);
      host.feed(still, 1);
      host.request('setup');
      const shares = [host.request('light 4000000')];
      host.request('connect 247');
      host.request('subscribe');
      shares.push(host.request('light 4000000'));
      host.command({ name: 'identify', reference: 1, durationS: 4 });
      shares.push(host.request('light 3900000'));
      host.begin();
      shares.push(host.request('light 8000000'));
      host.run(programs[board]);
      return shares.map((at) => Number(host.answer(at)));
    };
    for (const board of BOARDS) {
      const [advertising, connected, identifying, streaming] = lights(board);
      expect(advertising).toBeLessThan(5);
      expect(Math.abs(connected - 50)).toBeLessThan(4);
      expect(Math.abs(identifying - 50)).toBeLessThan(4);
      expect(streaming).toBeLessThan(4);
    }
  });

  it('knows its battery on the XIAO only', () => {
    const ask = (board: BoardName, cell: number) => {
      const host = new SketchHost(board);
      host.feed(still, 1);
      host.request(`cell ${cell}`);
      host.connect();
      host.pass(1);
      const battery = host.command({ name: 'battery', reference: 1 });
      const level = board === 'xiaoNrf52840Sense' ? host.request('read 2A19') : -1;
      host.run(programs[board]);
      return [host.reply(battery), level < 0 ? null : host.answer(level)] as const;
    };
    const [reply, level] = ask('xiaoNrf52840Sense', 3840);
    // 3840 mV is half; the converter's steps and the divider cost a few millivolts.
    expect(reply).toMatchObject({ name: 'battery', percent: 48 });
    expect(reply.name === 'battery' && Math.abs((reply.millivolts ?? 0) - 3840)).toBeLessThan(8);
    expect(level).toBe('30');
    // On USB without a cell nothing is claimed.
    expect(ask('xiaoNrf52840Sense', 0)).toEqual([
      { name: 'battery', reference: 1, percent: null, millivolts: null },
      '-',
    ]);
    expect(ask('nano33Ble', 3840)[0]).toMatchObject({ percent: null, millivolts: null });
  });

  it('pairs gyroscope and accelerometer again when the XIAO’s FIFO lost a word', () => {
    const host = new SketchHost('xiaoNrf52840Sense');
    host.feed(still, 4);
    host.connect();
    host.begin();
    host.pass(1);
    for (let i = 0; i < 40; i++) {
      host.pass(0.03);
      host.request('busy 30000');
      host.request('cut');
    }
    host.pass(0.5);
    host.run(programs.xiaoNrf52840Sense);
    const samples = decodeSamples(host.samplePackets);
    expect(samples.length).toBeGreaterThan(200);
    for (const { gyro, acc } of samples) {
      expect(Math.hypot(...acc)).toBeCloseTo(GRAVITY[2], 1);
      expect(Math.hypot(...gyro)).toBeLessThan(0.01);
    }
  });
});
