import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../../src/core/recording/base64url.ts';

it('writes as Node does, and reads back what it wrote', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = toBase64Url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect([...fromBase64Url(text)!]).toEqual([...bytes]);
    }),
  );
  for (const text of ['a', 'abcde', 'ab+d', 'ab=='] as const) expect(fromBase64Url(text)).toBeNull();
});
