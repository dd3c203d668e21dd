/** What is said aloud, with the same words as caption. */
import { msg } from '@lingui/core/macro';
import type { I18n, MessageDescriptor } from '@lingui/core';
import { changesPosition } from '../../core/care/programme/exercise-fit.ts';
import {
  changesArms,
  libraryExercise,
  type LibraryExerciseId,
} from '../../core/exercise/exercise-library.ts';
import type { Side } from '../../core/exercise/motion-definition.ts';
import { hasMotion, isArmMovement, motionDefinition } from '../../core/exercise/motion-definitions.ts';
import { isQuietBreathing } from '../stores/current-item.ts';
import { cueWords } from './cue-text.ts';
import { itemTitle, libraryWords, quietBreathingSteps, variationWords } from './exercise-library-text.ts';
import type { Utterance } from '../stores/session-flow-state.ts';
import { exerciseWords, roleName } from './exercise-text.ts';
import { reasonWords } from './result-text.ts';

/** One text for the voice and for the caption. */
export function utteranceText(i18n: I18n, utterance: Utterance): string {
  return utteranceWords(utterance, (words) => i18n._(words))
    .map((sentence) => i18n._(sentence))
    .map((sentence) => (/[.?0-9]$/.test(sentence) ? sentence : `${sentence}.`))
    .join(' ');
}

/** Sentences, in order. */
function utteranceWords(
  utterance: Utterance,
  translate: (words: MessageDescriptor) => string,
): readonly MessageDescriptor[] {
  switch (utterance.what) {
    case 'stillDone':
      return [msg`Good. Now put the sensors on.`];
    case 'thatIsYourBack':
      return [msg`That's your back. Bow, and I'll follow.`];
    case 'raiseArm':
      return [msg`Good. Now raise your arm to the front.`];
    case 'checkDone':
      return [msg`All checked.`];
    case 'position':
      return positionWords(utterance);
    case 'startAwaited':
      return [
        msg`I do not see your start position yet.`,
        libraryWords(utterance.exerciseId).start,
        ...(utterance.side === null ? [] : setSideSentence(utterance.exerciseId, utterance.side)),
        msg`I begin when you hold still.`,
      ];
    case 'rest':
      return [msg`Rest for ${{ seconds: utterance.seconds }} seconds.`];
    case 'hold':
      return [msg`Hold for ${{ seconds: utterance.seconds }} seconds.`];
    case 'secondsLeft':
      return [msg`${{ seconds: utterance.seconds }} seconds left.`];
    case 'letGo':
      return [msg`Let go.`];
    case 'otherHalf':
      return [msg`Now the other side.`];
    case 'letGoAndSwap':
      return [msg`Let go. Swap sides.`];
    case 'breatheIn':
      return [msg`Breathe in.`];
    case 'breatheOut':
      return [msg`And out.`];
    case 'minutesLeft':
      return [
        utterance.minutes === 1
          ? msg`One minute left.`
          : msg`${{ minutes: utterance.minutes }} minutes left.`,
      ];
    case 'breatheQuietly':
      return [
        msg`Breathe as it comes for ${{ seconds: utterance.seconds }} seconds. Sit still and do not talk.`,
      ];
    case 'longerOut':
      return [msg`A longer breath out. No rush.`];
    case 'holdLeft':
      return [holdWords(utterance.exerciseId)];
    case 'swapArm':
      return [
        utterance.side === 'left'
          ? msg`Now the left arm. Move the arm sensor there, and tap when it is on.`
          : msg`Now the right arm. Move the arm sensor there, and tap when it is on.`,
      ];
    case 'strapSlipped':
      return [
        utterance.role === null
          ? msg`A strap has slipped.`
          : msg`A strap has slipped: ${{ place: translate(roleName(utterance.role)) }}.`,
        msg`I go on counting, but I am not sure of the angles now. Make it snug in the rest.`,
      ];
    case 'painNoted':
      return [msg`Noted where it hurts.`];
    case 'byTheClock':
      return [msg`I do not hear the sensor. We go on by the clock.`];
    case 'testLeftOut':
      return [msg`I do not hear the sensor. We leave this test for another day.`];
    case 'enoughForToday':
      return [msg`That is enough testing for today. The rest follows on another day.`];
    case 'holdNotKept':
      return [msg`That one left its position. It is not counted.`];
    case 'holdEndsHere':
      return [msg`That was ${{ seconds: utterance.seconds }} seconds in your position. Move freely now.`];
    case 'didYouAll':
      return [msg`Did you do them all? Tap yes, or not all. If your hands are not free, I go on by myself.`];
    case 'painAsked':
      return [msg`That was all. Say how your back is now, or leave it: I save by myself.`];
    case 'enoughOfThis':
      return [msg`That is enough of this one for today. We go on with something else.`];
    case 'lessFar':
      return [msg`Then we go less far from here on.`];
    case 'nearer':
      return [msg`A little less far from here on. We meet you where you are today.`];
    case 'further':
      return [msg`That goes well. A little further from here on.`];
    case 'pacer':
      return [msg`Slower. Move with the beat.`];
    case 'technique':
      return [exerciseWords(utterance.exerciseId).cue];
    case 'easierWay': {
      const way = libraryWords(utterance.exerciseId).easier[utterance.code];
      return way === undefined ? [msg`Make it easier.`] : [msg`Make it easier.`, way];
    }
    case 'setStarts':
      return [msg`Start.`];
    case 'setEnds':
      return [msg`Done. Rest.`];
    case 'count':
      return [msg`${{ count: utterance.count }}`];
    case 'holdReached':
      return [msg`Held. Now come back.`];
    case 'notCounted':
      return utterance.reason === null
        ? [msg`Not counted. Once more.`]
        : [msg`Not counted: ${{ why: translate(reasonWords(utterance.reason)) }}`];
    case 'cue':
      return [cueWords(utterance.cue, utterance.exerciseId)];
    case 'signalLost':
      return [msg`The signal is lost. Wait a moment.`];
    case 'startSought':
      return [msg`The signal is back. Go to your start position and hold still.`];
    case 'postureLeft':
      return [msg`Paused. I go on when you are back in your start position`];
    case 'goesOn':
      return [msg`Go on.`];
    case 'areYouAllRight':
      return [msg`Are you all right? Tap the screen, so that I know.`];
    case 'lookAfter':
      return [msg`No answer. Whoever hears this: please look after this person.`];
    case 'sitDown':
      return [msg`Stop here and sit down.`];
  }
}

