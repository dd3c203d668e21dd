import type { SessionResult } from '../../../src/core/pipeline/session-result.ts';
import type { RecordedInput } from '../../../src/core/recording/recording-inputs.ts';
import type {
  RecorderListener,
  SessionRecorder,
  SessionStart,
  SessionStore,
} from '../../../src/core/recording/session-recorder.ts';
import type { SessionRecording } from '../../../src/core/recording/session-recording.ts';

/** A session log whose disk the test works: nothing is stored before {@link MemoryStore.flush}. */
export class MemoryStore implements SessionStore {
  readonly disk: RecordedInput[] = [];
  readonly repetitionPositions: number[] = [];
  result: SessionResult | null = null;
  recordsElsewhere = false;
  #open: RecordedInput[] = [];
  #listener: RecorderListener | null = null;

  /** Stores what was appended and says so. */
  flush(): void {
    this.disk.push(...this.#open);
    this.#open = [];
    const last = this.disk.at(-1);
    if (last) this.#listener?.onStored(last.order);
  }

  /** What a dead writer leaves: its open chunk is gone. */
  loseOpenChunk(): void {
    this.#open = [];
    this.#listener = null;
  }

  fail(): void {
    this.#listener?.onTrouble({ kind: 'storageFull', keepsResult: true });
  }

  open(_start: SessionStart, listener: RecorderListener): Promise<SessionRecorder | 'recordingElsewhere'> {
    if (this.recordsElsewhere) return Promise.resolve('recordingElsewhere');
    return Promise.resolve(this.#createRecorder(listener));
  }

  async reopen(
    sessionId: string,
    listener: RecorderListener,
  ): Promise<{ recorder: SessionRecorder; recording: SessionRecording }> {
    return { recorder: this.#createRecorder(listener), recording: await this.readRecording(sessionId) };
  }

  readRecording(sessionId: string): Promise<SessionRecording> {
    const packetsBySensor = new Map<number, Extract<RecordedInput, { kind: 'packet' }>[]>();
    for (const input of this.disk) {
      if (input.kind !== 'packet') continue;
      packetsBySensor.set(input.sensorIndex, [...(packetsBySensor.get(input.sensorIndex) ?? []), input]);
    }
    const commands = this.disk.filter((input) => input.kind === 'command');
    const sensors = commands.flatMap(({ command }) => {
      if (command.kind !== 'attachSensor') return [];
      const packets = packetsBySensor.get(command.sensor.sensorIndex) ?? [];
      const offsets = Uint32Array.from({ length: packets.length + 1 }, () => 0);
      packets.forEach(({ bytes }, i) => (offsets[i + 1] = offsets[i] + bytes.byteLength));
      return {
        description: command.sensor,
        role: command.role,
        packets: {
          count: packets.length,
          order: Uint32Array.from(packets, ({ order }) => order),
          hostTimeMs: Float64Array.from(packets, ({ hostTimeMs }) => hostTimeMs),
          offsets,
          bytes: Uint8Array.from(packets.flatMap(({ bytes }) => [...bytes])),
        },
      };
    });
    return Promise.resolve({
      recordingId: sessionId,
      startedAtUtc: '2026-05-04T10:00:00.000Z',
      simulated: true,
      engineVersion: 'test',
      sensors,
      commands,
      result: this.result,
    });
  }

  #createRecorder(listener: RecorderListener): SessionRecorder {
    this.#listener = listener;
    return {
      appendPacket: (order, { sensorIndex, hostTimeMs, bytes }) => {
        this.#open.push({ kind: 'packet', order, sensorIndex, hostTimeMs, bytes: bytes.slice() });
      },
      appendCommand: (order, hostTimeMs, command) => {
        this.#open.push({ kind: 'command', order, hostTimeMs, command });
      },
      appendRepetition: (position) => this.repetitionPositions.push(position),
      finish: (result) => {
        this.flush();
        this.result = result;
        return Promise.resolve();
      },
      close: () => {
        this.flush();
        return Promise.resolve();
      },
    };
  }
}
