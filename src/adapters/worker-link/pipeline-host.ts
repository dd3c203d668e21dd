import type { ExportedFile, ExportFormat } from '../../core/export/export-session.ts';
import { LIVE_FRAME } from '../../core/pipeline/live-frame.ts';
import type { PipelineCommand } from '../../core/pipeline/pipeline-command.ts';
import type { PipelineFact } from '../../core/pipeline/pipeline-fact.ts';
import type { SensorPacket } from '../../core/packet/packet.ts';
import type { SessionResult } from '../../core/pipeline/session-result.ts';
import type {
  RecorderListener,
  SessionRecorder,
  SessionStart,
  SessionStore,
} from '../../core/recording/session-recorder.ts';
import { recordingInputs } from '../../core/recording/recording-inputs.ts';
import type { RecordedInput } from '../../core/recording/recording-inputs.ts';
import type { SessionRecording } from '../../core/recording/session-recording.ts';
import type { ReplayedSession } from '../../ui/services.ts';
import type { LinkPort, MessageFromHost, MessageToHost, StorageAccess } from './link-messages.ts';

/** The chain as the host drives it. */
export interface HostedPipeline {
  push(packet: SensorPacket): void;
  command(command: PipelineCommand, hostTimeMs: number): void;
  /** Facts since the last call, oldest first. */
  drainFacts(): readonly PipelineFact[];
  /** Fills `out` in the layout of LIVE_FRAME. */
  writeFrame(out: Float64Array): void;
  result(): SessionResult;
}

export interface HostPorts {
  /** Null until the window names a place: the first person's. */
  openStore(access: StorageAccess | null): SessionStore;
  createPipeline(engineVersion: string): HostedPipeline;
  replay(recording: SessionRecording, onProgress: (share: number) => void): ReplayedSession;
  exportSession(
    recording: SessionRecording,
    format: ExportFormat,
    onProgress: (share: number) => void,
  ): Promise<readonly ExportedFile[]>;
}

interface RunningSession {
  readonly pipeline: HostedPipeline;
  recorder: SessionRecorder | null;
  /** Order of the newest input taken: an input that comes again after a rebuild is passed over. */
  lastOrder: number;
  /** Facts up to this order were reported by a predecessor. */
  readonly reportedOrder: number;
  repetitionCount: number;
}

type Opening = Extract<MessageToHost, { kind: 'start' | 'resume' }>;

/**
 * Worker side of the link: records every input, then interprets it, then reports. Needs no worker: any message
 * port will do, so the same file runs in Node and in tests.
 */
export class PipelineHost {
  readonly #port: LinkPort<MessageToHost, MessageFromHost>;
  readonly #ports: HostPorts;
  readonly #freeFrames: Float64Array[] = [];
  #store: SessionStore;
  #session: RunningSession | null = null;
  /** Messages that arrived while the log was being opened or closed; null when none is. */
  #waiting: MessageToHost[] | null = null;

  constructor(port: LinkPort<MessageToHost, MessageFromHost>, ports: HostPorts) {
    this.#port = port;
    this.#ports = ports;
    this.#store = ports.openStore(null);
  }

  listen(): void {
    this.#port.addEventListener('message', ({ data }) => this.#receive(data));
  }

  #receive(message: MessageToHost): void {
    // Pings are answered also while the log is slow: slow is not dead.
    if (message.kind === 'ping') this.#post({ kind: 'pong' });
    else if (this.#waiting) this.#waiting.push(message);
    else this.#handle(message);
  }

  #handle(message: Exclude<MessageToHost, { kind: 'ping' }>): void {
    switch (message.kind) {
      case 'storage':
        this.#store = this.#ports.openStore(message.access);
        break;
      case 'packet':
      case 'command':
        if (this.#session) this.#takeInput(this.#session, message);
        break;
      case 'frameBuffer':
        this.#freeFrames.push(message.frame);
        break;
      case 'start':
      case 'resume':
        this.#whileOthersWait(message.requestId, () => this.#open(message));
        break;
      case 'finish':
        this.#whileOthersWait(message.requestId, () => this.#finish());
        break;
      case 'abandon':
        this.#whileOthersWait(message.requestId, () => this.#abandon());
        break;
      case 'replay':
        this.#whileOthersWait(message.requestId, () => this.#replay(message));
        break;
      case 'export':
        this.#whileOthersWait(message.requestId, () => this.#export(message));
        break;
    }
  }

