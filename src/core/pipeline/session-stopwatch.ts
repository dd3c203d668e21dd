import type { PipelineFact } from './pipeline-fact.ts';
import type { PipelineCommand } from './pipeline-command.ts';
import type { SetResult } from './session-result.ts';

/** How long it took until the person moved, s; null where the session does not tell. */
export interface SessionTimes {
  /** From opening the app to the end of the first move that counted. */
  readonly openedToFirstMoveS: number | null;
  /** From the sensors' rest on the table to standing tall with all of them on. */
  readonly donningS: number | null;
}

/** The app's own stopwatch. It reads what is recorded, so a session played again shows the same times. */
export class SessionStopwatch {
  private openedMs = NaN;
  private tableDoneMs = NaN;
  private strappedMs = NaN;

  /** @param timeMs session time of the command */
  takeCommand(command: PipelineCommand, timeMs: number): void {
    if (command.kind === 'annotate' && command.note.about === 'appOpened')
      this.openedMs = timeMs - 1000 * command.note.agoS;
    // The first try counts: standing tall once more is not strapping on.
    if (command.kind === 'beginStep' && command.step.name === 'neutral' && !(this.strappedMs > 0))
      this.strappedMs = timeMs;
  }

  takeFact(fact: PipelineFact, timeMs: number): void {
    if (fact.kind === 'stepCompleted' && fact.step === 'still') this.tableDoneMs = timeMs;
  }

  read(sets: readonly SetResult[]): SessionTimes {
    const firstMoveMs = Math.min(
      ...sets.flatMap((set) => set.repetitions.filter((one) => one.counted).map((one) => one.endMs)),
    );
    const seconds = (ms: number): number | null => (Number.isFinite(ms) && ms >= 0 ? ms / 1000 : null);
    return {
      openedToFirstMoveS: seconds(firstMoveMs - this.openedMs),
      donningS: seconds(this.strappedMs - this.tableDoneMs),
    };
  }
}
