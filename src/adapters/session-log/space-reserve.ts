/** Room that is taken while it is there, and given back when a recording has used up the rest. */
export interface SpaceReserve {
  /** Never rejects: without room, or without files of its own, the app has no reserve. */
  keep(): Promise<void>;
  free(): Promise<void>;
}

/** Results of the longest session and what the journal is told of it, many times over. */
const RESERVE_BYTES = 1_000_000;
const FILE_NAME = 'reserve';

export const NO_RESERVE: SpaceReserve = { keep: () => Promise.resolve(), free: () => Promise.resolve() };

/**
 * An empty file beside the database. Rows that are deleted give their room back only when the browser tidies up; a file does
 * at once.
 */
export function fileReserve(storage: StorageManager | undefined): SpaceReserve {
  if (storage?.getDirectory === undefined) return NO_RESERVE;
  return {
    keep: async () => {
      try {
        const file = await (await storage.getDirectory()).getFileHandle(FILE_NAME, { create: true });
        if ((await file.getFile()).size >= RESERVE_BYTES) return;
        const writable = await file.createWritable();
        await writable.write(new Uint8Array(RESERVE_BYTES));
        await writable.close();
      } catch {
        return;
      }
    },
    free: async () => {
      await (await storage.getDirectory()).removeEntry(FILE_NAME).catch(() => undefined);
    },
  };
}
