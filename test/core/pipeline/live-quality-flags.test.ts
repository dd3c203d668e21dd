import { describe, expect, it } from 'vitest';
import { RAD_PER_DEG } from '../../../src/core/math/angle.ts';
import {
  createQuaternion,
  fromRotationVectorInto,
  rotateInverseInto,
} from '../../../src/core/math/quaternion.ts';
import { replaySession } from '../../../src/core/pipeline/live-replay.ts';
import type { QualityFlag, QualityFlagName } from '../../../src/core/quality/quality-flag.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';
import {
  bendsToAndFro,
  excursions,
  NEUTRAL,
  playSmall,
  row,
  SESSION_RATE_HZ,
  SET_DURATION_S,
  turnsToAndFro,
  type Readings,
  type SmallSession,
} from '../../support/small-session.ts';
import { createRandom, type BodyPose } from '../../support/worn-body.ts';

/** Every flag of the live path: what raises it, what comes near and does not, on which sensor and from when to when. */
interface Row {
  readonly flag: QualityFlagName;
  readonly raisedBy: string;
  readonly raised: SmallSession | (() => readonly QualityFlag[]);
  readonly sparedBy: string;
  readonly spared: SmallSession | (() => readonly QualityFlag[]);
  readonly sensorIndex: number | null;
  /** s, within half a second. */
  readonly spanS: readonly [number, number];
}

/** For what shows in the first move. */
const SHORT = { durationS: 26 } as const;
const SET_S: readonly [number, number] = [8, SET_DURATION_S];
const MOVES_S: readonly [number, number] = [10.6, 53.1];

/** Repeats the row before `fromS` until `untilS`. */
function freeze(values: Float64Array, fromS: number, untilS: number): void {
  for (let i = row(fromS); i < row(untilS); i++) values.copyWithin(3 * i, 3 * row(fromS) - 3, 3 * row(fromS));
}

function everySample(readings: Float64Array, change: (timeS: number, at: number) => void): void {
  for (let i = 0; i < readings.length / 3; i++) change(i / SESSION_RATE_HZ, 3 * i);
}

const field =
  (sizeAt: (timeS: number) => number) =>
  ({ mag }: Readings): void =>
    everySample(mag, (timeS, at) => mag.set([sizeAt(timeS), 0, 0], at));

/** Adds a rate about the trunk's long axis from `fromS` on. */
const rateAdded =
  (radPerS: number, fromS: number, axis = 1) =>
  ({ gyro }: Readings): void =>
    everySample(gyro, (timeS, at) => {
      if (timeS >= fromS) gyro[at + axis] = (gyro[at + axis] ?? NaN) + radPerS;
    });

const bending = (thoraxDeg: number) => (timeS: number) => {
  const x = excursions(timeS);
  return { pelvis: [0, 0, 0], lumbar: [0, 2 * x, 0], thorax: [0, thoraxDeg * x, 0] } as const;
};

const alsoTurning =
  (share: number) =>
  (timeS: number): BodyPose => {
    const bend = bendsToAndFro(timeS);
    return { ...bend, thorax: [0, bend.thorax[1], share * bend.thorax[1]] };
  };

/** Sits differently by so much from the last return on. */
const leaningAtTheEnd =
  (leanDeg: number) =>
  (timeS: number): BodyPose => {
    const bend = bendsToAndFro(timeS);
    return { ...bend, thorax: [timeS > 54.6 ? leanDeg : 0, bend.thorax[1], 0] };
  };

/** Upright until the neutral pose is taken, then the trunk level; the hips rise with each turn. */
const kneeling =
  (hipsDeg: number) =>
  (timeS: number): BodyPose => {
    const x = excursions(timeS);
    const down = timeS < 5 ? 0 : timeS > 6.5 ? 1 : (timeS - 5) / 1.5;
    return { pelvis: [85 * down - hipsDeg * Math.abs(x), 0, 0], lumbar: [0, 0, 0], thorax: [2, 0, 38 * x] };
  };

function exchange(a: Readings, b: Readings): void {
  for (const [x, y] of [
    [a.gyro, b.gyro],
    [a.acc, b.acc],
  ] as const) {
    const kept = x.slice();
    x.set(y);
    y.set(kept);
  }
}

