import type { Page } from '@playwright/test';

/** So many times as fast as the clock on the wall: a busy machine still draws what happens. */
const TIMES = 4;

interface Paced {
  setPace?: (times: number) => void;
}

/**
 * Gives the window a clock whose pace a test sets. The virtual kit lives on that clock, and countdowns and rests do; the
 * calendar and the worker keep their own time: the worker is driven by the stamps that come with packets. Not for what is
 * about real time, such as a radio, a killed page or a stopwatch. Before the page is opened;
 * asked for twice, it is the same clock.
 */
export async function letPaceBeSet(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if ('setPace' in globalThis) return;
    const { setTimeout: later, clearTimeout: forget, requestAnimationFrame: frame } = globalThis;
    const now = performance.now.bind(performance);
    const stamp = Object.getOwnPropertyDescriptor(Event.prototype, 'timeStamp');
    const waiting = new Map<
      number,
      { readonly dueMs: number; readonly call: () => void; real: ReturnType<typeof setTimeout> | undefined }
    >();
    let pace = 1,
      shiftMs = 0,
      lastId = 0;
    const paced = (ms: number): number => pace * ms + shiftMs;
    const arm = (id: number): void => {
      const timer = waiting.get(id);
      if (timer === undefined) return;
      forget(timer.real);
      timer.real = later(timer.call, (timer.dueMs - paced(now())) / pace);
    };
    performance.now = () => paced(now());
    Object.defineProperty(Event.prototype, 'timeStamp', {
      configurable: true,
      get(this: Event) {
        return paced(stamp?.get?.call(this) as number);
      },
    });
    Object.assign(globalThis, {
      requestAnimationFrame: (callback: FrameRequestCallback) => frame((ms) => callback(paced(ms))),
      setTimeout: (handler: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
        const id = ++lastId;
        const call = (): void => {
          waiting.delete(id);
          handler(...given);
        };
        waiting.set(id, { dueMs: paced(now()) + ms, call, real: undefined });
        arm(id);
        return id;
      },
      clearTimeout: (id: number) => {
        const timer = waiting.get(id);
        waiting.delete(id);
        if (timer !== undefined) forget(timer.real);
      },
      setPace: (times: number) => {
        shiftMs += (pace - times) * now();
        pace = times;
        for (const id of waiting.keys()) arm(id);
      },
    });
  });
}

/** Waits for something while the window's time runs fast, where {@link letPaceBeSet} was called. */
export async function hurried<T>(page: Page, wait: () => Promise<T>): Promise<T> {
  const setPace = (times: number): Promise<void> =>
    page.evaluate((pace) => (globalThis as unknown as Paced).setPace?.(pace), times);
  await setPace(TIMES);
  try {
    return await wait();
  } finally {
    await setPace(1).catch(() => undefined);
  }
}
