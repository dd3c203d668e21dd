/**
 * Runs one operation after the other. A device answers "GATT operation already in progress" to two at once, and
 * some systems lose notifications when two devices connect at the same time.
 */
export class OperationQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** An operation that never ends must not keep the others waiting: give it a limit with {@link withTimeout}. */
  run<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.#last.then(operation);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** What {@link withTimeout} rejects with. */
export class TimeoutError extends Error {
  constructor(what: string, timeoutMs: number) {
    super(`${what} took longer than ${timeoutMs} ms.`);
    this.name = 'TimeoutError';
  }
}

/** Rejects after `timeoutMs`; the operation itself cannot be called back. */
export function withTimeout<T>(operation: Promise<T>, timeoutMs: number, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimeoutError(what, timeoutMs)), timeoutMs);
    operation.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
