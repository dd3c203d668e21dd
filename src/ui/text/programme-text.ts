/** Words of the programme: why an exercise is there, what a rule changed and why, and what comes instead of a session. */
import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { LibraryExerciseId } from '../../core/exercise/exercise-library.ts';
import type { FlareCause } from '../../core/care/programme/flare.ts';
import type { Phase, ProgrammePlan, RuleFiring } from '../../core/care/programme/programme-plan.ts';
import type { ProgrammeRuleId, ReasonId } from '../../core/care/programme/programme-rule.ts';
import type { DoseStep } from '../../core/care/programme/progression.ts';
import type { NextStep } from '../../core/care/programme/todays-session.ts';

const PHASES: Readonly<Record<Phase, MessageDescriptor>> = {
  0: msg`The first days: begin gently, find out how far you move`,
  1: msg`Settle and move: less pain, easy motion`,
  2: msg`Restore: go further, begin with strength`,
  3: msg`Build: strength and staying power for what you want to do`,
  4: msg`Return and keep: whole tasks, on your own`,
};

const STATES: Readonly<Partial<Record<ProgrammePlan['state'], MessageDescriptor>>> = {
  flare: msg`An easy plan for a hard stretch`,
  returning: msg`Climbing back step by step`,
  minimum: msg`The least that helps: two exercises, five minutes`,
  maintenance: msg`Keeping what you gained, twice a week`,
};

/** Which stretch of the programme a plan is for. */
export function stretchWords({ state, phase }: ProgrammePlan): MessageDescriptor {
  return STATES[state] ?? PHASES[phase];
}

const REASONS: Readonly<Record<ReasonId, MessageDescriptor>> = {
  CALM: msg`It is gentle: your back flares up easily just now.`,
  START: msg`It is an easy move to begin with.`,
  MOVE: msg`It helps a sore back to move again.`,
  RESTORE: msg`It brings back movement and first strength.`,
  BUILD: msg`It builds strength for what you want to do.`,
  KEEP: msg`It keeps what you have won.`,
  MAINTAIN: msg`It keeps your back in shape, twice a week.`,
  FIT: msg`It is gentle, and you can do it with what you told us.`,
  'INSTEAD-health': msg`It stands in for a move that your health answers rule out.`,
  'INSTEAD-arms': msg`It stands in for a move that asks more of your arms.`,
  'INSTEAD-position': msg`It stands in for a move in a position that is not for you.`,
  'INSTEAD-equipment': msg`It stands in for a move that needs things you do not have.`,
  'GOAL-desk': msg`You said that sitting or driving matters to you.`,
  'GOAL-lifting': msg`You said that lifting matters to you.`,
  'GOAL-overhead': msg`You said that reaching up matters to you.`,
  'GOAL-sport': msg`You said that sport matters to you.`,
  'GOAL-sleep': msg`You said that sleep matters to you.`,
  'GOAL-breathing': msg`You said that easy breathing matters to you.`,
  'PICK-side': msg`One side turns less in your tests, so it gets a set more.`,
  'PICK-extend': msg`Your tests show little movement backwards.`,
  'PICK-reach': msg`Your tests show that your arm does not rise all the way.`,
  'PICK-hold': msg`Sitting upright tired you early in your test.`,
  'PICK-bone': msg`It is kind to bones that need care.`,
  FLARE: msg`It is gentle enough for a bad day.`,
  CLINIC: msg`Your clinic chose it for you.`,
};

/** Why an exercise is in the plan; a reason that these words do not know says nothing wrong. */
export function reasonWords(reason: string): MessageDescriptor {
  return reason in REASONS ? REASONS[reason as ReasonId] : msg`It is part of your plan.`;
}

