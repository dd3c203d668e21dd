import type { StorageTrouble } from '../../core/recording/session-recorder.ts';
import type { StorageErrorCode } from '../../ui/services.ts';

/** The session log could not do what was asked. */
export class StorageError extends Error {
  readonly code: StorageErrorCode;
  /** Id of the session or the person concerned. */
  readonly subject: string;
  constructor(code: StorageErrorCode, subject: string, options?: ErrorOptions) {
    super(`${code}: ${subject}`, options);
    this.name = 'StorageError';
    this.code = code;
    this.subject = subject;
  }
}

/** A full disk shows as QuotaExceededError, often as the reason inside an aborted transaction. */
export function isQuotaError(error: unknown): boolean {
  for (let depth = 0; depth < 5 && typeof error === 'object' && error !== null; depth++) {
    if ('name' in error && error.name === 'QuotaExceededError') return true;
    error = 'inner' in error && error.inner ? error.inner : 'cause' in error ? error.cause : null;
  }
  return false;
}

export function mapStorageTrouble(error: unknown): StorageTrouble {
  if (isQuotaError(error)) return { kind: 'storageFull', keepsResult: false };
  return { kind: 'storageFailed', detail: error instanceof Error ? error.message : String(error) };
}

export function mapStorageError(error: unknown, sessionId: string): StorageError {
  if (error instanceof StorageError) return error;
  return new StorageError(mapStorageTrouble(error).kind, sessionId, { cause: error });
}
