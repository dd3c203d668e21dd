import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { LibraryExerciseId } from '../../core/exercise/exercise-library.ts';
import { isQuietBreathing } from '../stores/current-item.ts';
import type { FlowItem } from '../stores/session-flow-state.ts';
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

/** The name of what is done: a test may listen where its exercise leads. */
export function itemTitle(item: Pick<FlowItem, 'exerciseId' | 'test'>): MessageDescriptor {
  return isQuietBreathing(item) ? msg`Quiet breathing` : libraryWords(item.exerciseId).title;
}

/** Breath as it comes is listened to: the slow breathing of its exercise would answer for it. */
export function quietBreathingSteps(): readonly MessageDescriptor[] {
  return [
    msg`Sit with support and keep the upper-back sensor on.`,
    msg`Breathe as it comes, without a pace. Sit still and do not talk.`,
  ];
}

/** The name of an exercise, as it stands in a file: one that this version does not know is not named. */
export function libraryTitle(id: string): MessageDescriptor {
  return id in WORDS ? WORDS[id as LibraryExerciseId].title : msg`An exercise that this Thora does not know`;
}
