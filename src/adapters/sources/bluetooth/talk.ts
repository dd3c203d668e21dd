import type { Dialogue, Turn } from '../../../core/device/dialogue.ts';
import { SensorError } from '../../../core/packet/sensor-error.ts';

/** Holds a dialogue over the radio: writes what it says, hands it what is heard, and keeps its patience. */
export class Talk {
  readonly #dialogue: Dialogue;
  readonly #write: (command: Uint8Array) => Promise<void>;
  readonly #sensorName: string;
  #listens = false;
  #answer: Turn | null = null;
  #wake: (() => void) | null = null;
  #ended: SensorError | null = null;

  constructor(dialogue: Dialogue, write: (command: Uint8Array) => Promise<void>, sensorName: string) {
    this.#dialogue = dialogue;
    this.#write = write;
    this.#sensorName = sensorName;
  }

  /** An answer may come before the write that asked for it is reported as done. */
  hear(view: DataView): void {
    if (!this.#listens || this.#answer !== null) return;
    this.#answer = this.#dialogue.hear(view);
    if (this.#answer !== null) this.#wake?.();
  }

  end(error: SensorError): void {
    this.#ended = error;
    this.#wake?.();
  }

  /** Resolves when the dialogue is done. Rejects with {@link SensorError} where it failed or was ended. */
  async hold(first: Turn): Promise<void> {
    for (let turn = first; ;) {
      if (turn.next === 'failed')
        throw new SensorError(turn.code, this.#sensorName, { cause: new Error(turn.detail) });
      this.#answer = null;
      this.#listens = turn.next === 'listen';
      for (const command of turn.commands) await this.#write(command);
      if (turn.next === 'done') return;
      turn = await this.#nextTurn(turn.patienceMs);
    }
  }

  async #nextTurn(patienceMs: number): Promise<Turn> {
    if (this.#answer === null && this.#ended === null) await this.#wait(patienceMs);
    this.#listens = false;
    if (this.#ended !== null) throw this.#ended;
    return this.#answer ?? this.#dialogue.unanswered();
  }

  async #wait(durationMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, durationMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }
}
