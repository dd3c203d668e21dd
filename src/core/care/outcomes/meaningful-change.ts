import { painChange } from './change-verdict.ts';
import { FUNCTION_CHANGE, INTERFERENCE_CHANGE } from './outcome-thresholds.ts';
import type { SeriesName } from './progress-tiles.ts';

/**
 * Whether a change is one that people in studies called worth it (MCID): one answer for every page that says so. Source:
 * clinical page, section 2.5.
 *
 * @param gain change in the helpful direction
 * @returns null where no such limit is published, as for ranges and single answers
 */
export function isMeaningfulChange(name: SeriesName, start: number, gain: number): boolean | null {
  switch (name.kind) {
    case 'painWeek':
    case 'painReview': {
      const change = painChange(start, start - gain);
      return change === 'meaningful' || change === 'substantial';
    }
    case 'function':
      return gain >= FUNCTION_CHANGE.small;
    case 'interference':
      return gain >= INTERFERENCE_CHANGE;
    case 'answers':
    case 'range':
      return null;
  }
}
