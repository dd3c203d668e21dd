import type { BenchRun } from '../bench/bench-run.ts';
import type { GuidedStep } from '../bench/bench-step.ts';
import type { BenchAction } from './bench-hand.ts';
import type { VirtualBench } from './virtual-bench.ts';

/** What a careful clinician does before a step begins, and while it runs. */
export interface BenchRoutine {
  readonly before: readonly BenchAction[];
  readonly during: readonly BenchAction[];
}

const LIES: readonly BenchAction[] = [
  { kind: 'layOn', face: 4 },
  { kind: 'wait', seconds: 1 },
];

export const CAREFUL_ROUTINES: Readonly<Record<GuidedStep, BenchRoutine>> = {
  radio: { before: LIES, during: [{ kind: 'wait', seconds: 31 }] },
  still: { before: LIES, during: [{ kind: 'wait', seconds: 61 }] },
  faces: {
    before: [],
    // A quarter turn about another axis each time: gravity then tells of all three.
    during: [4, 0, 2, 5, 1, 3].flatMap((face): BenchAction[] => [
      { kind: 'layOn', face },
      { kind: 'wait', seconds: 4 },
    ]),
  },
  turns: {
    before: [],
    during: [4, 0, 2].flatMap((face): BenchAction[] => [
      { kind: 'layOn', face },
      { kind: 'wait', seconds: 2.5 },
      { kind: 'turn', deg: 1080 },
      { kind: 'wait', seconds: 2.5 },
      { kind: 'turn', deg: -1080 },
      { kind: 'wait', seconds: 2.5 },
    ]),
  },
  magnet: { before: [], during: [{ kind: 'tumble', seconds: 60 }] },
  drift: { before: LIES, during: [{ kind: 'wait', seconds: 302 }] },
  ruler: {
    before: LIES,
    during: [
      { kind: 'wait', seconds: 4 },
      { kind: 'swing', seconds: 28 },
    ],
  },
};

const AFTERWARDS_MS = 500;

/** Lets the hand do these things as fast as the computer allows. @returns host time at which they are over, ms */
export function performOnBench(
  bench: VirtualBench,
  run: BenchRun,
  actions: readonly BenchAction[],
  fromHostTimeMs: number,
): number {
  let endMs = fromHostTimeMs;
  for (const action of actions) endMs = bench.perform(action);
  bench.advanceTo(endMs + AFTERWARDS_MS, (packet) => run.push(packet));
  return endMs + AFTERWARDS_MS;
}
