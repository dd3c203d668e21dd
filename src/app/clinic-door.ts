import { createClinicDatabase } from '../adapters/session-log/clinic-database.ts';
import type { DeviceDatabase } from '../adapters/session-log/device-database.ts';
import { DoorKeeper, type DoorPorts } from '../adapters/session-log/door-keeper.ts';
import { deleteThoroughly } from '../adapters/session-log/thorough-delete.ts';
import { createSessionId } from './session-id.ts';
import { stretchInPassphraseWorker } from './stretch-in-worker.ts';

const CLINICIAN = 'thora-clinician';

/** The door of who looks after patients, with the browser behind it. */
export function createClinicDoor(
  device: DeviceDatabase,
  otherTabs: DoorPorts['otherTabs'],
  locks: DoorPorts['locks'],
  note: DoorPorts['note'],
): DoorKeeper {
  return new DoorKeeper({
    device,
    openDatabase: createClinicDatabase,
    deleteDatabase: deleteThoroughly,
    locks,
    stretch: stretchInPassphraseWorker,
    utcMs: () => Date.now(),
    createId: createSessionId,
    who: {
      read: () => sessionStorage.getItem(CLINICIAN),
      write: (name) => sessionStorage.setItem(CLINICIAN, name),
    },
    otherTabs,
    note,
  });
}
