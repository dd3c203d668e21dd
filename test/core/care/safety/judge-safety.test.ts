import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gravity, isAnswered, judgeSafety } from '../../../../src/core/care/safety/judge-safety.ts';
import type { FlagId, SafetyAnswers } from '../../../../src/core/care/safety/safety-event.ts';
import {
  FULL_FORM,
  SAFETY_ACTIONS,
  SAFETY_QUESTIONS,
  SHORT_FORM,
  type SafetyCondition,
} from '../../../../src/core/care/safety/safety-questions.ts';
import { NO_IMPROVEMENT, SAFETY_LIMITS } from '../../../../src/core/care/safety/safety-thresholds.ts';
import { fullAnswers } from './journal-of.ts';

/** The table of the clinical page, read anew from its words: each answer alone, with everything else well. */
const ALONE: readonly (readonly [FlagId, readonly string[], string, readonly string[], readonly string[]])[] =
  [
    ['R-01', ['yes'], 'emergency', [], []],
    ['R-02', ['yes'], 'emergency', [], []],
    ['R-03', ['yes'], 'emergency', [], []],
    ['R-04', ['rapid'], 'emergency', [], []],
    ['R-04', ['slow'], 'urgent', [], []],
    ['R-05', ['yes'], 'emergency', [], []],
    ['R-06', ['notExamined'], 'urgent', [], []],
    ['R-06', ['examined'], 'none', [], []],
    ['R-07', ['yes'], 'urgent', ['bone'], ['noLoadedFlexion', 'noLoadedRotation']],
    ['R-08', ['yes'], 'urgent', [], []],
    ['R-09', ['risk'], 'review', [], []],
    ['R-09', ['diabetes'], 'none', [], []],
    ['R-09', ['risk', 'diabetes'], 'review', [], []],
    ['R-10', ['newPain'], 'urgent', [], []],
    ['R-10', ['other'], 'review', [], []],
    ['R-10', ['past'], 'caution', [], ['tellClinician']],
    ['R-11', ['yes'], 'urgent', [], []],
    ['R-12', ['yes'], 'review', [], []],
    ['R-13', ['yes'], 'urgent', [], []],
    ['R-14', ['under45', 'over3months'], 'none', [], []],
    ['R-14', ['under45', 'over3months', 'stiff30'], 'review', [], []],
    ['R-15', ['yes'], 'review', [], []],
    ['R-16', ['fracture'], 'review', ['bone'], []],
    ['R-16', ['osteoporosis'], 'caution', ['bone'], []],
    ['R-17', ['yes'], 'review', ['pregnancy'], ['noLongSupine', 'noProne']],
    ['R-18', ['yes'], 'review', [], []],
    ['R-19', ['17'], 'ineligible', [], []],
    ['R-19', ['18'], 'none', [], []],
    ['R-20', ['dizzy'], 'review', ['dizziness'], ['noHeadDown']],
    ['R-20', ['heartLung'], 'review', [], ['noBreathHold', 'noHeadDown']],
    ['R-20', ['bloodPressure'], 'review', [], ['noBreathHold', 'noHeadDown']],
    ['R-20', ['aneurysm'], 'review', [], ['noBreathHold', 'noHeadDown']],
    ['R-20', ['dizzy', 'aneurysm'], 'review', ['dizziness'], ['noBreathHold', 'noHeadDown']],
    ['R-21', ['yes'], 'caution', [], ['askClinician', 'keepMagnetsAway']],
    ['R-22', ['yes'], 'review', [], []],
    ['R-23', ['yes'], 'crisis', [], []],
    ['R-25', ['effort'], 'urgent', [], []],
    ['R-25', ['now'], 'emergency', [], []],
    ['R-26', ['yes'], 'emergency', [], []],
    ['R-27', ['yes'], 'caution', ['shoulder'], ['capArmElevation']],
    ['R-28', ['no'], 'caution', ['noFloor'], []],
  ];

