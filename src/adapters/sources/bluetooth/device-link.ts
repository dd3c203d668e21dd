import type { DeviceFamily, DeviceWrite, FamilyRadio } from '../../../core/device/device-family.ts';
import type { Dialogue } from '../../../core/device/dialogue.ts';
import type { LiveStream } from '../../../core/device/live-stream.ts';
import type { ClockEcho } from '../../../core/packet/clock-echo.ts';
import { SensorError, type SensorErrorCode } from '../../../core/packet/sensor-error.ts';
import { isRevoked, mapBluetoothError } from './bluetooth-error.ts';
import {
  connectServer,
  copyValue,
  findHandles,
  subscribe,
  writeCommand,
  writeRequest,
  type GattLink,
} from './gatt-link.ts';
import {
  advanceLink,
  IDLE_LINK,
  isUp,
  type LinkEffect,
  type LinkEvent,
  type LinkState,
} from './link-transitions.ts';
import { OperationQueue } from './operation-queue.ts';
import { StreamRun } from './stream-run.ts';
import { Talk } from './talk.ts';

/** Shorter: while one device is not there, the others wait for their turn. */
const RECONNECT_MS = 8_000;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 8000;

/** What a person can do something about although the link is being brought back. */
const WORTH_TELLING: readonly SensorErrorCode[] = ['sensorExhausted', 'heldElsewhere', 'streamRefused'];

/** Waiting time before the next attempt after so many failures in a row, ms. */
export function retryDelayMs(failures: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, failures - 1));
}

export interface LinkPorts {
  /** Shared by all devices: one connects at a time. */
  readonly connects: OperationQueue;
  readonly families: readonly DeviceFamily[];
  /** How long the first connection may take. */
  readonly firstConnectMs: number;
  /** The device by its id, as the browser hands it out anew; null where it cannot. */
  findDevice(id: string): Promise<BluetoothDevice | null>;
  chooseStream(family: DeviceFamily): LiveStream;
}

export interface PacketSink {
  packet(hostTimeMs: number, bytes: Uint8Array): void;
  readonly clockEcho: ((echo: ClockEcho) => void) | null;
}

export interface OpenedLink {
  readonly link: GattLink;
  readonly dialogue: Dialogue;
  /** What it is asked for when samples are wanted. */
  readonly live: LiveStream;
}

interface Waiter {
  resolve(): void;
  reject(error: SensorError): void;
}

/**
 * Runs the table of `link-transitions.ts` for one device: carries out its effects and reports what came of them. What
 * belongs to a link that was let go is not heard any more.
 */
export class DeviceLink {
  readonly sensorIndex: number;
  readonly #ports: LinkPorts;
  readonly #linkListeners = new Set<(connected: boolean) => void>();
  readonly #troubleListeners = new Set<(error: SensorError) => void>();
  #device: BluetoothDevice;
  #state: LinkState = IDLE_LINK;
  /** Operations of the current connection. */
  #operations = new OperationQueue();
  /** Counts the connections that were let go. */
  #epoch = 0;
  #server: BluetoothRemoteGATTServer | null = null;
  #opened: OpenedLink | null = null;
  #link: GattLink | null = null;
  #run: StreamRun | null = null;
  #sink: PacketSink | null = null;
  #ending: Promise<void> = Promise.resolve();
  #closing: Promise<void> = Promise.resolve();
  #waiter: Waiter | null = null;
  #failure: SensorError | null = null;
  #told: SensorErrorCode | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #connected = true;
  #needsFreshDevice = false;
  /** How long to wait before the next attempt; null: by the failures so far. */
  #restMs: number | null = null;

