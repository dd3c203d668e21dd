import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AllanDeviation } from '../../../src/core/bench/allan-deviation.ts';
import { fitFaces } from '../../../src/core/bench/face-fit.ts';
import { GravityGain } from '../../../src/core/bench/gravity-gain.ts';
import { fitMagnet } from '../../../src/core/bench/magnet-fit.ts';
import { GRAVITY_METERS_PER_S2 } from '../../../src/core/math/angle.ts';
import { IDENTITY_3, invert3, multiply3, multiplyVectorInto } from '../../../src/core/math/matrix3.ts';
import { Random } from '../../../src/core/simulation/random.ts';

const G = GRAVITY_METERS_PER_S2;
const FACES = [0, 1, 2].flatMap((axis) =>
  [1, -1].map((sign) => [0, 1, 2].map((i) => (i === axis ? sign * G : 0))),
);
const small = (size: number) => fc.double({ min: -size, max: size, noNaN: true });
const triple = (size: number) => fc.tuple(small(size), small(size), small(size));
/** A matrix near the identity. */
const nearIdentity = fc
  .array(small(0.03), { minLength: 9, maxLength: 9 })
  .map((off) => off.map((value, i) => value + IDENTITY_3[i]!));

function readFaces(matrix: readonly number[], offset: readonly number[], faces = FACES): Float64Array {
  const means = new Float64Array(18);
  faces.forEach(([x, y, z], face) => {
    multiplyVectorInto(means, 3 * face, matrix, x!, y!, z!);
    for (let i = 0; i < 3; i++) means[3 * face + i] += offset[i]!;
  });
  return means;
}

describe('six faces', () => {
  test('give back any offset, scale and lean of the axes', () => {
    fc.assert(
      fc.property(nearIdentity, triple(0.5), (matrix, offset) => {
        const { correction, misfit, errorAfter, scale } = fitFaces(readFaces(matrix, offset));
        const back = multiply3(correction.matrix, matrix);
        back.forEach((value, i) => expect(value).toBeCloseTo(IDENTITY_3[i]!, 9));
        correction.offset.forEach((value, i) => expect(value).toBeCloseTo(offset[i]!, 9));
        scale.forEach((value, i) => expect(value).toBeCloseTo(matrix[4 * i]!, 9));
        expect(misfit).toBeLessThan(1e-9);
        expect(errorAfter).toBeLessThan(1e-9);
      }),
    );
  });

  test('name the axis of a face that lay tilted', () => {
    fc.assert(
      fc.property(
        nearIdentity,
        triple(0.3),
        fc.nat(5),
        fc.constantFrom(2, 3, 5),
        (matrix, offset, face, deg) => {
          const axis = Math.floor(face / 2);
          const lean = (deg * Math.PI) / 180;
          const faces = FACES.map((up, i) => {
            if (i !== face) return up;
            const tilted = up.map((value) => value * Math.cos(lean));
            tilted[(axis + 1) % 3] = G * Math.sin(lean);
            return tilted;
          });
          const { misfit, worstAxis } = fitFaces(readFaces(matrix, offset, faces));
          expect(worstAxis).toBe(axis);
          // A third of gravity's part along the table, but for the scale of the axes.
          expect(misfit / ((G * Math.sin(lean)) / 3)).toBeGreaterThan(0.85);
          expect(misfit / ((G * Math.sin(lean)) / 3)).toBeLessThan(1.15);
        },
      ),
    );
  });
});

test('an ellipsoid gives back hard and soft iron', () => {
  fc.assert(
    fc.property(nearIdentity, triple(80), fc.integer(), (matrix, offset, seed) => {
      const random = new Random(seed);
      const points = new Float64Array(600);
      for (let i = 0; i < 200; i++) {
        const v = [random.gaussian(), random.gaussian(), random.gaussian()];
        const size = Math.hypot(...v);
        multiplyVectorInto(
          points,
          3 * i,
          matrix,
          (48 * v[0]!) / size,
          (48 * v[1]!) / size,
          (48 * v[2]!) / size,
        );
        for (let k = 0; k < 3; k++) points[3 * i + k] += offset[k]!;
      }
      const fit = fitMagnet(points, 200);
      expect(fit).not.toBeNull();
      fit!.correction.offset.forEach((value, i) => expect(value).toBeCloseTo(offset[i]!, 5));
      expect(fit!.scatterAfter).toBeLessThan(1e-6);
      expect(Math.abs(fit!.fieldMicroTesla / 48 - 1)).toBeLessThan(0.04);
    }),
    { numRuns: 40 },
  );
});

