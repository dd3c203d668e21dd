/** The last problems of this page's life by their codes alone: for a helper who was not there. Nothing is kept elsewhere. */
import type { Room } from '../services-context.ts';
import type { FlowProblem } from './session-flow-state.ts';

export interface LoggedProblem {
  /** As in the list of problems (docs/problems.md), such as "sensor/linkLost". */
  readonly code: string;
  /** On the window's monotonic clock, ms. */
  readonly hostTimeMs: number;
}

const MOST = 20;
const logged: LoggedProblem[] = [];
const followed = new WeakSet<Room['session']>();

export function problemCode(problem: FlowProblem): string {
  switch (problem.about) {
    case 'sensor':
      return `sensor/${problem.code}`;
    case 'step':
      return `step/${problem.refusal}`;
    case 'set':
      return 'set/missingSensor';
    case 'trouble':
      return `session/${problem.trouble.kind}`;
    case 'save':
      return 'session/saveFailed';
  }
}

/** Notes every problem that the session shows from now on. */
export function logProblems({ session }: Room): void {
  if (followed.has(session)) return;
  followed.add(session);
  session.subscribe((now, before) => {
    const { problem } = now.flow;
    if (problem === null || problem === before.flow.problem) return;
    logProblem(problemCode(problem));
  });
}

export function logProblem(code: string): void {
  logged.push({ code, hostTimeMs: performance.now() });
  if (logged.length > MOST) logged.shift();
}

/** Oldest first. */
export function loggedProblems(): readonly LoggedProblem[] {
  return logged;
}
