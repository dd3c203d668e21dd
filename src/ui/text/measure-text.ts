/** The questions of the person's own measures: own words, none of a licensed form. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { MeasureId } from '../../core/care/outcomes/outcome-event.ts';

export type MeasureWords = { readonly asks: MessageDescriptor } & (
  | {
      readonly answer: 'points';
      /** Ends of the scale. */
      readonly least: MessageDescriptor;
      readonly most: MessageDescriptor;
    }
  | { readonly answer: 'number'; readonly unit: MessageDescriptor }
  /** In their order. */
  | { readonly answer: 'choice'; readonly choices: readonly MessageDescriptor[] }
);

/** Answers in words, in their order; none where the answer is a number. */
export function choiceWords(id: MeasureId): readonly MessageDescriptor[] {
  const words = measureWords(id);
  return words.answer === 'choice' ? words.choices : [];
}

function points(asks: MessageDescriptor, least: MessageDescriptor, most: MessageDescriptor): MeasureWords {
  return { answer: 'points', asks, least, most };
}

function choices(asks: MessageDescriptor, ...list: readonly MessageDescriptor[]): MeasureWords {
  return { answer: 'choice', asks, choices: list };
}

function ofPain(asks: MessageDescriptor): MeasureWords {
  return points(asks, msg`0: no pain`, msg`10: the worst you can imagine`);
}

function inTheWay(asks: MessageDescriptor): MeasureWords {
  return points(asks, msg`0: not at all`, msg`10: completely`);
}

/** `func1` to `func3` ask about what the person named: see there. */
export function measureWords(id: MeasureId): MeasureWords {
  switch (id) {
    case 'pain.now':
      return ofPain(msg`How strong is the pain in your upper back right now?`);
    case 'pain.avg24':
      return ofPain(msg`How strong was the pain in your upper back on average, over the last 24 hours?`);
    case 'pain.worst24':
      return ofPain(msg`And at its worst, over the last 24 hours?`);
    case 'pain.avg7':
      return ofPain(msg`How strong was the pain in your upper back on average, over the past week?`);
    case 'stiff':
      return points(
        msg`How stiff does your upper back feel?`,
        msg`0: not stiff`,
        msg`10: as stiff as you can imagine`,
      );
    case 'stiff.minutes':
      return {
        answer: 'number',
        asks: msg`How many minutes is your upper back stiff in the morning?`,
        unit: msg`minutes`,
      };
    case 'pain.nextday':
      return choices(
        msg`Compared with before your last session, how is the pain this morning?`,
        msg`Lower`,
        msg`The same`,
        msg`A bit higher (1 or 2 points)`,
        msg`Clearly higher (3 points or more)`,
      );
    case 'func1':
    case 'func2':
    case 'func3':
      return points(msg`How well can you do this?`, msg`0: cannot do it`, msg`10: as before`);
    case 'int.enjoy':
      return inTheWay(msg`In the past week, how much did your upper back get in the way of enjoying life?`);
    case 'int.activity':
      return inTheWay(msg`And of your usual activities?`);
    case 'int.work':
      return inTheWay(msg`And of work or chores?`);
    case 'int.sleep':
      return inTheWay(msg`And of sleep?`);
    case 'conf':
      return points(
        msg`How sure are you that you can move your upper back in daily life without harm?`,
        msg`0: not sure`,
        msg`10: fully sure`,
      );
    case 'worry':
      return points(
        msg`"I avoid some moves because I am afraid they will hurt me." How much is that so?`,
        msg`0: not at all`,
        msg`10: very much`,
      );
    case 'energy':
      return points(
        msg`How much energy did you have in the past week?`,
        msg`0: none`,
        msg`10: full of energy`,
      );
    case 'breathease':
      return points(msg`How easy was breathing in the past week?`, msg`0: very hard`, msg`10: fully easy`);
    case 'workdays':
      return {
        answer: 'number',
        asks: msg`On how many of the last 7 days did your upper back limit your work or chores?`,
        unit: msg`days`,
      };
    case 'medchange':
      return choices(
        msg`How much pain medicine did you take this week?`,
        msg`None`,
        msg`Less than before`,
        msg`The same`,
        msg`More than before`,
      );
    case 'pgic':
      return choices(
        msg`Since starting, my upper back is`,
        msg`very much worse`,
        msg`much worse`,
        msg`a little worse`,
        msg`unchanged`,
        msg`a little better`,
        msg`much better`,
        msg`very much better`,
      );
    case 'sat':
      return points(
        msg`How satisfied are you with your care so far?`,
        msg`0: not at all`,
        msg`10: fully satisfied`,
      );
    case 'recommend':
      return points(
        msg`How likely would you be to suggest this programme to someone like you?`,
        msg`0: not at all likely`,
        msg`10: very likely`,
      );
    case 'return':
      return choices(msg`Has the pain in your upper back come back?`, msg`No`, msg`Now and then`, msg`Yes`);
    case 'ease':
      return choices(
        msg`How manageable was the session?`,
        msg`Far too hard`,
        msg`Rather hard`,
        msg`Just right`,
        msg`Rather easy`,
        msg`Far too easy`,
      );
    case 'adverse':
      return choices(msg`Is there anything new or worrying since last time?`, msg`No`, msg`Yes`);
  }
}
