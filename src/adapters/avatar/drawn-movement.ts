/** What the figure draws for an exercise: which posture with which arms, and where its segments are at an angle. */
import type { PostureName } from '../../core/body/posture-name.ts';
import { SEGMENT_ROLES, type SegmentRole } from '../../core/body/segment-role.ts';
import type { ExerciseId, MotionDefinition, Side } from '../../core/exercise/motion-definition.ts';
import { armRole, isArmMovement } from '../../core/exercise/motion-definitions.ts';
import { segmentPoseInto } from '../../core/exercise/motion-pose.ts';
import { FIGURE_POSTURES, type FigurePosture } from './figure-posture.ts';

/** The drawn posture: the app's start posture with the arms that the exercise asks for. */
export function figurePostureFor(
  posture: PostureName,
  exerciseId: ExerciseId | null,
  side: Side,
): FigurePosture {
  if (posture === 'heelSit')
    return side === 'left' ? FIGURE_POSTURES.heelSitLeftElbowUp : FIGURE_POSTURES.heelSitRightElbowUp;
  if (posture === 'sitting' && exerciseId === 'E05') return FIGURE_POSTURES.sittingHandsBehindHead;
  if (exerciseId === 'E08')
    return side === 'left' ? FIGURE_POSTURES.sideBendLeftElbowUp : FIGURE_POSTURES.sideBendRightElbowUp;
  if (exerciseId === 'E09') return FIGURE_POSTURES.wallSlide;
  if (exerciseId === 'E10') return FIGURE_POSTURES.wallAngel;
  if (exerciseId === 'E13') return FIGURE_POSTURES.bandRow;
  return FIGURE_POSTURES[posture];
}

/**
 * The side that the picture is made for: the lifted elbow, the raised arm. An explicit one wins; a kneeling turn goes
 * by the sign of its target, an arm movement by the arm that wears a sensor.
 */
export function drawnSide(
  definition: MotionDefinition | null,
  explicit: Side | null,
  targetRad: number | null,
  worn: readonly SegmentRole[],
  current: Side,
): Side {
  if (explicit !== null) return explicit;
  if (definition !== null && isArmMovement(definition))
    return worn.includes('upperArmLeft') && !worn.includes('upperArmRight') ? 'left' : 'right';
  if (targetRad === null || targetRad === 0) return current;
  return targetRad > 0 ? 'left' : 'right';
}

/**
 * The perfect movement at an angle, for the figure: 5 x (w, x, y, z) in SEGMENT_ROLES order. Arms that only go along or stay
 * planted are left to the drawn posture (NaN), since it knows whether they are crossed or planted.
 */
export function drawnPoseInto(
  out: Float64Array,
  definition: MotionDefinition,
  primaryRad: number,
  side: Side,
): Float64Array {
  segmentPoseInto(out, definition, primaryRad, side);
  for (let i = 0; i < SEGMENT_ROLES.length; i++) {
    const role = SEGMENT_ROLES[i];
    const isArm = role === 'upperArmLeft' || role === 'upperArmRight';
    if (isArm && !movesArm(definition, role, side)) out.fill(NaN, 4 * i, 4 * i + 4);
  }
  return out;
}

function movesArm(definition: MotionDefinition, role: SegmentRole, side: Side): boolean {
  if (definition.oneSideASet && role !== armRole(side)) return false;
  return (
    isArmMovement(definition) ||
    definition.couplings.some((coupling) => coupling.segment === role && coupling.movingArmOnly === true)
  );
}
