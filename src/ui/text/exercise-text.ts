/** Words for the exercises, from the project's own exercise library. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { SegmentRole } from '../../core/body/segment-role.ts';
import type { LibraryExerciseId } from '../../core/exercise/exercise-library.ts';
import type { MeasureName, Side } from '../../core/exercise/motion-definition.ts';
import type { LIVE_ANGLE_NAMES } from '../../core/pipeline/live-frame.ts';
import { laterWords } from './later-text.ts';

export interface ExerciseWords {
  readonly title: MessageDescriptor;
  readonly why: MessageDescriptor;
  /** Shown while nothing needs correcting: an outside target. */
  readonly cue: MessageDescriptor;
  /** Names one repetition: "Turn 4 of 6". */
  readonly move: 'turn' | 'bend' | 'lean' | 'reach' | 'lift' | 'move' | 'hold' | 'breath';
}

export function exerciseWords(exerciseId: LibraryExerciseId): ExerciseWords {
  switch (exerciseId) {
    case 'E01':
      return {
        title: msg`Seated turn`,
        why: msg`Looking behind you, driving and reaching across get easier when you can turn.`,
        cue: msg`Turn your breastbone to the wall`,
        move: 'turn',
      };
    case 'E02':
      return {
        title: msg`Kneeling turn, one elbow up`,
        why: msg`This is the clearest way to see and train how far your upper back turns.`,
        cue: msg`Point your elbow at the ceiling`,
        move: 'turn',
      };
    case 'E03':
      return {
        title: msg`Open book`,
        why: msg`Lying down takes the weight off, so your upper back can turn with little effort.`,
        cue: msg`Open your chest to the ceiling`,
        move: 'turn',
      };
    case 'E04':
      return {
        title: msg`Cat and camel`,
        why: msg`Slow rounding and arching loosens a stiff back and warms it up.`,
        cue: msg`Round up to the ceiling, then sink`,
        move: 'move',
      };
    case 'E05':
      return {
        title: msg`Seated bow and lean back`,
        why: msg`Bending both ways helps you sit upright and reach up high.`,
        cue: msg`Lift your breastbone to the ceiling`,
        move: 'lean',
      };
    case 'E06':
      return {
        title: msg`Lie over a towel roll`,
        why: msg`Resting over a roll gives your chest time to open.`,
        cue: msg`Let your upper back sink over the roll`,
        move: 'hold',
      };
    case 'E07':
      return {
        title: msg`Thread the needle`,
        why: msg`This turns your upper back both ways and lets your shoulder blade glide.`,
        cue: msg`Slide through, then reach for the ceiling`,
        move: 'move',
      };
    case 'E08':
      return {
        title: msg`Seated side bend`,
        why: msg`Side bends open the ribs and make deep breaths easier.`,
        cue: msg`Reach over towards the side wall`,
        move: 'bend',
      };
    case 'E09':
      return {
        title: msg`Wall slide`,
        why: msg`Sliding up a wall makes reaching a high shelf easier.`,
        cue: msg`Slide up to the ceiling`,
        move: 'reach',
      };
    case 'E10':
      return {
        title: msg`Wall angel`,
        why: msg`This trains the muscles that help you stand tall.`,
        cue: msg`Slide your arms up along the wall`,
        move: 'reach',
      };
    case 'E11':
      return {
        title: msg`Reach up`,
        why: msg`Reaching up gets easier when your back and arm move together.`,
        cue: msg`Reach for the ceiling`,
        move: 'reach',
      };
    case 'E12':
      return {
        title: msg`Shoulder-blade squeeze`,
        why: msg`These muscles help you sit longer before your back gets tired.`,
        cue: msg`Slide your shoulder blades into your back pockets`,
        move: 'hold',
      };
    case 'E13':
      return {
        title: msg`Band row`,
        why: msg`Pulling makes your back stronger for lifting and carrying.`,
        cue: msg`Pull your elbows to the wall behind you`,
        move: 'move',
      };
    case 'E14':
      return {
        title: msg`Face-down T`,
        why: msg`This trains the muscles between your shoulder blades.`,
        cue: msg`Float your arms to the ceiling`,
        move: 'lift',
      };
    case 'E15':
      return {
        title: msg`Face-down Y`,
        why: msg`This helps you hold your arms up high with less strain.`,
        cue: msg`Reach long and float your arms up`,
        move: 'lift',
      };
    case 'E16':
      return {
        title: msg`W pull`,
        why: msg`This strengthens the back of your shoulders for pulling and lifting.`,
        cue: msg`Pull the band apart towards the walls beside you`,
        move: 'move',
      };
    case 'E17':
      return {
        title: msg`Wall push-up plus`,
        why: msg`The last push trains the muscle that holds your shoulder blade to your ribs.`,
        cue: msg`Bring your chest to the wall`,
        move: 'move',
      };
    case 'E18':
      return {
        title: msg`Punch to the ceiling`,
        why: msg`This trains your shoulder-blade muscle with no load on your back.`,
        cue: msg`Push your fist to the ceiling`,
        move: 'move',
      };
    case 'E19':
      return {
        title: msg`Bird dog`,
        why: msg`This trains your back to stay steady while arms and legs move.`,
        cue: msg`Keep your back like a table`,
        move: 'hold',
      };
    case 'E20':
      return {
        title: msg`Chin glide, sitting tall`,
        why: msg`A steady neck takes work off your upper back at the desk.`,
        cue: msg`Grow tall towards the ceiling`,
        move: 'hold',
      };
    case 'E21':
      return {
        title: msg`Easy upright hold`,
        why: msg`This builds staying power for sitting and standing.`,
        cue: msg`Stay easy and upright, and keep breathing`,
        move: 'hold',
      };
    case 'E22':
      return {
        title: msg`Side-rib breathing`,
        why: msg`Breathing into your sides helps stiff ribs move and calms you.`,
        cue: msg`Breathe into your hands`,
        move: 'breath',
      };
    case 'E23':
      return {
        title: msg`Slow all-round breathing`,
        why: msg`Slow breathing helps you calm down, sleep and get through a flare-up.`,
        cue: msg`Let your upper back soften with each breath out`,
        move: 'breath',
      };
    case 'E24':
      return {
        title: msg`Hip hinge lift`,
        why: msg`Lifting step by step makes you sure you can do it again.`,
        cue: msg`Push your hips to the wall behind you`,
        move: 'lift',
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
    case 'upperBackPitch':
      return msg`Rounding of the upper back, from gravity`;
    case 'upperBackTilt':
      return msg`Lean of the whole trunk, from gravity`;
    case 'armLiftFromGravity':
      return msg`Lift of the arm, from gravity`;
    default:
      return laterWords(measure);
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
    case 'move':
      return msg`Move ${{ current }} of ${{ total }}`;
    case 'lift':
      return msg`Lift ${{ current }} of ${{ total }}`;
    case 'reach':
      return msg`Reach ${{ current }} of ${{ total }}`;
    case 'hold':
      return msg`Hold ${{ current }} of ${{ total }}`;
    case 'breath':
      return msg`Breath ${{ current }} of ${{ total }}`;
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
