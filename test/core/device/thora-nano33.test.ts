import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSampleHeader,
  encodeSamplePacket,
} from '../../../firmware-protocol/typescript/sample-packet.ts';
import type { SampleHeader } from '../../../firmware-protocol/typescript/sample-packet.ts';
import { decodeCommand } from '../../../firmware-protocol/typescript/command.ts';
import { encodeReply } from '../../../firmware-protocol/typescript/reply.ts';
import { deviceFamily, deviceFamilyNames } from '../../../src/core/device/registry.ts';
import { createSampleBatch } from '../../../src/core/packet/sample-batch.ts';

const family = deviceFamily('thora-nano33');

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function packet(header: Partial<SampleHeader>): Uint8Array {
  const full = { ...createSampleHeader(), rateCentiHz: 10400, count: 1, ...header };
  const values = new Float64Array(3 * full.count).map((_, i) => 0.01 * (i + 1));
  return encodeSamplePacket(full, values, values, full.hasMagnetometer ? values : null);
}

describe('thora-nano33 decoder', () => {
  it('hands over SI samples with both counters', () => {
    const decoder = family.createDecoder('');
    const batch = createSampleBatch(8);
    const gyro = [0.5, -0.25, 0.125, 1, -1, NaN];
    const acc = [0, 0, 9.80665, 9.80665, 0, 0];
    const mag = [20, -30, 40.5, NaN, NaN, NaN];
    const bytes = encodeSamplePacket(
      {
        form: 'block',
        hasMagnetometer: true,
        sequence: 7,
        rateCentiHz: 9984,
        deviceTimeUs: 4_294_967_290,
        sampleCounter: 1234,
        count: 2,
      },
      gyro,
      acc,
      mag,
    );
    expect(decoder.decode(viewOf(bytes), batch)).toBe('samples');
    expect(decoder.rejection).toBe('');
    expect(batch.count).toBe(2);
    expect(batch.firstDeviceTicks).toBe(4_294_967_290);
    expect(batch.firstSampleNumber).toBe(1234);
    expect(batch.nominalPeriodMs).toBeCloseTo(1000 / 99.84, 9);
    for (let i = 0; i < 6; i++) {
      if (Number.isNaN(gyro[i])) expect(batch.gyroRadPerS[i]).toBeNaN();
      else expect(Math.abs(batch.gyroRadPerS[i]! - gyro[i]!)).toBeLessThan(0.00054);
      expect(Math.abs(batch.accMetersPerS2[i]! - acc[i]!)).toBeLessThan(0.0012);
      if (Number.isNaN(mag[i])) expect(batch.magMicroTesla[i]).toBeNaN();
      else expect(Math.abs(batch.magMicroTesla[i]! - mag[i]!)).toBeLessThan(0.032);
    }
  });

  it('shows a lost packet as a step of the sample number, in both forms', () => {
    for (const form of ['block', 'single'] as const) {
      const decoder = family.createDecoder('');
      const batch = createSampleBatch(8);
      const numbers: number[] = [];
      for (const counter of [65534, 65535, 65537, 65538]) {
        decoder.decode(
          viewOf(packet({ form, sequence: counter, sampleCounter: counter, rateCentiHz: 10400 })),
          batch,
        );
        numbers.push(batch.firstSampleNumber);
      }
      expect(numbers.map((n) => n - numbers[0]!)).toEqual([0, 1, 3, 4]);
    }
  });

  it('starts its count afresh after a reset', () => {
    const decoder = family.createDecoder('');
    const batch = createSampleBatch(8);
    for (const sequence of [65535, 0]) decoder.decode(viewOf(packet({ form: 'single', sequence })), batch);
    expect(batch.firstSampleNumber).toBe(65536);
    decoder.reset();
    decoder.decode(viewOf(packet({ form: 'single', sequence: 0 })), batch);
    expect(batch.firstSampleNumber).toBe(0);
  });

  it('refuses what does not fit the batch instead of writing past its end', () => {
    const decoder = family.createDecoder('');
    const batch = createSampleBatch(3);
    expect(decoder.decode(viewOf(packet({ count: 4 })), batch)).toBe('rejected');
    expect(decoder.rejection).toBe('4 samples in one packet, room for 3');
    expect(batch.count).toBe(0);
  });

  it('knows a reply from a sample packet, and a broken reply from both', () => {
    const decoder = family.createDecoder('');
    const batch = createSampleBatch(4);
    const reply = encodeReply({ name: 'start', reference: 3 });
    expect(decoder.decode(viewOf(reply), batch)).toBe('reply');
    expect(decoder.decode(viewOf(reply.subarray(0, 3)), batch)).toBe('rejected');
    expect(decoder.rejection).toContain('reply cut');
  });

  it('clears the reason once a good packet follows a bad one', () => {
    const decoder = family.createDecoder('');
    const batch = createSampleBatch(4);
    expect(decoder.decode(viewOf(packet({}).subarray(0, 20)), batch)).toBe('rejected');
    expect(decoder.rejection).toContain('packet cut');
    expect(decoder.decode(viewOf(packet({})), batch)).toBe('samples');
    expect(decoder.rejection).toBe('');
  });

  it('reads through a view with an offset', () => {
    const bytes = packet({ sampleCounter: 77 });
    const padded = new Uint8Array(bytes.length + 9).fill(0xaa);
    padded.set(bytes, 5);
    const batch = createSampleBatch(4);
    const outcome = family.createDecoder('').decode(new DataView(padded.buffer, 5, bytes.length), batch);
    expect(outcome).toBe('samples');
    expect(batch.firstSampleNumber).toBe(77);
  });
});

