import type { Symptom } from '../stop-rules.ts';
import type { SafetyAnswers } from './safety-event.ts';

/** What a symptom told of in a session answers of the safety questions by itself; null: it has to be asked. */
export function symptomAnswers(symptom: Symptom): SafetyAnswers | null {
  switch (symptom) {
    case 'chestPain':
    case 'breathless':
    case 'palpitations':
      return { 'R-01': ['yes'] };
    case 'faint':
      return { 'R-02': ['yes'] };
    case 'dizzy':
    case 'lightHeaded':
    case 'sick':
    case 'numbness':
    case 'tingling':
    case 'weakness':
    case 'spreadingPain':
    case 'sharpPainOnBreathing':
      return null;
  }
}

/** Two minutes of rest did not help (S-4): as unwell as who says so before a session. */
export const STILL_UNWELL: SafetyAnswers = { 'R-08': ['yes'] };
