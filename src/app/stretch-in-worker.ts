import type { Stretching } from '../adapters/session-log/key-slot.ts';

export interface StretchQuestion {
  readonly secret: string;
  readonly how: Stretching;
}

/** Asks a worker of its own once, and ends it: what it worked with is gone with it. */
export function stretchInPassphraseWorker(secret: string, how: Stretching): Promise<Uint8Array<ArrayBuffer>> {
  const worker = new Worker(new URL('./passphrase.worker.ts', import.meta.url), {
    type: 'module',
    name: 'thora-passphrase',
  });
  return new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Uint8Array<ArrayBuffer>>) => resolve(data));
    worker.addEventListener('error', () => reject(new Error('The passphrase could not be worked on.')));
    worker.addEventListener('messageerror', () =>
      reject(new Error('The passphrase could not be worked on.')),
    );
    worker.postMessage({ secret, how } satisfies StretchQuestion);
  }).finally(() => worker.terminate());
}
