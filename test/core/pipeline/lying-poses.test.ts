import { describe, expect, it } from 'vitest';
import { parseMountTriple } from '../../../src/core/body/mount-triple.ts';
import type { NeutralPose } from '../../../src/core/body/posture.ts';
import type { SegmentRole } from '../../../src/core/body/segment-role.ts';
import { DEG_PER_RAD, RAD_PER_DEG } from '../../../src/core/math/angle.ts';
import { orientRefined } from '../../../src/core/pipeline/analysis-orientation.ts';
import { analyseSeries } from '../../../src/core/pipeline/recording-analysis.ts';
import { createRandom, misplaced, wearSensor, type BodyPose, type Triple } from '../../support/worn-body.ts';

const STATED = parseMountTriple('x:up,y:left,z:back');

/** Three turns of the thorax to each side, 35 deg left and 25 deg right, from a lying or kneeling start. */
function turnFrom(pelvis: Triple): (timeS: number) => BodyPose {
  return (timeS) => {
    const phase = (timeS - 4) / 6;
    const turn = phase < 0 || phase > 3 ? 0 : Math.sin(2 * Math.PI * phase);
    return { pelvis, lumbar: [0, 0, 0], thorax: [0, 0, turn > 0 ? 35 * turn : 25 * turn] };
  };
}

function analyse(pelvis: Triple, pose: NeutralPose, roles: readonly SegmentRole[]) {
  const random = createRandom(4);
  const conditions = {
    rateHz: 50,
    headingRad: 2,
    gyroNoiseRadPerS: 0.1 * RAD_PER_DEG,
    accNoiseMetersPerS2: 0.03,
    random,
  };
  const sensors = roles.map((role) => ({
    role,
    prefix: role,
    rateHz: 50,
    qSegmentFromSensor: STATED,
    series: wearSensor(
      {
        role,
        qSegmentFromSensor: misplaced(STATED, 8 * RAD_PER_DEG, random),
        gyroBiasRadPerS: [0.003, -0.004, 0.005],
        softTissue: 0,
      },
      turnFrom(pelvis),
      26,
      conditions,
    ),
  }));
  return analyseSeries(sensors, { mode: 'refined', neutral: null, pose }, orientRefined);
}

describe('turning from a lying or kneeling start', () => {
  it.each([
    ['prone', [90, 0, 0], 'prone'],
    ['on the heels, head 15 deg down', [105, 0, 0], 'prone'],
    ['on the right side', [0, 90, 0], 'sideLyingRight'],
    ['on the left side', [0, -90, 0], 'sideLyingLeft'],
  ] as const)('is measured by gravity with one sensor, and by two alike: %s', (_name, pelvis, pose) => {
    for (const roles of [['upperBack'], ['upperBack', 'lowerBack']] as const) {
      const analysis = analyse([...pelvis], pose, roles);
      const valid = analysis.cycles.filter((cycle) => cycle.valid);
      expect(valid.map((cycle) => cycle.plane)).toEqual(['rotation', 'rotation', 'rotation']);
      const deg = (direction: 'rotationLeft' | 'rotationRight') =>
        (analysis.rom[direction]?.meanBest3Rad ?? NaN) * DEG_PER_RAD;
      expect(Math.abs(deg('rotationLeft') - 35), `${roles.length} left`).toBeLessThan(3);
      expect(Math.abs(deg('rotationRight') - 25), `${roles.length} right`).toBeLessThan(3);
    }
  });
});
