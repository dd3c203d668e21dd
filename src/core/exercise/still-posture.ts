import type { PostureName } from '../body/posture-name.ts';
import { libraryExercise, type BodyPosition, type LibraryExerciseId } from './exercise-library.ts';
import { hasMotion, motionDefinition, startPosture } from './motion-definitions.ts';
import type { Side } from './motion-definition.ts';

const POSTURE_OF: Readonly<Record<BodyPosition, PostureName>> = {
  standing: 'standing',
  facingWall: 'wallLean',
  backToWall: 'standing',
  sitting: 'sitting',
  heelSit: 'heelSit',
  handsAndKnees: 'quadruped',
  sideLying: 'sideLyingLeft',
  supine: 'supine',
  prone: 'prone',
};

/** Where the body is before an exercise of the library: as its motion starts, or in the first of its positions. */
export function stillPosture(id: LibraryExerciseId, side: Side | null): PostureName {
  if (hasMotion(id)) return startPosture(motionDefinition(id), side);
  return POSTURE_OF[libraryExercise(id).positions[0] ?? 'standing'];
}
