import { PAIN_LIMITS, THRESHOLDS_VERSION } from '../exercise/coaching-thresholds.ts';
import { isPainToEaseFor, painZone } from '../exercise/pain-zone.ts';

/** When a session, an exercise or a set stops at once (clinical page, section 4.2). The words belong to the screens. */

export type StopRuleId = 'S-1' | 'S-2' | 'S-3' | 'S-4' | 'S-5' | 'S-6' | 'S-7' | 'S-8' | 'S-9' | 'S-10';

export type Symptom =
  | 'dizzy'
  | 'lightHeaded'
  | 'sick'
  | 'chestPain'
  | 'breathless'
  | 'palpitations'
  | 'faint'
  | 'numbness'
  | 'tingling'
  | 'weakness'
  | 'spreadingPain'
  | 'sharpPainOnBreathing';

/** What the skin under a sensor may complain of. */
export type SkinComplaint = 'hot' | 'burning' | 'itching' | 'wet';

export interface StopRule {
  readonly id: StopRuleId;
  /** How much ends at once; nothing: the session has not begun, or goes on in an easier way. */
  readonly stops: 'set' | 'exercise' | 'session' | 'nothing';
  /** What comes next, in this order. */
  readonly next: readonly StopStep[];
  /** A linked clinician is told. */
  readonly alertsClinician: boolean;
}

export type StopStep =
  | 'askReason'
  | 'offerEasierVariation'
  | 'takeEasierVariation'
  | 'sitDown'
  /** Two minutes; if it has not gone, the page for care on the same day. */
  | 'checkAfterTwoMinutes'
  | 'emergencyPage'
  | 'fullSafetyQuestions'
  /** Question R-05 of the safety questions in full. */
  | 'askBreathingQuestion'
  | 'offerFlareSession'
  | 'takeSensorOff'
  | 'checkSkin'
  | 'goOnWithoutSensors'
  | 'askAreYouAllRight';

export const STOP_RULES: Readonly<Record<StopRuleId, StopRule>> = {
  'S-1': { id: 'S-1', stops: 'set', next: ['askReason'], alertsClinician: false },
  'S-2': { id: 'S-2', stops: 'exercise', next: ['offerEasierVariation'], alertsClinician: false },
  'S-3': { id: 'S-3', stops: 'nothing', next: ['takeEasierVariation'], alertsClinician: false },
  'S-4': { id: 'S-4', stops: 'session', next: ['sitDown', 'checkAfterTwoMinutes'], alertsClinician: false },
  'S-5': { id: 'S-5', stops: 'session', next: ['emergencyPage'], alertsClinician: true },
  'S-6': { id: 'S-6', stops: 'session', next: ['fullSafetyQuestions'], alertsClinician: true },
  'S-7': { id: 'S-7', stops: 'session', next: ['askBreathingQuestion'], alertsClinician: false },
  'S-8': { id: 'S-8', stops: 'nothing', next: ['offerFlareSession'], alertsClinician: false },
  'S-9': {
    id: 'S-9',
    stops: 'set',
    next: ['takeSensorOff', 'checkSkin', 'goOnWithoutSensors'],
    alertsClinician: false,
  },
  'S-10': { id: 'S-10', stops: 'session', next: ['askAreYouAllRight'], alertsClinician: false },
};

export type StopTrigger =
  | { readonly kind: 'stopButton' }
  /** `timesEased`: how often pain has led to less in this exercise, this time included. */
  | {
      readonly kind: 'painDuring';
      readonly pain: number;
      readonly before: number;
      readonly timesEased: number;
    }
  | { readonly kind: 'symptom'; readonly symptom: Symptom }
  | { readonly kind: 'painBefore'; readonly pain: number; readonly weekMean: number | null }
  | { readonly kind: 'skin'; readonly complaint: SkinComplaint }
  | { readonly kind: 'fallSuspected' };

export interface StopDecision {
  readonly rule: StopRule;
  readonly inputs: Readonly<Record<string, number>>;
  readonly thresholdsVersion: string;
}

const SYMPTOM_RULE: Readonly<Record<Symptom, StopRuleId>> = {
  dizzy: 'S-4',
  lightHeaded: 'S-4',
  sick: 'S-4',
  chestPain: 'S-5',
  breathless: 'S-5',
  palpitations: 'S-5',
  faint: 'S-5',
  numbness: 'S-6',
  tingling: 'S-6',
  weakness: 'S-6',
  spreadingPain: 'S-6',
  sharpPainOnBreathing: 'S-7',
};

/** From the one that must be heard first: where a person names several symptoms the first of these decides. */
const GRAVEST_FIRST: readonly StopRuleId[] = ['S-5', 'S-6', 'S-7', 'S-4'];

/** What a trigger stops; null where nothing is to be stopped. */
export function judgeStop(trigger: StopTrigger): StopDecision | null {
  switch (trigger.kind) {
    case 'stopButton':
      return decision('S-1', {});
    case 'painDuring':
      return judgePain(trigger.pain, trigger.before, trigger.timesEased);
    case 'symptom':
      return decision(SYMPTOM_RULE[trigger.symptom], {});
    case 'painBefore': {
      const { pain, weekMean } = trigger;
      const isFarAbove = weekMean !== null && pain - weekMean >= PAIN_LIMITS.flareOverMean;
      if (pain < PAIN_LIMITS.flareFrom && !isFarAbove) return null;
      return decision('S-8', { pain, ...(weekMean !== null && { weekMean }) });
    }
    case 'skin':
      return decision('S-9', {});
    case 'fallSuspected':
      return decision('S-10', {});
  }
}

/** The gravest of several symptoms named together; null for none. */
export function judgeSymptoms(symptoms: readonly Symptom[]): StopDecision | null {
  const named = symptoms.map((symptom) => SYMPTOM_RULE[symptom]);
  const gravest = GRAVEST_FIRST.find((id) => named.includes(id));
  return gravest === undefined ? null : decision(gravest, {});
}

function judgePain(pain: number, before: number, timesEased: number): StopDecision | null {
  if (painZone(pain, before) === 'stop') return decision('S-2', { pain, before });
  if (isPainToEaseFor(pain, before) && timesEased >= 2) return decision('S-3', { pain, before, timesEased });
  return null;
}

function decision(id: StopRuleId, inputs: Readonly<Record<string, number>>): StopDecision {
  return { rule: STOP_RULES[id], inputs, thresholdsVersion: THRESHOLDS_VERSION };
}
