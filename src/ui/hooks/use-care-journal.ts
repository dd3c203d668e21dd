import { useCallback, useEffect, useState } from 'react';
import type { CareEvent, CareMoment, JournalEntry } from '../../core/care/care-journal.ts';
import { useRoom } from '../services-context.ts';
import type { CareJournal } from '../services.ts';

export type CareJournalState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | {
      readonly kind: 'ready';
      readonly entries: readonly JournalEntry[];
      /** When it was looked at: on opening, with each new entry, and every half minute. */
      readonly moment: CareMoment;
      readonly append: (event: CareEvent) => Promise<void>;
      /** Why the last thing that was told here is not on the disk; null where it is. */
      readonly unkept: unknown;
    };

const LOOKS_EVERY_MS = 30_000;

/** The chosen person's care journal, kept up to date while the screen stands: a day may begin and a lock end meanwhile. */
export function useCareJournal(): CareJournalState {
  const { journal } = useRoom().services;
  const [read, setRead] = useState<Read>({ kind: 'waiting' });
  const [unkept, setUnkept] = useState<unknown>(null);
  useEffect(() => follow(journal, setRead), [journal]);
  const append = useCallback(
    async (event: CareEvent) => {
      try {
        await journal.append(event);
        setUnkept(null);
      } catch (error) {
        setUnkept(error);
        throw error;
      }
    },
    [journal],
  );
  return read.kind === 'ready' ? { ...read, append, unkept } : read;
}

type Read =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'ready'; readonly entries: readonly JournalEntry[]; readonly moment: CareMoment };

function follow(journal: CareJournal, show: (read: Read) => void): () => void {
  let over = false;
  const look = (): void => {
    journal.read().then(
      (entries) => {
        if (!over) show({ kind: 'ready', entries, moment: journal.now() });
      },
      (error: unknown) => {
        if (!over) show({ kind: 'failed', error });
      },
    );
  };
  look();
  const unsubscribe = journal.onChange(look);
  const timer = setInterval(look, LOOKS_EVERY_MS);
  return () => {
    over = true;
    unsubscribe();
    clearInterval(timer);
  };
}
