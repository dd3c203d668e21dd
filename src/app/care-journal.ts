import type { PeopleKeeper } from '../adapters/session-log/people-keeper.ts';
import type { CareMoment } from '../core/care/care-journal.ts';
import type { CareJournal } from '../ui/services.ts';

const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;

/** The chosen person's journal; tabs tell each other of new entries, so that a lock holds in all of them. */
export function createCareJournal(people: PeopleKeeper): CareJournal {
  const listeners = new Set<() => void>();
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('thora-journal');
  const tellListeners = (): void => listeners.forEach((listener) => listener());
  channel?.addEventListener('message', tellListeners);
  people.onChange(tellListeners);
  return {
    read: async () => (await people.storage()).journal.read(),
    async append(event, day = now().day) {
      const { journal } = await people.storage();
      try {
        const entry = await journal.append(event, { ...now(), day });
        channel?.postMessage(null);
        tellListeners();
        return entry;
      } catch (error) {
        // It counts in this tab, written or not. Of others nothing has changed, and who looks again would try again.
        if (event.kind === 'safetyAnswered') tellListeners();
        throw error;
      }
    },
    now,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function now(): CareMoment {
  const date = new Date();
  const localMs = date.getTime() - date.getTimezoneOffset() * MS_PER_MINUTE;
  return { utcMs: date.getTime(), day: Math.floor(localMs / MS_PER_DAY) };
}