/** The whole the first time, with how it goes: nobody need look. Later which exercise, set and side. */
function positionWords({
  exerciseId,
  side,
  test,
  isKnown,
  isOneSided,
  set,
  sets,
  mode,
  variation,
}: Extract<Utterance, { what: 'position' }>): readonly MessageDescriptor[] {
  const { start } = libraryWords(exerciseId);
  const way = variation === undefined ? null : variationWords(exerciseId, variation);
  const begin =
    mode === 'sensor' ? msg`I begin when you hold still.` : msg`The clock starts when the wait is over.`;
  const sides =
    side !== null
      ? setSideSentence(exerciseId, side)
      : isOneSided === true
        ? []
        : bothSidesSentence(exerciseId, mode === 'sensor');
  if (set > 1) return [msg`Set ${{ set }} of ${{ sets }}.`, ...sides, begin];
  if (isQuietBreathing({ exerciseId, test }))
    return [msg`A test`, itemTitle({ exerciseId, test }), ...quietBreathingSteps(), begin];
  // Another way that begins elsewhere stands in the place of the start and of how it goes.
  const isElsewhere = variation !== undefined && changesPosition(exerciseId, variation);
  return [
    ...(test ? [msg`A test`] : []),
    exerciseWords(exerciseId).title,
    ...(isKnown || isElsewhere ? [] : [start]),
    ...sides,
    ...(isKnown || isElsewhere ? [] : howItGoes(exerciseId)),
    ...(way === null ? [] : [way]),
    ...(test && mode === 'sensor' ? [msg`Go as far as feels fine.`] : []),
    ...(test && mode !== 'sensor' ? [msg`Stop when you have had enough.`] : []),
    begin,
  ];
}

/** The steps that say how it moves, where the exercise's own cue alone would not tell it to somebody who cannot look. */
const SPOKEN_STEPS: Readonly<Partial<Record<LibraryExerciseId, readonly number[]>>> = {
  E05: [0, 2],
  E07: [0, 2],
  E17: [0, 1, 2],
  E19: [0],
  E20: [0],
  E24: [0, 1, 2],
};

function howItGoes(exerciseId: LibraryExerciseId): readonly MessageDescriptor[] {
  const { steps } = libraryWords(exerciseId);
  const spoken = SPOKEN_STEPS[exerciseId];
  return spoken === undefined
    ? [exerciseWords(exerciseId).cue]
    : steps.filter((_, index) => spoken.includes(index));
}

/** A set to one side: which arm or hand that is, and on which side to lie for it. */
export function setSideSentence(exerciseId: LibraryExerciseId, side: Side): readonly MessageDescriptor[] {
  const isLeft = side === 'left';
  if (!hasMotion(exerciseId)) return [isLeft ? msg`Left side.` : msg`Right side.`];
  const definition = motionDefinition(exerciseId);
  if (definition.postureOfSide !== undefined)
    return [
      isLeft
        ? msg`Lie on your right side. Your left arm opens.`
        : msg`Lie on your left side. Your right arm opens.`,
    ];
  if (!isArmMovement(definition)) return [isLeft ? msg`Your left hand moves.` : msg`Your right hand moves.`];
  if (definition.oneSideASet) return [isLeft ? msg`Your left arm.` : msg`Your right arm.`];
  // Both arms may move; one of them wears the sensor.
  return [isLeft ? msg`I count your left arm.` : msg`I count your right arm.`];
}

/** A set to both sides; nothing where the exercise knows none. */
function bothSidesSentence(exerciseId: LibraryExerciseId, isMeasured: boolean): readonly MessageDescriptor[] {
  const exercise = libraryExercise(exerciseId);
  const { perSide } = exercise.dose;
  if (changesArms(exercise)) return [msg`Half of them with one arm, then half with the other.`];
  if (!hasMotion(exerciseId)) return perSide ? [msg`Both sides, in turn.`] : [];
  const { directions, oneSideASet } = motionDefinition(exerciseId);
  if (directions.some(({ side }) => side === 'backward')) return [msg`Forward and back, in turn.`];
  if (!perSide && !isMeasured) return [];
  if (oneSideASet) return [msg`Half of them to one side, then half to the other.`];
  return directions.length > 1 ? [msg`Both sides, in turn.`] : [];
}

/** The way back into the posture of a hold, as an outside target. */
function holdWords(exerciseId: LibraryExerciseId): MessageDescriptor {
  switch (exerciseId) {
    case 'E19':
      return msg`Keep your back like a table.`;
    case 'E20':
      return msg`Only your head glides.`;
    case 'E21':
      return msg`Lift up, or simply change position. Both are fine.`;
    default:
      return msg`Ribs down, a small squeeze.`;
  }
}
