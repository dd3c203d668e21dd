import { SEGMENT_ROLES, type SegmentRole } from '../../core/body/segment-role.ts';
import type { SensorPlaces } from '../../ui/services.ts';
import type { RowVault } from './row-vault.ts';
import type { SessionDatabase } from './session-database.ts';

/** Which sensor a person last wore in each place. A convenience: where it cannot be read or written, there is the chooser. */
export class KitMemory implements SensorPlaces {
  readonly #database: SessionDatabase;

  readonly #vault: RowVault;

  constructor(database: SessionDatabase, vault: RowVault) {
    this.#database = database;
    this.#vault = vault;
  }

  async known(): Promise<ReadonlyMap<SegmentRole, string>> {
    try {
      const rows = await this.#vault.openAll('kits', await this.#database.kits.toArray());
      return new Map(rows.map((row) => [row.role, row.sensorId]));
    } catch {
      return new Map();
    }
  }

  /** A sensor has one place: where it was before it is forgotten. */
  async remember(role: SegmentRole, sensorId: string): Promise<void> {
    const { kits } = this.#database;
    try {
      const before = [...(await this.known())].filter(([, id]) => id === sensorId).map(([place]) => place);
      const row = await this.#vault.seal('kits', { role, sensorId });
      await this.#database.transaction('rw', kits, async () => {
        await kits.bulkDelete(before);
        await kits.put(row);
      });
    } catch {
      // There is the chooser.
    }
  }
}

/** Places as versions before 3 kept them, outside of the database. Anything unknown is left out. */
export function parseKnownSensors(text: string | null): ReadonlyMap<SegmentRole, string> {
  const known = new Map<SegmentRole, string>();
  try {
    const parsed: unknown = text === null ? null : JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return known;
    for (const role of SEGMENT_ROLES) {
      const id: unknown = (parsed as Record<string, unknown>)[role];
      if (typeof id === 'string' && id !== '') known.set(role, id);
    }
  } catch {
    known.clear();
  }
  return known;
}
