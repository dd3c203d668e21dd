import { parseMountTriple } from '../../src/core/body/mount-triple.ts';
import { RAD_PER_DEG } from '../../src/core/math/angle.ts';
import type { AnalysisOptions, AnalysisSensor } from '../../src/core/pipeline/analysis-input.ts';
import { orientRefined } from '../../src/core/pipeline/analysis-orientation.ts';
import { analyseSeries, type RecordingAnalysis } from '../../src/core/pipeline/recording-analysis.ts';
import { createRandom, wearSensor, type BodyPose } from './worn-body.ts';

export const SMALL_RATE_HZ = 50;
export const SMALL_MOUNT = parseMountTriple('x:up,y:left,z:back');

/** Three bends to each side after 4 s of rest, then rest until 28 s. */
export function bends(timeS: number): BodyPose {
  const phase = timeS < 4 || timeS > 22 ? 0 : Math.sin((2 * Math.PI * (timeS - 4)) / 6);
  return {
    pelvis: [0, 4 * phase, 0],
    lumbar: [0, 14 * phase, 0],
    thorax: [1.5 * phase ** 2, 26 * phase, 4 * phase],
  };
}

/** Three stated sensors on a trunk that moves as `poseAt` says, 50 Hz. */
export function recordSmall(poseAt: (timeS: number) => BodyPose = bends, durationS = 28): AnalysisSensor[] {
  const random = createRandom(5);
  const conditions = {
    rateHz: SMALL_RATE_HZ,
    headingRad: 0.4,
    gyroNoiseRadPerS: 0.1 * RAD_PER_DEG,
    accNoiseMetersPerS2: 0.03,
    random,
  };
  return (['upperBack', 'lowerBack', 'pelvis'] as const).map((role) => ({
    role,
    prefix: { upperBack: 'ub', lowerBack: 'lb', pelvis: 'pv' }[role],
    series: wearSensor(
      { role, qSegmentFromSensor: SMALL_MOUNT, gyroBiasRadPerS: [0.004, -0.003, 0.005], softTissue: 0 },
      poseAt,
      durationS,
      conditions,
    ),
    rateHz: SMALL_RATE_HZ,
    qSegmentFromSensor: SMALL_MOUNT,
  }));
}

export function analyseSmall(
  sensors: readonly AnalysisSensor[],
  options: Partial<AnalysisOptions> = {},
  orient = orientRefined,
): RecordingAnalysis {
  return analyseSeries(sensors, { mode: 'refined', neutral: null, pose: 'upright', ...options }, orient);
}
