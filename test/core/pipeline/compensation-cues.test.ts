import { describe, expect, it } from 'vitest';
import type { SegmentRole } from '../../../src/core/body/segment-role.ts';
import {
  compensationRules,
  isObservable,
  SHOWN_BY,
  type CompensationRule,
} from '../../../src/core/exercise/compensation-rules.ts';
import type { ExerciseId } from '../../../src/core/exercise/motion-definition.ts';
import {
  EXERCISE_IDS,
  isArmMovement,
  motionDefinition,
} from '../../../src/core/exercise/motion-definitions.ts';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import type { BesideMovement, PerformanceStyle } from '../../../src/core/simulation/performance-style.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';
import { RAD_PER_DEG } from '../../../src/core/math/angle.ts';

const LONG = process.env['THORA_LONG'] !== undefined;
const REPETITIONS = 2;
/** Everything that the app can be told is worn. */
const WHOLE_KIT: readonly SegmentRole[] = [
  'upperBack',
  'lowerBack',
  'pelvis',
  'upperArmRight',
  'upperArmLeft',
];
/** Not corrections. */
const KIND_WORDS = ['wellDone', 'signalBack'];
/** How far beyond the limit the person goes. */
const BEYOND = 1.35;

/** The corrections that are said while somebody who wears these does one set this way. */
function corrections(
  exerciseId: ExerciseId,
  roles: readonly SegmentRole[],
  seed: number,
  style: PerformanceStyle,
): string[] {
  const definition = motionDefinition(exerciseId);
  const { recording } = simulateSession(
    {
      name: exerciseId,
      sets: [
        {
          exerciseId,
          side: definition.oneSideASet || isArmMovement(definition) ? 'right' : null,
          repetitions: REPETITIONS,
          style,
          personalMaximumRad: definition.usualMaximumDeg * RAD_PER_DEG,
        },
      ],
    },
    { roles, seed, rateHz: 52 },
  );
  return replaySession(recording)
    .facts.flatMap((fact) => (fact.kind === 'cue' ? [fact.cue] : []))
    .filter((cue) => !KIND_WORDS.includes(cue));
}

/** What moves when a person makes this mistake: the smallest movement of the body that shows in the rule's signal. */
function mistake(rule: CompensationRule): PerformanceStyle {
  const size = BEYOND * (rule.failDeg ?? rule.warnDeg);
  const signed = rule.when === 'below' || rule.when === 'away' ? -size : size;
  const beside = (one: BesideMovement): PerformanceStyle => ({ beside: [one] });
  switch (rule.signal) {
    case 'upperFlexion':
      return {
        beside: [
          { segment: 'upperBack', flexion: signed, carries: true },
          ...(rule.gates === undefined ? [] : [{ segment: 'lowerBack' as const, flexion: -14 }]),
        ],
      };
    case 'upperSideBend':
      return beside({ segment: 'upperBack', sideBend: signed, carries: true });
    case 'upperTurn':
    case 'trunkTwist':
      return beside({ segment: 'upperBack', rotation: signed, carries: true });
    case 'upperPitch':
      return beside({ segment: 'upperBack', flexion: -signed, carries: true });
    case 'thoracicFlexion':
      return beside({ segment: 'upperBack', flexion: signed, carries: true });
    case 'lowerFlexion':
      return rule.timesPrimary === undefined
        ? beside({ segment: 'lowerBack', flexion: signed, carries: true })
        : // The low back does the work, the part above it hardly any.
          { peakDeg: 8, beside: [{ segment: 'lowerBack', flexion: 26, carries: true }] };
    case 'pelvisFlexion':
      return { peakDeg: 8, beside: [{ segment: 'pelvis', flexion: 30 }] };
    case 'lowerTurn':
      return beside({ segment: 'lowerBack', rotation: signed });
    case 'pelvisTurn':
      return beside({ segment: 'pelvis', rotation: signed });
    case 'lowerTilt':
      return {
        beside: [
          { segment: 'lowerBack', flexion: -signed },
          { segment: 'pelvis', flexion: -signed },
        ],
      };
    case 'pelvisSideBend':
      return beside({ segment: 'pelvis', sideBend: signed });
    case 'armTravel':
      return { peakDeg: 9, beside: [{ segment: 'upperArmRight', travel: -signed }] };
    case 'armHeight':
      return {
        beside: [
          { segment: 'upperArmRight', elevation: signed },
          { segment: 'upperArmLeft', elevation: signed },
        ],
      };
    case 'armPlane':
      return {
        beside: [
          { segment: 'upperArmRight', travel: 85 },
          { segment: 'upperArmLeft', travel: -85 },
        ],
      };
    case 'armDifference':
      return beside({ segment: 'upperArmLeft', elevation: -signed, elevationPlaneDeg: 70 });
    case 'upperTilt':
      throw new RangeError('only a gate looks at the tilt');
  }
}

/** The fewest sensors that count the exercise and show the mistake; in long runs the whole kit. */
function kitFor(exerciseId: ExerciseId, rule: CompensationRule): readonly SegmentRole[] {
  if (LONG) return WHOLE_KIT;
  const counting = motionDefinition(exerciseId).sensorSets[0]!.roles;
  const shown = SHOWN_BY[rule.signal].map((roles) => [...new Set([...counting, ...roles])]);
  shown.sort((a, b) => a.length - b.length);
  const fewest = shown[0]!;
  return isObservable(rule, fewest) ? fewest : [...fewest, 'lowerBack'];
}

const MISTAKES = EXERCISE_IDS.flatMap((id) =>
  compensationRules(id).map((rule) => ({ id, rule, name: rule.id })),
);

describe('compensation cues, from packets', () => {
  it.each(MISTAKES)('$id $name: its cue and no other @slow', ({ id, rule }) => {
    const said = corrections(id, kitFor(id, rule), 11, mistake(rule));
    expect([...new Set(said)]).toEqual([rule.cue]);
  });

  it('E13 snap: a band that is let go is slowed on its way forward', () => {
    const said = corrections('E13', ['upperBack', 'upperArmRight'], 11, { peakDeg: 66, backS: 0.7 });
    expect([...new Set(said)]).toEqual(['slowForward']);
  });

  it.each(EXERCISE_IDS)('%s done well: nothing to correct @slow', (id) => {
    for (const seed of LONG ? [1, 2, 3, 4, 5] : [1]) expect(corrections(id, WHOLE_KIT, seed, {})).toEqual([]);
  });
});
