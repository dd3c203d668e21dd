import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LivePipeline } from '../../src/core/pipeline/live-pipeline.ts';
import type { PipelineFact } from '../../src/core/pipeline/pipeline-fact.ts';
import type { SensorPacket } from '../../src/core/packet/packet.ts';
import { FEATURE, HEALTH } from '../../firmware-protocol/typescript/reply.ts';
import type { Reply } from '../../firmware-protocol/typescript/reply.ts';
import { buildC, cCompiler, CORE_SOURCES, createBuildFolder } from './c-program.ts';
import {
  decodeSamples,
  DESK_DURATION_S,
  deskReading,
  FIELD,
  GRAVITY,
  handednessSlope,
  turnedDeg,
} from './desk-motion.ts';
import { CHIPS, VirtualNano } from './virtual-nano.ts';
import type { BoardName } from './virtual-nano.ts';

/*
 * The firmware core, built by the host's compiler with sanitisers and run as a virtual board. Its bytes go through the
 * app's own decoder and chain. Nothing here has run on a physical board.
 */
const BOARDS = Object.keys(CHIPS) as BoardName[];
const DEG = 180 / Math.PI;
const still = () => deskReading(0);

/** One board as the only sensor of a session. */
function session(packets: readonly SensorPacket[], onPacket: (pipeline: LivePipeline) => void = () => {}) {
  const pipeline = new LivePipeline({ engineVersion: 'test' });
  const facts: PipelineFact[] = [];
  const sensor = {
    sensorIndex: 0,
    sensorId: 'virtual',
    family: 'thora-nano33',
    stream: '',
    name: 'Thora-0001',
    firmware: null,
    nominalRateHz: 104,
    simulated: true,
  } as const;
  pipeline.command({ kind: 'attachSensor', sensor, role: 'upperBack' }, 0);
  for (const packet of packets) {
    pipeline.push(packet);
    facts.push(...pipeline.drainFacts());
    onPacket(pipeline);
  }
  return { pipeline, facts };
}

function only<N extends Reply['name']>(replies: readonly Reply[], name: N): Reply & { readonly name: N } {
  expect(replies).toHaveLength(1);
  expect(replies[0].name).toBe(name);
  return replies[0] as Reply & { readonly name: N };
}

