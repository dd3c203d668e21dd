import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchIdle } from '../../src/ui/idle-watch.ts';

const MINUTE_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watch(idleMinutes?: number) {
  const target = new EventTarget();
  const seen = { idleCount: 0, busy: false, clockOffsetMs: 0 };
  const stop = watchIdle({
    target,
    utcMs: () => Date.now() + seen.clockOffsetMs,
    isBusy: () => seen.busy,
    onIdle: () => seen.idleCount++,
    ...(idleMinutes !== undefined && { idleMinutes }),
  });
  return { target, seen, stop };
}

describe('a device that nobody touches', () => {
  it('is idle after ten minutes, counted from the last touch', () => {
    const { target, seen, stop } = watch();
    vi.advanceTimersByTime(9 * MINUTE_MS);
    target.dispatchEvent(new Event('keydown'));
    vi.advanceTimersByTime(9.8 * MINUTE_MS);
    expect(seen.idleCount).toBe(0);
    vi.advanceTimersByTime(0.4 * MINUTE_MS);
    expect(seen.idleCount).toBeGreaterThan(0);
    stop();
    const before = seen.idleCount;
    vi.advanceTimersByTime(60 * MINUTE_MS);
    expect(seen.idleCount).toBe(before);
  });

  it('is idle after the minutes that were chosen', () => {
    const { seen, stop } = watch(2);
    vi.advanceTimersByTime(1.8 * MINUTE_MS);
    expect(seen.idleCount).toBe(0);
    vi.advanceTimersByTime(0.4 * MINUTE_MS);
    expect(seen.idleCount).toBeGreaterThan(0);
    stop();
  });

  it('is never idle in a session, nor right after it', () => {
    const { seen, stop } = watch();
    seen.busy = true;
    vi.advanceTimersByTime(45 * MINUTE_MS);
    seen.busy = false;
    vi.advanceTimersByTime(9.5 * MINUTE_MS);
    expect(seen.idleCount).toBe(0);
    vi.advanceTimersByTime(1 * MINUTE_MS);
    expect(seen.idleCount).toBeGreaterThan(0);
    stop();
  });

  it('is idle at once after it slept for an hour, and not because its clock was set back', () => {
    const { seen, stop } = watch();
    seen.clockOffsetMs = -86_400_000;
    vi.advanceTimersByTime(5 * MINUTE_MS);
    expect(seen.idleCount).toBe(0);
    seen.clockOffsetMs += 3_600_000;
    vi.advanceTimersByTime(10_000);
    expect(seen.idleCount).toBe(1);
    stop();
  });
});
