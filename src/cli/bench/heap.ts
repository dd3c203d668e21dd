import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | null = null;

/** Forces a full collection, whether or not Node was started with --expose-gc. */
function collectGarbage(): void {
  if (collect === null) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  collect();
}

/** Bytes that stay on the heap after `count` runs, between forced collections. */
export function heapGrowthBytes(run: () => void, count: number): number {
  run();
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < count; i++) run();
  collectGarbage();
  return Math.max(0, process.memoryUsage().heapUsed - before);
}

/** Bytes on the heap that can be reached now. */
export function heapInUseBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Bytes that a run leaves behind at once, lasting or not; the least of several, since a collection may hide some. */
export function garbageBytes(run: () => void): number {
  const seen: number[] = [];
  for (let i = 0; i < 7; i++) {
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    run();
    const left = process.memoryUsage().heapUsed - before;
    if (left >= 0) seen.push(left);
  }
  seen.sort((a, b) => a - b);
  return seen[seen.length >> 1] ?? 0;
}
