import type { LibraryExerciseId } from '../../core/exercise/exercise-library.ts';
import type { LibraryWords } from './library-words.ts';
import { MOBILITY_WORDS } from './mobility-words.ts';
import { STRENGTH_WORDS } from './strength-words.ts';

const WORDS: Readonly<Record<LibraryExerciseId, LibraryWords>> = { ...MOBILITY_WORDS, ...STRENGTH_WORDS };

/** Words of the exercise library: loaded with the screens that show an exercise, not with the first page. */
export function libraryWords(id: LibraryExerciseId): LibraryWords {
  return WORDS[id];
}
