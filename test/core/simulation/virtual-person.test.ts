import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { trunkAnglesInto } from '../../../src/core/body/angles.ts';
import { segmentRoleIndex } from '../../../src/core/body/segment-role.ts';
import { deviceFamily } from '../../../src/core/device/registry.ts';
import {
  EXERCISE_IDS,
  matchSensorSet,
  motionDefinition,
} from '../../../src/core/exercise/motion-definitions.ts';
import { segmentPoseInto } from '../../../src/core/exercise/motion-pose.ts';
import { RAD_PER_DEG } from '../../../src/core/math/angle.ts';
import {
  conjugateMultiplyInto,
  createQuaternion,
  fromRotationVectorInto,
  multiplyInto,
  rotateInto,
  rotationAngleRad,
} from '../../../src/core/math/quaternion.ts';
import type { SensorPacket } from '../../../src/core/packet/packet.ts';
import { createSampleBatch } from '../../../src/core/packet/sample-batch.ts';
import { IDEAL_CONDITIONS } from '../../../src/core/simulation/conditions.ts';
import { trueAngleRad } from '../../../src/core/simulation/true-angle.ts';
import { createVirtualPerson, type PersonOptions } from '../../../src/core/simulation/virtual-person.ts';

function packetsOf(seed: number, stepsMs: readonly number[], options: PersonOptions = {}): SensorPacket[] {
  const person = createVirtualPerson(['upperBack', 'lowerBack'], seed, options);
  const packets: SensorPacket[] = [];
  person.perform({ kind: 'standTall' });
  let nowMs = 0;
  for (const stepMs of stepsMs) person.advanceTo((nowMs += stepMs), (packet) => packets.push(packet));
  person.advanceTo(6000, (packet) => packets.push(packet));
  return packets;
}

describe('a virtual person', () => {
  it('sends the same packets for the same seed, however time is cut up @slow', () => {
    const whole = packetsOf(5, []);
    expect(whole.length).toBeGreaterThan(200);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 12 }), (stepsMs) => {
        expect(packetsOf(5, stepsMs)).toEqual(whole);
      }),
      { numRuns: 8 },
    );
    expect(packetsOf(6, [])).not.toEqual(whole);
  });

  it('hands packets over in order of arrival, none before its last sample', () => {
    const packets = packetsOf(9, [], { conditions: { skewPercent: 0 } });
    const decoder = deviceFamily('thora-nano33').createDecoder('');
    const batch = createSampleBatch(64);
    let lastMs = -Infinity;
    for (const { sensorIndex, hostTimeMs, bytes } of packets) {
      expect(hostTimeMs).toBeGreaterThanOrEqual(lastMs);
      lastMs = hostTimeMs;
      if (sensorIndex !== 0) continue;
      decoder.decode(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), batch);
      // Sample n cannot be taken before n periods have passed.
      expect(hostTimeMs).toBeGreaterThan(((batch.firstSampleNumber + batch.count - 1) * 1000) / 104);
    }
  });

  it('loses and cuts the stated share of packets', () => {
    const all = packetsOf(9, []).length;
    const lossy = packetsOf(9, [], { conditions: { lossPercent: 30 } }).length;
    expect(lossy / all).toBeGreaterThan(0.6);
    expect(lossy / all).toBeLessThan(0.8);
    const cut = packetsOf(9, [], { conditions: { truncatedPercent: 50 } });
    const shorter = cut.filter((packet) => packet.bytes.length < 17 + 4 * 12).length;
    expect(shorter / cut.length).toBeGreaterThan(0.4);
    expect(shorter / cut.length).toBeLessThan(0.6);
  });

  it('feels gravity up and turns as its segment turns', () => {
    const person = createVirtualPerson(['upperBack'], 4, { conditions: IDEAL_CONDITIONS });
    const decoder = deviceFamily('thora-nano33').createDecoder('');
    const batch = createSampleBatch(64);
    const gyro: number[] = [];
    const acc: number[] = [];
    const take = ({ bytes }: SensorPacket): void => {
      decoder.decode(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), batch);
      gyro.push(...batch.gyroRadPerS.subarray(0, 3 * batch.count));
      acc.push(...batch.accMetersPerS2.subarray(0, 3 * batch.count));
    };
    person.perform({ kind: 'standTall' });
    person.advanceTo(6000, take);
    const { qSegmentFromSensor } = person.sensorTruths[0]!;
    const restAt = acc.length - 3;
    const up = rotateInto(new Float64Array(3), qSegmentFromSensor, acc.slice(restAt));
    expect(up[0]).toBeCloseTo(0, 2);
    expect(up[1]).toBeCloseTo(9.80665, 2);
    expect(up[2]).toBeCloseTo(0, 2);
    const from = gyro.length;
    const { endHostTimeMs } = person.perform({
      kind: 'exercise',
      exerciseId: 'E01',
      side: 'left',
      repetitions: 1,
    });
    person.advanceTo(endHostTimeMs - 3500, take);
    // Integrated rates give the segment's own turn between two instants.
    const q = createQuaternion();
    const turn = createQuaternion();
    for (let i = from; i < gyro.length; i += 3)
      multiplyInto(
        q,
        q,
        fromRotationVectorInto(turn, gyro[i]! / 104, gyro[i + 1]! / 104, gyro[i + 2]! / 104),
      );
    const before = person.segmentsInto(new Float64Array(20), 6000).slice(0, 4);
    const after = person.segmentsInto(new Float64Array(20), endHostTimeMs - 3550).slice(0, 4);
    const expected = conjugateMultiplyInto(createQuaternion(), before, after);
    expect(rotationAngleRad(expected)).toBeGreaterThan(40 * RAD_PER_DEG);
    expect(rotationAngleRad(q)).toBeCloseTo(rotationAngleRad(expected), 1);
  });

  it('moves without jumps when told something else in mid-movement', () => {
    const person = createVirtualPerson(['upperBack'], 8);
    person.perform({ kind: 'exercise', exerciseId: 'E05', side: null, repetitions: 4 });
    person.advanceTo(7600, () => undefined);
    person.perform({ kind: 'exercise', exerciseId: 'E02', side: 'right', repetitions: 2 });
    person.advanceTo(14_000, () => undefined);
    const before = person.segmentsInto(new Float64Array(20), 7000).slice();
    const step = createQuaternion();
    for (let t = 7010; t < 14_000; t += 10) {
      const now = person.segmentsInto(new Float64Array(20), t);
      conjugateMultiplyInto(step, before.subarray(0, 4), now.subarray(0, 4));
      // 200 deg/s is faster than any of it.
      expect(rotationAngleRad(step)).toBeLessThan(2 * RAD_PER_DEG);
      before.set(now);
    }
  });
});

