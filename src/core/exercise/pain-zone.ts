import { PAIN_LIMITS } from './coaching-thresholds.ts';

/**
 * What pain during an exercise says, by how it was before the session (clinical page, section 6.4): the zones go by the
 * person's start, so that somebody who begins at 5 may exercise at 5, while a rise of 3 stops anyone.
 */
export type PainZone = 'green' | 'amber' | 'stop';

/**
 * Exactly one zone for every pair.
 *
 * @param during highest pain of the exercise, 0 to 10
 * @param before pain before the session, 0 to 10
 */
export function painZone(during: number, before: number): PainZone {
  const { green, greenNoRise, stopAbove, stopOverStart, ceiling, riseStops } = PAIN_LIMITS;
  const limit = Math.min(ceiling, Math.max(stopAbove, before + stopOverStart));
  if (during > limit || during - before >= riseStops) return 'stop';
  if (during <= green || (during <= greenNoRise && during <= before)) return 'green';
  return 'amber';
}

/** Not to be stopped for, but enough to go less far: from 4 on, with a rise of 1. */
export function isPainToEaseFor(during: number, before: number): boolean {
  return (
    painZone(during, before) !== 'stop' &&
    during >= PAIN_LIMITS.easeFrom &&
    during - before >= PAIN_LIMITS.easeRise
  );
}