test('points on a plane are no ellipsoid', () => {
  const points = Float64Array.from({ length: 600 }, (_, i) =>
    i % 3 === 0 ? 48 * Math.cos(i) : i % 3 === 1 ? 48 * Math.sin(i - 1) : 0,
  );
  expect(fitMagnet(points, 200)).toBeNull();
});

describe('Allan deviation', () => {
  const RATE_HZ = 100;
  const noise = (count: number, seed: number, sd: number, ramp = 0): AllanDeviation => {
    const random = new Random(seed);
    const allan = new AllanDeviation(1 / RATE_HZ);
    for (let i = 0; i < count; i++) allan.push(sd * random.gaussian() + (ramp * i) / RATE_HZ);
    return allan;
  };

  test('reads white noise of a minute within a tenth on average @slow', () => {
    // One minute holds too few pairs of a second for less than 12 % of spread: 24 of them leave 2.5 %.
    const MINUTES = 24;
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0.01, max: 2, noNaN: true }), (seed, sd) => {
        let mean = 0;
        for (let i = 0; i < MINUTES; i++)
          mean += noise(60 * RATE_HZ, seed + 7919 * i, sd).randomWalk / (sd / Math.sqrt(RATE_HZ)) / MINUTES;
        expect(mean).toBeGreaterThan(0.9);
        expect(mean).toBeLessThan(1.1);
      }),
      { numRuns: 20 },
    );
  });

  test('doubles its averaging times and falls with their root', () => {
    const allan = noise(400_000, 5, 1);
    for (let level = 0; level < 8; level++) expect(allan.at(level) * Math.sqrt(2 ** level)).toBeCloseTo(1, 1);
  });

  test('a zero that walks away stands above the noise', () => {
    const floor = noise(60 * RATE_HZ, 7, 0.1).biasInstability;
    expect(noise(60 * RATE_HZ, 7, 0.1, 0.05).biasInstability).toBeGreaterThan(1.5 * floor);
  });

  test('says nothing before there is enough', () => {
    expect(noise(5, 1, 1).randomWalk).toBeNaN();
    expect(noise(5, 1, 1).at(0)).toBeNaN();
  });
});

test('ways between rests tell the scale of every axis that turned across gravity', () => {
  fc.assert(
    fc.property(fc.tuple(...[0, 1, 2].map(() => fc.constantFrom(0.86, 0.88, 0.97, 1, 1.03))), (scales) => {
      const sameKind = scales.map((scale) =>
        scales[0]! < 0.9 ? Math.min(scale, 0.88) : Math.max(scale, 0.97),
      );
      const gain = new GravityGain();
      let up = [0, 0, 1];
      gain.arrive(up.map((value) => G * value));
      for (const axis of [0, 1, 2, 0, 1, 2, 1, 0, 2]) {
        // A quarter turn about one axis: gravity goes the other way round in the axes of what turns.
        for (let i = 0; i < 100; i++) {
          const rate = [0, 0, 0];
          rate[axis] = (sameKind[axis]! * Math.PI) / 2;
          gain.move(rate, 0.01);
        }
        const [p, q] = [(axis + 1) % 3, (axis + 2) % 3];
        const turned = [...up];
        turned[p!] = up[q!]!;
        turned[q!] = -up[p!]!;
        up = turned;
        gain.arrive(up.map((value) => G * value));
      }
      const found = gain.scale({ matrix: IDENTITY_3, offset: [0, 0, 0] });
      found!.scale.forEach((value, i) => {
        if (found!.sigma[i]! < 0.006) expect(Math.abs(value - sameKind[i]!)).toBeLessThan(0.004);
      });
      expect(found!.sigma.filter((sigma) => sigma < 0.006).length).toBeGreaterThan(0);
    }),
    { numRuns: 30 },
  );
});

test('an inverse undoes its matrix', () => {
  fc.assert(
    fc.property(nearIdentity, (matrix) => {
      multiply3(invert3(matrix), matrix).forEach((value, i) => expect(value).toBeCloseTo(IDENTITY_3[i]!, 9));
    }),
  );
});
