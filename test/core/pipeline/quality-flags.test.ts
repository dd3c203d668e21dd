import { describe, expect, it } from 'vitest';
import type { SegmentRole } from '../../../src/core/body/segment-role.ts';
import type { AnalysisSensor } from '../../../src/core/pipeline/analysis-input.ts';
import type { AnalysisFlag } from '../../../src/core/pipeline/analysis-flag.ts';
import type { RecordingAnalysis } from '../../../src/core/pipeline/recording-analysis.ts';
import type { QualityFlagName } from '../../../src/core/quality/quality-flag.ts';
import { RAD_PER_DEG } from '../../../src/core/math/angle.ts';
import { analyseSmall, bends, recordSmall, SMALL_RATE_HZ } from '../../support/small-recording.ts';
import type { BodyPose } from '../../support/worn-body.ts';

/** Every flag of the recording path: what raises it, what comes near and does not, on which sensor and from when to when. */
interface Row {
  readonly flag: QualityFlagName;
  readonly raisedBy: string;
  readonly raised: () => RecordingAnalysis;
  readonly sparedBy: string;
  readonly spared: () => RecordingAnalysis;
  readonly sensor: string | null;
  /** s, within 0.3 s. */
  readonly spanS: readonly [number, number];
}

const clean = recordSmall();
const END_S = 27.98;
const WHOLE: readonly [number, number] = [0, END_S];
const MOVES: readonly [number, number] = [4.3, 21.7];
/** Where a span follows from much else. */
const ANY = NaN;

interface Signals {
  readonly gyro: Float64Array;
  readonly acc: Float64Array;
}

/** The clean recording with the samples of one sensor changed; `change` edits copies. */
function damaged(
  change: (signals: Signals) => void,
  sensors: readonly AnalysisSensor[] = clean,
): AnalysisSensor[] {
  return sensors.map((sensor) => {
    if (sensor.role !== 'upperBack') return sensor;
    const gyro = sensor.series.gyroRadPerS.slice(),
      acc = sensor.series.accMetersPerS2.slice();
    change({ gyro, acc });
    return { ...sensor, series: { ...sensor.series, gyroRadPerS: gyro, accMetersPerS2: acc } };
  });
}

const row = (timeS: number): number => Math.round(timeS * SMALL_RATE_HZ);
const analyseDamaged = (change: (signals: Signals) => void) => (): RecordingAnalysis =>
  analyseSmall(damaged(change));
const analysePose =
  (poseAt: (timeS: number) => BodyPose, durationS = 28) =>
  (): RecordingAnalysis =>
    analyseSmall(recordSmall(poseAt, durationS));
let cleanAnalysis: RecordingAnalysis | null = null;
const analyseClean = (): RecordingAnalysis => (cleanAnalysis ??= analyseSmall(clean));

const scaled =
  (factor: number) =>
  ({ acc }: Signals): void =>
    acc.forEach((value, i) => (acc[i] = factor * value));

const frozen =
  (fromS: number, untilS: number) =>
  ({ gyro, acc }: Signals): void => {
    for (let i = row(fromS); i < row(untilS); i++)
      for (const values of [gyro, acc]) values.copyWithin(3 * i, 3 * row(fromS) - 3, 3 * row(fromS));
  };

const withField = (sizeAt: (timeS: number) => number) => (): RecordingAnalysis =>
  analyseSmall(
    clean.map((sensor) => {
      const magMicroTesla = new Float64Array(3 * sensor.series.count);
      for (let i = 0; i < sensor.series.count; i++) magMicroTesla[3 * i] = sizeAt(i / SMALL_RATE_HZ);
      return { ...sensor, series: { ...sensor.series, magMicroTesla } };
    }),
  );

const widerBends = (factor: number) => (timeS: number) => {
  const { pelvis, lumbar, thorax } = bends(timeS);
  return { pelvis, lumbar, thorax: [0, factor * thorax[1], 0] } as const;
};

const turning =
  (share: number) =>
  (timeS: number): BodyPose => ({
    ...bends(timeS),
    thorax: [0, bends(timeS).thorax[1], share * bends(timeS).thorax[1]],
  });

