import { describe, expect, it } from 'vitest';
import type { SegmentRole } from '../../../src/core/body/segment-role.ts';
import { LIVE_FRAME, LIVE_SENSOR } from '../../../src/core/pipeline/live-frame.ts';
import { LivePipeline } from '../../../src/core/pipeline/live-pipeline.ts';
import type { PipelineFact } from '../../../src/core/pipeline/pipeline-fact.ts';
import { checkKit, rateAlarm, type SensorReading } from '../../../src/core/quality/kit-check.ts';
import { recordingInputs } from '../../../src/core/recording/recording-inputs.ts';
import { FAULT_NAMES, faultConditions, type FaultName } from '../../../src/core/simulation/faults.ts';
import type { SimulatedFamily } from '../../../src/core/simulation/packet-writer.ts';
import { builtInScript } from '../../../src/core/simulation/session-script.ts';
import { simulateSession } from '../../../src/core/simulation/simulate-session.ts';

const ROLES: readonly SegmentRole[] = ['upperBack', 'lowerBack'];
const NEEDS = { sensorCount: ROLES.length, sessionMinutes: 20, freeBytes: 1e9 };

function readingsOf(frame: Float64Array, nowMs: number): SensorReading[] {
  return ROLES.map((_, sensorIndex) => {
    const value = (offset: number) => frame[LIVE_FRAME.sensors + LIVE_SENSOR.stride * sensorIndex + offset]!;
    const lastMs = value(LIVE_SENSOR.hostTimeMs);
    return {
      sensorIndex,
      linked: true,
      silentMs: Number.isNaN(lastMs) ? Infinity : nowMs - lastMs,
      askedHz: 104,
      paceHz: value(LIVE_SENSOR.rateHz),
      deliveredHz: value(LIVE_SENSOR.deliveredHz),
      biasAgeS: value(LIVE_SENSOR.biasAgeS),
      batteryPercent: 90,
      clockSkew: value(LIVE_SENSOR.clockSkew),
      axisAgreement: value(LIVE_SENSOR.axisAgreement),
      turnRatio: value(LIVE_SENSOR.turnRatio),
      restarts: value(LIVE_SENSOR.restarts),
    };
  });
}

function namesOf(fact: PipelineFact): string[] {
  switch (fact.kind) {
    case 'flagRaised':
      return [`flag ${fact.flag.name} ${fact.flag.sensorIndex}`];
    case 'stepCompleted':
      return fact.findings.map((found) => `found ${found.kind} ${found.sensorIndex}`);
    case 'setPaused':
      return [`paused ${fact.cause}`];
    case 'repetitionEnded':
      return [
        ...(fact.repetition.counted ? ['move counted'] : []),
        ...fact.repetition.reasons.map((reason) => `move ${reason}`),
      ];
    default:
      return [];
  }
}

/** Everything that the app says of a session with these faults, as the screens would show it at some moment. */
function whatIsTold(faults: readonly FaultName[], family: SimulatedFamily = 'thora-nano33'): Set<string> {
  const { recording } = simulateSession(builtInScript('seated-rotation', 6)!, {
    roles: ROLES,
    seed: 41,
    conditions: faultConditions(faults),
    family,
  });
  const pipeline = new LivePipeline({ engineVersion: 'test' });
  const frame = new Float64Array(LIVE_FRAME.length);
  const told = new Set<string>();
  let lookAtMs = -Infinity;
  for (const input of recordingInputs(recording)) {
    if (input.kind === 'packet') pipeline.push(input);
    else pipeline.command(input.command, input.hostTimeMs);
    for (const fact of pipeline.drainFacts()) for (const name of namesOf(fact)) told.add(name);
    if (input.hostTimeMs < lookAtMs) continue;
    lookAtMs = input.hostTimeMs + 1000;
    pipeline.writeFrame(frame);
    const readings = readingsOf(frame, input.hostTimeMs);
    const alarm = rateAlarm(readings);
    if (alarm !== null) told.add(`rate ${alarm.kind} ${alarm.sensorIndex}`);
    for (const check of checkKit(readings, NEEDS))
      if (check.state === 'look') told.add(`kit ${check.name} ${check.sensorIndexes.join()}`);
  }
  return told;
}

/** What each fault must be called. */
const NAMED: Record<FaultName, readonly string[]> = {
  drift: ['flag NOT_SETTLED 0'],
  dropout: ['flag GAP 0', 'paused signalLost', 'kit connected 0'],
  halfRate: ['rate starved 0', 'kit rates 0', 'flag RATE_LOW 0'],
  swap: ['found maybeSwapped 0', 'flag SWAP_SUSPECT 0'],
  upsideDown: ['found upsideDown 0'],
  magnet: ['flag MAG_DISTURBED 0'],
  deadBattery: ['paused signalLost', 'kit connected 0'],
  restart: ['kit restart 0', 'flag GAP 0'],
  skew: ['kit clock 0,1'],
  leftHandedAxes: ['kit axes 0'],
  lowGyro: ['kit turns 0'],
};

describe('faults of the virtual kit', () => {
  const healthy = whatIsTold([]);

  it('are not seen in a healthy kit', () => {
    for (const name of Object.values(NAMED).flat()) expect([...healthy]).not.toContain(name);
    expect([...healthy].filter((name) => /^(rate|kit|flag)/.test(name))).toEqual([]);
  });

  it.each(FAULT_NAMES)('%s is told by its name @slow', (fault) => {
    const told = [...whatIsTold([fault])];
    for (const name of NAMED[fault]) expect(told).toContain(name);
  });

  it('are told of Movesense bytes as well, and a healthy kit of them counts @slow', () => {
    const well = [...whatIsTold([], 'movesense')];
    expect(well).toContain('move counted');
    expect(well.filter((name) => /^(rate|kit|flag)/.test(name))).toEqual([]);
    for (const fault of ['halfRate', 'magnet', 'restart', 'leftHandedAxes', 'lowGyro'] as const) {
      const told = [...whatIsTold([fault], 'movesense')];
      for (const name of NAMED[fault]) expect(told, fault).toContain(name);
    }
  });

  it('can be combined @slow', () => {
    const told = whatIsTold(['halfRate', 'upsideDown']);
    expect(told).toContain('rate starved 0');
    expect(told).toContain('found upsideDown 0');
  });
});
