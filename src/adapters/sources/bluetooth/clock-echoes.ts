import type { DeviceFamily } from '../../../core/device/device-family.ts';
import { ECHO_SCHEDULE, type ClockEcho } from '../../../core/packet/clock-echo.ts';
import { writeCommand, type GattLink } from './gatt-link.ts';
import type { OperationQueue } from './operation-queue.ts';

/** So many questions without an answer: the device has none. */
const MOST_UNANSWERED = 8;
const TOKEN_MODULUS = 2 ** 32;

/**
 * Asks a streaming device for its clock and hands on what it says. Streaming goes first: nothing waits for this, and
 * whatever fails here only ends the asking.
 */
export class ClockEchoes {
  readonly #link: GattLink;
  readonly #family: DeviceFamily;
  readonly #operations: OperationQueue;
  readonly #sensorIndex: number;
  readonly #onEcho: (echo: ClockEcho) => void;
  readonly #sentHostTimeMs = new Map<number, number>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #token = 0;
  #ended = false;

  constructor(
    link: GattLink,
    operations: OperationQueue,
    sensorIndex: number,
    onEcho: (echo: ClockEcho) => void,
  ) {
    this.#link = link;
    this.#family = link.family;
    this.#operations = operations;
    this.#sensorIndex = sensorIndex;
    this.#onEcho = onEcho;
  }

  /** Subscribes to the answers and begins to ask; for a device without clock or command characteristic nothing happens. */
  async begin(): Promise<void> {
    const { command } = this.#link;
    if (command === null || this.#family.bluetooth.clockEchoCommand === null) return;
    command.addEventListener('characteristicvaluechanged', this.#onNotification);
    try {
      await this.#operations.run(() => command.startNotifications());
      this.#askLater(ECHO_SCHEDULE.leastWaitMs);
    } catch {
      this.end();
    }
  }

  /** The subscription is left as it is: another operation would only keep the link busy. */
  end(): void {
    this.#ended = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#link.command?.removeEventListener('characteristicvaluechanged', this.#onNotification);
  }

  #askLater(waitMs: number): void {
    if (this.#ended) return;
    this.#timer = setTimeout(() => void this.#ask(), waitMs);
  }

  async #ask(): Promise<void> {
    const { command } = this.#link;
    const bytes = this.#family.bluetooth.clockEchoCommand?.(this.#token);
    if (command === null || bytes === undefined) return;
    const token = this.#token;
    this.#token = (this.#token + 1) % TOKEN_MODULUS;
    try {
      await this.#operations.run(async () => {
        if (this.#ended) return;
        // Here, not before the queue: what waited in it did not travel.
        this.#sentHostTimeMs.set(token, performance.now());
        await writeCommand(command, bytes);
      });
    } catch {
      this.end();
      return;
    }
    if (this.#sentHostTimeMs.size > MOST_UNANSWERED) this.end();
    else this.#askLater(this.#waitMs());
  }

  #waitMs(): number {
    const { firstCount, laterCount, leastWaitMs, longestWaitMs, pauseMs } = ECHO_SCHEDULE;
    const later = this.#token - firstCount;
    if (later >= 0 && later % laterCount === 0) return pauseMs;
    return leastWaitMs + (longestWaitMs - leastWaitMs) * Math.random();
  }

  readonly #onNotification = (event: Event): void => {
    const receivedHostTimeMs = performance.now();
    const view = (event.target as BluetoothRemoteGATTCharacteristic).value;
    const reply = view && this.#family.bluetooth.readReply(view);
    if (!reply) return;
    // A device that refuses one question refuses all.
    if (reply.kind === 'refused' && reply.command === 'clockEcho') this.end();
    if (reply.kind !== 'clockEcho') return;
    const sentHostTimeMs = this.#sentHostTimeMs.get(reply.token);
    if (sentHostTimeMs === undefined) return;
    // One answer shows that the device can: older questions are lost, not refused.
    this.#sentHostTimeMs.clear();
    this.#onEcho({
      sensorIndex: this.#sensorIndex,
      sentHostTimeMs,
      receivedHostTimeMs,
      deviceReceivedTicks: reply.receivedTicks,
      deviceSentTicks: reply.sentTicks,
    });
  };
}
