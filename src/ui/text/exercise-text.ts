/** Words for the exercises, from the project's own exercise library. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { SegmentRole } from '../../core/body/segment-role.ts';
import type { ExerciseId, MeasureName, Side } from '../../core/exercise/motion-definition.ts';
import type { LIVE_ANGLE_NAMES } from '../../core/pipeline/live-frame.ts';

export interface ExerciseWords {
  readonly title: MessageDescriptor;
  readonly why: MessageDescriptor;
  readonly start: MessageDescriptor;
  readonly steps: readonly MessageDescriptor[];
  /** Shown while nothing needs correcting: an outside target. */
  readonly cue: MessageDescriptor;
  /** Names one repetition: "Turn 4 of 6". */
  readonly move: 'turn' | 'bend' | 'lean' | 'reach';
}

export function exerciseWords(exerciseId: ExerciseId): ExerciseWords {
  switch (exerciseId) {
    case 'E01':
      return {
        title: msg`Seated turn`,
        why: msg`Looking behind you, driving and reaching across get easier when you can turn.`,
        start: msg`Sit near the front of a firm chair without wheels that stands against a wall. Feet flat, a cushion squeezed between your knees, arms crossed on your chest.`,
        steps: [
          msg`Sit tall and breathe in.`,
          msg`Breathe out and turn your breastbone to the side. Let your eyes follow.`,
          msg`Pause at the end, breathe in.`,
          msg`Return slowly to the middle. Change sides.`,
        ],
        cue: msg`Turn your breastbone to the wall`,
        move: 'turn',
      };
    case 'E02':
      return {
        title: msg`Kneeling turn, one elbow up`,
        why: msg`This is the clearest way to see and train how far your upper back turns.`,
        start: msg`Kneel and sit back on your heels with a pillow on your calves. Put one forearm on the floor in front of your knees and the other hand behind your neck.`,
        steps: [
          msg`Keep hips on heels.`,
          msg`Turn the bent elbow up to the ceiling.`,
          msg`Hold two seconds, breathe.`,
          msg`Lower the elbow back. All turns to one side, then swap.`,
        ],
        cue: msg`Point your elbow at the ceiling`,
        move: 'turn',
      };
    case 'E05':
      return {
        title: msg`Seated bow and lean back`,
        why: msg`Bending both ways helps you sit upright and reach up high.`,
        start: msg`Use a firm chair without wheels, against a wall. Sit with the top edge of its back just under your shoulder blades, a towel over the edge.`,
        steps: [
          msg`Breathe out and round your back forward.`,
          msg`Come up slowly to the middle.`,
          msg`Breathe in and lean the breastbone up and back over the chair edge.`,
          msg`Stop before the low back arches. Hold two seconds, return.`,
        ],
        cue: msg`Lift your breastbone to the ceiling`,
        move: 'lean',
      };
    case 'E08':
      return {
        title: msg`Seated side bend`,
        why: msg`Side bends open the ribs and make deep breaths easier.`,
        start: msg`Sit tall on a firm chair without wheels, against a wall. One hand holds the seat, the other is behind your head or reaches up.`,
        steps: [
          msg`Breathe in and grow tall.`,
          msg`Breathe out and arc sideways over the resting hand.`,
          msg`Feel the upper ribs spread. One breath.`,
          msg`Return, swap.`,
        ],
        cue: msg`Reach over towards the side wall`,
        move: 'bend',
      };
    case 'E11':
      return {
        title: msg`Reach up`,
        why: msg`Reaching up gets easier when your back and arm move together.`,
        start: msg`Stand or sit tall, arm by your side, thumb up.`,
        steps: [
          msg`Reach forward and up as high as comfortable.`,
          msg`Lift the breastbone at the end.`,
          msg`Hold two seconds.`,
          msg`Lower slowly.`,
        ],
        cue: msg`Reach for the ceiling`,
        move: 'reach',
      };
  }
}

export function roleName(role: SegmentRole): MessageDescriptor {
  switch (role) {
    case 'upperBack':
      return msg`Upper back`;
    case 'lowerBack':
      return msg`Lower back`;
    case 'pelvis':
      return msg`Base of the spine`;
    case 'upperArmLeft':
      return msg`Left arm`;
    case 'upperArmRight':
      return msg`Right arm`;
  }
}