/** Three bows, and no exercise. */
function bowing(timeS: number): BodyPose {
  const bow = timeS < 7 || timeS > 25 ? 0 : 45 * Math.sin((Math.PI * (timeS - 7)) / 6) ** 2;
  return { pelvis: [0.5 * bow, 0, 0], lumbar: [0.3 * bow, 0, 0], thorax: [0.2 * bow, 0, 0] };
}
const CHECKED = [
  [0.5, NEUTRAL],
  [6.5, { name: 'bow', repetitions: 3 }],
] as const;

/** Three bows, and three more from 30 s on. */
const BOWING_TWICE = (timeS: number): BodyPose => bowing(timeS > 27 ? timeS - 23 : timeS);
const CHECKED_TWICE = [...CHECKED, [29.5, { name: 'bow', repetitions: 3 }]] as const;

/** Turns on its strap by this rotation vector, deg on the sensor's axes, at that time. */
const strapTurned =
  (turnDeg: readonly [number, number, number], atS: number) =>
  ({ gyro, acc }: Readings): void => {
    const [x, y, z] = turnDeg;
    const slip = fromRotationVectorInto(
      createQuaternion(),
      x * RAD_PER_DEG,
      y * RAD_PER_DEG,
      z * RAD_PER_DEG,
    );
    for (const values of [gyro, acc])
      everySample(values, (timeS, at) => {
        if (timeS < atS) return;
        const felt = values.subarray(at, at + 3);
        rotateInverseInto(felt, slip, felt.slice());
      });
  };

const raisingArms = (roles: Parameters<typeof simulateSession>[1]['roles']) => () =>
  replaySession(
    simulateSession(
      { name: 'arms', sets: [{ exerciseId: 'E11', side: 'right', repetitions: 3 }] },
      { roles, seed: 11 },
    ).recording,
  ).result.flags;

const arrival = createRandom(3);

