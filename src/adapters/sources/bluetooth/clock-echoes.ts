import type { ClockEchoCommands, DeviceReply } from '../../../core/device/device-family.ts';
import { ECHO_SCHEDULE, type ClockEcho } from '../../../core/packet/clock-echo.ts';
import { writeCommand } from './gatt-link.ts';
import type { OperationQueue } from './operation-queue.ts';

/** How often a question waits for the answers that are due before the asking ends. */
const MOST_PUT_OFF = 10;

/**
 * Asks a streaming device for its clock and hands on what it says. Streaming goes first: nothing waits for this, and
 * whatever fails here only ends the asking.
 */
export class ClockEchoes {
  readonly #command: BluetoothRemoteGATTCharacteristic;
  readonly #commands: ClockEchoCommands;
  readonly #operations: OperationQueue;
  readonly #sensorIndex: number;
  readonly #onEcho: (echo: ClockEcho) => void;
  readonly #sentHostTimeMs = new Map<number, number>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #asked = 0;
  #putOff = 0;
  #ended = false;

  constructor(
    command: BluetoothRemoteGATTCharacteristic,
    commands: ClockEchoCommands,
    operations: OperationQueue,
    sensorIndex: number,
    onEcho: (echo: ClockEcho) => void,
  ) {
    this.#command = command;
    this.#commands = commands;
    this.#operations = operations;
    this.#sensorIndex = sensorIndex;
    this.#onEcho = onEcho;
  }

  begin(): void {
    this.#askLater(ECHO_SCHEDULE.leastWaitMs);
  }

  end(): void {
    this.#ended = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** @param receivedHostTimeMs when the reply was notified */
  hear(reply: DeviceReply, receivedHostTimeMs: number): void {
    // A device that refuses one question refuses all.
    if (reply.kind === 'refused' && reply.command === 'clockEcho') this.end();
    if (reply.kind !== 'clockEcho' || this.#ended) return;
    const sentHostTimeMs = this.#sentHostTimeMs.get(reply.token);
    if (sentHostTimeMs === undefined) return;
    // One answer shows that the device can: older questions are lost, not refused.
    this.#sentHostTimeMs.clear();
    this.#putOff = 0;
    this.#onEcho({
      sensorIndex: this.#sensorIndex,
      sentHostTimeMs,
      receivedHostTimeMs,
      deviceReceivedTicks: reply.receivedTicks,
      deviceSentTicks: reply.sentTicks,
    });
  }

  #askLater(waitMs: number): void {
    if (this.#ended) return;
    this.#timer = setTimeout(() => void this.#ask(), waitMs);
  }

  async #ask(): Promise<void> {
    if (this.#sentHostTimeMs.size >= this.#commands.mostUnanswered) {
      if (++this.#putOff > MOST_PUT_OFF) this.end();
      else this.#askLater(this.#waitMs());
      return;
    }
    const token = this.#asked++ % this.#commands.tokenModulus;
    try {
      await this.#operations.run(async () => {
        if (this.#ended) return;
        // Here, not before the queue: what waited in it did not travel.
        this.#sentHostTimeMs.set(token, performance.now());
        await writeCommand(this.#command, this.#commands.command(token));
      });
    } catch {
      this.end();
      return;
    }
    this.#askLater(this.#waitMs());
  }

  #waitMs(): number {
    const { firstCount, laterCount, leastWaitMs, longestWaitMs, pauseMs } = ECHO_SCHEDULE;
    const later = this.#asked - firstCount;
    if (this.#putOff === 0 && later >= 0 && later % laterCount === 0) return pauseMs;
    return leastWaitMs + (longestWaitMs - leastWaitMs) * Math.random();
  }
}
