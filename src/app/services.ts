import { createDeviceDatabase, type DeviceDatabase } from '../adapters/session-log/device-database.ts';
import { renewLog } from '../adapters/session-log/log-renewal.ts';
import { PeopleKeeper, type PeoplePorts } from '../adapters/session-log/people-keeper.ts';
import { RecomputeAll } from '../adapters/session-log/recompute-all.ts';
import { NO_LOCKS, type LockPort } from '../adapters/session-log/recording-lock.ts';
import { fileReserve } from '../adapters/session-log/result-reserve.ts';
import { createSessionDatabase } from '../adapters/session-log/session-database.ts';
import type { SessionRepository } from '../adapters/session-log/session-repository.ts';
import { deleteThoroughly } from '../adapters/session-log/thorough-delete.ts';
import type { MessageToHost } from '../adapters/worker-link/link-messages.ts';
import { PipelineClient } from '../adapters/worker-link/pipeline-client.ts';
import { replayInWorker } from '../adapters/worker-link/replay-client.ts';
import { ENGINE_VERSION } from '../core/pipeline/engine-version.ts';
import { hasSameRepetitions } from '../core/pipeline/same-repetitions.ts';
import { stretchInPassphraseWorker } from './stretch-in-worker.ts';
import { knowsAsMuch } from '../core/report/engine-change.ts';
import type {
  AvatarLoader,
  FileGate,
  Guardian,
  KitConnector,
  ReplayedSession,
  SessionLog,
  ThoraServices,
} from '../ui/services.ts';
import { createCareJournal } from './care-journal.ts';
import { createClinicServices } from './clinic-services.ts';
import { lazily } from './lazily.ts';
import { createSessionId } from './session-id.ts';

/**
 * Introduces the adapters to the ports that the screens know. Called once, by the window's root.
 *
 * @param arrival the address that the page was opened with, where a server or a record system sent the browser here
 */
export function createServices(arrival: URL | null = null): ThoraServices {
  // Outside secure contexts both are missing, whatever their types say.
  const { bluetooth, locks }: { bluetooth?: Bluetooth; locks?: LockManager } = navigator;
  // Before anything else is written: see there.
  void renewLog(indexedDB, locks ?? NO_LOCKS);
  const device = createDeviceDatabase();
  const otherTabs = createTabChannel();
  const people = createPeople(device, otherTabs, locks ?? NO_LOCKS);
  const journal = createCareJournal(people);
  const openLog = async (): Promise<SessionRepository> => (await people.storage()).repository;
  /** Says first where to write. */
  const createWorker = (): Worker => {
    const worker = new Worker(new URL('./pipeline.worker.ts', import.meta.url), {
      type: 'module',
      name: 'thora-pipeline',
    });
    worker.postMessage({ kind: 'storage', access: people.access() } satisfies MessageToHost);
    return worker;
  };
  let sessionWorker: Worker | null = null;
  people.onChange(() =>
    sessionWorker?.postMessage({ kind: 'storage', access: people.access() } satisfies MessageToHost),
  );
  const log = createSessionLog(openLog, createWorker);
  const files = createLazyFileGate(openLog, log, createWorker);
  const recomputing = createRecomputing(people, openLog, createWorker, locks ?? NO_LOCKS);
  return {
    kit: createKitConnector(bluetooth),
    session: new PipelineClient({
      createWorker: () => (sessionWorker = createWorker()),
      now: () => performance.now(),
      describeStart: (simulated) => ({
        sessionId: createSessionId(),
        startedAtUtc: new Date().toISOString(),
        simulated,
        engineVersion: ENGINE_VERSION,
      }),
      gyroBiases: {
        recall: async (sensor) => (await people.storage()).calibrations.recall(sensor),
        remember: async (sensors, result) => (await people.storage()).calibrations.remember(sensors, result),
      },
      calibrations: { recall: async (sensor) => (await people.storage()).passports.recall(sensor) },
    }),
    log,
    files,
    recomputing,
    avatar: AVATAR_LOADER,
    people,
    guardian: createLazyGuardian(people),
    journal,
    ...createClinicServices({
      device,
      people,
      journal,
      files,
      createWorker,
      otherTabs,
      locks: locks ?? NO_LOCKS,
      arrival,
    }),
    loadPayers: lazily(async () => (await import('./payer-directory.ts')).readPayerDirectory()),
    places: {
      known: async () => (await people.storage()).kits.known(),
      remember: async (role, sensorId) => (await people.storage()).kits.remember(role, sensorId),
    },
  };
}

