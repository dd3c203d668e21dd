/** What is wrong with a backup file and the one next step; and what was done to the data, in words. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { AuditEvent, BackupErrorCode } from '../services.ts';
import type { ProblemWords } from './problem-text.ts';
import { storageProblemWords } from './storage-text.ts';

export function backupErrorWords(code: BackupErrorCode): ProblemWords {
  switch (code) {
    case 'notABackup':
      return {
        happened: msg`This file is not a backup of Thora.`,
        next: msg`Choose a file whose name ends in .thora-backup.`,
        tone: 'warn',
      };
    case 'wrongPassphrase':
      return {
        happened: msg`The passphrase does not fit this backup.`,
        next: msg`Type the one you chose when you made this backup. Show what you type to look at each letter.`,
        tone: 'warn',
      };
    case 'cut':
      return {
        happened: msg`This backup ends too early: part of the file is missing.`,
        next: msg`Copy the whole file again, or take another backup. Nothing here was changed.`,
        tone: 'warn',
      };
    case 'damaged':
      return {
        happened: msg`This backup was changed or damaged.`,
        next: msg`Take another copy of it, or another backup. Nothing here was changed.`,
        tone: 'warn',
      };
    case 'newerVersion':
      return {
        happened: msg`This backup comes from a newer Thora.`,
        next: msg`Load this page again to get the newest version, then choose the file once more.`,
        tone: 'warn',
      };
    case 'fieldInvalid':
      return {
        happened: msg`This backup holds something that Thora never writes.`,
        next: msg`Take another backup. Nothing here was changed.`,
        tone: 'warn',
      };
  }
}

/** A session was there when the work with a backup began. */
export function deletedMeanwhileWords(): ProblemWords {
  return {
    happened: msg`A session was deleted meanwhile.`,
    next: msg`Begin once more. Nothing here was changed by the backup.`,
    tone: 'info',
  };
}

/** Words for whatever a backup was refused with. */
export function backupProblemWords(error: unknown): ProblemWords {
  if (error instanceof Error && 'code' in error && error.code === 'sessionMissing')
    return deletedMeanwhileWords();
  return error instanceof Error && error.name === 'BackupError' && 'code' in error
    ? backupErrorWords(error.code as BackupErrorCode)
    : storageProblemWords(error);
}

export function eventWords(event: AuditEvent): MessageDescriptor {
  switch (event) {
    case 'personAdded':
      return msg`A person was added`;
    case 'personErased':
      return msg`A person was erased with everything of theirs`;
    case 'lockSet':
      return msg`A passphrase was set`;
    case 'lockChanged':
      return msg`A passphrase was changed`;
    case 'lockRemoved':
      return msg`A lock was taken away`;
    case 'doorLockSet':
      return msg`A passphrase was set for the door of those who look after patients`;
    case 'doorLockChanged':
      return msg`The passphrase of that door was changed`;
    case 'doorLockRemoved':
      return msg`The lock of that door was taken away`;
    case 'doorGivenUp':
      return msg`What lay behind that door was erased, with its lock`;
    case 'backupWritten':
      return msg`A backup was made`;
    case 'backupChecked':
      return msg`A backup was checked`;
    case 'backupRestored':
      return msg`A backup was brought back`;
    case 'packetsRemoved':
      return msg`Recordings of old sessions were removed; their results stayed`;
  }
}
