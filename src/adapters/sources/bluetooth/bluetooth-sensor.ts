import type { DeviceFamily } from '../../../core/device/device-family.ts';
import type { ClockEcho } from '../../../core/packet/clock-echo.ts';
import type { PacketSource, SensorDescription, SensorPacket } from '../../../core/packet/packet.ts';
import { SensorError } from '../../../core/packet/sensor-error.ts';
import type { ConnectedSensor } from '../../../ui/services.ts';
import { mapBluetoothError } from './bluetooth-error.ts';
import { ClockEchoes } from './clock-echoes.ts';
import { FirstPacket } from './first-packet.ts';
import { openGattLink, writeCommand } from './gatt-link.ts';
import type { GattLink } from './gatt-link.ts';
import type { OperationQueue } from './operation-queue.ts';
import { StallWatch } from './stall-watch.ts';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 8000;

/** Waiting time before reconnection attempt `attempt` (0-based), ms. */
export function retryDelayMs(attempt: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt);
}

/**
 * One connected device. Streams on demand, and brings a fallen or silent link back by itself until it is told to
 * disconnect: after each reconnection all handles are fetched again and the start commands are written again.
 */
export class BluetoothSensor implements ConnectedSensor {
  readonly description: SensorDescription;
  readonly batteryPercent: number | null;
  readonly identify: (() => Promise<void>) | null;
  readonly source: PacketSource;

  readonly #device: BluetoothDevice;
  readonly #family: DeviceFamily;
  readonly #connects: OperationQueue;
  readonly #operations: OperationQueue;
  readonly #linkListeners = new Set<(connected: boolean) => void>();
  readonly #stallWatch = new StallWatch(() => this.#onLinkLost());
  #link: GattLink | null;
  #onPacket: ((packet: SensorPacket) => void) | null = null;
  #onClockEcho: ((echo: ClockEcho) => void) | null = null;
  #echoes: ClockEchoes | null = null;
  #firstPacket: FirstPacket | null = null;
  #connected = true;
  #closed = false;
  #recovering = false;
  #cancelWait: (() => void) | null = null;

