import { wrapRad } from '../math/angle.ts';

/** One statement about the headings of forward: `heading[to] - heading[from] = valueRad`, or of one sensor when from is -1. */
export interface HeadingStatement {
  readonly from: number;
  readonly to: number;
  readonly valueRad: number;
  readonly sigmaRad: number;
  /** The statement holds up to multiples of this, rad: 2 pi for a direction, pi / 2 for the arm of a cross. */
  readonly periodRad: number;
}

export interface HeadingSolution {
  readonly headingRad: Float64Array;
  /** Row-major n x n covariance, rad^2. */
  readonly covariance: Float64Array;
}

/** Headings that nothing speaks for keep this standard deviation, rad. */
export const UNKNOWN_HEADING_SIGMA_RAD = Math.PI / 4;

/**
 * Weighted least squares over statements about up to five headings. A statement far off (over three sigma) is
 * weighed down, so that one false stretch of shared motion does not turn the rest.
 */
export function solveHeadings(
  initialRad: readonly number[],
  statements: readonly HeadingStatement[],
): HeadingSolution {
  const n = initialRad.length;
  const headingRad = Float64Array.from(initialRad);
  let covariance: Float64Array = new Float64Array(n * n);
  for (let iteration = 0; iteration < 8; iteration++) {
    const normal = new Float64Array(n * n),
      right = new Float64Array(n);
    for (let i = 0; i < n; i++) normal[i * n + i] = 1 / UNKNOWN_HEADING_SIGMA_RAD ** 2;
    for (const s of statements) {
      const predicted = headingRad[s.to] - (s.from < 0 ? 0 : headingRad[s.from]);
      const residual = wrapPeriod(s.valueRad - predicted, s.periodRad);
      const distance = Math.abs(residual) / s.sigmaRad;
      const weight = (distance > 3 ? 3 / distance : 1) / s.sigmaRad ** 2;
      right[s.to] += weight * residual;
      normal[s.to * n + s.to] += weight;
      if (s.from < 0) continue;
      right[s.from] -= weight * residual;
      normal[s.from * n + s.from] += weight;
      normal[s.to * n + s.from] -= weight;
      normal[s.from * n + s.to] -= weight;
    }
    covariance = invert(normal, n);
    for (let i = 0; i < n; i++) {
      let step = 0;
      for (let k = 0; k < n; k++) step += covariance[i * n + k] * right[k];
      headingRad[i] = wrapRad(headingRad[i] + step);
    }
  }
  return { headingRad, covariance };
}

function wrapPeriod(value: number, period: number): number {
  return value - period * Math.round(value / period);
}

/** Inverse of a small symmetric positive definite matrix by Gauss-Jordan elimination. */
function invert(matrix: Float64Array, n: number): Float64Array {
  const a = Float64Array.from(matrix),
    out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) out[i * n + i] = 1;
  for (let i = 0; i < n; i++) {
    const pivot = a[i * n + i];
    for (let k = 0; k < n; k++) {
      a[i * n + k] /= pivot;
      out[i * n + k] /= pivot;
    }
    for (let row = 0; row < n; row++) {
      if (row === i) continue;
      const factor = a[row * n + i];
      for (let k = 0; k < n; k++) {
        a[row * n + k] -= factor * a[i * n + k];
        out[row * n + k] -= factor * out[i * n + k];
      }
    }
  }
  return out;
}
