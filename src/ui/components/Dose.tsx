import { Plural, Trans } from '@lingui/react/macro';
import type { PlannedExercise } from '../../core/care/programme/programme-plan.ts';
import { libraryExercise } from '../../core/exercise/exercise-library.ts';
import { hasMotion, isArmMovement, motionDefinition } from '../../core/exercise/motion-definitions.ts';

/** A dose in the same words wherever it stands. What is done arm by arm is done with one, where one alone takes part. */
export function Dose({
  planned: { exerciseId, sets, repetitions, minutes },
  isArmAlone,
}: {
  readonly planned: PlannedExercise;
  readonly isArmAlone: boolean;
}) {
  if (minutes !== null)
    return (
      <span className="small">
        <Trans>{minutes} min</Trans>
      </span>
    );
  const isArmByArm = hasMotion(exerciseId) && isArmMovement(motionDefinition(exerciseId));
  const isBothSides = libraryExercise(exerciseId).dose.perSide && !(isArmByArm && isArmAlone);
  return (
    <span className="small">
      {sets > 1 && `${sets} × `}
      {isBothSides ? (
        <Plural value={repetitions ?? 1} one="# move to each side" other="# moves to each side" />
      ) : (
        <Plural value={repetitions ?? 1} one="# move" other="# moves" />
      )}
    </span>
  );
}
