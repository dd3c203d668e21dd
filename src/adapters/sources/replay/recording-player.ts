import type { SensorPacket } from '../../../core/packet/packet.ts';
import type { PipelineCommand } from '../../../core/pipeline/pipeline-command.ts';
import { recordingInputs } from '../../../core/recording/recording-inputs.ts';
import type { RecordedInput } from '../../../core/recording/recording-inputs.ts';
import type { RecordedSensor, SessionRecording } from '../../../core/recording/session-recording.ts';
import type { ConnectedSensor } from '../../../ui/services.ts';

const TICK_MS = 20;
/** Inputs between two pauses for the rest of the page when playing at once. */
const INPUTS_PER_TURN = 200;

/**
 * Plays a recording through the door that the radio uses. Packets keep their recorded order and host times;
 * `speed` is 1 to 100 times real time, or 'atOnce'. Commands other than attachments go to `onCommand` in
 * between; whoever attaches the sensors makes the attachments anew.
 */
export class RecordingPlayer {
  readonly sensors: readonly ConnectedSensor[];
  readonly #recording: SessionRecording;
  readonly #speed: number | 'atOnce';
  readonly #listeners = new Map<number, (packet: SensorPacket) => void>();
  #stopped = false;

  constructor(recording: SessionRecording, speed: number | 'atOnce') {
    if (speed !== 'atOnce' && !(speed >= 1 && speed <= 100)) {
      throw new RangeError(`The replay speed must lie between 1 and 100, not ${speed}.`);
    }
    this.#recording = recording;
    this.#speed = speed;
    this.sensors = recording.sensors.map((sensor) => this.#createSensor(sensor));
  }

  /** Resolves after the last input, or after {@link stop}. */
  async play(onCommand: (command: PipelineCommand) => void): Promise<void> {
    const startMs = performance.now();
    let firstHostTimeMs = NaN;
    let sincePause = 0;
    for (const input of recordingInputs(this.#recording)) {
      if (Number.isNaN(firstHostTimeMs)) firstHostTimeMs = input.hostTimeMs;
      if (this.#speed === 'atOnce') {
        if (++sincePause % INPUTS_PER_TURN === 0) await pause(0);
      } else {
        const dueMs = startMs + (input.hostTimeMs - firstHostTimeMs) / this.#speed;
        while (!this.#stopped && performance.now() < dueMs) await pause(TICK_MS);
      }
      if (this.#stopped) return;
      this.#deliver(input, onCommand);
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  #deliver(input: RecordedInput, onCommand: (command: PipelineCommand) => void): void {
    if (input.kind === 'command') {
      if (input.command.kind !== 'attachSensor') onCommand(input.command);
      return;
    }
    const { sensorIndex, hostTimeMs, bytes } = input;
    this.#listeners.get(sensorIndex)?.({ sensorIndex, hostTimeMs, bytes: bytes.slice() });
  }

  #createSensor({ description }: RecordedSensor): ConnectedSensor {
    const { sensorIndex } = description;
    return {
      description,
      rates: null,
      batteryPercent: null,
      evidence: 'simulated',
      cautions: [],
      onTrouble: () => () => undefined,
      identify: null,
      resetHeading: null,
      canShareClock: false,
      readHealth: null,
      source: {
        start: (onPacket) => {
          this.#listeners.set(sensorIndex, onPacket);
          return Promise.resolve();
        },
        stop: () => {
          this.#listeners.delete(sensorIndex);
          return Promise.resolve();
        },
      },
      onLinkChange: () => () => undefined,
      disconnect: () => Promise.resolve(),
    };
  }
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