/** Pairs that lead further than either answer alone. */
const TOGETHER: readonly (readonly [SafetyAnswers, FlagId, string])[] = [
  [{ 'R-09': ['risk'], 'R-08': ['yes'] }, 'R-09', 'urgent'],
  [{ 'R-09': ['diabetes'], 'R-08': ['yes'] }, 'R-09', 'urgent'],
  [{ 'R-12': ['yes'], 'R-08': ['yes'] }, 'R-12', 'urgent'],
  [{ 'R-12': ['yes'], 'R-10': ['newPain'] }, 'R-12', 'urgent'],
  [{ 'R-12': ['yes'], 'R-10': ['other'] }, 'R-12', 'urgent'],
  [{ 'R-12': ['yes'], 'R-10': ['past'] }, 'R-12', 'urgent'],
  [{ 'R-12': ['yes'], 'R-11': ['yes'] }, 'R-12', 'urgent'],
];

const LOCKING = ['emergency', 'urgent', 'ineligible', 'review'];

/** Every answer that can be given to a question, one code or, where several may be picked, each set of codes. */
function answersOf(id: FlagId): readonly (readonly string[])[] {
  const question = SAFETY_QUESTIONS.find((one) => one.id === id);
  if (question === undefined || question.kind === 'course') return [];
  if (question.kind === 'age') return [['0'], ['17'], ['18'], ['70'], ['120']];
  if (question.kind === 'one') return question.answers.map((code) => [code]);
  return question.answers.reduce<string[][]>(
    (sets, code) => [...sets, ...sets.map((set) => [...set, code])],
    [[]],
  );
}

function aloneActionOf(id: FlagId, codes: readonly string[]): string {
  if (id === 'R-19') return Number(codes[0]) < 18 ? 'ineligible' : 'none';
  if (id === 'R-14') return codes.length >= 3 ? 'review' : 'none';
  if (id === 'R-20') return codes.length > 0 ? 'review' : 'none';
  const row = ALONE.find(
    ([flag, listed]) => flag === id && [...listed].sort().join() === [...codes].sort().join(),
  );
  return row?.[2] ?? 'none';
}

const gravest = (actions: readonly string[]) =>
  SAFETY_ACTIONS.find((action) => actions.includes(action)) ?? 'none';

