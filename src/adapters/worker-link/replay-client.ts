import type { ExportedFile, ExportFormat } from '../../core/export/export-session.ts';
import type { ReplayedSession } from '../../ui/services.ts';
import type { MessageToHost } from './link-messages.ts';
import type { PipelineWorker } from './pipeline-client.ts';

/** Plays a stored session through the chain in a worker of its own, so that a running session is not held up. */
export function replayInWorker(
  createWorker: () => PipelineWorker,
  sessionId: string,
  onProgress?: (share: number) => void,
  signal?: AbortSignal,
): Promise<ReplayedSession> {
  const question = { kind: 'replay', requestId: 1, sessionId } as const;
  return askWorker<ReplayedSession>(createWorker, question, onProgress, signal);
}

/** Writes a stored session in a format of other programs, in a worker of its own. */
export function exportInWorker(
  createWorker: () => PipelineWorker,
  sessionId: string,
  format: ExportFormat,
  onProgress?: (share: number) => void,
): Promise<readonly ExportedFile[]> {
  return askWorker<readonly ExportedFile[]>(
    createWorker,
    { kind: 'export', requestId: 1, sessionId, format },
    onProgress,
  );
}

function askWorker<T>(
  createWorker: () => PipelineWorker,
  question: Extract<MessageToHost, { readonly kind: 'replay' | 'export' }>,
  onProgress: ((share: number) => void) | undefined,
  signal?: AbortSignal,
): Promise<T> {
  const worker = createWorker();
  return new Promise<T>((resolve, reject) => {
    signal?.addEventListener('abort', () =>
      reject(new Error(`Session ${question.sessionId} was not computed: it was stopped.`)),
    );
    worker.addEventListener('message', ({ data }) => {
      if (data.kind === 'progress') onProgress?.(data.share);
      if (data.kind === 'answered') resolve(data.value as T);
      if (data.kind === 'refused') reject(Object.assign(new Error(data.message), { name: data.name }));
    });
    worker.addEventListener('error', () => {
      reject(
        new Error(`Session ${question.sessionId} could not be computed: the part that computes stopped.`),
      );
    });
    worker.postMessage(question, []);
  }).finally(() => worker.terminate());
}
