/** What is said about a movement while it is made; loaded with the session. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { CUE_CODES, type CueCode } from '../../core/exercise/cue-rules.ts';
import type { ExerciseId } from '../../core/exercise/motion-definition.ts';
import { exerciseWords } from './exercise-text.ts';

/** What the detector has to say, as an outside target; without anything to say, the exercise's own cue. */
export function cueWords(cue: CueCode | null, exerciseId: ExerciseId): MessageDescriptor {
  switch (cue) {
    case null:
      return exerciseWords(exerciseId).cue;
    case 'kneesLevel':
      return msg`Keep your knees level; turn from the ribs`;
    case 'growTall':
      return msg`Grow tall, turn like a post`;
    case 'liftBreastbone':
      return msg`Lift your breastbone, then turn`;
    case 'hipsHeavy':
      return msg`Keep your hips heavy on your heels`;
    case 'stayCentred':
      return msg`Stay centred over your forearm`;
    case 'bendHigherUp':
      return msg`Ribs down: bend at the chair edge, not the waist`;
    case 'straightBack':
      return msg`Face straight ahead`;
    case 'seatHeavy':
      return msg`Keep both sides of your seat heavy`;
    case 'faceForward':
      return msg`Face forward, bend like between two panes of glass`;
    case 'chestAhead':
      return msg`Keep your chest facing ahead`;
    case 'reachUp':
      return msg`Reach up, not over to the side`;
    case 'ribsOverHips':
      return msg`Keep ribs over hips`;
    case 'turnChest':
      return msg`Turn your chest, not just your elbow`;
    case 'kneesStacked':
      return msg`Keep your knees stacked and heavy`;
    case 'rollRibs':
      return msg`Roll your ribs, the arm just follows`;
    case 'betweenBlades':
      return msg`Move the part between your shoulder blades`;
    case 'hipsSquare':
      return msg`Keep your hips square over your knees`;
    case 'slideDown':
      return msg`Slide slowly, and keep your chest up`;
    case 'ribsDown':
      return msg`Ribs down; slide, do not lean back`;
    case 'evenArms':
      return msg`Reach evenly with both arms`;
    case 'sameHeight':
      return msg`Bring both hands to the same height`;
    case 'frontRibs':
      return msg`Bring your front ribs down`;
    case 'armsBack':
      return msg`Let your arms drift back toward the wall`;
    case 'evenSides':
      return msg`Stay even on both sides`;
    case 'elbowsMove':
      return msg`Move your elbows, not your body`;
    case 'staySquare':
      return msg`Stay square to the front`;
    case 'slowForward':
      return msg`Slow on the way forward`;
    case 'chestHeavy':
      return msg`Chest stays heavy; only the arms float`;
    case 'armsLevel':
      return msg`Arms level with your shoulders`;
    case 'breastboneDown':
      return msg`Keep your breastbone down`;
    case 'reachOverhead':
      return msg`Reach a little further overhead`;
    case 'oneLine':
      return msg`Keep one straight line`;
    case 'pushEvenly':
      return msg`Push evenly with both hands`;
    case 'longBreastbone':
      return msg`Keep your breastbone long, or take a lighter load`;
    case 'turnFeet':
      return msg`Turn with your feet`;
    case 'slower':
      return msg`Slower. Take three seconds`;
    case 'aLittleFurther':
      return msg`Nice. A bit further if it feels fine`;
    case 'otherSide':
      return msg`Now to the other side`;
    case 'holdAtTheEnd':
      return msg`Stay at the end until the chime`;
    case 'wellDone':
      return msg`That was smooth. Keep this pace`;
    case 'signalBack':
      return msg`The signal is back. Go on`;
  }
}

/** The fact carries the cue as text; one that this version does not know has no words. */
export function cueCode(cue: string | null): CueCode | null {
  return CUE_CODES.find((code) => code === cue) ?? null;
}