const ROWS: readonly Row[] = [
  {
    flag: 'STALE',
    raisedBy: 'a sensor that repeats itself for 1.5 s',
    raised: { ...SHORT, spoil: ({ gyro, acc }) => [gyro, acc].forEach((values) => freeze(values, 11, 12.5)) },
    sparedBy: 'a gyroscope that reads zero while the person rests',
    spared: { ...SHORT, spoil: ({ gyro }) => gyro.fill(0, 3 * row(6.5), 3 * row(9)) },
    sensorIndex: 0,
    spanS: [11, 12.5],
  },
  {
    flag: 'GAP',
    raisedBy: 'packets lost for 1.5 s',
    raised: { ...SHORT, loses: (timeS) => timeS > 11 && timeS < 12.5 },
    sparedBy: 'one packet lost',
    spared: { ...SHORT, loses: (timeS) => timeS > 11 && timeS < 11.12 },
    sensorIndex: 0,
    spanS: [11, 12.5],
  },
  {
    flag: 'GAP',
    raisedBy: 'a second without readings of the gyroscope',
    raised: { ...SHORT, spoil: ({ gyro }) => gyro.fill(NaN, 3 * row(11), 3 * row(12)) },
    sparedBy: 'a tenth of a second of it',
    spared: { ...SHORT, spoil: ({ gyro }) => gyro.fill(NaN, 3 * row(11), 3 * row(11.1)) },
    sensorIndex: 0,
    spanS: [11, 12],
  },
  {
    flag: 'RATE_LOW',
    raisedBy: 'two of three samples missing',
    raised: {
      spoil: ({ acc }) =>
        everySample(acc, (_, at) => {
          if (at % 9 !== 0) acc.fill(NaN, at, at + 3);
        }),
    },
    sparedBy: 'one packet of ten missing',
    spared: { loses: (timeS) => Math.round(10 * timeS) % 10 === 0 },
    sensorIndex: 0,
    // The last window is not full.
    spanS: [0, 50.1],
  },
  {
    flag: 'SATURATED',
    raisedBy: 'the same large rate four times running',
    raised: { ...SHORT, spoil: ({ gyro }) => gyro.fill(4.36, 3 * row(11), 3 * row(11) + 12) },
    sparedBy: 'the same twice',
    spared: { ...SHORT, spoil: ({ gyro }) => gyro.fill(4.36, 3 * row(11), 3 * row(11) + 6) },
    sensorIndex: 0,
    spanS: [11, 11.1],
  },
  {
    flag: 'MAG_DISTURBED',
    raisedBy: 'a field that doubles',
    raised: { spoil: field((timeS) => (timeS > 30 ? 90 : 45)) },
    sparedBy: 'a steady field',
    spared: { spoil: field(() => 48) },
    sensorIndex: 0,
    spanS: [30, SET_DURATION_S],
  },
  {
    flag: 'IMPLAUSIBLE',
    raisedBy: 'a value that no sensor gives',
    raised: { ...SHORT, spoil: ({ gyro }) => void (gyro[3 * row(11)] = 1e30) },
    sparedBy: 'nothing of the kind',
    spared: { ...SHORT },
    sensorIndex: 0,
    spanS: [11, 11],
  },
  {
    flag: 'IMPLAUSIBLE',
    raisedBy: 'a trunk that turns at 917 deg/s',
    raised: { ...SHORT, spoil: ({ gyro }) => void (gyro[3 * row(11)] = 16) },
    sparedBy: 'one that is knocked at 859 deg/s',
    spared: { ...SHORT, spoil: ({ gyro }) => void (gyro[3 * row(11)] = 15) },
    sensorIndex: 0,
    spanS: [11, 11],
  },
  {
    flag: 'IMPLAUSIBLE',
    raisedBy: 'side bends of 84 deg',
    raised: { ...SHORT, poseAt: bending(84) },
    sparedBy: 'side bends of 68 deg',
    spared: { ...SHORT, poseAt: bending(68) },
    sensorIndex: 0,
    spanS: [10.4, 15.9],
  },
  {
    flag: 'SWAP_SUSPECT',
    raisedBy: 'upper and lower back exchanged',
    raised: { spoil: (upper, others) => exchange(upper, others.get('lowerBack')!) },
    sparedBy: 'each in its place',
    spared: {},
    sensorIndex: 0,
    spanS: MOVES_S,
  },
  {
    flag: 'SWAP_SUSPECT',
    raisedBy: 'an upper back that hangs still while the person bows',
    raised: {
      ...SHORT,
      poseAt: bowing,
      steps: CHECKED,
      spoil: ({ gyro, acc }) => {
        for (const values of [gyro, acc])
          for (let i = row(6); i < values.length / 3; i++) {
            const from = 3 * (row(1) + (i % row(4)));
            values.copyWithin(3 * i, from, from + 3);
          }
      },
    },
    sparedBy: 'one that bows',
    spared: { ...SHORT, poseAt: bowing, steps: CHECKED },
    sensorIndex: null,
    spanS: [6.5, 23.7],
  },
  {
    flag: 'PLANE_IMPURE',
    raisedBy: 'bends that turn 85 % as far',
    raised: { poseAt: alsoTurning(0.85) },
    sparedBy: 'bends that turn 40 % as far',
    spared: { poseAt: alsoTurning(0.4) },
    sensorIndex: null,
    spanS: MOVES_S,
  },
  {
    flag: 'POSE_NOT_LOCKED',
    raisedBy: 'hips that rise by 22 deg in a kneeling turn',
    raised: { roles: ['upperBack', 'pelvis'], exerciseId: 'E02', poseAt: kneeling(22) },
    sparedBy: 'hips that rise by 6 deg',
    spared: { roles: ['upperBack', 'pelvis'], exerciseId: 'E02', poseAt: kneeling(6) },
    sensorIndex: 0,
    spanS: [10.6, 15.8],
  },
  {
    flag: 'FEW_REPS',
    raisedBy: 'two moves to each side',
    raised: { poseAt: (timeS) => bendsToAndFro(timeS > 39 ? 0 : timeS) },
    sparedBy: 'three to each side',
    spared: {},
    sensorIndex: null,
    spanS: SET_S,
  },
  {
    flag: 'SLIP',
    raisedBy: 'a last rest that leans 10 deg',
    raised: { poseAt: leaningAtTheEnd(10) },
    sparedBy: 'one that leans 3 deg',
    spared: { poseAt: leaningAtTheEnd(3) },
    sensorIndex: 0,
    spanS: [55, 56],
  },
  {
    flag: 'SLIP',
    raisedBy: 'a sensor that turns by 12 deg on a kneeling back, of which gravity shows 4.5',
    raised: {
      roles: ['upperBack', 'pelvis'],
      exerciseId: 'E02',
      poseAt: kneeling(0),
      spoil: strapTurned([4.5, 0, 11], 31.8),
    },
    sparedBy: 'one that turns by 6 deg',
    spared: {
      roles: ['upperBack', 'pelvis'],
      exerciseId: 'E02',
      poseAt: kneeling(0),
      spoil: strapTurned([4.5, 0, 4], 31.8),
    },
    sensorIndex: 0,
    // From the move before that in which it slipped, at 31.8 s, to the next.
    spanS: [23.2, 33.1],
  },
  {
    flag: 'SLIP',
    raisedBy: 'a check by movement whose axis lies 14 deg from that of the one before',
    raised: { poseAt: BOWING_TWICE, steps: CHECKED_TWICE, spoil: strapTurned([0, 14, 0], 27) },
    sparedBy: 'one whose axis lies 6 deg from it',
    spared: { poseAt: BOWING_TWICE, steps: CHECKED_TWICE, spoil: strapTurned([0, 6, 0], 27) },
    sensorIndex: 0,
    spanS: [29.5, 46.7],
  },
  {
    flag: 'DRIFT',
    raisedBy: 'turns on a gyroscope whose bias went by 1.1 deg/s',
    raised: { exerciseId: 'E01', poseAt: turnsToAndFro, gyroNoiseRadPerS: 0.002, spoil: rateAdded(0.02, 9) },
    sparedBy: 'the same gyroscope whose bias stayed',
    spared: { exerciseId: 'E01', poseAt: turnsToAndFro },
    sensorIndex: null,
    spanS: [8, 33.4],
  },
  {
    flag: 'NOT_SETTLED',
    raisedBy: 'a gyroscope so noisy that no rest shows its bias',
    raised: { gyroNoiseRadPerS: 0.024 },
    sparedBy: 'a usual one',
    spared: {},
    sensorIndex: 1,
    spanS: SET_S,
  },
  {
    flag: 'NOT_SETTLED',
    raisedBy: 'a rate at rest that changes by 2.8 deg/s from one neutral pose to the next',
    raised: { ...twoNeutrals(), spoil: rateAdded(2.8 * RAD_PER_DEG, 50, 0) },
    sparedBy: 'one that changes by 1.7 deg/s, as breathing does',
    spared: { ...twoNeutrals(), spoil: rateAdded(1.7 * RAD_PER_DEG, 50, 0) },
    sensorIndex: 0,
    spanS: [0.5, 57.5],
  },
  {
    flag: 'CLOCK_UNSURE',
    raisedBy: 'packets that arrive up to 90 ms late',
    raised: { delayMs: () => 90 * arrival() },
    sparedBy: 'packets that arrive up to 10 ms late',
    spared: { delayMs: () => 10 * arrival() },
    sensorIndex: 0,
    spanS: SET_S,
  },
  {
    flag: 'GRAVITY_ONLY',
    raisedBy: 'an arm without a sensor on the upper back',
    raised: raisingArms(['upperArmRight']),
    sparedBy: 'an arm with one',
    spared: raisingArms(['upperBack', 'upperArmRight']),
    sensorIndex: 0,
    spanS: [NaN, NaN],
  },
  {
    flag: 'NEEDS_BENCH_CALIBRATION',
    raisedBy: 'an accelerometer that reads 5 % too much on the table',
    raised: { ...onTheTable(), spoil: ({ acc }) => acc.forEach((value, i) => (acc[i] = 1.05 * value)) },
    sparedBy: 'one that reads 2 % too much',
    spared: { ...onTheTable(), spoil: ({ acc }) => acc.forEach((value, i) => (acc[i] = 1.02 * value)) },
    sensorIndex: 0,
    spanS: [0.5, 3.4],
  },
];

