/**
 * The heading between two sensors' earth frames from what both felt. When neighbouring segments move together,
 * their rotation rates and accelerations are the same vectors of one world, so the turn that lays one sensor's
 * horizontal parts over the other's is the heading between their earth frames.
 */
export interface SharedMotion {
  /** Turn from earth A to earth B: a vector at heading x in A lies at x + turnRad in B. NaN when they share nothing. */
  readonly turnRad: number;
  readonly sigmaRad: number;
  /** 0 to 1: how alike the two signals are. */
  readonly coherence: number;
}

const WINDOW_S = 6;
const LEAST_COHERENCE = 0.55;

/**
 * @param a horizontal parts in earth A, 2 columns on a uniform grid, NaN where missing
 * @param b the same in earth B
 * @param smallest RMS below which a window says nothing
 * @param floorSigmaRad what agreement of the signals is worth at best, rad
 */
export function estimateSharedMotion(
  a: Float64Array,
  b: Float64Array,
  stepS: number,
  smallest: number,
  floorSigmaRad: number,
): SharedMotion {
  const count = a.length / 2;
  const window = Math.max(8, Math.round(WINDOW_S / stepS));
  let real = 0,
    imaginary = 0,
    total = 0,
    energyA = 0,
    energyB = 0;
  for (let start = 0; start + window <= count; start += window >> 1) {
    let cr = 0,
      ci = 0,
      ea = 0,
      eb = 0,
      used = 0,
      ax = 0,
      ay = 0,
      bx = 0,
      by = 0;
    for (let i = start; i < start + window; i++) {
      if (!isShared(a, b, i)) continue;
      ax += a[2 * i];
      ay += a[2 * i + 1];
      bx += b[2 * i];
      by += b[2 * i + 1];
      used++;
    }
    if (used < window / 2) continue;
    ax /= used;
    ay /= used;
    bx /= used;
    by /= used;
    for (let i = start; i < start + window; i++) {
      if (!isShared(a, b, i)) continue;
      const px = a[2 * i] - ax,
        py = a[2 * i + 1] - ay,
        qx = b[2 * i] - bx,
        qy = b[2 * i + 1] - by;
      cr += px * qx + py * qy;
      ci += px * qy - py * qx;
      ea += px * px + py * py;
      eb += qx * qx + qy * qy;
    }
    const floor = smallest * smallest * used;
    if (ea < floor || eb < floor) continue;
    const coherence = Math.hypot(cr, ci) / Math.sqrt(ea * eb);
    if (coherence < LEAST_COHERENCE) continue;
    real += cr;
    imaginary += ci;
    energyA += ea;
    energyB += eb;
    total++;
  }
  if (total === 0) return { turnRad: NaN, sigmaRad: Infinity, coherence: 0 };
  const coherence = Math.hypot(real, imaginary) / Math.sqrt(energyA * energyB);
  // Independent stretches of movement: about one a second in windows that overlap by half.
  const independent = 0.5 * total * WINDOW_S;
  const scatter = Math.sqrt(
    Math.max(0, 1 - coherence * coherence) / (2 * coherence * coherence * independent),
  );
  return {
    turnRad: Math.atan2(imaginary, real),
    sigmaRad: Math.hypot(floorSigmaRad, scatter, floorSigmaRad * (1 / coherence - 1)),
    coherence,
  };
}

function isShared(a: Float64Array, b: Float64Array, i: number): boolean {
  return a[2 * i] === a[2 * i] && b[2 * i] === b[2 * i];
}
