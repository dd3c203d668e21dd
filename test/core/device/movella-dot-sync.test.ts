import { describe, expect, it } from 'vitest';
import { MOVELLA_DOT_SYNC } from '../../../src/core/device/movella-dot/sync.ts';

const viewOf = (hex: string): DataView => new DataView(Uint8Array.from(Buffer.from(hex, 'hex')).buffer);
const hexOf = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString('hex');
/** The maker's own example: all follow D4:22:CD:AA:BB:CC. */
const START = '020701ccbbaacd22d402';

describe('the sync of a Movella DOT', () => {
  it("starts as in the maker's example, in whichever order the unit states its address", () => {
    expect(hexOf(MOVELLA_DOT_SYNC.requestOf(viewOf('d422cdaabbcc0102')))).toBe(START);
    expect(hexOf(MOVELLA_DOT_SYNC.requestOf(viewOf('ccbbaacd22d4')))).toBe(START);
  });

  it('does not start with what is no address of a unit', () => {
    for (const hex of ['', 'd422cdaabb', '010203040506', 'cd22d4aabbcc'])
      expect(MOVELLA_DOT_SYNC.requestOf(viewOf(hex)), hex).toBeNull();
  });

  it('worked by the answer that the maker gives, however long the characteristic is', () => {
    expect(MOVELLA_DOT_SYNC.outcomeOf(viewOf('02020300f9'))).toBeNull();
    expect(MOVELLA_DOT_SYNC.outcomeOf(viewOf('02020300f9000000'))).toBeNull();
  });

  it('says why it did not work', () => {
    expect(MOVELLA_DOT_SYNC.outcomeOf(viewOf('02020305f4'))).toBe('too few samples');
    expect(MOVELLA_DOT_SYNC.outcomeOf(viewOf('02020309f0'))).toBe('it did not begin');
    expect(MOVELLA_DOT_SYNC.outcomeOf(viewOf('0202036396'))).toBe('result 99');
    // The state of the sync, a checksum that is off, a cut answer, an answer of another service.
    for (const hex of ['02025104a7', '02020300f8', '020203', '', '01020300fa'])
      expect(MOVELLA_DOT_SYNC.outcomeOf(viewOf(hex)), hex).toBe('no answer to the start');
  });
});