/** Rests from 53 s on, and stands tall again. */
function twoNeutrals(): SmallSession {
  return {
    steps: [
      [0.5, NEUTRAL],
      [53.3, NEUTRAL],
    ],
  };
}

/** Nobody moves; the sensors lie still. */
function onTheTable(): SmallSession {
  return {
    steps: [[0.5, { name: 'still', durationS: 3 }]],
    poseAt: () => ({ pelvis: [0, 0, 0], lumbar: [0, 0, 0], thorax: [0, 0, 0] }),
    durationS: 8,
  };
}

const flagsOf = (session: Row['raised'], name: QualityFlagName): readonly QualityFlag[] =>
  (typeof session === 'function' ? session() : playSmall(session).result.flags).filter(
    (flag) => flag.name === name,
  );

describe('flags of the live path', () => {
  it('are none in a session without fault, which counts all moves', () => {
    const { result, facts } = playSmall();
    expect(result.flags).toEqual([]);
    expect(result.sets[0]?.repetitions.map(({ counted }) => counted)).toEqual(Array(6).fill(true));
    expect(facts.some(({ kind }) => kind === 'flagRaised')).toBe(false);
  });

  describe.each(ROWS)('$flag', ({ flag, raisedBy, raised, sparedBy, spared, sensorIndex, spanS }) => {
    it(`is raised by ${raisedBy}`, () => {
      const [first] = flagsOf(raised, flag);
      expect(first).toBeDefined();
      expect(first?.sensorIndex).toBe(sensorIndex);
      expect(first?.detail.length).toBeGreaterThan(10);
      expect(first?.startMs).toBeLessThanOrEqual(first?.endMs ?? -1);
      const [startS, endS] = spanS;
      if (Number.isNaN(startS)) return;
      expect(Math.abs((first?.startMs ?? NaN) / 1000 - startS)).toBeLessThan(0.5);
      expect(Math.abs((first?.endMs ?? NaN) / 1000 - endS)).toBeLessThan(0.5);
    });

    it(`is not raised by ${sparedBy}`, () => {
      expect(flagsOf(spared, flag)).toEqual([]);
    });
  });

  it('happen once each as a fact, and stand in the result', () => {
    const { result, facts } = playSmall(ROWS[0]!.raised as SmallSession);
    const happened = facts.flatMap((fact) => (fact.kind === 'flagRaised' ? [fact.flag] : []));
    expect(happened).toEqual(result.flags);
  });
});

