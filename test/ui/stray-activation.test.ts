import { describe, expect, it } from 'vitest';
import { isStray } from '../../src/ui/stray-activation.ts';

describe('a press on what has just appeared', () => {
  it.each([
    ['pressed before it appeared, handled after', -20, true],
    ['the second half of a double click', 150, true],
    ['a slow double click', 399, true],
    ['a press of someone who saw it', 400, false],
  ])('%s', (_name, afterMs, stray) => {
    expect(isStray(5000 + afterMs, 5000)).toBe(stray);
  });
});
