/** Short words for what the exercise library holds as codes: goals, positions, things, places, doses. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type {
  BodyPosition,
  Counting,
  Equipment,
  HealthProfile,
  KitPlace,
  ReminderCode,
} from '../../core/exercise/exercise-library.ts';
import type { ExerciseGoal } from '../exercise-search.ts';

export function goalWords(goal: ExerciseGoal): MessageDescriptor {
  switch (goal) {
    case 'loosen':
      return msg`Loosen`;
    case 'strengthen':
      return msg`Strengthen`;
    case 'posture':
      return msg`Posture`;
    case 'breathe':
      return msg`Breathe`;
  }
}

export function positionWords(position: BodyPosition): MessageDescriptor {
  switch (position) {
    case 'standing':
      return msg`Standing`;
    case 'facingWall':
      return msg`Facing a wall`;
    case 'backToWall':
      return msg`Back to a wall`;
    case 'sitting':
      return msg`Sitting`;
    case 'heelSit':
      return msg`Sitting on your heels`;
    case 'handsAndKnees':
      return msg`On hands and knees`;
    case 'sideLying':
      return msg`Lying on your side`;
    case 'supine':
      return msg`Lying on your back`;
    case 'prone':
      return msg`Lying face down`;
  }
}

export function equipmentWords(thing: Equipment): MessageDescriptor {
  switch (thing) {
    case 'chair':
      return msg`a chair`;
    case 'firmChair':
      return msg`a firm chair without wheels`;
    case 'chairWithBack':
      return msg`a chair with a low back`;
    case 'chairOrBed':
      return msg`a chair or a bed`;
    case 'mat':
      return msg`a mat`;
    case 'matOrBed':
      return msg`a mat or a bed`;
    case 'matOrTable':
      return msg`a mat or a sturdy table`;
    case 'cushion':
      return msg`a cushion`;
    case 'pillow':
      return msg`a pillow`;
    case 'towel':
      return msg`a towel`;
    case 'towelRoll':
      return msg`a rolled towel`;
    case 'smallTowel':
      return msg`a small towel`;
    case 'wall':
      return msg`a wall`;
    case 'band':
      return msg`an exercise band`;
    case 'lightBand':
      return msg`a light exercise band`;
    case 'bandLater':
      return msg`later: an exercise band`;
    case 'bandAnchor':
      return msg`something firm to tie the band to`;
    case 'weightLater':
      return msg`later: a light weight`;
    case 'load':
      return msg`something to lift, light at first`;
  }
}

export function placeWords(place: KitPlace): MessageDescriptor {
  switch (place) {
    case 'upperBack':
      return msg`upper back`;
    case 'lowerBack':
      return msg`lower back`;
    case 'pelvis':
      return msg`base of the spine`;
    case 'upperArm':
      return msg`upper arm`;
    case 'chest':
      return msg`side of the chest`;
  }
}

/** How repetitions come to be known, in a word or two, and in a sentence. */
export function countingWords(by: Counting['by']): {
  readonly short: MessageDescriptor;
  readonly long: MessageDescriptor;
} {
  switch (by) {
    case 'sensor':
      return {
        short: msg`Counted by sensors`,
        long: msg`The sensors count each move and show how far it goes.`,
      };
    case 'holds':
      return {
        short: msg`Timed holds`,
        long: msg`A clock leads you through the holds. No sensor can count this one.`,
      };
    case 'steady':
      return {
        short: msg`One long hold`,
        long: msg`You keep one position as long as is comfortable; the clock tells for how long.`,
      };
    case 'breaths':
      return {
        short: msg`To a calm pace`,
        long: msg`The app sets the pace of your breath. A sensor on the upper back can read how fast you breathe.`,
      };
    case 'confirm':
      return {
        short: msg`You say when done`,
        long: msg`The app sets the pace and asks afterwards. No sensor can see this one.`,
      };
  }
}

export function reminderWords(reminder: ReminderCode): MessageDescriptor {
  switch (reminder) {
    case 'stayOverHands':
      return msg`Stay over your hands.`;
    case 'supportHead':
      return msg`Let your hands carry your head.`;
    case 'longNeck':
      return msg`Keep your neck long.`;
    case 'bladesOnMat':
      return msg`Keep your shoulder blades on the mat.`;
  }
}

export function profileWords(profile: HealthProfile): MessageDescriptor {
  switch (profile) {
    case 'bone':
      return msg`With thin bones`;
    case 'pregnancy':
      return msg`In pregnancy`;
    case 'dizziness':
      return msg`If you get dizzy`;
    case 'shoulder':
      return msg`With a sore shoulder`;
    case 'noFloor':
      return msg`If you cannot get down to the floor`;
  }
}