describe('a strap that is moved to another place on purpose', () => {
  const moved: SmallSession = {
    roles: ['upperBack'],
    poseAt: BOWING_TWICE,
    steps: CHECKED_TWICE,
    spoil: strapTurned([0, 14, 0], 27),
  };

  it('has not slipped when it was said, whatever its next check finds', () => {
    const command = { kind: 'assignRole', sensorIndex: 0, role: 'lowerBack' } as const;
    expect(flagsOf(moved, 'SLIP')).toHaveLength(1);
    expect(flagsOf({ ...moved, told: [[28, command]] }, 'SLIP')).toEqual([]);
  });
});

describe('readings that are missing or frozen', () => {
  const peaks = (session: SmallSession): number[] =>
    playSmall(session)
      .result.sets[0]!.repetitions.filter(({ counted }) => counted)
      .map(({ peakRad }) => Math.round(peakRad / RAD_PER_DEG));

  it('give no number, and what was under way is counted once at most', () => {
    const whole = peaks({});
    // Within the second a bend reaches its hold: its peak is seen, or the bend is not there.
    expect(peaks({ spoil: ({ gyro }) => gyro.fill(NaN, 3 * row(11), 3 * row(12)) })).toEqual(whole);
    const frozen = peaks({
      spoil: ({ gyro, acc }) => [gyro, acc].forEach((values) => freeze(values, 11, 13.5)),
    });
    // One bend was under way, and its end was not seen.
    expect(frozen).toEqual(whole.slice(1));
  });
});

describe('moves that no spine can make', () => {
  it('give no range on the screen', () => {
    // Slowly: what is hurried gives no range anyway.
    const bestOf = (thoraxDeg: number) =>
      playSmall({ poseAt: (timeS) => bending(thoraxDeg)(10 + (timeS - 10) / 1.5) }).result.sets[0]?.best;
    expect(bestOf(74)).toHaveLength(2);
    expect(bestOf(80)).toEqual([]);
  });
});

describe('a movement that is asked for and does not come', () => {
  it('is asked for anew after a minute', () => {
    const { facts } = playSmall({
      poseAt: () => ({ pelvis: [0, 0, 0], lumbar: [0, 0, 0], thorax: [0, 0, 0] }),
      steps: [
        [0.5, NEUTRAL],
        [7, { name: 'bow', repetitions: 3 }],
      ],
      durationS: 70,
    });
    expect(facts.filter(({ kind }) => kind === 'stepRefused')).toMatchObject([
      { step: 'bow', reason: 'notEnoughMovement' },
    ]);
  });
});
