/** Puts together the plan of a session: what is worn, how many moves, how long each still step lasts. */
import type { SegmentRole } from '../core/body/segment-role.ts';
import { isArmMovement, motionDefinition, setDirections } from '../core/exercise/motion-definitions.ts';
import type { ExerciseId, Side } from '../core/exercise/motion-definition.ts';
import type { FlowPlan } from './stores/session-flow-state.ts';

/** Layouts a person can choose; the exercise decides whether one fits. */
export const LAYOUTS: readonly (readonly SegmentRole[])[] = [
  ['upperBack', 'lowerBack', 'upperArmRight'],
  ['upperBack', 'lowerBack'],
  ['upperBack', 'upperArmRight'],
  ['upperBack', 'upperArmLeft'],
  ['upperBack', 'pelvis'],
  ['upperBack'],
];

export function armSideOf(roles: readonly SegmentRole[]): Side | null {
  if (roles.includes('upperArmRight')) return 'right';
  return roles.includes('upperArmLeft') ? 'left' : null;
}

export function planSession(options: {
  readonly kit: 'virtual' | 'bluetooth';
  readonly exerciseId: ExerciseId;
  readonly roles: readonly SegmentRole[];
  /** Shorter, without questions, and not kept. */
  readonly demonstration: boolean;
}): FlowPlan {
  const { kit, exerciseId, roles, demonstration } = options;
  const definition = motionDefinition(exerciseId);
  const armSide = armSideOf(roles);
  const side = definition.oneSideASet || isArmMovement(definition) ? (armSide ?? 'right') : null;
  const directions = setDirections(definition, side);
  const sides = side === null || definition.swingsPerRepetition === 2 ? directions.length : 1;
  return {
    kit,
    exerciseId,
    side,
    directions,
    roles,
    armSide,
    testRepetitions: (demonstration ? 2 : 3) * sides,
    exerciseRepetitions: (demonstration ? 2 : 6) * sides,
    stillS: demonstration ? 3 : 10,
    tallS: demonstration ? 2 : 4,
    askPain: !demonstration,
    record: !demonstration,
  };
}
