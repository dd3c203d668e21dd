/**
 * The controller of section 6.5 at work in the flow: what it decides is done at once, said, and put on record with the
 * rule and the numbers behind it. Pure.
 */
import {
  beginCoaching,
  coach,
  type CoachingChange,
  type CoachingDecision,
  type CoachingEvent,
} from '../../core/exercise/session-controller.ts';
import { libraryExercise, type LibraryExerciseId } from '../../core/exercise/exercise-library.ts';
import { currentItem } from './current-item.ts';
import { say, stay } from './flow-change.ts';
import type { FlowChange, FlowEffect, FlowItem, FlowState } from './session-flow-state.ts';

/** Fraction of the personal maximum that is the target when a programme starts (clinical page, 5.1). */
const FIRST_TARGET_FRACTION = 0.8;
/** The same on a day of pain (clinical page, 6.6: half range). */
const GENTLE_TARGET_FRACTION = 0.5;
/** No day begins with less than half (clinical page, 5.1). */
const LEAST_TARGET_FRACTION = 0.5;

/** The state in which an exercise's sets are coached: begun with its first, told of each that follows. */
export function coachSet(state: FlowState, item: FlowItem): FlowState {
  const { coaching } = state;
  if (coaching === null) return begin(state, item);
  return state.setIndex === 0 ? state : { ...state, coaching: coach(coaching, { kind: 'setBegan' }).state };
}

/** Before the first set the usual fraction holds. */
export function targetFraction(state: FlowState): number {
  const { coaching } = state;
  return coaching === null
    ? firstFraction(state, currentItem(state))
    : coaching.targetFraction * state.maximumTimes;
}

/** Tells the controller what happened in an exercise, and does what it decides. */
export function coached(before: FlowState, item: FlowItem, event: CoachingEvent): FlowChange {
  const state = before.coaching === null ? begin(before, item) : before;
  if (state.coaching === null) return stay(state);
  const { state: coaching, decisions } = coach(state.coaching, event);
  let next: FlowState = { ...state, coaching };
  const effects: FlowEffect[] = [];
  for (const decision of decisions) {
    effects.push(...decisionNote(decision));
    for (const change of decision.changes) {
      const done = carryOut(next, item.exerciseId, decision, change);
      next = done.state;
      effects.push(...done.effects);
    }
  }
  return { state: next, effects };
}

/** Puts a decision on record. */
export function decisionNote(decision: CoachingDecision): FlowEffect[] {
  return [{ kind: 'command', command: { kind: 'annotate', note: { about: 'coaching', decision } } }];
}

/** As prescribed; nearer on a day that began worse than usual, and on a day of pain no more than half. */
function firstFraction({ gentle, offDay }: FlowState, item: FlowItem | null): number {
  const prescribed = (item?.mode === 'sensor' ? item.targetShare : undefined) ?? FIRST_TARGET_FRACTION;
  if (gentle) return Math.min(prescribed, GENTLE_TARGET_FRACTION);
  const change = offDay?.changes.find(({ kind }) => kind === 'target');
  const by = change?.kind === 'target' ? change.to - change.from : 0;
  // Sums of hundredths stay hundredths.
  return Math.max(LEAST_TARGET_FRACTION, Math.round(100 * (prescribed + by)) / 100);
}

function begin(state: FlowState, item: FlowItem): FlowState {
  const { exerciseId, repetitions } = item;
  const coaching = beginCoaching({
    targetFraction: firstFraction(state, item),
    repetitions,
    painBefore: state.painBefore,
    isMobility: libraryExercise(exerciseId).categories.includes('mobility'),
    mayExceedMaximum: false,
    mayRaise: !state.gentle && state.offDay === null,
  });
  return { ...state, coaching, maximumTimes: 1 };
}

function carryOut(
  state: FlowState,
  exerciseId: LibraryExerciseId,
  { ruleId }: CoachingDecision,
  change: CoachingChange,
): FlowChange {
  const runs = state.step === 'set';
  switch (change.kind) {
    case 'target': {
      if (change.to === change.from) return stay(state);
      const isLess = change.to < change.from;
      const words = !isLess ? 'further' : ruleId === 'RT8' ? 'lessFar' : 'nearer';
      return { state, effects: [...retarget(state, runs), ...say({ what: words })] };
    }
    case 'maximum': {
      const next = { ...state, maximumTimes: change.times };
      return { state: next, effects: [...retarget(next, runs), ...say({ what: 'further' })] };
    }
    case 'rest':
      return state.step === 'rest' && state.countdown !== null
        ? { state, effects: [{ kind: 'prolong', id: state.countdown.id, seconds: change.addS }] }
        : stay({ ...state, extraRestS: state.extraRestS + change.addS });
    case 'endSet':
      return { state, effects: runs ? [{ kind: 'command', command: { kind: 'endSet' } }] : [] };
    case 'pacer':
      return { state, effects: say({ what: 'pacer' }) };
    case 'showTechnique':
      return { state, effects: say({ what: 'technique', exerciseId }) };
    case 'easierVariation': {
      const easier = libraryExercise(exerciseId).easier.find((one) => one.exercise === undefined);
      return {
        state,
        effects: easier === undefined ? [] : say({ what: 'easierWay', exerciseId, code: easier.code }),
      };
    }
    // The next set has as many as the controller's state says; pain is asked in each rest; who stops moves on elsewhere.
    case 'repetitions':
    case 'askPainAfterSet':
    case 'stopExercise':
    // What a lost signal leads to is done where the set is.
    case 'volume':
    case 'guidedTimer':
      return stay(state);
  }
}

function retarget(state: FlowState, runs: boolean): FlowEffect[] {
  return runs
    ? [{ kind: 'command', command: { kind: 'retarget', targetFraction: targetFraction(state) } }]
    : [];
}