describe('what the answers to the safety questions lead to', () => {
  it.each(ALONE)('%s %j alone: %s', (id, codes, action, profiles, restrictions) => {
    const judged = judgeSafety(fullAnswers({ [id]: codes }));
    expect(judged.action).toBe(action);
    expect(judged.lock).toBe(LOCKING.includes(action) ? action : null);
    expect(judged.firings.map(({ flagId }) => flagId)).toEqual(action === 'none' ? [] : [id]);
    expect([...judged.profiles].sort()).toEqual([...profiles].sort());
    expect([...judged.restrictions].sort()).toEqual([...restrictions].sort());
  });

  it.each(TOGETHER)('%j together: %s is %s', (answers, flagId, action) => {
    const judged = judgeSafety(fullAnswers(answers));
    expect(judged.firings.find((firing) => firing.flagId === flagId)?.action).toBe(action);
  });

  it('takes the gravest action in every pair of answers to two questions', () => {
    const ids = [...FULL_FORM, 'R-23'] as const;
    let pairs = 0;
    for (const [index, a] of ids.entries())
      for (const b of ids.slice(index + 1))
        for (const codesA of answersOf(a))
          for (const codesB of answersOf(b)) {
            const answers = fullAnswers({ [a]: codesA, [b]: codesB });
            const listed = TOGETHER.find(([pair]) =>
              FULL_FORM.every((id) => pair[id]?.every((code) => answers[id]?.includes(code)) ?? true),
            );
            const actions = [aloneActionOf(a, codesA), aloneActionOf(b, codesB), listed?.[2] ?? 'none'];
            const judged = judgeSafety(answers);
            pairs++;
            if (judged.action !== gravest(actions) || judged.lock !== lockOf(actions))
              expect.fail(`${a} ${codesA.join()} with ${b} ${codesB.join()}: ${judged.action}`);
          }
    expect(pairs).toBe(5218);
  });

  it('locks for what locks under a crisis, and never for the crisis itself', () => {
    for (const [id, codes, action] of ALONE) {
      const judged = judgeSafety(fullAnswers({ [id]: codes, 'R-23': ['yes'] }));
      expect(judged.lock).toBe(LOCKING.includes(action) ? action : null);
      expect(judged.action).toBe(action === 'emergency' ? 'emergency' : 'crisis');
    }
  });

  it('advises without a lock when there is no improvement after six weeks, and lifts none', () => {
    const course = { week: 6, painDrop: 0.9, globalChange: 4, adherence: 0.6 };
    const judged = judgeSafety(fullAnswers(), course);
    expect(judged).toMatchObject({ action: 'review', lock: null, restrictions: ['holdDose'] });
    expect(judgeSafety(fullAnswers({ 'R-08': ['yes'] }), course).lock).toBe('urgent');
    for (const better of [{ week: 5 }, { painDrop: 1 }, { globalChange: 5 }, { adherence: 0.59 }])
      expect(judgeSafety(fullAnswers(), { ...course, ...better }).action).toBe('none');
  });

  it('never becomes milder by a graver answer, whatever else is answered', () => {
    const answers = fc.record(
      Object.fromEntries(
        [...FULL_FORM, 'R-23' as FlagId].map((id) => [id, fc.constantFrom(...answersOf(id))]),
      ),
    ) as fc.Arbitrary<SafetyAnswers>;
    fc.assert(
      fc.property(answers, fc.constantFrom(...ALONE), (given, [id, codes, action]) => {
        const judged = judgeSafety({ ...given, [id]: codes });
        const single = SAFETY_ACTIONS.find((one) => one === action) ?? 'none';
        expect(gravity(judged.action)).toBeGreaterThanOrEqual(gravity(single));
        if (LOCKING.includes(action)) expect(judged.lock).not.toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('hears the graver of contradicting answers, and no answer that cannot be read', () => {
    expect(judgeSafety({ 'R-01': ['no', 'yes'] }).action).toBe('emergency');
    expect(isAnswered('R-01', [])).toBe(false);
    expect(isAnswered('R-01', ['perhaps'])).toBe(false);
    expect(isAnswered('R-09', [])).toBe(true);
    expect(isAnswered('R-19', ['41'])).toBe(true);
    for (const age of ['', '-4', '17.5', '121', 'ten', '1e1']) expect(isAnswered('R-19', [age])).toBe(false);
    expect(judgeSafety({}).action).toBe('none');
  });

  it('asks seven questions before a session and all that can be asked before the first', () => {
    expect(SHORT_FORM).toEqual(['R-01', 'R-02', 'R-03', 'R-04', 'R-05', 'R-08', 'R-25']);
    expect(FULL_FORM).toHaveLength(26);
  });
});

const REFERENCE = new URL('../../../../../shared/clinical/red_flags.json', import.meta.url);

describe.skipIf(!existsSync(REFERENCE))(
  'the machine-readable red flags beside the project (left out where ../shared/clinical/red_flags.json is absent)',
  () => {
    const reference = existsSync(REFERENCE)
      ? (JSON.parse(readFileSync(REFERENCE, 'utf8')) as Reference)
      : undefined;

    it('has the same questions, answers and rules', () => {
      expect(SAFETY_QUESTIONS.map(comparable)).toEqual(reference?.flags.map(comparableReference));
    });

    it('has the same order of actions, short form, ways out and times', () => {
      expect(SAFETY_ACTIONS).toEqual(reference?.precedence.map(actionName));
      expect(SHORT_FORM).toEqual(reference?.shortForm.flags);
      expect(SAFETY_LIMITS.emergencyLockHours).toBe(reference?.actions['EMERG']?.minLockHours);
      expect(SAFETY_LIMITS.coveredDays).toBe(reference?.opening.clearFullScreen.coveredDays);
      const auto = reference?.flags.find(({ id }) => id === 'R-24')?.rules[0]?.when.auto;
      expect(auto).toEqual({
        week: NO_IMPROVEMENT.fromWeek,
        nprsDropBelow: NO_IMPROVEMENT.painDropBelow,
        pgicAtMost: NO_IMPROVEMENT.changeAtMost,
        adherenceAtLeast: NO_IMPROVEMENT.adherenceAtLeast,
      });
    });
  },
);

interface ReferenceCondition {
  readonly q?: string;
  readonly in?: readonly string[];
  readonly all?: readonly ReferenceCondition[];
  readonly any?: readonly ReferenceCondition[];
  readonly count?: string;
  readonly atLeast?: number;
  readonly age?: { readonly lt: number };
  readonly auto?: Readonly<Record<string, number>>;
}

interface ReferenceFlag {
  readonly id: string;
  readonly type: string;
  readonly answers: readonly { readonly id: string }[];
  readonly ask: readonly string[];
  readonly rules: readonly {
    readonly when: ReferenceCondition;
    readonly action: string;
    readonly effects: readonly string[];
  }[];
}

interface Reference {
  readonly precedence: readonly string[];
  readonly actions: Readonly<Record<string, { readonly minLockHours?: number }>>;
  readonly shortForm: { readonly flags: readonly string[] };
  readonly opening: { readonly clearFullScreen: { readonly coveredDays: number } };
  readonly flags: readonly ReferenceFlag[];
}

/** Their name of each of our effects. */
const EFFECT: Readonly<Record<string, string>> = {
  bone: 'profile:bone',
  pregnancy: 'profile:preg',
  dizziness: 'profile:vestib',
  shoulder: 'profile:shoulder',
  noFloor: 'profile:nofloor',
  noLoadedFlexion: 'block:loadedFlexion',
  noLoadedRotation: 'block:loadedRotation',
  noProne: 'no:prone',
  noLongSupine: 'no:longSupine',
  noBreathHold: 'no:breathHold',
  noHeadDown: 'no:headDown',
  capArmElevation: 'cap:armElevation',
  keepMagnetsAway: 'keep:magnetsAndClasps15cmAway',
  askClinician: 'note:askClinician',
  tellClinician: 'note:clinician',
  holdDose: 'hold:presentDose',
};
/** Said by their actions or shown by our screens: no effect of ours. */
const SHOWN = ['show:crisisText', 'notify:high', 'page:forDoctor', 'noLock'];

function comparable(question: (typeof SAFETY_QUESTIONS)[number]) {
  return {
    id: question.id,
    kind: question.kind,
    answers: question.answers,
    asked: question.asked,
    rules: question.rules.map(({ when, action, profiles, restrictions, locks }) => ({
      when: comparableCondition(when),
      action,
      effects: [...profiles, ...restrictions].map((effect) => EFFECT[effect]).sort(),
      locks,
    })),
  };
}

function comparableCondition(condition: SafetyCondition): ReferenceCondition {
  if ('all' in condition) return { all: condition.all.map(comparableCondition) };
  if ('any' in condition) return { any: condition.any.map(comparableCondition) };
  if ('course' in condition) return { auto: {} };
  if ('anyOf' in condition) return { q: condition.question, in: condition.anyOf };
  if ('atLeast' in condition) return { count: condition.question, atLeast: condition.atLeast };
  return { age: { lt: condition.ageBelowYears } };
}

function comparableReference(flag: ReferenceFlag) {
  const kinds: Readonly<Record<string, string>> = {
    single: 'one',
    multi: 'several',
    age: 'age',
    auto: 'course',
  };
  const asked: Readonly<Record<string, string>> = {
    'full,short': 'always',
    full: 'fullForm',
    optional: 'ifWished',
    auto: 'never',
  };
  return {
    id: flag.id,
    kind: kinds[flag.type],
    answers: flag.answers.map(({ id }) => id),
    asked: asked[flag.ask.join()],
    rules: flag.rules.map(({ when, action, effects }) => ({
      when: when.auto === undefined ? when : { auto: {} },
      action: actionName(action),
      effects: effects.filter((effect) => !SHOWN.includes(effect)).sort(),
      locks: LOCKING.includes(actionName(action)) && !effects.includes('noLock'),
    })),
  };
}

function actionName(theirs: string): string {
  return theirs === 'EMERG' ? 'emergency' : theirs.toLowerCase();
}

function lockOf(actions: readonly string[]): string | null {
  return LOCKING.find((action) => actions.includes(action)) ?? null;
}
