import * as fc from 'fast-check';
import { Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { CameraRig } from '../../../src/adapters/avatar/camera-rig.ts';

const VIEW = { azimuthDeg: 0, elevationDeg: 8, holds: 'whole' } as const;
const BODY = [new Vector3(0, 0, -0.3), new Vector3(0, 1.75, 0.3)];

/** Place in the picture, -1 to 1 from edge to edge. */
function onPicture(rig: CameraRig, point: Vector3): Vector3 {
  rig.camera.updateMatrixWorld(true);
  return point.clone().project(rig.camera);
}

describe('the camera', () => {
  it('holds every point it is aimed at, in any shape of picture', () => {
    const coordinate = fc.double({ min: -1, max: 1.8, noNaN: true });
    const point = fc.tuple(coordinate, coordinate, coordinate).map((p) => new Vector3(...p));
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 2, maxLength: 20 }),
        fc.double({ min: 0.4, max: 2.5, noNaN: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: 0, max: 70, noNaN: true }),
        (points, aspect, azimuthDeg, elevationDeg) => {
          const rig = new CameraRig(false);
          rig.setAspect(aspect);
          rig.aim({ azimuthDeg, elevationDeg, holds: 'whole' }, points);
          rig.step(0);
          for (const p of points) {
            const { x, y, z } = onPicture(rig, p);
            expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1);
            expect(z).toBeLessThan(1);
          }
        },
      ),
      { numRuns: 200, seed: 11 },
    );
  });

  it("stands behind: the person's right is the picture's right", () => {
    const rig = new CameraRig(false);
    rig.aim(VIEW, BODY);
    rig.step(0);
    expect(rig.camera.position.x).toBeLessThan(-1);
    expect(onPicture(rig, new Vector3(0, 1, 0.3)).x).toBeGreaterThan(0.1);
  });

  it('glides to a new view, jumps with reduced motion and after a pause', () => {
    const azimuthDeg = (rig: CameraRig) =>
      (Math.atan2(rig.camera.position.z, -rig.camera.position.x) * 180) / Math.PI;
    const side = { ...VIEW, azimuthDeg: 70 };
    for (const glides of [true, false]) {
      const rig = new CameraRig(glides);
      rig.aim(VIEW, BODY);
      rig.step(0);
      rig.aim(side, BODY);
      rig.step(16);
      if (glides) {
        expect(azimuthDeg(rig)).toBeGreaterThan(2);
        expect(azimuthDeg(rig)).toBeLessThan(40);
        rig.step(2000);
      }
      expect(azimuthDeg(rig)).toBeCloseTo(70, 1);
    }
  });
});
