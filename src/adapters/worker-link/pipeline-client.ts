import type { SegmentRole } from '../../core/body/segment-role.ts';
import { LIVE_FRAME } from '../../core/pipeline/live-frame.ts';
import type { RememberedGyroBias } from '../../core/fusion/remembered-bias.ts';
import type { SensorDescription, SensorPacket } from '../../core/packet/packet.ts';
import type { SensorCalibration } from '../../core/packet/sensor-calibration.ts';
import type { PipelineCommand } from '../../core/pipeline/pipeline-command.ts';
import type { PipelineFact } from '../../core/pipeline/pipeline-fact.ts';
import type { SessionResult } from '../../core/pipeline/session-result.ts';
import type { SessionStart } from '../../core/recording/session-recorder.ts';
import type { ConnectedSensor, LiveSession, SessionTrouble } from '../../ui/services.ts';
import { InputQueue } from './input-queue.ts';
import type { LinkPort, MessageFromHost, MessageToHost } from './link-messages.ts';
import { WorkerVitality } from './worker-vitality.ts';

/** What the client needs of a Worker. */
export interface PipelineWorker extends LinkPort<MessageFromHost, MessageToHost> {
  addEventListener(type: 'message', listener: (event: { readonly data: MessageFromHost }) => void): void;
  addEventListener(type: 'error', listener: (event: unknown) => void): void;
  terminate(): void;
}

export interface ClientPorts {
  createWorker(): PipelineWorker;
  /** The window's monotonic clock, ms: the one that packets are stamped with. */
  now(): number;
  /** Identity, wall time and engine of a new session. */
  describeStart(simulated: boolean): SessionStart;
  /** What earlier sessions found of the sensors' gyroscopes. Never throws. */
  readonly gyroBiases?: {
    recall(sensor: SensorDescription): Promise<RememberedGyroBias | null>;
    remember(sensors: readonly SensorDescription[], result: SessionResult): Promise<void>;
  };
  /** What bench checks found the sensors to need. Never throws. */
  readonly calibrations?: { recall(sensor: SensorDescription): Promise<SensorCalibration | null> };
}

const FRAME_BUFFER_COUNT = 2;
/** A worker that dies this often without storing anything between dies of its input: rebuilding cannot help. */
const MAX_REBUILDS = 3;

interface ActiveSession {
  readonly start: SessionStart;
  readonly record: boolean;
  readonly inputs: InputQueue;
  readonly attached: Map<number, AttachedSensor>;
  reportedOrder: number;
  storedOrder: number;
  started: boolean;
  /** A worker that replays what was stored answers no ping for as long as that takes. */
  rebuilding: boolean;
}

interface AttachedSensor {
  readonly sensor: ConnectedSensor;
  readonly unsubscribe: () => void;
  live: boolean;
}

type Request = Extract<MessageToHost, { requestId: number }>;

interface PendingRequest {
  readonly request: Request;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Window side of the link: forwards packets and commands, keeps the newest frame, and replaces a dead worker. */
export class PipelineClient implements LiveSession {
  readonly #ports: ClientPorts;
  readonly #vitality = new WorkerVitality();
  readonly #factListeners = new Set<(fact: PipelineFact) => void>();
  readonly #troubleListeners = new Set<(trouble: SessionTrouble) => void>();
  readonly #pending = new Map<number, PendingRequest>();
  #worker: PipelineWorker | null = null;
  #session: ActiveSession | null = null;
  #latestFrame: Float64Array | null = null;
  #nextRequestId = 1;
  #rebuildCount = 0;

  constructor(ports: ClientPorts) {
    this.#ports = ports;
  }

