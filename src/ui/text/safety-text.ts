/** Words of the safety questions and of what their answers lead to. Fetched with the screens that ask. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { NOT_WORSE, WORSE, type FlagId } from '../../core/care/safety/safety-event.ts';
import type { LockAction, Restriction } from '../../core/care/safety/safety-questions.ts';

export interface SafetyWords {
  readonly question: MessageDescriptor;
  readonly help?: MessageDescriptor;
  /** In the list before a session. */
  readonly line?: MessageDescriptor;
  /** By code; a plain yes or no where there are none. */
  readonly answers?: Readonly<Record<string, MessageDescriptor>>;
}

const WORDS: Readonly<Partial<Record<FlagId, SafetyWords>>> = {
  'R-01': {
    question: msg`Now or in the last 24 hours: pain or pressure in your chest, trouble breathing, a cold sweat, or pain in your jaw or arm?`,
    help: msg`Pain that comes only from moving your arm or back does not count.`,
    line: msg`Chest pain or pressure, trouble breathing, a cold sweat, or pain in the jaw or arm`,
  },
  'R-02': {
    question: msg`Did you feel a sudden pain, as if something tore, in your chest or between your shoulder blades? Or did you faint?`,
    line: msg`A sudden tearing pain in the chest or between the shoulder blades, or fainting`,
  },
  'R-03': {
    question: msg`Is it newly hard to pass or to hold urine or stool? Or is the skin between your legs numb?`,
    line: msg`New trouble with urine or stool, or numb skin between the legs`,
  },
  'R-04': {
    question: msg`Are your legs weaker, do you walk unsteadily, are your hands clumsy, or do you feel electric shocks down your back when you bend?`,
    line: msg`Weak legs, unsteady walking, clumsy hands, or electric shocks down the back`,
    answers: {
      slow: msg`Yes, it came slowly over weeks and is no worse today`,
      rapid: msg`Yes, it came fast, or it is getting worse`,
    },
  },
  'R-05': {
    question: msg`Is one calf swollen? Do you cough up blood? Or do you have trouble breathing, with a sharp pain when you breathe in?`,
    line: msg`One swollen calf, coughing up blood, or trouble breathing with a sharp pain`,
  },
  'R-06': {
    question: msg`In the six weeks before the pain began: did you have a heavy fall, a crash or a strong blow?`,
    answers: {
      examined: msg`Yes, and a doctor checked it and found nothing broken`,
      notExamined: msg`Yes, and no doctor has checked it`,
    },
  },
  'R-07': {
    question: msg`Did the pain start with a small fall, a lift or a cough, and does one of these fit you as well?`,
    help: msg`Thin bones, steroid tablets for 3 months or more, 70 years or older, or shorter than you used to be.`,
  },
  'R-08': {
    question: msg`Do you have a fever, chills or night sweats, or do you feel very ill along with the pain?`,
    line: msg`Fever, chills, night sweats, or feeling very ill with the pain`,
  },
  'R-09': {
    question: msg`Which of these fit you?`,
    answers: {
      risk: msg`An infection or operation in the last weeks, drugs by needle, weak defences against illness, HIV, or dialysis`,
      diabetes: msg`Diabetes`,
    },
  },
  'R-10': {
    question: msg`Do you have cancer, or have you ever had it?`,
    answers: {
      newPain: msg`Yes, and this pain is new or nobody has found its cause`,
      past: msg`Yes, long ago. A doctor says that it is gone and that this pain has another cause`,
      other: msg`Yes, and neither of these fits`,
    },
  },
  'R-11': {
    question: msg`Without trying to, have you lost much weight in the last 3 to 6 months?`,
    help: msg`Much means more than one part in twenty: 3 kg if you weigh 60, 4 kg if you weigh 80.`,
  },
  'R-12': {
    question: msg`Is the pain there all the time, strong at night, no easier in any position, and getting worse?`,
    help: msg`Say yes only if all of this fits.`,
  },
  'R-13': {
    question: msg`Do you have pain or numbness around your chest like a belt, or a rash with blisters?`,
  },
  'R-14': {
    question: msg`Which of these fit your pain?`,
    answers: {
      under45: msg`It began before I was 45`,
      over3months: msg`I have had it for more than 3 months`,
      stiff30: msg`In the morning I am stiff for more than half an hour`,
      betterMoving: msg`It eases when I move`,
      secondHalfNight: msg`It wakes me in the second half of the night`,
    },
  },
  'R-15': {
    question: msg`Does the pain come with eating or swallowing? Is it deep in the upper belly, or under the right shoulder blade after fatty food? Or is there trouble with your kidneys or with passing water?`,
  },
  'R-16': {
    question: msg`Have you ever broken a bone in your back, do you have thin bones, or have you taken steroid tablets for 3 months or more?`,
    help: msg`A doctor may call thin bones osteoporosis.`,
    answers: {
      osteoporosis: msg`Thin bones or steroid tablets, but never a broken bone in the back`,
      fracture: msg`Yes, once a broken bone in the back`,
    },
  },
  'R-17': { question: msg`Are you pregnant, or have you had a baby in the last 12 weeks?` },
  'R-18': {
    question: msg`Have you had an operation on your back, chest, belly or shoulder in the last 12 weeks?`,
  },
  'R-19': { question: msg`How old are you?` },
  'R-20': {
    question: msg`Do you have any of these?`,
    answers: {
      heartLung: msg`An illness of the heart or lungs`,
      bloodPressure: msg`High blood pressure that medicine does not keep down`,
      aneurysm: msg`A bulge in a large blood vessel (aneurysm)`,
      dizzy: msg`Dizziness, or the feeling that the room spins`,
    },
  },
  'R-21': {
    question: msg`Do you have an electrical device in your body, such as a pacemaker?`,
  },
  'R-22': {
    question: msg`Is your pain at 8 or more out of 10 all the time, or does it keep you from washing and dressing yourself?`,
  },
  'R-23': { question: msg`Do you think about harming yourself?` },
  'R-25': {
    question: msg`Do stairs, hills or fast walking bring on pain or tightness in your upper back, jaw, arm or chest that goes when you rest?`,
    help: msg`Pain that comes only from moving your arm or back does not count.`,
    line: msg`Pain or tightness in the upper back, jaw, arm or chest on stairs, hills or fast walks`,
    answers: {
      effort: msg`Yes, it comes with effort and goes with rest. I do not have it now`,
      now: msg`Yes, I have it now, or I also get it at rest`,
    },
  },
  'R-26': {
    question: msg`Did sudden, very strong back pain begin while you take blood thinners, or within 4 weeks of an injection into or near your spine?`,
  },
  'R-27': {
    question: msg`Has one of your shoulders ever slipped out or been operated on? Or does one hurt or feel loose when you lift your arm above it?`,
  },
  'R-28': { question: msg`Can you get down on the floor and up again by yourself?` },
};