const STEPS_UP: Readonly<Record<DoseStep, MessageDescriptor>> = {
  range: msg`It went well, so you go a little further now.`,
  repetitions: msg`It went well, so you do two more now.`,
  minutes: msg`It went well, so it lasts a minute longer now.`,
  hold: msg`It went well, so you hold for two seconds longer now.`,
  sets: msg`It went well, so you do one more set now.`,
  load: msg`It went well, so you take a little more weight now.`,
  variation: msg`It went well, so you try a harder way now.`,
};

const SENTENCES: Readonly<Record<ProgrammeRuleId, MessageDescriptor>> = {
  ENTRY: msg`Your plan begins, made from your answers.`,
  C1: msg`Your clinic's plan holds from now on.`,
  C2: msg`You stopped following your clinic's plan. The rules and their limits hold again.`,
  X1: msg`A saved plan could not be right, so it was left out and made anew.`,
  X2: msg`The clock of this device was set back. All you did before still counts.`,
  P1: msg`What you told about your health changes this exercise.`,
  I1: msg`Your answers or tests changed, so your exercises change with them.`,
  PH1: msg`The start is done. Now it is about moving with ease.`,
  PH2: msg`Your back has settled. Now movement and first strength come back.`,
  PH3: msg`You move well again. Now it is about strength.`,
  PH4: msg`You can do much again. Now it is about keeping it.`,
  W1: msg`How easily your back flares up was looked at again.`,
  G1: msg`It went well. It stays as it is until it has gone well a few times.`,
  G2: msg`There was some pain, so this exercise stays as it is.`,
  G3: msg`It hurt and was still worse the next morning, so you do a little less now.`,
  G4: msg`It hurt too much, so you do less of it next time.`,
  G5: msg`The move did not come out well twice, so you take an easier way for now.`,
  G6: msg`A few gentle days come first.`,
  G7: msg`It was very hard, so you do a little less now.`,
  G8: msg`It was easy twice, so it gets harder now.`,
  G9: msg`You move much further now, so there is one move less and more strength.`,
  G10: msg`It is still stiff and moves no further, so you stay longer at the end of the move.`,
  G11: msg`It was fine, but worse the next morning. This exercise goes no further.`,
  G12: msg`An answer is missing, so this exercise stays as it is.`,
  G13: msg`It was a bit worse the next morning, so this exercise stays as it is.`,
  G4W: msg`It hurt too much twice in a week, so this exercise has a week off.`,
  A1: msg`You are keeping up well. Your usual plan is back.`,
  A2: msg`Sessions are shorter now, so that they fit into your days.`,
  A3: msg`Two exercises in five minutes are enough for now. A little still helps.`,
  A4: msg`You had a break, so you begin again with less.`,
  A5: msg`You do more than planned. Muscles need rest to grow stronger.`,
  F2: msg`The hard days have eased. You begin again with half.`,
  F3: msg`That went well, so you do more of your usual plan again.`,
  F4: msg`The flare has not settled for days. Have somebody look at it.`,
  F5: msg`That is the third flare in four weeks. Have somebody look at it.`,
  'R-24': msg`Six weeks have not made it better. Have somebody look at it.`,
  D1: msg`You have come far. From now on two short sessions a week keep it so.`,
  M1: msg`The pain has come back, so the programme begins again, gently.`,
};

const ON_TRACK = msg`Four weeks in, it goes the right way.`;
const NOT_YET = msg`Four weeks in, little has changed yet. Your plan goes on with care.`;
/** By what was seen: pain that was only tapped as a bad day is not said to be worse. */
const FLARES: Readonly<Record<FlareCause, MessageDescriptor>> = {
  said: msg`You said that it is a bad day. A few gentle days come first.`,
  dayAboveMean: msg`Your pain is well above your usual today. A few gentle days come first.`,
  weekAboveWeek: msg`This week hurts clearly more than the last. A few gentle days come first.`,
};
const G3_STEADY = msg`It hurt and was still worse the next morning. It is as light as it gets.`;
const G4_STEADY = msg`It hurt too much. It is as light as it gets, so take care with it.`;
const G11_DOWN = msg`It was worse the next morning twice, so you do a little less now.`;

