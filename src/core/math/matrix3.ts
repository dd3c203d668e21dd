/** Small 3 x 3 matrices, row-major, 9 numbers. Only {@link multiplyVectorInto} is for the hot path. */

export const IDENTITY_3: readonly number[] = [1, 0, 0, 0, 1, 0, 0, 0, 1];

export function determinant3(m: ArrayLike<number>): number {
  return (
    m[0] * (m[4] * m[8] - m[5] * m[7]) -
    m[1] * (m[3] * m[8] - m[5] * m[6]) +
    m[2] * (m[3] * m[7] - m[4] * m[6])
  );
}

/** Not finite where the matrix has no inverse. */
export function invert3(m: ArrayLike<number>): Float64Array {
  const [a, b, c, d, e, f, g, h, i] = Array.from({ length: 9 }, (_, k) => m[k]);
  const determinant = determinant3(m);
  return Float64Array.of(
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ).map((value) => value / determinant);
}

/** a b. */
export function multiply3(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  const out = new Float64Array(9);
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 3; column++)
      for (let k = 0; k < 3; k++) out[3 * row + column] += a[3 * row + k] * b[3 * k + column];
  return out;
}

/** out[at..] = m v for the three numbers of v from `at` on. May write over what it reads. */
export function multiplyVectorInto(
  out: Float64Array,
  at: number,
  m: ArrayLike<number>,
  x: number,
  y: number,
  z: number,
): void {
  out[at] = m[0] * x + m[1] * y + m[2] * z;
  out[at + 1] = m[3] * x + m[4] * y + m[5] * z;
  out[at + 2] = m[6] * x + m[7] * y + m[8] * z;
}
