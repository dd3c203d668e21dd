import { describe, expect, it } from 'vitest';
import { DEG_PER_RAD } from '../../../src/core/math/angle.ts';
import { cutSeries } from '../../../src/core/fusion/imu-series.ts';
import { orientLive, orientRefined } from '../../../src/core/pipeline/analysis-orientation.ts';
import { analyseSeries, type RecordingAnalysis } from '../../../src/core/pipeline/recording-analysis.ts';
import { imuSeriesFromPackets } from '../../../src/core/pipeline/sensor-timeline.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';
import { nominalMounting } from '../../../src/core/simulation/virtual-sensor.ts';

const ROLES = ['upperBack', 'lowerBack'] as const;
/** A sensor is silent for 2 s on the way into a turn that is then held for longer than the rests between turns. */
const { recording, truth } = simulateSession(
  { name: 'test', sets: [{ exerciseId: 'E01', side: null, repetitions: 6 }] },
  { roles: ROLES, seed: 13, conditions: { gapS: 2 } },
);
const atMs = (kind: string): number =>
  recording.commands.find(({ command }) => command.kind === kind)?.hostTimeMs ?? NaN;
const sensors = ROLES.map((role, i) => {
  const sensor = recording.sensors[i];
  if (sensor === undefined) throw new RangeError(`no sensor ${i}`);
  return {
    role,
    prefix: role,
    series: cutSeries(imuSeriesFromPackets(sensor), atMs('beginSet') / 1000 - 1, atMs('endSet') / 1000 + 1),
    rateHz: 104,
    qSegmentFromSensor: nominalMounting(role),
  };
});

const truePeaksDeg = (side: 'left' | 'right'): number[] =>
  truth.sets[0]?.repetitions
    .filter((one) => one.side === side)
    .map((one) => (one.peakRad ?? NaN) * DEG_PER_RAD) ?? [];

function expectWithinTruth(analysis: RecordingAnalysis): void {
  for (const [direction, side] of [
    ['rotationLeft', 'left'],
    ['rotationRight', 'right'],
  ] as const) {
    const range = analysis.rom[direction];
    if (range === undefined) continue;
    const peaks = truePeaksDeg(side);
    expect(range.maximumRad * DEG_PER_RAD).toBeLessThan(Math.max(...peaks) + 4);
    expect((range.centreRad - range.halfWidth95Rad) * DEG_PER_RAD).toBeLessThan(Math.max(...peaks));
    expect((range.centreRad + range.halfWidth95Rad) * DEG_PER_RAD).toBeGreaterThan(Math.min(...peaks));
    expect(range.halfWidth95Rad * DEG_PER_RAD).toBeLessThan(6);
  }
}

describe('a gap in a turn that is held at its end', () => {
  it('is bridged in a report by the rest that lies between turns to both sides, not by the hold @slow', () => {
    const analysis = analyseSeries(
      sensors,
      { mode: 'refined', neutral: null, pose: 'upright' },
      orientRefined,
    );
    expect(analysis.cycles.filter((one) => one.plane === 'rotation' && one.valid)).toHaveLength(3);
    expectWithinTruth(analysis);
  });

  it('counts no turn of which the heading is lost, without knowledge of what comes', () => {
    const analysis = analyseSeries(sensors, { mode: 'live', neutral: null, pose: 'upright' }, orientLive);
    expect(analysis.cycles.filter((one) => one.plane === 'rotation' && one.valid)).toHaveLength(2);
    expectWithinTruth(analysis);
  });
});
