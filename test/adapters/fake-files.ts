import type { ReserveFolder } from '../../src/adapters/session-log/result-reserve.ts';

/** A browser's private files, with the handles that a worker has, on a disk that may be full. */
export class FakeFiles {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  /** From now on no file grows. */
  isFull = false;

  readonly openFolder = (): Promise<ReserveFolder> =>
    Promise.resolve({
      getFileHandle: (name: string, options: { create?: boolean } = {}) => {
        if (!this.files.has(name)) {
          if (options.create !== true) return Promise.reject(new DOMException(name, 'NotFoundError'));
          this.files.set(name, new Uint8Array());
        }
        return Promise.resolve({
          getFile: () => Promise.resolve(new File([this.files.get(name)!], name)),
          createSyncAccessHandle: () => Promise.resolve(this.#handle(name)),
        });
      },
      removeEntry: (name: string) => {
        this.files.delete(name);
        return Promise.resolve();
      },
    });

  #handle(name: string) {
    const file = () => this.files.get(name)!;
    const resize = (size: number) => {
      if (size > file().length && this.isFull) throw new DOMException('no room', 'QuotaExceededError');
      const resized = new Uint8Array(size);
      resized.set(file().subarray(0, size));
      this.files.set(name, resized);
    };
    return {
      getSize: () => file().length,
      read: (bytes: Uint8Array, { at }: { at: number }) => {
        const part = file().subarray(at, at + bytes.length);
        bytes.set(part);
        return part.length;
      },
      write: (bytes: Uint8Array, { at }: { at: number }) => {
        if (at + bytes.length > file().length) resize(at + bytes.length);
        file().set(bytes, at);
        return bytes.length;
      },
      truncate: resize,
      flush: () => undefined,
      close: () => undefined,
    };
  }
}