  async start(options: { readonly simulated: boolean; readonly record: boolean }): Promise<string> {
    if (this.#session) await this.abandon();
    const start = this.#ports.describeStart(options.simulated);
    this.#session = {
      start,
      record: options.record,
      inputs: new InputQueue(),
      attached: new Map(),
      reportedOrder: -1,
      storedOrder: -1,
      started: false,
      rebuilding: false,
    };
    this.#rebuildCount = 0;
    if (!this.#worker) this.#createWorker();
    const session = this.#session;
    await this.#request((requestId) => ({ kind: 'start', requestId, start, record: options.record }));
    session.started = true;
    return start.sessionId;
  }

  async attach(sensor: ConnectedSensor, role: SegmentRole | null): Promise<void> {
    const session = this.#requireSession();
    const { sensorIndex } = sensor.description;
    const { gyroBiases } = this.#ports;
    const gyroBias = gyroBiases === undefined ? null : await gyroBiases.recall(sensor.description);
    const calibration = (await this.#ports.calibrations?.recall(sensor.description)) ?? null;
    if (this.#session !== session) return;
    this.#detach(session, sensorIndex);
    // The description goes first: packets of an unknown sensor mean nothing.
    this.command({
      kind: 'attachSensor',
      sensor: sensor.description,
      role,
      ...(gyroBias === null ? {} : { gyroBias }),
      ...(calibration === null ? {} : { calibration }),
    });
    const unsubscribe = sensor.onLinkChange((connected) => {
      if (attached.live) this.command({ kind: 'linkChanged', sensorIndex, connected });
    });
    const attached: AttachedSensor = { sensor, unsubscribe, live: true };
    session.attached.set(sensorIndex, attached);
    try {
      await sensor.source.start(
        (packet) => {
          if (attached.live) this.#push(session, packet);
        },
        (echo) => {
          if (attached.live) this.command({ kind: 'clockEcho', ...echo });
        },
      );
    } catch (error) {
      if (attached.live) this.command({ kind: 'linkChanged', sensorIndex, connected: false });
      this.#detach(session, sensorIndex);
      throw error;
    }
  }

  command(command: PipelineCommand): void {
    const session = this.#requireSession();
    const order = session.inputs.takeOrder();
    const message = { kind: 'command', order, hostTimeMs: this.#ports.now(), command } as const;
    session.inputs.keep(message);
    this.#post(message);
  }

  onFact(listener: (fact: PipelineFact) => void): () => void {
    this.#factListeners.add(listener);
    return () => this.#factListeners.delete(listener);
  }

  onTrouble(listener: (trouble: SessionTrouble) => void): () => void {
    this.#troubleListeners.add(listener);
    return () => this.#troubleListeners.delete(listener);
  }

  latestFrame(): Float64Array | null {
    return this.#latestFrame;
  }

  async finish(): Promise<SessionResult> {
    const session = this.#requireSession();
    const sensors = [...session.attached.values()].map(({ sensor }) => sensor.description);
    this.#detachAll(session);
    this.command({ kind: 'finish' });
    const result = (await this.#request((requestId) => ({ kind: 'finish', requestId }))) as SessionResult;
    this.#forget(session);
    if (session.record) await this.#ports.gyroBiases?.remember(sensors, result);
    return result;
  }

  async abandon(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    this.#detachAll(session);
    await this.#request((requestId) => ({ kind: 'abandon', requestId }));
    this.#forget(session);
  }

  #push(session: ActiveSession, packet: SensorPacket): void {
    const { sensorIndex, hostTimeMs, bytes } = packet;
    const order = session.inputs.takeOrder();
    session.inputs.keep({ kind: 'packet', order, sensorIndex, hostTimeMs, bytes: bytes.slice() });
    this.#post({ kind: 'packet', order, sensorIndex, hostTimeMs, bytes }, [bytes.buffer as ArrayBuffer]);
    if (session.rebuilding) return;
    const vitality = this.#vitality.onPacket(performance.now());
    if (vitality === 'dead') this.#replaceWorker();
    else if (vitality === 'pingNow') this.#post({ kind: 'ping' });
  }

  #receive(message: MessageFromHost): void {
    this.#vitality.onMessage();
    switch (message.kind) {
      case 'frame': {
        const previous = this.#latestFrame;
        this.#latestFrame = this.#session ? message.frame : null;
        const free = this.#session ? previous : message.frame;
        if (free) this.#giveFrameBuffer(free);
        break;
      }
      case 'facts':
        if (this.#session) this.#session.reportedOrder = message.order;
        for (const fact of message.facts) for (const listener of this.#factListeners) listener(fact);
        break;
      case 'stored':
        if (this.#session) this.#noteStored(this.#session, message.order);
        break;
      case 'trouble':
        this.#tellTrouble(message.trouble);
        break;
      case 'answered':
        this.#takePending(message.requestId)?.resolve(message.value);
        break;
      case 'refused': {
        const error = new Error(message.message);
        error.name = message.name;
        this.#takePending(message.requestId)?.reject(error);
        break;
      }
      // Replays run in workers of their own.
      case 'progress':
      case 'pong':
        break;
    }
  }

  #noteStored(session: ActiveSession, order: number): void {
    session.inputs.releaseThrough(order);
    if (order <= session.storedOrder) return;
    session.storedOrder = order;
    this.#rebuildCount = 0;
  }

  #createWorker(): void {
    const worker = this.#ports.createWorker();
    this.#worker = worker;
    this.#vitality.reset();
    worker.addEventListener('message', ({ data }) => {
      if (worker === this.#worker) this.#receive(data);
    });
    worker.addEventListener('error', () => {
      if (worker === this.#worker) this.#replaceWorker();
    });
    for (let i = 0; i < FRAME_BUFFER_COUNT; i++) this.#giveFrameBuffer(new Float64Array(LIVE_FRAME.length));
  }

  /** Starts a new worker and brings it to where the old one was: stored inputs from the log, the others from here. */
  #replaceWorker(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#latestFrame = null;
    this.#tellTrouble({ kind: 'workerLost' });
    if (++this.#rebuildCount > MAX_REBUILDS) {
      this.#giveUp();
      return;
    }
    this.#createWorker();
    const session = this.#session;
    if (session?.started) void this.#rebuild(session);
    const [openings, closings] = this.#splitPending();
    for (const request of openings) this.#post(request);
    session?.inputs.sendAll((message, transfer) => this.#post(message, transfer));
    for (const request of closings) this.#post(request);
  }

  async #rebuild(session: ActiveSession): Promise<void> {
    const { start, record, reportedOrder } = session;
    const worker = this.#worker;
    session.rebuilding = true;
    try {
      await this.#request((requestId) => ({ kind: 'resume', requestId, start, record, reportedOrder }));
    } catch (error) {
      // The log could not be read: the session goes on with what the window had kept.
      if (session === this.#session) this.#tellTrouble({ kind: 'storageFailed', detail: String(error) });
    }
    if (worker === this.#worker) session.rebuilding = false;
  }

  /** Unanswered requests of the dead worker that must be asked again, before and after the inputs. */
  #splitPending(): [openings: Request[], closings: Request[]] {
    const openings: Request[] = [];
    const closings: Request[] = [];
    for (const [requestId, { request }] of this.#pending) {
      if (request.kind === 'start') openings.push(request);
      else if (request.kind !== 'resume') closings.push(request);
      else if (requestId !== this.#nextRequestId - 1) this.#pending.delete(requestId);
    }
    return [openings, closings];
  }

  #giveUp(): void {
    const session = this.#session;
    if (session) {
      this.#detachAll(session);
      this.#forget(session);
    }
    for (const { reject } of this.#pending.values()) {
      reject(
        new Error(
          'The part that computes stopped several times. What was recorded is kept: reload the page.',
        ),
      );
    }
    this.#pending.clear();
  }

  #request(create: (requestId: number) => Request): Promise<unknown> {
    const request = create(this.#nextRequestId++);
    return new Promise((resolve, reject) => {
      this.#pending.set(request.requestId, { request, resolve, reject });
      this.#post(request);
    });
  }

  #takePending(requestId: number): PendingRequest | undefined {
    const pending = this.#pending.get(requestId);
    this.#pending.delete(requestId);
    return pending;
  }

  #giveFrameBuffer(frame: Float64Array): void {
    this.#post({ kind: 'frameBuffer', frame }, [frame.buffer as ArrayBuffer]);
  }

  #post(message: MessageToHost, transfer: Transferable[] = []): void {
    this.#worker?.postMessage(message, transfer);
  }

  #tellTrouble(trouble: SessionTrouble): void {
    for (const listener of this.#troubleListeners) listener(trouble);
  }

  #requireSession(): ActiveSession {
    if (!this.#session) throw new Error('No session is running: start one first.');
    return this.#session;
  }

  #detach(session: ActiveSession, sensorIndex: number): void {
    const attached = session.attached.get(sensorIndex);
    if (!attached) return;
    session.attached.delete(sensorIndex);
    attached.live = false;
    attached.unsubscribe();
    // Nobody waits for a radio to say goodbye; the connection reports its own failures.
    void attached.sensor.source.stop().catch(() => undefined);
  }

  #detachAll(session: ActiveSession): void {
    for (const sensorIndex of session.attached.keys()) this.#detach(session, sensorIndex);
  }

  #forget(session: ActiveSession): void {
    if (this.#session !== session) return;
    this.#session = null;
    if (this.#latestFrame) this.#giveFrameBuffer(this.#latestFrame);
    this.#latestFrame = null;
  }
}