/** Three turns to each side. */
function turns(timeS: number): BodyPose {
  const x = bends(timeS).thorax[1] / 26;
  return { pelvis: [0, 0, 2 * x], lumbar: [0, 0, 6 * x], thorax: [0, 0, 32 * x] };
}

/** Sits or stands differently by so much from the last return on. */
const differentAtTheEnd = (leanDeg: number, turnDeg: number) => (timeS: number) => {
  const { pelvis, lumbar, thorax } = bends(timeS);
  const isLate = timeS > 23;
  return { pelvis, lumbar, thorax: [isLate ? leanDeg : 0, thorax[1], isLate ? turnDeg : 0] } as const;
};

/** Never at rest: rocking by so much while bending. */
const rocking = (deg: number) => (timeS: number) =>
  ({
    pelvis: [deg * Math.sin(5 * timeS), 0, 0],
    lumbar: [0, 0, 0],
    thorax: [0, deg === 0 ? bends(timeS).thorax[1] : 25 * Math.sin(1.3 * timeS), 0],
  }) as const;

/** Kneeling turns; the hips rise with each. */
const kneeling =
  (hipsDeg: number) =>
  (timeS: number): BodyPose => {
    const phase = timeS < 4 || timeS > 16 ? 0 : 0.5 - 0.5 * Math.cos((2 * Math.PI * (timeS - 4)) / 4);
    return { pelvis: [85 - hipsDeg * phase, 0, 0], lumbar: [4, 0, 0], thorax: [2, 0, 40 * phase] };
  };
const analyseKneeling = (hipsDeg: number) => (): RecordingAnalysis =>
  analyseSmall(recordSmall(kneeling(hipsDeg), 20), { pose: 'prone' });

/** The signals of one body's sensors under other names. */
function worn(
  poseAt: (timeS: number) => BodyPose,
  names: Readonly<Partial<Record<SegmentRole, 'upperBack' | 'lowerBack'>>>,
): AnalysisSensor[] {
  const sensors = recordSmall(poseAt);
  return (Object.keys(names) as SegmentRole[]).map((role) => ({
    ...sensors.find((sensor) => sensor.role === names[role])!,
    role,
    prefix: role,
    qSegmentFromSensor: null,
  }));
}

/** What the upper back's sensor feels tips by so much; the low back and the other arm stay. */
const tipping = (deg: number) => (timeS: number) =>
  ({
    pelvis: [0, 0, 0],
    lumbar: [0, 0, 0],
    thorax: [deg * Math.abs(bends(timeS).thorax[1] / 26), 0, 0],
  }) as const;
const upperBackOf = (poseAt: (timeS: number) => BodyPose): AnalysisSensor[] =>
  recordSmall(poseAt, 20).filter(({ role }) => role === 'upperBack');
const ARM_AND_BACK = { upperBack: 'upperBack', lowerBack: 'lowerBack', upperArmRight: 'lowerBack' } as const;

