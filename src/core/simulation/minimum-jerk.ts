/** Progress of a natural reach, 0 to 1: smooth in speed and acceleration at both ends (Flash and Hogan 1985). */
export function minimumJerk(fraction: number): number {
  if (!(fraction > 0)) return 0;
  if (fraction >= 1) return 1;
  return fraction * fraction * fraction * (10 + fraction * (6 * fraction - 15));
}
