import type { Dialogue } from '../../../core/device/dialogue.ts';
import type { DeviceDecoder, DeviceReply } from '../../../core/device/device-family.ts';
import type { LiveStream } from '../../../core/device/live-stream.ts';
import type { ClockEcho } from '../../../core/packet/clock-echo.ts';
import { createSampleBatch } from '../../../core/packet/sample-batch.ts';
import { SensorError } from '../../../core/packet/sensor-error.ts';
import { mapBluetoothError } from './bluetooth-error.ts';
import { ClockEchoes } from './clock-echoes.ts';
import { DataWatch, type DataWatchListener } from './data-watch.ts';
import { copyValue, subscribe, unsubscribe, writeCommand, type GattLink } from './gatt-link.ts';
import type { OperationQueue } from './operation-queue.ts';
import { Talk } from './talk.ts';

/** From the end of the start dialogue to the first samples. */
const FIRST_SAMPLES_MS = 5000;
const QUESTION_PATIENCE_MS = 3000;
/** More than any notification of 512 bytes holds. */
const BATCH_CAPACITY = 256;

/** What a device can be asked beside its stream. */
type Question = 'battery' | 'health';

function isQuestion(command: string): command is Question {
  return command === 'battery' || command === 'health';
}

export interface StreamSink extends DataWatchListener {
  /** Something was notified: told before it is handed on. */
  heard(): void;
  flowing(): void;
  packet(hostTimeMs: number, bytes: Uint8Array): void;
}

export interface StreamPlan {
  readonly link: GattLink;
  readonly operations: OperationQueue;
  readonly dialogue: Dialogue;
  readonly live: LiveStream;
  readonly sensorIndex: number;
  readonly sensorName: string;
  readonly onClockEcho: ((echo: ClockEcho) => void) | null;
}

/** Samples over one connection, from the subscription to its end. It is used once: the next connection gets its own. */
export class StreamRun {
  readonly #plan: StreamPlan;
  readonly #sink: StreamSink;
  readonly #talk: Talk;
  readonly #decoder: DeviceDecoder;
  readonly #batch = createSampleBatch(BATCH_CAPACITY);
  readonly #watch: DataWatch;
  readonly #listeners: [BluetoothRemoteGATTCharacteristic, (event: Event) => void][] = [];
  #echoes: ClockEchoes | null = null;
  /** Who waits for an answer of each kind. */
  readonly #questions = new Map<Question, (reply: DeviceReply | null) => void>();
  #flows = false;
  #rejection = '';
  #settleFirst: ((error: SensorError | null) => void) | null = null;
  #ended = false;

  constructor(plan: StreamPlan, sink: StreamSink) {
    this.#plan = plan;
    this.#sink = sink;
    this.#talk = new Talk(plan.dialogue, (command) => this.#write(command), plan.sensorName);
    this.#decoder = plan.link.family.createDecoder(plan.live.stream);
    this.#watch = new DataWatch(sink);
    const { data, command, family } = plan.link;
    for (const [channel, characteristic] of data.entries())
      this.#listeners.push([characteristic, (event) => this.#onData(event, channel)]);
    if (command && family.bluetooth.repliesOn === 'command')
      this.#listeners.push([command, (event) => this.#onReply(event)]);
  }

