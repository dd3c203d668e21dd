import { describe, expect, it } from 'vitest';
import type { RepetitionResult } from '../../src/core/exercise/repetition-result.ts';
import { coachingChangeWords, coachingReasonWords } from '../../src/ui/text/coaching-text.ts';
import { measureName } from '../../src/ui/text/exercise-text.ts';
import { laterWords } from '../../src/ui/text/later-text.ts';
import { flagWords, reasonWords, verdictWords } from '../../src/ui/text/result-text.ts';

describe('a word that no version up to this one writes', () => {
  it.each(['NEWER', 'constructor', '__proto__', ''])('has words all the same: "%s"', (word) => {
    const later = word as never;
    for (const words of [
      verdictWords({ verdict: later } as unknown as RepetitionResult),
      reasonWords(later),
      flagWords(later),
      measureName(later),
      coachingReasonWords(later),
      coachingChangeWords({ kind: later }),
    ])
      expect(words).toEqual(laterWords(later));
  });
});
