import type { AuditEvent, BackupComparison, DataView, Guardian } from '../../ui/services.ts';
import type { BackupKey } from './backup-stream.ts';
import type { BackupMark, PersonRow } from './device-database.ts';
import type { StretchSecret } from './key-slot.ts';
import type { SessionRepository } from './session-repository.ts';

/** Half an hour of three sensors: what a session is taken to need before one was recorded, and the least after that. */
const USUAL_SESSION_BYTES = 10_000_000;
const LEAST_SESSION_BYTES = 1_000_000;
const MOST_EVENTS = 20;

export interface GuardianPorts {
  /** The browser's own keeper; missing outside of secure contexts. */
  readonly storage: StorageManager | undefined;
  readonly people: {
    repository(): Promise<SessionRepository>;
    readChosen(): Promise<PersonRow>;
    read(personId: string): Promise<PersonRow>;
    update(personId: string, change: Partial<Pick<PersonRow, 'backup' | 'keepPacketsOf'>>): Promise<void>;
    note(event: AuditEvent): Promise<void>;
    events(count: number): Promise<DataView['events']>;
  };
  readonly stretch: StretchSecret;
  /** Of whoever is chosen now, for as long as the work lasts: somebody else may be chosen meanwhile, or a lock close. */
  beginWork(): Promise<BackupWork>;
  /** Hands the file to the browser as a download. */
  save(blob: Blob, fileName: string): void;
  utcMs(): number;
}

/** Runs in a worker of its own, on one person's store. */
export interface BackupWork {
  readonly personId: string;
  write(
    about: { readonly name: string; readonly createdAtUtc: string },
    key: BackupKey,
    onPart: (part: Uint8Array<ArrayBuffer>) => void,
    onProgress: (share: number) => void,
  ): Promise<readonly string[]>;
  compare(file: Blob, key: BackupKey, onProgress: (share: number) => void): Promise<BackupComparison>;
  restore(file: Blob, key: BackupKey, onProgress: (share: number) => void): Promise<readonly string[]>;
}

/** Looks after what one person has on this device: whether it stays, whether it fits, whether a copy is elsewhere. */
export class DataGuardian implements Guardian {
  readonly #ports: GuardianPorts;

  constructor(ports: GuardianPorts) {
    this.#ports = ports;
  }

  async look(): Promise<DataView> {
    const { people, storage } = this.#ports;
    const repository = await people.repository();
    const [row, ids, removable] = [
      await people.readChosen(),
      await repository.idsAtRest(),
      await this.#removable(),
    ];
    const estimate = await storage?.estimate?.().catch(() => null);
    const usedBytes = usedByRows(estimate);
    const sessionBytes =
      ids.length === 0 ? USUAL_SESSION_BYTES : Math.max(LEAST_SESSION_BYTES, usedBytes / ids.length);
    const freeBytes = estimate?.quota === undefined ? null : estimate.quota - (estimate.usage ?? 0);
    const written = new Set(row.backup?.writtenIds);
    return {
      isKept: (await storage?.persisted?.().catch(() => null)) ?? null,
      sessionCount: ids.length,
      usedBytes,
      sessionsLeft: freeBytes === null ? null : Math.max(0, Math.floor(freeBytes / sessionBytes)),
      backup:
        row.backup == null
          ? null
          : {
              writtenAtUtc: row.backup.writtenAtUtc,
              checkedAtUtc: row.backup.checkedAtUtc,
              newerCount: ids.filter((id) => !written.has(id)).length,
            },
      keepPacketsOf: row.keepPacketsOf ?? null,
      unsafeToRemoveCount: removable.unsafe.length,
      onlyResultsCount: (await repository.idsWithoutPackets()).length,
      events: await people.events(MOST_EVENTS),
    };
  }

