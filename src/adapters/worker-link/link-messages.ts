import type { ExportFormat } from '../../core/export/export-session.ts';
import type { PipelineFact } from '../../core/pipeline/pipeline-fact.ts';
import type { RecordedInput } from '../../core/recording/recording-inputs.ts';
import type { SessionStart } from '../../core/recording/session-recorder.ts';
import type { SessionTrouble } from '../../ui/services.ts';

/** What crosses between window and pipeline worker. Types only. */

/** Where the chosen person's sessions lie. */
export interface StorageAccess {
  readonly databaseName: string;
  /** Under which all is sealed; null where it lies open. */
  readonly key: CryptoKey | null | 'locked';
}

export type MessageToHost =
  /** From here on sessions are written to and read from this place. */
  | { readonly kind: 'storage'; readonly access: StorageAccess }
  /** Begins a session; answered with null once inputs are recorded. */
  | {
      readonly kind: 'start';
      readonly requestId: number;
      readonly start: SessionStart;
      readonly record: boolean;
    }
  /**
   * Rebuilds a session whose worker died: what was stored is replayed, then the client sends again what was not.
   * Facts of inputs up to `reportedOrder` have been reported and are not reported twice.
   */
  | {
      readonly kind: 'resume';
      readonly requestId: number;
      readonly start: SessionStart;
      readonly record: boolean;
      readonly reportedOrder: number;
    }
  /** The bytes of a packet are transferred. `order` counts all inputs of the session from 0. */
  | RecordedInput
  /** A frame buffer goes to the host, transferred: at the start, and back after its values were replaced. */
  | { readonly kind: 'frameBuffer'; readonly frame: Float64Array }
  | { readonly kind: 'ping' }
  /** Answered with the SessionResult once it is stored. */
  | { readonly kind: 'finish'; readonly requestId: number }
  /** Answered with null once the open chunk is stored. */
  | { readonly kind: 'abandon'; readonly requestId: number }
  /** Answered with a ReplayedSession. Needs no session. */
  | { readonly kind: 'replay'; readonly requestId: number; readonly sessionId: string }
  /** Answered with a list of ExportedFile. Needs no session. */
  | {
      readonly kind: 'export';
      readonly requestId: number;
      readonly sessionId: string;
      readonly format: ExportFormat;
    };

export type MessageFromHost =
  | { readonly kind: 'answered'; readonly requestId: number; readonly value: unknown }
  /** Share of a replay or an export that is done, 0 to 1. */
  | { readonly kind: 'progress'; readonly requestId: number; readonly share: number }
  | {
      readonly kind: 'refused';
      readonly requestId: number;
      readonly name: string;
      readonly message: string;
    }
  /** All facts that the input with this order gave rise to. */
  | { readonly kind: 'facts'; readonly order: number; readonly facts: readonly PipelineFact[] }
  /** Newest values, transferred; the client gives the buffer back. */
  | { readonly kind: 'frame'; readonly frame: Float64Array }
  /** Inputs up to this order are on disk and need not be kept for a rebuild. */
  | { readonly kind: 'stored'; readonly order: number }
  | { readonly kind: 'trouble'; readonly trouble: SessionTrouble }
  | { readonly kind: 'pong' };

/** What both ends need of a Worker, a worker's global scope or a MessagePort. */
export interface LinkPort<Incoming, Outgoing> {
  postMessage(message: Outgoing, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: Incoming }) => void): void;
}
