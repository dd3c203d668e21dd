import { argon2id } from 'hash-wasm';
import type { StretchQuestion } from './stretch-in-worker.ts';

/**
 * Stretches a passphrase in a thread of its own: it takes a second on purpose. WebAssembly runs here and not in the page,
 * whose policy allows no code but the app's scripts.
 */
declare const self: DedicatedWorkerGlobalScope;

self.addEventListener('message', ({ data }: MessageEvent<StretchQuestion>) => {
  const { secret, how } = data;
  void argon2id({
    password: secret,
    salt: how.salt,
    parallelism: 1,
    iterations: how.passes,
    memorySize: how.memoryKiB,
    hashLength: 32,
    outputType: 'binary',
  }).then((bytes) => self.postMessage(bytes));
});
