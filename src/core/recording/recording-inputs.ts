import type { PipelineCommand } from '../pipeline/pipeline-command.ts';
import type { SessionRecording } from './session-recording.ts';

/** One input of a session: a packet as it arrived, or a command. */
export type RecordedInput =
  | {
      readonly kind: 'packet';
      readonly order: number;
      readonly sensorIndex: number;
      readonly hostTimeMs: number;
      /** A view into the recording's bytes: copy what must outlive it. */
      readonly bytes: Uint8Array;
    }
  | {
      readonly kind: 'command';
      readonly order: number;
      readonly hostTimeMs: number;
      readonly command: PipelineCommand;
    };

/** Every input of a recording in the order in which the session took it. */
export function* recordingInputs(recording: SessionRecording): Generator<RecordedInput, void, undefined> {
  const { commands, sensors } = recording;
  const nextPacket = new Uint32Array(sensors.length);
  let nextCommand = 0;
  for (;;) {
    let earliestSensor = -1;
    let earliestOrder = nextCommand < commands.length ? commands[nextCommand].order : Infinity;
    for (let s = 0; s < sensors.length; s++) {
      const { count, order } = sensors[s].packets;
      if (nextPacket[s] >= count || order[nextPacket[s]] >= earliestOrder) continue;
      earliestSensor = s;
      earliestOrder = order[nextPacket[s]];
    }
    if (earliestSensor >= 0) {
      const { description, packets } = sensors[earliestSensor];
      const i = nextPacket[earliestSensor]++;
      yield {
        kind: 'packet',
        order: earliestOrder,
        sensorIndex: description.sensorIndex,
        hostTimeMs: packets.hostTimeMs[i],
        bytes: packets.bytes.subarray(packets.offsets[i], packets.offsets[i + 1]),
      };
    } else if (nextCommand < commands.length) {
      yield { kind: 'command', ...commands[nextCommand++] };
    } else {
      return;
    }
  }
}
