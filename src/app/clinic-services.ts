import type { DeviceDatabase } from '../adapters/session-log/device-database.ts';
import type { DoorPorts } from '../adapters/session-log/door-keeper.ts';
import type { PeopleKeeper } from '../adapters/session-log/people-keeper.ts';
import type { LockPort } from '../adapters/session-log/recording-lock.ts';
import type { CareJournal, FileGate, ThoraServices } from '../ui/services.ts';
import { lazily } from './lazily.ts';
import { stretchInPassphraseWorker } from './stretch-in-worker.ts';

export interface ClinicPorts {
  readonly device: DeviceDatabase;
  readonly people: PeopleKeeper;
  readonly journal: CareJournal;
  readonly files: FileGate;
  readonly createWorker: () => Worker;
  readonly otherTabs: DoorPorts['otherTabs'];
  readonly locks: LockPort;
  /** The address that the page was opened with, where a server or a record system sent the browser here. */
  readonly arrival: URL | null;
}

/** Everything between a clinic and its patients: fetched when a page of theirs asks for it. */
export function createClinicServices({
  device,
  people,
  journal,
  files,
  createWorker,
  otherTabs,
  locks,
  arrival,
}: ClinicPorts): Pick<
  ThoraServices,
  | 'loadDoorLock'
  | 'loadPassports'
  | 'loadClinicDesk'
  | 'loadClinicBackups'
  | 'loadClinicLink'
  | 'loadPersonServer'
  | 'loadClinicServer'
  | 'loadServerArrivals'
> {
  const loadDoor = lazily(async () =>
    (await import('./clinic-door.ts')).createClinicDoor(device, otherTabs, locks, (event) =>
      people.note(event),
    ),
  );
  const loadDesk = lazily(async () => {
    const { createClinicDesk } = await import('./clinic-desk.ts');
    return createClinicDesk(await loadDoor(), {
      recordingId: async (file) => (await import('./recording-id.ts')).recordingIdOf(file),
      importRecording: (file) => files.importRecording(file),
      orientations: async (sessionId) => {
        const { exportInWorker } = await import('../adapters/worker-link/replay-client.ts');
        return exportInWorker(createWorker, sessionId, 'sto');
      },
      appVersion: __THORA_VERSION__,
    });
  });
  const loadLink = lazily(async () => (await import('./clinic-link.ts')).createClinicLink(people, journal));
  const loadLogin = lazily(async () =>
    (await import('./server/server-login.ts')).createServerLogin({
      locks,
      ownerOf: (party) => (party === 'clinic' ? 'clinic' : people.access().databaseName),
    }),
  );
  return {
    loadDoorLock: loadDoor,
    loadPassports: lazily(async () =>
      (await import('./kit-passports.ts')).createKitPassports(people, await loadDoor()),
    ),
    loadClinicDesk: loadDesk,
    loadClinicBackups: lazily(async () => {
      const { createClinicBackups } = await import('./clinic-backup.ts');
      const { download } = await import('../adapters/files/file-gate.ts');
      return createClinicBackups(await loadDoor(), stretchInPassphraseWorker, download);
    }),
    loadClinicLink: loadLink,
    loadPersonServer: lazily(async () =>
      (await import('./server/person-server.ts')).createPersonServer(
        people,
        await loadLink(),
        files,
        locks,
        await loadLogin(),
      ),
    ),
    loadClinicServer: lazily(async () =>
      (await import('./server/clinic-server.ts')).createClinicServer(
        await loadDoor(),
        await loadDesk(),
        locks,
        await loadLogin(),
      ),
    ),
    loadServerArrivals: lazily(async () => {
      const door = await loadDoor();
      return (await import('./server/server-arrivals.ts')).createServerArrivals({
        address: arrival,
        login: await loadLogin(),
        links: {
          patient: {
            read: async () => (await people.storage()).serverLink.read(),
            keep: async (link) => (await people.storage()).serverLink.keep(link),
            forget: async () => (await people.storage()).serverLink.forget(),
          },
          clinic: {
            read: () => door.behind((store) => store.serverLink.read()),
            keep: (link) => door.behind((store) => store.serverLink.keep(link)),
            forget: () => door.behind((store) => store.serverLink.forget()),
          },
        },
      });
    }),
  };
}
