import { describe, expect, it } from 'vitest';
import { keepAwake } from '../../src/ui/hooks/keep-awake.ts';

/** A page and a screen lock as a browser has them: hiding the page takes the lock away. */
function createPage() {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState });
  const held = new Set<EventTarget>();
  let requests = 0;
  let refuses = false;
  const wakeLock = {
    request: () => {
      requests++;
      if (refuses) return Promise.reject(new DOMException('low battery', 'NotAllowedError'));
      const lock = new EventTarget();
      held.add(lock);
      const release = () => {
        held.delete(lock);
        lock.dispatchEvent(new Event('release'));
        return Promise.resolve();
      };
      return Promise.resolve(Object.assign(lock, { release }) as unknown as WakeLockSentinel);
    },
  };
  const show = async (state: DocumentVisibilityState) => {
    page.visibilityState = state;
    if (state === 'hidden') for (const lock of held) void (lock as unknown as WakeLockSentinel).release();
    page.dispatchEvent(new Event('visibilitychange'));
    await settle();
  };
  return {
    ports: { wakeLock, page },
    show,
    heldCount: () => held.size,
    requestCount: () => requests,
    refuse: (value: boolean) => (refuses = value),
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('a screen that stays on', () => {
  it('is asked for again after the page was hidden, once', async () => {
    const { ports, show, heldCount, requestCount } = createPage();
    const stop = keepAwake(ports);
    await settle();
    expect(heldCount()).toBe(1);
    await show('hidden');
    expect(heldCount()).toBe(0);
    await show('visible');
    await show('visible');
    expect(heldCount()).toBe(1);
    expect(requestCount()).toBe(2);
    stop();
    await settle();
    expect(heldCount()).toBe(0);
    await show('visible');
    expect(heldCount()).toBe(0);
  });

  it('is let go although the answer comes after the end', async () => {
    const { ports, heldCount } = createPage();
    keepAwake(ports)();
    await settle();
    expect(heldCount()).toBe(0);
  });

  it('is asked for at the next return where it was refused', async () => {
    const { ports, show, heldCount, refuse } = createPage();
    refuse(true);
    keepAwake(ports);
    await settle();
    expect(heldCount()).toBe(0);
    refuse(false);
    await show('hidden');
    await show('visible');
    expect(heldCount()).toBe(1);
  });
});
