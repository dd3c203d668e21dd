/** What is said aloud, with the same words as caption. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { ExerciseId } from '../../core/exercise/motion-definition.ts';
import { CUE_CODES, type CueCode } from '../../core/exercise/cue-rules.ts';
import type { Utterance } from '../stores/session-flow-state.ts';
import { exerciseWords } from './exercise-text.ts';

export function utteranceWords(utterance: Utterance): MessageDescriptor {
  switch (utterance.what) {
    case 'stillDone':
      return msg`Good. Now put the sensors on.`;
    case 'thatIsYourBack':
      return msg`That's your back. Bow, and I'll follow.`;
    case 'raiseArm':
      return msg`Good. Now raise your arm to the front.`;
    case 'checkDone':
      return msg`All checked.`;
    case 'setStarts':
      return msg`Start when you are ready.`;
    case 'setEnds':
      return msg`Rest.`;
    case 'count':
      return msg`${{ count: utterance.count }}`;
    case 'notCounted':
      return msg`Not counted. Once more.`;
    case 'signalLost':
      return msg`The signal is lost. Wait a moment.`;
    case 'startSought':
      return msg`The signal is back. Go to your start position and hold still.`;
  }
}

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
    case 'slower':
      return msg`Slower. Take three seconds`;
    case 'aLittleFurther':
      return msg`Nice. A bit further if it feels fine`;
    case 'otherSide':
      return msg`Now to the other side`;
    case 'holdAtTheEnd':
      return msg`Stay at the end for two seconds`;
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
