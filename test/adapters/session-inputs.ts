import type { SensorDescription } from '../../src/core/packet/packet.ts';
import type { SessionResult } from '../../src/core/pipeline/session-result.ts';
import type { RecordedInput } from '../../src/core/recording/recording-inputs.ts';
import type { SessionStart } from '../../src/core/recording/session-recorder.ts';

/** Makings of small sessions for the tests of the rim. Their packets are bytes of no family: nothing decodes them. */
export function describeSensor(sensorIndex: number): SensorDescription {
  return {
    sensorIndex,
    sensorId: `unit-${sensorIndex}`,
    family: 'thora-nano33',
    stream: '',
    name: `Unit ${sensorIndex}`,
    firmware: null,
    nominalRateHz: 100,
    simulated: true,
  };
}

export function startOf(sessionId: string, startedAtUtc = '2026-05-04T10:00:00.000Z'): SessionStart {
  return { sessionId, startedAtUtc, simulated: true, engineVersion: 'test' };
}

export const EMPTY_RESULT: SessionResult = {
  engineVersion: 'test',
  sensors: [],
  sets: [],
  flags: [],
  findings: [],
  calibrationQuality: null,
  painBefore: null,
  painAfter: null,
};

/** Two sensors join, then a packet of each every 40 ms; byte values tell the packets apart. */
export function twoSensorInputs(packetCount: number): RecordedInput[] {
  const inputs: RecordedInput[] = [];
  const roles = ['upperBack', 'lowerBack'] as const;
  roles.forEach((role, sensorIndex) => {
    const command = { kind: 'attachSensor', sensor: describeSensor(sensorIndex), role } as const;
    inputs.push({ kind: 'command', order: inputs.length, hostTimeMs: 1000, command });
  });
  for (let i = 0; i < packetCount; i++) {
    const order = inputs.length;
    const bytes = Uint8Array.of(i & 0xff, i >> 8, order & 0xff);
    inputs.push({ kind: 'packet', order, sensorIndex: i % 2, hostTimeMs: 1000 + 20 * i, bytes });
  }
  return inputs;
}
