import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockBytes,
  blockCapacity,
  createSampleHeader,
  describeSampleFault,
  encodeSamplePacket,
  MAX_SAMPLES_PER_PACKET,
  readSampleHeader,
  readSamplesInto,
} from '../../firmware-protocol/typescript/sample-packet.ts';
import type { SampleHeader } from '../../firmware-protocol/typescript/sample-packet.ts';
import {
  ACC_METERS_PER_S2_PER_COUNT,
  fromCount,
  GYRO_RAD_PER_S_PER_COUNT,
  MAG_MICRO_TESLA_PER_COUNT,
  toCount,
} from '../../firmware-protocol/typescript/scale.ts';
import { bytesOf, hexOf, SAMPLE_VECTORS, SCALE_VECTORS, viewOf } from './shared-vectors.ts';

const SCALES = [GYRO_RAD_PER_S_PER_COUNT, ACC_METERS_PER_S2_PER_COUNT, MAG_MICRO_TESLA_PER_COUNT];

/** gyro, acc, mag of a packet that is accepted, in SI. */
function read(view: DataView): { header: SampleHeader; values: Float64Array[] } {
  const header = createSampleHeader();
  expect(readSampleHeader(view, header)).toBe('');
  const values = SCALES.map(() => new Float64Array(3 * header.count));
  readSamplesInto(view, header, values[0]!, values[1]!, values[2]!);
  return { header, values };
}

const valueWithin = (limit: number) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.double({ min: -limit, max: limit, noNaN: true }) },
    { weight: 1, arbitrary: fc.constant(NaN) },
  );

const packetArbitrary = fc
  .record({
    form: fc.constantFrom<'block' | 'single'>('block', 'single'),
    mag: fc.boolean(),
    sequence: fc.integer({ min: 0, max: 65535 }),
    rate: fc.integer({ min: 1, max: 65535 }),
    deviceTimeUs: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    sampleCounter: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    count: fc.integer({ min: 1, max: MAX_SAMPLES_PER_PACKET }),
  })
  .chain((r) => {
    const single = r.form === 'single';
    const header: SampleHeader = {
      form: r.form,
      hasMagnetometer: single ? false : r.mag,
      sequence: r.sequence,
      rateCentiHz: single ? ((r.rate % 255) + 1) * 100 : r.rate,
      deviceTimeUs: r.deviceTimeUs,
      sampleCounter: single ? r.sequence : r.sampleCounter,
      count: single ? 1 : r.mag ? Math.min(r.count, 27) : r.count,
    };
    const triple = (limit: number) =>
      fc.array(valueWithin(limit), { minLength: 3 * header.count, maxLength: 3 * header.count });
    return fc.tuple(
      fc.constant(header),
      triple(32767 * SCALES[0]!),
      triple(32767 * SCALES[1]!),
      triple(32767 * SCALES[2]!),
    );
  });

describe('sample packets: shared vectors', () => {
  it.each(SAMPLE_VECTORS.accepted)('reads $name', ({ hex, header, counts }) => {
    const { header: got, values } = read(viewOf(bytesOf(hex)));
    expect(got).toEqual(header);
    counts.forEach((sample, i) => {
      for (let axis = 0; axis < 9; axis++) {
        const kind = Math.floor(axis / 3);
        const expected = fromCount(sample[axis] ?? -32768, SCALES[kind]!);
        expect(values[kind]![3 * i + (axis % 3)]).toBe(expected);
      }
    });
  });

  it.each(SAMPLE_VECTORS.accepted)('writes $name', ({ hex, header }) => {
    const { values } = read(viewOf(bytesOf(hex)));
    expect(hexOf(encodeSamplePacket(header, values[0]!, values[1]!, values[2]!))).toBe(hex);
  });

  it.each(SAMPLE_VECTORS.refused)('refuses $name', ({ hex, fault, words }) => {
    const view = viewOf(bytesOf(hex));
    expect(readSampleHeader(view, createSampleHeader())).toBe(fault);
    expect(describeSampleFault(view, fault)).toContain(words);
  });

  it.each(SCALE_VECTORS.conversions)('counts $note of $quantity', ({ quantity, value, count }) => {
    const scale = SCALES[['gyro', 'acc', 'mag'].indexOf(quantity)]!;
    expect(toCount(value ?? NaN, scale)).toBe(count);
  });
});