/** Of no page but "Your data", and of old recordings once a start: fetched when asked for. */
function createLazyGuardian(people: PeopleKeeper): Guardian {
  const load = lazily(async () => (await import('./guardian.ts')).createGuardian(people));
  people.onChange(() => {
    if (people.state().kind === 'ready')
      setTimeout(
        () =>
          void load()
            .then((guardian) => guardian.tidy())
            .catch(() => undefined),
        TIDY_AFTER_MS,
      );
  });
  return {
    look: async () => (await load()).look(),
    askToKeep: async () => (await load()).askToKeep(),
    writeBackup: async (...given) => (await load()).writeBackup(...given),
    checkBackup: async (...given) => (await load()).checkBackup(...given),
    restoreBackup: async (...given) => (await load()).restoreBackup(...given),
    keepPacketsOf: async (count) => (await load()).keepPacketsOf(count),
    tidy: async () => (await load()).tidy(),
    removeUnsafePackets: async () => (await load()).removeUnsafePackets(),
  };
}

/** Not while the first page is drawn. */
const TIDY_AFTER_MS = 5_000;

const CHOSEN_PERSON = 'thora-person';
const OLD_PLACES = 'thora-known-sensors';

function createTabChannel(): PeoplePorts['otherTabs'] {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('thora-people');
  return {
    tell: () => channel?.postMessage(null),
    onTold: (listener) => channel?.addEventListener('message', listener),
  };
}

function createPeople(
  device: DeviceDatabase,
  otherTabs: PeoplePorts['otherTabs'],
  locks: LockPort,
): PeopleKeeper {
  return new PeopleKeeper({
    device,
    openDatabase: createSessionDatabase,
    deleteDatabase: deleteThoroughly,
    reserveOf: (databaseName) => fileReserve(() => navigator.storage.getDirectory(), databaseName),
    lister: indexedDB,
    stretch: stretchInPassphraseWorker,
    otherTabs,
    locks,
    utcMs: () => Date.now(),
    createId: createSessionId,
    chosen: {
      read: () => sessionStorage.getItem(CHOSEN_PERSON),
      write: (personId) => {
        if (personId === null) sessionStorage.removeItem(CHOSEN_PERSON);
        else sessionStorage.setItem(CHOSEN_PERSON, personId);
      },
    },
    takeOldPlaces: () => {
      const kept = localStorage.getItem(OLD_PLACES);
      localStorage.removeItem(OLD_PLACES);
      return kept;
    },
  });
}

function createKitConnector(bluetooth: Bluetooth | undefined): KitConnector {
  const radio = lazily(async () => (await import('./radio-kit.ts')).createRadioKit(bluetooth));
  return {
    // Asked by every screen that offers to connect: a tap there finds the radio loaded, and its gesture still counts.
    bluetoothAvailability: async () => (await radio()).availability(),
    connectBluetooth: async (sensorIndex, rateHz) => (await radio()).connect(sensorIndex, rateHz),
    reconnectBluetooth: async (sensorIndex, sensorId) => (await radio()).reconnect(sensorIndex, sensorId),
    renewBluetooth: async (sensorIndexes) => (await radio()).renew(sensorIndexes),
    shareClock: async (sensorIndexes) => (await radio()).shareClock(sensorIndexes),
    createVirtualKit: async (...given) => {
      const { TimedVirtualKit } = await import('../adapters/sources/virtual-kit/timed-virtual-kit.ts');
      return new TimedVirtualKit(...given);
    },
    createVirtualBench: async (...given) => {
      const { TimedVirtualBench } = await import('../adapters/sources/virtual-kit/timed-virtual-bench.ts');
      return new TimedVirtualBench(...given);
    },
  };
}

