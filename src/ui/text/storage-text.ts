/** What the store refused, and the one next step. */
import { msg } from '@lingui/core/macro';
import type { StorageErrorCode } from '../services.ts';
import { unknownProblemWords, type ProblemWords } from './problem-text.ts';

export function storageErrorWords(code: StorageErrorCode): ProblemWords {
  switch (code) {
    case 'sessionMissing':
      return {
        happened: msg`This session is no longer on this device.`,
        next: msg`Go back to your sessions: the list shows what is here.`,
        tone: 'info',
      };
    case 'sessionRunning':
      return {
        happened: msg`A session is being recorded right now.`,
        next: msg`Finish it first, in this tab or in the other one, then try again.`,
        tone: 'info',
      };
    case 'personMissing':
      return {
        happened: msg`This person is no longer on this device.`,
        next: msg`Reload the page and choose who you are.`,
        tone: 'info',
      };
    case 'locked':
      return {
        happened: msg`These sessions are locked.`,
        next: msg`Type your passphrase first, then try again.`,
        tone: 'info',
      };
    case 'damaged':
      return {
        happened: msg`What was kept here was changed from outside, or is damaged.`,
        next: msg`It is not used. Bring it back from your backup.`,
        tone: 'warn',
      };
    case 'packetsRemoved':
      return {
        happened: msg`The recording of this session was removed to save space.`,
        next: msg`Its results are kept. To play it again, keep all recordings under Your data, then bring back your backup.`,
        tone: 'info',
      };
    case 'storageFull':
      return {
        happened: msg`This device has no space left.`,
        next: msg`Nothing was lost. Make room on the device or delete old sessions, then try again.`,
        tone: 'warn',
      };
    case 'storageFailed':
      return {
        happened: msg`The browser could not write to this device.`,
        next: msg`Nothing was lost. Reload the page and try again; a private window keeps nothing.`,
        tone: 'warn',
      };
  }
}

/** Words for whatever was thrown: those of its code, or those for the unknown. */
export function storageProblemWords(error: unknown): ProblemWords {
  if (!(error instanceof Error) || error.name !== 'StorageError') return unknownProblemWords();
  // An error that crossed from a worker is left with its message, which begins with the code.
  const code = 'code' in error ? error.code : error.message.split(':')[0];
  const words = storageErrorWords(code as StorageErrorCode) as ProblemWords | undefined;
  return words ?? unknownProblemWords();
}