describe('thora-nano33 decoder on any bytes', () => {
  it('never throws, says why it refuses, and hands over only finite or missing values @slow', () => {
    const decoder = family.createDecoder('');
    const batch = createSampleBatch(4);
    const seen = new Set<string>();
    const nearPacket = fc
      .tuple(fc.constantFrom(0x11, 0x12, 0x14, 0x22), fc.uint8Array({ minLength: 15, maxLength: 60 }))
      .map(([head, rest]) => Uint8Array.of(head, ...rest));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), nearPacket), (bytes) => {
        const outcome = decoder.decode(viewOf(bytes), batch);
        seen.add(outcome);
        expect(decoder.rejection !== '').toBe(outcome === 'rejected');
        expect(batch.count > 0).toBe(outcome === 'samples');
        expect(batch.count).toBeLessThanOrEqual(batch.capacity);
        for (const value of batch.gyroRadPerS) expect(Math.abs(value)).not.toBe(Infinity);
      }),
      { numRuns: 2000 },
    );
    expect(seen).toContain('samples');
    expect(seen).toContain('rejected');
  });
});

describe('thora-nano33 commands', () => {
  const startCommands = (rateHz: number): readonly Uint8Array[] => {
    const turn = family.bluetooth.createDialogue().start({ stream: '', rateHz });
    return turn.next === 'done' ? turn.commands : [];
  };

  it('asks for the firmware, and takes it as it comes', () => {
    const dialogue = family.bluetooth.createDialogue();
    const turn = dialogue.greet();
    const hello = turn.next === 'listen' ? decodeCommand(viewOf(turn.commands[0]!)) : null;
    expect(hello).toMatchObject({ ok: true, command: { name: 'hello' } });
    expect(dialogue.hear(viewOf(encodeReply({ name: 'stop', reference: 1 })))).toBeNull();
    const info = {
      firmwareMajor: 1,
      firmwareMinor: 2,
      firmwarePatch: 3,
      boardCode: 0,
      features: 0,
      mtu: 23,
      nativeRateCentiHz: 10400,
      unitId: 1,
    };
    expect(dialogue.hear(viewOf(encodeReply({ name: 'hello', reference: 8, info })))?.next).toBe('done');
    expect(dialogue.firmware).toBe('1.2.3');
    // A board that says nothing is used all the same.
    expect(dialogue.unanswered().next).toBe('done');
  });

  it('stops, configures and starts, in this order, in words the board understands', () => {
    const read = startCommands(104).map((bytes) => decodeCommand(viewOf(bytes)));
    expect(read.map((r) => (r.ok ? r.command.name : r.status))).toEqual(['stop', 'configure', 'start']);
    const configure = read[1]!;
    expect(configure.ok && configure.command.name === 'configure' && configure.command.configuration).toEqual(
      {
        rateCentiHz: 10400,
        hasMagnetometer: true,
        singleSample: false,
        samplesPerPacket: 4,
      },
    );
  });

  it('sends nothing that does not fit the smallest MTU', () => {
    const all = [...startCommands(208), ...family.bluetooth.stopCommands(), family.bluetooth.identify!.value];
    for (const bytes of all) expect(bytes.length).toBeLessThanOrEqual(20);
  });
});

describe('device registry', () => {
  it('finds every family it lists and no other', () => {
    for (const name of deviceFamilyNames()) expect(deviceFamily(name)?.name).toBe(name);
    expect(deviceFamily('toString')).toBeNull();
    expect(deviceFamily('nano')).toBeNull();
  });
});