  constructor(device: BluetoothDevice, sensorIndex: number, ports: LinkPorts) {
    this.#device = device;
    this.sensorIndex = sensorIndex;
    this.#ports = ports;
    device.addEventListener('gattserverdisconnected', this.#onLinkFell);
  }

  get name(): string {
    // A browser may hand out a device that it remembers with an empty name.
    return this.#device.name || (this.#opened?.link.family.name ?? '');
  }

  /** Of its family; null before it is known. */
  get radio(): FamilyRadio | null {
    return this.#opened?.link.family.bluetooth ?? null;
  }

  get isClosed(): boolean {
    return this.#state.name === 'closed';
  }

  /** Connects, finds what it is and asks who it is. Rejects with {@link SensorError}; the link is closed then. */
  async open(): Promise<OpenedLink> {
    await this.#ask('connectAsked');
    if (this.#opened === null) throw new SensorError('linkLost', this.name);
    return this.#opened;
  }

  /** Resolves when samples flow. Where the link falls on the way it rejects, and the samples come with the next link. */
  async startStream(sink: PacketSink): Promise<void> {
    if (!isUp(this.#state)) throw new SensorError('linkLost', this.name);
    await this.stopStream();
    this.#sink = sink;
    await this.#ask('streamAsked');
  }

  async stopStream(): Promise<void> {
    this.#sink = null;
    this.#dispatch('streamEnded');
    await this.#ending;
  }

  async close(): Promise<void> {
    this.#sink = null;
    this.#dispatch('closeAsked');
    await this.#closing;
  }

  /** What the next start of the stream asks for. */
  useStream(live: LiveStream): void {
    if (this.#opened) this.#opened = { ...this.#opened, live };
  }

  /** Lets the link go and connects again, with the samples that are wanted. */
  renew(): void {
    this.#dispatch('renewAsked');
  }

  /** Lets the link go, and connects again after a while. Resolves once it is back. */
  leaveAlone(restMs: number): Promise<void> {
    if (!isUp(this.#state)) return Promise.reject(new SensorError('linkLost', this.name));
    return new Promise((resolve) => {
      const stop = this.onLinkChange((connected) => {
        if (!connected) return;
        stop();
        resolve();
      });
      this.#restMs = restMs;
      this.renew();
    });
  }

  /** Writes over the current connection, each in its turn. */
  async write(requests: readonly DeviceWrite[]): Promise<void> {
    const link = this.#link;
    if (!link) throw new SensorError('linkLost', this.name);
    for (const request of requests)
      await writeRequest(link, this.#operations, request).catch((error: unknown) => {
        throw mapBluetoothError(error, 'write', this.name);
      });
  }

  /** What is asked of the link as it is now; null without one. */
  async ask<T>(
    question: (link: GattLink, operations: OperationQueue, run: StreamRun | null) => Promise<T>,
  ): Promise<T | null> {
    return this.#link && isUp(this.#state) ? question(this.#link, this.#operations, this.#run) : null;
  }

  onLinkChange(listener: (connected: boolean) => void): () => void {
    this.#linkListeners.add(listener);
    return () => this.#linkListeners.delete(listener);
  }

  onTrouble(listener: (error: SensorError) => void): () => void {
    this.#troubleListeners.add(listener);
    return () => this.#troubleListeners.delete(listener);
  }

  #ask(event: LinkEvent): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
      this.#failure = null;
      this.#dispatch(event);
    });
  }

  #dispatch(event: LinkEvent): void {
    const { state, effects } = advanceLink(this.#state, event);
    this.#state = state;
    for (const effect of effects) this.#carryOut(effect);
  }

  #carryOut(effect: LinkEffect): void {
    switch (effect) {
      case 'openLink':
        void this.#openLink();
        return;
      case 'findHandles':
        void this.#findHandles();
        return;
      case 'beginStream':
        this.#beginStream();
        return;
      case 'endStream':
        this.#endStream();
        return;
      case 'dropLink':
        this.#dropLink();
        return;
      case 'forgetDevice':
        this.#dropLink();
        this.#device.removeEventListener('gattserverdisconnected', this.#onLinkFell);
        this.#needsFreshDevice = true;
        return;
      case 'wait':
        this.#timer = setTimeout(
          () => this.#dispatch('waitOver'),
          this.#restMs ?? retryDelayMs(this.#state.failures),
        );
        this.#restMs = null;
        return;
      case 'tellReady':
      case 'tellFlowing':
        this.#told = null;
        this.#settle()?.resolve();
        return;
      case 'tellFailed':
        this.#settle()?.reject(this.#failure ?? new SensorError('linkLost', this.name));
        return;
      case 'tellUp':
        this.#setConnected(true);
        return;
      case 'tellDown':
        this.#setConnected(false);
        return;
      case 'tellStarved':
        this.#tellTrouble(new SensorError('halfRate', this.name));
        return;
      case 'tellRevoked':
        this.#tellTrouble(new SensorError('permissionRevoked', this.name, { cause: this.#failure }));
        return;
    }
  }

  #settle(): Waiter | null {
    const waiter = this.#waiter;
    this.#waiter = null;
    return waiter;
  }

  async #openLink(): Promise<void> {
    const epoch = this.#epoch;
    const isWanted = (): boolean => epoch === this.#epoch;
    try {
      if (this.#needsFreshDevice) await this.#renewDevice();
      const patienceMs = this.#state.established ? RECONNECT_MS : this.#ports.firstConnectMs;
      const server = await connectServer(this.#device, this.#ports.connects, patienceMs, isWanted);
      if (!isWanted()) return;
      this.#server = server;
      this.#dispatch('linkUp');
    } catch (error) {
      if (isWanted()) this.#fail(mapBluetoothError(error, 'connect', this.name));
    }
  }

  async #renewDevice(): Promise<void> {
    const fresh = await this.#ports.findDevice(this.#device.id).catch(() => null);
    this.#needsFreshDevice = false;
    if (this.isClosed) return;
    if (fresh) this.#device = fresh;
    this.#device.addEventListener('gattserverdisconnected', this.#onLinkFell);
  }

