import type { RepetitionResult } from '../exercise/repetition-result.ts';
import type { SensorPacket } from '../packet/packet.ts';
import type { PipelineCommand } from '../pipeline/pipeline-command.ts';
import type { SessionResult } from '../pipeline/session-result.ts';
import type { SessionRecording } from './session-recording.ts';

/**
 * Where a running session is kept. Inputs are handed over before they are interpreted, in rising `order`; what is
 * stored is always a beginning of that order without holes. Calls never throw: failures go to the listener and
 * the session runs on unrecorded.
 */
export interface SessionRecorder {
  /** Copies the bytes; the caller keeps them. */
  appendPacket(order: number, packet: SensorPacket): void;
  appendCommand(order: number, hostTimeMs: number, command: PipelineCommand): void;
  /** `position` counts the session's repetitions from 0; the same position again replaces. */
  appendRepetition(position: number, repetition: RepetitionResult): void;
  /** Stores what is open and the result, and ends the recording. Resolves also when storing failed. */
  finish(result: SessionResult): Promise<void>;
  /** Stores what is open and leaves the session unfinished. */
  close(): Promise<void>;
}

export interface RecorderListener {
  /** Every input up to and including this order is on disk. */
  onStored(order: number): void;
  /** At most once; no input is stored after it. */
  onTrouble(trouble: StorageTrouble): void;
}

export type StorageTrouble =
  /** `keepsResult`: what comes of the session has its room all the same. */
  | { readonly kind: 'storageFull'; readonly keepsResult: boolean }
  | { readonly kind: 'storageFailed'; readonly detail: string };

export interface SessionStart {
  readonly sessionId: string;
  readonly startedAtUtc: string;
  readonly simulated: boolean;
  readonly engineVersion: string;
}

/** Opens recordings. One recording runs at a time in a browser profile: the others get 'recordingElsewhere'. */
export interface SessionStore {
  open(start: SessionStart, listener: RecorderListener): Promise<SessionRecorder | 'recordingElsewhere'>;
  /** Continues a recording whose writer died, with what it had stored. */
  reopen(
    sessionId: string,
    listener: RecorderListener,
  ): Promise<{ recorder: SessionRecorder; recording: SessionRecording } | 'recordingElsewhere'>;
  readRecording(sessionId: string): Promise<SessionRecording>;
}
