import type { SegmentRole } from '../body/segment-role.ts';
import type { SensorDescription } from '../packet/packet.ts';
import type { PipelineCommand } from '../pipeline/pipeline-command.ts';
import type { SessionResult } from '../pipeline/session-result.ts';

/**
 * A whole session as it is kept and exchanged: every input in the order the pipeline saw it (packets with both
 * clocks, commands between them) and what came of it. Playing the inputs again gives the results again.
 */
export interface SessionRecording {
  readonly recordingId: string;
  /** ISO 8601 with zone, once per session; all other times are monotonic. */
  readonly startedAtUtc: string;
  readonly simulated: boolean;
  readonly engineVersion: string;
  readonly sensors: readonly RecordedSensor[];
  readonly commands: readonly RecordedCommand[];
  /** Null for a session that was never finished. */
  readonly result: SessionResult | null;
}

export interface RecordedSensor {
  readonly description: SensorDescription;
  /** Role at the end of the session. */
  readonly role: SegmentRole | null;
  readonly packets: PacketLog;
}

/** Packets of one sensor, packed. Packet i is `bytes.subarray(offsets[i], offsets[i + 1])`. */
export interface PacketLog {
  readonly count: number;
  /** Position in the session's common order of inputs, rising. */
  readonly order: Uint32Array;
  readonly hostTimeMs: Float64Array;
  /** count + 1 entries. */
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

const NO_PACKETS: PacketLog = {
  count: 0,
  order: new Uint32Array(0),
  hostTimeMs: new Float64Array(0),
  offsets: new Uint32Array(1),
  bytes: new Uint8Array(0),
};

/** What is kept of a session whose packets were let go. */
export function withoutPackets(recording: SessionRecording): SessionRecording {
  return { ...recording, sensors: recording.sensors.map((sensor) => ({ ...sensor, packets: NO_PACKETS })) };
}

export interface RecordedCommand {
  readonly order: number;
  readonly hostTimeMs: number;
  readonly command: PipelineCommand;
}
