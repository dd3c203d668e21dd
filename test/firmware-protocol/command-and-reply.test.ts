import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCommand, encodeCommand } from '../../firmware-protocol/typescript/command.ts';
import { decodeReply, encodeReply } from '../../firmware-protocol/typescript/reply.ts';
import { bytesOf, COMMAND_VECTORS, hexOf, REPLY_VECTORS, viewOf } from './shared-vectors.ts';

describe('commands', () => {
  it.each(COMMAND_VECTORS.accepted)('$name', ({ hex, command }) => {
    expect(hexOf(encodeCommand(command))).toBe(hex);
    expect(decodeCommand(viewOf(bytesOf(hex)))).toEqual({ ok: true, command });
  });

  it.each(COMMAND_VECTORS.refused)('refuses $name', ({ hex, status, opcode, reference, faultyByte }) => {
    expect(decodeCommand(viewOf(bytesOf(hex)))).toEqual({ ok: false, status, opcode, reference, faultyByte });
  });

  it('refuses every prefix of a good one', () => {
    for (const { hex } of COMMAND_VECTORS.accepted) {
      const bytes = bytesOf(hex);
      for (let size = 0; size < bytes.length; size++)
        expect(decodeCommand(new DataView(bytes.buffer, 0, size)).ok).toBe(false);
    }
  });

  it('answers any bytes: what is accepted is written back the same', () => {
    const plausible = fc
      .tuple(fc.integer({ min: 0, max: 12 }), fc.uint8Array({ maxLength: 12 }))
      .map(([opcode, rest]) => Uint8Array.of(0x13, opcode, ...rest));
    fc.assert(
      fc.property(fc.oneof(plausible, fc.uint8Array({ maxLength: 24 })), (bytes) => {
        const reading = decodeCommand(viewOf(bytes));
        if (reading.ok) expect(hexOf(encodeCommand(reading.command))).toBe(hexOf(bytes));
        else expect(encodeReply({ name: 'error', ...reading })).toHaveLength(5);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('replies', () => {
  it.each(REPLY_VECTORS.accepted)('$name', ({ hex, reply }) => {
    expect(hexOf(encodeReply(reply))).toBe(hex);
    expect(decodeReply(viewOf(bytesOf(hex)))).toEqual(reply);
  });

  it.each(REPLY_VECTORS.refused)('refuses $name', ({ hex, words }) => {
    expect(decodeReply(viewOf(bytesOf(hex)))).toContain(words);
  });

  it('refuses every prefix of a good one', () => {
    for (const { hex } of REPLY_VECTORS.accepted) {
      const bytes = bytesOf(hex);
      for (let size = 0; size < bytes.length; size++)
        expect(typeof decodeReply(new DataView(bytes.buffer, 0, size))).toBe('string');
    }
  });

  it('takes any bytes: what is accepted is written back the same', () => {
    const plausible = fc
      .tuple(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 0, max: 8 }),
        fc.uint8Array({ maxLength: 16 }),
      )
      .map(([opcode, status, rest]) => Uint8Array.of(0x14, opcode, 1, status, ...rest));
    fc.assert(
      fc.property(fc.oneof(plausible, fc.uint8Array({ maxLength: 24 })), (bytes) => {
        const reply = decodeReply(viewOf(bytes));
        if (typeof reply === 'string') expect(reply.length).toBeGreaterThan(5);
        else expect(hexOf(encodeReply(reply))).toBe(hexOf(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  it('everything fits the smallest MTU', () => {
    for (const { hex } of [...COMMAND_VECTORS.accepted, ...REPLY_VECTORS.accepted])
      expect(hex.length / 2).toBeLessThanOrEqual(20);
  });
});
