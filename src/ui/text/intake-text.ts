/** The questions about the person, in their order in `INTAKE_FIELDS`; loaded with the page that asks them. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { POSITIONS_RULED_OUT } from '../../core/care/programme/exercise-fit.ts';
import type {
  BodyPosition,
  Equipment,
  HealthProfile,
  KitPlace,
} from '../../core/exercise/exercise-library.ts';
import type { IntakeField } from '../../core/care/intake/intake.ts';
import type { AnswerKind, QuestionChoice } from '../components/QuestionForm.tsx';
import { equipmentWords, placeWords, positionWords } from './library-label-text.ts';

export interface IntakeQuestion {
  readonly question: MessageDescriptor;
  readonly help?: MessageDescriptor;
  readonly kind: AnswerKind;
}

const POSITIONS: readonly BodyPosition[] = [
  'standing',
  'sitting',
  'handsAndKnees',
  'heelSit',
  'sideLying',
  'supine',
  'prone',
  'facingWall',
  'backToWall',
];
/** What every home has (a wall, a pillow, a towel) is not asked. */
const EQUIPMENT: readonly Equipment[] = [
  'chair',
  'firmChair',
  'chairWithBack',
  'mat',
  'lightBand',
  'band',
  'bandAnchor',
];
const PLACES: readonly KitPlace[] = ['upperBack', 'lowerBack', 'pelvis', 'upperArm', 'chest'];

const pain = { takes: 'scale', low: msg`0 is no pain`, high: msg`10 is the worst you can imagine` } as const;

export const INTAKE_QUESTIONS: Readonly<Record<IntakeField, IntakeQuestion>> = {
  painSince: {
    question: msg`How long has your upper back hurt?`,
    kind: {
      takes: 'one',
      choices: [
        { code: 'days', words: msg`Some days` },
        { code: 'weeks', words: msg`Some weeks` },
        { code: 'months', words: msg`Some months` },
        { code: 'years', words: msg`A year or more` },
      ],
    },
  },
  painNow: { question: msg`How strong is your upper-back pain right now?`, kind: pain },
  painAverage24h: { question: msg`How strong was it on average over the last 24 hours?`, kind: pain },
  painWorst24h: { question: msg`How strong was it at its worst over the last 24 hours?`, kind: pain },
  settles: {
    question: msg`When something makes it hurt more, how long does it take to settle?`,
    kind: {
      takes: 'one',
      choices: [
        { code: 'under30min', words: msg`Less than half an hour` },
        { code: 'under2h', words: msg`Half an hour to two hours` },
        { code: 'over2h', words: msg`More than two hours` },
      ],
    },
  },
  wakesAtNight: {
    question: msg`Does the pain wake you at night?`,
    kind: {
      takes: 'one',
      choices: [
        { code: 'no', words: msg`No` },
        { code: 'someNights', words: msg`Some nights` },
        { code: 'mostNights', words: msg`Most nights` },
      ],
    },
  },
  hardThings: {
    question: msg`Which things does your upper back make hard?`,
    help: msg`Up to three, in your own words: drive to work, carry the shopping, sleep on my side. We ask about them again later.`,
    kind: { takes: 'texts', count: 3 },
  },
  goals: {
    question: msg`What matters most to you?`,
    help: msg`Choose one or two.`,
    kind: {
      takes: 'many',
      most: 2,
      choices: [
        { code: 'desk', words: msg`Sitting at a desk or driving` },
        { code: 'lifting', words: msg`Lifting and carrying` },
        { code: 'overhead', words: msg`Reaching up` },
        { code: 'sport', words: msg`Sport and turning` },
        { code: 'sleep', words: msg`Sleeping better` },
        { code: 'breathing', words: msg`Breathing freely` },
      ],
    },
  },
  confidence: {
    question: msg`How sure are you that you can move your upper back in daily life without harm?`,
    kind: { takes: 'scale', low: msg`0 is not sure`, high: msg`10 is fully sure` },
  },
  worry: {
    question: msg`I avoid some moves because I am afraid they will hurt me.`,
    kind: { takes: 'scale', low: msg`0 is not true for me`, high: msg`10 is very true` },
  },
  work: {
    question: msg`What fills most of your days?`,
    kind: {
      takes: 'one',
      choices: [
        { code: 'desk', words: msg`Sitting at a desk or driving` },
        { code: 'standing', words: msg`Standing and walking` },
        { code: 'manual', words: msg`Lifting, carrying, work with the hands` },
        { code: 'care', words: msg`Looking after others or the home` },
        { code: 'none', words: msg`None of these` },
      ],
    },
  },
  activeMinutesPerWeek: {
    question: msg`How long do you move in a usual week, so that you breathe faster?`,
    help: msg`Brisk walking, cycling, garden work, sport: all counts.`,
    kind: {
      takes: 'one',
      choices: [
        { code: 'under60', words: msg`Less than an hour` },
        { code: '60to150', words: msg`One to two and a half hours` },
        { code: 'over150', words: msg`More than that` },
      ],
    },
  },
  arms: {
    question: msg`Which arms can you move?`,
    help: msg`There are exercises for everyone.`,
    kind: {
      takes: 'one',
      choices: [
        { code: 'both', words: msg`Both` },
        { code: 'left', words: msg`The left one` },
        { code: 'right', words: msg`The right one` },
        { code: 'neither', words: msg`Neither` },
      ],
    },
  },
  positions: {
    question: msg`Which positions can you take, and come out of again, on your own?`,
    kind: { takes: 'many', choices: choicesOf(POSITIONS, positionWords) },
  },
  equipment: {
    question: msg`What do you have at home?`,
    help: msg`Nothing of it has to be bought.`,
    kind: { takes: 'many', choices: choicesOf(EQUIPMENT, equipmentWords) },
  },
  sensorPlaces: {
    question: msg`Where can you wear a sensor?`,
    help: msg`Choose as many places as you have sensors. Without any, the clock and you keep count.`,
    kind: { takes: 'many', choices: choicesOf(PLACES, placeWords) },
  },
};

/** The question as this person is asked it: positions that their safety answers rule out are not offered. */
export function intakeQuestion(field: IntakeField, profiles: readonly HealthProfile[]): IntakeQuestion {
  const asked = INTAKE_QUESTIONS[field];
  const ruledOut = profiles.flatMap((profile) => POSITIONS_RULED_OUT[profile] ?? []);
  if (field !== 'positions' || ruledOut.length === 0) return asked;
  const possible = POSITIONS.filter((position) => !ruledOut.includes(position));
  return {
    ...asked,
    ...(profiles.includes('noFloor') && { help: msg`Lying down means on a bed.` }),
    kind: { takes: 'many', choices: choicesOf(possible, positionWords) },
  };
}

function choicesOf<T extends string>(
  codes: readonly T[],
  words: (code: T) => MessageDescriptor,
): readonly QuestionChoice[] {
  return codes.map((code) => ({ code, words: words(code) }));
}
