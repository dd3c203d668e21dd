import { BrowserFileGate } from '../adapters/files/file-gate.ts';
import { GyroBiasMemory } from '../adapters/session-log/gyro-bias-memory.ts';
import { NO_LOCKS } from '../adapters/session-log/recording-lock.ts';
import { createSessionDatabase } from '../adapters/session-log/session-database.ts';
import { SessionRepository } from '../adapters/session-log/session-repository.ts';
import type { BluetoothConnector } from '../adapters/sources/bluetooth/bluetooth-connector.ts';
import { TimedVirtualKit } from '../adapters/sources/virtual-kit/timed-virtual-kit.ts';
import { PipelineClient } from '../adapters/worker-link/pipeline-client.ts';
import { exportInWorker, replayInWorker } from '../adapters/worker-link/replay-client.ts';
import { ENGINE_VERSION } from '../core/pipeline/engine-version.ts';
import { readRecordingFile, writeRecordingFile } from '../core/recording/recording-file.ts';
import { hasSameRepetitions } from '../core/pipeline/same-repetitions.ts';
import type { AvatarLoader, FileGate, KitConnector, SessionLog, ThoraServices } from '../ui/services.ts';
import { createSessionId } from './session-id.ts';

/** Introduces the adapters to the ports that the screens know. Called once, by the window's root. */
export function createServices(): ThoraServices {
  // Outside secure contexts both are missing, whatever their types say.
  const { bluetooth, locks }: { bluetooth?: Bluetooth; locks?: LockManager } = navigator;
  const database = createSessionDatabase();
  const repository = new SessionRepository(database, locks ?? NO_LOCKS);
  const log = createSessionLog(repository);
  return {
    kit: createKitConnector(bluetooth),
    session: new PipelineClient({
      createWorker,
      now: () => performance.now(),
      describeStart: (simulated) => ({
        sessionId: createSessionId(),
        startedAtUtc: new Date().toISOString(),
        simulated,
        engineVersion: ENGINE_VERSION,
      }),
      gyroBiases: new GyroBiasMemory(database, () => Date.now()),
    }),
    log,
    files: createFileGate(repository, log),
    avatar: AVATAR_LOADER,
  };
}

function createWorker(): Worker {
  return new Worker(new URL('./pipeline.worker.ts', import.meta.url), {
    type: 'module',
    name: 'thora-pipeline',
  });
}

function createKitConnector(bluetooth: Bluetooth | undefined): KitConnector {
  let loaded: Promise<BluetoothConnector> | null = null;
  const radio = (): Promise<BluetoothConnector> => {
    loaded ??= import('./radio-kit.ts').then(({ createRadioKit }) => createRadioKit(bluetooth));
    // A page that was offline for a moment may try again.
    loaded.catch(() => (loaded = null));
    return loaded;
  };
  return {
    // Asked by every screen that offers to connect: a tap there finds the radio loaded, and its gesture still counts.
    bluetoothAvailability: async () => (await radio()).availability(),
    connectBluetooth: async (sensorIndex, rateHz) => (await radio()).connect(sensorIndex, rateHz),
    reconnectBluetooth: async (sensorIndex, sensorId) => (await radio()).reconnect(sensorIndex, sensorId),
    createVirtualKit: (roles, seed, options) => new TimedVirtualKit(roles, seed, options),
  };
}

function createSessionLog(repository: SessionRepository): SessionLog {
  const replay: SessionLog['replay'] = async (sessionId, onProgress) => {
    const replayed = await replayInWorker(createWorker, sessionId, onProgress);
    // A page that shows the report must not fail because it could not be kept.
    await repository.storeReport(sessionId, replayed.result).catch(() => undefined);
    return replayed;
  };
  return {
    list: () => repository.list(),
    read: (sessionId) => repository.read(sessionId),
    remove: (sessionId) => repository.remove(sessionId),
    replay,
    report: async (sessionId, live) => {
      const replayed = await replayInWorker(createWorker, sessionId);
      if (!hasSameRepetitions(replayed.live, live)) return live;
      await repository.storeReport(sessionId, replayed.result);
      return replayed.result;
    },
    recover: async (sessionId) => {
      const { live } = await replayInWorker(createWorker, sessionId);
      return repository.storeResult(sessionId, live);
    },
  };
}

function createFileGate(repository: SessionRepository, log: SessionLog): FileGate {
  return new BrowserFileGate({
    encode: writeRecordingFile,
    decode: readRecordingFile,
    readRecording: (sessionId) => repository.readRecording(sessionId),
    convert: (sessionId, format, onProgress) => exportInWorker(createWorker, sessionId, format, onProgress),
    listSessions: () => repository.list(),
    readSession: (sessionId) => repository.read(sessionId),
    storeImported: async (sessionId, recording) => {
      const stored = await repository.storeImported(sessionId, recording);
      // A recording of a session that was never finished gets the result of its replay.
      return stored.result ? stored : log.recover(sessionId);
    },
    createSessionId,
    examplesUrl: new URL(`${import.meta.env.BASE_URL}examples/`, document.baseURI),
  });
}

const AVATAR_LOADER: AvatarLoader = {
  load: async () => {
    const { mountAvatar } = await import('../adapters/avatar/avatar.ts');
    return { mount: mountAvatar };
  },
};
