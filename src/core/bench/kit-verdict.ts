import { BENCH_STEPS, type BenchStep, type StepResult } from './bench-step.ts';

/** `quarantine`: it is not to be worn before it is mended and checked again. `incomplete`: steps are missing. */
export type UnitVerdict = 'fit' | 'quarantine' | 'incomplete';

/** What a unit needs for a verdict: all but the ruler, where it is alone. */
export function neededSteps(unitCount: number): readonly BenchStep[] {
  return BENCH_STEPS.filter((step) => step !== 'ruler' || unitCount > 1);
}

/** One failed step is enough for quarantine, whatever is missing. */
export function judgeUnit(results: readonly StepResult[], unitCount: number): UnitVerdict {
  if (results.some(({ verdict }) => verdict === 'fail')) return 'quarantine';
  const done = new Set(results.map(({ step }) => step));
  return neededSteps(unitCount).every((step) => done.has(step)) ? 'fit' : 'incomplete';
}
