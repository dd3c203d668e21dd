import type { SensorDescription } from '../../core/packet/packet.ts';
import type { PacketLog, RecordedSensor, SessionRecording } from '../../core/recording/session-recording.ts';
import { PackedChunkBuilder, squeezeChunk, unpackChunk } from './packed-chunk.ts';
import type { UnpackedPacket } from './packed-chunk.ts';
import { RecordedRoles } from './recorded-roles.ts';
import type { ChunkRow, CommandRow, SessionRow } from './session-database.ts';

/** Packets of an imported session are cut into chunks of this many: there is no clock to cut by. */
const IMPORTED_CHUNK_PACKETS = 256;

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

/** The rows of a recording that comes from elsewhere. */
export function disassembleRecording(
  sessionId: string,
  recording: SessionRecording,
): { row: SessionRow; chunkRows: ChunkRow[]; commandRows: CommandRow[] } {
  let firstHostTimeMs = Infinity;
  let lastHostTimeMs = -Infinity;
  const note = (hostTimeMs: number): void => {
    firstHostTimeMs = Math.min(firstHostTimeMs, hostTimeMs);
    lastHostTimeMs = Math.max(lastHostTimeMs, hostTimeMs);
  };
  const roles = new RecordedRoles();
  const commandRows = recording.commands.map(({ order, hostTimeMs, command }) => {
    note(hostTimeMs);
    roles.note(command);
    return { sessionId, order, hostTimeMs, command };
  });
  if (recording.result) roles.noteResult(recording.result);

  const chunkRows: ChunkRow[] = [];
  const builder = new PackedChunkBuilder();
  for (const { description, packets } of recording.sensors) {
    const closeChunk = (): void => {
      chunkRows.push({ sessionId, sensorIndex: description.sensorIndex, ...squeezeChunk(builder.seal()) });
    };
    for (let i = 0; i < packets.count; i++) {
      const hostTimeMs = packets.hostTimeMs[i]!;
      note(hostTimeMs);
      builder.append(
        packets.order[i]!,
        hostTimeMs,
        packets.bytes.subarray(packets.offsets[i], packets.offsets[i + 1]),
      );
      if (builder.count >= IMPORTED_CHUNK_PACKETS) closeChunk();
    }
    if (builder.count > 0) closeChunk();
  }
  const row: SessionRow = {
    sessionId,
    startedAtUtc: recording.startedAtUtc,
    simulated: recording.simulated,
    engineVersion: recording.engineVersion,
    origin: 'imported',
    state: recording.result ? 'finished' : 'open',
    firstHostTimeMs: Number.isFinite(firstHostTimeMs) ? firstHostTimeMs : NaN,
    lastHostTimeMs: Number.isFinite(lastHostTimeMs) ? lastHostTimeMs : NaN,
    roles: roles.list(),
    result: recording.result,
  };
  return { row, chunkRows, commandRows };
}
