import { describe, expect, it } from 'vitest';
import type { SegmentRole } from '../../../src/core/body/segment-role.ts';
import { LivePipeline } from '../../../src/core/pipeline/live-pipeline.ts';
import type { PipelineFact } from '../../../src/core/pipeline/pipeline-fact.ts';
import { createPacketWriter } from '../../../src/core/simulation/packet-writer.ts';
import { Random } from '../../../src/core/simulation/random.ts';

const RATE_HZ = 104;
const G = 9.80665;

/** Two units that swing about their x axis, each by its own angle, in front of the chain. */
function raiseArm(swingDeg: readonly [number, number]): PipelineFact[] {
  const roles: readonly SegmentRole[] = ['upperArmRight', 'upperBack'];
  const pipeline = new LivePipeline({ engineVersion: 'test' });
  const writer = createPacketWriter('thora-nano33', RATE_HZ, false, 4);
  const random = new Random(2);
  const facts: PipelineFact[] = [];
  roles.forEach((role, sensorIndex) =>
    pipeline.command(
      {
        kind: 'attachSensor',
        sensor: {
          sensorIndex,
          sensorId: role,
          family: 'thora-nano33',
          stream: '',
          name: role,
          firmware: null,
          nominalRateHz: RATE_HZ,
          simulated: true,
        },
        role,
      },
      0,
    ),
  );
  let packet = 0;
  const play = (durationS: number, shareAt: (timeS: number) => number): void => {
    const endPacket = packet + (durationS * RATE_HZ) / 4;
    const beganS = (packet * 4) / RATE_HZ;
    for (; packet < endPacket; packet++)
      swingDeg.forEach((deg, sensorIndex) => {
        const gyro = new Float64Array(12);
        const acc = new Float64Array(12);
        for (let i = 0; i < 4; i++) {
          const timeS = (4 * packet + i) / RATE_HZ - beganS;
          const angle = (t: number) => (shareAt(t) * deg * Math.PI) / 180;
          const noise = () => 0.002 * random.between(-1, 1);
          gyro[3 * i] = (angle(timeS + 0.001) - angle(timeS - 0.001)) / 0.002 + noise();
          acc[3 * i + 1] = G * Math.cos(angle(timeS)) + noise();
          acc[3 * i + 2] = -G * Math.sin(angle(timeS)) + noise();
        }
        const place = { sequence: packet, firstSample: 4 * packet, count: 4, startUs: 0 };
        const hostTimeMs = (1000 * (4 * packet + 3)) / RATE_HZ + 20 + sensorIndex;
        for (const bytes of writer.write(place, gyro, acc, null))
          pipeline.push({ sensorIndex, hostTimeMs, bytes: bytes.slice() });
        facts.push(...pipeline.drainFacts());
      });
  };
  const nowMs = () => (4000 * packet) / RATE_HZ;
  play(2, () => 0);
  pipeline.command(
    { kind: 'beginStep', step: { name: 'neutral', durationS: 3, posture: 'standing' } },
    nowMs(),
  );
  play(5, () => 0);
  pipeline.command({ kind: 'beginStep', step: { name: 'armRaise', repetitions: 1, side: 'right' } }, nowMs());
  play(6, (timeS) => (timeS > 1 && timeS < 5 ? (1 - Math.cos((2 * Math.PI * (timeS - 1)) / 4)) / 2 : 0));
  play(2, () => 0);
  return facts.filter((fact) => fact.kind === 'stepRefused' || fact.kind === 'stepCompleted');
}

describe('an arm that was raised while another sensor rose further', () => {
  it('is exchanged where it hung still, and only offered where it rose somewhat', () => {
    expect(raiseArm([5, 80]).at(-1)).toMatchObject({
      kind: 'stepCompleted',
      findings: [
        { kind: 'swapped', role: 'upperBack' },
        { kind: 'swapped', role: 'upperArmRight' },
      ],
    });
    expect(raiseArm([48, 80]).at(-1)).toMatchObject({
      kind: 'stepRefused',
      reason: 'gestureContradictsRoles',
      exchange: [0, 1],
    });
    expect(raiseArm([80, 5]).at(-1)).toMatchObject({ kind: 'stepCompleted', step: 'armRaise' });
  });
});
