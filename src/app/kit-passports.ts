import { download } from '../adapters/files/file-gate.ts';
import type { DoorKeeper } from '../adapters/session-log/door-keeper.ts';
import type { PeopleKeeper } from '../adapters/session-log/people-keeper.ts';
import { ENGINE_VERSION } from '../core/pipeline/engine-version.ts';
import { createPassport, PASSPORT_FILE_ENDING } from '../core/recording/kit-passport.ts';
import { readPassport, sealPassport, writePassport } from '../core/recording/passport-file.ts';
import type { KitPassports } from '../ui/services.ts';
import { createSessionId } from './session-id.ts';

/** Passports of the chosen person's kits: made, kept, handed on as files. */
export function createKitPassports(people: PeopleKeeper, door: DoorKeeper): KitPassports {
  const keeper = async () => (await people.storage()).passports;
  return {
    list: async () => (await keeper()).list(),
    async keep(check) {
      const nowUtcMs = Date.now();
      const about = {
        passportId: createSessionId(),
        nowUtc: toUtc(nowUtcMs),
        nowUtcMs,
        engineVersion: ENGINE_VERSION,
      };
      const passport = await sealPassport(createPassport(check, about, toUtc), sha256);
      await (await keeper()).keep(passport);
      // A person at home has no such log, and may not be able to open it.
      await door
        .behind((store) => store.note(door.fact('kitChecked', null, passport.kitName)))
        .catch(() => null);
      return passport;
    },
    remove: async (passport) => (await keeper()).remove(passport),
    exportFile(passport) {
      const day = passport.madeAtUtc.slice(0, 10);
      const name = passport.kitName.replaceAll(/[^\p{L}\p{N}-]+/gu, '-');
      download(
        new Blob([new Uint8Array(writePassport(passport))], { type: 'application/json' }),
        `${name}-${day}${PASSPORT_FILE_ENDING}`,
      );
    },
    fileOf: writePassport,
    async importFile(file) {
      const passport = await readPassport(new Uint8Array(await file.arrayBuffer()), file.name, sha256);
      await (await keeper()).keep(passport);
      return passport;
    },
    nowUtc: () => toUtc(Date.now()),
  };
}

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
}

function toUtc(utcMs: number): string {
  return new Date(utcMs).toISOString();
}