/** Colour and shape: the name a sensor goes by on the table and on the body. */
export function badgeName(role: SegmentRole): MessageDescriptor {
  switch (role) {
    case 'upperBack':
      return msg`Blue circle`;
    case 'lowerBack':
      return msg`Amber triangle`;
    case 'pelvis':
      return msg`Green diamond`;
    case 'upperArmLeft':
      return msg`Rose cross`;
    case 'upperArmRight':
      return msg`Violet square`;
  }
}

export function rolePlacement(role: SegmentRole): MessageDescriptor {
  switch (role) {
    case 'upperBack':
      return msg`High between the shoulder blades, a hand's width below the neck bone.`;
    case 'lowerBack':
      return msg`On the spine, where the ribs end.`;
    case 'pelvis':
      return msg`On the flat bone just above the tailbone.`;
    case 'upperArmLeft':
      return msg`Outside of the left upper arm, halfway down.`;
    case 'upperArmRight':
      return msg`Outside of the right upper arm, halfway down.`;
  }
}

export function sideName(side: Side | 'forward' | 'backward'): MessageDescriptor {
  switch (side) {
    case 'left':
      return msg`Left`;
    case 'right':
      return msg`Right`;
    case 'forward':
      return msg`Forward`;
    case 'backward':
      return msg`Back`;
  }
}

export function shakeRequest(role: SegmentRole): MessageDescriptor {
  switch (role) {
    case 'upperBack':
      return msg`Shake the sensor you will put on your upper back`;
    case 'lowerBack':
      return msg`Shake the sensor you will put on your lower back`;
    case 'pelvis':
      return msg`Shake the sensor you will put on the base of your spine`;
    case 'upperArmLeft':
      return msg`Shake the sensor you will put on your left arm`;
    case 'upperArmRight':
      return msg`Shake the sensor you will put on your right arm`;
  }
}

/** "To the left": what the person is asked to do next. */
export function sideInstruction(side: Side | 'forward' | 'backward'): MessageDescriptor {
  switch (side) {
    case 'left':
      return msg`To the left`;
    case 'right':
      return msg`To the right`;
    case 'forward':
      return msg`Forward`;
    case 'backward':
      return msg`Backward`;
  }
}

export function measureName(measure: MeasureName): MessageDescriptor {
  switch (measure) {
    case 'upperBackRelativeToLowerBack':
      return msg`Upper back against lower back`;
    case 'trunkRelativeToPelvis':
      return msg`Upper back against pelvis`;
    case 'upperBackLean':
      return msg`Lean of the upper back, from gravity`;
    case 'gravityRotation':
      return msg`Turn of the upper back, from gravity`;
    case 'armRelativeToUpperBack':
      return msg`Arm against upper back`;
    case 'armFromGravity':
      return msg`Arm, from gravity`;
    case 'upperBackTwist':
      return msg`Turn of the upper back alone, for each move only`;
  }
}

export function qualityClassWords(qualityClass: 'A' | 'B' | 'C'): MessageDescriptor {
  switch (qualityClass) {
    case 'A':
      return msg`Good enough to compare tests over time.`;
    case 'B':
      return msg`Good enough to guide you, and to show large changes.`;
    case 'C':
      return msg`Good enough to count and to guide you, not to compare.`;
  }
}

/** "Turn 4 of 6". */
export function moveCount(move: ExerciseWords['move'], current: number, total: number): MessageDescriptor {
  switch (move) {
    case 'turn':
      return msg`Turn ${{ current }} of ${{ total }}`;
    case 'bend':
      return msg`Bend ${{ current }} of ${{ total }}`;
    case 'lean':
      return msg`Move ${{ current }} of ${{ total }}`;
    case 'reach':
      return msg`Reach ${{ current }} of ${{ total }}`;
  }
}

/** What a plot shows; signs as everywhere: forward, right bend, left turn and up are positive. */
export function angleName(name: (typeof LIVE_ANGLE_NAMES)[number]): MessageDescriptor {
  switch (name) {
    case 'flexion':
      return msg`Bend forward (+) and back`;
    case 'sideBend':
      return msg`Side bend, right (+) and left`;
    case 'rotation':
      return msg`Turn, left (+) and right`;
    case 'armElevationLeft':
      return msg`Left arm raised`;
    case 'armElevationRight':
      return msg`Right arm raised`;
    case 'lockedRotation':
      return msg`Kneeling turn, left (+) and right`;
  }
}
