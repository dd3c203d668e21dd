import { BrowserFileGate } from '../adapters/files/file-gate.ts';
import type { SessionRepository } from '../adapters/session-log/session-repository.ts';
import { exportInWorker } from '../adapters/worker-link/replay-client.ts';
import { readRecordingFile, writeRecordingFile } from '../core/recording/recording-file.ts';
import type { FileGate, SessionLog } from '../ui/services.ts';
import { createSessionId } from './session-id.ts';

/** Recordings in and out as files. */
export function createFileGate(
  openLog: () => Promise<SessionRepository>,
  log: SessionLog,
  createWorker: () => Worker,
): FileGate {
  return new BrowserFileGate({
    encode: writeRecordingFile,
    decode: readRecordingFile,
    readRecording: async (sessionId) => (await openLog()).readRecording(sessionId),
    convert: (sessionId, format, onProgress) => exportInWorker(createWorker, sessionId, format, onProgress),
    listSessions: async () => (await openLog()).list(),
    readSession: async (sessionId) => (await openLog()).read(sessionId),
    storeImported: async (sessionId, recording) => {
      const stored = await (await openLog()).storeImported(sessionId, recording);
      // A recording of a session that was never finished gets the result of its replay.
      return stored.result ? stored : log.recover(sessionId);
    },
    returnPackets: async (sessionId, recording) => (await openLog()).returnPackets(sessionId, recording),
    createSessionId,
    examplesUrl: new URL(`${import.meta.env.BASE_URL}examples/`, document.baseURI),
  });
}
