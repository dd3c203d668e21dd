import { parseMountTriple } from '../../src/core/body/mount-triple.ts';
import type { DeviceFamily } from '../../src/core/device/device-family.ts';
import { deviceFamily } from '../../src/core/device/registry.ts';
import type { ExerciseId } from '../../src/core/exercise/motion-definition.ts';
import { RAD_PER_DEG } from '../../src/core/math/angle.ts';
import { beginSamples } from '../../src/core/packet/sample-batch.ts';
import { LivePipeline } from '../../src/core/pipeline/live-pipeline.ts';
import type { CalibrationStep, PipelineCommand } from '../../src/core/pipeline/pipeline-command.ts';
import type { PipelineFact } from '../../src/core/pipeline/pipeline-fact.ts';
import type { SessionResult } from '../../src/core/pipeline/session-result.ts';
import { createRandom, wearSensor, type BodyPose } from './worn-body.ts';

export const SESSION_RATE_HZ = 50;
const PACKET_SAMPLES = 5;
const ROW = 9;

export type TrunkRole = 'pelvis' | 'lowerBack' | 'upperBack';

/** What one sensor reads, 3 columns each; tests spoil it in place. NaN where nothing is measured. */
export interface Readings {
  readonly gyro: Float64Array;
  readonly acc: Float64Array;
  readonly mag: Float64Array;
}

export interface SmallSession {
  readonly roles?: readonly TrunkRole[];
  readonly poseAt?: (timeS: number) => BodyPose;
  readonly exerciseId?: ExerciseId;
  readonly durationS?: number;
  /** Guided steps with the time of each, s; a neutral step at 0.5 s where not given. The set is begun at 6 s. */
  readonly steps?: readonly (readonly [number, CalibrationStep])[];
  /** What else is told to the pipeline, with the time of each, s. */
  readonly told?: readonly (readonly [number, PipelineCommand])[];
  readonly gyroNoiseRadPerS?: number;
  /** Changes what the upper back's sensor reads. */
  readonly spoil?: (upper: Readings, others: ReadonlyMap<TrunkRole, Readings>) => void;
  /** Packets of the upper back that never arrive, by the time of their last sample, s. */
  readonly loses?: (timeS: number) => boolean;
  /** How late packets arrive, ms. */
  readonly delayMs?: () => number;
}

export const row = (timeS: number): number => Math.round(timeS * SESSION_RATE_HZ);

/** Movement out in 2 s, held for 2.2 s and back in 2 s, from 10 s on, every 7.5 s, to one side and the other. */
export function excursions(timeS: number, count = 6): number {
  const index = Math.floor((timeS - 10) / 7.5);
  if (timeS < 10 || index >= count) return 0;
  const t = timeS - 10 - 7.5 * index;
  const share = t < 2 ? smooth(t / 2) : t < 4.2 ? 1 : t < 6.2 ? smooth((6.2 - t) / 2) : 0;
  return index % 2 === 0 ? share : -share;
}

function smooth(x: number): number {
  return x * x * x * (10 + x * (6 * x - 15));
}

/** Three bends to either side. */
export function bendsToAndFro(timeS: number): BodyPose {
  const x = excursions(timeS);
  return { pelvis: [0, 1.5 * x, 0], lumbar: [0, 6 * x, 0], thorax: [0, 24 * x, 2 * x] };
}

/** The same as turns. */
export function turnsToAndFro(timeS: number): BodyPose {
  const x = excursions(timeS);
  return { pelvis: [0, 0, 1.5 * x], lumbar: [0, 0, 6 * x], thorax: [0, 0, 34 * x] };
}

export const SET_DURATION_S = 58;

