import { safetyStatus, type SafetyStatus } from '../core/care/safety/safety-status.ts';
import type { CareJournal } from './services.ts';
import type { FlowPlan } from './stores/session-flow-state.ts';

/**
 * What must be shown before a plan begins; 'nothing' lets it begin. While a lock stands nothing does; of the person's own
 * sessions, in which pain is asked, questions come first, and a demonstration asks none.
 */
export async function standsBefore(
  journal: CareJournal,
  { askPain }: Pick<FlowPlan, 'askPain'>,
): Promise<'lock' | SafetyStatus['due']> {
  const { lock, due } = safetyStatus(await journal.read(), journal.now());
  if (lock !== null) return 'lock';
  return askPain ? due : 'nothing';
}
