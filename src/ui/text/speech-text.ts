/** What is said aloud, with the same words as caption. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { Utterance } from '../stores/session-flow-state.ts';

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
