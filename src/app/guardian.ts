import { download } from '../adapters/files/file-gate.ts';
import { DataGuardian, type BackupWork } from '../adapters/session-log/data-guardian.ts';
import type { PeopleKeeper } from '../adapters/session-log/people-keeper.ts';
import { askBackupWorker, type BackupTask } from './backup-in-worker.ts';
import { stretchInPassphraseWorker } from './stretch-in-worker.ts';

/** Joins the guardian to the chosen person's store and to the worker that packs. */
export function createGuardian(people: PeopleKeeper): DataGuardian {
  const { storage }: { storage?: StorageManager } = navigator;
  const createBackupWorker = (): Worker =>
    new Worker(new URL('./backup.worker.ts', import.meta.url), { type: 'module', name: 'thora-backup' });
  const beginWork = async (): Promise<BackupWork> => {
    const { personId } = await people.readChosen();
    const { access } = await people.storage();
    const ask = async <T>(
      task: BackupTask,
      onProgress: (share: number) => void,
      onPart?: (part: Uint8Array<ArrayBuffer>) => void,
    ): Promise<T> =>
      (await askBackupWorker(createBackupWorker, { ...task, access }, onProgress, onPart)) as T;
    return {
      personId,
      write: (about, key, onPart, onProgress) => ask({ task: 'write', about, key }, onProgress, onPart),
      compare: (file, key, onProgress) => ask({ task: 'compare', file, key }, onProgress),
      restore: (file, key, onProgress) => ask({ task: 'restore', file, key }, onProgress),
    };
  };
  return new DataGuardian({
    storage,
    people: {
      repository: async () => (await people.storage()).repository,
      readChosen: () => people.readChosen(),
      read: (personId) => people.readPerson(personId),
      update: (personId, change) => people.updatePerson(personId, change),
      note: (event) => people.note(event),
      events: (count) => people.events(count),
    },
    stretch: stretchInPassphraseWorker,
    beginWork,
    save: download,
    utcMs: () => Date.now(),
  });
}
