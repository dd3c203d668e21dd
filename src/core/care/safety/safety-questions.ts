import type { HealthProfile } from '../../exercise/exercise-library.ts';
import type { FlagId } from './safety-event.ts';
import { SAFETY_LIMITS } from './safety-thresholds.ts';

/** The safety questions (clinical page, section 4.1): answers and rules. The words belong to the screens. */

/** What an answer leads to, the gravest first. Where several questions lead somewhere, the gravest gives the text. */
export const SAFETY_ACTIONS = [
  'emergency',
  'crisis',
  'urgent',
  'ineligible',
  'review',
  'caution',
  'none',
] as const;
export type SafetyAction = (typeof SAFETY_ACTIONS)[number];

/** Those under which nothing can be started. */
export type LockAction = Extract<SafetyAction, 'emergency' | 'urgent' | 'ineligible' | 'review'>;

export type Restriction =
  | 'noLoadedFlexion'
  | 'noLoadedRotation'
  | 'noProne'
  | 'noLongSupine'
  | 'noBreathHold'
  | 'noHeadDown'
  /** Arms no higher than a clinician said or a test allowed. */
  | 'capArmElevation'
  /** Magnets and strap clasps stay 15 cm away from the device in the body. */
  | 'keepMagnetsAway'
  /** To be asked of whoever looks after the device. */
  | 'askClinician'
  /** To be mentioned to a clinician. */
  | 'tellClinician'
  /** The plan stays at the present dose. */
  | 'holdDose';

export type SafetyCondition =
  | { readonly question: FlagId; readonly anyOf: readonly string[] }
  | { readonly question: FlagId; readonly atLeast: number }
  | { readonly question: FlagId; readonly ageBelowYears: number }
  | { readonly all: readonly SafetyCondition[] }
  | { readonly any: readonly SafetyCondition[] }
  /** No answer, but the course so far; see NO_IMPROVEMENT. */
  | { readonly course: 'noImprovement' };

export interface SafetyRule {
  readonly when: SafetyCondition;
  readonly action: SafetyAction;
  readonly profiles: readonly HealthProfile[];
  readonly restrictions: readonly Restriction[];
  /** False for a rule that advises and never locks, whatever its action. */
  readonly locks: boolean;
}

export interface SafetyQuestion {
  readonly id: FlagId;
  /**
   * `several`: any number of the codes, none of them an empty list; `age`: one whole number of years as text; `course`:
   * never asked, judged from the course.
   */
  readonly kind: 'one' | 'several' | 'age' | 'course';
  /** In the order they are offered; of `one`, the answer that all is well comes first. */
  readonly answers: readonly string[];
  readonly asked: 'always' | 'fullForm' | 'ifWished' | 'never';
  /** The first that matches counts; with `allRules` every one does. */
  readonly rules: readonly SafetyRule[];
  readonly allRules?: true;
}

const YES_NO = ['no', 'yes'] as const;