  async askToKeep(): Promise<boolean> {
    return (await this.#ports.storage?.persist?.().catch(() => false)) ?? false;
  }

  async writeBackup(passphrase: string, onProgress: (share: number) => void): Promise<void> {
    const ports = this.#ports;
    const work = await ports.beginWork();
    const { createBackupKey } = await import('./backup-stream.ts');
    const key = await createBackupKey(passphrase, ports.stretch);
    const row = await ports.people.read(work.personId);
    const writtenAtUtc = new Date(ports.utcMs()).toISOString();
    // A blob of many lies on the disk, not in memory, in browsers that are short of it.
    const parts: Blob[] = [];
    const writtenIds = await work.write(
      { name: row.name, createdAtUtc: writtenAtUtc },
      key,
      (part) => parts.push(new Blob([part])),
      onProgress,
    );
    ports.save(
      new Blob(parts, { type: 'application/octet-stream' }),
      `thora-${writtenAtUtc.slice(0, 10)}.thora-backup`,
    );
    const before = row.backup ?? null;
    await ports.people.update(work.personId, {
      backup: {
        writtenAtUtc,
        writtenIds,
        checkedAtUtc: before?.checkedAtUtc ?? null,
        checkedIds: before?.checkedIds ?? [],
      },
    });
    await ports.people.note('backupWritten');
  }

  async checkBackup(
    file: File,
    passphrase: string,
    onProgress: (share: number) => void,
  ): Promise<BackupComparison> {
    const work = await this.#ports.beginWork();
    const compared = await work.compare(file, await this.#openKey(file, passphrase), onProgress);
    await this.#noteChecked(work.personId, compared);
    await this.#ports.people.note('backupChecked');
    return compared;
  }

  async restoreBackup(file: File, passphrase: string, onProgress: (share: number) => void): Promise<number> {
    const work = await this.#ports.beginWork();
    const key = await this.#openKey(file, passphrase);
    const added = await work.restore(file, key, (share) => onProgress(share * 0.7));
    // What was brought back is proved to be what the file holds.
    const compared = await work.compare(file, key, (share) => onProgress(0.7 + share * 0.3));
    await this.#noteChecked(work.personId, compared);
    await this.#ports.people.note('backupRestored');
    return added.length;
  }

  async keepPacketsOf(count: number | null): Promise<void> {
    const { personId } = await this.#ports.people.readChosen();
    await this.#ports.people.update(personId, { keepPacketsOf: count });
    await this.tidy();
  }

  /** Follows the rule for the packets of old sessions, as far as a checked backup holds them. */
  async tidy(): Promise<void> {
    await this.#remove((await this.#removable()).safe);
  }

  async removeUnsafePackets(): Promise<void> {
    await this.#remove((await this.#removable()).unsafe);
  }

  async #remove(sessionIds: readonly string[]): Promise<void> {
    if (sessionIds.length === 0) return;
    const repository = await this.#ports.people.repository();
    for (const sessionId of sessionIds) await repository.removePackets(sessionId);
    await this.#ports.people.note('packetsRemoved');
  }

  /** Sessions whose packets the rule lets go, by whether a backup that was opened again holds them. */
  async #removable(): Promise<{ safe: string[]; unsafe: string[] }> {
    const { keepPacketsOf, backup } = await this.#ports.people.readChosen();
    if (keepPacketsOf == null) return { safe: [], unsafe: [] };
    const ids = await (await this.#ports.people.repository()).idsWithPackets();
    const old = ids.slice(keepPacketsOf);
    const checked = new Set(backup?.checkedIds);
    return { safe: old.filter((id) => checked.has(id)), unsafe: old.filter((id) => !checked.has(id)) };
  }

  async #openKey(file: Blob, passphrase: string): Promise<BackupKey> {
    const { openBackupKey } = await import('./backup-stream.ts');
    return openBackupKey(file, passphrase, this.#ports.stretch);
  }

  /** What is in the file and here alike has a copy that opens. */
  async #noteChecked(personId: string, { createdAtUtc, sameIds }: BackupComparison): Promise<void> {
    const { backup } = await this.#ports.people.read(personId);
    const isNewer = backup == null || backup.writtenAtUtc < createdAtUtc;
    const mark: BackupMark = {
      writtenAtUtc: isNewer ? createdAtUtc : backup.writtenAtUtc,
      writtenIds: isNewer ? sameIds : backup.writtenIds,
      checkedAtUtc: new Date(this.#ports.utcMs()).toISOString(),
      checkedIds: sameIds,
    };
    await this.#ports.people.update(personId, { backup: mark });
  }
}

/** Chromium tells what the rows alone take; elsewhere the app's own files are counted with them. */
function usedByRows(estimate: StorageEstimate | null | undefined): number {
  if (estimate == null) return 0;
  const details = (estimate as { readonly usageDetails?: { readonly indexedDB?: number } }).usageDetails;
  return details?.indexedDB ?? estimate.usage ?? 0;
}
