/** The session that was deleted last, for as long as it can be brought back: until the list is left. */
import { create } from 'zustand';

interface RemovedSession {
  readonly startedAtUtc: string;
  readonly restore: () => Promise<void>;
}

interface RemovedSessionStore {
  readonly removed: RemovedSession | null;
  readonly keep: (removed: RemovedSession) => void;
  readonly forget: () => void;
}

export const useRemovedSession = create<RemovedSessionStore>((set) => ({
  removed: null,
  keep: (removed) => set({ removed }),
  forget: () => set({ removed: null }),
}));
