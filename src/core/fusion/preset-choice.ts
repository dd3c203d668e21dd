import type { OrientationSeries } from './imu-series.ts';
import type { ThoraPreset } from './thora-parameters.ts';

/**
 * A sensor whose spread of tilts ({@link tiltSpread}) is larger than this is turned over and over, as no trunk and
 * hardly an arm is: worn sensors stay below 0.05 in sitting and walking, freely turned ones reach 0.13 to 0.6.
 */
const TURNED_OVER = 0.1;

/**
 * Which parameters fit sensors that moved like this, from orientations of either preset. Gravity can teach a
 * gyroscope's gain only where the sensor turns over; where it does not, the gain is to be held.
 */
export function choosePreset(orientations: readonly OrientationSeries[]): ThoraPreset {
  let sum = 0;
  for (const orientation of orientations) sum += tiltSpread(orientation);
  return sum > TURNED_OVER * orientations.length ? 'free' : 'worn';
}

/** One minus the length of the mean of the vertical's directions on the sensor: 0 when it never tilts, 1 at most. */
function tiltSpread({ qEarthFromSensor: q }: OrientationSeries): number {
  let x = 0,
    y = 0,
    z = 0,
    count = 0;
  for (let at = 0; at < q.length; at += 4) {
    const qw = q[at],
      qx = q[at + 1],
      qy = q[at + 2],
      qz = q[at + 3];
    if (!Number.isFinite(qw)) continue;
    x += 2 * (qx * qz - qw * qy);
    y += 2 * (qy * qz + qw * qx);
    z += 1 - 2 * (qx * qx + qy * qy);
    count++;
  }
  return count === 0 ? 0 : 1 - Math.sqrt(x * x + y * y + z * z) / count;
}