const ROWS: readonly Row[] = [
  {
    flag: 'STALE',
    raisedBy: 'a sensor that repeats itself for 1.5 s',
    raised: analyseDamaged(frozen(11, 12.5)),
    sparedBy: 'one that repeats itself for 0.3 s',
    spared: analyseDamaged(frozen(11, 11.3)),
    sensor: 'ub',
    spanS: [11, 12.5],
  },
  {
    flag: 'GAP',
    raisedBy: 'a second without readings',
    raised: analyseDamaged(({ gyro }) => gyro.fill(NaN, 3 * row(11), 3 * row(12))),
    sparedBy: 'a tenth of a second of it',
    spared: analyseDamaged(({ gyro }) => gyro.fill(NaN, 3 * row(11), 3 * row(11.1))),
    sensor: 'ub',
    spanS: [11, 12],
  },
  {
    flag: 'RATE_LOW',
    raisedBy: 'two of three samples missing',
    raised: analyseDamaged(({ acc }) => {
      for (let i = 0; i < acc.length / 3; i++) if (i % 3 !== 0) acc.fill(NaN, 3 * i, 3 * i + 3);
    }),
    sparedBy: 'one of ten missing',
    spared: analyseDamaged(({ acc }) => {
      for (let i = 0; i < acc.length / 3; i += 10) acc.fill(NaN, 3 * i, 3 * i + 3);
    }),
    sensor: 'ub',
    spanS: WHOLE,
  },
  {
    flag: 'RATE_LOW',
    raisedBy: 'samples missing in the second half',
    raised: analyseDamaged(({ acc }) => {
      for (let i = row(15); i < acc.length / 3; i++) if (i % 3 !== 0) acc.fill(NaN, 3 * i, 3 * i + 3);
    }),
    sparedBy: 'none missing',
    spared: analyseClean,
    sensor: 'ub',
    spanS: [10, END_S],
  },
  {
    flag: 'SATURATED',
    raisedBy: 'the same large rate four times running',
    raised: analyseDamaged(({ gyro }) => gyro.fill(4.36, 3 * row(9), 3 * row(9) + 12)),
    sparedBy: 'the same twice',
    spared: analyseDamaged(({ gyro }) => gyro.fill(4.36, 3 * row(9), 3 * row(9) + 6)),
    sensor: 'ub',
    spanS: [9, 9.1],
  },
  {
    flag: 'MAG_DISTURBED',
    raisedBy: 'a field that doubles',
    raised: withField((timeS) => (timeS > 20 ? 90 : 45)),
    sparedBy: 'a steady field',
    spared: withField(() => 48),
    sensor: 'ub',
    spanS: [20, END_S],
  },
  {
    flag: 'IMPLAUSIBLE',
    raisedBy: 'a value that no sensor gives',
    raised: analyseDamaged(({ gyro }) => (gyro[3 * row(9)] = 80)),
    sparedBy: 'nothing of the kind',
    spared: analyseClean,
    sensor: 'ub',
    spanS: [9, 9],
  },
  {
    flag: 'IMPLAUSIBLE',
    raisedBy: 'a trunk that turns at 917 deg/s',
    raised: analyseDamaged(({ gyro }) => (gyro[3 * row(9)] = 16)),
    sparedBy: 'one that is knocked at 859 deg/s',
    spared: analyseDamaged(({ gyro }) => (gyro[3 * row(9)] = 15)),
    sensor: 'ub',
    spanS: [9, 9],
  },
  {
    flag: 'IMPLAUSIBLE',
    raisedBy: 'side bends of 84 deg against the low back',
    raised: analysePose(widerBends(84 / 26)),
    sparedBy: 'side bends of 65 deg',
    spared: analysePose(widerBends(65 / 26)),
    sensor: 'ub',
    spanS: [4.2, 9.8],
  },
  {
    flag: 'IMPLAUSIBLE',
    raisedBy: 'an accelerometer that reads 20 % too much',
    raised: analyseDamaged(scaled(1.2)),
    sparedBy: 'one that reads 5 % too much',
    spared: analyseDamaged(scaled(1.05)),
    sensor: 'ub',
    spanS: WHOLE,
  },
  {
    flag: 'SWAP_SUSPECT',
    raisedBy: 'upper and lower back exchanged',
    raised: () =>
      analyseSmall(
        clean.map((sensor) => {
          const other = { upperBack: 'lowerBack', lowerBack: 'upperBack', pelvis: 'pelvis' }[
            sensor.role as 'upperBack' | 'lowerBack' | 'pelvis'
          ];
          return { ...sensor, series: clean.find(({ role }) => role === other)!.series };
        }),
      ),
    sparedBy: 'each in its place',
    spared: analyseClean,
    sensor: 'ub',
    spanS: MOVES,
  },
  {
    flag: 'SWAP_SUSPECT',
    raisedBy: 'an upper back that tips by 85 deg above a still low back, beside an arm that hangs',
    raised: () => analyseSmall(worn(tipping(85), ARM_AND_BACK)),
    sparedBy: 'an upper back that tips by 40 deg',
    spared: () => analyseSmall(worn(tipping(40), ARM_AND_BACK)),
    sensor: 'upperArmRight',
    spanS: WHOLE,
  },
  {
    flag: 'PLANE_IMPURE',
    raisedBy: 'bends that turn 85 % as far',
    raised: analysePose(turning(0.85)),
    sparedBy: 'bends that turn 40 % as far',
    spared: analysePose(turning(0.4)),
    sensor: null,
    spanS: MOVES,
  },
  {
    flag: 'POSE_NOT_LOCKED',
    raisedBy: 'hips that rise by 22 deg in a kneeling turn',
    raised: analyseKneeling(22),
    sparedBy: 'hips that rise by 6 deg',
    spared: analyseKneeling(6),
    sensor: 'ub',
    spanS: [4.5, 7.5],
  },
  {
    flag: 'FEW_REPS',
    raisedBy: 'one bend to each side',
    raised: analysePose((timeS) => bends(timeS > 10 ? 0 : timeS), 15),
    sparedBy: 'three to each side',
    spared: analyseClean,
    sensor: null,
    spanS: [0, 15],
  },
  {
    flag: 'SLIP',
    raisedBy: 'a last rest that leans 10 deg',
    raised: analysePose(differentAtTheEnd(10, 0)),
    sparedBy: 'one that leans 3 deg',
    spared: analysePose(differentAtTheEnd(3, 0)),
    sensor: 'ub',
    spanS: [27, END_S],
  },
  {
    flag: 'DRIFT',
    raisedBy: 'a last rest that is turned by 8 deg',
    raised: analysePose(differentAtTheEnd(0, 8)),
    sparedBy: 'one that is turned by 3 deg',
    spared: analysePose(differentAtTheEnd(0, 3)),
    sensor: 'ub',
    spanS: [27, END_S],
  },
  {
    flag: 'DRIFT',
    raisedBy: 'turns for 16 s that do not come back to rest',
    raised: analysePose(turns, 20),
    sparedBy: 'the same turns that do',
    spared: analysePose(turns),
    sensor: 'ub',
    spanS: [ANY, ANY],
  },
  {
    flag: 'NOT_SETTLED',
    raisedBy: 'a rate at rest that changes by 4.6 deg/s',
    raised: analyseDamaged(({ gyro }) => {
      for (let i = row(14); i < gyro.length / 3; i++) gyro[3 * i] = (gyro[3 * i] ?? NaN) + 0.08;
    }),
    sparedBy: 'one that changes by 1.7 deg/s, as breathing does',
    spared: analyseDamaged(({ gyro }) => {
      for (let i = row(14); i < gyro.length / 3; i++) gyro[3 * i] = (gyro[3 * i] ?? NaN) + 0.03;
    }),
    sensor: 'ub',
    spanS: [0, 27.1],
  },
  {
    flag: 'NOT_SETTLED',
    raisedBy: 'a person who never rests, seen for 6 s',
    raised: analysePose(rocking(25), 6),
    sparedBy: 'one who rests',
    spared: analysePose(rocking(0)),
    sensor: 'ub',
    spanS: [0, 6],
  },
  {
    flag: 'NO_REST',
    raisedBy: 'a person who never rests',
    raised: analysePose(rocking(8)),
    sparedBy: 'one who rests',
    spared: analyseClean,
    sensor: null,
    spanS: [ANY, ANY],
  },
  {
    flag: 'NEUTRAL_NOT_STILL',
    raisedBy: 'a neutral that is named within a bend',
    raised: () => analyseSmall(clean, { neutral: { startS: 5, endS: 6 } }),
    sparedBy: 'one that is named within a rest',
    spared: () => analyseSmall(clean, { neutral: { startS: 1, endS: 2 } }),
    sensor: null,
    spanS: [5, 6],
  },
  {
    flag: 'GRAVITY_ONLY',
    raisedBy: 'an arm without a sensor on the upper back',
    raised: () => analyseSmall(worn(tipping(85), { upperArmRight: 'upperBack' })),
    sparedBy: 'an arm with one',
    spared: () => analyseSmall(worn(tipping(85), { upperArmRight: 'upperBack', upperBack: 'lowerBack' })),
    sensor: 'upperArmRight',
    spanS: WHOLE,
  },
  {
    flag: 'GRAVITY_ONLY',
    raisedBy: 'kneeling turns that rise to 45 deg from vertical, upper back alone',
    raised: () => analyseSmall(upperBackOf(kneeling(40)), { pose: 'prone' }),
    sparedBy: 'turns that rise by 10 deg',
    spared: () => analyseSmall(upperBackOf(kneeling(10)), { pose: 'prone' }),
    sensor: 'ub',
    spanS: [ANY, ANY],
  },
  {
    flag: 'CLOCK_UNSURE',
    raisedBy: 'a clock that may be 30 ms off',
    raised: () => analyseSmall(clean.map((sensor) => ({ ...sensor, clock: { boundMs: 30, sigmaMs: 15 } }))),
    sparedBy: 'one that may be 5 ms off',
    spared: () => analyseSmall(clean.map((sensor) => ({ ...sensor, clock: { boundMs: 5, sigmaMs: 2 } }))),
    sensor: 'ub',
    spanS: WHOLE,
  },
  {
    flag: 'MOUNTING_UNSURE',
    raisedBy: 'a mounting that is not stated',
    raised: () => analyseSmall(clean.map((sensor) => ({ ...sensor, qSegmentFromSensor: null }))),
    sparedBy: 'one that is',
    spared: analyseClean,
    sensor: null,
    spanS: WHOLE,
  },
  {
    flag: 'SIGN_UNRESOLVED',
    raisedBy: 'turns alone, whose mounting is not stated',
    raised: () => analyseSmall(recordSmall(turns).map((sensor) => ({ ...sensor, qSegmentFromSensor: null }))),
    sparedBy: 'turns whose mounting is',
    spared: analysePose(turns),
    sensor: null,
    spanS: WHOLE,
  },
];

