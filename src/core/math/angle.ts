export const DEG_PER_RAD = 180 / Math.PI;
export const RAD_PER_DEG = Math.PI / 180;
/** Standard gravity, m/s^2. */
export const GRAVITY_METERS_PER_S2 = 9.80665;

/** Wraps to (-pi, pi]. */
export function wrapRad(angleRad: number): number {
  const wrapped = angleRad - 2 * Math.PI * Math.floor((angleRad + Math.PI) / (2 * Math.PI));
  return wrapped <= -Math.PI ? wrapped + 2 * Math.PI : wrapped;
}
