import type { SessionRow } from '../../src/adapters/session-log/session-database.ts';
import type { ExerciseId } from '../../src/core/exercise/motion-definition.ts';
import { ENGINE_VERSION } from '../../src/core/pipeline/engine-version.ts';
import type { SessionResult, SetResult } from '../../src/core/pipeline/session-result.ts';
import { Random } from '../../src/core/simulation/random.ts';

const DAY_MS = 24 * 3600 * 1000;
const MOVEMENTS: readonly ExerciseId[] = ['E01', 'E05', 'E02'];
const LAYOUTS = [
  ['upperBack', 'lowerBack'],
  ['upperBack', 'pelvis'],
] as const;

/**
 * Years of sessions as they lie in the database, newest first, without their packets: each with the result and the report of
 * `like` under another movement, day, range and pain. Simulated as the sessions are, their numbers are made up.
 */
export function yearsOfSessions(count: number, like: SessionResult, newestUtc: string): SessionRow[] {
  const random = new Random(7);
  return Array.from({ length: count }, (_, i): SessionRow => {
    const startedAtMs = Date.parse(newestUtc) - i * 1.5 * DAY_MS;
    const exerciseId = MOVEMENTS[i % MOVEMENTS.length]!;
    const scale = 1 - 0.4 * (i / count) + 0.03 * random.gaussian();
    const painBefore = Math.floor(10 * random.uniform());
    const sets = like.sets.map((set): SetResult => {
      return {
        ...set,
        exerciseId,
        plan: { ...set.plan, exerciseId, test: true },
        best: set.best.map((best) => ({ ...best, meanBest3Rad: best.meanBest3Rad * scale })),
      };
    });
    const result: SessionResult = {
      ...like,
      engineVersion: ENGINE_VERSION,
      sets,
      painBefore,
      painAfter: i % 4 === 0 ? null : Math.max(0, painBefore + (i % 5) - 2),
    };
    return {
      sessionId: `past-${String(i).padStart(5, '0')}`,
      startedAtUtc: new Date(startedAtMs).toISOString(),
      simulated: true,
      engineVersion: ENGINE_VERSION,
      origin: 'recorded',
      state: 'finished',
      firstHostTimeMs: 0,
      lastHostTimeMs: 360_000,
      roles: LAYOUTS[i % LAYOUTS.length]!,
      result,
      report: result,
    };
  });
}
