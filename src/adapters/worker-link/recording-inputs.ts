import type { SessionRecording } from '../../core/recording/session-recording.ts';
import type { CommandMessage, PacketMessage } from './link-messages.ts';

/** Every input of a recording in the order the pipeline saw it. The bytes are views into the recording. */
export function forEachInput(
  recording: SessionRecording,
  visit: (input: PacketMessage | CommandMessage) => void,
): void {
  const { commands, sensors } = recording;
  const nextPacket = sensors.map(() => 0);
  let nextCommand = 0;
  for (;;) {
    let earliest = -1;
    let earliestOrder = commands[nextCommand]?.order ?? Infinity;
    sensors.forEach(({ packets }, s) => {
      const order = packets.order[nextPacket[s]!];
      if (order === undefined || order >= earliestOrder) return;
      earliest = s;
      earliestOrder = order;
    });
    if (earliest >= 0) {
      const { description, packets } = sensors[earliest]!;
      const i = nextPacket[earliest]!++;
      visit({
        kind: 'packet',
        order: earliestOrder,
        sensorIndex: description.sensorIndex,
        hostTimeMs: packets.hostTimeMs[i]!,
        bytes: packets.bytes.subarray(packets.offsets[i], packets.offsets[i + 1]),
      });
    } else if (nextCommand < commands.length) {
      visit({ kind: 'command', ...commands[nextCommand++]! });
    } else {
      return;
    }
  }
}
