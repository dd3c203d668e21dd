import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { LibraryExerciseId } from '../../core/exercise/exercise-library.ts';
import type { LibraryWords } from './library-words.ts';
import { MOBILITY_WORDS } from './mobility-words.ts';
import { STRENGTH_WORDS } from './strength-words.ts';

const WORDS: Readonly<Record<LibraryExerciseId, LibraryWords>> = { ...MOBILITY_WORDS, ...STRENGTH_WORDS };

/** How one of its ways is done; null for a code that the exercise does not have. */
export function variationWords(id: LibraryExerciseId, code: string): MessageDescriptor | null {
  const { easier, harder } = WORDS[id];
  return easier[code] ?? harder[code] ?? null;
}

/** Words of the exercise library: loaded with the screens that show an exercise, not with the first page. */
export function libraryWords(id: LibraryExerciseId): LibraryWords {
  return WORDS[id];
}

/** The name of an exercise, as it stands in a file: one that this version does not know is not named. */
export function libraryTitle(id: string): MessageDescriptor {
  return id in WORDS ? WORDS[id as LibraryExerciseId].title : msg`An exercise that this Thora does not know`;
}
