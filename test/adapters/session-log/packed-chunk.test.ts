import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  PackedChunkBuilder,
  squeezeChunk,
  unpackChunk,
  type PackedChunk,
} from '../../../src/adapters/session-log/packed-chunk.ts';
import { createSessionDatabase } from '../../../src/adapters/session-log/session-database.ts';
import { SessionRepository } from '../../../src/adapters/session-log/session-repository.ts';
import { crc32 } from '../../../src/core/recording/crc32.ts';
import { recordingInputs, type RecordedInput } from '../../../src/core/recording/recording-inputs.ts';
import { createVirtualPerson } from '../../../src/core/simulation/virtual-person.ts';
import { FakeLocks } from '../fake-locks.ts';
import { EMPTY_RESULT, startOf } from '../session-inputs.ts';

const MINUTES = process.env['THORA_LONG'] ? 30 : 1;
const ROLES = ['upperBack', 'lowerBack', 'upperArmRight'] as const;
/** Key, field names and what else a row costs beside its bytes. */
const ROW_COST_BYTES = 250;
const TARGET_BYTES_PER_MINUTE = 10e6 / 30;

function chunkOf(packets: readonly { order: number; hostTimeMs: number; bytes: Uint8Array }[]): PackedChunk {
  const builder = new PackedChunkBuilder();
  for (const { order, hostTimeMs, bytes } of packets) builder.append(order, hostTimeMs, bytes);
  return builder.seal();
}

const anyPacket = (bytes: fc.Arbitrary<Uint8Array>) =>
  fc.record({
    order: fc.integer({ min: 0, max: 0xffffffff }),
    hostTimeMs: fc.double(),
    bytes,
  });
const packets = fc.oneof(
  fc.array(anyPacket(fc.uint8Array({ maxLength: 90 })), { minLength: 1, maxLength: 40 }),
  fc.array(anyPacket(fc.uint8Array({ minLength: 20, maxLength: 20 })), { minLength: 1, maxLength: 40 }),
);

describe('a chunk made smaller', () => {
  it('gives every byte back, whatever the packets are', () => {
    fc.assert(
      fc.property(packets, (list) => {
        const chunk = chunkOf(list);
        const squeezed = squeezeChunk(chunk);
        expect(squeezed.bytes.byteLength).toBeLessThanOrEqual(chunk.bytes.byteLength);
        expect(unpackChunk(squeezed)).toEqual(unpackChunk(chunk));
        expect(unpackChunk(squeezed)?.map(({ bytes }) => [...bytes])).toEqual(
          list.map(({ bytes }) => [...bytes]),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('is left out when it is damaged, or says of itself what is not so', () => {
    const still = { order: 1, hostTimeMs: 5, bytes: new Uint8Array(64) };
    const squeezed = squeezeChunk(chunkOf(Array.from({ length: 30 }, () => still)));
    expect(squeezed.squeezed).toMatchObject({ stride: 80, byteCount: 2400 });
    const flipped = squeezed.bytes.slice();
    flipped[3]! ^= 0x10;
    expect(unpackChunk({ ...squeezed, bytes: flipped })).toBeNull();
    // With the checksum made to fit.
    for (let at = 0; at < flipped.length; at++) {
      const bytes = squeezed.bytes.slice();
      bytes[at]! ^= 0xff;
      const told = unpackChunk({ ...squeezed, bytes, crc: crc32(bytes) });
      expect(told === null || told.length === squeezed.count).toBe(true);
    }
    for (const said of [
      { stride: 80, byteCount: 2480 },
      { stride: 7, byteCount: 2400 },
      { stride: 0, byteCount: 2400 },
      { stride: 1, byteCount: 2 ** 31 },
      { stride: 80, byteCount: 80 },
    ])
      expect(unpackChunk({ ...squeezed, squeezed: said })).toBeNull();
  });
});

describe('a finished session of three nine-axis sensors', () => {
  it(
    'takes no more room than it may, and is the same to the byte @slow',
    async () => {
      const database = createSessionDatabase('log', { indexedDB: new IDBFactory(), IDBKeyRange });
      const log = new SessionRepository(database, new FakeLocks());
      let stored = -1;
      const recorder = await log.open(startOf('a'), {
        onStored: (order) => (stored = order),
        onTrouble: (trouble) => expect.fail(trouble.kind),
      });
      if (recorder === 'recordingElsewhere') throw new Error('The lock should be free.');
      const person = createVirtualPerson(ROLES, 3, {
        startHostTimeMs: 0,
        rateHz: 104,
        // A field too weak to matter: with it, all sensors send their magnetometers.
        conditions: { magnetMicroTesla: 1e-9 },
      });
      let order = 0;
      const inputs: RecordedInput[] = [];
      person.sensors.forEach((sensor, i) => {
        const command = { kind: 'attachSensor', sensor, role: ROLES[i]! } as const;
        recorder.appendCommand(order, 0, command);
        inputs.push({ kind: 'command', order: order++, hostTimeMs: 0, command });
      });
      let rawBytes = 0;
      for (let timeMs = 0; timeMs < MINUTES * 60_000; timeMs += 40) {
        if (timeMs % 60_000 === 20_000) person.perform({ kind: 'standTall' });
        if (timeMs % 60_000 === 24_000)
          person.perform({ kind: 'exercise', exerciseId: 'E01', side: null, repetitions: 4 });
        person.advanceTo(timeMs, (packet) => {
          rawBytes += packet.bytes.byteLength;
          recorder.appendPacket(order, packet);
          inputs.push({ kind: 'packet', order: order++, ...packet, bytes: packet.bytes.slice() });
        });
        // As at home, where the disk has time to follow.
        if (timeMs % 2000 === 0) await vi.waitFor(() => expect(stored).toBeGreaterThan(order - 150));
      }
      await recorder.finish(EMPTY_RESULT);
      expect([...recordingInputs(await log.readRecording('a'))]).toEqual(inputs);
      const rows = (await database.chunks.toArray()) as unknown as PackedChunk[];
      const storedBytes = rows.reduce((sum, { bytes }) => sum + bytes.byteLength + ROW_COST_BYTES, 0);
      expect(storedBytes).toBeLessThan(MINUTES * TARGET_BYTES_PER_MINUTE);
      console.log(
        `${MINUTES} min of three thora-nano33 with 9 axes at 104 Hz: ${(rawBytes / 1e6).toFixed(2)} MB of packets ` +
          `stored in ${(storedBytes / 1e6).toFixed(2)} MB, ${rows.length} rows.`,
      );
    },
    process.env['THORA_LONG'] ? 900_000 : 60_000,
  );
});