const flagsOf = (analysis: RecordingAnalysis, name: QualityFlagName): readonly AnalysisFlag[] =>
  analysis.flags.filter((flag) => flag.flag === name);

describe('flags of the recording path', () => {
  it('are none in a recording without fault, which counts all moves @slow', () => {
    const analysis = analyseClean();
    expect(analysis.flags).toEqual([]);
    expect(analysis.cycles.map((cycle) => [cycle.plane, cycle.valid])).toEqual(
      [1, 2, 3].map(() => ['lateral', true]),
    );
  });

  describe.each(ROWS)('$flag', ({ flag, raisedBy, raised, sparedBy, spared, sensor, spanS }) => {
    it(`is raised by ${raisedBy} @slow`, () => {
      const [first] = flagsOf(raised(), flag);
      expect(first).toBeDefined();
      expect(first?.sensor).toBe(sensor);
      expect(first?.detail.length).toBeGreaterThan(10);
      expect(first?.startS).toBeLessThanOrEqual(first?.endS ?? -1);
      const [startS, endS] = spanS;
      if (Number.isNaN(startS)) return;
      expect(Math.abs((first?.startS ?? NaN) - startS)).toBeLessThan(0.3);
      expect(Math.abs((first?.endS ?? NaN) - endS)).toBeLessThan(0.3);
    });

    it(`is not raised by ${sparedBy} @slow`, () => {
      expect(flagsOf(spared(), flag)).toEqual([]);
    });
  });
});

