import type { ImuSeries, OrientationSeries } from '../fusion/imu-series.ts';
import { runLiveOrientation } from '../fusion/orientation-run.ts';
import { refineOrientation } from '../fusion/refine-orientation.ts';
import { createThoraFilter } from '../fusion/thora-filter.ts';

/** Orientations as the screen would have shown them: causal, the worn preset, without magnetometer. */
export function orientLive(series: ImuSeries): OrientationSeries {
  return runLiveOrientation(createThoraFilter('worn'), series);
}

/** Orientations with the whole recording known, as reports use them. */
export function orientRefined(series: ImuSeries): OrientationSeries {
  return refineOrientation(series, 'worn');
}
