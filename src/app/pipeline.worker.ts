import { NO_LOCKS } from '../adapters/session-log/recording-lock.ts';
import { fileReserve } from '../adapters/session-log/result-reserve.ts';
import { RowVault } from '../adapters/session-log/row-vault.ts';
import { createSessionDatabase, SESSION_DATABASE_NAME } from '../adapters/session-log/session-database.ts';
import { SessionRepository } from '../adapters/session-log/session-repository.ts';
import { PipelineHost } from '../adapters/worker-link/pipeline-host.ts';
import { LivePipeline } from '../core/pipeline/live-pipeline.ts';
import { replayRefined } from '../core/pipeline/refined-replay.ts';

/** The pipeline worker: joins the link and the log to the chain. Nothing else of the app is loaded here. */
declare const self: DedicatedWorkerGlobalScope;

const { locks }: { locks?: LockManager } = self.navigator;

const host = new PipelineHost(self, {
  openStore: (access) => {
    const databaseName = access?.databaseName ?? SESSION_DATABASE_NAME;
    return new SessionRepository(
      createSessionDatabase(databaseName),
      locks ?? NO_LOCKS,
      new RowVault(access?.key ?? null),
      fileReserve(() => self.navigator.storage.getDirectory(), databaseName),
    );
  },
  createPipeline: (engineVersion) => new LivePipeline({ engineVersion }),
  replay: (recording, onProgress) => {
    const { live, refined } = replayRefined(recording, onProgress);
    const { result, timeS, anglesRad, halfWidths95Rad } = refined;
    return { live: live.result, result, timeS, anglesRad, halfWidths95Rad };
  },
  // Loaded when first asked for: no session needs it.
  exportSession: async (recording, format, onProgress) => {
    const { exportSession } = await import('../core/export/export-session.ts');
    return exportSession(recording, format, onProgress);
  },
});
host.listen();