describe('a motion definition', () => {
  it('moves its primary angle by the amount asked, in its own sign', () => {
    const pose = new Float64Array(20);
    const start = new Float64Array(20);
    for (const id of EXERCISE_IDS) {
      const definition = motionDefinition(id);
      const isArm = definition.quantity === 'armElevation';
      const measure = matchSensorSet(
        definition,
        ['upperBack', 'lowerBack', 'upperArmLeft', 'upperArmRight'],
        isArm ? 'left' : null,
      )!.measure;
      for (const { sign, side } of definition.directions) {
        const arm = side === 'left' ? 'left' : 'right';
        const primaryRad = sign * definition.usualMaximumDeg * RAD_PER_DEG;
        segmentPoseInto(start, definition, 0, arm);
        segmentPoseInto(pose, definition, primaryRad, arm);
        // Coupled turns of the other planes bend the decomposition by a little.
        expect(
          Math.abs(trueAngleRad(measure, definition.quantity, arm, pose, start) - primaryRad),
        ).toBeLessThan(0.5 * RAD_PER_DEG);
      }
    }
  });

  it('turns the chest to the left for a positive turn and bows for a positive flexion', () => {
    const angles = new Float64Array(3);
    const chest = (id: 'E01' | 'E05' | 'E08'): Float64Array => {
      const pose = segmentPoseInto(new Float64Array(20), motionDefinition(id), 20 * RAD_PER_DEG);
      const at = 4 * segmentRoleIndex('upperBack');
      return trunkAnglesInto(angles, pose.subarray(at, at + 4));
    };
    expect(chest('E01')[2]).toBeCloseTo(24 * RAD_PER_DEG, 1);
    expect(chest('E05')[0]).toBeCloseTo(27 * RAD_PER_DEG, 1);
    expect(chest('E08')[1]).toBeCloseTo(26 * RAD_PER_DEG, 1);
  });
});