  /** Subscribes, has the device start, and waits for the first samples. Rejects with {@link SensorError}. */
  async begin(): Promise<void> {
    const { link, operations, dialogue, live, sensorName } = this.#plan;
    try {
      // The listeners go first: nothing that arrives during the subscriptions is missed.
      for (const [characteristic, listener] of this.#listeners)
        characteristic.addEventListener('characteristicvaluechanged', listener);
      const { command, family, data } = link;
      if (command && family.bluetooth.repliesOn === 'command') await subscribe(command, operations);
      for (const characteristic of data) await subscribe(characteristic, operations);
      await this.#talk.hold(dialogue.start(live));
      await this.#firstSamples();
    } catch (error) {
      this.abandon(new SensorError('linkLost', sensorName));
      throw mapBluetoothError(error, 'subscribe', sensorName);
    }
    if (this.#ended) throw new SensorError('linkLost', sensorName);
    this.#watch.start();
    this.#beginEchoes();
  }

  /** Hears and does nothing any more; the device is not told. */
  abandon(reason: SensorError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#watch.stop();
    this.#echoes?.end();
    for (const settle of this.#questions.values()) settle(null);
    for (const [characteristic, listener] of this.#listeners)
      characteristic.removeEventListener('characteristicvaluechanged', listener);
    this.#talk.end(reason);
    this.#settleFirst?.(reason);
  }

  /** Tells the device to stop, as far as it still hears. */
  async end(reason: SensorError): Promise<void> {
    const { link, operations } = this.#plan;
    this.abandon(reason);
    try {
      for (const command of link.family.bluetooth.stopCommands()) await this.#write(command);
      for (const characteristic of link.data) await unsubscribe(characteristic, operations);
    } catch {
      // The link fell on the way out: the device stops by itself then.
    }
  }

  /** Asks over the stream's own dialogue; null where the device does not tell, or was asked that already. */
  async ask<Q extends Question>(question: Q): Promise<Extract<DeviceReply, { kind: Q }> | null> {
    const { link, dialogue } = this.#plan;
    const radio = link.family.bluetooth;
    const command = question === 'battery' ? radio.batteryCommand() : radio.healthCommand();
    if (command === null || !dialogue.answersQuestions || this.#ended || this.#questions.has(question))
      return null;
    return new Promise((resolve) => {
      const settle = (reply: DeviceReply | null): void => {
        clearTimeout(timer);
        this.#questions.delete(question);
        resolve(reply as Extract<DeviceReply, { kind: Q }> | null);
      };
      const timer = setTimeout(() => settle(null), QUESTION_PATIENCE_MS);
      this.#questions.set(question, settle);
      this.#write(command).catch(() => settle(null));
    });
  }

  #onData(event: Event, channel: number): void {
    const hostTimeMs = performance.now();
    const value = copyValue(event);
    if (value === null) return;
    const { data, family } = this.#plan.link;
    const bytes = data.length > 1 ? Uint8Array.of(channel, ...value) : value;
    const view = new DataView(bytes.buffer);
    if (family.bluetooth.repliesOn === 'data') this.#hearReply(hostTimeMs, view);
    const outcome = this.#decoder.decode(view, this.#batch);
    if (outcome === 'rejected') this.#rejection = this.#decoder.rejection;
    // Before the packet: it must not be taken for one of the old stretch.
    if (outcome !== 'rejected') this.#sink.heard();
    if (outcome === 'samples') this.#noteSamples(hostTimeMs);
    this.#sink.packet(hostTimeMs, bytes);
  }

  #noteSamples(hostTimeMs: number): void {
    this.#watch.noteSamples(hostTimeMs, this.#batch.count, this.#batch.nominalPeriodMs);
    if (this.#flows) return;
    this.#flows = true;
    this.#settleFirst?.(null);
    this.#sink.flowing();
  }

  #onReply(event: Event): void {
    const hostTimeMs = performance.now();
    const value = copyValue(event);
    if (value === null) return;
    const view = new DataView(value.buffer);
    this.#hearReply(hostTimeMs, view);
    if (!this.#plan.link.family.bluetooth.recordsReplies) return;
    this.#decoder.decode(view, this.#batch);
    this.#sink.heard();
    this.#sink.packet(hostTimeMs, value);
  }

  #hearReply(hostTimeMs: number, view: DataView): void {
    this.#talk.hear(view);
    const reply = this.#plan.link.family.bluetooth.readReply(view);
    if (reply === null) return;
    if (reply.kind === 'battery' || reply.kind === 'health') this.#questions.get(reply.kind)?.(reply);
    else if (reply.kind === 'refused' && isQuestion(reply.command))
      this.#questions.get(reply.command)?.(null);
    else this.#echoes?.hear(reply, hostTimeMs);
  }

  async #firstSamples(): Promise<void> {
    if (this.#flows) return;
    const error = await new Promise<SensorError | null>((resolve) => {
      const timer = setTimeout(() => {
        const { sensorName } = this.#plan;
        const isHeard = this.#rejection !== '';
        const options = isHeard ? { cause: new Error(this.#rejection) } : {};
        this.#settleFirst?.(new SensorError(isHeard ? 'unreadable' : 'noData', sensorName, options));
      }, FIRST_SAMPLES_MS);
      this.#settleFirst = (outcome) => {
        clearTimeout(timer);
        this.#settleFirst = null;
        resolve(outcome);
      };
      if (this.#ended) this.#settleFirst(new SensorError('linkLost', this.#plan.sensorName));
    });
    if (error) throw error;
  }

  /** Only once samples flow: their way is not to be stood in. */
  #beginEchoes(): void {
    const { link, operations, dialogue, sensorIndex, onClockEcho } = this.#plan;
    const { clockEcho } = link.family.bluetooth;
    if (!onClockEcho || !link.command || !clockEcho || !dialogue.answersQuestions) return;
    this.#echoes = new ClockEchoes(link.command, clockEcho, operations, sensorIndex, onClockEcho);
    this.#echoes.begin();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const { link, operations, sensorName } = this.#plan;
    const { command } = link;
    if (!command) return;
    await operations
      .run(() => writeCommand(command, bytes))
      .catch((error: unknown) => {
        throw mapBluetoothError(error, 'write', sensorName);
      });
  }
}
