import type { BackupErrorCode } from '../../ui/services.ts';

/** A backup file that cannot be used; nothing of it was stored. */
export class BackupError extends Error {
  readonly code: BackupErrorCode;
  constructor(code: BackupErrorCode, place = '', options?: ErrorOptions) {
    super(`${code}: ${place}`, options);
    this.name = 'BackupError';
    this.code = code;
  }
}
