import type { OrientationSeries } from '../fusion/imu-series.ts';
import { SIGMA_OFFSET, type OrientationFilter } from '../fusion/orientation-filter.ts';
import { refineOrientation } from '../fusion/refine-orientation.ts';
import { createThoraFilter } from '../fusion/thora-filter.ts';
import type { SessionRecording } from '../recording/session-recording.ts';
import { wornFilterParams, type LivePipelineOptions } from './live-pipeline.ts';
import { replaySession, type SessionReplay } from './live-replay.ts';
import { SampleTap } from './sample-tap.ts';

/** A session computed twice: as the screen showed it, and with the whole recording known. */
export interface RefinedReplay {
  readonly live: SessionReplay;
  /** What reports use. Steps, sets and repetitions come from the same code; only the orientations are better. */
  readonly refined: SessionReplay;
}

/**
 * Plays a session through the chain, smooths every sensor's orientation over the whole recording, and plays it again
 * with these in place of the live ones.
 *
 * @param onProgress share done, 0 to 1, after each part
 * @param onGrid every instant of the refined one
 */
export function replayRefined(
  recording: SessionRecording,
  onProgress: (share: number) => void = () => undefined,
  onGrid?: LivePipelineOptions['onGrid'],
): RefinedReplay {
  const taps: { readonly tap: SampleTap; readonly refine: () => OrientationSeries }[] = [];
  const live = replaySession(recording, {
    createFilter: (family, initial) => {
      const params = wornFilterParams(family);
      const tap = new SampleTap(createThoraFilter(params, initial));
      taps.push({ tap, refine: () => refineOrientation(tap.series(), params) });
      return tap;
    },
  });
  const parts = taps.length + 2;
  onProgress(1 / parts);
  const players = taps.map(({ tap, refine }, i) => {
    const player = new OrientationPlayer(refine(), tap.headingWalkRad2(), tap.resting());
    onProgress((2 + i) / parts);
    return player;
  });
  let next = 0;
  // Filters are made in the order in which sensors are attached, which is the recording's.
  const refined = replaySession(recording, {
    createFilter: () => players[next++],
    ...(onGrid && { onGrid }),
  });
  onProgress(1);
  return { live, refined };
}

/** Gives orientations that are known already, one for each sample. */
class OrientationPlayer implements OrientationFilter {
  readonly name = 'thora-refined';
  readonly qEarthFromSensor = Float64Array.of(1, 0, 0, 0);
  readonly gyroBiasRadPerS: Float64Array;
  readonly sigma = new Float64Array(SIGMA_OFFSET.length);
  readonly flags = new Uint8Array(2);

  private readonly known: OrientationSeries;
  private readonly headingWalkRad2: Float64Array;
  private readonly liveResting: Uint8Array;
  private row = 0;

  /**
   * @param headingWalkRad2 what noise and holes add to the heading along the recording. The smoother states the doubt
   *   of each moment by itself; a turn is a difference between two moments, and this growth bounds that.
   */
  constructor(known: OrientationSeries, headingWalkRad2: Float64Array, liveResting: Uint8Array) {
    this.known = known;
    this.headingWalkRad2 = headingWalkRad2;
    this.liveResting = liveResting;
    this.gyroBiasRadPerS = known.gyroBiasRadPerS;
    for (let i = 0; i < 3; i++) this.sigma[SIGMA_OFFSET.gyroBiasRadPerS + i] = known.gyroBiasSigmaRadPerS[i];
  }

  update(): void {
    const { known, row } = this;
    for (let i = 0; i < 4; i++) this.qEarthFromSensor[i] = known.qEarthFromSensor[4 * row + i];
    this.sigma[SIGMA_OFFSET.inclinationRad] = known.inclinationSigmaRad[row];
    this.sigma[SIGMA_OFFSET.headingRad] = known.headingSigmaRad[row];
    this.sigma[SIGMA_OFFSET.headingWalkRad2] = this.headingWalkRad2[row];
    this.flags[0] = this.liveResting[row];
    this.flags[1] = this.qEarthFromSensor[0] === this.qEarthFromSensor[0] ? 0 : 1;
    this.row++;
  }

  reset(): void {
    this.row = 0;
  }

  /** What is known already learns nothing more. */
  takeGuidedRest(): void {}

  restartHeading(): void {}
}
