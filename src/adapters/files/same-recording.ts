import type { PacketLog, SessionRecording } from '../../core/recording/session-recording.ts';

/** Whether two recordings are of one session: the same packets of the same sensors, and as many commands. */
export function holdSameInputs(a: SessionRecording, b: SessionRecording): boolean {
  if (a.sensors.length !== b.sensors.length || a.commands.length !== b.commands.length) return false;
  return a.sensors.every(({ description, packets }) => {
    const other = b.sensors.find((sensor) => sensor.description.sensorIndex === description.sensorIndex);
    return other !== undefined && holdSamePackets(packets, other.packets);
  });
}

function holdSamePackets(a: PacketLog, b: PacketLog): boolean {
  return (
    a.count === b.count &&
    a.bytes.length === b.bytes.length &&
    a.bytes.every((byte, index) => byte === b.bytes[index])
  );
}