  constructor(
    device: BluetoothDevice,
    link: GattLink,
    queues: { readonly connects: OperationQueue; readonly operations: OperationQueue },
    facts: { readonly description: SensorDescription; readonly batteryPercent: number | null },
  ) {
    this.#device = device;
    this.#link = link;
    this.#family = link.family;
    this.#connects = queues.connects;
    this.#operations = queues.operations;
    this.description = facts.description;
    this.batteryPercent = facts.batteryPercent;
    const blink = link.family.bluetooth.identifyCommand();
    this.identify = blink && link.command ? () => this.#write([blink]) : null;
    this.source = {
      start: (onPacket, onClockEcho) => this.#start(onPacket, onClockEcho),
      stop: () => this.#stop(),
    };
    device.addEventListener('gattserverdisconnected', this.#onLinkLost);
  }

  onLinkChange(listener: (connected: boolean) => void): () => void {
    this.#linkListeners.add(listener);
    return () => this.#linkListeners.delete(listener);
  }

  async disconnect(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelWait?.();
    await this.#stop();
    // A stop that somebody else asked for may still be on its way to the device.
    await this.#operations.run(() => Promise.resolve());
    this.#device.removeEventListener('gattserverdisconnected', this.#onLinkLost);
    this.#dropLink();
    this.#device.gatt?.disconnect();
  }

  async #start(
    onPacket: (packet: SensorPacket) => void,
    onClockEcho?: (echo: ClockEcho) => void,
  ): Promise<void> {
    if (this.#closed || !this.#link) throw new SensorError('linkLost', this.description.name);
    this.#onPacket = onPacket;
    this.#onClockEcho = onClockEcho ?? null;
    try {
      await this.#stream(this.#link);
    } catch (error) {
      // A link that fell meanwhile is being brought back; the caller decides whether to wait for it.
      if (!this.#recovering) this.#onPacket = null;
      throw error;
    }
  }

  async #stop(): Promise<void> {
    const wasStreaming = this.#onPacket !== null;
    this.#onPacket = null;
    this.#onClockEcho = null;
    this.#endEchoes();
    this.#stallWatch.stop();
    const link = this.#link;
    if (!wasStreaming || !link) return;
    link.data.removeEventListener('characteristicvaluechanged', this.#onNotification);
    try {
      await this.#write(this.#family.bluetooth.stopCommands());
      await this.#operations.run(() => link.data.stopNotifications());
    } catch {
      // The link fell on the way out: the device stops by itself then.
    }
  }

  /** Subscribes, writes the start commands and waits for the first packet. */
  async #stream(link: GattLink): Promise<void> {
    const firstPacket = new FirstPacket(this.description.name);
    this.#firstPacket = firstPacket;
    try {
      // The listener goes first: nothing that arrives during the subscription is missed, or heard twice.
      link.data.removeEventListener('characteristicvaluechanged', this.#onNotification);
      link.data.addEventListener('characteristicvaluechanged', this.#onNotification);
      await this.#operations.run(() => link.data.startNotifications());
      await this.#write(this.#family.bluetooth.startCommands(this.description.nominalRateHz));
      await firstPacket.wait();
    } catch (error) {
      throw mapBluetoothError(error, 'subscribe', this.description.name);
    } finally {
      if (this.#firstPacket === firstPacket) this.#firstPacket = null;
    }
    this.#stallWatch.start();
    this.#beginEchoes(link);
  }

  /** Only once samples flow: their way is not to be stood in. */
  #beginEchoes(link: GattLink): void {
    this.#endEchoes();
    const onEcho = this.#onClockEcho;
    if (onEcho === null || this.#link !== link) return;
    this.#echoes = new ClockEchoes(link, this.#operations, this.description.sensorIndex, onEcho);
    void this.#echoes.begin();
  }

  #endEchoes(): void {
    this.#echoes?.end();
    this.#echoes = null;
  }

  readonly #onNotification = (event: Event): void => {
    const hostTimeMs = performance.now();
    const view = (event.target as BluetoothRemoteGATTCharacteristic).value;
    if (!view || !this.#onPacket) return;
    // The value's buffer belongs to the browser, and the value may be a part of it.
    const bytes = new Uint8Array(view.byteLength);
    bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
    this.#stallWatch.notePacket(hostTimeMs);
    // Before the packet: it must not be taken for one of the old stretch.
    this.#setConnected(true);
    this.#firstPacket?.arrive();
    this.#onPacket({ sensorIndex: this.description.sensorIndex, hostTimeMs, bytes });
  };

  async #write(commands: readonly Uint8Array[]): Promise<void> {
    const characteristic = this.#link?.command;
    if (!characteristic) {
      if (this.#link) return;
      throw new SensorError('linkLost', this.description.name);
    }
    for (const command of commands) {
      await this.#operations
        .run(() => writeCommand(characteristic, command))
        .catch((error: unknown) => {
          throw mapBluetoothError(error, 'write', this.description.name);
        });
    }
  }

  readonly #onLinkLost = (): void => {
    if (this.#closed) return;
    this.#dropLink();
    this.#firstPacket?.fail(new SensorError('linkLost', this.description.name));
    this.#setConnected(false);
    if (!this.#recovering) void this.#recover();
  };

  /** Tries again, ever more slowly, until the link is back and its data flows. */
  async #recover(): Promise<void> {
    this.#recovering = true;
    for (let attempt = 0; !this.#closed; attempt++) {
      // A silent link must fall before it can be made anew.
      this.#device.gatt?.disconnect();
      await this.#wait(retryDelayMs(attempt));
      if (this.#closed) break;
      try {
        await this.#reconnect();
        break;
      } catch {
        this.#dropLink();
      }
    }
    this.#recovering = false;
  }

  async #reconnect(): Promise<void> {
    const link = await openGattLink(this.#device, [this.#family], this.#connects, this.#operations);
    if (this.#closed) {
      link.server.disconnect();
      return;
    }
    this.#link = link;
    if (this.#onPacket) await this.#stream(link);
    // The link may have fallen again between the last answer and here.
    if (!link.server.connected) throw new SensorError('linkLost', this.description.name);
    this.#setConnected(true);
  }

  #wait(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#cancelWait = null;
        resolve();
      };
      const timer = setTimeout(done, durationMs);
      this.#cancelWait = done;
    });
  }

  #dropLink(): void {
    this.#stallWatch.stop();
    this.#endEchoes();
    this.#link?.data.removeEventListener('characteristicvaluechanged', this.#onNotification);
    this.#link = null;
  }

  #setConnected(connected: boolean): void {
    if (this.#connected === connected) return;
    this.#connected = connected;
    for (const listener of this.#linkListeners) listener(connected);
  }
}
