/**
 * Runs one operation after the other. A device answers "GATT operation already in progress" to two at once, and
 * some systems lose notifications when two devices connect at the same time.
 */
export class OperationQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.#last.then(operation);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** Rejects after `timeoutMs`; the operation itself cannot be called back. */
export function withTimeout<T>(operation: Promise<T>, timeoutMs: number, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${what} took longer than ${timeoutMs} ms.`)), timeoutMs);
    operation.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