export const SAFETY_QUESTIONS: readonly SafetyQuestion[] = [
  yesNo('R-01', 'always', 'emergency'),
  yesNo('R-02', 'always', 'emergency'),
  yesNo('R-03', 'always', 'emergency'),
  {
    id: 'R-04',
    kind: 'one',
    answers: ['no', 'slow', 'rapid'],
    asked: 'always',
    rules: [rule(is('R-04', 'rapid'), 'emergency'), rule(is('R-04', 'slow'), 'urgent')],
  },
  yesNo('R-05', 'always', 'emergency'),
  {
    id: 'R-06',
    kind: 'one',
    answers: ['no', 'examined', 'notExamined'],
    asked: 'fullForm',
    rules: [rule(is('R-06', 'notExamined'), 'urgent')],
  },
  yesNo('R-07', 'fullForm', 'urgent', ['bone'], ['noLoadedFlexion', 'noLoadedRotation']),
  yesNo('R-08', 'always', 'urgent'),
  {
    id: 'R-09',
    kind: 'several',
    answers: ['risk', 'diabetes'],
    asked: 'fullForm',
    rules: [
      rule({ all: [is('R-09', 'risk', 'diabetes'), is('R-08', 'yes')] }, 'urgent'),
      rule(is('R-09', 'risk'), 'review'),
    ],
  },
  {
    id: 'R-10',
    kind: 'one',
    answers: ['no', 'newPain', 'past', 'other'],
    asked: 'fullForm',
    rules: [
      rule(is('R-10', 'newPain'), 'urgent'),
      rule(is('R-10', 'other'), 'review'),
      rule(is('R-10', 'past'), 'caution', [], ['tellClinician']),
    ],
  },
  yesNo('R-11', 'fullForm', 'urgent'),
  {
    id: 'R-12',
    kind: 'one',
    answers: YES_NO,
    asked: 'fullForm',
    rules: [
      rule(
        {
          all: [
            is('R-12', 'yes'),
            {
              any: [is('R-08', 'yes'), is('R-10', 'newPain', 'past', 'other'), is('R-11', 'yes')],
            },
          ],
        },
        'urgent',
      ),
      rule(is('R-12', 'yes'), 'review'),
    ],
  },
  yesNo('R-13', 'fullForm', 'urgent'),
  {
    id: 'R-14',
    kind: 'several',
    answers: ['under45', 'over3months', 'stiff30', 'betterMoving', 'secondHalfNight'],
    asked: 'fullForm',
    rules: [rule({ question: 'R-14', atLeast: 3 }, 'review')],
  },
  yesNo('R-15', 'fullForm', 'review'),
  {
    id: 'R-16',
    kind: 'one',
    answers: ['no', 'osteoporosis', 'fracture'],
    asked: 'fullForm',
    rules: [
      rule(is('R-16', 'fracture'), 'review', ['bone']),
      rule(is('R-16', 'osteoporosis'), 'caution', ['bone']),
    ],
  },
  yesNo('R-17', 'fullForm', 'review', ['pregnancy'], ['noProne', 'noLongSupine']),
  yesNo('R-18', 'fullForm', 'review'),
  {
    id: 'R-19',
    kind: 'age',
    answers: [],
    asked: 'fullForm',
    rules: [rule({ question: 'R-19', ageBelowYears: SAFETY_LIMITS.adultFromYears }, 'ineligible')],
  },
  {
    id: 'R-20',
    kind: 'several',
    answers: ['heartLung', 'bloodPressure', 'aneurysm', 'dizzy'],
    asked: 'fullForm',
    rules: [
      rule(is('R-20', 'dizzy'), 'review', ['dizziness'], ['noHeadDown']),
      rule(
        is('R-20', 'heartLung', 'bloodPressure', 'aneurysm'),
        'review',
        [],
        ['noBreathHold', 'noHeadDown'],
      ),
    ],
    allRules: true,
  },
  yesNo('R-21', 'fullForm', 'caution', [], ['keepMagnetsAway', 'askClinician']),
  yesNo('R-22', 'fullForm', 'review'),
  yesNo('R-23', 'ifWished', 'crisis'),
  {
    id: 'R-24',
    kind: 'course',
    answers: [],
    asked: 'never',
    rules: [{ ...rule({ course: 'noImprovement' }, 'review', [], ['holdDose']), locks: false }],
  },
  {
    id: 'R-25',
    kind: 'one',
    answers: ['no', 'effort', 'now'],
    asked: 'always',
    rules: [rule(is('R-25', 'now'), 'emergency'), rule(is('R-25', 'effort'), 'urgent')],
  },
  yesNo('R-26', 'fullForm', 'emergency'),
  yesNo('R-27', 'fullForm', 'caution', ['shoulder'], ['capArmElevation']),
  {
    id: 'R-28',
    kind: 'one',
    answers: ['yes', 'no'],
    asked: 'fullForm',
    rules: [rule(is('R-28', 'no'), 'caution', ['noFloor'])],
  },
];

/** Asked before every session, as one list. */
export const SHORT_FORM: readonly FlagId[] = idsOf((question) => question.asked === 'always');

/** Asked before the first use, and again whenever a full screen is due. */
export const FULL_FORM: readonly FlagId[] = idsOf(({ asked }) => asked === 'always' || asked === 'fullForm');

const BY_ID = new Map(SAFETY_QUESTIONS.map((question) => [question.id, question]));

/** @throws RangeError for an id that there is no question of */
export function safetyQuestion(id: FlagId): SafetyQuestion {
  const question = BY_ID.get(id);
  if (question === undefined) throw new RangeError(`There is no safety question ${id}.`);
  return question;
}

/** The answer that all is well; null for the age, of which there is none. */
export function clearAnswer(id: FlagId): readonly string[] | null {
  const question = safetyQuestion(id);
  if (question.kind === 'several') return [];
  return question.kind === 'one' ? question.answers.slice(0, 1) : null;
}

function idsOf(isIn: (question: SafetyQuestion) => boolean): readonly FlagId[] {
  return SAFETY_QUESTIONS.filter(isIn).map(({ id }) => id);
}

function is(question: FlagId, ...anyOf: readonly string[]): SafetyCondition {
  return { question, anyOf };
}

function rule(
  when: SafetyCondition,
  action: SafetyAction,
  profiles: readonly HealthProfile[] = [],
  restrictions: readonly Restriction[] = [],
): SafetyRule {
  const locks = action !== 'crisis' && action !== 'caution' && action !== 'none';
  return { when, action, profiles, restrictions, locks };
}

function yesNo(
  id: FlagId,
  asked: SafetyQuestion['asked'],
  action: SafetyAction,
  profiles: readonly HealthProfile[] = [],
  restrictions: readonly Restriction[] = [],
): SafetyQuestion {
  return {
    id,
    kind: 'one',
    answers: YES_NO,
    asked,
    rules: [rule(is(id, 'yes'), action, profiles, restrictions)],
  };
}