describe('a sensor that was frozen', () => {
  it('gives no peak there', () => {
    const analysis = analyseDamaged(frozen(11, 12.5))();
    const valid = analysis.cycles.filter((cycle) => cycle.valid);
    expect(valid.length).toBeLessThanOrEqual(3);
    expect(valid.filter((cycle) => cycle.peakPositiveRad !== null)).toHaveLength(2);
  });
});

describe('moves that no spine can make', () => {
  it('are not counted and give no range', () => {
    const analysis = analysePose(widerBends(84 / 26))();
    expect(analysis.cycles.map(({ valid, reasons }) => [valid, reasons])).toEqual(
      analysis.cycles.map(() => [false, ['implausible']]),
    );
    expect(analysis.cycles.length).toBeGreaterThan(0);
    expect(analysis.rom).toEqual({});
  });
});

describe('a zero that was taken in movement', () => {
  it('widens every interval by what went on meanwhile', () => {
    const width = (startS: number): number => {
      const { rom } = analyseSmall(recordSmall(), { neutral: { startS, endS: startS + 1 } });
      return rom.lateralRight?.halfWidth95Rad ?? NaN;
    };
    expect(width(3.75)).toBeGreaterThan(width(1) + 3 * RAD_PER_DEG);
  });
});

describe('a sensor that sends too seldom', () => {
  it('is refused by its name', () => {
    const slow = recordSmall().map((sensor) => ({ ...sensor, rateHz: 5 }));
    expect(() => analyseSmall(slow)).toThrow(/5\.0 samples a second/);
  });
});