describe.skipIf(!cCompiler)('firmware core', () => {
  const build = createBuildFolder();
  const runner = join(build.path, 'unit_runner');
  beforeAll(() => buildC(runner, [...CORE_SOURCES, 'test/unit_runner.c']), 60_000);
  afterAll(() => build.remove());

  describe.each(BOARDS)('%s', (board) => {
    const nano = new VirtualNano({ board, reading: deskReading, rateRatio: 1.02 });
    nano.begin();
    nano.pass(DESK_DURATION_S);
    const hello = nano.command({ name: 'hello', reference: 9 });
    beforeAll(() => nano.run(runner));

    it('sends right-handed axes in SI units at the right scale', () => {
      const samples = decodeSamples(nano.packets);
      expect(samples.length).toBeGreaterThan(0.99 * DESK_DURATION_S * CHIPS[board].rateHz);
      expect(samples.map((s) => s.number)).toEqual(samples.map((_, i) => i));
      const rest = samples[100];
      for (let i = 0; i < 3; i++) {
        expect(Math.abs(rest.gyro[i])).toBeLessThan(0.004);
        expect(rest.acc[i]).toBeCloseTo(GRAVITY[i], 1);
      }
      expect(handednessSlope(samples)).toBeCloseTo(-1, 1);
      const during = (fromS: number, toS: number) =>
        samples.filter(({ timeMs }) => timeMs > 1000 * fromS && timeMs < 1000 * toS);
      // 12.8 % low would be 314 and 78.5.
      expect(Math.abs(turnedDeg(during(19, 27.5), 2) - 360)).toBeLessThan(2);
      expect(Math.abs(turnedDeg(during(4, 8.5), 0) - 90)).toBeLessThan(1);
      expect(Math.abs(turnedDeg(during(12, 16), 1) - 70)).toBeLessThan(1);
    });

    it('sends the magnetometer only with a new reading, on the same axes', () => {
      const samples = decodeSamples(nano.packets);
      const read = samples.filter(({ mag }) => !Number.isNaN(mag[0]));
      if (CHIPS[board].magMicroTeslaPerCount === null) {
        expect(read).toHaveLength(0);
        return;
      }
      expect(read.length).toBeGreaterThan(samples.length / 7);
      expect(read.length).toBeLessThan(samples.length / 5);
      for (let i = 0; i < 3; i++) expect(Math.abs(read[10].mag[i] - FIELD[i])).toBeLessThan(1);
      // Where gravity and field are turned together the angle between them stays.
      const dip = (s: (typeof read)[number]) =>
        Math.acos(
          s.mag.reduce((sum, m, i) => sum + m * s.acc[i], 0) / Math.hypot(...s.mag) / Math.hypot(...s.acc),
        ) * DEG;
      for (const sample of read) expect(Math.abs(dip(sample) - dip(read[10]))).toBeLessThan(3);
    });

    it('keeps the orientation of the app within 1.5 degrees of the truth, in motion too', () => {
      let worst = 0;
      let compared = 0;
      const firstUs = nano.sampleTimesUs[0];
      const { pipeline, facts } = session(nano.packets, ({ sensors: [sensor] }) => {
        if (sensor.sampleCount < 400) return;
        const timeS = (firstUs + sensor.latestMs * 1000) / 1e6;
        const [w, x, y, z] = sensor.filter.qEarthFromSensor;
        const up = [2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z];
        // Which sample the session's axis begins with is not exact: the nearest truth within 30 ms.
        const off = Array.from({ length: 13 }, (_, i) => {
          const { accMetersPerS2 } = deskReading(timeS + 0.02 + 0.005 * (i - 6));
          const cos = up.reduce((sum, u, k) => sum + (u * accMetersPerS2[k]) / GRAVITY[2], 0);
          return Math.acos(Math.min(1, cos)) * DEG;
        });
        worst = Math.max(worst, Math.min(...off));
        compared++;
      });
      expect(compared).toBeGreaterThan(500);
      expect(worst).toBeLessThan(1.5);
      expect(facts.filter(({ kind }) => kind === 'gap')).toEqual([]);
      expect(pipeline.sensors[0].rejectedPacketCount).toBe(0);
    });

    it('stamps every sample within 1 ms of when the chip took it, 2 % off its nominal rate', () => {
      const truth = nano.sampleTimesUs;
      const samples = decodeSamples(nano.packets);
      // The packets' first samples carry the stamps.
      const errorsMs = samples
        .filter((_, i) => i % 4 === 0 && i >= 600)
        .map(({ number, timeMs }) => timeMs - (truth[number + 3] - truth[3]) / 1000);
      const middle = errorsMs.toSorted((a, b) => a - b)[errorsMs.length >> 1];
      for (const error of errorsMs) expect(Math.abs(error - middle)).toBeLessThan(1);
      expect(Math.abs(middle)).toBeLessThan(1);
    });

    it('says what it is', () => {
      const { info } = only(nano.repliesTo(hello), 'hello');
      expect(info.boardCode).toBe(CHIPS[board].code);
      expect(info.nativeRateCentiHz).toBe(Math.round(100 * CHIPS[board].rateHz));
      expect(info.unitId).toBe(3405691582);
      expect((info.features & FEATURE.magnetometer) !== 0).toBe(CHIPS[board].magMicroTeslaPerCount !== null);
    });
  });

  it('shows what did not fit under back-pressure as a gap of exactly that many samples', () => {
    const nano = new VirtualNano({ board: 'nano33Ble', reading: deskReading });
    nano.begin();
    nano.pass(6);
    nano.pass(4, { room: 0 });
    nano.pass(6);
    const health = nano.command({ name: 'health', reference: 1 });
    nano.run(runner);
    const samples = decodeSamples(nano.packets);
    const steps = samples.slice(1).map((s, i) => s.number - samples[i].number - 1);
    const lost = only(nano.repliesTo(health), 'health').health.bufferLost;
    // 4 s at 119 Hz, of which the buffer holds 256 samples.
    expect(lost).toBeGreaterThan(210);
    expect(lost).toBeLessThan(230);
    expect(steps.filter((missing) => missing !== 0)).toEqual([lost]);
    const { facts } = session(nano.packets);
    const gaps = facts.filter((fact) => fact.kind === 'gap');
    expect(gaps).toHaveLength(1);
    expect(gaps[0].endMs - gaps[0].startMs).toBeCloseTo(((lost + 1) * 1000) / 119, -1);
  });

  it('offers a packet that the radio did not take again: nothing is lost, the refusals are counted', () => {
    const nano = new VirtualNano({ board: 'nano33BleRev2', reading: deskReading });
    nano.begin();
    for (let i = 0; i < 20; i++) {
      nano.pass(0.2, { room: 0 });
      nano.pass(0.2);
    }
    const health = nano.command({ name: 'health', reference: 1 });
    nano.run(runner);
    const samples = decodeSamples(nano.packets);
    expect(samples.map((s) => s.number)).toEqual(samples.map((_, i) => i));
    const { bufferLost, radioRefusals } = only(nano.repliesTo(health), 'health').health;
    expect(bufferLost).toBe(0);
    expect(radioRefusals).toBeGreaterThan(100);
    const sequences = nano.packets.map(({ bytes }) => bytes[2] + 256 * bytes[3]);
    expect(sequences).toEqual(sequences.map((_, i) => i));
  });

  it('goes on over the wrap of the microsecond counter', () => {
    const nano = new VirtualNano({ board: 'nano33Ble', reading: deskReading, bootUs: 2 ** 32 - 9e6 });
    nano.begin();
    nano.pass(20);
    const identify = nano.command({ name: 'clockEcho', reference: 4, token: 77 });
    nano.run(runner);
    const stamps = nano.packets.map(({ bytes }) => new DataView(bytes.buffer).getUint32(8, true));
    expect(stamps.filter((stamp, i) => i > 0 && stamp < stamps[i - 1])).toHaveLength(1);
    const { pipeline, facts } = session(nano.packets);
    expect(facts.filter(({ kind }) => kind === 'gap')).toEqual([]);
    expect(pipeline.sensors[0].missingCount).toBe(0);
    expect(pipeline.sensors[0].stretch).toBe(0);
    expect(only(nano.repliesTo(identify), 'clockEcho').receivedUs).toBeLessThan(20e6);
  });

  it('begins anew after a restart, and the app sees a gap and no sample twice', () => {
    const nano = new VirtualNano({ board: 'xiaoNrf52840Sense', reading: deskReading, bootUs: 50e6 });
    nano.begin();
    nano.pass(6);
    nano.restart();
    nano.pass(1.5);
    nano.begin();
    nano.pass(6);
    nano.run(runner);
    const { pipeline, facts } = session(nano.packets);
    expect(facts.filter(({ kind }) => kind === 'gap')).toHaveLength(1);
    expect(pipeline.sensors[0].rejectedPacketCount).toBe(0);
    const samples = decodeSamples(nano.packets);
    expect(samples.filter(({ number }) => number === 0)).toHaveLength(2);
    expect(pipeline.sensors[0].sampleCount).toBe(samples.length);
  });

  it('answers the clock echo with when it was read and when the answer left', () => {
    const nano = new VirtualNano({ board: 'nano33Ble', reading: still });
    nano.pass(0.5);
    const askedUs = nano.clockUs;
    const echo = nano.command({ name: 'clockEcho', reference: 200, token: 4_000_000_000 });
    nano.run(runner);
    expect(nano.repliesTo(echo)).toEqual([
      { name: 'clockEcho', reference: 200, token: 4e9, receivedUs: askedUs, sentUs: askedUs + 300 },
    ]);
  });

  it('takes the nearest rate, no magnetometer where there is none, and no packet too long for the link', () => {
    const nano = new VirtualNano({ board: 'xiaoNrf52840Sense', reading: still });
    const wanted = [
      [{ rateCentiHz: 10400 }, { rateCentiHz: 10400, hasMagnetometer: false, samplesPerPacket: 4 }],
      [{ rateCentiHz: 1 }, { rateCentiHz: 5200, hasMagnetometer: false, samplesPerPacket: 4 }],
      [
        { rateCentiHz: 65535, samplesPerPacket: 0 },
        { rateCentiHz: 20800, samplesPerPacket: 4 },
      ],
      [
        { rateCentiHz: 7800, samplesPerPacket: 40 },
        { rateCentiHz: 5200, samplesPerPacket: 18 },
      ],
      [
        { hasMagnetometer: false, singleSample: true, samplesPerPacket: 9 },
        { singleSample: true, samplesPerPacket: 1 },
      ],
    ] as const;
    const at = wanted.map(([configuration]) => nano.configure(configuration));
    const nine = new VirtualNano({ board: 'nano33Ble', reading: still });
    const most = nine.configure({ samplesPerPacket: 40 });
    nano.run(runner);
    nine.run(runner);
    wanted.forEach(([, expected], i) =>
      expect(only(nano.repliesTo(at[i]), 'configure').configuration).toMatchObject(expected),
    );
    expect(only(nine.repliesTo(most), 'configure').configuration.samplesPerPacket).toBe(12);
  });

  it.each([
    ['single samples', { singleSample: true, hasMagnetometer: false }, 119],
    ['twelve nine-axis samples', { samplesPerPacket: 12 }, 119],
    ['half the rate', { rateCentiHz: 5950 }, 59.5],
    ['double the rate', { rateCentiHz: 23800 }, 238],
  ] as const)('streams %s', (_, configuration, rateHz) => {
    const nano = new VirtualNano({ board: 'nano33Ble', reading: deskReading, rateRatio: rateHz / 119 });
    nano.configure(configuration);
    nano.pass(0.1);
    nano.begin(configuration);
    nano.pass(5, { room: 30 });
    nano.run(runner);
    const samples = decodeSamples(nano.packets);
    expect(samples.map((s) => s.number)).toEqual(samples.map((__, i) => i));
    expect(samples.length).toBeGreaterThan(4.8 * rateHz);
    for (const { bytes } of nano.packets) expect(bytes.length).toBeLessThanOrEqual(244);
    const spanMs = samples.at(-1)!.timeMs - samples[0].timeMs;
    expect(Math.abs(spanMs / (samples.length - 1) / (1000 / rateHz) - 1)).toBeLessThan(0.01);
  });

  it('refuses to configure or store while it streams, and starts only once', () => {
    const nano = new VirtualNano({ board: 'nano33Ble', reading: still });
    nano.begin();
    nano.pass(1);
    const refused = [nano.configure(), nano.command({ name: 'storeCalibration', reference: 8, crc: 0 })];
    nano.command({ name: 'start', reference: 5 });
    nano.pass(1);
    nano.command({ name: 'stop', reference: 6 });
    nano.command({ name: 'stop', reference: 7 });
    const before = nano.request('radio 9');
    nano.pass(1);
    nano.run(runner);
    for (const at of refused) expect(only(nano.repliesTo(at), 'error').status).toBe('notNow');
    const samples = decodeSamples(nano.packets);
    expect(samples.map((s) => s.number)).toEqual(samples.map((_, i) => i));
    expect(nano.answer(before)).toBe('-');
    expect(samples.at(-1)!.timeMs).toBeLessThan(2050);
  });

  it('stops when the link falls and forgets what was not stored or sent', () => {
    const nano = new VirtualNano({ board: 'nano33Ble', reading: still });
    nano.begin();
    nano.pass(1);
    nano.request('drop');
    const silence = nano.request('radio 9');
    nano.pass(0.3);
    nano.begin();
    nano.pass(0.5);
    nano.run(runner);
    expect(nano.answer(silence)).toBe('-');
    const samples = decodeSamples(nano.packets);
    expect(samples.filter(({ number }) => number === 0)).toHaveLength(2);
  });

  describe('a chip that fails', () => {
    it.each(['dead', 'stuck'] as const)(
      'is set up again when %s, and the gap is as long as the silence',
      (chip) => {
        const nano = new VirtualNano({ board: 'nano33BleRev2', reading: deskReading });
        nano.begin();
        nano.pass(5);
        nano.pass(4, { chip });
        const ill = nano.command({ name: 'health', reference: 1 });
        nano.pass(5);
        const well = nano.command({ name: 'health', reference: 2 });
        nano.run(runner);
        const during = only(nano.repliesTo(ill), 'health').health;
        expect(during.flags & HEALTH.chipSilent).toBe(HEALTH.chipSilent);
        expect(during.chipRestarts).toBeGreaterThanOrEqual(3);
        const after = only(nano.repliesTo(well), 'health').health;
        expect(after.flags & HEALTH.chipSilent).toBe(0);
        const samples = decodeSamples(nano.packets);
        const steps = samples.slice(1).map((s, i) => s.number - samples[i].number - 1);
        const missing = steps.filter((step) => step !== 0);
        expect(missing).toEqual([after.chipLost]);
        // A stuck chip is noticed after a second of repeats.
        const silentS = chip === 'dead' ? 4 : 3;
        expect(Math.abs(after.chipLost / 100 - silentS)).toBeLessThan(0.05);
        const spanMs = samples.at(-1)!.timeMs - samples[0].timeMs;
        expect(Math.abs(spanMs / samples.at(-1)!.number / (1000 / 100) - 1)).toBeLessThan(0.003);
      },
    );

    it('that cannot be set up makes start a sensor fault, and is tried every second', () => {
      const nano = new VirtualNano({ board: 'nano33Ble', reading: still });
      nano.pass(5, { chip: 'dead', setUp: false });
      const refused = nano.command({ name: 'start', reference: 3 });
      const health = nano.command({ name: 'health', reference: 4 });
      nano.pass(2);
      const taken = nano.command({ name: 'start', reference: 5 });
      nano.run(runner);
      expect(only(nano.repliesTo(refused), 'error').status).toBe('sensorFault');
      const { chipRestarts } = only(nano.repliesTo(health), 'health').health;
      expect(chipRestarts).toBeGreaterThanOrEqual(3);
      expect(chipRestarts).toBeLessThanOrEqual(5);
      expect(only(nano.repliesTo(taken), 'start').reference).toBe(5);
    });

    it('whose FIFO ran over shows as many missing as the time says', () => {
      const nano = new VirtualNano({ board: 'nano33Ble', reading: deskReading });
      nano.begin();
      nano.pass(5);
      nano.nowUs += 700_000;
      nano.pass(3);
      const health = nano.command({ name: 'health', reference: 1 });
      nano.run(runner);
      const { chipLost, chipRestarts } = only(nano.repliesTo(health), 'health').health;
      // 0.7 s at 119 Hz, of which the FIFO keeps 32.
      expect(Math.abs(chipLost - (0.7 * 119 - 32))).toBeLessThanOrEqual(2);
      const samples = decodeSamples(nano.packets);
      const steps = samples.slice(1).map((s, i) => s.number - samples[i].number - 1);
      expect(steps.filter((step) => step !== 0)).toEqual([chipLost]);
      expect(chipRestarts).toBeLessThanOrEqual(1);
    });
  });

  it('is fed only while somebody looks after the chip, and says when its watchdog restarted it', () => {
    const nano = new VirtualNano({ board: 'nano33Ble', reading: still });
    nano.pass(1);
    const alive = nano.request(`alive ${nano.clockUs}`);
    const stalled = nano.request(`alive ${nano.clockUs + 2_100_000}`);
    const before = nano.command({ name: 'health', reference: 1 });
    nano.power(true);
    const after = nano.command({ name: 'health', reference: 2 });
    nano.run(runner);
    expect([nano.answer(alive), nano.answer(stalled)]).toEqual(['1', '0']);
    expect(only(nano.repliesTo(before), 'health').health.flags).toBe(0);
    expect(only(nano.repliesTo(after), 'health').health.flags).toBe(HEALTH.watchdogRestart);
  });

  it('blinks five times a second for as long as it was asked to, and never again after', () => {
    const nano = new VirtualNano({ board: 'nano33Ble', reading: still, bootUs: 2 ** 32 - 1e6 });
    nano.pass(0.2);
    nano.command({ name: 'identify', reference: 1, durationS: 3 });
    const startUs = nano.clockUs;
    const lights: number[] = [];
    for (let ms = 0; ms < 5000; ms += 10)
      lights.push(nano.request(`light ${(startUs + 1000 * ms) % 2 ** 32} 1`));
    const wrapped = nano.request(`light ${startUs} 1`);
    nano.run(runner);
    const on = lights.map((at) => Number(nano.answer(at)));
    expect(on.slice(0, 300)).toEqual(Array.from({ length: 300 }, (_, i) => (i % 20 < 10 ? 1 : 0)));
    // Connected and waiting: half a second on, half a second off.
    const edges = on.slice(300).filter((value, i, all) => i > 0 && value !== all[i - 1]);
    expect(edges.length).toBeLessThanOrEqual(4);
    expect(nano.answer(wrapped)).toBe(String(startUs % 1_000_000 < 500_000 ? 1 : 0));
  });

  it('estimates the charge from a smoothed voltage, and knows nothing without a cell', () => {
    const nano = new VirtualNano({ board: 'xiaoNrf52840Sense', reading: still });
    const ask = () => nano.command({ name: 'battery', reference: 1 });
    const unknown = ask();
    nano.request('volts 4300');
    const full = ask();
    const falling: number[] = [];
    for (let mv = 4200; mv >= 3200; mv -= 10) {
      for (let i = 0; i < 40; i++) nano.request(`volts ${mv}`);
      falling.push(ask());
    }
    nano.request('volts 4200');
    const oneNoisyReading = ask();
    nano.request('volts 5000');
    const usbOnly = ask();
    nano.run(runner);
    const percent = (at: number) => only(nano.repliesTo(at), 'battery').percent;
    expect(percent(unknown)).toBeNull();
    expect(percent(full)).toBe(100);
    const percents = falling.map((at) => percent(at)!);
    expect(percents).toEqual(percents.toSorted((a, b) => b - a));
    expect(percents[0]).toBeGreaterThan(98);
    expect(percents.at(-1)).toBe(0);
    expect(percents[falling.length - 62]).toBeGreaterThan(40);
    expect(percent(oneNoisyReading)).toBeLessThan(10);
    expect(only(nano.repliesTo(usbOnly), 'battery')).toMatchObject({ percent: null, millivolts: null });
  });
});
