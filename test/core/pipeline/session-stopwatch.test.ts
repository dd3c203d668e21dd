import { describe, expect, it } from 'vitest';
import { SessionStopwatch } from '../../../src/core/pipeline/session-stopwatch.ts';
import type { SetResult } from '../../../src/core/pipeline/session-result.ts';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';

const setOf = (moves: readonly { readonly endMs: number; readonly counted: boolean }[]): SetResult =>
  ({ repetitions: moves }) as unknown as SetResult;

describe('the stopwatch of a session', () => {
  it('runs from the opening of the app to the first move that counted, and while sensors are put on', () => {
    const watch = new SessionStopwatch();
    watch.takeCommand({ kind: 'annotate', note: { about: 'appOpened', agoS: 12 } }, 500);
    watch.takeFact({ kind: 'stepCompleted', step: 'still', findings: [] }, 8000);
    const tall = { name: 'neutral', durationS: 3, posture: 'standing' } as const;
    watch.takeCommand({ kind: 'beginStep', step: tall }, 31_000);
    watch.takeCommand({ kind: 'beginStep', step: tall }, 60_000);
    const sets = [setOf([{ endMs: 40_000, counted: false }]), setOf([{ endMs: 48_500, counted: true }])];
    expect(watch.read(sets)).toEqual({ openedToFirstMoveS: 60, donningS: 23 });
  });

  it('says nothing of what it was not told', () => {
    const watch = new SessionStopwatch();
    expect(watch.read([])).toEqual({ openedToFirstMoveS: null, donningS: null });
    expect(watch.read([setOf([{ endMs: 40_000, counted: true }])]).openedToFirstMoveS).toBeNull();
  });

  it('shows the same times when the session is played again @slow', () => {
    const session = simulateSession(
      { name: 'timed', sets: [{ exerciseId: 'E01', side: null, repetitions: 2 }] },
      { roles: ['upperBack', 'lowerBack'], seed: 3, rateHz: 52 },
    );
    const opened = {
      order: -1,
      hostTimeMs: session.recording.commands[0]?.hostTimeMs ?? NaN,
      command: { kind: 'annotate', note: { about: 'appOpened', agoS: 7 } },
    } as const;
    const { result } = replaySession({
      ...session.recording,
      commands: [opened, ...session.recording.commands],
    });
    const first = result.sets[0]?.repetitions.find((one) => one.counted);
    expect(result.times?.openedToFirstMoveS).toBeCloseTo((first?.endMs ?? NaN) / 1000 + 7, 3);
    expect(result.times?.donningS).toBeGreaterThan(0);
  });
});
