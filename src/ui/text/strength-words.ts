import { msg } from '@lingui/core/macro';
import type { LibraryExerciseId } from '../../core/exercise/exercise-library.ts';
import type { LibraryWords } from './library-words.ts';

/** Exercises E12 to E24: strength, endurance, posture, breathing. */
export const STRENGTH_WORDS = {
  E12: {
    title: msg`Shoulder-blade squeeze`,
    why: msg`These muscles help you sit longer before your back gets tired.`,
    start: msg`Sit tall, elbows bent by your sides, palms up.`,
    steps: [
      msg`Gently draw your shoulder blades back and down. Use about a third of your strength.`,
      msg`Turn your forearms slightly out.`,
      msg`Hold for eight seconds and keep breathing.`,
      msg`Relax fully for four seconds.`,
    ],
    harder: {
      lightBand: msg`Turn your forearms out against a light band.`,
      bandRow: msg`Go on to the band row.`,
    },
    easier: {
      holdFive: msg`Hold for five seconds.`,
      onBack: msg`Lie on your back. Take the upper-back sensor off.`,
    },
    avoid: msg`If your arm tingles or goes numb, stop and answer the safety questions. If your neck hurts more, squeeze less.`,
    changes: {
      shoulder: msg`Keep your elbows at your sides and squeeze only a little.`,
      pregnancy: msg`Support your back when you are tired.`,
    },
  },
  E13: {
    title: msg`Band row`,
    why: msg`Pulling makes your back stronger for lifting and carrying.`,
    start: msg`Fix the band at chest height to something that cannot move, and check it for cracks. Sit or stand tall with your arms forward and the band just tight.`,
    steps: [
      msg`Pull your elbows back along your ribs and gently squeeze your shoulder blades.`,
      msg`Pause for one second.`,
      msg`Let the band go forward slowly. Take three seconds.`,
    ],
    harder: {
      thickerBand: msg`Use a thicker band.`,
      oneArm: msg`Pull with one arm.`,
      footForward: msg`Put one foot forward, or bend forward at your hips.`,
    },
    easier: {
      squeeze: msg`Do the shoulder-blade squeeze instead.`,
      lighterBand: msg`Use a lighter band, six times.`,
    },
    avoid: msg`Do not start with a cracked band or a loose anchor. Keep breathing. If your shoulder hurts, keep your elbows lower and take a lighter band.`,
    changes: {
      bone: msg`Sit, take a light band, no jerks, and keep your back straight.`,
      shoulder: msg`Keep your elbows below shoulder height and take the lightest band.`,
      pregnancy: msg`Stay seated.`,
    },
  },
  E14: {
    title: msg`Face-down T`,
    why: msg`This trains the muscles between your shoulder blades.`,
    start: msg`Lie face down, or lean over a table, with your forehead on a towel. Arms out at shoulder height, thumbs up.`,
    steps: [
      msg`Draw your shoulder blades together and lift your straight arms a few centimetres.`,
      msg`Hold two seconds.`,
      msg`Lower slowly.`,
    ],
    harder: {
      smallWeight: msg`Hold half a kilo to one and a half kilos.`,
      threeSets: msg`Do three sets of twelve.`,
      holdFive: msg`Hold for five seconds.`,
    },
    easier: {
      standingBand: msg`Stand and pull a band apart.`,
      overTable: msg`Lean over a table.`,
      oneArm: msg`Use one arm.`,
    },
    avoid: msg`If you cannot lie face down, lean over a table.`,
    changes: {
      bone: msg`Lean over a table, with no weight at first.`,
      shoulder: msg`Lean over a table with your elbows bent.`,
      noFloor: msg`Lean over a table.`,
    },
  },
  E15: {
    title: msg`Face-down Y`,
    why: msg`This helps you hold your arms up high with less strain.`,
    start: msg`Lie face down with your forehead on a towel and your arms overhead in a wide Y, thumbs up.`,
    steps: [msg`Reach long, then let your arms float up.`, msg`Hold two seconds.`, msg`Lower slowly.`],
    harder: { smallWeight: msg`Hold small weights.`, threeSets: msg`Do three sets of ten.` },
    easier: {
      faceDownT: msg`Do the face-down T instead.`,
      atWall: msg`Stand at a wall and lift your hands off it.`,
    },
    avoid: msg`Leave it out if you cannot lie face down.`,
    changes: {
      bone: msg`Stand at a wall and lift your hands off it.`,
      noFloor: msg`Stand at a wall and lift your hands off it.`,
    },
  },
  E16: {
    title: msg`W pull`,
    why: msg`This strengthens the back of your shoulders for pulling and lifting.`,
    start: msg`Stand tall with a light band in both hands, elbows bent, arms in the shape of a W.`,
    steps: [
      msg`Pull your hands apart and back, shoulder blades down.`,
      msg`Hold two seconds.`,
      msg`Return slowly.`,
    ],
    harder: { strongerBand: msg`Use a stronger band.`, faceDown: msg`Lie face down and lift the W.` },
    easier: { squeeze: msg`Do the shoulder-blade squeeze instead.` },
    avoid: msg`If your shoulder hurts more, take a lighter band and keep your elbows at your sides.`,
    changes: {
      shoulder: msg`Take the lightest band and keep your elbows at your sides.`,
      pregnancy: msg`Sit when you are tired; do not lie face down.`,
    },
  },
  E17: {
    title: msg`Wall push-up plus`,
    why: msg`The last push trains the muscle that holds your shoulder blade to your ribs.`,
    start: msg`Put your hands on the wall at chest height, arms straight, body in one line.`,
    steps: [
      msg`Bend your elbows and bring your chest toward the wall.`,
      msg`Push away until your arms are straight.`,
      msg`Then push a little more, so your upper back rounds gently. That is the plus.`,
      msg`Relax that last push and go again.`,
    ],
    harder: {
      handsOnTable: msg`Put your hands on a table.`,
      onKnees: msg`Do it on your knees.`,
      onFloor: msg`Do it on the floor.`,
    },
    easier: { punch: msg`Do the punch to the ceiling instead.`, leanLess: msg`Lean less.` },
    avoid: msg`If your wrists hurt, push with your fists.`,
    changes: { bone: msg`Leave out the last push.`, shoulder: msg`Stay at the wall, hands at chest height.` },
  },
  E18: {
    title: msg`Punch to the ceiling`,
    why: msg`This trains your shoulder-blade muscle with no load on your back.`,
    start: msg`Take the upper-back sensor off before you lie on your back. Knees bent, one arm straight up to the ceiling.`,
    steps: [
      msg`Reach your fist up so your shoulder blade slides forward.`,
      msg`Hold one second.`,
      msg`Lower only your shoulder; your elbow stays straight.`,
    ],
    harder: {
      weight: msg`Hold one to four kilos.`,
      standingBand: msg`Stand and punch against a band.`,
      wallPushUp: msg`Go on to the wall push-up.`,
    },
    easier: { noWeight: msg`Use no weight.` },
    avoid: msg`If your shoulder hurts more, make the move smaller and use no weight.`,
    changes: {
      pregnancy: msg`Raise your upper body on pillows, or punch standing.`,
      dizziness: msg`Stand and punch against a band.`,
      shoulder: msg`Use no weight and make the move small.`,
      noFloor: msg`Do it on a firm bed.`,
    },
  },
  E19: {
    title: msg`Bird dog`,
    why: msg`This trains your back to stay steady while arms and legs move.`,
    start: msg`Go on hands and knees, your back long.`,
    steps: [
      msg`Reach one arm forward and the opposite leg back.`,
      msg`Keep your hips level. Hold five seconds and breathe.`,
      msg`Return and swap.`,
    ],
    harder: {
      holdTen: msg`Hold for ten seconds.`,
      elbowToKnee: msg`Bring elbow and knee together in between.`,
      lightWeight: msg`Hold a light weight.`,
    },
    easier: {
      armOnly: msg`Move only the arm.`,
      legOnly: msg`Move only the leg.`,
      atWall: msg`Do it standing at a wall.`,
    },
    avoid: msg`Leave it out if your wrists or knees hurt.`,
    changes: { shoulder: msg`Move only the leg.`, pregnancy: msg`Move only the arm or only the leg.` },
  },
  E20: {
    title: msg`Chin glide, sitting tall`,
    why: msg`A steady neck takes work off your upper back at the desk.`,
    start: msg`Sit tall and look straight ahead.`,
    steps: [
      msg`Glide your chin straight back, as if making a small double chin.`,
      msg`Grow tall through the top of your head.`,
      msg`Hold five seconds, then relax.`,
    ],
    harder: { againstHand: msg`Push gently against your hand.`, againstBand: msg`Push against a band.` },
    easier: { onPillow: msg`Lie with your head on a pillow. Take the upper-back sensor off.` },
    avoid: msg`If you feel dizzy or your arm tingles, stop and answer the safety questions.`,
    changes: { dizziness: msg`Make the move small and stop if you feel dizzy.` },
  },
  E21: {
    title: msg`Easy upright hold`,
    why: msg`This builds staying power for sitting and standing.`,
    start: msg`Sit without leaning back, or stand. Find your own easy upright, the one you showed the sensors at the start.`,
    steps: [
      msg`Stay in the green zone while you read or type.`,
      msg`Breathe and make tiny moves.`,
      msg`Move and start again when the zone turns amber.`,
    ],
    harder: {
      threeMinutes: msg`Stay for three minutes.`,
      softCushion: msg`Sit on a soft cushion.`,
      holdSomething: msg`Hold something heavier.`,
    },
    easier: { backSupported: msg`Support your back.`, halfMinute: msg`Stay for thirty seconds.` },
    avoid: null,
    changes: { dizziness: msg`Do it sitting.`, pregnancy: msg`Support your back when you are tired.` },
  },
  E22: {
    title: msg`Side-rib breathing`,
    why: msg`Breathing into your sides helps stiff ribs move and calms you.`,
    start: msg`Sit with support, hands or a band around your lower ribs. If you lie on your back with knees bent, take the upper-back sensor off.`,
    steps: [
      msg`Breathe in through your nose for about four seconds and push your ribs sideways into your hands.`,
      msg`Breathe out softly for six seconds.`,
      msg`Keep your shoulders loose.`,
    ],
    harder: {
      onSide: msg`Lie on your side and breathe into the upper ribs.`,
      bandAround: msg`Put a towel or band around your ribs.`,
      withSideBend: msg`Do it together with the seated side bend.`,
    },
    easier: {
      shorter: msg`Breathe in for three seconds and out for four.`,
      noCounting: msg`Breathe without counting.`,
    },
    avoid: msg`Stop if you feel dizzy or your lips tingle. Do not hold your breath with a heart or lung illness.`,
    changes: {
      pregnancy: msg`Sit, or lie on your side.`,
      dizziness: msg`Sit with support.`,
      noFloor: msg`Use a chair or a bed.`,
    },
  },
  E23: {
    title: msg`Slow all-round breathing`,
    why: msg`Slow breathing helps you calm down, sleep and get through a flare-up.`,
    start: msg`Sit with support or lie on your side. If you lie on your back, take the upper-back sensor off. One hand on your belly, one on your upper chest.`,
    steps: [
      msg`Breathe low and wide: front, sides, back.`,
      msg`About six breaths a minute, no strain.`,
      msg`Let your upper back soften with each breath out.`,
    ],
    harder: { tenMinutes: msg`Go on for ten minutes.` },
    easier: { twoMinutes: msg`Two minutes, at your own pace.` },
    avoid: msg`Stop if you feel dizzy or your lips tingle. Do not hold your breath with a heart or lung illness.`,
    changes: {
      pregnancy: msg`Sit, or lie on your side.`,
      dizziness: msg`Sit with support.`,
      noFloor: msg`Use a chair or a bed.`,
    },
  },
  E24: {
    title: msg`Hip hinge lift`,
    why: msg`Lifting step by step makes you sure you can do it again.`,
    start: msg`Stand with your feet hip-width apart, an object on a chair in front of you. Later it can stand lower.`,
    steps: [
      msg`Push your hips back and keep your chest long.`,
      msg`Take the object close to you.`,
      msg`Push the floor away and stand up.`,
      msg`Lower it the same way.`,
    ],
    harder: {
      heavier: msg`Take something heavier.`,
      lower: msg`Lift from lower down.`,
      carry: msg`Carry it after the lift.`,
    },
    easier: { noLoad: msg`Use no load and a high surface.`, stick: msg`Hold a stick along your back.` },
    avoid: msg`Not after a minor fall or lift that hurt, if your bones are fragile, before someone has looked at it.`,
    changes: {
      bone: msg`Take a light load from chair height and keep your back straight. Add load only if a clinician sets how much.`,
      dizziness: msg`Use a high surface, go slowly, and keep your head level.`,
      shoulder: msg`Take a light load, close to your body.`,
      pregnancy: msg`Take a light load from a high surface.`,
    },
  },
} satisfies Partial<Record<LibraryExerciseId, LibraryWords>>;
