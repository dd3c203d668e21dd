import type { BackupKey } from '../adapters/session-log/backup-stream.ts';
import type { StorageAccess } from '../adapters/session-log/people-keeper.ts';

export type BackupTask = { readonly key: BackupKey } & (
  | { readonly task: 'write'; readonly about: { readonly name: string; readonly createdAtUtc: string } }
  | { readonly task: 'compare' | 'restore'; readonly file: Blob }
);

export type BackupQuestion = BackupTask & { readonly access: StorageAccess };

export type BackupReply =
  | { readonly kind: 'part'; readonly part: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly value: unknown }
  | {
      readonly kind: 'refused';
      readonly name: string;
      readonly message: string;
      readonly code: string | null;
    };

/** Packing and unpacking take seconds a session: they have a thread of their own. */
export function askBackupWorker(
  createWorker: () => Worker,
  question: BackupQuestion,
  onProgress: (share: number) => void,
  onPart: (part: Uint8Array<ArrayBuffer>) => void = () => undefined,
): Promise<unknown> {
  const worker = createWorker();
  return new Promise<unknown>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<BackupReply>) => {
      switch (data.kind) {
        case 'part':
          onPart(data.part);
          break;
        case 'progress':
          onProgress(data.share);
          break;
        case 'done':
          resolve(data.value);
          break;
        case 'refused': {
          const { name, message, code } = data;
          reject(Object.assign(new Error(message), { name }, code === null ? {} : { code }));
        }
      }
    });
    worker.addEventListener('error', () => reject(new Error('The part that packs the backup stopped.')));
    worker.postMessage(question);
  }).finally(() => worker.terminate());
}
