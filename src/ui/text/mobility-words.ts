import { msg } from '@lingui/core/macro';
import type { LibraryExerciseId } from '../../core/exercise/exercise-library.ts';
import type { LibraryWords } from './library-words.ts';

/** Exercises E01 to E11. */
export const MOBILITY_WORDS = {
  E01: {
    title: msg`Seated turn`,
    why: msg`Looking behind you, driving and reaching across get easier when you can turn.`,
    start: msg`Sit near the front of a firm chair without wheels that stands against a wall. Feet flat, a cushion squeezed between your knees, arms crossed on your chest.`,
    steps: [
      msg`Sit tall and breathe in.`,
      msg`Breathe out and turn your breastbone to the side. Let your eyes follow.`,
      msg`Pause at the end, breathe in.`,
      msg`Return slowly to the middle. Change sides.`,
    ],
    harder: {
      armsOut: msg`Hold a stick, arms out to the sides.`,
      twoBreaths: msg`Take two breaths at the end of the turn.`,
      againstBand: msg`Turn against a band.`,
    },
    easier: {
      halfTurn: msg`Turn only half as far.`,
      handsOnThighs: msg`Rest your hands on your thighs.`,
      lyingSweep: msg`Lie with your knees bent and sweep one arm across.`,
    },
    avoid: msg`Leave it out with a broken rib or with pain from shingles.`,
    changes: {
      bone: msg`Turn only half as far, and do not push further with your hands.`,
      dizziness: msg`Go slowly, let your head turn with your chest, and stop if you feel dizzy.`,
      shoulder: msg`Rest your hands on your thighs.`,
    },
  },
  E02: {
    title: msg`Kneeling turn, one elbow up`,
    why: msg`This is the clearest way to see and train how far your upper back turns.`,
    start: msg`Kneel and sit back on your heels with a pillow on your calves. Put one forearm on the floor in front of your knees and the other hand behind your neck.`,
    steps: [
      msg`Keep hips on heels.`,
      msg`Turn the bent elbow up to the ceiling.`,
      msg`Hold two seconds, breathe.`,
      msg`Lower the elbow back, swap hands, and turn to the other side.`,
    ],
    harder: {
      holdFive: msg`Stay for five seconds and one breath.`,
      handOnLowBack: msg`Put your hand on your lower back instead of your neck.`,
      lightWeight: msg`Hold a light weight in your hand.`,
    },
    easier: {
      handsAndKnees: msg`Go on hands and knees instead of sitting on your heels.`,
      openBook: msg`Do the open book instead, lying on your side.`,
      seatedTurn: msg`Do the seated turn instead.`,
    },
    avoid: msg`If kneeling hurts your knees or hips, go on hands and knees. If your wrist hurts, rest on your forearm.`,
    changes: {
      pregnancy: msg`Go on hands and knees.`,
      shoulder: msg`Put your hand on your lower back instead of behind your neck.`,
    },
  },
  E03: {
    title: msg`Open book`,
    why: msg`Lying down takes the weight off, so your upper back can turn with little effort.`,
    start: msg`Lie on your side with hips and knees bent, a cushion between your knees and your head on a pillow. Arms straight in front of you, palms together.`,
    steps: [
      msg`Breathe in.`,
      msg`Breathe out, lift the top arm and open it behind you like a page. Let your eyes follow the hand.`,
      msg`Stay for a breath.`,
      msg`Close the book.`,
    ],
    harder: {
      threeBreaths: msg`Stay open for three breaths.`,
      legStraight: msg`Rest the top leg straight on the floor.`,
      kneelingTurn: msg`Go on to the kneeling turn.`,
    },
    easier: {
      elbowBent: msg`Bend your elbow and keep the hand on your ribs.`,
      pillowBehind: msg`Make the move smaller, with a pillow behind you.`,
    },
    avoid: msg`If your shoulder slips easily, keep your elbow bent.`,
    changes: {
      bone: msg`Go only half as far.`,
      pregnancy: msg`Lie on your left side after week 28, or do the seated turn instead.`,
      shoulder: msg`Bend your elbow and keep the hand on your ribs.`,
      noFloor: msg`Do it on a firm bed.`,
    },
  },
  E04: {
    title: msg`Cat and camel`,
    why: msg`Slow rounding and arching loosens a stiff back and warms it up.`,
    start: msg`Go on hands and knees, hands under your shoulders, knees under your hips.`,
    steps: [
      msg`Breathe out and gently round your upper back to the ceiling.`,
      msg`Breathe in and let your breastbone sink down and forward.`,
      msg`Move slowly between the two.`,
    ],
    harder: {
      onePart: msg`Move one part of your back at a time.`,
      pauseLow: msg`Pause for five seconds with your breastbone low.`,
      birdDog: msg`Go on to the bird dog.`,
    },
    easier: { sitting: msg`Do it sitting, hands on your knees.`, onTable: msg`Rest your hands on a table.` },
    avoid: msg`If your wrists hurt, rest on your forearms or on a table.`,
    changes: {
      bone: msg`Do only the half with your breastbone down; no rounding.`,
      dizziness: msg`Do it sitting, hands on your knees.`,
      noFloor: msg`Do it sitting, hands on your knees.`,
    },
  },
  E05: {
    title: msg`Seated bow and lean back`,
    why: msg`Bending both ways helps you sit upright and reach up high.`,
    start: msg`Use a firm chair without wheels, against a wall. Sit with the top edge of its back just under your shoulder blades, a towel over the edge. Hands behind your head, elbows forward.`,
    steps: [
      msg`Breathe out and round your back forward.`,
      msg`Come up slowly to the middle.`,
      msg`Breathe in and lean the breastbone up and back over the chair edge.`,
      msg`Stop before the low back arches. Hold two seconds, return.`,
    ],
    harder: {
      armsOverhead: msg`Hold your arms overhead.`,
      edgeMoved: msg`Let the chair edge sit one level higher or lower.`,
      overRoll: msg`Go on to lying over a towel roll.`,
    },
    easier: {
      liftOnly: msg`Sit and lift your chest without leaning.`,
      rollBehind: msg`Put a towel roll behind you in the chair.`,
    },
    avoid: msg`Leave it out if you feel dizzy when your head tips back, or after a recent break or operation.`,
    changes: { shoulder: msg`Cross your arms on your chest.` },
  },
  E06: {
    title: msg`Lie over a towel roll`,
    why: msg`Resting over a roll gives your chest time to open.`,
    start: msg`Lie on your back with knees bent and a firm towel roll across your back at the shoulder blades. Hold your head in your hands. Take the upper-back sensor off if it presses, or put the roll below it.`,
    steps: [
      msg`Let your upper back sink over the roll.`,
      msg`Breathe slowly, three breaths.`,
      msg`Lift your head with your hands, move the roll by two fingers, and do it again.`,
    ],
    harder: { armsOverhead: msg`Hold your arms overhead.`, fullRoller: msg`Use a full foam roller.` },
    easier: { thinTowel: msg`Use a thin towel.`, overChair: msg`Do the lean over the chair instead.` },
    avoid: msg`Leave it out with heartburn or a broken rib. Never put the roll under your lower back or your neck.`,
    changes: { shoulder: msg`Keep your arms by your sides and a pillow under your head.` },
  },
  E07: {
    title: msg`Thread the needle`,
    why: msg`This turns your upper back both ways and lets your shoulder blade glide.`,
    start: msg`Go on hands and knees.`,
    steps: [
      msg`Slide one hand under the other arm, palm up, and let that shoulder go toward the floor.`,
      msg`Pause for one breath.`,
      msg`Come back and reach the same hand to the ceiling.`,
      msg`Swap sides after the set.`,
    ],
    harder: { holdFive: msg`Stay for five seconds.`, lightWeight: msg`Hold a light weight for the reach.` },
    easier: { halfway: msg`Reach only halfway.`, seatedTurn: msg`Do the seated turn instead.` },
    avoid: msg`Leave it out if your wrists hurt.`,
    changes: {},
  },
  E08: {
    title: msg`Seated side bend`,
    why: msg`Side bends open the ribs and make deep breaths easier.`,
    start: msg`Sit tall on a firm chair without wheels, against a wall. One hand holds the seat, the other is behind your head or reaches up.`,
    steps: [
      msg`Breathe in and grow tall.`,
      msg`Breathe out and arc sideways over the resting hand.`,
      msg`Feel the upper ribs spread. One breath.`,
      msg`Return, swap.`,
    ],
    harder: {
      armOverhead: msg`Hold your arm overhead.`,
      threeBreaths: msg`Stay for three breaths into the open ribs.`,
    },
    easier: {
      handOnThigh: msg`Rest your hand on your thigh.`,
      overPillow: msg`Lie on your side over a pillow.`,
    },
    avoid: msg`Leave it out with a broken rib.`,
    changes: {
      bone: msg`Go only half as far.`,
      dizziness: msg`Go slowly and keep your eyes on one point.`,
      shoulder: msg`Keep your hand on your hip, not overhead.`,
    },
  },
  E09: {
    title: msg`Wall slide`,
    why: msg`Sliding up a wall makes reaching a high shelf easier.`,
    start: msg`Face a wall with your forearms on it and a towel under your hands. Elbows at shoulder height, one foot forward.`,
    steps: [
      msg`Lightly press your forearms into the wall.`,
      msg`Slide up as high as comfortable and lean in a little.`,
      msg`Pause at the top.`,
      msg`Slide down slowly.`,
    ],
    harder: {
      handsOff: msg`Lift your hands off the wall at the top.`,
      loopBand: msg`Put a light loop band around your wrists.`,
      wallAngel: msg`Go on to the wall angel.`,
    },
    easier: {
      oneArm: msg`Use one arm.`,
      faceHeight: msg`Go only to face height.`,
      onTable: msg`Slide your hands on a table.`,
    },
    avoid: msg`If it hurts above shoulder height, stay lower.`,
    changes: { shoulder: msg`Go only as high as is set for your shoulder.` },
  },
  E10: {
    title: msg`Wall angel`,
    why: msg`This trains the muscles that help you stand tall.`,
    start: msg`Stand with your back to the wall, heels about a hand away from it. Hold your arms like goal posts with their backs toward the wall. The upper-back sensor must not be pressed: put a cushion on each side of it.`,
    steps: [
      msg`Grow tall along the wall, ribs soft.`,
      msg`Slide your arms up until just before they leave the wall.`,
      msg`Slide down until your elbows are by your ribs.`,
    ],
    harder: { lightBand: msg`Hold a light band.`, holdFive: msg`Stay for five seconds at the top.` },
    easier: {
      wallSlide: msg`Do the wall slide instead.`,
      onBack: msg`Lie on your back and slide your arms. Take the upper-back sensor off.`,
    },
    avoid: msg`Leave it out if the front of your shoulder hurts or pinches.`,
    changes: {},
  },
  E11: {
    title: msg`Reach up`,
    why: msg`Reaching up gets easier when your back and arm move together.`,
    start: msg`Stand or sit tall, arm by your side, thumb up.`,
    steps: [
      msg`Reach forward and up as high as comfortable.`,
      msg`Lift the breastbone at the end.`,
      msg`Hold two seconds.`,
      msg`Lower slowly.`,
    ],
    harder: {
      smallWeight: msg`Hold half a kilo to two kilos.`,
      bothArms: msg`Raise both arms and let your chest lift at the top.`,
      shelf: msg`Put things on a shelf.`,
    },
    easier: {
      lyingStick: msg`Lie down and use a stick. Take the upper-back sensor off.`,
      wallSlide: msg`Do the wall slide instead, up to shoulder height.`,
    },
    avoid: msg`If it hurts more the higher you go, stay lower.`,
    changes: {
      dizziness: msg`Keep your eyes level; do not follow your hand.`,
      shoulder: msg`Go only as high as is set for your shoulder.`,
    },
  },
} satisfies Partial<Record<LibraryExerciseId, LibraryWords>>;
