import { describe, expect, it } from 'vitest';
import type { SegmentRole } from '../../../src/core/body/segment-role.ts';
import type { ExerciseId, Side } from '../../../src/core/exercise/motion-definition.ts';
import type { PerformanceStyle } from '../../../src/core/simulation/performance-style.ts';
import { done, GuidedSession, matched } from '../../support/guided-session.ts';

const KIT: readonly SegmentRole[] = ['upperBack', 'lowerBack', 'upperArmRight'];
/** Said in every set, and no corrections. */
const KIND_WORDS = ['wellDone', 'signalBack'];
const corrections = (session: GuidedSession): string[] =>
  session
    .factsOf('cue')
    .map(({ cue }) => cue)
    .filter((cue) => !KIND_WORDS.includes(cue));

/** Strapped on and checked, in the start position, and the set has begun. */
function begun(exerciseId: ExerciseId, side: Side | null, repetitions: number, slipDeg = 0): GuidedSession {
  const session = new GuidedSession(KIT, { slipDeg, ...(slipDeg === 0 && { swayDeg: 0.8 }) });
  session.bow();
  session.act({ kind: 'armRaise', repetitions: 1, side: 'right' }, 1.2);
  session.beginSet(exerciseId, repetitions, side);
  session.wait(3);
  expect(session.factsOf('setStarted')).toHaveLength(1);
  return session;
}

describe('a person who talks and coughs', () => {
  it.each<[ExerciseId, Side | null]>([
    ['E01', null],
    ['E05', null],
    ['E08', null],
    ['E11', 'right'],
  ])(
    'has each move of %s counted once, no jolt for a move, and hears no correction @slow',
    (exerciseId, side) => {
      const session = begun(exerciseId, side, 4);
      const style: PerformanceStyle = { coughEveryS: 1.7, pauseS: 4 };
      session.act({ kind: 'exercise', exerciseId, side, repetitions: 4, style }, 3);
      const set = session.finish();
      expect(matched(session, set)).toEqual([0, 1, 2, 3]);
      expect(set.repetitions).toHaveLength(4);
      expect(corrections(session)).toEqual([]);
      expect(session.factsOf('setPaused')).toEqual([]);
    },
  );
});

describe('an arm that does all the work', () => {
  it.each<[ExerciseId, string]>([
    ['E02', 'turnChest'],
    ['E03', 'rollRibs'],
  ])('is named, and the back gets no credit for it (%s)', (exerciseId, cue) => {
    const session = begun(exerciseId, 'right', 3);
    const style: PerformanceStyle = {
      peakDeg: 3,
      beside: [{ segment: 'upperArmRight', travel: -70 }],
    };
    session.act({ kind: 'exercise', exerciseId, side: 'right', repetitions: 3, style }, 3);
    const set = session.finish();
    expect(corrections(session)).toContain(cue);
    expect(new Set(corrections(session)).size).toBe(1);
    expect(set.repetitions.filter(({ counted }) => counted)).toEqual([]);
    expect(set.best).toEqual([]);
  });
});

describe('a strap that slips in the middle of a set', () => {
  it('is named by its sensor while the set goes on and counts @slow', () => {
    const session = begun('E05', null, 8, 20);
    session.act({ kind: 'exercise', exerciseId: 'E05', side: null, repetitions: 8 }, 3);
    const named = session.facts.findIndex(
      (fact) => fact.kind === 'flagRaised' && fact.flag.name === 'SLIP' && fact.flag.sensorIndex === 0,
    );
    expect(named).toBeGreaterThan(0);
    const after = session.facts.slice(named);
    expect(
      after.filter((fact) => fact.kind === 'repetitionEnded' && fact.repetition.counted).length,
    ).toBeGreaterThan(0);
    const positions = matched(session, session.finish());
    // Those before the strap slipped all count.
    const slippedS = 0.5 * (done(session)[0]!.startS + done(session)[7]!.startS);
    const before = done(session).filter(({ startS, outS }) => startS + outS < slippedS - 4).length;
    expect(positions.slice(0, before)).toEqual(Array.from({ length: before }, (_, i) => i));
  });
});
