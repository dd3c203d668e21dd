import type { LockPort } from '../../src/adapters/session-log/recording-lock.ts';

/** Web Locks for Node: exclusive locks with a queue, abort and query, as the browser's. */
export class FakeLocks implements Pick<LockManager, 'query'> {
  readonly #queues = new Map<string, (() => void)[]>();
  readonly #held = new Set<string>();

  readonly request = ((name: string, options: LockOptions, callback: LockGrantedCallback<unknown>) =>
    this.#request(name, options, callback)) as LockPort['request'];

  query(): Promise<LockManagerSnapshot> {
    return Promise.resolve({ held: [...this.#held].map((name) => ({ name })), pending: [] });
  }

  async #request(
    name: string,
    options: LockOptions,
    callback: LockGrantedCallback<unknown>,
  ): Promise<unknown> {
    if (options.ifAvailable === true && this.#held.has(name)) return callback(null);
    await this.#acquire(name, options.signal);
    try {
      return await callback({ name, mode: 'exclusive' });
    } finally {
      const next = this.#queues.get(name)?.shift();
      // Handed on without a gap, as the browser does.
      if (next === undefined) this.#held.delete(name);
      else next();
    }
  }

  #acquire(name: string, signal: AbortSignal | undefined): Promise<void> {
    if (!this.#held.has(name)) {
      this.#held.add(name);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(name) ?? [];
      this.#queues.set(name, queue);
      queue.push(resolve);
      signal?.addEventListener('abort', () => {
        const place = queue.indexOf(resolve);
        if (place >= 0) queue.splice(place, 1);
        reject(new DOMException('The request was aborted.', 'AbortError'));
      });
    });
  }
}
