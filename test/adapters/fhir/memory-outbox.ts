import type { OutboxRow, OutboxState } from '../../../src/core/recording/outbox-row.ts';
import type { OutboxStore } from '../../../src/adapters/fhir/outbox.ts';

/** An outbox's rows in memory, by the rules of the one on the disk. */
export function createMemoryOutbox() {
  const rows = new Map<string, OutboxRow>();
  let isOpen = true;
  let mostAtOnce = 0;
  let nextOrder = 0;
  const ordered = (state: OutboxState) =>
    [...rows.values()].filter((row) => row.state === state).toSorted((a, b) => a.order - b.order);
  const store: OutboxStore = {
    isOpen: () => isOpen,
    read: (rowId) => Promise.resolve(rows.get(rowId) ?? null),
    page: (state, afterOrder, count) => {
      const page = ordered(state)
        .filter(({ order }) => order > afterOrder)
        .slice(0, count);
      mostAtOnce = Math.max(mostAtOnce, page.length);
      return Promise.resolve(page);
    },
    counts: () => {
      const counts = { waiting: 0, setAside: 0, sent: 0 };
      for (const { state } of rows.values()) counts[state]++;
      return Promise.resolve(counts);
    },
    change: (rowId, next) => {
      const before = rows.get(rowId) ?? null;
      const changed = next(before);
      if (changed === null) return Promise.resolve(before);
      const keepsPlace = before !== null && (changed.state !== 'waiting' || before.state === 'waiting');
      const row = {
        ...changed,
        order: keepsPlace ? before.order : nextOrder++,
        revision: (before?.revision ?? 0) + 1,
      };
      rows.set(rowId, row);
      return Promise.resolve(row);
    },
    remove: (rowId) => {
      rows.delete(rowId);
      return Promise.resolve();
    },
  };
  return { store, rows, lock: () => (isOpen = false), mostAtOnce: () => mostAtOnce };
}
