import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fileReserve,
  reserveFileName,
  type WaitingResult,
} from '../../../src/adapters/session-log/result-reserve.ts';
import { FakeFiles } from '../fake-files.ts';
import { EMPTY_RESULT, startOf } from '../session-inputs.ts';

const FILE = reserveFileName('log');

function waitingResult(sessionId: string, sealed?: Uint8Array): WaitingResult {
  const clear = { ...startOf(sessionId), origin: 'recorded', state: 'finished' } as const;
  const open = { firstHostTimeMs: NaN, lastHostTimeMs: -0, roles: [], result: EMPTY_RESULT };
  return { row: sealed === undefined ? { ...clear, ...open } : { ...clear, sealed }, isNew: false };
}

function createBench() {
  const disk = new FakeFiles();
  return { disk, reserve: fileReserve(disk.openFolder, 'log') };
}

const sealedBytes = fc.option(fc.uint8Array({ minLength: 1, maxLength: 5000 }), { nil: undefined });

describe('the room that is held for results', () => {
  it('takes results on a disk that is full, and gives them back as they were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sealedBytes, { maxLength: 6 }), async (written) => {
        const { disk, reserve } = createBench();
        expect(await reserve.hold()).toBe(true);
        disk.isFull = true;
        const results = written.map((bytes, i) => waitingResult(`s${i}`, bytes));
        for (const [i, result] of results.entries()) {
          if (i === 1) await reserve.giveBack();
          expect(await reserve.write(result)).toBe(true);
        }
        expect(await reserve.read()).toEqual(results);
      }),
      { numRuns: 20 },
    );
  });

  it('gives back half of it, and never what was written', async () => {
    const { disk, reserve } = createBench();
    await reserve.hold();
    const whole = disk.files.get(FILE)!.length;
    const long = waitingResult('long', new Uint8Array(1_200_000).fill(7));
    expect(await reserve.write(long)).toBe(true);
    await reserve.giveBack();
    expect(disk.files.get(FILE)!.length).toBeLessThan(whole);
    const [kept] = await reserve.read();
    expect(Buffer.compare(kept!.row.sealed!, long.row.sealed!)).toBe(0);

    const other = createBench();
    await other.reserve.hold();
    await other.reserve.giveBack();
    expect(other.disk.files.get(FILE)!.length).toBe(whole / 2);
  });

  it('says so where there is none: a full disk, no files, a result that is too long', async () => {
    const { disk, reserve } = createBench();
    disk.isFull = true;
    expect(await reserve.hold()).toBe(false);
    expect(await reserve.write(waitingResult('a'))).toBe(false);

    const none = fileReserve(() => Promise.reject(new Error('no files here')), 'log');
    expect(await none.hold()).toBe(false);
    await none.giveBack();
    expect(await none.write(waitingResult('a'))).toBe(false);
    expect(await none.read()).toEqual([]);
    await none.drop();

    const small = createBench();
    await small.reserve.hold();
    small.disk.isFull = true;
    expect(await small.reserve.write(waitingResult('a', new Uint8Array(3_000_000)))).toBe(false);
    expect(await small.reserve.read()).toEqual([]);
  });

  it('gives what was whole where the last write was cut off', async () => {
    const { disk, reserve } = createBench();
    await reserve.hold();
    const first = waitingResult('a', new Uint8Array(500).fill(1));
    await reserve.write(first);
    const before = disk.files.get(FILE)!.slice();
    await reserve.write(waitingResult('b', new Uint8Array(500).fill(2)));
    const after = disk.files.get(FILE)!;
    const start = before.findIndex((byte, i) => byte !== after[i]);
    // Without the zeros that end the list.
    const end = before.findLastIndex((byte, i) => byte !== after[i]) - 12;
    for (let cut = start; cut < end; cut += 37) {
      const torn = after.slice();
      torn.set(before.subarray(cut), cut);
      disk.files.set(FILE, torn);
      expect(await reserve.read()).toEqual([first]);
    }
  });

  it('is of one person', async () => {
    const { disk, reserve } = createBench();
    await reserve.hold();
    await reserve.write(waitingResult('a'));
    expect(await fileReserve(disk.openFolder, 'another').read()).toEqual([]);
    await reserve.drop();
    expect(disk.files.size).toBe(0);
    expect(await reserve.read()).toEqual([]);
  });
});
