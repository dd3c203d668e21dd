import type { SensorDescription } from '../../core/packet/packet.ts';
import type { PacketLog, RecordedSensor, SessionRecording } from '../../core/recording/session-recording.ts';
import { unpackChunk } from './packed-chunk.ts';
import type { UnpackedPacket } from './packed-chunk.ts';
import { RecordedRoles } from './recorded-roles.ts';
import type { ChunkRow, CommandRow, SessionRow } from './session-database.ts';

/**
 * One recording from its rows. `chunks` rise by sensor and order, `commands` by order, as their keys do. A chunk
 * whose bytes were damaged is left out: a gap that the chain can see is better than numbers from broken bytes.
 */
export function assembleRecording(
  row: SessionRow,
  chunks: readonly ChunkRow[],
  commands: readonly CommandRow[],
): SessionRecording {
  const descriptions = new Map<number, SensorDescription>();
  const roles = new RecordedRoles();
  for (const { command } of commands) {
    roles.note(command);
    if (command.kind === 'attachSensor') descriptions.set(command.sensor.sensorIndex, command.sensor);
  }
  if (row.result) roles.noteResult(row.result);

  const packetsBySensor = new Map<number, UnpackedPacket[]>();
  for (const chunk of chunks) {
    const packets = packetsBySensor.get(chunk.sensorIndex) ?? [];
    packetsBySensor.set(chunk.sensorIndex, packets);
    for (const packet of unpackChunk(chunk) ?? []) packets.push(packet);
  }

  const sensors: RecordedSensor[] = [...descriptions.values()]
    .sort((a, b) => a.sensorIndex - b.sensorIndex)
    .map((description) => ({
      description,
      role: roles.roleOf(description.sensorIndex),
      packets: packPackets(packetsBySensor.get(description.sensorIndex) ?? []),
    }));
  return {
    recordingId: row.sessionId,
    startedAtUtc: row.startedAtUtc,
    simulated: row.simulated,
    engineVersion: row.engineVersion,
    sensors,
    commands: commands.map(({ order, hostTimeMs, command }) => ({ order, hostTimeMs, command })),
    result: row.result,
  };
}

function packPackets(packets: readonly UnpackedPacket[]): PacketLog {
  const order = new Uint32Array(packets.length);
  const hostTimeMs = new Float64Array(packets.length);
  const offsets = new Uint32Array(packets.length + 1);
  let byteCount = 0;
  for (const packet of packets) byteCount += packet.bytes.byteLength;
  const bytes = new Uint8Array(byteCount);
  let offset = 0;
  packets.forEach((packet, i) => {
    order[i] = packet.order;
    hostTimeMs[i] = packet.hostTimeMs;
    bytes.set(packet.bytes, offset);
    offset += packet.bytes.byteLength;
    offsets[i + 1] = offset;
  });
  return { count: packets.length, order, hostTimeMs, offsets, bytes };
}