type OpenLog = () => Promise<SessionRepository>;

function createSessionLog(openLog: OpenLog, createWorker: () => Worker): SessionLog {
  const replay: SessionLog['replay'] = async (sessionId, onProgress) => {
    const replayed = await replayInWorker(createWorker, sessionId, onProgress);
    // A page that shows the report must not fail because it could not be kept.
    await keepReport(await openLog(), sessionId, replayed).catch(() => undefined);
    return replayed;
  };
  return {
    list: async () => (await openLog()).list(),
    page: async (query) => (await openLog()).page(query),
    read: async (sessionId) => (await openLog()).read(sessionId),
    isRecordedElsewhere: async () => (await openLog()).isRecordedElsewhere(),
    remove: async (sessionId) => (await openLog()).remove(sessionId),
    replay,
    report: async (sessionId, live) => {
      const replayed = await replayInWorker(createWorker, sessionId);
      if (!hasSameRepetitions(replayed.live, live)) return live;
      await (await openLog()).storeReport(sessionId, replayed.result, nowUtc());
      return replayed.result;
    },
    recover: async (sessionId) => {
      const { live } = await replayInWorker(createWorker, sessionId);
      return (await openLog()).storeResult(sessionId, live);
    },
  };
}

/** @returns false where packets are missing by now: what was computed with them stays */
async function keepReport(
  repository: SessionRepository,
  sessionId: string,
  { live, result }: ReplayedSession,
): Promise<boolean> {
  const stored = await repository.read(sessionId);
  if (stored === null || !knowsAsMuch(live, stored.result)) return false;
  await repository.storeReport(sessionId, result, nowUtc());
  return true;
}

const RECOMPUTING_SINCE = 'thora-recomputing-since:';

/** Each person's sessions for themselves: another person's run waits until they are back. */
function createRecomputing(
  people: PeopleKeeper,
  openLog: OpenLog,
  createWorker: () => Worker,
  locks: LockPort,
): RecomputeAll {
  const key = (): string => RECOMPUTING_SINCE + people.access().databaseName;
  const recomputing = new RecomputeAll({
    openLog,
    recompute: async (sessionId, signal) => {
      const replayed = await replayInWorker(createWorker, sessionId, undefined, signal);
      if (!(await keepReport(await openLog(), sessionId, replayed)))
        throw new Error(`Packets of session ${sessionId} are missing: its report stays as it is.`);
    },
    locks,
    nowUtc,
    begun: {
      read: () => localStorage.getItem(key()),
      write: (sinceUtc) => {
        if (sinceUtc === null) localStorage.removeItem(key());
        else localStorage.setItem(key(), sinceUtc);
      },
    },
  });
  let resumedFor: string | null = null;
  people.onChange(() => {
    const place = people.state().kind === 'ready' ? people.access().databaseName : null;
    if (place === resumedFor) return;
    resumedFor = place;
    recomputing.suspend();
    if (place !== null) recomputing.resume();
  });
  return recomputing;
}

function nowUtc(): string {
  return new Date().toISOString();
}

/** Of no page that is shown first: fetched when a file is. */
function createLazyFileGate(openLog: OpenLog, log: SessionLog, createWorker: () => Worker): FileGate {
  const load = lazily(async () =>
    (await import('./file-gate.ts')).createFileGate(openLog, log, createWorker),
  );
  return {
    exportSession: async (sessionId) => (await load()).exportSession(sessionId),
    recordingFile: async (sessionId) => (await load()).recordingFile(sessionId),
    exportAs: async (...given) => (await load()).exportAs(...given),
    importRecording: async (file) => (await load()).importRecording(file),
    listExamples: async () => (await load()).listExamples(),
    importExample: async (id) => (await load()).importExample(id),
  };
}

const AVATAR_LOADER: AvatarLoader = {
  load: async () => {
    const { drawsInSoftware, mountAvatar } = await import('../adapters/avatar/avatar.ts');
    return { drawsInSoftware, mount: mountAvatar };
  },
};
