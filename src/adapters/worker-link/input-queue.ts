import type { RecordedInput } from '../../core/recording/recording-inputs.ts';
import type { MessageToHost } from './link-messages.ts';

/**
 * Inputs that are not on disk yet, kept in the window so that the death of the worker loses none of them. In an
 * unrecorded session (or once the disk is full) that is all of them: about 30 MB an hour for three sensors.
 */
export class InputQueue {
  #inputs: RecordedInput[] = [];
  #nextOrder = 0;

  get length(): number {
    return this.#inputs.length;
  }

  /** The order of the next input. */
  takeOrder(): number {
    return this.#nextOrder++;
  }

  keep(input: RecordedInput): void {
    this.#inputs.push(input);
  }

  releaseThrough(order: number): void {
    let count = 0;
    while (count < this.#inputs.length && this.#inputs[count]!.order <= order) count++;
    if (count > 0) this.#inputs.splice(0, count);
  }

  /** Sends every kept input again; copies go, because a transfer would empty the queue. */
  sendAll(post: (message: MessageToHost, transfer: Transferable[]) => void): void {
    for (const input of this.#inputs) {
      if (input.kind === 'command') post(input, []);
      else {
        const bytes = input.bytes.slice();
        post({ ...input, bytes }, [bytes.buffer]);
      }
    }
  }
}
