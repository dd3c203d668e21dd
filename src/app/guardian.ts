import { download } from '../adapters/files/file-gate.ts';
import { DataGuardian } from '../adapters/session-log/data-guardian.ts';
import type { PeopleKeeper } from '../adapters/session-log/people-keeper.ts';
import { askBackupWorker, type BackupTask } from './backup-in-worker.ts';
import { stretchInPassphraseWorker } from './stretch-in-worker.ts';

/** Joins the guardian to the chosen person's store and to the worker that packs. */
export function createGuardian(people: PeopleKeeper): DataGuardian {
  const { storage }: { storage?: StorageManager } = navigator;
  const createBackupWorker = (): Worker =>
    new Worker(new URL('./backup.worker.ts', import.meta.url), { type: 'module', name: 'thora-backup' });
  const ask = async <T>(
    question: BackupTask,
    onProgress: (share: number) => void,
    onPart?: (part: Uint8Array<ArrayBuffer>) => void,
  ): Promise<T> => {
    const access = (await people.storage()).access;
    return (await askBackupWorker(createBackupWorker, { ...question, access }, onProgress, onPart)) as T;
  };
  return new DataGuardian({
    storage,
    people: {
      repository: async () => (await people.storage()).repository,
      readChosen: () => people.readChosen(),
      updateChosen: (change) => people.updateChosen(change),
      note: (event) => people.note(event),
      events: (count) => people.events(count),
    },
    stretch: stretchInPassphraseWorker,
    write: (about, key, onPart, onProgress) => ask({ task: 'write', about, key }, onProgress, onPart),
    compare: (file, key, onProgress) => ask({ task: 'compare', file, key }, onProgress),
    restore: (file, key, onProgress) => ask({ task: 'restore', file, key }, onProgress),
    save: download,
    utcMs: () => Date.now(),
  });
}
