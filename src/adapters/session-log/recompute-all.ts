import type { Recomputing, RecomputingState } from '../../ui/services.ts';
import type { LockPort } from './recording-lock.ts';
import { runningSessionIds } from './recording-lock.ts';
import type { SessionRepository } from './session-repository.ts';

/** One tab at a time; the browser frees it when that tab dies. */
const LOCK = 'thora-recomputing';
/** How often it looks whether a session has ended that is being recorded. */
const LOOK_AGAIN_MS = 2000;

export interface RecomputePorts {
  openLog(): Promise<Pick<SessionRepository, 'listToRecompute' | 'read'>>;
  /** Computes one session and stores its report; ends early when `signal` says so. */
  recompute(sessionId: string, signal: AbortSignal): Promise<unknown>;
  readonly locks: LockPort;
  nowUtc(): string;
  /** When the run that is under way began, kept beyond this page; null while none is. */
  readonly begun: { read(): string | null; write(sinceUtc: string | null): void };
}

/**
 * All sessions, one after another, with today's engine. What is done is known by the time of each report, so a run that a
 * reload cut off goes on where it was. Gives way to a session that is being recorded.
 */
export class RecomputeAll implements Recomputing {
  readonly #ports: RecomputePorts;
  readonly #listeners = new Set<() => void>();
  #state: RecomputingState = { kind: 'idle' };
  #run: AbortController | null = null;

  constructor(ports: RecomputePorts) {
    this.#ports = ports;
  }

  /** Goes on with a run that a reload or another person had cut off. */
  resume(): void {
    if (this.#ports.begun.read() !== null) this.start();
  }

  /** Leaves off; {@link resume} goes on. */
  suspend(): void {
    this.#run?.abort();
    this.#run = null;
    this.#set({ kind: 'idle' });
  }

  state(): RecomputingState {
    return this.#state;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    if (this.#run !== null) return;
    const run = new AbortController();
    this.#run = run;
    const { begun, locks } = this.#ports;
    const sinceUtc = begun.read() ?? this.#ports.nowUtc();
    begun.write(sinceUtc);
    this.#set({ kind: 'running', done: 0, total: 0, waits: true });
    void locks
      .request(LOCK, { signal: run.signal }, () => this.#workThrough(sinceUtc, run.signal))
      // Stopped while it waited for another tab.
      .catch(() => undefined);
  }

  stop(): void {
    this.#ports.begun.write(null);
    this.suspend();
  }

  async #workThrough(sinceUtc: string, signal: AbortSignal): Promise<void> {
    const changed: string[] = [];
    const failed: string[] = [];
    const log = await this.#ports.openLog();
    const ids = await log.listToRecompute(sinceUtc);
    for (const [done, sessionId] of ids.entries()) {
      while ((await runningSessionIds(this.#ports.locks)).size > 0 && !signal.aborted) {
        this.#tell(signal, { kind: 'running', done, total: ids.length, waits: true });
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      }
      if (signal.aborted) return;
      this.#tell(signal, { kind: 'running', done, total: ids.length, waits: false });
      const before = (await log.read(sessionId))?.earlierReports.length ?? 0;
      try {
        await this.#ports.recompute(sessionId, signal);
        if (((await log.read(sessionId))?.earlierReports.length ?? 0) > before) changed.push(sessionId);
      } catch {
        failed.push(sessionId);
      }
    }
    if (signal.aborted) return;
    this.#run = null;
    this.#ports.begun.write(null);
    this.#set({ kind: 'finished', total: ids.length, changed, failed });
  }

  /** Nothing is said any more of a run that was stopped. */
  #tell(signal: AbortSignal, state: RecomputingState): void {
    if (!signal.aborted) this.#set(state);
  }

  #set(state: RecomputingState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
