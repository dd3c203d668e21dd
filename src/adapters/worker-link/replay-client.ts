import type { ReplayedSession } from '../../ui/services.ts';
import type { PipelineWorker } from './pipeline-client.ts';

/** Plays a stored session through the chain in a worker of its own, so that a running session is not held up. */
export function replayInWorker(
  createWorker: () => PipelineWorker,
  sessionId: string,
  onProgress?: (share: number) => void,
): Promise<ReplayedSession> {
  const worker = createWorker();
  return new Promise<ReplayedSession>((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => {
      if (data.kind === 'progress') onProgress?.(data.share);
      if (data.kind === 'answered') resolve(data.value as ReplayedSession);
      if (data.kind === 'refused') reject(Object.assign(new Error(data.message), { name: data.name }));
    });
    worker.addEventListener('error', () => {
      reject(new Error(`Session ${sessionId} could not be replayed: the part that computes stopped.`));
    });
    worker.postMessage({ kind: 'replay', requestId: 1, sessionId }, []);
  }).finally(() => worker.terminate());
}
