import { segmentRoleIndex } from '../body/segment-role.ts';
import { libraryExercise, type LibraryExerciseId } from '../exercise/exercise-library.ts';
import type { LiveBody } from './live-body.ts';
import type { LiveSet } from './live-set.ts';
import type { PainTap, SetResult } from './session-result.ts';

const FIRST_ARM = segmentRoleIndex('upperArmLeft');

/**
 * Two taps on an arm's sensor during a set say that it hurts here; where no hand is free nobody is asked to tap. Driven at
 * every instant of a running set.
 */
export class PainTapWatch {
  private readonly taps: PainTap[] = [];
  private readonly body: LiveBody;
  private readonly isAsked: boolean;
  /** Left, right. */
  private readonly seen: [number, number];

  constructor(exerciseId: LibraryExerciseId, body: LiveBody) {
    this.body = body;
    this.isAsked = libraryExercise(exerciseId).painMark === 'tap';
    this.seen = [this.count(0), this.count(1)];
  }

  /** The tap of this instant; null in nearly all. */
  follow(timeMs: number, { phase, angleRad, halfWidth95Rad, repetitions }: LiveSet): PainTap | null {
    if (!this.isAsked) return null;
    for (let arm = 0; arm < 2; arm++) {
      const count = this.count(arm);
      const isNew = count > this.seen[arm];
      this.seen[arm] = count;
      if (!isNew || phase !== 'running') continue;
      const tap: PainTap = { timeMs, angleRad, halfWidth95Rad, repetition: repetitions.length };
      this.taps.push(tap);
      return tap;
    }
    return null;
  }

  /** The set's result with what was tapped. */
  addTo(result: SetResult): SetResult {
    return this.taps.length === 0 ? result : { ...result, painTaps: [...this.taps] };
  }

  private count(arm: number): number {
    return this.body.segments[FIRST_ARM + arm].sensor?.doubleTaps ?? 0;
  }
}
