import { describe, expect, it } from 'vitest';
import { createDevice } from './people-bench.ts';

const passphrase = (typed: string) => ({ kind: 'passphrase', passphrase: typed }) as const;

async function lockedDoor() {
  const device = createDevice();
  const door = device.openDoor();
  const code = await door.prepare('heron at dusk');
  await door.set();
  return { device, door, code };
}

describe('the door of who looks after patients', () => {
  it('stands open until it gets a lock', async () => {
    const device = createDevice();
    const door = device.openDoor();
    expect(door.state()).toEqual({ kind: 'opening' });
    expect(await door.unlock(passphrase('anything'))).toBe('open');
    expect(door.state()).toEqual({ kind: 'none' });
    expect(device.stretched).toEqual([]);
  });

  it('opens for who set its lock, and in no other tab without the passphrase or the code', async () => {
    const { device, door, code } = await lockedDoor();
    expect(door.state()).toEqual({ kind: 'open' });
    const other = device.openDoor();
    expect(await other.unlock(passphrase('heron at dawn'))).toBe('wrong');
    expect(other.state()).toEqual({ kind: 'locked', waitMs: 0 });
    expect(await other.unlock(passphrase(' heron at dusk'))).toBe('open');
    expect(other.state()).toEqual({ kind: 'open' });
    await other.lock();
    expect(other.state()).toMatchObject({ kind: 'locked' });
    expect(door.state()).toEqual({ kind: 'open' });
    expect(await other.unlock({ kind: 'code', code: code.toLowerCase() })).toBe('open');
  });

  it('shuts in tabs that stood before it when the lock comes, and opens in all when it goes', async () => {
    const device = createDevice();
    const [door, other] = [device.openDoor(), device.openDoor()];
    await door.prepare('heron at dusk');
    await door.set();
    await expect.poll(() => other.state().kind).toBe('locked');
    await door.confirm(passphrase('heron at dusk'));
    await door.remove();
    await expect.poll(() => other.state().kind).toBe('none');
  });

  it('is changed or set free by nobody who only sits before it @slow', async () => {
    const { device, door, code } = await lockedDoor();
    await expect(door.prepare('otter at dawn')).rejects.toMatchObject({ code: 'locked' });
    await expect(door.remove()).rejects.toMatchObject({ code: 'locked' });
    expect(await door.confirm(passphrase('no'))).toBe('wrong');
    await expect(door.remove()).rejects.toMatchObject({ code: 'locked' });
    expect(await door.confirm({ kind: 'code', code })).toBe('open');
    const newCode = await door.prepare('otter at dawn');
    await door.set();
    // Once for each change.
    await expect(door.remove()).rejects.toMatchObject({ code: 'locked' });
    const next = device.openDoor();
    expect(await next.unlock(passphrase('heron at dusk'))).toBe('wrong');
    expect(await next.unlock({ kind: 'code', code })).toBe('wrong');
    expect(await next.unlock({ kind: 'code', code: newCode })).toBe('open');
    expect(await next.confirm(passphrase('otter at dawn'))).toBe('open');
    await next.remove();
    expect(next.state()).toEqual({ kind: 'none' });
    const tab = device.openTab();
    await tab.storage();
    expect((await tab.events(9)).map(({ event }) => event)).toEqual([
      'doorLockRemoved',
      'doorLockChanged',
      'doorLockSet',
    ]);
  });

  it('waits longer after each failure, for those who try to confirm too, and no clock shortens it', async () => {
    const { device, door } = await lockedDoor();
    for (let i = 0; i < 3; i++) expect(await device.openDoor().unlock(passphrase('no'))).toBe('wrong');
    const paid = device.stretched.length;
    const next = device.openDoor();
    expect(await next.unlock(passphrase('heron at dusk'))).toBe('wait');
    expect(await door.confirm(passphrase('heron at dusk'))).toBe('wait');
    expect(next.state()).toMatchObject({ kind: 'locked' });
    const { waitMs } = next.state() as { waitMs: number };
    expect(waitMs).toBeGreaterThan(4_900);
    device.clock.utcMs -= 86_400_000;
    expect(await next.unlock(passphrase('heron at dusk'))).toBe('wait');
    expect(device.stretched).toHaveLength(paid);
    device.clock.utcMs += 86_400_000 + 5_000;
    expect(await next.unlock(passphrase('heron at dusk'))).toBe('open');
  });
});
