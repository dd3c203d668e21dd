import type { FlagId, SafetyAnswers } from './safety-event.ts';
import { clearAnswer } from './safety-questions.ts';

/** Whether a question was answered, and not that all is well. */
export function isTold(id: FlagId, answers: SafetyAnswers): boolean {
  const codes = answers[id];
  return codes !== undefined && codes.join() !== clearAnswer(id)?.join();
}