/** Plays a guided session of worn sensors through the live pipeline: neutral pose, one set, finish. */
export function playSmall(session: SmallSession = {}): {
  readonly result: SessionResult;
  readonly facts: readonly PipelineFact[];
} {
  const roles = session.roles ?? ['upperBack', 'lowerBack'];
  const durationS = session.durationS ?? SET_DURATION_S;
  const noise = session.gyroNoiseRadPerS ?? 0.1 * RAD_PER_DEG;
  const poseAt = session.poseAt ?? bendsToAndFro;
  const series = new Map(roles.map((role) => [role, readingsOf(role, poseAt, durationS, noise)]));
  const upper = series.get('upperBack');
  if (upper === undefined) throw new RangeError('The upper back wears a sensor.');
  session.spoil?.(upper, series);

  const pipeline = new LivePipeline({ engineVersion: 'test', family: () => RAW_FAMILY });
  const facts: PipelineFact[] = [];
  roles.forEach((role, sensorIndex) =>
    pipeline.command(
      {
        kind: 'attachSensor',
        role,
        sensor: {
          sensorIndex,
          sensorId: role,
          family: 'thora-nano33',
          stream: '',
          name: role,
          firmware: null,
          nominalRateHz: SESSION_RATE_HZ,
          simulated: true,
        },
      },
      0,
    ),
  );
  const pending = [
    ...(session.steps ?? [[0.5, NEUTRAL]]).map(([atS, step]): [number, PipelineCommand] => [
      atS,
      { kind: 'beginStep', step },
    ]),
    ...(session.told ?? []),
    [6, beginSet(session)] as [number, PipelineCommand],
  ].sort(([a], [b]) => a - b);
  const packets = roles.flatMap((role, sensorIndex) => {
    const own: { sensorIndex: number; atMs: number; bytes: Uint8Array }[] = [];
    const readings = series.get(role)!;
    for (let i = 0; i + PACKET_SAMPLES <= row(durationS); i += PACKET_SAMPLES) {
      const lastS = (i + PACKET_SAMPLES - 1) / SESSION_RATE_HZ;
      if (role === 'upperBack' && session.loses?.(lastS) === true) continue;
      own.push({
        sensorIndex,
        atMs: 1000 * lastS + 4 + (session.delayMs?.() ?? 0),
        bytes: packetOf(readings, i),
      });
    }
    // A link never lets one packet overtake another.
    own.forEach((packet, i) => (packet.atMs = Math.max(packet.atMs, (own[i - 1]?.atMs ?? 0) + 0.01)));
    return own;
  });
  packets.sort((a, b) => a.atMs - b.atMs);
  const drain = (): void => void facts.push(...pipeline.drainFacts());
  let next = 0;
  for (const { sensorIndex, atMs, bytes } of packets) {
    for (; next < pending.length && 1000 * pending[next]![0] <= atMs; next++)
      pipeline.command(pending[next]![1], 1000 * pending[next]![0]);
    pipeline.push({ sensorIndex, hostTimeMs: atMs, bytes });
    drain();
  }
  pipeline.command({ kind: 'endSet' }, 1000 * durationS);
  pipeline.command({ kind: 'finish' }, 1000 * durationS);
  drain();
  return { result: pipeline.result(), facts };
}

/** Making a movement costs more than playing it: each is made once, and handed out as copies. */
const made = new WeakMap<object, Map<string, Readings>>();

function readingsOf(
  role: TrunkRole,
  poseAt: (timeS: number) => BodyPose,
  durationS: number,
  gyroNoiseRadPerS: number,
): Readings {
  const known = made.get(poseAt) ?? new Map<string, Readings>();
  made.set(poseAt, known);
  const key = `${role} ${durationS} ${gyroNoiseRadPerS}`;
  let found = known.get(key);
  if (found === undefined) {
    const worn = wearSensor(
      {
        role,
        qSegmentFromSensor: parseMountTriple('x:right,y:up,z:back'),
        gyroBiasRadPerS: [0.004, -0.003, 0.005],
        softTissue: 0,
      },
      poseAt,
      durationS,
      {
        rateHz: SESSION_RATE_HZ,
        headingRad: 0.4,
        gyroNoiseRadPerS,
        accNoiseMetersPerS2: 0.03,
        random: createRandom(role.length),
      },
    );
    const mag = new Float64Array(3 * worn.count).fill(NaN);
    known.set(key, (found = { gyro: worn.gyroRadPerS, acc: worn.accMetersPerS2, mag }));
  }
  return { gyro: found.gyro.slice(), acc: found.acc.slice(), mag: found.mag.slice() };
}

export const NEUTRAL: CalibrationStep = { name: 'neutral', durationS: 4, posture: 'sitting' };

function beginSet(session: SmallSession): PipelineCommand {
  return {
    kind: 'beginSet',
    set: {
      exerciseId: session.exerciseId ?? 'E08',
      side: null,
      // Never reached: the set lasts until the session ends, rest included.
      repetitions: 20,
      personalMaximumRad: { positive: null, negative: null },
      targetFraction: 0.8,
      test: false,
    },
  };
}

function packetOf({ gyro, acc, mag }: Readings, from: number): Uint8Array {
  const values = new Float64Array(1 + ROW * PACKET_SAMPLES);
  values[0] = (1000 * from) / SESSION_RATE_HZ;
  for (let i = 0; i < PACKET_SAMPLES; i++)
    [gyro, acc, mag].forEach((columns, c) =>
      values.set(columns.subarray(3 * (from + i), 3 * (from + i) + 3), 1 + ROW * i + 3 * c),
    );
  return new Uint8Array(values.buffer);
}

/** Numbers as they are: what tests spoil reaches the chain unchanged. */
const RAW_FAMILY: DeviceFamily = {
  ...deviceFamily('thora-nano33'),
  clock: { ticksPerMs: 1, wrapTicks: 2 ** 40 },
  gyroFullScaleRadPerS: Infinity,
  accFullScaleMetersPerS2: Infinity,
  createDecoder: () => ({
    rejection: '',
    reset: () => undefined,
    decode(view, out) {
      beginSamples(out, PACKET_SAMPLES);
      out.firstDeviceTicks = view.getFloat64(0, true);
      out.nominalPeriodMs = 1000 / SESSION_RATE_HZ;
      for (let i = 0; i < PACKET_SAMPLES; i++)
        [out.gyroRadPerS, out.accMetersPerS2, out.magMicroTesla].forEach((columns, c) => {
          for (let k = 0; k < 3; k++)
            columns[3 * i + k] = view.getFloat64(8 * (1 + ROW * i + 3 * c + k), true);
        });
      return 'samples';
    },
  }),
};
