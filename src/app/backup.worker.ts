import { compareBackup, restoreBackup, writeBackup } from '../adapters/session-log/backup.ts';
import { JournalKeeper } from '../adapters/session-log/journal-keeper.ts';
import { NO_LOCKS } from '../adapters/session-log/recording-lock.ts';
import { fileReserve } from '../adapters/session-log/result-reserve.ts';
import { RowVault } from '../adapters/session-log/row-vault.ts';
import { createSessionDatabase } from '../adapters/session-log/session-database.ts';
import { SessionRepository } from '../adapters/session-log/session-repository.ts';
import type { BackupQuestion, BackupReply } from './backup-in-worker.ts';

/** Writes, compares or restores one backup, and is ended. */
declare const self: DedicatedWorkerGlobalScope;

const { locks }: { locks?: LockManager } = self.navigator;

function post(reply: BackupReply, transfer: Transferable[] = []): void {
  self.postMessage(reply, transfer);
}

function answer(question: BackupQuestion): Promise<unknown> {
  const { access, key } = question;
  const database = createSessionDatabase(access.databaseName);
  const vault = new RowVault(access.key);
  const store = {
    database,
    vault,
    repository: new SessionRepository(
      database,
      locks ?? NO_LOCKS,
      vault,
      fileReserve(() => self.navigator.storage.getDirectory(), access.databaseName),
    ),
    journal: new JournalKeeper(database, vault, () => crypto.randomUUID()),
  };
  const onProgress = (share: number): void => post({ kind: 'progress', share });
  switch (question.task) {
    case 'write': {
      const give = (part: Uint8Array<ArrayBuffer>): void => post({ kind: 'part', part });
      return writeBackup(store, question.about, key, give, onProgress);
    }
    case 'compare':
      return compareBackup(store, question.file, key, onProgress);
    case 'restore':
      return restoreBackup(store, question.file, key, onProgress);
  }
}

self.addEventListener('message', ({ data }: MessageEvent<BackupQuestion>) => {
  answer(data).then(
    (value) => post({ kind: 'done', value }),
    (error: unknown) => {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;
      post({ kind: 'refused', name, message, code });
    },
  );
});