/** @throws RangeError for an id that no words belong to: R-24 is never asked */
export function safetyWords(flagId: FlagId): SafetyWords {
  const words = WORDS[flagId];
  if (words === undefined) throw new RangeError(`There are no words for ${flagId}.`);
  return words;
}

/** Codes of choices; an age is no choice. */
export function safetyAnswerWords(flagId: FlagId, code: string): MessageDescriptor {
  if (code === NOT_WORSE) return msg`Not new and no worse since I was seen`;
  if (code === WORSE) return msg`New or worse since I was seen`;
  const words = WORDS[flagId]?.answers?.[code];
  if (words !== undefined) return words;
  return code === 'no' ? msg`No` : msg`Yes`;
}

export interface LockWords {
  readonly title: MessageDescriptor;
  readonly lead: MessageDescriptor;
  readonly steps: readonly MessageDescriptor[];
}

export function lockWords(action: LockAction): LockWords {
  switch (action) {
    case 'emergency':
      return {
        title: msg`Call your local emergency number now`,
        lead: msg`What you told us can be a sign of something serious.`,
        steps: [
          msg`Call now, or ask someone near you to call.`,
          msg`Sit or lie down. Do not exercise, and do not drive yourself.`,
          msg`Unlock your front door if you can, and keep your phone near you.`,
        ],
      };
    case 'urgent':
      return {
        title: msg`Get medical help today`,
        lead: msg`What you told us should be looked at before you exercise.`,
        steps: [
          msg`Call your doctor, an out-of-hours service or a health line today. Read your answers to them.`,
          msg`If it gets worse, or you get chest pain, short breath or faint: call your local emergency number.`,
        ],
      };
    case 'review':
      return {
        title: msg`See a doctor before you start`,
        lead: msg`Most people can exercise with what you told us. A doctor should say so first.`,
        steps: [msg`Book a visit, and take the page for your doctor with you.`],
      };
    case 'ineligible':
      return {
        title: msg`This programme is for adults`,
        lead: msg`It is made for people of 18 years and over, so it cannot be started here.`,
        steps: [msg`Ask a doctor or a physiotherapist for exercises that fit your age.`],
      };
  }
}

/** What a person is told about a restriction; null where leaving moves out is all there is to it. */
export function restrictionWords(restriction: Restriction): MessageDescriptor | null {
  switch (restriction) {
    case 'keepMagnetsAway':
      return msg`Keep magnets and the clasps of straps at least 15 cm away from the device in your body.`;
    case 'askClinician':
      return msg`Ask the team that looks after your device before you wear sensors.`;
    case 'tellClinician':
      return msg`Tell your doctor about these exercises at your next visit.`;
    case 'noBreathHold':
      return msg`Keep breathing as you move: never hold your breath.`;
    case 'noHeadDown':
      return msg`Keep your head above your hips.`;
    case 'capArmElevation':
      return msg`Lift your arms no higher than your shoulders until a test shows that more is fine.`;
    case 'noProne':
    case 'noLongSupine':
    case 'noLoadedFlexion':
    case 'noLoadedRotation':
    case 'holdDose':
      return null;
  }
}

export const SEEN_BY = {
  doctor: msg`A doctor`,
  physiotherapist: msg`A physiotherapist`,
  nurse: msg`A nurse`,
  hospital: msg`A hospital team`,
  other: msg`Someone else in health care`,
} as const;

export const CRISIS_WORDS = {
  title: msg`Please talk to someone now`,
  lead: msg`Thank you for saying so. You do not have to carry this alone.`,
} as const;
