import { expect, test } from 'vitest';
import { FigurePace } from '../../src/ui/figure-pace.ts';

/** Runs frames of one length; gives the time of the last one. */
function run(pace: FigurePace, fromMs: number, frameMs: number, count: number): number {
  for (let i = 1; i <= count; i++) pace.noteFrame(fromMs + i * frameMs);
  return fromMs + count * frameMs;
}

test('a quick device draws every frame with every pixel', () => {
  const pace = new FigurePace(false);
  run(pace, 0, 16, 1000);
  expect(pace).toMatchObject({ detail: 1, leastGapMs: 0 });
});

test('a slow one gives up pixels first, then pictures', () => {
  const pace = new FigurePace(false);
  const endMs = run(pace, 0, 60, 60);
  expect(pace.detail).toBeLessThan(1);
  expect(pace.leastGapMs).toBe(0);
  run(pace, endMs, 60, 200);
  expect(pace).toMatchObject({ detail: 0.5, leastGapMs: 100 });
});

test('it gets them back when it is quick again, three times at most', () => {
  const pace = new FigurePace(false);
  let nowMs = 0;
  let raises = 0;
  for (let i = 0; i < 8; i++) {
    nowMs = run(pace, nowMs, 60, 300);
    const before = pace.detail;
    nowMs = run(pace, nowMs, 16, 400);
    if (pace.detail > before) raises++;
  }
  expect(raises).toBeGreaterThan(0);
  expect(raises).toBeLessThanOrEqual(3);
  expect(pace.detail).toBe(0.5);
});

test('without a graphics card it starts slow and stays so, however quick the page is', () => {
  const pace = new FigurePace(true);
  run(pace, 0, 16, 2000);
  expect(pace).toMatchObject({ detail: 0.5, leastGapMs: 100 });
});
