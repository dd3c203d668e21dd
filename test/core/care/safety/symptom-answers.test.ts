import { expect, it } from 'vitest';
import { judgeSafety } from '../../../../src/core/care/safety/judge-safety.ts';
import { STILL_UNWELL, symptomAnswers } from '../../../../src/core/care/safety/symptom-answers.ts';
import { judgeSymptoms, type Symptom } from '../../../../src/core/care/stop-rules.ts';

const SYMPTOMS: readonly Symptom[] = [
  'dizzy',
  'lightHeaded',
  'sick',
  'chestPain',
  'breathless',
  'palpitations',
  'faint',
  'numbness',
  'tingling',
  'weakness',
  'spreadingPain',
  'sharpPainOnBreathing',
];

it('locks as an emergency for every symptom whose rule shows the emergency page, and for no other by itself', () => {
  for (const symptom of SYMPTOMS) {
    const isEmergency = judgeSymptoms([symptom])?.rule.next.includes('emergencyPage') === true;
    const answers = symptomAnswers(symptom);
    expect([symptom, answers === null ? null : judgeSafety(answers).lock]).toEqual([
      symptom,
      isEmergency ? 'emergency' : null,
    ]);
  }
});

it('wants help on the same day for who is still unwell after two minutes', () => {
  expect(judgeSafety(STILL_UNWELL).lock).toBe('urgent');
});