describe('sample packets: laws', () => {
  it('decode(encode(x)) is x within half a count, headers exactly', () => {
    fc.assert(
      fc.property(packetArbitrary, ([header, ...values]) => {
        const bytes = encodeSamplePacket(header, values[0], values[1], values[2]);
        const got = read(viewOf(bytes));
        expect(got.header).toEqual(header);
        values.forEach((sent, kind) => {
          sent.forEach((value, i) => {
            const received = got.values[kind]![i]!;
            if (Number.isNaN(value) || (kind === 2 && !header.hasMagnetometer)) expect(received).toBeNaN();
            else expect(Math.abs(received - value)).toBeLessThanOrEqual(SCALES[kind]! * 0.5000001);
          });
        });
      }),
    );
  });

  it('refuses every prefix and every longer form of a good packet', () => {
    fc.assert(
      fc.property(
        packetArbitrary,
        fc.uint8Array({ minLength: 1, maxLength: 30 }),
        ([header, g, a, m], tail) => {
          const bytes = encodeSamplePacket(header, g, a, m);
          const out = createSampleHeader();
          for (let size = 0; size < bytes.length; size++) {
            const view = new DataView(bytes.buffer, 0, size);
            const fault = readSampleHeader(view, out);
            expect(fault).not.toBe('');
            expect(describeSampleFault(view, fault)).not.toBe('');
          }
          expect(readSampleHeader(viewOf(Uint8Array.of(...bytes, ...tail)), out)).toBe('overLong');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never throws and never reads outside the view, whatever the bytes', () => {
    const mostlyPlausible = fc
      .tuple(fc.constantFrom(0x11, 0x12, 0x13, 0x14, 0x21), fc.uint8Array({ maxLength: 300 }))
      .map(([head, rest]) => Uint8Array.of(head, ...rest));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), mostlyPlausible), (bytes) => {
        const view = viewOf(bytes);
        const header = createSampleHeader();
        const fault = readSampleHeader(view, header);
        if (fault === '') read(view);
        else expect(describeSampleFault(view, fault).length).toBeGreaterThan(5);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads the same through a view with an offset', () => {
    fc.assert(
      fc.property(packetArbitrary, fc.integer({ min: 1, max: 9 }), ([header, g, a, m], offset) => {
        const bytes = encodeSamplePacket(header, g, a, m);
        const padded = new Uint8Array(bytes.length + offset + 4).fill(0xee);
        padded.set(bytes, offset);
        const direct = read(viewOf(bytes));
        const shifted = read(new DataView(padded.buffer, offset, bytes.length));
        expect(shifted).toEqual(direct);
      }),
    );
  });

  it('a header that was refused leaves the last good one untouched', () => {
    const header = createSampleHeader();
    expect(readSampleHeader(viewOf(bytesOf(SAMPLE_VECTORS.accepted[1]!.hex)), header)).toBe('');
    const before = { ...header };
    for (const { hex } of SAMPLE_VECTORS.refused) readSampleHeader(viewOf(bytesOf(hex)), header);
    expect(header).toEqual(before);
  });
});

describe('sample packets: sizes', () => {
  it('a block filled to its capacity fits the MTU, one sample more does not', () => {
    for (const mag of [false, true]) {
      for (let mtu = 23; mtu <= 517; mtu++) {
        const count = blockCapacity(mtu, mag);
        if (count > 0) expect(blockBytes(count, mag)).toBeLessThanOrEqual(mtu - 3);
        if (count < MAX_SAMPLES_PER_PACKET) expect(blockBytes(count + 1, mag)).toBeGreaterThan(mtu - 3);
      }
    }
    expect(blockCapacity(23, false)).toBe(0);
    expect(blockCapacity(247, true)).toBe(12);
  });

  it('wraps running totals itself', () => {
    const zero = [0, 0, 0];
    const bytes = encodeSamplePacket(
      {
        ...createSampleHeader(),
        rateCentiHz: 10400,
        count: 1,
        sequence: 65536 + 3,
        sampleCounter: 2 ** 32 + 4,
        deviceTimeUs: 2 ** 32 + 5,
      },
      zero,
      zero,
      null,
    );
    expect(read(viewOf(bytes)).header).toMatchObject({ sequence: 3, sampleCounter: 4, deviceTimeUs: 5 });
  });

  it('refuses to write what no reader would accept', () => {
    const zero = new Float64Array(3 * 41);
    const base = { ...createSampleHeader(), rateCentiHz: 10400, count: 1 };
    const write = (more: Partial<SampleHeader>) => () =>
      encodeSamplePacket({ ...base, ...more }, zero, zero, null);
    expect(write({ count: 0 })).toThrow(/count 0/);
    expect(write({ count: 41 })).toThrow(/count 41/);
    expect(() => encodeSamplePacket({ ...base, count: 28, hasMagnetometer: true }, zero, zero, zero)).toThrow(
      /512/,
    );
    expect(write({ rateCentiHz: 0 })).toThrow(/rateCentiHz 0/);
    expect(write({ hasMagnetometer: true })).toThrow(/magnetometer/);
    expect(write({ form: 'single', count: 2 })).toThrow(/one sample/);
    expect(write({ form: 'single', rateCentiHz: 30000 })).toThrow(/255 Hz/);
  });
});
