import { describe, expect, it } from 'vitest';
import { untilReadsArrived } from '../../support/emulated-radio.ts';

describe('a link that the emulation makes fall', () => {
  it('does not wait for a read whose answer was on its way to the page', async () => {
    // One read waits here, another was answered when the link began to fall: the page gets the answer and reads no more.
    const begun = [2, 2, 1];
    const startMs = performance.now();
    await untilReadsArrived(
      () => 1,
      async () => begun.shift() ?? 1,
      4000,
    );
    expect(performance.now() - startMs).toBeLessThan(1000);
    expect(begun).toEqual([]);
  });

  it('waits for a read that arrives late, and no longer than its patience for one that never comes', async () => {
    let arrived = 0;
    setTimeout(() => (arrived = 1), 30);
    await untilReadsArrived(
      () => arrived,
      async () => 1,
      4000,
    );
    expect(arrived).toBe(1);
    const startMs = performance.now();
    await untilReadsArrived(
      () => 1,
      async () => 2,
      50,
    );
    expect(performance.now() - startMs).toBeGreaterThan(40);
  });
});