  async #findHandles(): Promise<void> {
    const epoch = this.#epoch;
    const operations = this.#operations;
    const server = this.#server;
    if (!server) return;
    const families = this.#opened ? [this.#opened.link.family] : this.#ports.families;
    try {
      const link = await findHandles(server, families, operations);
      if (epoch !== this.#epoch) return;
      if (this.#opened === null) {
        const opened = await this.#greet(link, operations);
        if (epoch !== this.#epoch) return;
        this.#opened = opened;
      }
      this.#link = link;
      this.#dispatch('handlesFound');
    } catch (error) {
      if (epoch === this.#epoch) this.#fail(mapBluetoothError(error, 'findService', this.name));
    }
  }

  /** Only once: what it learns holds for the device, not for the connection. */
  async #greet(link: GattLink, operations: OperationQueue): Promise<OpenedLink> {
    const { bluetooth } = link.family;
    const live = this.#ports.chooseStream(link.family);
    const dialogue = bluetooth.createDialogue();
    const replies = bluetooth.repliesOn === 'data' ? (link.data[0] ?? null) : link.command;
    const { command } = link;
    if (command && replies && bluetooth.repliesOn !== null) {
      const talk = new Talk(dialogue, (bytes) => this.#write(command, operations, bytes), this.name);
      const listener = (event: Event): void => {
        const value = copyValue(event);
        if (value) talk.hear(new DataView(value.buffer));
      };
      replies.addEventListener('characteristicvaluechanged', listener);
      try {
        await subscribe(replies, operations);
        await talk.hold(dialogue.greet());
      } finally {
        replies.removeEventListener('characteristicvaluechanged', listener);
      }
    }
    return { link, dialogue, live };
  }

  #beginStream(): void {
    const { sensorIndex } = this;
    const link = this.#link;
    const sink = this.#sink;
    const opened = this.#opened;
    if (!link || !sink || !opened) return;
    const run: StreamRun = new StreamRun(
      {
        link,
        operations: this.#operations,
        dialogue: opened.dialogue,
        live: opened.live,
        sensorIndex,
        sensorName: this.name,
        onClockEcho: sink.clockEcho,
      },
      {
        heard: () => this.#onHeard(),
        flowing: () => this.#dispatch('flowing'),
        quiet: () => this.#dispatch('quiet'),
        silent: () => this.#dispatch('silent'),
        starved: () => this.#dispatch('starved'),
        packet: (hostTimeMs, bytes) => sink.packet(hostTimeMs, bytes),
      },
    );
    this.#run = run;
    run.begin().catch((error: unknown) => {
      if (this.#run === run) this.#fail(mapBluetoothError(error, 'subscribe', this.name));
    });
  }

  #onHeard(): void {
    const { name } = this.#state;
    if (name === 'stalled' || name === 'subscribing') this.#dispatch('heard');
  }

  #endStream(): void {
    const run = this.#run;
    this.#run = null;
    if (run) this.#ending = run.end(new SensorError('linkLost', this.name));
  }

  #dropLink(): void {
    this.#epoch++;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#run?.abandon(new SensorError('linkLost', this.name));
    this.#run = null;
    this.#server = null;
    this.#link = null;
    const device = this.#device;
    if (!this.isClosed) {
      this.#operations = new OperationQueue();
      // A silent link must fall before it can be made anew.
      device.gatt?.disconnect();
      return;
    }
    device.removeEventListener('gattserverdisconnected', this.#onLinkFell);
    // A stop may still be on its way to the device.
    const idle = this.#operations;
    this.#closing = this.#ending
      .then(() => idle.run(() => Promise.resolve()))
      .then(() => device.gatt?.disconnect());
  }

  readonly #onLinkFell = (event: Event): void => {
    // The event may be late, and the device connected again.
    if (event.target === this.#device && !this.#device.gatt?.connected) this.#dispatch('linkFell');
  };

  #fail(error: SensorError): void {
    this.#failure = error;
    if (this.#state.established) {
      if (isRevoked(error)) {
        this.#dispatch('revoked');
        return;
      }
      if (WORTH_TELLING.includes(error.code) && this.#state.flowed && this.#told !== error.code) {
        this.#told = error.code;
        this.#tellTrouble(error);
      }
    }
    this.#dispatch('failed');
  }

  async #write(
    characteristic: BluetoothRemoteGATTCharacteristic,
    operations: OperationQueue,
    bytes: Uint8Array,
  ): Promise<void> {
    await operations
      .run(() => writeCommand(characteristic, bytes))
      .catch((error: unknown) => {
        throw mapBluetoothError(error, 'write', this.name);
      });
  }

  #tellTrouble(error: SensorError): void {
    for (const listener of this.#troubleListeners) listener(error);
  }

  #setConnected(connected: boolean): void {
    if (this.#connected === connected) return;
    this.#connected = connected;
    for (const listener of this.#linkListeners) listener(connected);
  }
}