  /** Runs one slow step, answers it, and then takes what came in the meantime, in order. */
  #whileOthersWait(requestId: number, step: () => Promise<unknown>): void {
    this.#waiting = [];
    void step()
      .then(
        (value) => this.#post({ kind: 'answered', requestId, value }, transferablesOf(value)),
        (error: unknown) => {
          const { name, message } = error instanceof Error ? error : new Error(String(error));
          this.#post({ kind: 'refused', requestId, name, message });
        },
      )
      .finally(() => {
        const waiting = this.#waiting ?? [];
        this.#waiting = null;
        for (const message of waiting) this.#receive(message);
      });
  }

  async #open(opening: Opening): Promise<null> {
    await this.#session?.recorder?.close();
    const session: RunningSession = {
      pipeline: this.#ports.createPipeline(opening.start.engineVersion),
      recorder: null,
      lastOrder: -1,
      reportedOrder: opening.kind === 'resume' ? opening.reportedOrder : -1,
      repetitionCount: 0,
    };
    this.#session = session;
    if (!opening.record) return null;
    if (opening.kind === 'start') await this.#openRecorder(session, opening.start);
    else await this.#rebuild(session, opening.start.sessionId);
    return null;
  }

  async #openRecorder(session: RunningSession, start: SessionStart): Promise<void> {
    const opened = await this.#store.open(start, this.#createListener());
    if (opened === 'recordingElsewhere')
      this.#post({ kind: 'trouble', trouble: { kind: 'recordingElsewhere' } });
    else session.recorder = opened;
  }

  async #rebuild(session: RunningSession, sessionId: string): Promise<void> {
    const reopened = await this.#store.reopen(sessionId, this.#createListener());
    if (reopened === 'recordingElsewhere') {
      this.#post({ kind: 'trouble', trouble: { kind: 'recordingElsewhere' } });
      return;
    }
    // No recorder yet: what is replayed is stored already.
    for (const input of recordingInputs(reopened.recording)) this.#takeInput(session, input);
    session.recorder = reopened.recorder;
    this.#post({ kind: 'stored', order: session.lastOrder });
  }

  #takeInput(session: RunningSession, input: RecordedInput): void {
    if (input.order <= session.lastOrder) return;
    session.lastOrder = input.order;
    if (input.kind === 'packet') {
      session.recorder?.appendPacket(input.order, input);
      session.pipeline.push(input);
    } else {
      session.recorder?.appendCommand(input.order, input.hostTimeMs, input.command);
      session.pipeline.command(input.command, input.hostTimeMs);
    }
    this.#report(session);
  }

  #report(session: RunningSession): void {
    const facts = session.pipeline.drainFacts();
    for (const fact of facts) {
      if (fact.kind === 'repetitionEnded') {
        session.recorder?.appendRepetition(session.repetitionCount++, fact.repetition);
      }
    }
    if (session.lastOrder <= session.reportedOrder) return;
    if (facts.length > 0) this.#post({ kind: 'facts', order: session.lastOrder, facts });
    const frame = this.#freeFrames.pop();
    if (!frame) return;
    if (frame.length !== LIVE_FRAME.length) throw new Error(`A frame buffer has ${frame.length} numbers.`);
    session.pipeline.writeFrame(frame);
    this.#post({ kind: 'frame', frame }, [frame.buffer as ArrayBuffer]);
  }

  async #finish(): Promise<SessionResult> {
    const session = this.#session;
    if (!session) throw new Error('No session is running.');
    this.#session = null;
    const result = session.pipeline.result();
    await session.recorder?.finish(result);
    return result;
  }

  async #abandon(): Promise<null> {
    const session = this.#session;
    this.#session = null;
    await session?.recorder?.close();
    return null;
  }

  async #replay({
    requestId,
    sessionId,
  }: Extract<MessageToHost, { kind: 'replay' }>): Promise<ReplayedSession> {
    const recording = await this.#store.readRecording(sessionId);
    return this.#ports.replay(recording, (share) => this.#post({ kind: 'progress', requestId, share }));
  }

  async #export({
    requestId,
    sessionId,
    format,
  }: Extract<MessageToHost, { kind: 'export' }>): Promise<readonly ExportedFile[]> {
    const recording = await this.#store.readRecording(sessionId);
    return this.#ports.exportSession(recording, format, (share) =>
      this.#post({ kind: 'progress', requestId, share }),
    );
  }

  #createListener(): RecorderListener {
    return {
      onStored: (order) => this.#post({ kind: 'stored', order }),
      onTrouble: (trouble) => this.#post({ kind: 'trouble', trouble }),
    };
  }

  #post(message: MessageFromHost, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }
}

/** The buffers of a replayed session; nothing else is large enough to transfer. */
function transferablesOf(value: unknown): Transferable[] {
  if (typeof value !== 'object' || value === null || !('timeS' in value)) return [];
  const buffers = new Set<ArrayBuffer>();
  for (const part of Object.values(value).flat()) {
    if (part instanceof Float64Array && part.buffer instanceof ArrayBuffer) buffers.add(part.buffer);
  }
  return [...buffers];
}
