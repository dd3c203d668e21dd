import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
  LinkError,
  linkFragment,
  LONGEST_LINK_CHARS,
  readLinkFragment,
} from '../../../src/core/recording/link-file.ts';
import { CARD_FORMAT, writeCard } from '../../../src/core/recording/party-card.ts';
import { createParty } from '../../support/hand-over-parties.ts';

const asFragment = (packed: Uint8Array): string => `take=${Buffer.from(packed).toString('base64url')}`;
const codeOf = (fragment: string): string => {
  try {
    readLinkFragment(fragment);
    return 'taken';
  } catch (error) {
    return error instanceof LinkError ? error.code : `thrown: ${String(error)}`;
  }
};

describe('a file within a link', () => {
  it('comes out as it went in, of whatever text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2_000 }), (text) => {
        const bytes = strToU8(JSON.stringify({ format: CARD_FORMAT, text }));
        const { kind, bytes: read } = readLinkFragment(linkFragment(bytes));
        expect(kind).toBe('card');
        expect([...read]).toEqual([...bytes]);
      }),
    );
  });

  it('fits a code with a card in it, name and all', async () => {
    const { card, crypto } = await createParty('clinic', 'clinic-1');
    const content = {
      card: { ...card, name: 'C'.repeat(40) },
      patientId: 'a'.repeat(40),
      patientName: 'Ana '.repeat(10),
    };
    const fragment = linkFragment(await writeCard(content, crypto));
    expect(fragment.length).toBeLessThan(LONGEST_LINK_CHARS - 200);
    expect(fragment).toMatch(/^take=[\w-]+$/);
  });

  it('refuses by name what is too long, no link, cut, of another kind, or unfolds to too much', () => {
    expect(codeOf(`take=${'a'.repeat(9_000)}`)).toBe('tooLong');
    expect(codeOf('give=abcd')).toBe('notALink');
    expect(codeOf('take=')).toBe('notALink');
    expect(codeOf('take=a b')).toBe('notALink');
    expect(codeOf('take=%3Cscript%3E')).toBe('notALink');
    const whole = linkFragment(strToU8(JSON.stringify({ format: CARD_FORMAT, text: 'abcdefgh' })));
    expect(codeOf(whole.slice(0, -8))).not.toBe('taken');
    expect(codeOf(linkFragment(strToU8('{"format":"thora-backup"}')))).toBe('unknownKind');
    expect(codeOf(linkFragment(strToU8('null')))).toBe('unknownKind');
    expect(codeOf(linkFragment(strToU8('not JSON')))).toBe('damaged');
    const bomb = deflateSync(new Uint8Array(4_000_000).fill(32), { level: 9 });
    expect(asFragment(bomb).length).toBeLessThan(8_000);
    expect(codeOf(asFragment(bomb))).toBe('tooLarge');
  });

  it('throws nothing but LinkError, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
        expect(codeOf(asFragment(bytes))).not.toMatch(/^thrown/);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(codeOf(`take=${text}`)).not.toMatch(/^thrown/);
      }),
    );
  });
});
