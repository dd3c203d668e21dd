import type { PostureName } from '../body/posture-name.ts';
import type { SegmentRole } from '../body/segment-role.ts';
import type { GestureAxis } from '../body/functional-calibration.ts';

/** What the steps have found of one sensor so far. */
export interface SensorKnowledge {
  neutral: {
    readonly qEarthFromSensor: Float64Array;
    readonly posture: PostureName;
    /** HEADING_MARK of the sensor. */
    readonly headingMark: Float64Array;
    readonly stretch: number;
  } | null;
  bow: GestureAxis | null;
  armRaise: GestureAxis | null;
  /** Where it was worn when the gesture of its place was last judged. */
  judgedAs: SegmentRole | null;
  needsBench: boolean;
  /** Mean rate of the first guided rest, bias left in, and when that was. */
  firstRest: { readonly rateRadPerS: Float64Array; readonly startMs: number } | null;
}

export function nothingKnown(): SensorKnowledge {
  return { neutral: null, bow: null, armRaise: null, judgedAs: null, needsBench: false, firstRest: null };
}
