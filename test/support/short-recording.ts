import type { PacketLog, SessionRecording } from '../../src/core/recording/session-recording.ts';
import { builtInScript } from '../../src/core/simulation/session-script.ts';
import { simulateSession } from '../../src/core/simulation/simulate-session.ts';

/** Two simulated sensors with eight packets each, every command of a session, and a result with numbers that JSON lacks. */
export function shortRecording(): SessionRecording {
  const { recording } = simulateSession(builtInScript('seated-rotation', 1)!, {
    roles: ['upperBack', 'lowerBack'],
    seed: 3,
    rateHz: 26,
    samplesPerPacket: 13,
  });
  return {
    ...recording,
    sensors: recording.sensors.map((one) => ({ ...one, packets: firstPackets(one.packets, 8) })),
    result: {
      engineVersion: '0.1.0',
      sensors: [
        {
          sensorIndex: 0,
          role: 'upperBack',
          sampleCount: 100,
          rateHz: 26,
          missingFraction: NaN,
          gyroBiasRadPerS: [-0, 0.001, 1 / 3],
          rejectedPacketCount: 0,
        },
      ],
      sets: [],
      flags: [{ name: 'GAP', sensorIndex: null, startMs: 0, endMs: Infinity, detail: 'ação' }],
      findings: [],
      calibrationQuality: null,
      painBefore: 3,
      painAfter: null,
    },
  };
}

function firstPackets(log: PacketLog, count: number): PacketLog {
  return {
    count,
    order: log.order.slice(0, count),
    hostTimeMs: log.hostTimeMs.slice(0, count),
    offsets: log.offsets.slice(0, count + 1),
    bytes: log.bytes.slice(0, log.offsets[count]),
  };
}