/** What a rule did to the plan, in one sentence; about an exercise, its name goes before it. */
export function ruleSentence({ ruleId, inputs, before, after }: RuleFiring): MessageDescriptor {
  const hasChanged = before !== after;
  const step = inputs['step'];
  if (ruleId === 'G1' && hasChanged && typeof step === 'string' && step in STEPS_UP)
    return STEPS_UP[step as DoseStep];
  const cause = inputs['cause'];
  if (ruleId === 'G6' && typeof cause === 'string' && cause in FLARES) return FLARES[cause as FlareCause];
  if (ruleId === 'W1' && 'onTrack' in inputs) return inputs['onTrack'] === 'yes' ? ON_TRACK : NOT_YET;
  if (ruleId === 'G3' && !hasChanged) return G3_STEADY;
  if (ruleId === 'G4' && !hasChanged) return G4_STEADY;
  if (ruleId === 'G11' && hasChanged) return G11_DOWN;
  return ruleId in SENTENCES ? SENTENCES[ruleId as ProgrammeRuleId] : msg`A rule changed your plan.`;
}

/** What the person is told with the page for a doctor; nothing locks, and exercise goes on as it is. */
export function noticeWords(ruleId: ProgrammeRuleId): MessageDescriptor {
  switch (ruleId) {
    case 'R-24':
      return msg`Six weeks of exercise have not made it better. Show a doctor or physiotherapist your page. You can go on as you are.`;
    case 'G4W':
      return msg`One exercise hurt too much twice this week and has a week off. Show a doctor or physiotherapist your page.`;
    case 'G10':
      return msg`Four weeks have not made you less stiff. Show a doctor or physiotherapist your page. You can go on as you are.`;
    case 'F4':
      return msg`This flare has lasted for days. Show a doctor or physiotherapist your page. Gentle sessions are fine.`;
    case 'F5':
      return msg`Three flares in four weeks are a lot. Show a doctor or physiotherapist your page. Gentle sessions are fine.`;
    default:
      return SENTENCES[ruleId];
  }
}

export function nextStepWords(step: NextStep): MessageDescriptor {
  switch (step) {
    case 'comeIn':
      return msg`Answer a few questions first. Your plan is made from them.`;
    case 'locked':
      return msg`Something comes before exercise. See what to do.`;
    case 'doneToday':
      return msg`You are done for today. Come back tomorrow.`;
    case 'restDay':
      return msg`Today is a rest day. Moving about is fine.`;
    case 'seeSomebody':
      return msg`Too few exercises here suit you today. Ask a physiotherapist what you can do.`;
  }
}

interface Alike {
  readonly ruleId: string;
  readonly sentence: string;
  readonly exerciseIds: readonly LibraryExerciseId[];
}

/** What is said of several exercises in the same words is said once; of the plan as a whole before that of its parts. */
export function alike(
  firings: readonly RuleFiring[],
  sentenceOf: (firing: RuleFiring) => string,
): readonly Alike[] {
  const said = new Map<string, Alike>();
  for (const firing of firings) {
    const sentence = sentenceOf(firing);
    const key = `${firing.ruleId} ${firing.exerciseId === null ? 'plan' : ''} ${sentence}`;
    const { exerciseIds } = said.get(key) ?? { exerciseIds: [] };
    const { ruleId, exerciseId } = firing;
    said.set(key, { ruleId, sentence, exerciseIds: exerciseId === null ? [] : [...exerciseIds, exerciseId] });
  }
  const ofWhole = new Set(
    [...said.values()].flatMap((one) => (one.exerciseIds.length === 0 ? [one.sentence] : [])),
  );
  return [...said.values()].filter(
    ({ sentence, exerciseIds }) => exerciseIds.length === 0 || !ofWhole.has(sentence),
  );
}
