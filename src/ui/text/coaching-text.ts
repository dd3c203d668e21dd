/** Words for what the controller of a session decided, and why. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { laterWords } from './later-text.ts';
import type { CoachingChange, CoachingReason } from '../../core/exercise/session-controller.ts';

export function coachingReasonWords(reason: CoachingReason): MessageDescriptor {
  switch (reason) {
    case 'threeFull':
      return msg`Three full moves in a row.`;
    case 'twoPartial':
      return msg`Two moves in a row stopped short.`;
    case 'compensationRepeated':
      return msg`Another part of the body helped more than once.`;
    case 'hurried':
      return msg`Two of three moves were quick.`;
    case 'tiring':
      return msg`The moves became shorter or slower: you were tiring.`;
    case 'effortHigh':
      return msg`The set was very hard.`;
    case 'shaking':
      return msg`The hold was shaky.`;
    case 'painToWatch':
      return msg`Some pain, to be watched.`;
    case 'painRose':
      return msg`The pain rose.`;
    case 'painTooHigh':
      return msg`The pain was too much for this exercise.`;
    case 'furtherThanKnown':
      return msg`The first three moves went easily beyond your best.`;
    case 'signalLost':
      return msg`The signal was lost.`;
    case 'offDay':
      return msg`The day began worse than usual.`;
    default:
      return laterWords(reason);
  }
}

/** Null where there is nothing to tell of it afterwards. */
export function coachingChangeWords(change: CoachingChange): MessageDescriptor | null {
  switch (change.kind) {
    case 'target': {
      const to = Math.round(100 * change.to);
      if (change.to === change.from) return null;
      return change.to > change.from
        ? msg`Target further, to ${to} % of your best.`
        : msg`Target nearer, to ${to} % of your best.`;
    }
    case 'repetitions':
      return change.to === change.from ? null : msg`From the next set on ${{ count: change.to }} moves.`;
    case 'rest':
      return msg`${{ seconds: change.addS }} s more rest.`;
    case 'maximum':
      return msg`Your best is taken as larger for today; the next test says whether it is.`;
    case 'volume':
      return msg`Less of everything.`;
    case 'pacer':
      return msg`A beat gave the pace.`;
    case 'showTechnique':
      return msg`How it goes was said once more.`;
    case 'askPainAfterSet':
      return msg`You are asked again after the set.`;
    default:
      return laterWords(change);
    case 'endSet':
      return msg`The set ended early.`;
    case 'guidedTimer':
      return msg`It went on by the clock.`;
    case 'easierVariation':
      return msg`An easier way was offered.`;
    case 'stopExercise':
      return msg`This exercise ended for the day.`;
  }
}
