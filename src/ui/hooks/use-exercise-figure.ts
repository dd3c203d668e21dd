import { useCallback } from 'react';
import type { LibraryExerciseId } from '../../core/exercise/exercise-library.ts';
import { hasMotion, motionDefinition } from '../../core/exercise/motion-definitions.ts';
import type { Side } from '../../core/exercise/motion-definition.ts';
import { stillPosture } from '../../core/exercise/still-posture.ts';
import { demonstrationRad } from '../demonstration.ts';
import type { Avatar } from '../services.ts';
import { useReducedMotion } from '../theme.ts';

/** Shows an exercise on the figure: its movement where it has one, its start position otherwise. */
export function useExerciseFigure(
  exerciseId: LibraryExerciseId,
  side: Side | null,
): {
  readonly onMount: (avatar: Avatar) => void;
  readonly onFrame: (avatar: Avatar, nowMs: number) => void;
} {
  const reducedMotion = useReducedMotion();
  const onMount = useCallback(
    (avatar: Avatar) => avatar.setPosture(stillPosture(exerciseId, side)),
    [exerciseId, side],
  );
  const onFrame = useCallback(
    (avatar: Avatar, nowMs: number) => {
      if (!hasMotion(exerciseId)) return;
      const definition = motionDefinition(exerciseId);
      const primaryRad = reducedMotion ? 0 : demonstrationRad(definition, nowMs / 1000, side);
      avatar.setDemonstration({ exerciseId, primaryRad, side });
    },
    [exerciseId, reducedMotion, side],
  );
  return { onMount, onFrame };
}
